/** Measures a portal in production mode beside a bare page. Started by run.mjs, which owns the servers. */
import { setTimeout as wait } from "node:timers/promises";
import { createPool } from "#platform/db.ts";
import { Client } from "../browse/client.ts";
import { type Burst, type Bursting, measureBurst } from "./at-once.ts";
import { makeBareTables } from "./bare-writes.ts";
import { type Act, measureFiling, measurePlainFiling, measureSignIns } from "./doing.ts";
import { choosePages, type Measured } from "./pages.ts";
import { measureBare, measurePages, readAgain } from "./reading.ts";
import { type Findings, missesOf, reportOf } from "./report.ts";
import { measureAcceptance, measureReceipts } from "./taking.ts";
import { DOSSIERS, makeTown, type Town } from "./town.ts";

/** A running server. `queries` tells how many statements it has sent; `stop` ends it and waits. */
type Running = { base: string; megabytes: () => number; queries: () => Promise<number>; stop: () => Promise<void> };
export type Place = {
  quick: boolean;
  ownerUrl: string;
  appUrl: string;
  dataDir: string;
  startPortal: (kind: "counting" | "whole" | "without jobs") => Promise<Running>;
  startBare: () => Promise<Running>;
};
export type Measurement = Omit<Findings, "startMs" | "cold" | "hasCatalogue">;

const say = (text: string): void => void process.stdout.write(`• ${text}\n`);

async function signIn(base: string, username: string, password: string): Promise<Client> {
  const client = new Client(base);
  const answer = await client.post("/dang-nhap", { username, password });
  if (answer.status >= 400 || answer.path.startsWith("/dang-nhap"))
    throw new Error(`${username} cannot sign in: ${answer.status} ${answer.text.slice(0, 200)}`);
  return client;
}

async function openPeople(base: string, { citizen, desk, specialist, password }: Town) {
  return {
    visitor: new Client(base),
    citizen: await signIn(base, citizen, password),
    desk: await signIn(base, desk, password),
    specialist: await signIn(base, specialist, password),
  };
}

/** So many rounds' time each page is read once more at the end. */
const AGAIN_ROUNDS = 3;
/** Acts of a round with sixteen under way. */
const CROWDED = { rounds: 3, acts: 64 };
const ASK_EVERY_MS = 500;
const MOST_ASKED = 600;

const readerAt =
  (base: string) =>
  (cookie: string): Client => {
    const client = new Client(base);
    if (cookie) client.headers["cookie"] = cookie;
    return client;
  };

/** Statements that one warm view of each page sends. */
async function countQueries({ startPortal }: Place, town: Town): Promise<Map<string, number>> {
  const server = await startPortal("counting");
  try {
    const pages = await choosePages(town, await openPeople(server.base, town));
    const counts = new Map<string, number>();
    for (const { name, path, cookie } of pages) {
      const reader = readerAt(server.base)(cookie);
      for (let warm = 0; warm < 2; warm++) await reader.get(path);
      const before = await server.queries();
      await reader.get(path);
      counts.set(name, (await server.queries()) - before);
    }
    return counts;
  } finally {
    await server.stop();
  }
}

/** What a portal tells people of ten thousand new dossiers takes it minutes, and is no part of a page. */
async function workDone(owner: ReturnType<typeof createPool>): Promise<void> {
  for (let asked = 0; asked < MOST_ASKED; asked++) {
    const { rows } = await owner.query<{ left: number }>(
      "SELECT count(*)::int AS left FROM graphile_worker._private_jobs WHERE run_at <= now()",
    );
    if (rows[0]?.left === 0) return;
    await wait(ASK_EVERY_MS);
  }
}

