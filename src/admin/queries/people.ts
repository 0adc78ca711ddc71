import { type Directory, findDirectory } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { Prisma, unnamed } from "#platform/db.ts";
import { fold, isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { type Hold, holdOver } from "../rules.ts";
import { findReach } from "./reach.ts";

type Asker = Context<Admin>;
export const PEOPLE_A_PAGE = 50;

export type PeopleFilter = {
  q: string;
  /** Typed: the name of an agency or a part of it, or its identifier; or its id, as links have it. */
  agency: string;
  role: string | null;
  state: "active" | "disabled" | "waiting" | "admin" | null;
  /** Of the keyset: the last or the first person seen. */
  after: string | null;
};
export type PersonRow = {
  id: string;
  displayName: string;
  username: string;
  kind: string;
  disabledAt: Date | null;
  isActivated: boolean;
  adminAgency: string | null;
  places: readonly { agency: string; role: string }[];
};
export type PeoplePage = { rows: PersonRow[]; next: string | null; isFirst: boolean };

const like = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
const stands = (day: string): Prisma.Sql => Prisma.sql`(p."validTo" IS NULL OR p."validTo" >= ${day})`;

/** The agencies that were typed, with those below them. */
function agenciesNamed({ agencies, familyOf }: Directory, typed: string): string[] {
  const wanted = fold(typed);
  const exact = agencies.filter(({ id, identifier }) => id === typed || identifier === typed.toUpperCase());
  const found = exact.length > 0 ? exact : agencies.filter(({ name }) => fold(name).includes(wanted));
  return [...new Set(found.flatMap(({ id }) => familyOf(id)))];
}

/** The conditions of a list: officers and administrators within reach. */
async function conditions(ctx: Asker, { q, agency, role, state }: PeopleFilter): Promise<Prisma.Sql> {
  const day = isoDay(ctx.now);
  const reach = await findReach(ctx);
  const chosen = agency === "" ? null : agenciesNamed(await findDirectory(ctx), agency);
  const agencies = chosen && reach ? chosen.filter((id) => reach.includes(id)) : (chosen ?? reach);
  const parts = [Prisma.sql`a.kind IN ('officer', 'admin')`];
  const words = fold(q);
  // Dots of a work name are typed as they are.
  const typed = q.toLowerCase();
  const said = Prisma.sql`(a."searchName" || ' ' || a.username)`;
  if (words !== "")
    parts.push(
      words === typed
        ? Prisma.sql`${said} LIKE ${like(words)}`
        : Prisma.sql`(${said} LIKE ${like(words)} OR ${said} LIKE ${like(typed)})`,
    );
  if (agencies || role) {
    const inPlace = agencies ? Prisma.sql`p."agencyId" = ANY(${[...agencies]}::uuid[])` : Prisma.sql`true`;
    const inRole = role ? Prisma.sql`p.role = ${role}` : Prisma.sql`true`;
    parts.push(
      Prisma.sql`a.id IN (SELECT p."accountId" FROM postings p WHERE ${inPlace} AND ${inRole} AND ${stands(day)})`,
    );
  }
  if (state === "disabled") parts.push(Prisma.sql`a."disabledAt" IS NOT NULL`);
  if (state === "waiting") parts.push(Prisma.sql`a."passwordHash" IS NULL`);
  if (state === "admin") parts.push(Prisma.sql`a.kind = 'admin'`);
  if (state === "active") parts.push(Prisma.sql`a."disabledAt" IS NULL AND a."passwordHash" IS NOT NULL`);
  return Prisma.join(parts, " AND ");
}

/** Officers and administrators within reach by name, 50 a page by keyset. One query beside the directory in memory. */
export async function listPeople(ctx: Asker, filter: PeopleFilter): Promise<PeoplePage> {
  const where = await conditions(ctx, filter);
  const day = isoDay(ctx.now);
  const from = filter.after
    ? Prisma.sql`AND (a."searchName", a.id) > (SELECT l."searchName", l.id FROM accounts l WHERE l.id = ${filter.after}::uuid)`
    : Prisma.empty;
  const rows = await ctx.db.$queryRaw<PersonRow[]>(Prisma.sql`
    ${unnamed} SELECT a.id::text, a."displayName", a.username, a.kind::text, a."disabledAt", a."passwordHash" IS NOT NULL AS "isActivated",
      (SELECT g."shortName" FROM agencies g WHERE g.id = a."adminAgencyId") AS "adminAgency",
      coalesce((SELECT json_agg(json_build_object('agency', g."shortName", 'role', p.role) ORDER BY g.name, p.role)
        FROM postings p JOIN agencies g ON g.id = p."agencyId" WHERE p."accountId" = a.id AND ${stands(day)}), '[]') AS places
    FROM accounts a WHERE ${where} ${from} ORDER BY a."searchName", a.id LIMIT ${PEOPLE_A_PAGE + 1}`);
  return {
    rows: rows.slice(0, PEOPLE_A_PAGE),
    next: rows.length > PEOPLE_A_PAGE ? (rows[PEOPLE_A_PAGE - 1]?.id ?? null) : null,
    isFirst: filter.after === null,
  };
}

const PERSON = {
  id: true,
  username: true,
  displayName: true,
  email: true,
  kind: true,
  disabledAt: true,
  passwordHash: true,
  mustChangePassword: true,
  lastSignInAt: true,
  adminAgency: { select: { id: true, name: true } },
  postings: {
    select: {
      id: true,
      agencyId: true,
      role: true,
      title: true,
      validFrom: true,
      validTo: true,
      agency: { select: { name: true } },
      unit: { select: { name: true } },
    },
    orderBy: [{ agency: { name: "asc" as const } }, { role: "asc" as const }],
  },
  absences: {
    where: { revokedAt: null },
    select: { id: true, from: true, to: true, deputy: { select: { displayName: true } } },
    orderBy: { from: "desc" as const },
    take: 20,
  },
  _count: { select: { stepRuns: { where: { closedAt: null } } } },
} satisfies Prisma.AccountSelect;
export type Person = Omit<Prisma.AccountGetPayload<{ select: typeof PERSON }>, "passwordHash"> & {
  isActivated: boolean;
  hold: Exclude<Hold, "none">;
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Whether a text is an id at all. */
export const isId = (text: unknown): text is string => typeof text === "string" && UUID.test(text);

/** A person within reach, with their places and absences. @throws Refusal 404 */
export async function findPerson(ctx: Asker, id: string): Promise<Person> {
  if (!isId(id)) throw notFound();
  const found = await ctx.db.account.findFirst({
    where: { id, kind: { in: ["officer", "admin"] } },
    relationLoadStrategy: "join",
    select: PERSON,
  });
  if (!found) throw notFound();
  const hold = holdOver(ctx.actor, found, await findDirectory(ctx), isoDay(ctx.now));
  if (hold === "none") throw notFound();
  const { passwordHash, ...person } = found;
  return { ...person, isActivated: passwordHash !== null, hold };
}

/** Colleagues who may act for a person: whoever works at one of their agencies. */
export async function listColleagues(
  { db, now }: Asker,
  person: Person,
): Promise<{ accountId: string; name: string }[]> {
  const day = isoDay(now);
  const agencies = person.postings
    .filter(({ validTo }) => validTo === null || validTo >= day)
    .map(({ agencyId }) => agencyId);
  return db.$queryRaw`
    SELECT DISTINCT a.id::text AS "accountId", a."displayName" AS name FROM postings p JOIN accounts a ON a.id = p."accountId"
    WHERE p."agencyId" = ANY(${agencies}::uuid[]) AND a.id <> ${person.id}::uuid AND a."disabledAt" IS NULL
      AND (p."validTo" IS NULL OR p."validTo" >= ${day}) ORDER BY name, 1 LIMIT 500`;
}

/** Whether a work name is somebody's already. */
export const isTaken = async ({ db }: Pick<Asker, "db">, username: string): Promise<boolean> =>
  (await db.account.count({ where: { username } })) > 0;
