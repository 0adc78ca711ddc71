/** Decisions about procedures and the catalogue. Pure. */
export * from "./rules/catalogue.ts";
export * from "./rules/facts.ts";
export * from "./rules/search.ts";
export * from "./rules/vocabulary.ts";
