// `npm run drill:failover`: the deployment of src/ops/deployment, run on the loopback with Debian's packages; its primary
// is killed under load. Bounded in time; what was started is stopped. Without the packages it says which are missing.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../build.mjs";
import { checkNode, prepare } from "../prepare.mjs";
import { memoryLimits, root } from "../project.mjs";
import { command, Hint, say } from "../say.mjs";
import { killServers, runToEnd, startServer } from "../servers.mjs";
import {
  environmentOf,
  layGround,
  makeCertificate,
  missingPackages,
  NODES,
  startNode,
  startWays,
} from "./machines.mjs";
import { endAll, killPostgres, look, pullPlug, whole } from "./nodes.mjs";

const LONGEST_MS = 600_000;
const dist = (/** @type {string} */ file) => join(root, "dist", file);

/** @param {string} folder in which the certificate is that this process trusts */
async function drillIn(folder) {
  const { addressWith, createRoles, migrate, withClient, DATABASE, OWNER } = await import("../database.mjs");
  const ground = layGround(folder);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.on(signal, () => {
      killServers();
      endAll(ground);
      process.exit(1);
    });
  try {
    say("ba máy cơ sở dữ liệu", "three machines with databases");
    for (const node of NODES) startNode(ground, node);
    startWays(ground);
    await whole(ground);
    const publicUrl = `https://${ground.portals}:8443`;
    const common = {
      PUBLIC_URL: publicUrl,
      SESSION_SECRET: randomBytes(32).toString("hex"),
      CLAMAV: "off",
      SECOND_FACTOR: "optional",
      RATE_LIMITS: "off",
    };
    /** @type {Record<string, string>} */
    const environment = { ...environmentOf(ground, "mot-cua-worker.service", ""), ...common };
    const ownerUrl = environment["DATABASE_OWNER_URL"] ?? "";
    const superuserUrl = addressWith(ownerUrl, {
      user: "postgres",
      password: ground.passwords["superuser"] ?? "",
      database: "postgres",
    });
    await createRoles({ superuserUrl, secret: ground.passwords["secret"] ?? "" });
    await withClient(superuserUrl, (client) => client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`));
    await migrate(ownerUrl);
    say("dữ liệu nền", "reference data");
    await runToEnd(environment, dist("ops/seed.js"));
    say("cổng", "portals");
    const open = (/** @type {Record<string, string>} */ more) => [
      ...["3001", "3002"].map((port) =>
        startServer(
          [...memoryLimits, dist("main.js")],
          { ...environmentOf(ground, "mot-cua@.service", port), ...common, ...more },
          /runs at (\S+)/,
        ),
      ),
      startServer([...memoryLimits, dist("worker.js")], { ...environment, ...more }, /worker runs/),
    ];
    const { failover } = await import(dist("dev/drills/failover.js"));
    return await failover({
      ownerUrl,
      appUrl: environment["DATABASE_DIRECT_URL"] ?? "",
      dataDir: environment["DATA_DIR"] ?? "",
      base: publicUrl,
      open: (/** @type {Record<string, string>} */ more) => Promise.all(open(more)),
      look: () => look(ground),
      whole: () => whole(ground),
      killPostgres: (/** @type {import("./machines.mjs").NodeName} */ node) => killPostgres(ground, node),
      pullPlug: (/** @type {import("./machines.mjs").NodeName} */ node) => pullPlug(ground, node),
      startNode: (/** @type {import("./machines.mjs").NodeName} */ node) => startNode(ground, node),
      verifyHistory: () =>
        runToEnd(environment, dist("ops/verify-history.js")).then(
          () => "intact",
          (error) => error.message,
        ),
    });
  } finally {
    killServers();
    endAll(ground);
  }
}

/** The drill as a process of its own, which trusts the drill's certificate from its beginning. */
async function drillApart() {
  const missing = missingPackages();
  if (missing.length > 0)
    throw new Hint(
      `Diễn tập này cần các gói Debian: apt-get install ${missing.join(" ")}`,
      `This drill needs Debian's packages: apt-get install ${missing.join(" ")}`,
    );
  await prepare({ build: async () => void (await build()) });
  const { passwordOf } = await import("../postgres.mjs");
  const { APP, OWNER } = await import("../database.mjs");
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  chmodSync(folder, 0o711); // the user that runs the services goes through it to what is theirs
  mkdirSync(join(folder, "files"));
  const secret = randomBytes(32).toString("base64url");
  const drawn = () => randomBytes(16).toString("hex");
  const network = `127.${1 + (process.pid % 250)}.0.`; // of the loopback; no other run of this drill has it
  const passwords = {
    secret,
    app: passwordOf(secret, APP),
    owner: passwordOf(secret, OWNER),
    superuser: drawn(),
    replication: drawn(),
  };
  writeFileSync(join(folder, "ground.json"), JSON.stringify({ network, passwords }), { mode: 0o600 });
  makeCertificate(layGround(folder));
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), folder], {
    cwd: root,
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "certificate.pem") },
    stdio: "inherit",
  });
  const bound = setTimeout(() => {
    process.stderr.write(`the drill takes longer than ${LONGEST_MS / 1000} s\n`);
    child.kill("SIGTERM");
  }, LONGEST_MS);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
  const code = await new Promise((done) => child.on("close", done));
  clearTimeout(bound);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (code !== 0) throw new Hint("Diễn tập phát hiện điều chưa đạt, xem ở trên.", "The drill found what stands above.");
}

await command(async () => {
  checkNode();
  const [, , folder] = process.argv;
  if (!folder) return drillApart();
  process.exitCode = (await drillIn(folder)) ? 0 : 1;
});
process.exit();
