import type { Context, Officer } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";

export type Choices = {
  procedures: readonly { code: string; name: string; sector: string | null }[];
  people: readonly { accountId: string; name: string; unitId: string | null; unitName: string | null }[];
};

const agencyIds = ({ postings }: Officer): string[] => [...new Set(postings.map(({ agencyId }) => agencyId))];

/** What an officer may narrow lists to: procedures that their agencies take in or decide, and who works there. Two queries. */
export async function listChoices(ctx: Context<Officer>): Promise<Choices> {
  const agencies = agencyIds(ctx.actor);
  const day = isoDay(ctx.now);
  const [procedures, people] = await Promise.all([
    ctx.db.$queryRaw<Choices["procedures"]>`
      SELECT DISTINCT p.code, e.name, e.sector
      FROM offerings o JOIN procedures p ON p.id = o."procedureId" JOIN catalogue_entries e ON e.code = p.code
      WHERE o."agencyId" = ANY(${agencies}::uuid[]) OR o."competentAgencyId" = ANY(${agencies}::uuid[])
      ORDER BY e.name, p.code`,
    ctx.db.$queryRaw<Choices["people"]>`
      SELECT DISTINCT a.id::text AS "accountId", a."displayName" AS name, u.id::text AS "unitId", u.name AS "unitName"
      FROM postings p JOIN accounts a ON a.id = p."accountId" LEFT JOIN units u ON u.id = p."unitId"
      WHERE p."agencyId" = ANY(${agencies}::uuid[]) AND a."disabledAt" IS NULL
        AND coalesce(p."validFrom", '') <= ${day} AND coalesce(p."validTo", '9999') >= ${day}
      ORDER BY name, "accountId"`,
  ]);
  return { procedures, people };
}