/** At a portal of its own whose jobs rest, and whose jobs nobody does after it: the slip, and transactions alone. */
async function measureWithoutJobs(
  place: Place,
  town: Town,
  owner: ReturnType<typeof createPool>,
  times: number,
  limits: { bare: Client; base: string },
): Promise<{ receipts: Act; bursts: Burst[] }> {
  const portal = await place.startPortal("without jobs");
  try {
    const { citizen, desk } = await openPeople(portal.base, town);
    const { bare } = limits;
    const receipts = await measureReceipts({ desk, bare }, owner, times);
    const bursts: Burst[] = [];
    for (const { burst } of [
      await measurePlainFiling({ citizen, bare }, town, owner, times),
      await measureAcceptance({ desk, bare }, owner, times),
    ])
      bursts.push(await measureBurst(burst, { portal: portal.base, bare: limits.base }, CROWDED, async () => {}));
    return { receipts, bursts };
  } finally {
    await portal.stop();
    await owner.query("DELETE FROM graphile_worker._private_jobs");
  }
}

export async function measure(place: Place): Promise<Measurement> {
  const { quick } = place;
  const owner = createPool(place.ownerUrl, 2);
  try {
    const dossiers = quick ? DOSSIERS.quick : DOSSIERS.whole;
    say(`${dossiers} dossiers`);
    const town = await makeTown(place, dossiers);
    const { rows } = await owner.query<{ count: number }>("SELECT count(*)::int AS count FROM catalogue_entries");
    say("queries of each page");
    const queries = await countQueries(place, town);
    await makeBareTables(owner);
    const portal = await place.startPortal("whole");
    const bare = await place.startBare();
    try {
      const people = await openPeople(portal.base, town);
      const idleMegabytes = portal.megabytes();
      say("what the portal does by itself");
      await workDone(owner);
      say("pages");
      const pages: Measured[] = await choosePages(town, people);
      const at = { portal: portal.base, bare: bare.base, reader: readerAt(portal.base) };
      const amount = quick ? { rounds: 3, seconds: 0.9 } : { rounds: 5, seconds: 3 };
      // A quick run looks at what has a target.
      const cells = await measurePages(quick ? pages.filter((page) => page.quick) : pages, at, amount);
      const alone = quick ? null : await measureBare(bare.base, pages[0]?.bare.key ?? "", amount);
      const megabytesAfterPages = portal.megabytes();
      say("acts");
      const times = quick ? 10 : 40;
      const beside = new Client(bare.base);
      const filer = { citizen: people.citizen, bare: beside };
      const taker = { desk: people.desk, bare: beside };
      const signIns = await measureSignIns(() => new Client(portal.base), town, times);
      const filing = await measureFiling(filer, town, owner, times);
      const plain = await measurePlainFiling(filer, town, owner, times);
      const taking = await measureAcceptance(taker, owner, times);
      const burst = (one: Bursting) =>
        measureBurst({ ...one, name: `${one.name}, and its jobs`, least: null }, at, CROWDED, () => workDone(owner));
      const bursts = quick ? [] : [await burst(plain.burst), await burst(taking.burst)];
      const megabytesAfterActs = portal.megabytes();
      if (!quick) {
        say("pages, a second time");
        await readAgain(pages, portal.base, AGAIN_ROUNDS * amount.seconds);
      }
      const megabytes = portal.megabytes();
      await portal.stop();
      if (!quick) say("receipt slips, and transactions alone");
      const resting = quick
        ? null
        : await measureWithoutJobs(place, town, owner, times, { bare: beside, base: bare.base });
      return {
        quick,
        catalogue: rows[0]?.count ?? 0,
        dossiers,
        queries,
        cells,
        alone,
        acts: [signIns, ...filing, ...plain.acts, ...taking.acts, ...(resting ? [resting.receipts] : [])],
        bursts: [...(resting?.bursts ?? []), ...bursts],
        idleMegabytes,
        before: quick ? null : { pages: megabytesAfterPages, acts: megabytesAfterActs },
        megabytes,
      };
    } finally {
      await Promise.all([portal.stop(), bare.stop()]);
    }
  } finally {
    await owner.end();
  }
}

export { missesOf, reportOf };
