/**
 * Operations: programs of the command line (backup, restore, doctor, verifications, imports) and what tells how the portal
 * fares while it runs. An example dashboard and alert rules lie in `observability/`.
 */
export { observe } from "./observability/observe.ts";
