import type { Context, Officer } from "#platform/context.ts";
import { Prisma, readOften, unnamed } from "#platform/db.ts";
import type { Status } from "../rules.ts";
import { conditionsOf, hasPairs, isNamed, isNarrowed, nameIn, type SoughtName, type WorkFilter } from "./filters.ts";
import {
  ARCHIVES,
  type Asking,
  agenciesOf,
  among,
  askingOf,
  atPlaceOf,
  COUNT_CAP,
  handsOf,
  kindOf,
  openIn,
  STEP_LISTS,
  unitsOf,
  type WorkList,
  type WorkSearch,
} from "./lists.ts";

const PAGE_SIZE = 20;
/** Open steps of a place that are looked through to say whose they are. */
const HANDS_CAP = 20_000;

export type WorkRow = {
  dossierId: string;
  /** Of a dossier that has no code yet. */
  reference: string | null;
  code: string | null;
  status: Status;
  channel: "online" | "counter" | "post";
  procedureVersionId: string;
  applicantName: string;
  submittedAt: Date;
  dueAt: Date | null;
  /** Since when the clock stands still: such a dossier is neither late nor soon due. */
  pausedAt: Date | null;
  /** What an act compares to see whether the dossier changed; read where acts are chosen. */
  version?: number;
  /** Of the open step, when the list is one of steps. */
  runId: string | null;
  runVersion?: number | null;
  stepId: string | null;
  stepDueAt: Date | null;
  assigneeName: string | null;
  /** Where it stands; read only where a page shows it. */
  agencyName?: string | null;
  /** What orders the list, where no shown column does. */
  sortAt?: Date;
};
export type WorkCursor = { at: Date; id: string };

/** `due`: the earliest due date first; `oldest`, `newest`: by the day of filing. Absent: as the list is by itself. */
export type WorkOrder = "due" | "oldest" | "newest";
export type WorkQuestion = {
  list: WorkSearch;
  filter?: WorkFilter | undefined;
  order?: WorkOrder | undefined;
  /** Agency and officer of each row, too, where the list itself does not say. */
  withHolder?: boolean | undefined;
  /** What acts on the rows compare. */
  withVersions?: boolean | undefined;
};

const columns = Prisma.sql`
  d.id AS "dossierId", CASE WHEN d.code IS NULL THEN d.reference END AS reference, d.code, d.status::text, d.channel::text, d."procedureVersionId", p."fullName" AS "applicantName",
  d."submittedAt", d."dueAt", d."pausedAt"`;
const ofStep = Prisma.sql`r.id AS "runId", r."stepId", r."dueAt" AS "stepDueAt", a."displayName" AS "assigneeName"`;
const ofNoStep = Prisma.sql`NULL::uuid AS "runId", NULL::text AS "stepId", NULL::timestamptz AS "stepDueAt", NULL::text AS "assigneeName"`;
const versions = (isOfSteps: boolean) =>
  isOfSteps ? Prisma.sql`, d.version, r.version AS "runVersion"` : Prisma.sql`, d.version, NULL::int AS "runVersion"`;
const applicant = Prisma.sql`JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'`;

/** What a dossier without a due date stands behind. */
const NEVER = Prisma.sql`'9999-01-01'::timestamptz`;

/** `as`: the column of the row that holds what it is sorted by, and with its id marks where the next page begins. */
type Sorted = { by: Prisma.Sql; as: "submittedAt" | "stepDueAt" | "sortAt"; id: Prisma.Sql; descending: boolean };
type Branch = { from: Prisma.Sql; where: Prisma.Sql; sorted: Sorted };

const submittedAt = Prisma.sql`d."submittedAt"`;

/**
 * Archives are read along an agency's own index from one of its ends; other orders would sort all of it. Who looks for
 * something begins at the dossiers that were found, and has each one's place by the whole key; of a whole archive the
 * database would take that key for so rare that it gathers everything first.
 */
function archiveOf(
  officer: Officer,
  list: "done" | "all",
  { order, filter }: Pick<WorkQuestion, "order" | "filter">,
): Branch[] {
  const descending = order !== "oldest";
  const byKey = filter?.q ? Prisma.sql`AND d."submittedAt" = v."submittedAt"` : Prisma.empty;
  return agenciesOf(officer).map((agencyId) =>
    list === "done"
      ? {
          from: Prisma.sql`dossiers d`,
          where: Prisma.sql`d.status IN ('declined', 'refused', 'delivered', 'withdrawn', 'stopped', 'voided') AND d."receivingAgencyId" = ${agencyId}::uuid`,
          sorted: { by: submittedAt, as: "submittedAt", id: Prisma.sql`d.id`, descending },
        }
      : {
          from: Prisma.sql`dossier_places v JOIN dossiers d ON d.id = v."dossierId" ${byKey}`,
          where: Prisma.sql`v."agencyId" = ${agencyId}::uuid`,
          sorted: { by: Prisma.sql`v."submittedAt"`, as: "submittedAt", id: Prisma.sql`v."dossierId"`, descending },
        },
  );
}

