/** How long the database works for what an officer's worklist asks, and whether it ever reads a large table from end to end. */
import type pg from "pg";
import { addDays, dateOf } from "#calendar/rules.ts";
import {
  countFound,
  countPlaces,
  listAgencyTallies,
  listMonthTallies,
  listWork,
  type WorkQuestion,
} from "#dossiers/index.ts";
import type { Context, Officer, System } from "#platform/context.ts";

export type Timing = { name: string; ms: number; scans: string[] };
type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };
type Explained = { Plan: Plan; "Planning Time": number; "Execution Time": number };

const LARGE = ["dossiers", "dossier_parties", "dossier_events", "dossier_places", "answer_revisions"];
const TIMES = 7;

const scansIn = (plan: Plan): string[] => [
  ...(plan["Node Type"].includes("Seq Scan") && LARGE.includes(plan["Relation Name"] ?? "")
    ? [plan["Relation Name"] ?? ""]
    : []),
  ...(plan.Plans ?? []).flatMap(scansIn),
];

/** The quickest of several: what other work on the machine adds to the rest says nothing of growth. */
export const quickest = (values: readonly number[]): number => Math.min(...values);

/** The agency with most open work of one role, and how much that is. */
export async function busiestPlace(pool: pg.Pool): Promise<{ agencyId: string; role: string; open: number }> {
  const { rows } = await pool.query<{ agencyId: string; role: string; open: number }>(
    `SELECT r."agencyId", r.role, count(*)::int AS open FROM step_runs r WHERE r."closedAt" IS NULL
       AND EXISTS (SELECT FROM postings p WHERE p."agencyId" = r."agencyId" AND p.role = 'desk')
       AND EXISTS (SELECT FROM postings p WHERE p."agencyId" = r."agencyId" AND p.role = r.role)
     GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const [place] = rows;
  if (!place) throw new Error("there is no open work to measure");
  return place;
}

/** Its officers: one at its desk, one who holds steps there. */
async function busiest(ctx: Context<System>, pool: pg.Pool): Promise<Record<"desk" | "specialist", Context<Officer>>> {
  const place = await busiestPlace(pool);
  const asRole = async (role: string): Promise<Context<Officer>> => {
    const posting = await ctx.db.posting.findFirstOrThrow({
      where: { agencyId: place.agencyId, role },
      include: { account: true },
    });
    const { accountId, agencyId, unitId, account } = posting;
    return {
      ...ctx,
      actor: { kind: "officer", accountId, name: account.displayName, postings: [{ agencyId, unitId, role }] },
    };
  };
  return { desk: await asRole("desk"), specialist: await asRole(place.role) };
}

/** Asks each question as the portal does, and has the very statement explained. @param pool the one that `ctx.db` uses */
export async function measureWork(ctx: Context<System>, pool: pg.Pool): Promise<Timing[]> {
  const { desk, specialist } = await busiest(ctx, pool);
  const sent: { text: string; values: unknown[] }[] = [];
  const query = pool.query.bind(pool) as (...all: unknown[]) => unknown;
  const watched = (...args: unknown[]): unknown => {
    const [asked] = args as [{ text?: string; values?: unknown[] }];
    if (typeof asked === "object" && asked.text) sent.push({ text: asked.text, values: asked.values ?? [] });
    return query(...args);
  };
  const explain = async (name: string, ask: () => Promise<unknown>): Promise<Timing> => {
    sent.length = 0;
    pool.query = watched as never;
    try {
      await ask();
    } finally {
      pool.query = query as never;
    }
    if (sent.length === 0) throw new Error(`${name} asked nothing`);
    const runs: number[] = [];
    const scans = new Set<string>();
    for (let i = 0; i < TIMES; i++) {
      let ms = 0;
      for (const { text, values } of sent.filter(({ text: asked }) => !asked.includes("EXPLAIN"))) {
        const { rows } = await pool.query<{ "QUERY PLAN": Explained[] }>(
          `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
          values,
        );
        for (const run of rows.flatMap((row) => row["QUERY PLAN"])) {
          ms += run["Planning Time"] + run["Execution Time"];
          for (const table of scansIn(run.Plan)) scans.add(table);
        }
      }
      runs.push(ms);
    }
    return { name, ms: quickest(runs), scans: [...scans] };
  };
  const { rows } = await pool.query<{
    fullName: string;
    personalId: string;
    phone: string;
    code: string;
    at: Date;
    id: string;
  }>(
    `SELECT p."fullName", p."personalId", p.phone, d.code, d."submittedAt" AS at, d.id FROM dossiers d
     JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
     WHERE d."receivingAgencyId" = $1 AND d.code IS NOT NULL ORDER BY d.id OFFSET 5 LIMIT 1`,
    [desk.actor.postings[0]?.agencyId],
  );
  const [old] = rows;
  if (!old) throw new Error("the busiest agency has no dossier");
  const list =
    (who: Context<Officer>, question: WorkQuestion, deep = false) =>
    () =>
      listWork(who, question, deep ? { at: old.at, id: old.id } : null);
  const find = (q: string) => list(desk, { list: "all", filter: { q } });
  const [family = "", ...rest] = old.fullName.split(" ");
  const timings: Timing[] = [];
  for (const [name, ask] of [
    ["open work, first page", list(specialist, { list: "open" })],
    ["own work", list(specialist, { list: "mine" })],
    ["in nobody's hands", list(specialist, { list: "free" })],
    ["waiting to be taken in", list(desk, { list: "intake" })],
    ["waiting for the applicant", list(desk, { list: "waiting" })],
    ["due soon", list(specialist, { list: "soon" })],
    ["late", list(specialist, { list: "late" })],
    ["done, first page", list(desk, { list: "done" })],
    ["done, its oldest page", list(desk, { list: "done" }, true)],
    [
      "open work by due date, narrowed",
      list(specialist, { list: "open", order: "due", filter: { channel: "online" } }),
    ],
    ["counts of every list", () => countPlaces(specialist)],
    ["counts at the desk", () => countPlaces(desk)],
    ["count of a narrowed list", () => countFound(specialist, { list: "open", filter: { channel: "online" } })],
    ["search: a code", find(old.code)],
    ["search: the beginning of a code", find(old.code.slice(0, -2))],
    ["search: a personal id", find(old.personalId)],
    ["search: a phone number", find(old.phone)],
    ["search: a full name", find(old.fullName)],
    ["search: a family name that thousands bear", find(family)],
    ["search: given names", find(rest.join(" "))],
    ["search: a name that nobody bears", find("Wittgenstein Ludwig")],
  ] as const)
    timings.push(await explain(name, ask));
  return timings;
}

