/**
 * `npm run drill:failover`: people file while the database's primary, its machine, and the synchronous copy's machine are
 * killed in turn; then everything is counted. Started by failover.mjs, which owns the machines.
 */
import { setTimeout as wait } from "node:timers/promises";
import { createPool } from "#platform/db.ts";
import { audit, tellAudit, totals } from "./audit.ts";
import { gatherCast, type Place } from "./cast.ts";
import { openPost } from "./post.ts";
import { type Ledger, startLoad } from "./work.ts";

type Standing = { primary: string | null; synchronous: string | null; replicas: string[] };
export type Deployment = Place & {
  base: string;
  /** Starts portals and worker. */
  open: (environment: Record<string, string>) => Promise<unknown>;
  look: () => Promise<Standing>;
  /** Waits until every machine is there and one copy is synchronous. */
  whole: () => Promise<Standing>;
  killPostgres: (node: string) => void;
  pullPlug: (node: string) => void;
  startNode: (node: string) => void;
  verifyHistory: () => Promise<string>;
};

type Blow = { name: string; falls: (deployment: Deployment, standing: Standing) => string | null };
type Told = { name: string; silence: number; trouble: string; before: string | null; after: string | null };

const say = (text: string): void => void process.stdout.write(`• ${text}\n`);
const AFTER_MS = 120_000;
/** More than the four who file can have under way when the blow falls. */
const AGAIN = 20;
const MOST = 6000;
const PAUSE_MS = 50;

const BLOWS: readonly Blow[] = [
  {
    name: "the primary's PostgreSQL",
    falls: ({ killPostgres }, { primary }) => {
      killPostgres(primary ?? "");
      return null;
    },
  },
  {
    name: "the primary's machine",
    falls: ({ pullPlug }, { primary }) => {
      pullPlug(primary ?? "");
      return primary;
    },
  },
  {
    name: "the synchronous copy's machine",
    falls: ({ pullPlug }, { synchronous }) => {
      pullPlug(synchronous ?? "");
      return synchronous;
    },
  },
];

/** Watches how long nothing is acknowledged. @returns ms of the longest such time, when so many more are filed */
async function silenceUntil(ledger: Ledger, count: number, what: string): Promise<number> {
  const until = performance.now() + AFTER_MS;
  let seen = ledger.filed.length;
  let since = performance.now();
  let longest = 0;
  while (ledger.filed.length < count) {
    if (performance.now() > until) throw new Error(`${what}: only ${ledger.filed.length} of ${count} filings came`);
    if (ledger.filed.length > seen) {
      seen = ledger.filed.length;
      since = performance.now();
    }
    longest = Math.max(longest, performance.now() - since);
    await wait(10);
  }
  return longest;
}

const toldOf = (trouble: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): string =>
  [...trouble]
    .map(([what, times]) => [times - (before.get(what) ?? 0), what] as const)
    .filter(([times]) => times > 0)
    .map(([times, what]) => `${times} × ${what}`)
    .join(", ") || "none";

async function strike(deployment: Deployment, { name, falls }: Blow, ledger: Ledger): Promise<Told> {
  const standing = await deployment.whole();
  await silenceUntil(ledger, ledger.filed.length + AGAIN, `before ${name}`);
  const before = new Map(ledger.trouble);
  const gone = falls(deployment, standing);
  const silence = await silenceUntil(ledger, ledger.filed.length + AGAIN, `after ${name}`);
  const { primary } = await deployment.look();
  const told = { name, silence, trouble: toldOf(ledger.trouble, before), before: standing.primary, after: primary };
  say(`${name}: ${(silence / 1000).toFixed(1)} s without a filing, ${told.before} → ${told.after}`);
  if (gone) deployment.startNode(gone);
  return told;
}

/** @returns whether nothing was lost, duplicated or broken */
export async function failover(deployment: Deployment): Promise<boolean> {
  const owner = createPool(deployment.ownerUrl, 2);
  const post = await openPost();
  try {
    await deployment.open({ SMTP_URL: post.url, MAIL_FROM: "khongtraloi@example.vn" });
    say("people");
    const cast = await gatherCast(deployment, deployment.base, owner);
    const { ledger, end } = await startLoad(cast, owner, { most: MOST, pause: PAUSE_MS });
    const told: Told[] = [];
    for (const blow of BLOWS) told.push(await strike(deployment, blow, ledger));
    await deployment.whole();
    await end();
    say("audit");
    const found = await audit(deployment, owner, ledger, post.mails);
    const history = await deployment.verifyHistory();
    const { lost, twice } = totals(found);
    process.stdout.write(
      [
        "",
        "| killed with -9 under load | primary before → after | nothing filed for, s | what citizens and officers got instead of an answer |",
        "|---|---|---:|---|",
        ...told.map(
          ({ name, silence, trouble, before, after }) =>
            `| ${name} | ${before} → ${after} | ${(silence / 1000).toFixed(1)} | ${trouble} |`,
        ),
        "",
        `${ledger.filed.length} filed, ${ledger.accepted.size} taken in, ${ledger.moved.length} steps done; all three machines together again`,
        "",
        tellAudit(found),
        "",
        `failover: ${ledger.filed.length} acknowledged, ${lost} lost, ${twice} duplicated, ${Math.max(...told.map(({ silence }) => silence / 1000)).toFixed(1)} s at most without a filing, history ${history === "intact" ? "intact" : `BROKEN: ${history}`}`,
        "",
      ].join("\n"),
    );
    return lost + twice === 0 && history === "intact";
  } finally {
    await post.leave();
    await owner.end();
  }
}