const branchesOf = (asking: Asking, question: WorkQuestion): Branch[] =>
  allBranchesOf(asking, question).map((branch) => ({
    ...branch,
    where: Prisma.sql`${branch.where} AND ${openIn(asking.officer, question.list)}`,
  }));

function allBranchesOf(asking: Asking, { list, order, filter }: WorkQuestion): Branch[] {
  if (list === "done" || list === "all") return archiveOf(asking.officer, list, { order, filter });
  const { sort, where } = kindOf(asking, list);
  const isOfSteps = STEP_LISTS.includes(list);
  const sorted: Pick<Sorted, "by" | "as"> =
    order === undefined || (order === "due" && isOfSteps)
      ? { by: sort, as: isOfSteps ? "stepDueAt" : "sortAt" }
      : order === "due"
        ? { by: Prisma.sql`coalesce(d."dueAt", ${NEVER})`, as: "sortAt" }
        : { by: submittedAt, as: "submittedAt" };
  return [
    {
      from: isOfSteps ? Prisma.sql`step_runs r JOIN dossiers d ON d.id = r."dossierId"` : Prisma.sql`dossiers d`,
      where,
      sorted: { ...sorted, id: isOfSteps ? Prisma.sql`r.id` : Prisma.sql`d.id`, descending: order === "newest" },
    },
  ];
}

/** One page of the rows of a branch: the cursor stands beside the sorted columns themselves, so that an index serves it. */
function pageOf(
  branch: Branch,
  { list, withVersions }: WorkQuestion,
  conditions: readonly Prisma.Sql[],
  cursor: WorkCursor | null,
  limit: Prisma.Sql,
) {
  const { by, as, id, descending } = branch.sorted;
  const way = Prisma.raw(descending ? "DESC" : "ASC");
  const after = cursor
    ? [Prisma.sql`(${by}, ${id}) ${Prisma.raw(descending ? "<" : ">")} (${cursor.at}, ${cursor.id}::uuid)`]
    : [];
  const isOfSteps = STEP_LISTS.includes(list);
  return Prisma.sql`
    (SELECT ${columns}, ${isOfSteps ? ofStep : ofNoStep} ${withVersions ? versions(isOfSteps) : Prisma.empty} ${as === "sortAt" ? Prisma.sql`, ${by} AS "sortAt"` : Prisma.empty}
    FROM ${branch.from} ${applicant} ${isOfSteps ? Prisma.sql`LEFT JOIN accounts a ON a.id = r."assigneeId"` : Prisma.empty}
    WHERE ${Prisma.join([branch.where, ...conditions, ...after], " AND ")}
    ORDER BY ${by} ${way}, ${id} ${way} LIMIT ${limit})`;
}