/** What the leaders' board costs the database with counters, beside its plain counters and a count of all dossiers, ms. */
export type BoardTiming = { board: number; limit: number; counted: number };

/** Asks for every agency's year as the board does. @param pool the one that `ctx.db` uses */
export async function measureBoard(ctx: Context<System>, pool: pg.Pool): Promise<BoardTiming> {
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM agencies");
  const agencyIds = rows.map(({ id }) => id);
  const today = dateOf(ctx.now);
  const months = { from: `${today.slice(0, 4)}-01`, to: `${today.slice(0, 4)}-12` };
  const timeOf = async (times: number, ask: () => Promise<unknown>): Promise<number> => {
    const all: number[] = [];
    for (let i = 0; i < times; i++) {
      const began = performance.now();
      await ask();
      all.push(performance.now() - began);
    }
    return quickest(all);
  };
  return {
    board: await timeOf(TIMES, async () => {
      await listAgencyTallies(ctx, agencyIds, months, { today, soon: addDays(today, 1) });
      await listMonthTallies(ctx, agencyIds, months);
    }),
    limit: await timeOf(TIMES, () =>
      pool.query({
        name: "bare_board",
        text: "SELECT * FROM dossier_tallies WHERE month = '' OR month BETWEEN $1 AND $2",
        values: [months.from, months.to],
      }),
    ),
    counted: await timeOf(2, () =>
      pool.query(`SELECT "receivingAgencyId", to_char("acceptedAt" AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM'), status, count(*),
        count(*) FILTER (WHERE "finishedAt" <= "dueAt") FROM dossiers GROUP BY 1, 2, 3`),
    ),
  };
}
