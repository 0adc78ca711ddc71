import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDossiers } from "#dev/generate/load.ts";
import { type Making, randomFrom } from "#dev/generate/make.ts";
import { busiestPlace, measureWork } from "#dev/generate/measure.ts";
import { findHands, findPlaces, findSerials } from "#dev/generate/places.ts";
import { gatherReaders } from "#dev/generate/visits.ts";
import { isFinished, STATUSES } from "#dossiers/rules.ts";
import { systemContext } from "#platform/context.ts";
import { createDb, createPool } from "#platform/db.ts";
import type { FileStore } from "#platform/files.ts";
import { isoDay } from "#platform/format.ts";
import { readRegister } from "../../src/documents/queries/register.ts";
import { startTestApp } from "../support/app.ts";
import { provinceDatabase } from "../support/province.ts";

/**
 * What a page reads must not grow with the years. A small table is read whole because that is quicker, which says nothing
 * of a large one: told to do so only where no index can answer, the database says of any size what it lacks. It also says
 * how many rows of the large tables a statement goes through; three times as many dossiers may not make them many more,
 * so that an index that does not fit shows, too.
 */
const [FEW, MANY] = [3000, 9000];
/** The fewer are of a month, so that open work is the same when those before them come. */
const PER_YEAR = 12 * FEW;
const AVOIDING = "options=-c%20enable_seqscan%3Doff";
const LARGE = [
  "dossiers",
  "dossier_parties",
  "dossier_events",
  "dossier_places",
  "step_runs",
  "answer_revisions",
  "accounts",
  "queue_tickets",
  "queue_ticket_events",
];
/** More rows than before that say nothing: the lists of more open work, shorter than a page before. */
const SLACK = 90;
const MOST_GROWTH = 1.5;
/** What is bounded otherwise: the newest 1,500 and then 6,000 of an agency are looked through for a name. */
const BOUNDED: Readonly<Record<string, number>> = {
  "desk: search: a name": 12_000,
  "desk: search: a name that nobody bears": 12_000,
};

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Node[];
};
type Statement = { text: string; values: unknown[] };
type Read = { name: string; rows: number; whole: string[] };

const database = await provinceDatabase();
const owner = createPool(database.ownerUrl, 2);
const avoiding = createPool(`${database.url}${database.url.includes("?") ? "&" : "?"}${AVOIDING}`, 2);
const db = createDb(avoiding);
afterAll(async () => {
  await db.$disconnect();
  await Promise.all([avoiding.end(), owner.end()]);
});

const sent: Statement[] = [];
database.pool.on("connect", (client) => {
  const ask = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    const [asked, values] = args as [string | Statement, unknown[] | undefined];
    if (typeof asked === "string") sent.push({ text: asked, values: Array.isArray(values) ? values : [] });
    else sent.push({ text: asked.text, values: asked.values ?? [] });
    return ask(...args);
  }) as typeof client.query;
});
const portal = await startTestApp({ database });

const isReading = ({ text }: Statement): boolean =>
  /^\s*(?:\/\*.*?\*\/\s*)?(?:SELECT|WITH|\()/i.test(text) &&
  LARGE.some((table) => text.includes(table)) &&
  !/enqueue_job|pg_notify|pg_advisory|FOR (?:NO KEY )?(?:UPDATE|SHARE)|\b(?:INSERT|UPDATE|DELETE)\b/i.test(text);

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Rows of large tables that a statement goes through, and the large tables that it reads from end to end. */
async function explain({ text, values }: Statement): Promise<Omit<Read, "name">> {
  const { rows: found } = await avoiding.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
    values,
  );
  const scans = found
    .flatMap((row) => nodesOf(row["QUERY PLAN"][0].Plan))
    .filter((node) => LARGE.includes(node["Relation Name"] ?? ""));
  const read = (node: Node) =>
    (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0)) *
    node["Actual Loops"];
  return {
    rows: Math.round(scans.reduce((sum, node) => sum + read(node), 0)),
    whole: scans.filter((node) => node["Node Type"].includes("Seq Scan")).map((node) => node["Relation Name"] ?? ""),
  };
}

