import type { Admin, Citizen, Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { type Act, endedBefore, isExpired } from "./rules.ts";

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isId = (text: string): boolean => ID.test(text);

export type Due = {
  dossierId: string;
  act: Act;
  accountId: string | null;
  procedureVersionId: string;
  code: string | null;
  reference: string;
  restricted: boolean;
};

/**
 * Finished dossiers whose time of keeping is over, under the narrowest rule that names them: of the procedure and the
 * status, then of the procedure, then of the status, then of all.
 */
export async function dueUnder(
  { db, now }: Pick<Context, "db" | "now">,
  { most = 10_000, isNew = false, among }: { most?: number; isNew?: boolean; among?: readonly string[] },
): Promise<Due[]> {
  const rules = await db.retentionRule.findMany();
  if (rules.length === 0 || among?.length === 0) return [];
  const table = Prisma.join(
    rules.map(
      ({ procedureCode, status, months, act }) =>
        Prisma.sql`(${procedureCode}, ${status}, ${endedBefore(now, months)}::timestamptz, ${act})`,
    ),
  );
  return db.$queryRaw<Due[]>`
    SELECT d.id AS "dossierId", r.act, d."procedureVersionId", d.code, d.reference, d.restricted,
      CASE WHEN d."companyId" IS NULL THEN d."applicantAccountId" ELSE (
        SELECT m."accountId" FROM company_members m
        WHERE m."companyId" = d."companyId" AND m."endedAt" IS NULL AND m.role = 'representative' AND m."accountId" IS NOT NULL
        ORDER BY m."createdAt" LIMIT 1) END AS "accountId"
    FROM dossiers d JOIN procedures p ON p.id = d."procedureId"
    CROSS JOIN LATERAL (
      SELECT r.before, r.act FROM (VALUES ${table}) AS r(code, status, before, act)
      WHERE r.code IN ('', p.code) AND r.status IN ('', d.status::text)
      ORDER BY r.code DESC, r.status DESC LIMIT 1
    ) r
    WHERE d."finishedAt" IS NOT NULL AND d."finishedAt" <= r.before AND d.status <> 'completed'
      AND NOT EXISTS (SELECT FROM retentions e WHERE e."dossierId" = d.id AND (${isNew} OR e."doneAt" IS NOT NULL))
      ${among ? Prisma.sql`AND d.id = ANY(${among}::uuid[])` : Prisma.empty}
    ORDER BY d."finishedAt" LIMIT ${most}`;
}

/** The rules, with how many dossiers each would announce tonight, how many wait announced, how many are done. */
export async function findRetention(ctx: Context<Admin>) {
  const [rules, due, waiting, done] = await Promise.all([
    ctx.db.retentionRule.findMany({ orderBy: [{ procedureCode: "asc" }, { status: "asc" }] }),
    dueUnder(ctx, { isNew: true }),
    ctx.db.retention.count({ where: { doneAt: null } }),
    ctx.db.retention.findMany({
      where: { doneAt: { not: null }, dossier: { restricted: false } },
      orderBy: { doneAt: "desc" },
      take: 20,
      include: { dossier: { select: { code: true, reference: true } } },
    }),
  ]);
  // Of restricted dossiers nobody is told here; their time runs like that of others.
  return { rules, due: due.filter(({ restricted }) => !restricted), waiting, done };
}

/** Requests to correct something, unanswered ones first. */
export const listCorrections = ({ db }: Context<Admin>) =>
  db.correctionRequest.findMany({
    orderBy: [{ answeredAt: { sort: "desc", nulls: "first" } }, { askedAt: "asc" }],
    take: 50,
    include: { account: { select: { displayName: true, username: true } } },
  });

/** What the citizen asked of their own data. */
export async function findOwnRequests({ db, actor, now }: Context<Citizen>) {
  const { accountId } = actor;
  const [exports, corrections] = await Promise.all([
    db.personalExport.findMany({ where: { accountId }, orderBy: { askedAt: "desc" }, take: 5 }),
    db.correctionRequest.findMany({ where: { accountId }, orderBy: { askedAt: "desc" }, take: 10 }),
  ]);
  return { exports: exports.filter(({ askedAt }) => !isExpired(askedAt, now)), corrections };
}

/** @throws Refusal 404 for other people's, for what is not made yet and for what is gone alike */
export async function findArchive({ db, actor, now }: Context<Citizen>, id: string) {
  const found = isId(id) ? await db.personalExport.findFirst({ where: { id, accountId: actor.accountId } }) : null;
  if (!found?.storageKey || found.size === null || isExpired(found.askedAt, now)) throw notFound();
  return { storageKey: found.storageKey, size: found.size };
}
