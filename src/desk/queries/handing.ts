import type { Context, Officer } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { deskAgencies } from "../queries.ts";

export type ToHandOver = {
  id: string;
  code: string;
  procedure: string;
  applicant: string;
  fromAgencyId: string;
  toAgencyId: string;
  toRole: string;
  /** Ids of the papers that came over the counter, with how many of each. */
  papers: { requirementId: string; originals: number; copies: number }[];
  procedureVersionId: string;
};
const MOST = 300;

/**
 * Dossiers with papers that the officer's desks took in and that stand elsewhere now, with no slip on its way and none to
 * where they stand.
 */
export const listToHandOver = (ctx: Context<Officer>): Promise<ToHandOver[]> =>
  ctx.db.$queryRaw<ToHandOver[]>`
    SELECT d.id, d.code, v.definition->'name'->>'vi' AS procedure, d."procedureVersionId",
      (SELECT p."fullName" FROM dossier_parties p WHERE p."dossierId" = d.id AND p.role = 'applicant') AS applicant,
      d."receivingAgencyId" AS "fromAgencyId", r."agencyId" AS "toAgencyId", r.role AS "toRole",
      (SELECT json_agg(json_build_object('requirementId', w."requirementId", 'originals', w.originals, 'copies', w.copies))
        FROM received_papers w WHERE w."dossierId" = d.id AND w.originals + w.copies > 0) AS papers
    FROM dossiers d
      JOIN step_runs r ON r."dossierId" = d.id AND r.lead AND r."closedAt" IS NULL
      JOIN procedure_versions v ON v.id = d."procedureVersionId"
    WHERE d."receivingAgencyId" = ANY(${deskAgencies(ctx.actor)}::uuid[]) AND d."finishedAt" IS NULL AND d.code IS NOT NULL
      AND NOT (r."agencyId" = d."receivingAgencyId" AND r.role = 'desk')
      AND EXISTS (SELECT FROM received_papers w WHERE w."dossierId" = d.id AND w.originals + w.copies > 0)
      AND NOT EXISTS (SELECT FROM hand_overs h WHERE h."dossierId" = d.id
        AND (h."receivedAt" IS NULL OR (h."toAgencyId" = r."agencyId" AND h."toRole" = r.role)))
    ORDER BY r."agencyId", r.role, d."acceptedAt" LIMIT ${MOST}`;

/** Slips that come from one of the officer's agencies, or go to a role that they hold. */
const mine = ({ actor }: Context<Officer>): Prisma.HandOverBatchWhereInput => ({
  OR: [
    { fromAgencyId: { in: actor.postings.map(({ agencyId }) => agencyId) } },
    ...actor.postings.map(({ agencyId, role }) => ({ toAgencyId: agencyId, toRole: role })),
  ],
});

/** The newest slips of many that concern the officer. */
export const listBatches = (ctx: Context<Officer>) =>
  ctx.db.handOverBatch.findMany({
    where: mine(ctx),
    orderBy: [{ givenAt: "desc" }],
    take: 40,
    include: { _count: { select: { slips: true } } },
  });

/** A slip of many with its lines. @throws Refusal 404 when it concerns other agencies */
export async function findBatch(ctx: Context<Officer>, id: string) {
  const batch = await ctx.db.handOverBatch.findFirst({
    where: { id, ...mine(ctx) },
    include: {
      slips: {
        orderBy: { dossier: { acceptedAt: "asc" } },
        include: {
          dossier: {
            select: {
              id: true,
              code: true,
              procedureVersion: { select: { definition: true } },
              parties: { where: { role: "applicant" }, select: { fullName: true } },
            },
          },
        },
      },
    },
  });
  if (!batch) throw notFound();
  const people = await ctx.db.account.findMany({
    where: { id: { in: [batch.givenById, batch.receivedById ?? batch.givenById] } },
    select: { id: true, displayName: true },
  });
  const nameOf = (accountId: string | null): string => people.find((one) => one.id === accountId)?.displayName ?? "";
  return { ...batch, giver: nameOf(batch.givenById), receiver: batch.receivedById ? nameOf(batch.receivedById) : null };
}
export type Batch = Awaited<ReturnType<typeof findBatch>>;
