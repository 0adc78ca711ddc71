import { ownedBy, RIGHTS } from "#companies/rules.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { Prisma, unnamed } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import type { Channel, ReturnMethod } from "#platform/prisma/enums.ts";
import type { Status } from "../rules.ts";

const PAGE_SIZE = 20;

/**
 * What a dossier is to who filed it. act: nothing goes on before they do something · collect: the result waits for them ·
 * open: agencies work · done: over.
 */
export const OWN_GROUPS = ["act", "collect", "open", "done"] as const;
export type OwnGroup = (typeof OWN_GROUPS)[number];

export type OwnDossierRow = {
  id: string;
  reference: string;
  code: string | null;
  status: Status;
  channel: Channel;
  returnMethod: ReturnMethod;
  submittedAt: Date;
  dueAt: Date | null;
  pausedAt: Date | null;
  procedureVersionId: string;
  agencyName: string;
  /** Whose it is, where it was filed for a company. */
  companyName: string | null;
  group: OwnGroup;
};

/** A declined dossier, or a result that nobody rated, is over after so many days. */
const RECENT_DAYS = 30;

/** Which group a row of `dossiers d` belongs to: the only place that says so. */
function groupAt(now: Date): Prisma.Sql {
  const recent = new Date(now.getTime() - RECENT_DAYS * 86_400_000);
  return Prisma.sql`CASE
    WHEN d.status IN ('intake_supplement', 'awaiting_supplement', 'awaiting_obligation') THEN 'act'
    WHEN d.status = 'declined' AND d."finishedAt" >= ${recent} THEN 'act'
    WHEN d.status = 'completed' AND d."returnMethod" = 'counter' THEN 'collect'
    WHEN d.status = 'delivered' AND d."deliveredAt" >= ${recent} AND NOT EXISTS (
      SELECT FROM ratings r WHERE r."dossierId" = d.id AND r."replacedAt" IS NULL) THEN 'collect'
    WHEN d.status IN ('submitted', 'received', 'processing', 'completed') THEN 'open'
    ELSE 'done' END`;
}

/** Rows of `dossiers d` that are the citizen's, or a company's of theirs: `ownedBy` in a form that both indexes serve. */
const isOwn = ({ actor: { accountId } }: Context<Citizen>): Prisma.Sql =>
  Prisma.sql`(d."applicantAccountId" = ${accountId}::uuid AND d."companyId" IS NULL OR d."companyId" = ANY(ARRAY(
    SELECT m."companyId" FROM company_members m WHERE m."accountId" = ${accountId}::uuid AND m."endedAt" IS NULL
      AND m.role::text IN (${Prisma.join([...RIGHTS.see])}))))`;

const own = (ctx: Context<Citizen>): Prisma.Sql =>
  Prisma.sql`SELECT d.id, d.reference, d.code, d.status::text AS status, d.channel::text AS channel,
    d."returnMethod"::text AS "returnMethod", d."submittedAt", d."dueAt", d."pausedAt", d."procedureVersionId",
    a.name AS "agencyName", c.name AS "companyName", ${groupAt(ctx.now)} AS "group"
  FROM dossiers d JOIN agencies a ON a.id = d."receivingAgencyId" LEFT JOIN companies c ON c.id = d."companyId"
  WHERE ${isOwn(ctx)}`;

/** How many dossiers of the citizen are in each group. One query. */
export async function countOwnDossiers(ctx: Context<Citizen>): Promise<Record<OwnGroup, number>> {
  const rows = await ctx.db.$queryRaw<{ group: OwnGroup; n: number }[]>`
    SELECT "group", count(*)::int AS n FROM (
      SELECT ${groupAt(ctx.now)} AS "group" FROM dossiers d WHERE ${isOwn(ctx)}) o GROUP BY 1`;
  const counts = { act: 0, collect: 0, open: 0, done: 0 };
  for (const { group, n } of rows) counts[group] = n;
  return counts;
}

/** The newest of each group, so many at most of each. One query. */
export const surveyOwnDossiers = (ctx: Context<Citizen>, most: number): Promise<OwnDossierRow[]> =>
  ctx.db.$queryRaw<OwnDossierRow[]>`
    SELECT * FROM (SELECT o.*, row_number() OVER (PARTITION BY "group" ORDER BY "submittedAt" DESC, id DESC) AS place
      FROM (${own(ctx)}) o) p
    WHERE place <= ${most} ORDER BY "submittedAt" DESC, id DESC`;

/** The procedure versions that the citizen's dossiers stand under: few, however many dossiers. */
export async function listOwnVersionIds(ctx: Context<Citizen>): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ procedureVersionId: string }[]>`
    SELECT DISTINCT d."procedureVersionId" FROM dossiers d WHERE ${isOwn(ctx)}`;
  return rows.map(({ procedureVersionId }) => procedureVersionId);
}

/** `versionIds`: of the procedures whose name was found. */
export type OwnSearch = { q: string; versionIds: readonly string[] };

/** A code or reference, or part of a code; the owner's name without diacritics; or a procedure that was found. */
function matches({ q, versionIds }: OwnSearch): Prisma.Sql {
  const code = q
    .trim()
    .toUpperCase()
    .replace(/[%_\\]/g, "");
  const name = fold(q);
  const parts = [
    Prisma.sql`o.reference = ${code.replaceAll("-", "").replaceAll(" ", "")}`,
    ...(code === "" ? [] : [Prisma.sql`o.code LIKE ${`%${code}%`}`]),
    ...(name === ""
      ? []
      : [
          Prisma.sql`EXISTS (SELECT FROM dossier_parties x WHERE x."dossierId" = o.id AND x."searchName" LIKE ${`%${name}%`})`,
        ]),
    ...(versionIds.length === 0
      ? []
      : [Prisma.sql`o."procedureVersionId" IN (${Prisma.join(versionIds.map((id) => Prisma.sql`${id}::uuid`))})`]),
  ];
  return Prisma.sql`(${Prisma.join(parts, " OR ")})`;
}

/**
 * The citizen's dossiers, newest first, 20 a page, of some groups or all, found by words or all.
 * @param cursor the reference of the last row of the page before
 */
export async function listOwnDossiers(
  ctx: Context<Citizen>,
  cursor: string | null,
  { groups, search }: { groups?: readonly OwnGroup[]; search?: OwnSearch | null } = {},
): Promise<{ rows: OwnDossierRow[]; next: string | null }> {
  const last = cursor
    ? await ctx.db.dossier.findFirst({
        where: { reference: cursor, ...ownedBy(ctx.actor.accountId, "see") },
        select: { submittedAt: true, id: true },
      })
    : null;
  const wanted = groups ? Prisma.sql`o."group" IN (${Prisma.join([...groups])})` : Prisma.sql`TRUE`;
  const rows = await ctx.db.$queryRaw<OwnDossierRow[]>`
    ${search ? unnamed : Prisma.empty} SELECT * FROM (${own(ctx)}) o
    WHERE ${wanted} AND ${search ? matches(search) : Prisma.sql`TRUE`}
      AND ${last ? Prisma.sql`(o."submittedAt", o.id) < (${last.submittedAt}, ${last.id}::uuid)` : Prisma.sql`TRUE`}
    ORDER BY o."submittedAt" DESC, o.id DESC LIMIT ${PAGE_SIZE + 1}`;
  const page = rows.slice(0, PAGE_SIZE);
  return { rows: page, next: rows.length > PAGE_SIZE ? (page.at(-1)?.reference ?? null) : null };
}
