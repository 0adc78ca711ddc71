/**
 * `npm run drill:soak`: a steady day's work, in which the disk fills up, the database is slow and then away, mail server
 * and scanner go, the clock is wrong and a crowd comes. What people get is looked at each time, that everything comes back
 * by itself, and that nothing grows. Started by run.mjs, which owns the servers.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import autocannon from "autocannon";
import type pg from "pg";
import { createPool } from "#platform/db.ts";
import { root } from "#platform/root.ts";
import { SCAN_JOB } from "#platform/scanning.ts";
import { audit, drainJobs, tellAudit, totals } from "./audit.ts";
import { type Cast, gatherCast, type Place, signIn } from "./cast.ts";
import { openPost } from "./post.ts";
import { awaitRecovery, fillIn, look, type Seen } from "./probe.ts";
import { openDrillScanner } from "./scanner.ts";
import { judge, type Sample, sample } from "./steady.ts";
import { openWire } from "./wire.ts";
import { startLoad } from "./work.ts";

type Process = {
  base: string;
  pid: number;
  megabytes: () => number;
  send: (message: object) => void;
  kill: () => Promise<void>;
};
export type Arena = Place & {
  start: (what: "app" | "worker", environment: Record<string, string>) => Promise<Process>;
  verifyHistory: () => Promise<string>;
};

type Fault = { name: string; begin: () => unknown; end: () => unknown };
type Told = { name: string; seen: Seen; back: number | null };

const say = (text: string): void => void process.stdout.write(`• ${text}\n`);
const FAULTS = join(root, "src/dev/drills/faults.mjs");
/** From here on the database is away as long as in earnest. */
const LONG_MINUTES = 5;
const CLOCK_MS = 10 * 60_000;
const TINY_BYTES = 100;
const SAMPLE_MS = 1000;
const CROWD = 200;
const MOST_A_MINUTE = 400;

/** No file of the process may grow beyond so many bytes, as on a full disk. */
function limitFiles(pid: number, bytes: number | "unlimited"): void {
  const { status, stderr } = spawnSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`prlimit: ${stderr}`);
}

async function undergo({ name, begin, end }: Fault, lastMs: number, cast: Cast): Promise<Told> {
  const [person] = cast.citizens;
  if (!person) throw new Error("nobody takes part");
  const { client, path } = person;
  const values = await fillIn(person);
  await begin();
  const until = performance.now() + lastMs;
  let seen: Seen;
  try {
    seen = await look(person, cast.paper, values);
    await wait(Math.max(0, until - performance.now()));
  } finally {
    await end();
  }
  const back = await awaitRecovery(client, path, values);
  say(`${name}: ${seen.reader}; ${seen.sender}; ${seen.papers}`);
  return { name, seen, back };
}

type CrowdFound = { told: string; findings: string[] };

/** Many more than the portal can answer: readers may be turned away, nobody else. */
async function crowdIn(base: string, cast: Cast, seconds: number): Promise<CrowdFound> {
  const findings: string[] = [];
  let isOver = false;
  const slowest = { desk: 0, health: 0 };
  const keepAsking = async (who: keyof typeof slowest, ask: () => Promise<number>): Promise<void> => {
    while (!isOver) {
      const started = performance.now();
      const status = await ask();
      if (status !== 200) findings.push(`${who} in a crowd: ${status}`);
      slowest[who] = Math.max(slowest[who], performance.now() - started);
      await wait(AGAIN_MS);
    }
  };
  const asking = [
    keepAsking("desk", async () => (await cast.desk.get("/mot-cua")).status),
    keepAsking("health", async () => {
      const answer = await fetch(`${base}/healthz`);
      await answer.arrayBuffer();
      return answer.status;
    }),
  ];
  const { requests, non2xx } = await autocannon({
    url: `${base}/thu-tuc?q=khai%20sinh`,
    connections: CROWD,
    duration: seconds,
    headers: {},
  });
  isOver = true;
  await Promise.all(asking);
  const calm = performance.now();
  while ((await fetch(`${base}/thu-tuc`)).status !== 200) {
    if (performance.now() - calm > 10_000) {
      findings.push("readers are still turned away when the crowd is gone");
      break;
    }
    await wait(AGAIN_MS);
  }
  const told = `${CROWD} readers at once for ${seconds} s: ${requests.total} answers, ${non2xx} of them “come back”; an officer waited ${(slowest.desk / 1000).toFixed(1)} s at most, a health check ${(slowest.health / 1000).toFixed(1)} s; readers were let in again after ${((performance.now() - calm) / 1000).toFixed(1)} s`;
  return { told, findings };
}

const AGAIN_MS = 100;

/**
 * Papers that are not known to be clean when all is over. One whose scanner went away in the middle is tried again after
 * minutes: here its time has come at once.
 */
async function findUnscanned(owner: pg.Pool): Promise<{ count: number; why: string }[]> {
  const { rowCount } = await owner.query(
    `UPDATE attachments SET "scannedAt" = NULL WHERE "scanState" = 'pending' AND "scanTries" > 0`,
  );
  if (rowCount) {
    await owner.query("SELECT enqueue_job($1, '{}'::json, $1)", [SCAN_JOB]);
    await drainJobs(owner);
  }
  const { rows } = await owner.query<{ count: number; why: string }>(
    `SELECT count(*)::int AS count, "scanState" || ', tried ' || "scanTries" || ' times, ' || coalesce("scanFinding", 'nothing found') AS why
     FROM attachments WHERE "scanState" <> 'clean' GROUP BY why`,
  );
  return rows;
}

