import type { Context, Officer } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { ledAgencies } from "../actions/assignment.ts";
import { ownAgencies } from "../actions/leave.ts";

type Person = { accountId: string; name: string };
export type Leave = {
  /** Whose absence the officer may tell: their own first. */
  absentees: readonly Person[];
  deputies: readonly Person[];
  delegations: readonly { id: string; absent: string; deputy: string; from: string; to: string; mayEnd: boolean }[];
};

/** Who may be away and who may act for them, with what is in force or to come. Two queries. */
export async function findLeave(ctx: Context<Officer>): Promise<Leave> {
  const { accountId, name } = ctx.actor;
  const led = ledAgencies(ctx.actor);
  const agencies = [...new Set([...ownAgencies(ctx.actor), ...led])];
  const [people, found] = await Promise.all([
    ctx.db.$queryRaw<(Person & { isLed: boolean })[]>`
      SELECT a.id::text AS "accountId", a."displayName" AS name, bool_or(p."agencyId" = ANY(${led}::uuid[])) AS "isLed"
      FROM postings p JOIN accounts a ON a.id = p."accountId"
      WHERE p."agencyId" = ANY(${agencies}::uuid[]) AND a."disabledAt" IS NULL GROUP BY a.id ORDER BY name, a.id`,
    ctx.db.delegation.findMany({
      where: {
        revokedAt: null,
        to: { gte: isoDay(ctx.now) },
        OR: [
          { absentId: accountId },
          { deputyId: accountId },
          { absent: { postings: { some: { agencyId: { in: led } } } } },
        ],
      },
      include: { absent: { select: { displayName: true } }, deputy: { select: { displayName: true } } },
      orderBy: [{ from: "asc" }, { id: "asc" }],
    }),
  ]);
  const isLed = new Set(people.filter((one) => one.isLed).map((one) => one.accountId));
  return {
    absentees: [{ accountId, name }, ...people.filter((one) => one.isLed && one.accountId !== accountId)],
    deputies: people,
    delegations: found.map(({ id, absentId, absent, deputy, from, to }) => ({
      id,
      absent: absent.displayName,
      deputy: deputy.displayName,
      from,
      to,
      mayEnd: absentId === accountId || isLed.has(absentId),
    })),
  };
}
