/** What is true at an officer's desk: how a due date stands, and what the counter asks of somebody with paper. */
export * from "./rules/counter.ts";
export * from "./rules/lists.ts";
export * from "./rules/overview.ts";
export * from "./rules/person.ts";
export * from "./rules/standing.ts";
