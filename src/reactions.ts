import type { DossierEventType } from "#dossiers/rules.ts";
import type { Reaction } from "#notifications/rules.ts";

/**
 * What follows what: every kind of event of a dossier, and who is told of it with which text. Officers are told only of
 * what their worklist would not make them look for; nobody is told of what they did themselves, but a citizen is
 * reassured that their filing arrived.
 */
export const reactions: Readonly<Record<DossierEventType, readonly Reaction[]>> = {
  "dossier.submitted": [
    { tell: "applicant", of: "submitted" },
    { tell: "principal", of: "filed_for_you" },
    { tell: "desk", of: "to_accept", onlineOnly: true },
  ],
  "dossier.accepted": [{ tell: "applicant", of: "accepted" }],
  "dossier.declined": [{ tell: "applicant", of: "declined" }],
  "dossier.linked": [],
  "step.assigned": [{ tell: "assignee", of: "assigned" }],
  "step.advanced": [
    { tell: "applicant", of: "moved" },
    { tell: "former", of: "returned" },
  ],
  "step.answered": [],
  "result.recorded": [],
  "dossier.refused": [{ tell: "applicant", of: "refused" }],
  "dossier.supplement_requested": [{ tell: "applicant", of: "supplement" }],
  "dossier.supplemented": [{ tell: "holder", of: "supplemented" }],
  "dossier.withdrawn": [{ tell: "holder", of: "withdrawn" }],
  "dossier.stopped": [{ tell: "applicant", of: "stopped" }],
  "dossier.due_moved": [{ tell: "applicant", of: "due_moved" }],
  "step.due_moved": [],
  "dossier.extended": [{ tell: "applicant", of: "extended" }],
  "dossier.completed": [{ tell: "applicant", of: "completed" }],
  "dossier.delivered": [{ tell: "applicant", of: "delivered" }],
};
