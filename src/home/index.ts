/** The front door of the portal: search first, then life events; and what the portal says of itself. It keeps nothing. */
export { paths } from "./paths.ts";
export { lifeEvents } from "./rules.ts";