/** Who has each row, where the list itself does not know: read for the rows of the page alone. */
const withHolder = (rows: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT w.*, coalesce(w."assigneeName", h."displayName") AS "assigneeName", h.agency AS "agencyName" FROM ${rows} w
  LEFT JOIN LATERAL (SELECT a."displayName", g."shortName" AS agency FROM step_runs r
    JOIN agencies g ON g.id = r."agencyId" LEFT JOIN accounts a ON a.id = r."assigneeId"
    WHERE r."dossierId" = w."dossierId" AND r."closedAt" IS NULL AND (r.id = w."runId" OR w."runId" IS NULL AND r.lead) LIMIT 1) h ON TRUE`;

/**
 * How many of an agency's newest dossiers are looked through for a name that many bear: first few, which the names of ten
 * thousands fill a page from; then more. Others are found by their words. The database never sorts an archive.
 */
const NEWEST = { few: 1500, more: 6000 } as const;
/** Parties of one name that are gone through as fast as the newest of an agency. */
const RARE = 5000;

/** Whether few bear a name: what the database itself expects by its statistics, without looking. One query. */
async function isRare(ctx: Context<Officer>, name: SoughtName): Promise<boolean> {
  const [row] = await readOften<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    ctx,
    Prisma.sql`${unnamed} EXPLAIN (FORMAT JSON) SELECT FROM dossier_parties x WHERE ${hasPairs(Prisma.sql`x."searchName"`, name)}`,
  );
  return (row?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0) <= RARE;
}

// An array is there before anything is joined with it: the plan cannot begin at the archive's other end.
const amongNewest = (
  agencyIds: readonly string[],
  name: SoughtName,
  cursor: WorkCursor | null,
  newest: number,
): Prisma.Sql =>
  Prisma.sql`d.id = ANY(ARRAY(SELECT n."dossierId" FROM (${Prisma.join(
    agencyIds.map(
      (agencyId) => Prisma.sql`(SELECT v."dossierId" FROM dossier_places v WHERE v."agencyId" = ${agencyId}::uuid
        ${cursor ? Prisma.sql`AND (v."submittedAt", v."dossierId") < (${cursor.at}, ${cursor.id}::uuid)` : Prisma.empty}
        ORDER BY v."submittedAt" DESC, v."dossierId" DESC LIMIT ${Prisma.raw(String(newest))})`,
    ),
    " UNION ALL ",
  )}) n
    CROSS JOIN LATERAL (SELECT FROM dossier_parties x WHERE x."dossierId" = n."dossierId" AND ${isNamed(Prisma.sql`x."searchName"`, name)} LIMIT 1) x))`;

/**
 * One page of the officer's work: what is due first comes first, the archive newest first. One query; up to
 * four for a name in an archive.
 * @param cursor the last row of the page before
 * @param size rows of a page
 */
export async function listWork(
  ctx: Context<Officer>,
  question: WorkQuestion,
  cursor: WorkCursor | null,
  size = PAGE_SIZE,
): Promise<{ rows: WorkRow[]; next: WorkCursor | null }> {
  // Who works nowhere today has no work, however it is asked for.
  if (agenciesOf(ctx.actor).length === 0) return { rows: [], next: null };
  const { list, filter = {}, order } = question;
  const name = ARCHIVES.includes(list) && order !== "oldest" ? nameIn(filter) : null;
  if (name !== null && !(await isRare(ctx, name))) {
    const { q: _q, ...rest } = filter;
    const conditions = await conditionsOf(ctx, list, rest);
    const among = (newest: number) =>
      readPage(ctx, question, [...conditions, amongNewest(agenciesOf(ctx.actor), name, cursor, newest)], cursor, size);
    const few = await among(NEWEST.few);
    if (few.next) return few;
    // Where next to none of the newest bear it, more of them would not fill a page either.
    if (few.rows.length * NEWEST.more >= size * NEWEST.few) {
      const more = await among(NEWEST.more);
      if (more.next) return more;
    }
  }
  return readPage(ctx, question, await conditionsOf(ctx, list, filter), cursor, size);
}

async function readPage(
  ctx: Context<Officer>,
  question: WorkQuestion,
  conditions: readonly Prisma.Sql[],
  cursor: WorkCursor | null,
  size: number,
): Promise<{ rows: WorkRow[]; next: WorkCursor | null }> {
  const { filter = {} } = question;
  const limit = Prisma.raw(String(size + 1));
  const branches = branchesOf(await askingOf(ctx), question);
  const [first] = branches;
  if (!first) return { rows: [], next: null };
  const { as, descending } = first.sorted;
  const way = Prisma.raw(descending ? "DESC" : "ASC");
  const order = Prisma.sql`ORDER BY ${Prisma.raw(`"${as}"`)} ${way}, coalesce("runId", "dossierId") ${way}`;
  // UNION leaves out what several of the officer's agencies may see; the rest is as it was sorted.
  const union = Prisma.join(
    branches.map((branch) => pageOf(branch, question, conditions, cursor, limit)),
    " UNION ",
  );
  const page = branches.length === 1 ? union : Prisma.sql`(SELECT * FROM (${union}) u ${order} LIMIT ${limit})`;
  const statement = question.withHolder ? Prisma.sql`${withHolder(page)} ${order}` : page;
  const found = await readOften<WorkRow>(ctx, Prisma.sql`${isNarrowed(filter) ? unnamed : Prisma.empty} ${statement}`);
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  const at = last?.[as];
  return { rows, next: found.length > size && last && at ? { at, id: last.runId ?? last.dossierId } : null };
}

/** How many rows a narrowed list has, none counted beyond 1,001; null for an archive, which nobody counts. One query. */
export async function countFound(ctx: Context<Officer>, question: WorkQuestion): Promise<number | null> {
  const { list, filter = {} } = question;
  if (ARCHIVES.includes(list)) return null;
  const conditions = await conditionsOf(ctx, list, filter);
  const [branch] = branchesOf(await askingOf(ctx), question);
  if (!branch) return 0;
  const [row] = await readOften<{ count: number }>(
    ctx,
    Prisma.sql`${unnamed} SELECT count(*)::int AS count FROM (SELECT FROM ${branch.from}
      WHERE ${Prisma.join([branch.where, ...conditions], " AND ")} LIMIT ${Prisma.raw(String(COUNT_CAP + 1))}) c`,
  );
  return row?.count ?? 0;
}

/** What waits at the places of an officer: for everybody who holds the same postings alike, but for whose hands it is in. */
type PlaceCounts = Readonly<Record<Exclude<WorkList, "mine" | "free" | "open" | "done" | "restricted">, number>> & {
  /** Open steps by account; "" for those in nobody's hands. */
  hands: ReadonlyMap<string, number>;
  /** Open restricted dossiers by the account of each reader. */
  readers: ReadonlyMap<string, number>;
};

/**
 * How many rows each list of these postings has, none counted beyond 1,001; of the hands, none beyond 20,000. What is
 * restricted is taken off: it is little, and the counts stay with indexes that know nothing of it. One query.
 */
export async function countPlaces(ctx: Context<Officer>): Promise<PlaceCounts> {
  const asking = await askingOf(ctx);
  const { officer } = asking;
  // The few that are restricted first, behind a fence: where none is, nothing of the list is gone through again for them.
  const count = (list: "intake" | "waiting" | "soon" | "late" | "delivery") =>
    Prisma.sql`(SELECT count(*)::int FROM (SELECT FROM dossiers d WHERE ${kindOf(asking, list).where} LIMIT ${Prisma.raw(String(COUNT_CAP + 1))}) c)
      - (SELECT count(*)::int FROM (SELECT * FROM dossiers o WHERE o.restricted OFFSET 0) d WHERE ${kindOf(asking, list).where}) AS ${Prisma.raw(`"${list}"`)}`;
  const lists = (["intake", "waiting", "soon", "late", "delivery"] as const).map(count);
  type Hands = { id: string | null; n: number }[] | null;
  type Row = Omit<PlaceCounts, "hands" | "readers"> & { hands: Hands; apart: Hands; readers: Hands };
  const runs = Prisma.sql`r."closedAt" IS NULL AND r."pausedAt" IS NULL`;
  const apart = Prisma.sql`FROM dossiers d JOIN step_runs r ON r."dossierId" = d.id WHERE d.restricted AND ${runs}`;
  const [row] = await readOften<Row>(
    ctx,
    Prisma.sql`
    SELECT ${Prisma.join(lists)},
      (SELECT count(*)::int FROM (SELECT FROM step_runs r WHERE ${among('r."unitId"', unitsOf(officer))} AND ${runs}
         LIMIT ${Prisma.raw(String(COUNT_CAP + 1))}) c)
        - (SELECT count(*)::int ${apart} AND ${among('r."unitId"', unitsOf(officer))}) AS unit,
      (SELECT json_agg(json_build_object('id', h."assigneeId", 'n', h.n)) FROM (
         SELECT o."assigneeId", count(*)::int AS n FROM (
           SELECT r."assigneeId" FROM step_runs r WHERE ${atPlaceOf(officer)} AND ${runs}
           LIMIT ${Prisma.raw(String(HANDS_CAP))}) o GROUP BY 1) h) AS hands,
      (SELECT json_agg(json_build_object('id', h."assigneeId", 'n', h.n)) FROM (
         SELECT r."assigneeId", count(*)::int AS n ${apart} AND ${atPlaceOf(officer)} GROUP BY 1) h) AS apart,
      (SELECT json_agg(json_build_object('id', h."accountId", 'n', h.n)) FROM (
         SELECT o."accountId", count(*)::int AS n FROM dossiers d JOIN dossier_readers o ON o."dossierId" = d.id
         WHERE d.restricted AND d."finishedAt" IS NULL GROUP BY 1) h) AS readers`,
  );
  if (!row) throw new Error("a count without rows");
  const { apart: hidden, ...shown } = row;
  const hiddenOf = new Map((hidden ?? []).map(({ id, n }) => [id, n]));
  return {
    ...shown,
    hands: new Map((row.hands ?? []).map(({ id, n }) => [id ?? "", n - (hiddenOf.get(id) ?? 0)])),
    readers: new Map((row.readers ?? []).map(({ id, n }) => [id ?? "", n])),
  };
}

/**
 * How many rows each of the officer's lists has; null for the archive, which nobody counts.
 * @param places who knows what waits at the officer's places; one who remembers it saves the question
 */
export async function countWork(
  ctx: Context<Officer>,
  places: (ctx: Context<Officer>) => Promise<PlaceCounts> = countPlaces,
): Promise<Record<WorkList, number | null>> {
  const { hands, readers, ...counts } = await places(ctx);
  const open = [...hands.values()].reduce((sum, n) => sum + n, 0);
  const mine = handsOf(ctx.actor).reduce((sum, id) => sum + (hands.get(id) ?? 0), 0);
  return {
    ...counts,
    open,
    free: hands.get("") ?? 0,
    mine,
    done: null,
    restricted: readers.get(ctx.actor.accountId) ?? 0,
  };
}
