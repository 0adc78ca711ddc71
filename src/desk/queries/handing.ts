import { openTo, openToWhere } from "#dossiers/index.ts";
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
  /** Ids of the papers that came over the counter, with how many of each; none where a result is handed over. */
  papers: { requirementId: string; originals: number; copies: number }[];
  /** What the dossier ended in, on its way to the desk. */
  results: { title: string; number: string | null }[];
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
        FROM received_papers w WHERE w."dossierId" = d.id AND w.originals + w.copies > 0) AS papers, '[]'::json AS results
    FROM dossiers d
      JOIN step_runs r ON r."dossierId" = d.id AND r.lead AND r."closedAt" IS NULL
      JOIN procedure_versions v ON v.id = d."procedureVersionId"
    WHERE d."receivingAgencyId" = ANY(${deskAgencies(ctx.actor)}::uuid[]) AND d."finishedAt" IS NULL AND d.code IS NOT NULL
      AND ${openTo(ctx.actor)}
      AND NOT (r."agencyId" = d."receivingAgencyId" AND r.role = 'desk')
      AND EXISTS (SELECT FROM received_papers w WHERE w."dossierId" = d.id AND w.originals + w.copies > 0)
      AND NOT EXISTS (SELECT FROM hand_overs h WHERE h."dossierId" = d.id
        AND (h."receivedAt" IS NULL OR (h."toAgencyId" = r."agencyId" AND h."toRole" = r.role)))
    ORDER BY r."agencyId", r.role, d."acceptedAt" LIMIT ${MOST}`;

const DAYS_BACK = 60;
const DAY_MS = 86_400_000;

/**
 * Results on paper that the officer's place made, as its last step or as its clerk (văn thư), and that no slip took to the
 * desk where they are waited for; those of the last two months.
 */
export async function listResultsToHandOver(ctx: Context<Officer>): Promise<ToHandOver[]> {
  const { postings } = ctx.actor;
  const agencies = [...new Set(postings.map(({ agencyId }) => agencyId))];
  const clerks = postings.filter(({ role }) => role === "clerk").map(({ agencyId }) => agencyId);
  const places = postings.map(({ agencyId, role }) => `${agencyId} ${role}`);
  return ctx.db.$queryRaw<ToHandOver[]>`
    SELECT d.id, d.code, v.definition->'name'->>'vi' AS procedure, d."procedureVersionId",
      (SELECT p."fullName" FROM dossier_parties p WHERE p."dossierId" = d.id AND p.role = 'applicant') AS applicant,
      r."agencyId" AS "fromAgencyId", d."receivingAgencyId" AS "toAgencyId", 'desk' AS "toRole", '[]'::json AS papers,
      coalesce((SELECT json_agg(json_build_object('title', x.title, 'number', x.number))
        FROM results x WHERE x."dossierId" = d.id AND x.state = 'issued'), '[]') AS results
    FROM step_runs r
      JOIN dossiers d ON d.id = r."dossierId" AND d.status = 'completed' AND d."returnMethod" <> 'online'
      JOIN procedure_versions v ON v.id = d."procedureVersionId"
    WHERE r."agencyId" = ANY(${agencies}::uuid[]) AND r.lead AND r."closedAt" > ${new Date(ctx.now.getTime() - DAYS_BACK * DAY_MS)}
      AND (r."agencyId" = ANY(${clerks}::uuid[]) OR r."agencyId" || ' ' || r.role = ANY(${places}))
      AND NOT (r."agencyId" = d."receivingAgencyId" AND r.role = 'desk')
      AND NOT EXISTS (SELECT FROM step_runs l WHERE l."dossierId" = d.id AND l.lead AND l."closedAt" > r."closedAt")
      AND NOT EXISTS (SELECT FROM hand_overs h WHERE h."dossierId" = d.id
        AND (h."receivedAt" IS NULL OR (h."toRole" = 'desk' AND h."givenAt" >= d."finishedAt")))
    ORDER BY r."closedAt" LIMIT ${MOST}`;
}

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
        where: { dossier: openToWhere(ctx.actor) },
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
