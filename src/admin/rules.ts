/** What is true of administration: who may administer what, and what may be taken back. */
export * from "./rules/deeds.ts";
export * from "./rules/people.ts";
export * from "./rules/reach.ts";
export * from "./rules/sheet.ts";
