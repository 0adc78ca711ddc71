/** What the catalogue's templates show. */
export { listPage, suggestionsOf } from "./pages/list.ts";
export { recordPage } from "./pages/record.ts";
export type { ShowPage } from "./pages/sections.ts";
export { sectorPage, sectorsPage } from "./pages/sectors.ts";
export { configuredPage, type Place, type Surroundings } from "./pages/show.ts";
export { synonymForm, synonymPage, synonymsPage } from "./pages/synonyms.ts";
