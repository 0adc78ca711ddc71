/** Working days, office hours and due dates in Việt Nam. Pure: the calendar and every instant are arguments. */
export * from "./rules/dates.ts";
export * from "./rules/days.ts";
export * from "./rules/due.ts";
export * from "./rules/explanation.ts";
export * from "./rules/pauses.ts";
export * from "./rules/table.ts";
