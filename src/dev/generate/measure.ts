/** How long the database works for what an officer's worklist asks, and whether it ever reads a large table from end to end. */
import type pg from "pg";
import { addDays, dateOf } from "#calendar/rules.ts";
import { countFound, countPlaces, listWork, readTallies, type WorkQuestion } from "#dossiers/index.ts";
import type { Context, Officer, System } from "#platform/context.ts";
import { openExplainer, type Statement } from "./explaining.ts";

/** `ms`: the median; `p95`: 95th percentile of its runs. */
export type Timing = { name: string; ms: number; p95: number; scans: string[] };

const LARGE = ["dossiers", "dossier_parties", "dossier_events", "dossier_places", "answer_revisions"];
/** Enough for a look at how lists are read; who measures asks for more. */
const RUNS = 7;
const BOARD_TIMES = 7;
/** One question is asked no longer than this, once it was asked a few times. */
const MOST_ASKING_MS = 15_000;
/** Dossiers whose names, codes and numbers are asked for. */
const DRAWN = 20;

/** The quickest of several: what other work on the machine adds to the rest says nothing of growth. */
export const quickest = (values: readonly number[]): number => Math.min(...values);

/** The value below which this share of the runs lies, or at which it ends. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

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

type Asked = { id: string; at: Date; code: string; fullName: string; personalId: string; phone: string };

/** Dossiers of an agency, each with another name: from the one that most bear there to the one that fewest do. */
async function drawAsked(pool: pg.Pool, agencyId: string | undefined): Promise<Asked[]> {
  const { rows } = await pool.query<Asked>(
    `WITH named AS (
       SELECT min(d.id::text)::uuid AS id, row_number() OVER (ORDER BY count(*) DESC, p."searchName") AS rank, count(*) OVER () AS names
       FROM dossiers d JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
       WHERE d."receivingAgencyId" = $1 AND d.code IS NOT NULL GROUP BY p."searchName")
     SELECT d.id, d."submittedAt" AS at, d.code, p."fullName", p."personalId", p.phone
     FROM generate_series(0, least($2::int, (SELECT count(*) FROM named)::int) - 1) i
       JOIN named n ON n.rank = 1 + i * n.names / least($2::int, n.names)
       JOIN dossiers d ON d.id = n.id JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant' ORDER BY i`,
    [agencyId, DRAWN],
  );
  if (rows.length === 0) throw new Error("the busiest agency has no dossier");
  return rows;
}

/**
 * Asks each question as the portal does, and has the very statements explained, as often as wanted: with another name,
 * code or number each time where the question has one.
 * @param pool the one that `ctx.db` uses
 */
export async function measureWork(ctx: Context<System>, pool: pg.Pool, runs = RUNS): Promise<Timing[]> {
  const { desk, specialist } = await busiest(ctx, pool);
  const query = pool.query.bind(pool) as (...all: unknown[]) => unknown;
  /** The statements that a question sends. */
  const listen = async (name: string, ask: () => Promise<unknown>): Promise<Statement[]> => {
    const sent: Statement[] = [];
    pool.query = ((...args: unknown[]): unknown => {
      const [asked] = args as [{ name?: string; text?: string; values?: unknown[] }];
      if (typeof asked === "object" && asked.text && !asked.text.includes("EXPLAIN"))
        sent.push({ text: asked.text, values: asked.values ?? [], isNamed: Boolean(asked.name) });
      return query(...args);
    }) as never;
    try {
      await ask();
    } finally {
      pool.query = query as never;
    }
    if (sent.length === 0) throw new Error(`${name} asked nothing`);
    return sent;
  };
  const client = await pool.connect();
  const explainOne = openExplainer(client, LARGE);
  const explain = async (name: string, asks: readonly (() => Promise<unknown>)[]): Promise<Timing> => {
    const sent: Statement[][] = [];
    for (const ask of asks.slice(0, runs)) sent.push(await listen(name, ask));
    const found: number[] = [];
    const scans = new Set<string>();
    const began = performance.now();
    for (let i = 0; i < runs && (i < RUNS || performance.now() - began < MOST_ASKING_MS); i++) {
      let ms = 0;
      for (const statement of sent[i % sent.length] ?? []) {
        const cost = await explainOne(statement);
        ms += cost.ms;
        for (const table of cost.scans) scans.add(table);
      }
      found.push(ms);
    }
    return { name, ms: percentile(found, 0.5), p95: percentile(found, 0.95), scans: [...scans] };
  };
  const drawn = await drawAsked(pool, desk.actor.postings[0]?.agencyId);
  const list = (who: Context<Officer>, question: WorkQuestion) => [() => listWork(who, question, null)];
  const find = (wordsOf: (one: Asked) => string) =>
    drawn.map((one) => () => listWork(desk, { list: "all", filter: { q: wordsOf(one) } }, null));
  const oldest = drawn.map(
    ({ at, id }) =>
      () =>
        listWork(desk, { list: "done" }, { at, id }),
  );
  const questions = [
    ["open work, first page", list(specialist, { list: "open" })],
    ["own work", list(specialist, { list: "mine" })],
    ["in nobody's hands", list(specialist, { list: "free" })],
    ["waiting to be taken in", list(desk, { list: "intake" })],
    ["waiting for the applicant", list(desk, { list: "waiting" })],
    ["due soon", list(specialist, { list: "soon" })],
    ["late", list(specialist, { list: "late" })],
    ["done, first page", list(desk, { list: "done" })],
    ["done, its oldest page", oldest],
    [
      "open work by due date, narrowed",
      list(specialist, { list: "open", order: "due", filter: { channel: "online" } }),
    ],
    ["counts of every list", [() => countPlaces(specialist)]],
    ["counts at the desk", [() => countPlaces(desk)]],
    ["count of a narrowed list", [() => countFound(specialist, { list: "open", filter: { channel: "online" } })]],
    ["search: a code", find(({ code }) => code)],
    ["search: the beginning of a code", find(({ code }) => code.slice(0, -2))],
    ["search: a personal id", find(({ personalId }) => personalId)],
    ["search: a phone number", find(({ phone }) => phone)],
    ["search: a full name", find(({ fullName }) => fullName)],
    ["search: a family name that thousands bear", find(({ fullName }) => fullName.split(" ")[0] ?? "")],
    ["search: given names", find(({ fullName }) => fullName.split(" ").slice(1).join(" "))],
    ["search: a name that nobody bears", list(desk, { list: "all", filter: { q: "Wittgenstein Ludwig" } })],
  ] as const;
  const timings: Timing[] = [];
  try {
    for (const [name, asks] of questions) timings.push(await explain(name, asks));
  } finally {
    client.release(true);
  }
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
    board: await timeOf(BOARD_TIMES, async () => {
      await readTallies(ctx, agencyIds, { period: months, year: months }, { today, soon: addDays(today, 1) });
    }),
    limit: await timeOf(BOARD_TIMES, () =>
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
