/**
 * `npm run drill:crash`: under load, the app, the worker and the database are killed in turn and started again; then
 * everything is counted. Started by run.mjs, which owns the servers.
 */
import { setTimeout as wait } from "node:timers/promises";
import { createPool } from "#platform/db.ts";
import { audit, tellAudit, totals } from "./audit.ts";
import { gatherCast, type Place } from "./cast.ts";
import { openPost } from "./post.ts";
import { type Ledger, startLoad } from "./work.ts";

type Process = { base: string; kill: () => Promise<void>; stop: () => Promise<void>; ended: Promise<null> };
export type Arena = Place & {
  start: (what: "app" | "worker", environment: Record<string, string>) => Promise<Process>;
  /** Kills the server's first process and starts it again, ready. */
  restartDatabase: () => Promise<void>;
  verifyHistory: () => Promise<string>;
};

const TARGETS = ["app", "worker", "database"] as const;
type Target = (typeof TARGETS)[number];
/** Of every round: filed in peace before the next blow, and the longest that may take. */
const FILED_A_ROUND = 3;
const ROUND_MS = 90_000;
const MOST_A_ROUND = 60;

const say = (text: string): void => void process.stdout.write(`• ${text}\n`);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function untilFiled(ledger: Ledger, count: number, what: string): Promise<void> {
  const until = performance.now() + ROUND_MS;
  while (ledger.filed.length < count) {
    if (performance.now() > until)
      throw new Error(`${what}: only ${ledger.filed.length} of ${count} filings came through`);
    if (ledger.stuck.length > 0) return;
    await wait(20);
  }
}

/** @returns whether nothing was lost, duplicated or broken */
export async function crash(arena: Arena, rounds: number): Promise<boolean> {
  const owner = createPool(arena.ownerUrl, 2);
  const post = await openPost();
  const environment = { SMTP_URL: post.url, MAIL_FROM: "khongtraloi@example.vn" };
  const running = {
    app: await arena.start("app", environment),
    worker: await arena.start("worker", environment),
  };
  const endings = { app: 0, worker: 0 };
  try {
    say("people");
    const cast = await gatherCast(arena, running.app.base, owner);
    const load = await startLoad(cast, owner, { most: (rounds + 1) * MOST_A_ROUND, pause: 10 });
    const recovery: Record<Target, number[]> = { app: [], worker: [], database: [] };
    let isOver = false;
    // What ends by itself when the database goes is started again, as a supervisor would; it is counted.
    const supervise = async (what: "app" | "worker"): Promise<void> => {
      const watched = running[what];
      await watched.ended;
      if (isOver || running[what] !== watched) return;
      endings[what]++;
      running[what] = await arena.start(what, environment);
      void supervise(what);
    };
    void supervise("app");
    void supervise("worker");
    for (let round = 0; round < rounds; round++) {
      const target = TARGETS[round % TARGETS.length] as Target;
      await untilFiled(load.ledger, load.ledger.filed.length + FILED_A_ROUND, `before round ${round + 1}`);
      // Each blow falls at another moment of what people are doing.
      await wait((round * 137) % 400);
      const struck = performance.now();
      if (target === "database") await arena.restartDatabase();
      else {
        const killed = running[target];
        running[target] = { ...killed };
        await killed.kill();
        running[target] = await arena.start(target, environment);
        void supervise(target);
      }
      await untilFiled(load.ledger, load.ledger.filed.length + 1, `after round ${round + 1}`);
      recovery[target].push(performance.now() - struck);
      if ((round + 1) % 10 === 0 || round + 1 === rounds)
        say(`${round + 1} of ${rounds} rounds, ${load.ledger.filed.length} filed`);
      if (load.ledger.stuck.length > 0) break;
    }
    await load.end();
    isOver = true;
    const { ledger } = load;
    say("audit");
    const found = await audit(arena, owner, ledger, post.mails);
    const history = await arena.verifyHistory();
    const isIntact = history.endsWith("intact");
    const { lost, twice } = totals(found);
    process.stdout.write(
      [
        "",
        "| killed with -9 | times | until the next filing went through, median s | worst s |",
        "|---|---:|---:|---:|",
        ...TARGETS.map(
          (target) =>
            `| ${target} | ${recovery[target].length} | ${(median(recovery[target]) / 1000).toFixed(1)} | ${(Math.max(0, ...recovery[target]) / 1000).toFixed(1)} |`,
        ),
        "",
        `${ledger.filed.length} filed, ${ledger.accepted.size} taken in, ${ledger.moved.length} steps done; instead of an answer: ${[...ledger.trouble].map(([what, times]) => `${times} × ${what}`).join(", ") || "nothing else"}`,
        `ended by themselves and started again: app ${endings.app}, worker ${endings.worker}`,
        "",
        tellAudit(found),
        "",
        `${lost} lost, ${twice} duplicated, history ${isIntact ? "intact" : `BROKEN: ${history}`}`,
        "",
      ].join("\n"),
    );
    return lost + twice === 0 && isIntact;
  } finally {
    await Promise.all([running.app.kill(), running.worker.kill()]);
    await post.leave();
    await owner.end();
  }
}
