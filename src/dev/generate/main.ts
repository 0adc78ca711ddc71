/**
 * `npm run generate -- --dossiers 300000`: fills the database up to so many dossiers, by COPY. With `--measure` it stops at
 * ten, a hundred thousand and a million on the way, and tells what lists cost the database there, and pages their readers.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runProgram } from "#ops/program.ts";
import { createDb, createPool } from "#platform/db.ts";
import { loadDossiers } from "./load.ts";
import { type Making, randomFrom } from "./make.ts";
import { busiestPlace, measureBoard, measureWork, type Timing } from "./measure.ts";
import { findHands, findPlaces, findSerials } from "./places.ts";
import { measureVisits, type Visit } from "./visits.ts";

/** Where is measured on the way to what is wanted. */
const STAGES = [10_000, 100_000, 1_000_000];
const MOST = 5_000_000;
/** A province's dossiers of a year; what is more than five years of them makes the years fuller. */
const A_YEAR = 200_000;
const YEARS = 5;
/** What the database may take for a list, a count or a search, and what growing a hundredfold may do to it. */
const MOST_MS = 50;
const MOST_GROWTH = 1.5;
/** How often each question is asked of the database. */
const RUNS = 40;
/** Below this, differences are the clock's: of the database alone, and of a whole page over HTTP. */
const NOISE_MS = { asked: 2, page: 8 };

const say = (text: string): void => void process.stdout.write(`• ${text}\n`);

/** `open`: steps at the busiest agency, in the role with most of them. */
type Stage = { size: number; open: number; asked: Timing[]; pages: Visit[] };

type Grown = { name: string; ms: number; p95?: number; scans?: string[] };

/** One table of what grew: a column for each stage, how much more the last is than the first, and its 95th percentile. */
function tableOf(head: string, stages: readonly { size: number; all: readonly Grown[] }[], noise: number): string {
  const names = stages.at(-1)?.all.map(({ name }) => name) ?? [];
  const lines = names.map((name) => {
    const found = stages.map(({ all }) => all.find((one) => one.name === name));
    const times = found.map((one) => one?.ms ?? Number.NaN);
    const [last = Number.NaN, grown] = [times.at(-1), (times.at(-1) ?? Number.NaN) / (times[0] ?? Number.NaN)];
    const { scans = [], p95 } = found.at(-1) ?? {};
    const isMissed = (p95 ?? last) > MOST_MS || (grown > MOST_GROWTH && last > noise) || scans.length > 0;
    const missed = isMissed ? `**missed**${scans.length > 0 ? `, reads ${scans.join(", ")} whole` : ""}` : "";
    return `| ${[name, ...times.map((ms) => ms.toFixed(1)), grown.toFixed(1), p95?.toFixed(1) ?? "", missed].join(" | ")} |`;
  });
  return [
    `| ${head}, ms | ${stages.map(({ size }) => size.toLocaleString("en")).join(" | ")} | grown | 95th percentile | |`,
    `|---|${"---:|".repeat(stages.length + 2)}---|`,
    ...lines,
  ].join("\n");
}

const report = (stages: readonly Stage[]): string =>
  [
    "",
    tableOf(
      "What an officer's lists ask the database, the median",
      stages.map(({ size, asked }) => ({ size, all: asked })),
      NOISE_MS.asked,
    ),
    "",
    `A year brings ${A_YEAR.toLocaleString("en")} dossiers: the smallest set is of the last weeks, the others have the time before them, too. Each question, prepared or not as the portal has it, is asked ${RUNS} times, with another name, code or number each time where it has one. Open steps of one role at the busiest agency: ${stages.map(({ open }) => open).join(", ")}.`,
    "",
    tableOf(
      "A page over HTTP, one after the other, the quickest of nine",
      stages.map(({ size, pages }) => ({ size, all: pages })),
      NOISE_MS.page,
    ),
    "",
  ].join("\n");

await runProgram("generate", async (ctx, { ownerUrl, databaseUrl }) => {
  const { values } = parseArgs({
    options: { dossiers: { type: "string" }, measure: { type: "boolean", default: false } },
  });
  const wanted = Number(values.dossiers ?? "");
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST) {
    process.stderr.write(`--dossiers: a whole number from 1 to ${MOST}\n`);
    return 2;
  }
  const owner = createPool(ownerUrl, 2);
  const pool = createPool(databaseUrl, 2);
  const db = createDb(pool);
  try {
    const places = await findPlaces(ctx, owner);
    if (places.length === 0) {
      process.stderr.write("no procedure is offered anywhere: npm run seed comes first\n");
      return 1;
    }
    const making: Making = {
      places,
      hands: await findHands(owner, places),
      random: randomFrom(20),
      serials: await findSerials(owner),
    };
    const count = async () => Number((await owner.query("SELECT count(*) FROM dossiers")).rows[0].count);
    const now = ctx.now.getTime();
    const fillTo = async (to: number): Promise<void> => {
      const from = await count();
      if (from >= to) return;
      const started = performance.now();
      await loadDossiers(owner, making, { from, to, perYear: Math.max(A_YEAR, wanted / YEARS), now, say });
      const { rss } = process.memoryUsage();
      say(`${to - from} in ${((performance.now() - started) / 1000).toFixed(0)} s, ${Math.round(rss / 1_048_576)} MB`);
    };
    if (!values.measure) await fillTo(wanted);
    else {
      const stages: Stage[] = [];
      for (const size of [...STAGES.filter((stage) => stage < wanted), wanted]) {
        await fillTo(size);
        const asked = await measureWork({ ...ctx, db }, pool, RUNS);
        const { open } = await busiestPlace(owner);
        stages.push({ size, open, asked, pages: await measureVisits({ ...ctx, db }, owner) });
      }
      const board = await measureBoard({ ...ctx, db }, pool);
      const told = `${report(stages)}
Every agency's year on the leaders' board costs the database ${board.board.toFixed(1)} ms by its counters (reading them plainly ${board.limit.toFixed(1)}), and ${board.counted.toFixed(0)} ms where ${wanted.toLocaleString("en")} dossiers are counted.
`;
      process.stdout.write(told);
      mkdirSync(".cache", { recursive: true });
      writeFileSync(".cache/growth.md", told);
      writeFileSync(
        ".cache/growth.json",
        JSON.stringify({ stages, runs: RUNS, board, bounds: { growth: MOST_GROWTH, noiseMs: NOISE_MS } }),
      );
    }
    return 0;
  } finally {
    await db.$disconnect();
    await Promise.all([owner.end(), pool.end()]);
  }
});
