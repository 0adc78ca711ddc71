import type { Admin, Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { OFFICER_ROLES, type OfficerRole } from "#workflow/definition.ts";
import type { Held, Role } from "./rules.ts";

export type Holder = {
  id: string;
  name: string;
  username: string;
  isDisabled: boolean;
  hasFactor: boolean;
  held: Held[];
};

const isRole = (role: string): role is OfficerRole => (OFFICER_ROLES as readonly string[]).includes(role);

/**
 * Who signs in by this name, with the roles they hold today; null when there is nobody, or they are a citizen, whose
 * rights are the same as every citizen's, or they work outside the agency of the administrator who asks.
 */
export async function findHolder({ db, now, actor }: Context<Admin>, username: string): Promise<Holder | null> {
  const today = isoDay(now);
  const account = await db.account.findFirst({
    where: { username: username.toLowerCase(), kind: { in: ["officer", "admin"] } },
    include: {
      _count: { select: { factors: true } },
      postings: { include: { agency: { select: { shortName: true } } } },
    },
  });
  if (!account) return null;
  if (actor.agencyId && !account.postings.some(({ agencyId }) => agencyId === actor.agencyId)) return null;
  const held: Held[] = account.postings
    .filter(({ validFrom, validTo }) => (validFrom ?? "") <= today && (validTo ?? "9999") >= today)
    .flatMap(({ role, agency }) => (isRole(role) ? [{ role: role as Role, agency: agency.shortName }] : []));
  if (account.kind === "admin") held.push({ role: "admin", agency: null });
  if (account.isAuditor) held.push({ role: "auditor", agency: null });
  const { id, _count } = account;
  return {
    id,
    hasFactor: _count.factors > 0,
    name: account.displayName,
    username: account.username,
    isDisabled: account.disabledAt !== null,
    held,
  };
}
