/**
 * Audit: the events of security (who came in, what changed about who may, what was refused) and the readings of personal
 * data (who opened which dossier, who searched what). Only added to; deleted after their term by the database's own
 * function. Kept apart from the histories of dossiers, which tell what was decided.
 */
export { auditJobs, expireSecurityEvents, recordSecurity, type SecurityEventDraft } from "./actions.ts";
