/**
 * `npm run generate -- --dossiers 300000`: fills the database up to so many dossiers, by COPY. With `--measure` first to
 * ten thousand, and tells what an officer's lists cost the database before and after.
 */
import { parseArgs } from "node:util";
import { runProgram } from "#ops/program.ts";
import { createDb, createPool } from "#platform/db.ts";
import { loadDossiers } from "./load.ts";
import { type Making, randomFrom } from "./make.ts";
import { measureWork, type Timing } from "./measure.ts";
import { findHands, findPlaces, findSerials } from "./places.ts";

const FEW = 10_000;
const MOST = 5_000_000;
/** What the database may take for a list, a count or a search, and what growing a hundredfold may do to it. */
const MOST_MS = 50;
const MOST_GROWTH = 1.5;
/** Below this, differences are the clock's. */
const NOISE_MS = 2;

const say = (text: string): void => void process.stdout.write(`• ${text}\n`);

function tableOf(few: readonly Timing[], many: readonly Timing[], size: number): string {
  const lines = many.map(({ name, ms, scans }) => {
    const before = few.find((one) => one.name === name)?.ms ?? Number.NaN;
    const grown = ms / before;
    const isMissed = ms > MOST_MS || (grown > MOST_GROWTH && ms > NOISE_MS) || scans.length > 0;
    return `| ${name} | ${before.toFixed(1)} | ${ms.toFixed(1)} | ${grown.toFixed(1)} | ${scans.join(", ")} | ${isMissed ? "**missed**" : ""} |`;
  });
  return [
    `| what is asked | ${FEW} dossiers, ms | ${size} dossiers, ms | grown | read whole | |`,
    "|---|---:|---:|---:|---|---|",
    ...lines,
  ].join("\n");
}

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
    const fillTo = async (to: number): Promise<void> => {
      const from = await count();
      if (from >= to) return;
      const started = performance.now();
      await loadDossiers(owner, making, { from, to, now: ctx.now.getTime(), say });
      const { rss } = process.memoryUsage();
      say(`${to - from} in ${((performance.now() - started) / 1000).toFixed(0)} s, ${Math.round(rss / 1_048_576)} MB`);
    };
    if (values.measure) await fillTo(Math.min(FEW, wanted));
    const few = values.measure ? await measureWork({ ...ctx, db }, pool) : [];
    await fillTo(wanted);
    if (values.measure) process.stdout.write(`\n${tableOf(few, await measureWork({ ...ctx, db }, pool), wanted)}\n`);
    return 0;
  } finally {
    await db.$disconnect();
    await Promise.all([owner.end(), pool.end()]);
  }
});
