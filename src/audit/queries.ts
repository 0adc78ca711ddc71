import { ownedBy } from "#companies/rules.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { Prisma, unnamed } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import type { SecurityEventKind } from "./rules.ts";

export const PAGE_SIZE = 50;
const EXPORT_STEP = 1000;

export type EventRow = {
  id: bigint;
  at: Date;
  kind: SecurityEventKind;
  accountId: string | null;
  who: string | null;
  username: string | null;
  aboutId: string | null;
  about: string | null;
  dossierId: string | null;
  dossier: string | null;
  address: string | null;
  device: string | null;
  requestId: string | null;
  params: Record<string, unknown>;
};

export type EventSearch = {
  /** Part of a name, or a sign-in name: who did it, or to whom. */
  person: string;
  /** Code or reference. */
  dossier: string;
  kind: SecurityEventKind | null;
  /** Vietnam's days, yyyy-MM-dd, both included; empty: open. */
  from: string;
  to: string;
};

const MOST_PEOPLE = 200;

/** Accounts that somebody means by a sign-in name, or by part of a name. */
async function findPeople({ db }: Pick<Context, "db">, person: string): Promise<string[]> {
  const words = fold(person);
  const exact = await db.account.findMany({
    where: { OR: [{ username: person.toLowerCase() }, { email: person.toLowerCase() }] },
    select: { id: true },
  });
  if (exact.length > 0) return exact.map(({ id }) => id);
  const like = await db.account.findMany({
    where: { displayName: { contains: person, mode: "insensitive" } },
    select: { id: true, displayName: true },
    take: MOST_PEOPLE,
  });
  return like.filter(({ displayName }) => fold(displayName).includes(words)).map(({ id }) => id);
}

async function conditionOf(ctx: Pick<Context, "db">, search: EventSearch): Promise<Prisma.Sql> {
  const parts: Prisma.Sql[] = [Prisma.sql`true`];
  if (search.person) {
    const ids = await findPeople(ctx, search.person);
    parts.push(Prisma.sql`(e."accountId" = ANY(${ids}::uuid[]) OR e."aboutId" = ANY(${ids}::uuid[]))`);
  }
  if (search.dossier) {
    const word = search.dossier.toUpperCase();
    const found = await ctx.db.dossier.findMany({
      where: { OR: [{ code: word }, { reference: word }], restricted: false },
      select: { id: true },
    });
    parts.push(Prisma.sql`e."dossierId" = ANY(${found.map(({ id }) => id)}::uuid[])`);
  }
  if (search.kind) parts.push(Prisma.sql`e.kind = ${search.kind}`);
  if (search.from) parts.push(Prisma.sql`e.at >= ${`${search.from}T00:00:00+07:00`}::timestamptz`);
  if (search.to) parts.push(Prisma.sql`e.at < ${`${search.to}T00:00:00+07:00`}::timestamptz + interval '1 day'`);
  return Prisma.join(parts, " AND ");
}

/** Who read a restricted dossier is told; which it is and whose, nobody learns who is no reader of it. */
const rowsWhere = (condition: Prisma.Sql, order: Prisma.Sql, limit: number): Prisma.Sql => Prisma.sql`${unnamed}
  SELECT e.id, e.at, e.kind, e."accountId", who."displayName" AS who, who.username, e."aboutId", 
    CASE WHEN d.restricted THEN NULL ELSE about."displayName" END AS about, e."dossierId",
    CASE WHEN d.restricted THEN NULL ELSE COALESCE(d.code, d.reference) END AS dossier, e.address, e.device, e."requestId", e.params
  FROM security_events e
  LEFT JOIN accounts who ON who.id = e."accountId"
  LEFT JOIN accounts about ON about.id = e."aboutId"
  LEFT JOIN dossiers d ON d.id = e."dossierId"
  WHERE ${condition} ORDER BY e.id ${order} LIMIT ${limit}`;

/** Events that fit, newest first, after the one with this number. */
export async function searchEvents(
  ctx: Pick<Context, "db">,
  search: EventSearch,
  before: bigint | null,
): Promise<{ rows: EventRow[]; hasMore: boolean }> {
  const condition = await conditionOf(ctx, search);
  const page = before === null ? condition : Prisma.sql`${condition} AND e.id < ${before}`;
  const rows = await ctx.db.$queryRaw<EventRow[]>(rowsWhere(page, Prisma.sql`DESC`, PAGE_SIZE + 1));
  return { rows: rows.slice(0, PAGE_SIZE), hasMore: rows.length > PAGE_SIZE };
}

/** Every event that fits, oldest first, a thousand at a time, so that any number of them takes little memory. */
export async function* streamEvents(ctx: Pick<Context, "db">, search: EventSearch): AsyncGenerator<EventRow[]> {
  const condition = await conditionOf(ctx, search);
  let after = 0n;
  for (;;) {
    const step = Prisma.sql`${condition} AND e.id > ${after}`;
    const rows = await ctx.db.$queryRaw<EventRow[]>(rowsWhere(step, Prisma.sql`ASC`, EXPORT_STEP));
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORT_STEP) return;
    after = rows.at(-1)?.id ?? after;
  }
}

export type Look = { at: Date; kind: SecurityEventKind; who: string; agencyId: string | null };

const MOST_LOOKS = 200;

/** Which officers looked at a dossier of the citizen who asks, newest first; null when it is not theirs. */
export async function listLooks({ db, actor }: Context<Citizen>, reference: string): Promise<Look[] | null> {
  const dossier = await db.dossier.findFirst({
    where: { reference, ...ownedBy(actor.accountId, "see") },
    select: { id: true },
  });
  if (!dossier) return null;
  return db.$queryRaw<Look[]>`
    SELECT e.at, e.kind, a."displayName" AS who,
      (SELECT p."agencyId" FROM postings p WHERE p."accountId" = a.id ORDER BY p.id LIMIT 1) AS "agencyId"
    FROM security_events e JOIN accounts a ON a.id = e."accountId"
    WHERE e."dossierId" = ${dossier.id}::uuid AND e.kind IN ('read.dossier', 'read.file', 'read.paper')
    ORDER BY e.id DESC LIMIT ${MOST_LOOKS}`;
}
