import type { Officer } from "#platform/context.ts";

/** The open lead step, as far as it says who may act. */
export type Lead = { agencyId: string; role: string; assigneeId: string | null } | null | undefined;

/**
 * What an officer is to a dossier: at the desk that received it, holding its open lead step, or a leader of the agency
 * where it stands or was received.
 */
export function handlingOf(
  officer: Officer,
  receivingAgencyId: string,
  lead: Lead,
): { isDesk: boolean; isHolder: boolean; isLeader: boolean } {
  const holds = (agencyId: string, role: string): boolean =>
    officer.postings.some((posting) => posting.agencyId === agencyId && posting.role === role);
  return {
    isDesk: holds(receivingAgencyId, "desk"),
    isHolder: lead != null && holds(lead.agencyId, lead.role) && [null, officer.accountId].includes(lead.assigneeId),
    isLeader: holds(receivingAgencyId, "leader") || (lead != null && holds(lead.agencyId, "leader")),
  };
}
