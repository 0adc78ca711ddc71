/**
 * Access: who may do what, as facts in one place: the addresses with who may ask for them and whose things stand there
 * (`ROUTE_RULES`), and the verbs with the roles that may have them (`MATRIX`), which an administrator reads as a page.
 */
export { ruleOf } from "./rules.ts";