/** @returns whether everybody was told what to do, everything came back, and nothing grew or was lost */
export async function soak(arena: Arena, minutes: number): Promise<boolean> {
  const owner = createPool(arena.ownerUrl, 2);
  const [post, scanner, wire] = [await openPost(), await openDrillScanner(), await openWire(arena.appUrl)];
  const environment = {
    SMTP_URL: post.url,
    MAIL_FROM: "khongtraloi@example.vn",
    CLAMAV: scanner.place,
    DATABASE_URL: wire.through(arena.appUrl),
    DATABASE_OWNER_URL: wire.through(arena.ownerUrl),
    NODE_OPTIONS: `--import=${pathToFileURL(FAULTS)}`,
  };
  const [app, worker] = [await arena.start("app", environment), await arena.start("worker", environment)];
  const samples: Sample[] = [];
  const started = performance.now();
  const minutesGone = () => (performance.now() - started) / 60_000;
  let sampling: NodeJS.Timeout | undefined;
  try {
    say("people");
    const cast = await gatherCast(arena, app.base, owner);
    const load = await startLoad(cast, owner, { most: Math.ceil(minutes * MOST_A_MINUTE), pause: 100 });
    const began = minutesGone();
    sampling = setInterval(() => {
      void sample(app, owner, minutesGone()).then(
        (one) => samples.push(one),
        () => {},
      );
    }, SAMPLE_MS);
    const isLong = minutes >= LONG_MINUTES;
    const usual = isLong ? 20_000 : 3000;
    const faults: (Fault & { ms: number })[] = [
      { name: "the database answers 150 ms late", ms: usual, begin: () => wire.delay(150), end: () => wire.delay(0) },
      { name: "the database is away", ms: isLong ? 30_000 : 3000, begin: wire.cut, end: wire.mend },
      {
        name: "the disk is full",
        ms: usual,
        begin: () => limitFiles(app.pid, TINY_BYTES),
        end: () => limitFiles(app.pid, "unlimited"),
      },
      { name: "the mail server is away", ms: usual, begin: post.leave, end: post.back },
      { name: "the scanner is away", ms: usual, begin: scanner.leave, end: scanner.back },
      {
        name: "the clock is ten minutes ahead",
        ms: usual,
        begin: () => app.send({ shiftMs: CLOCK_MS }),
        end: () => app.send({ shiftMs: 0 }),
      },
      {
        name: "the clock is ten minutes behind",
        ms: usual,
        begin: () => app.send({ shiftMs: -CLOCK_MS }),
        end: () => app.send({ shiftMs: 0 }),
      },
    ];
    // In peace first, then fault after fault with work between them, then in peace until the time is over.
    const peace = (minutes * 60_000) / 6;
    await wait(peace);
    const told: Told[] = [];
    for (const fault of faults) told.push(await undergo(fault, fault.ms, cast));
    say("a crowd");
    const crowd = await crowdIn(app.base, cast, isLong ? 20 : 5);
    await wait(Math.max(peace, (began + minutes - minutesGone()) * 60_000));
    clearInterval(sampling);
    await load.end();
    samples.push(await sample(app, owner, minutesGone()));
    await signIn(app.base, "dien.tap.motcua");
    say("audit");
    const found = await audit(arena, owner, load.ledger, post.mails);
    const unscanned = await findUnscanned(owner);
    const history = await arena.verifyHistory();
    const { lost, twice } = totals(found);
    const steady = judge(samples);
    const findings = [
      ...told.flatMap(({ name, seen, back }) => [
        ...seen.findings.map((one) => `${name}: ${one}`),
        ...(back === null ? [`${name}: did not come back by itself`] : []),
      ]),
      ...crowd.findings,
      ...steady.findings,
      ...unscanned.map(({ count, why }) => `${count} papers were not looked through: ${why}`),
      ...(history === "intact" ? [] : [`history: ${history}`]),
    ];
    process.stdout.write(
      [
        "",
        "| what was wrong | a reader got | who sent a form got | who sent a paper got | back by itself after |",
        "|---|---|---|---|---:|",
        ...told.map(
          ({ name, seen, back }) =>
            `| ${name} | ${seen.reader} | ${seen.sender} | ${seen.papers} | ${back === null ? "**never**" : `${(back / 1000).toFixed(1)} s`} |`,
        ),
        "",
        crowd.told,
        "",
        `| held by the portal over ${(minutesGone() - began).toFixed(1)} minutes | at first | most | at last | grown between the halves after the warm-up | bound |`,
        "|---|---:|---:|---:|---:|---|",
        ...steady.rows,
        "",
        `${load.ledger.filed.length} filed, ${load.ledger.accepted.size} taken in, ${load.ledger.moved.length} steps done; instead of an answer: ${[...load.ledger.trouble].map(([what, times]) => `${times} × ${what}`).join(", ") || "nothing else"}`,
        "",
        tellAudit(found),
        "",
        ...findings.map((one) => `  ${one}`),
        `${lost} lost, ${twice} duplicated, history ${history === "intact" ? "intact" : "BROKEN"}, ${findings.length} findings`,
        "",
      ].join("\n"),
    );
    return lost + twice + findings.length === 0;
  } finally {
    clearInterval(sampling);
    await Promise.all([app.kill(), worker.kill()]);
    await Promise.all([post.leave(), scanner.leave(), wire.end()]);
    await owner.end();
  }
}
