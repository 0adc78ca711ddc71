import { addDays, dateOf, findCalendar, instantAt, nextWorkingDay } from "#calendar/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { Prisma, readOften, unnamed } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { DOSSIER_CODE, type Status } from "../rules.ts";
import { holding } from "./holders.ts";
import { dossierParts, type FullDossier, type OwnFile, resultFile } from "./own.ts";

const PAGE_SIZE = 20;
/** Beyond this a count says "hơn 1.000": an exact count of an archive costs more than it tells. */
export const COUNT_CAP = 1000;

/** The worklist's lists. */
export const WORK_LISTS = ["intake", "mine", "open", "waiting", "soon", "late", "delivery", "done"] as const;
export type WorkList = (typeof WORK_LISTS)[number];
/** `all`: every dossier that the officer may see, for finding one wherever it stands. */
export type WorkSearch = WorkList | "all";

export type WorkRow = {
  dossierId: string;
  reference: string;
  code: string | null;
  status: Status;
  channel: "online" | "counter" | "post";
  procedureVersionId: string;
  applicantName: string;
  submittedAt: Date;
  dueAt: Date | null;
  /** Since when the clock stands still: such a dossier is neither late nor soon due. */
  pausedAt: Date | null;
  /** Of the open step, when the list is one of steps. */
  stepId: string | null;
  stepDueAt: Date | null;
  assigneeName: string | null;
  /** What orders the list, and with `rowId` marks where the next page begins. */
  sortAt: Date;
  rowId: string;
};
export type WorkCursor = { at: Date; id: string };

const agencies = (officer: Officer): string[] => [...new Set(officer.postings.map((p) => p.agencyId))];
const deskAgencies = (officer: Officer): string[] =>
  officer.postings.filter((p) => p.role === "desk").map((p) => p.agencyId);

/** Values one by one rather than an array: PostgreSQL then knows how many they are, and keeps its plan. */
const among = (column: string, ids: readonly string[]): Prisma.Sql =>
  ids.length === 0
    ? Prisma.sql`FALSE`
    : Prisma.sql`${Prisma.raw(column)} IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`;

/** Step runs that stand where the officer works, in a role that they hold there. */
const atPlaceOf = ({ postings }: Officer): Prisma.Sql =>
  postings.length === 0
    ? Prisma.sql`FALSE`
    : Prisma.sql`(${Prisma.join(
        postings.map((p) => Prisma.sql`(r."agencyId" = ${p.agencyId}::uuid AND r.role = ${p.role})`),
        " OR ",
      )})`;

/** Who asks, and the instants between which a dossier is due soon: days count, as in the national statistics. */
type Asking = { officer: Officer; today: Date; soon: Date };

/** Soon is until the end of the next working day: the last moment at which an apology may still be sent is before it. */
async function askingOf(ctx: Context<Officer>): Promise<Asking> {
  const day = dateOf(ctx.now);
  const next = nextWorkingDay(day, await findCalendar(ctx));
  return { officer: ctx.actor, today: instantAt(day, "00:00"), soon: instantAt(addDays(next, 1), "00:00") };
}

type Kind = { of: "dossiers" | "steps"; sort: Prisma.Sql; where: Prisma.Sql };

