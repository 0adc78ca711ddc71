import { addDays, dateOf, findCalendar, instantAt, nextWorkingDay } from "#calendar/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { openTo, readBy } from "./restricted.ts";

/** Beyond this a count says "hơn 1.000": an exact count of an archive costs more than it tells. */
export const COUNT_CAP = 1000;

/** The worklist's lists. */
export type WorkList =
  | "intake"
  | "mine"
  | "unit"
  | "free"
  | "open"
  | "waiting"
  | "soon"
  | "late"
  | "delivery"
  | "done"
  | "restricted";
/** `all`: every dossier that the officer may see, for finding one wherever it stands. */
export type WorkSearch = WorkList | "all";

/** Lists of step runs; the others are of dossiers. */
export const STEP_LISTS: readonly WorkSearch[] = ["mine", "unit", "free", "open"];
/** Lists that grow with the years and are read from their newest end. */
export const ARCHIVES: readonly WorkSearch[] = ["done", "all"];

const unique = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((one) => one !== null))];
export const agenciesOf = ({ postings }: Officer): string[] => unique(postings.map(({ agencyId }) => agencyId));
export const desksOf = ({ postings }: Officer): string[] =>
  unique(postings.filter(({ role }) => role === "desk").map(({ agencyId }) => agencyId));
export const unitsOf = ({ postings }: Officer): string[] => unique(postings.map(({ unitId }) => unitId));

/** Whose work is an officer's: their own, and that of those for whom they act. */
export const handsOf = ({ accountId, deputyFor = [] }: Officer): string[] => [
  accountId,
  ...deputyFor.map((absent) => absent.accountId),
];

/** Values one by one rather than an array: PostgreSQL then knows how many they are, and keeps its plan. */
export const among = (column: string, ids: readonly string[]): Prisma.Sql =>
  ids.length === 0
    ? Prisma.sql`FALSE`
    : Prisma.sql`${Prisma.raw(column)} IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`;

/** Step runs that stand where the officer works, in a role that they hold there. */
export const atPlaceOf = ({ postings }: Officer): Prisma.Sql =>
  postings.length === 0
    ? Prisma.sql`FALSE`
    : Prisma.sql`(${Prisma.join(
        postings.map((p) => Prisma.sql`(r."agencyId" = ${p.agencyId}::uuid AND r.role = ${p.role})`),
        " OR ",
      )})`;

/** Who asks, and the instants between which a dossier is due soon: days count, as in the national statistics. */
export type Asking = { officer: Officer; today: Date; soon: Date };

/** Soon is until the end of the next working day: the last moment at which an apology may still be sent is before it. */
export async function askingOf(ctx: Context<Officer>): Promise<Asking> {
  const day = dateOf(ctx.now);
  const next = nextWorkingDay(day, await findCalendar(ctx));
  return { officer: ctx.actor, today: instantAt(day, "00:00"), soon: instantAt(addDays(next, 1), "00:00") };
}

/** Rows of one list: `where` over d (and r in a list of steps), in the order of `sort`. */
export type Kind = { sort: Prisma.Sql; where: Prisma.Sql };

const submitted = Prisma.sql`d."submittedAt"`;
// An open step that does not wait always has its due date: the bare column is what the index is ordered by.
const stepDue = Prisma.sql`r."dueAt"`;
const running = Prisma.sql`r."closedAt" IS NULL AND r."pausedAt" IS NULL`;

// Two short lists by their own indexes, not one long one looked through: an agency's open work stays small while the
// province's grows. As an array they are there once, whatever the plan thinks of their length.
const within = (here: Prisma.Sql, led: Prisma.Sql): Prisma.Sql => Prisma.sql`d.id = ANY(ARRAY(
          SELECT d.id FROM dossiers d WHERE ${here}
          UNION SELECT r."dossierId" FROM step_runs r WHERE r."closedAt" IS NULL AND r.lead AND ${led}))`;

function dueWithin(officer: Officer, due: Prisma.Sql): Kind {
  const open = Prisma.sql`d."finishedAt" IS NULL AND ${due}`;
  const received = among('d."receivingAgencyId"', agenciesOf(officer));
  const led = among('r."agencyId"', agenciesOf(officer));
  const where = Prisma.sql`${open} AND d."pausedAt" IS NULL AND ${within(Prisma.sql`${received} AND ${open}`, led)}`;
  return { sort: Prisma.sql`d."dueAt"`, where };
}

/**
 * What a list leaves out beside its own condition: restricted dossiers stand in a list of their own, and are found by their
 * readers among all.
 */
export const openIn = (officer: Officer, list: WorkSearch): Prisma.Sql =>
  list === "restricted" ? Prisma.sql`TRUE` : list === "all" ? openTo(officer) : Prisma.sql`NOT d.restricted`;

/** Which rows one list has, before filters and paging; of an archive those of one agency. */
export function kindOf({ officer, today, soon }: Asking, list: Exclude<WorkSearch, "done" | "all">): Kind {
  const atDesk = among('d."receivingAgencyId"', desksOf(officer));
  switch (list) {
    case "intake":
      return { sort: submitted, where: Prisma.sql`d.status = 'submitted' AND ${atDesk}` };
    case "delivery":
      return { sort: Prisma.sql`d."finishedAt"`, where: Prisma.sql`d.status = 'completed' AND ${atDesk}` };
    case "mine":
      // In hands that have left the place, work is no longer theirs to see.
      return {
        sort: stepDue,
        where: Prisma.sql`${among('r."assigneeId"', handsOf(officer))} AND ${atPlaceOf(officer)} AND ${running}`,
      };
    case "unit":
      return { sort: stepDue, where: Prisma.sql`${among('r."unitId"', unitsOf(officer))} AND ${running}` };
    case "free":
      return { sort: stepDue, where: Prisma.sql`r."assigneeId" IS NULL AND ${atPlaceOf(officer)} AND ${running}` };
    case "open":
      // What the applicant is waited for stands in a list of its own.
      return { sort: stepDue, where: Prisma.sql`${atPlaceOf(officer)} AND ${running}` };
    case "waiting": {
      const waits = Prisma.sql`d."waitingSince" IS NOT NULL`;
      return {
        sort: Prisma.sql`d."waitingSince"`,
        where: Prisma.sql`${waits} AND ${within(Prisma.sql`${atDesk} AND ${waits}`, atPlaceOf(officer))}`,
      };
    }
    case "restricted":
      return { sort: submitted, where: readBy(officer) };
    case "late":
      return dueWithin(officer, Prisma.sql`d."dueAt" < ${today}`);
    case "soon":
      return dueWithin(officer, Prisma.sql`d."dueAt" >= ${today} AND d."dueAt" < ${soon}`);
  }
}
