/**
 * `npm run drill:restore`: backups taken while people file, take in and move on; each is restored into an empty place.
 * Whatever a person was told before a backup began must stand there, its history intact, its papers byte for byte; nobody
 * who was signed in then may be signed in there. Started by run.mjs, which owns the servers.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createPool } from "#platform/db.ts";
import { audit, type Finding, tellAudit, totals } from "./audit.ts";
import { type Cast, gatherCast, type Place, signIn } from "./cast.ts";
import { openPost } from "./post.ts";
import { type Ledger, startLoad } from "./work.ts";

type Process = { base: string; kill: () => Promise<void> };
type Environment = Record<string, string>;
export type Arena = Place & {
  start: (what: "app" | "worker", environment: Environment) => Promise<Process>;
  /** An empty, migrated database and a folder for its files. */
  openPlace: (name: string) => Promise<Place>;
  /** Runs a program of the project to its end, beside the load. @throws Error when its exit code is not 0 */
  run: (program: string, environment?: Environment, ...args: string[]) => Promise<string>;
};

type Backup = { folder: string; known: Ledger; seconds: number; told: string };

const FILED_BETWEEN = 5;
const MOST_A_BACKUP = 120;
const WAIT_MS = 90_000;
const PHRASE = "chỉ người giữ bản sao lưu biết cụm từ này";

const say = (text: string): void => void process.stdout.write(`• ${text}\n`);
const secondsSince = (started: number): number => (performance.now() - started) / 1000;

/** What people had been told when the backup began: all of it must be in it. */
const noted = ({ filed, accepted, moved, trouble }: Ledger): Ledger => ({
  filed: [...filed],
  accepted: new Map(accepted),
  moved: [...moved],
  trouble: new Map(trouble),
  stuck: [],
});

async function untilFiled({ filed, stuck }: Ledger, count: number): Promise<void> {
  const until = performance.now() + WAIT_MS;
  while (filed.length < count && stuck.length === 0) {
    if (performance.now() > until) throw new Error(`only ${filed.length} of ${count} filings came through`);
    await wait(20);
  }
}

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: Error) => error.message,
  );

/** Who was signed in before, and who signs in there now. */
async function knockAt(base: string, { citizens, desk }: Cast, known: Ledger): Promise<Finding> {
  const lost: string[] = [];
  const own = "/ca-nhan/ho-so";
  for (const [client, path] of [
    [citizens[0]?.client, own],
    [desk, "/mot-cua"],
  ] as const) {
    const page = await client?.get(path);
    if (!page?.path.startsWith("/dang-nhap")) lost.push(`${path}: a session from before the backup still opens it`);
  }
  const back = await signIn(base, "0800000000");
  const mine = await back.get(own);
  if (mine.status !== 200 || !known.filed.some(({ reference }) => mine.html.includes(reference)))
    lost.push("a citizen does not find their dossiers");
  return { what: "sessions from before are void, people sign in anew", checked: 3, lost, twice: [] };
}

/** What must not come along: whoever was signed in or slowed down then. */
async function lookForLeftOvers(place: Place): Promise<Finding> {
  const owner = createPool(place.ownerUrl, 1);
  try {
    const { rows } = await owner.query<{ what: string; count: number }>(
      `SELECT 'sessions' AS what, count(*)::int AS count FROM sessions
       UNION ALL SELECT 'rate_limits', count(*)::int FROM rate_limits`,
    );
    const lost = rows.filter(({ count }) => count > 0).map(({ what, count }) => `${what}: ${count} rows came along`);
    return { what: "tables that stay behind", checked: rows.length, lost, twice: [] };
  } finally {
    await owner.end();
  }
}

/** @returns whether every backup restores to a place where nothing is missing */
export async function restore(arena: Arena, backups: number): Promise<boolean> {
  const owner = createPool(arena.ownerUrl, 2);
  const post = await openPost();
  const environment = { SMTP_URL: post.url, MAIL_FROM: "khongtraloi@example.vn" };
  const running: Process[] = [];
  const start = async (what: "app" | "worker", more: Environment): Promise<Process> => {
    const started = await arena.start(what, more);
    running.push(started);
    return started;
  };
  const endAll = () => Promise.all(running.splice(0).map((one) => one.kill()));
  try {
    const { base } = await start("app", environment);
    await start("worker", environment);
    say("people");
    const cast = await gatherCast(arena, base, owner);
    await owner.query("INSERT INTO rate_limits (key, points, expire) VALUES ('drill:somebody', 5, 9999999999999)");
    const load = await startLoad(cast, owner, { most: (backups + 1) * MOST_A_BACKUP, pause: 10 });
    const taken: Backup[] = [];
    for (let i = 0; i < backups; i++) {
      await untilFiled(load.ledger, load.ledger.filed.length + FILED_BETWEEN);
      const known = noted(load.ledger);
      const folder = join(arena.dataDir, `backup-${i}`);
      const began = performance.now();
      const told = await arena.run("ops/backup.js", { BACKUP_KEY: PHRASE }, folder);
      const meanwhile = load.ledger.filed.length - known.filed.length;
      taken.push({ folder, known, seconds: secondsSince(began), told: `${told.trim()}; ${meanwhile} filed meanwhile` });
    }
    await load.end();
    await endAll();
    const findings: Finding[] = [];
    let mailsAgain = 0;
    for (const [i, { folder, known, seconds, told }] of taken.entries()) {
      const place = await arena.openPlace(`restored_${i}`);
      mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
      const at = { DATABASE_URL: place.appUrl, DATABASE_OWNER_URL: place.ownerUrl, DATA_DIR: place.dataDir };
      const began = performance.now();
      const restored = await outcome(arena.run("ops/restore.js", { ...at, BACKUP_KEY: PHRASE }, folder));
      const refused = await outcome(arena.run("ops/restore.js", { ...at, BACKUP_KEY: PHRASE }, folder));
      const proofs = [
        ["restored, every chain and every file's sum proven", restored],
        ["history verifies", await outcome(arena.run("ops/verify-history.js", at))],
        ["every file matches its sum", await outcome(arena.run("ops/verify-files.js", at))],
        ["a place that holds something is refused", /không trống/.test(refused) ? "done" : refused],
      ] as const;
      say(
        `backup ${i + 1}: ${told}, ${seconds.toFixed(1)} s; restored and proven in ${secondsSince(began).toFixed(1)} s`,
      );
      findings.push({
        what: `backup ${i + 1}: restores, proves itself, refuses a second time`,
        checked: proofs.length,
        lost: proofs.filter(([, came]) => came !== "done").map(([what, came]) => `${what}: ${came}`),
        twice: [],
      });
      if (restored !== "done") continue;
      findings.push(await lookForLeftOvers(place));
      const app = await start("app", { ...environment, ...at });
      await start("worker", { ...environment, ...at });
      findings.push(await knockAt(app.base, cast, known));
      const there = createPool(place.ownerUrl, 2);
      const found = await audit(place, there, known, post.mails);
      findings.push(...found.findings.map((one) => ({ ...one, what: `backup ${i + 1}: ${one.what}` })));
      mailsAgain = found.mailsAgain;
      await there.end();
      await endAll();
    }
    const stuck = load.ledger.stuck;
    findings.push({
      what: "people who could not go on while it was taken",
      checked: stuck.length,
      lost: stuck,
      twice: [],
    });
    const all = { findings, mailsAgain };
    const { lost, twice } = totals(all);
    process.stdout.write(`\n${tellAudit(all)}\n\n${lost} lost, ${twice} duplicated\n`);
    return lost + twice === 0;
  } finally {
    await endAll();
    await post.leave();
    await owner.end();
  }
}