async function explainAll(name: string, statements: readonly Statement[]): Promise<Read> {
  const found: Read = { name, rows: 0, whole: [] };
  for (const statement of statements.filter(isReading)) {
    const { rows, whole } = await explain(statement);
    found.rows += rows;
    found.whole.push(...whole);
  }
  return found;
}

/** A register that leaves as a file, of seven days at the busiest agency. */
async function readRegisterOfAWeek(): Promise<Read> {
  const { agencyId } = await busiestPlace(owner);
  const { db, now } = portal.system();
  const question = {
    agencyId,
    firstDay: isoDay(new Date(now.getTime() - 6 * 86_400_000)),
    lastDay: isoDay(now),
    requestedById: randomUUID(),
  };
  sent.length = 0;
  let lines = 0;
  for await (const _ of readRegister({ db }, question)) lines++;
  expect(lines).toBeGreaterThan(5);
  return explainAll("register of a week", sent.splice(0));
}

/** What every page of everybody reads now. */
async function readAll(): Promise<Read[]> {
  const reads: Read[] = [];
  for (const { name, path, client } of await gatherReaders(portal.system(), owner, portal.base)) {
    // What a process remembers for seconds is read first: whether it was remembered still must not decide.
    await client.get(path);
    sent.length = 0;
    const { status } = await client.get(path);
    expect(`${name}: ${status}`).toBe(`${name}: 200`);
    reads.push(await explainAll(name, sent.splice(0)));
  }
  reads.push(await readRegisterOfAWeek());
  return reads;
}

describe("with three times as many dossiers", () => {
  let before: Read[] = [];
  let after: Read[] = [];
  beforeAll(async () => {
    const system = portal.system();
    const places = await findPlaces(system, owner);
    const hands = await findHands(owner, places);
    const making: Making = { places, hands, random: randomFrom(20), serials: await findSerials(owner) };
    const fill = (from: number, to: number) =>
      loadDossiers(owner, making, { from, to, perYear: PER_YEAR, now: system.now.getTime(), say: () => {} });
    await fill(0, FEW);
    before = await readAll();
    await fill(FEW, MANY);
    after = await readAll();
  }, 60_000);

  test("no page of a visitor, citizen, officer, leader or administrator reads many more rows", () => {
    expect(after.length).toBeGreaterThan(25);
    const mostOf = ({ name }: Read, i: number) =>
      BOUNDED[name] ?? Math.max((before[i]?.rows ?? 0) * MOST_GROWTH, (before[i]?.rows ?? 0) + SLACK);
    const grown = after.filter((read, i) => read.rows > mostOf(read, i));
    expect(grown.map((read) => `${read.name}: ${before[after.indexOf(read)]?.rows} → ${read.rows} rows`)).toEqual([]);
    // The statements were seen: a page of a dossier reads its parties, events and steps.
    expect(after.find(({ name }) => name === "specialist: dossier page")?.rows).toBeGreaterThan(5);
  });

  test("no page reads a large table from end to end", () => {
    expect(after.filter(({ whole }) => whole.length > 0).map(({ name, whole }) => `${name}: ${whole}`)).toEqual([]);
  });

  test("no list, count or search of an officer reads a large table from end to end, however it is narrowed", async () => {
    const ctx = systemContext({ db, files: {} as FileStore, publicUrl: "" }, portal.system().now, "test");
    expect((await avoiding.query("SHOW enable_seqscan")).rows).toEqual([{ enable_seqscan: "off" }]);
    const asked = await measureWork(ctx, avoiding);
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter(({ scans }) => scans.length > 0).map(({ name, scans }) => `${name}: ${scans}`)).toEqual([]);
  }, 60_000);
});

test("the index of an agency's archive knows every status in which a dossier is closed", async () => {
  const { rows } = await owner.query<{ predicate: string }>(
    "SELECT pg_get_expr(indpred, indrelid) AS predicate FROM pg_index WHERE indexrelid = 'dossiers_closed'::regclass",
  );
  const closed = STATUSES.filter((status) => isFinished(status) && status !== "completed");
  expect(closed.filter((status) => !rows[0]?.predicate.includes(`'${status}'`))).toEqual([]);
});
