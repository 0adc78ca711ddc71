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
  "step.assigned": [
    { tell: "assignee", of: "assigned" },
    { tell: "loser", of: "taken_over" },
  ],
  "step.advanced": [
    { tell: "applicant", of: "moved" },
    { tell: "former", of: "returned" },
  ],
  "step.answered": [{ tell: "asker", of: "answered" }],
  "result.recorded": [],
  "dossier.refused": [{ tell: "applicant", of: "refused" }],
  "dossier.supplement_requested": [{ tell: "applicant", of: "supplement" }],
  "dossier.supplemented": [{ tell: "holder", of: "supplemented" }],
  "dossier.withdrawn": [{ tell: "holder", of: "withdrawn" }],
  "dossier.stopped": [{ tell: "applicant", of: "stopped" }],
  "dossier.due_moved": [{ tell: "applicant", of: "due_moved" }],
  "step.due_moved": [],
  "dossier.extended": [{ tell: "applicant", of: "extended" }],
  "dossier.on_time_confirmed": [],
  "dossier.extension_proposed": [{ tell: "deciders", of: "extension_proposed" }],
  "dossier.lateness_explained": [{ tell: "applicant", of: "lateness" }],
  "dossier.returned": [{ tell: "applicant", of: "sent_back" }],
  "dossier.obligation_asked": [{ tell: "applicant", of: "obligation" }],
  "dossier.obligation_met": [
    { tell: "applicant", of: "obligation_met" },
    { tell: "holder", of: "paid" },
  ],
  "dossier.obligation_unmet": [{ tell: "applicant", of: "obligation" }],
  "dossier.reopened": [
    { tell: "applicant", of: "reopened" },
    { tell: "former", of: "returned" },
  ],
  "dossier.rerouted": [{ tell: "applicant", of: "rerouted" }],
  "dossier.voided": [{ tell: "applicant", of: "voided" }],
  "receipt.signed": [],
  "result.reminded": [{ tell: "applicant", of: "collect" }],
  "result.corrected": [{ tell: "applicant", of: "corrected" }],
  "draft.shown": [{ tell: "applicant", of: "draft_shown" }],
  "draft.agreed": [{ tell: "holder", of: "draft_agreed" }],
  "draft.objected": [{ tell: "holder", of: "draft_objected" }],
  "draft.silent": [
    { tell: "applicant", of: "draft_silent" },
    { tell: "holder", of: "draft_agreed" },
  ],
  "papers.handed_over": [{ tell: "workers", of: "handed_over" }],
  "papers.received": [{ tell: "giver", of: "papers_received" }],
  "papers.digitised": [],
  "papers.certified": [],
  "paper.issued": [],
  "paper.replaced": [{ tell: "bearer", of: "paper_replaced" }],
  "paper.revoked": [{ tell: "bearer", of: "paper_revoked" }],
  "dossier.restricted": [],
  "dossier.unrestricted": [],
  "dossier.completed": [{ tell: "applicant", of: "completed" }],
  "dossier.delivered": [{ tell: "applicant", of: "delivered" }],
};
