// `npm run queue:load`: a hall that 500 boards and phones follow at one process, while one counter calls number after
// number: memory and processor time of that process, how long until everybody heard, and what becomes of a follower who
// has stopped reading. `-- --followers N`, `-- --calls N`. Says numbers, asserts none: tests do that.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildAssets, buildServer } from "./build.mjs";
import { migrate, openEmbedded } from "./database.mjs";
import { usePostgres } from "./postgres.mjs";
import { checkNode, prepare } from "./prepare.mjs";
import { memoryLimits, root } from "./project.mjs";
import { command, say } from "./say.mjs";
import { demoEnvironment, killServers, runToEnd, startServer } from "./servers.mjs";

const dist = (/** @type {string} */ file) => join(root, "dist", file);
const numberAfter = (/** @type {string} */ name, /** @type {number} */ otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const FOLLOWERS = numberAfter("--followers", 500);
const CALLS = numberAfter("--calls", 50);
const HALL = "/xep-hang/dong-kinh";
const TICKS_A_SECOND = 100;

/** Processor seconds of a process so far, where the system tells; NaN elsewhere. */
function processorSeconds(/** @type {number} */ pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Somebody who follows, and when they last heard something. */
function follow(/** @type {string} */ base, /** @type {string} */ path, /** @type {Agent} */ agent) {
  const one = { heard: 0, events: 0, stop: () => {} };
  let isOver = false;
  const open = () => {
    const request = get(`${base}${path}`, { agent }, (answer) => {
      // A browser told that it is too crowded comes back after a moment; so does this one.
      if (answer.statusCode !== 200) {
        answer.resume();
        setTimeout(() => isOver || open(), 1000);
        return;
      }
      answer.setEncoding("utf8");
      answer.on("data", (text) => {
        if (!text.includes("event: state")) return;
        one.heard = performance.now();
        one.events++;
      });
      answer.on("error", () => {});
    });
    request.on("error", () => {});
    one.stop = () => {
      isOver = true;
      request.destroy();
    };
  };
  open();
  return one;
}

/** A person's browser: keeps its cookies. */
function browser(/** @type {string} */ base) {
  let cookie = "";
  return async (/** @type {string} */ path, /** @type {Record<string, string>} */ body) => {
    const answer = await fetch(`${base}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie },
      body: new URLSearchParams(body),
    });
    const given = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
    if (given.length > 0) cookie = given.join("; ");
    return answer;
  };
}

const until = async (/** @type {() => boolean} */ isSo, /** @type {string} */ what) => {
  for (let tried = 0; !isSo(); tried++) {
    if (tried > 6000) throw new Error(`never: ${what}`);
    await wait(10);
  }
};
const middle = (/** @type {number[]} */ all, share = 0.5) =>
  [...all].sort((a, b) => a - b)[Math.floor((all.length - 1) * share)] ?? 0;

async function load(/** @type {string} */ folder) {
  const { createDb, createPool } = await import(dist("platform/db.js"));
  const database = await usePostgres(join(folder, "postgres"));
  try {
    const opened = await openEmbedded(database);
    const { ownerUrl, appUrl } = opened;
    const environment = demoEnvironment(opened, folder);
    await migrate(ownerUrl);
    await runToEnd(environment, dist("ops/seed.js"));
    const portal = await startServer([...memoryLimits, dist("main.js")], environment);
    const pool = createPool(appUrl, 2);
    const db = createDb(pool);
    const { id: queue } = await db.queue.findFirstOrThrow({ where: { prefix: "A" } });
    const counter = await db.queueCounter.findFirstOrThrow({ where: { number: 1 } });
    const post = browser(portal.base);
    for (let taken = 0; taken < CALLS; taken++) await post(`${HALL}/lay-so`, { queue });
    const phones = await db.queueTicket.findMany({ where: { state: "waiting" }, select: { code: true } });
    const clerk = browser(portal.base);
    await clerk("/dang-nhap", { username: "dongkinh.motcua", password: "dung-thu-2026" });
    await clerk("/mot-cua/quay/mo", { counter: counter.id });

    await wait(1000);
    const idle = { megabytes: portal.megabytes(), processor: processorSeconds(portal.pid) };
    const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
    const followers = Array.from({ length: FOLLOWERS }, (_, i) =>
      follow(
        portal.base,
        i % 2 ? `${HALL}/bang/truc-tiep` : `/xep-hang/so/${phones[i % phones.length]?.code}/truc-tiep`,
        agent,
      ),
    );
    const stalled = connect(Number(new URL(portal.base).port), "127.0.0.1");
    let isDropped = false;
    stalled.on("close", () => {
      isDropped = true;
    });
    stalled.on("error", () => {});
    stalled.pause();
    stalled.write(`GET ${HALL}/bang/truc-tiep HTTP/1.1\r\nHost: x\r\n\r\n`);
    const began = performance.now();
    await until(() => followers.every(({ heard }) => heard > 0), "everybody is told of the state");
    const joined = performance.now() - began;

    // Boards hear of every call; of the phones, each at least of the calls before its own.
    const boards = followers.filter((_, i) => i % 2);
    /** @type {number[]} */
    const delays = [];
    const before = processorSeconds(portal.pid);
    const from = performance.now();
    for (let called = 0; called < CALLS; called++) {
      const counts = boards.map(({ events }) => events);
      const current = await db.queueTicket.findFirst({ where: { state: "called" }, select: { id: true } });
      const pressed = performance.now();
      await clerk("/mot-cua/quay/goi", { seen: current?.id ?? "" });
      await until(() => boards.every(({ events }, i) => events > (counts[i] ?? 0)), "every board hears of the call");
      delays.push(Math.max(...boards.map(({ heard }) => heard)) - pressed);
    }
    const seconds = (performance.now() - from) / 1000;
    const used = processorSeconds(portal.pid) - before;
    const megabytes = portal.megabytes();
    const wasDropped = isDropped;
    for (const one of followers) one.stop();
    stalled.destroy();
    await db.$disconnect();
    await pool.end();
    await portal.stop();
    const lines = [
      `followers (half boards, half phones): ${FOLLOWERS}, and one who never reads (${wasDropped ? "let go" : "what it was sent fits the buffers of the system"})`,
      `all of them told of the state after:  ${joined.toFixed(0)} ms`,
      `memory before / with them after ${CALLS} calls: ${idle.megabytes.toFixed(0)} / ${megabytes.toFixed(0)} MB`,
      `from a key to the last of ${boards.length} boards: median ${middle(delays).toFixed(0)} ms, 95 of 100 ${middle(delays, 0.95).toFixed(0)} ms`,
      `processor: ${((used / CALLS) * 1000).toFixed(0)} ms a call for everybody, ${((used / seconds) * 100).toFixed(0)} % of one core while calling without pause (${availableParallelism()} cores)`,
    ];
    process.stdout.write(`\n${lines.join("\n")}\n`);
  } finally {
    await database.leave();
  }
}

await command(async () => {
  checkNode();
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
  await prepare({ build: async () => void (await Promise.all([buildServer(), buildAssets()])) });
  say(`${FOLLOWERS} người theo dõi`, `${FOLLOWERS} followers`);
  try {
    await load(folder);
  } finally {
    killServers();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
process.exit();
