// The databases of a drill's deployment (machines.mjs): who is what among them, and what may happen to them.
// Node built-ins only.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { NODES, running } from "./machines.mjs";

/** @typedef {import("./machines.mjs").Ground} Ground @typedef {import("./machines.mjs").NodeName} NodeName */

const PATIENCE_MS = 90_000;

/** What Patroni says of itself at this node. @param {Ground} ground @param {NodeName} node @param {string} question */
async function is({ own }, node, question) {
  try {
    const answer = await fetch(`http://${own(11 + NODES.indexOf(node))}:8008/${question}`);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** @param {Ground} ground @returns {Promise<{ primary: NodeName | null, synchronous: NodeName | null, replicas: NodeName[] }>} */
export async function look(ground) {
  const asked = await Promise.all(
    NODES.map(async (node) => ({
      node,
      primary: await is(ground, node, "primary"),
      synchronous: await is(ground, node, "synchronous"),
      replica: await is(ground, node, "replica"),
    })),
  );
  return {
    primary: asked.find(({ primary }) => primary)?.node ?? null,
    synchronous: asked.find(({ synchronous }) => synchronous)?.node ?? null,
    replicas: asked.filter(({ replica }) => replica).map(({ node }) => node),
  };
}

/** Waits until there is a primary, a synchronous copy, and so many copies in all. @param {Ground} ground */
export async function whole(ground, copies = NODES.length - 1) {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look(ground);
    if (found.primary && found.synchronous && found.replicas.length >= copies) return found;
    if (performance.now() > until)
      throw new Error(`the databases do not come together: ${JSON.stringify(found)}\n${logsOf(ground)}`);
    await wait(200);
  }
}

/** @param {Ground} ground */
const logsOf = ({ folder }) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .map((name) => `${name}: …${readFileSync(join(folder, name), "utf8").slice(-600)}`)
    .join("\n");

/** The first process of a node's PostgreSQL, when it lives: a number alone may by now mean another process. */
function postmasterOf(/** @type {Ground} */ { folder }, /** @type {NodeName} */ node) {
  const data = join(folder, node, "data");
  try {
    const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
    return readlinkSync(`/proc/${pid}/cwd`) === data ? pid : 0;
  } catch {
    return 0;
  }
}

/** A process and those that it began. @param {number} pid @returns {number[]} */
const familyOf = (pid) =>
  pid === 0
    ? []
    : [
        pid,
        ...readdirSync("/proc")
          .filter((name) => /^\d+$/.test(name))
          .filter((name) => {
            try {
              return Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ")[1]) === pid;
            } catch {
              return false;
            }
          })
          .map(Number),
      ];

function kill(/** @type {number} */ pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** kill -9 of PostgreSQL alone; Patroni lives. @param {Ground} ground @param {NodeName} node */
export const killPostgres = (ground, node) => familyOf(postmasterOf(ground, node)).forEach(kill);

/** Everything of a node at once, as when its plug is pulled. @param {Ground} ground @param {NodeName} node */
export function pullPlug(ground, node) {
  const family = familyOf(postmasterOf(ground, node));
  for (const part of ["patroni", "etcd"]) running.get(`${node}-${part}`)?.kill("SIGKILL");
  family.forEach(kill);
}

/** Ends all that was started here. @param {Ground} ground */
export function endAll(ground) {
  for (const node of NODES) pullPlug(ground, node);
  for (const child of running.values()) child.kill("SIGKILL");
}
