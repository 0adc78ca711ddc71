import type { Officer, WorkPosting } from "#platform/context.ts";
import type { Actor, Posting } from "#workflow/rules.ts";

/** The open lead step, as far as it says who may act. */
export type Lead = { agencyId: string; role: string; assigneeId: string | null } | null | undefined;

/** A place at which something is done, in a role and, of a step, in somebody's hands. */
export type Place = { agencyId: string; role: string; assigneeId?: string | null };

const ways = (officer: Officer, { agencyId, role, assigneeId }: Place): WorkPosting[] =>
  officer.postings.filter(
    (posting) =>
      posting.agencyId === agencyId &&
      posting.role === role &&
      [null, undefined, posting.for ?? officer.accountId].includes(assigneeId),
  );

/** Whether a step is the officer's to do, or that of somebody for whom they act: free, or in the hands of either. */
export const holdsStep = (officer: Officer, place: Place): boolean => ways(officer, place).length > 0;

/** Whether an officer may take a step out of a colleague's hands: they hold its role there by a posting of their own. */
export const mayTakeOver = ({ accountId, postings }: Officer, { agencyId, role, assigneeId }: Place): boolean =>
  assigneeId != null &&
  assigneeId !== accountId &&
  postings.some((posting) => posting.agencyId === agencyId && posting.role === role && posting.for === undefined);

/** Whom an officer acts for at these places; null where their own postings are enough. */
export function behalfOf(officer: Officer, places: readonly Place[]): string | null {
  const found = places.flatMap((place) => ways(officer, place));
  return found.some((posting) => posting.for === undefined) ? null : (found[0]?.for ?? null);
}

/** Who acts, as the engine asks: with the hands that they may act for. */
export const engineActor = ({ accountId, postings, deputyFor }: Officer): Actor => ({
  officerId: accountId,
  postings: postings.map(({ agencyId, role }) => ({ agencyId, role: role as Posting["role"] })),
  deputyFor: deputyFor?.map((absent) => absent.accountId) ?? [],
});

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
    isHolder: lead != null && holdsStep(officer, lead),
    isLeader: holds(receivingAgencyId, "leader") || (lead != null && holds(lead.agencyId, "leader")),
  };
}
