/** View models of the officers' pages. */
export * from "./pages/chooser.ts";
export * from "./pages/counter.ts";
export * from "./pages/dossier.ts";
export * from "./pages/filled.ts";
export * from "./pages/moves.ts";
export * from "./pages/registered.ts";
export { mayRestrict, restrictPage } from "./pages/restricting.ts";
export * from "./pages/supplement.ts";
export * from "./pages/worklist.ts";