/** Which rows one list has, before searching and paging. `mine` and `open` are of steps, the others of dossiers. */
function kindOf({ officer, today, soon }: Asking, list: WorkSearch): Kind {
  const submitted = Prisma.sql`d."submittedAt"`;
  // An open step that does not wait always has its due date: the bare column is what the index is ordered by.
  const stepDue = Prisma.sql`r."dueAt"`;
  const atDesk = among('d."receivingAgencyId"', deskAgencies(officer));
  const received = among('d."receivingAgencyId"', agencies(officer));
  // Two short lists by their own indexes, not one long one looked through: an agency's open work stays small while the
  // province's grows.
  const within = (here: Prisma.Sql, led: Prisma.Sql) => Prisma.sql`d.id IN (
          SELECT d.id FROM dossiers d WHERE ${here}
          UNION SELECT r."dossierId" FROM step_runs r WHERE r."closedAt" IS NULL AND r.lead AND ${led})`;
  const running = (due: Prisma.Sql) => {
    const open = Prisma.sql`d."finishedAt" IS NULL AND ${due}`;
    const led = among('r."agencyId"', agencies(officer));
    return Prisma.sql`${open} AND d."pausedAt" IS NULL AND ${within(Prisma.sql`${received} AND ${open}`, led)}`;
  };
  switch (list) {
    case "intake":
      return { of: "dossiers", sort: submitted, where: Prisma.sql`d.status = 'submitted' AND ${atDesk}` };
    case "delivery":
      return {
        of: "dossiers",
        sort: Prisma.sql`d."finishedAt"`,
        where: Prisma.sql`d.status = 'completed' AND ${atDesk}`,
      };
    case "mine":
      // In hands that have left the place, work is no longer theirs to see.
      return {
        of: "steps",
        sort: stepDue,
        where: Prisma.sql`r."assigneeId" = ${officer.accountId}::uuid AND ${atPlaceOf(officer)} AND r."pausedAt" IS NULL`,
      };
    case "open":
      // What the applicant is waited for stands in a list of its own.
      return { of: "steps", sort: stepDue, where: Prisma.sql`${atPlaceOf(officer)} AND r."pausedAt" IS NULL` };
    case "waiting": {
      const waits = Prisma.sql`d."waitingSince" IS NOT NULL`;
      return {
        of: "dossiers",
        sort: Prisma.sql`d."waitingSince"`,
        where: Prisma.sql`${waits} AND ${within(Prisma.sql`${atDesk} AND ${waits}`, atPlaceOf(officer))}`,
      };
    }
    case "late":
      return { of: "dossiers", sort: Prisma.sql`d."dueAt"`, where: running(Prisma.sql`d."dueAt" < ${today}`) };
    case "soon":
      return {
        of: "dossiers",
        sort: Prisma.sql`d."dueAt"`,
        where: running(Prisma.sql`d."dueAt" >= ${today} AND d."dueAt" < ${soon}`),
      };
    case "all":
      return {
        of: "dossiers",
        sort: submitted,
        where: Prisma.sql`(${received}
          OR EXISTS (SELECT FROM step_runs r WHERE r."dossierId" = d.id AND ${among('r."agencyId"', agencies(officer))}))`,
      };
    case "done":
      return {
        of: "dossiers",
        sort: submitted,
        where: Prisma.sql`d.status IN ('declined', 'refused', 'delivered', 'withdrawn', 'stopped') AND ${received}`,
      };
  }
}

const columns = Prisma.sql`
  d.id AS "dossierId", d.reference, d.code, d.status::text, d.channel::text, d."procedureVersionId", p."fullName" AS "applicantName",
  d."submittedAt", d."dueAt", d."pausedAt"`;
const applicant = Prisma.sql`JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'`;

/** The rows of one list with what the page shows of them. */
function rowsOf(asking: Asking, list: WorkSearch): Prisma.Sql {
  const { of, sort, where } = kindOf(asking, list);
  return of === "dossiers"
    ? Prisma.sql`
    SELECT ${columns}, NULL::text AS "stepId", NULL::timestamptz AS "stepDueAt", NULL::text AS "assigneeName",
           ${sort} AS "sortAt", d.id AS "rowId"
    FROM dossiers d ${applicant} WHERE ${where}`
    : Prisma.sql`
    SELECT ${columns}, r."stepId", r."dueAt" AS "stepDueAt", a."displayName" AS "assigneeName",
           ${sort} AS "sortAt", r.id AS "rowId"
    FROM step_runs r JOIN dossiers d ON d.id = r."dossierId" ${applicant} LEFT JOIN accounts a ON a.id = r."assigneeId"
    WHERE r."closedAt" IS NULL AND ${where}`;
}

/** How many rows a list has, none counted beyond the cap: of the list's own table alone. */
function countOf(asking: Asking, list: WorkSearch): Prisma.Sql {
  const { of, where } = kindOf(asking, list);
  const from =
    of === "dossiers" ? Prisma.sql`dossiers d WHERE` : Prisma.sql`step_runs r WHERE r."closedAt" IS NULL AND`;
  return Prisma.sql`(SELECT count(*)::int FROM (SELECT FROM ${from} ${where} LIMIT ${Prisma.raw(String(COUNT_CAP + 1))}) c)`;
}

/** A code, a reference, a personal id, a phone number, or the beginning of a name without diacritics. */
function matches(q: string): Prisma.Sql {
  const typed = q.trim().toUpperCase();
  if (DOSSIER_CODE.test(typed)) return Prisma.sql`w.code = ${typed}`;
  if (/^\d{9,12}$/.test(q))
    return Prisma.sql`EXISTS (SELECT FROM dossier_parties x WHERE x."dossierId" = w."dossierId" AND (x."personalId" = ${q} OR x.phone = ${q}))`;
  const name = `%${fold(q)}%`;
  return Prisma.sql`(w.reference = ${typed.replaceAll("-", "")} OR w.code LIKE ${`%${typed.replace(/[%_\\]/g, "")}%`}
    OR EXISTS (SELECT FROM dossier_parties x WHERE x."dossierId" = w."dossierId" AND (x."searchName" || '') LIKE ${name}))`;
}

