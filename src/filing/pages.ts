/** What the citizen's filing pages show: rows and answers made into words, addresses and components. */
export * from "./pages/check.ts";
export * from "./pages/consents.ts";
export * from "./pages/copy.ts";
export * from "./pages/dossier.ts";
export * from "./pages/dossiers.ts";
export type { SeenWhole } from "./pages/handlers.ts";
export * from "./pages/incomplete.ts";
export * from "./pages/many.ts";
export * from "./pages/many-result.ts";
export * from "./pages/many-table.ts";
export * from "./pages/moves.ts";
export * from "./pages/papers.ts";
export * from "./pages/screening.ts";
export * from "./pages/sources.ts";
export * from "./pages/start.ts";
export * from "./pages/supplement.ts";
export * from "./pages/whole.ts";
export * from "./pages/wizard.ts";
