import type { Admin, Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";

export const HISTORY_KINDS = [
  "procedure",
  "manuscript",
  "list",
  "synonym",
  "content",
  "wording",
  "calendar",
  "catalogue",
] as const;
/** What kind of thing was changed. */
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** One change of anything that administrators configure, as it was written down where it happened. */
export type HistoryRow = {
  kind: HistoryKind;
  at: Date;
  byName: string | null;
  /** Code, list, id or key of what was changed, as its own address names it. */
  subject: string;
  /** What people call it. */
  name: string;
  did: string;
  params: Record<string, unknown>;
  before: string | null;
  after: string | null;
};

export const HISTORY_PER_PAGE = 50;

/** Each names its changes in the same columns; who did it is joined outside. */
const SOURCES: Readonly<Record<HistoryKind, Prisma.Sql>> = {
  procedure: Prisma.sql`
    SELECT e.at, e."byId", p.code AS subject, p.code AS name, e.did, e.params, NULL::text AS before, e.reason AS after
    FROM procedure_events e JOIN procedures p ON p.id = e."procedureId"`,
  manuscript: Prisma.sql`
    SELECT c.at, c."byId", m.id::text AS subject, m."procedureCode" AS name, c.did, c.params, NULL::text AS before, NULL::text AS after
    FROM manuscript_changes c JOIN manuscripts m ON m.id = c."manuscriptId"`,
  list: Prisma.sql`
    SELECT c.at, c."byId", c.list AS subject, c.list AS name,
      CASE WHEN (c.after->>'removed')::boolean THEN 'removed' ELSE 'changed' END AS did, '{}'::jsonb AS params,
      c.before->>'text' AS before, c.after->>'text' AS after
    FROM list_changes c`,
  synonym: Prisma.sql`
    SELECT s.at, s."byId", s."synonymId"::text AS subject, s.say AS name,
      CASE WHEN s.removed THEN 'removed' ELSE 'changed' END AS did, '{}'::jsonb AS params,
      (SELECT array_to_string(b.means, '; ') FROM synonym_changes b
        WHERE b."synonymId" = s."synonymId" AND (b.at, b.id) < (s.at, s.id) ORDER BY b.at DESC, b.id DESC LIMIT 1) AS before,
      array_to_string(s.means, '; ') AS after
    FROM synonym_changes s WHERE s."byId" IS NOT NULL`,
  content: Prisma.sql`
    SELECT c.at, c."byId", c.kind::text || ' ' || c.subject AS subject, c."titleVi" AS name, 'changed' AS did,
      jsonb_build_object('number', c.number) AS params,
      (SELECT b."titleVi" FROM content_texts b WHERE b.subject = c.subject AND b.number = c.number - 1) AS before, c."titleVi" AS after
    FROM content_texts c WHERE c."byId" IS NOT NULL`,
  wording: Prisma.sql`
    SELECT w.at, w."byId", w.kind AS subject, w.kind AS name, 'changed' AS did, jsonb_build_object('number', w.number) AS params,
      (SELECT b.texts->>'titleVi' FROM wordings b WHERE b.kind = w.kind AND b.number = w.number - 1) AS before, w.texts->>'titleVi' AS after
    FROM wordings w`,
  calendar: Prisma.sql`
    SELECT c.at, c."byId", left(c."firstDate", 4) AS subject, coalesce(a."shortName", '') AS name, 'changed' AS did,
      jsonb_build_object('from', c."firstDate", 'to', c."lastDate") AS params, NULL::text AS before, NULL::text AS after
    FROM calendar_changes c LEFT JOIN agencies a ON a.id = c."agencyId" WHERE c."byId" IS NOT NULL`,
  catalogue: Prisma.sql`
    SELECT max(p."decidedAt") AS at, p."decidedById" AS "byId", u.id::text AS subject, u."fileName" AS name,
      CASE WHEN p.wanted THEN 'accepted' ELSE 'left' END AS did, jsonb_build_object('count', count(*)) AS params,
      NULL::text AS before, NULL::text AS after
    FROM catalogue_proposals p JOIN catalogue_updates u ON u.id = p."updateId" WHERE p."decidedAt" IS NOT NULL
    GROUP BY u.id, u."fileName", p."decidedById", p.wanted, p."decidedAt"`,
};

/**
 * Who changed what, the newest first: of one kind, or of all.
 * @param until only what is older
 */
export async function listHistory(
  { db }: Context<Admin>,
  { kind, until }: { kind: HistoryKind | null; until: Date | null },
): Promise<HistoryRow[]> {
  const older = until ? Prisma.sql`WHERE one.at < ${until}` : Prisma.empty;
  // Each source gives its newest alone: none is read whole for a page of fifty.
  const parts = (kind ? [kind] : [...HISTORY_KINDS]).map(
    (one) =>
      Prisma.sql`(SELECT ${one}::text AS kind, one.* FROM (${SOURCES[one]}) one ${older} ORDER BY one.at DESC LIMIT ${HISTORY_PER_PAGE})`,
  );
  return db.$queryRaw<HistoryRow[]>`
    SELECT h.kind, h.at, a."displayName" AS "byName", h.subject, h.name, h.did, h.params, h.before, h.after
    FROM (${Prisma.join(parts, " UNION ALL ")}) h LEFT JOIN accounts a ON a.id = h."byId"
    ORDER BY h.at DESC LIMIT ${HISTORY_PER_PAGE}`;
}
