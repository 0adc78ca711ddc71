/**
 * Several portals on one port of one machine (`npm run cluster -- --processes 3`): one that ends is replaced, SIGHUP
 * replaces them all, one after the other, while the port goes on answering. What they share is in the database and the
 * file store; several machines need a proxy before them instead (src/ops/deployment).
 */
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { root } from "#platform/root.ts";

const CONFIG_EXIT = 78;
const MOST = 64;
/** A process that cannot live is not started again and again without a breath. */
const BREATH_MS = 1000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({ options: { processes: { type: "string", default: "2" } } });
const wanted = Number(values.processes);
if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST) {
  process.stderr.write(`--processes: số nguyên từ 1 đến ${MOST} / a whole number from 1 to ${MOST}\n`);
  process.exit(CONFIG_EXIT);
}

let isStopping = false;
/** Those that are asked to go because another has taken their place. */
const leaving = new Set<Worker>();

/** Starts one more. @returns it, once it answers; null: it ended before */
async function add(): Promise<Worker | null> {
  const worker = cluster.fork();
  const over = new AbortController();
  const isUp = await Promise.race([
    once(worker, "listening", { signal: over.signal }).then(() => true),
    once(worker, "exit", { signal: over.signal }).then(() => false),
  ]);
  over.abort();
  if (isUp) say(`process ${worker.process.pid} answers`);
  return isUp ? worker : null;
}

async function replaceAll(): Promise<void> {
  for (const old of Object.values(cluster.workers ?? {})) {
    if (!old || isStopping) return;
    // The old one answers until the new one does; where the new version does not start, the old ones stay.
    if (!(await add())) return say("the new process does not start: the old ones stay");
    leaving.add(old);
    const gone = once(old, "exit");
    old.process.kill("SIGTERM");
    await gone;
    leaving.delete(old);
  }
  say("all processes are new");
}

cluster.setupPrimary({ exec: join(root, "dist/main.js"), args: [] });
cluster.on("exit", (worker, code) => {
  if (isStopping) {
    if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
    return;
  }
  if (code === CONFIG_EXIT) process.exit(CONFIG_EXIT);
  if (leaving.has(worker)) return;
  say(`process ${worker.process.pid} ended`);
  void wait(BREATH_MS).then(() => {
    if (!isStopping && Object.keys(cluster.workers ?? {}).length < wanted) void add();
  });
});

let replacing = Promise.resolve();
process.on("SIGHUP", () => {
  replacing = replacing.then(replaceAll);
});
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill("SIGTERM");
  });

// The first one alone: what a fresh database asks for is done once.
await add();
await Promise.all(Array.from({ length: wanted - 1 }, add));
