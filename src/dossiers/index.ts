/**
 * The dossier (hồ sơ): one request of one person under one procedure version, from filing to the handed-over result.
 * A *reference* is given at submission, a *code* at acceptance; the *status* is the law's, the *step* the workflow's.
 * Every change is one transaction and one event of a history that can only grow.
 */
export * from "./actions.ts";
export { firstBrokenLink, hashEvent } from "./events.ts";
export * from "./queries.ts";
export { dueMoved } from "./rules/clock.ts";
export * from "./rules/files.ts";
export * from "./rules/foresight.ts";
export * from "./rules/handling.ts";
export { nationalPayload } from "./rules/national.ts";
export * from "./rules/pauses.ts";
export * from "./rules/payload.ts";
export * from "./rules/reception.ts";
export * from "./rules/supplement.ts";
export * from "./rules.ts";
