/** The cash drawer: what other rooms may use of it (src/cash/routes.ts says what it is). */
export { closeDrawer, openBook, takeFees } from "./actions.ts";