/**
 * One page of the officer's work, 20 rows: what is due first comes first, the archive newest first. One query.
 * @param cursor the last row of the page before
 */
export async function listWork(
  ctx: Context<Officer>,
  filter: { list: WorkSearch; q?: string | undefined },
  cursor: WorkCursor | null,
): Promise<{ rows: WorkRow[]; next: WorkCursor | null }> {
  const newestFirst = filter.list === "done" || filter.list === "all";
  const after = !cursor
    ? Prisma.sql`TRUE`
    : newestFirst
      ? Prisma.sql`(w."sortAt", w."rowId") < (${cursor.at}, ${cursor.id}::uuid)`
      : Prisma.sql`(w."sortAt", w."rowId") > (${cursor.at}, ${cursor.id}::uuid)`;
  const order = newestFirst ? Prisma.sql`"sortAt" DESC, "rowId" DESC` : Prisma.sql`"sortAt", "rowId"`;
  const asking = await askingOf(ctx);
  const rows = await readOften<WorkRow>(
    ctx,
    Prisma.sql`
    ${filter.q ? unnamed : Prisma.empty} SELECT * FROM (${rowsOf(asking, filter.list)}) w
    WHERE ${after} AND ${filter.q ? matches(filter.q) : Prisma.sql`TRUE`}
    ORDER BY ${order} LIMIT ${Prisma.raw(String(PAGE_SIZE + 1))}`,
  );
  const page = rows.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  return { rows: page, next: rows.length > PAGE_SIZE && last ? { at: last.sortAt, id: last.rowId } : null };
}

/** How many rows each list has, none counted beyond 1,001. One query. */
export async function countWork(ctx: Context<Officer>): Promise<Record<WorkList, number>> {
  const asking = await askingOf(ctx);
  // Nobody counts an archive.
  const count = (list: WorkList) => (list === "done" ? Prisma.sql`0` : countOf(asking, list));
  const [row] = await ctx.db.$queryRaw<Record<WorkList, number>[]>`
    SELECT ${Prisma.join(WORK_LISTS.map((list) => Prisma.sql`${count(list)} AS ${Prisma.raw(`"${list}"`)}`))}`;
  if (!row) throw new Error("a count without rows");
  return row;
}

/** The dossiers that an officer may see: received by their agency, or standing (once or now) at a step there. */
const visibleTo = (officer: Officer): Prisma.DossierWhereInput => ({
  OR: [
    { receivingAgencyId: { in: agencies(officer) } },
    { stepRuns: { some: { agencyId: { in: agencies(officer) } } } },
  ],
});

/** A dossier with everything the officer's page shows; one of an unrelated agency does not exist. One query. */
export async function findWorkDossier(ctx: Context<Officer>, id: string): Promise<FullDossier> {
  const dossier = await ctx.db.dossier.findFirst({
    where: { id, ...visibleTo(ctx.actor) },
    relationLoadStrategy: "join",
    include: dossierParts,
  });
  if (!dossier) throw notFound();
  return dossier;
}

/** A file of a dossier that the officer may see: a paper handed in, or a result. */
export async function findWorkFile(ctx: Context<Officer>, dossierId: string, fileId: string): Promise<OwnFile> {
  const dossier = { id: dossierId, ...visibleTo(ctx.actor) };
  const attachment = await ctx.db.attachment.findFirst({ where: { id: fileId, dossier } });
  return attachment ?? resultFile(await ctx.db.result.findFirst({ where: { id: fileId, dossier } }));
}

export type Colleague = { accountId: string; name: string; title: string | null };

/** Who may be given a step: everybody who holds its role at its agency today. */
export async function listColleagues(ctx: Context<Officer>, agencyId: string, role: string): Promise<Colleague[]> {
  const postings = await ctx.db.posting.findMany({
    where: holding(agencyId, role, ctx.now),
    select: { accountId: true, title: true, account: { select: { displayName: true } } },
    orderBy: { account: { displayName: "asc" } },
  });
  return postings.map(({ accountId, title, account }) => ({ accountId, title, name: account.displayName }));
}

/** Names of the accounts that acted in a history, by account id. One query. */
export async function namesOf(ctx: Context, accountIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(accountIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const accounts = await ctx.db.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, displayName: true },
  });
  return new Map(accounts.map(({ id, displayName }) => [id, displayName]));
}
