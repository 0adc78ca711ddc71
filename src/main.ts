/** Starts server and worker, and stops them gracefully: the only file that does something by being imported. */
import cluster from "node:cluster";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { offerFirstAdmin } from "#accounts/index.ts";
import { paths as accountPaths } from "#accounts/paths.ts";
import { openIdentityProvider } from "#integrations/oidc/index.ts";
import { consoleSms } from "#integrations/sms-console/index.ts";
import { observe } from "#ops/index.ts";
import { now } from "#platform/clock.ts";
import { systemContext } from "#platform/context.ts";
import { watchCrowd } from "#platform/crowd.ts";
import { createDb, createPool } from "#platform/db.ts";
import { enqueue, prepareQueue, startWorker } from "#platform/jobs.ts";
import type { Live } from "#platform/live.ts";
import { createLog } from "#platform/log.ts";
import { openMailer } from "#platform/mail.ts";
import { attachReplica } from "#platform/replica.ts";
import { root } from "#platform/root.ts";
import { createSandboxes } from "#platform/sandboxes.ts";
import { openScanner } from "#platform/scanner.ts";
import { SCAN_JOB } from "#platform/scanning.ts";
import { createServer } from "#platform/server.ts";
import { sessionSecret, sweepExpired } from "#platform/session.ts";
import { leaveCluster, stopServer } from "#platform/stop.ts";
import { openStore } from "#platform/store.ts";
import { watchQueries } from "#platform/watch.ts";
import { createApp } from "./app.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { createJobHandlers, openScans } from "./jobs.ts";

const MIGRATIONS = join(root, "prisma/migrations");
const CONFIG_EXIT = 78;
const STOP_MS = 10_000;
const WATCH_MS = 20_000;
const SWEEP_MS = 3_600_000;
/** Whoever reads a board adds what was noted since: so that this stays little. */
const TALLY_MS = 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const listen = (server: Server, { port, host }: Config): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

const shownHost = (host: string): string => (["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host) ? "localhost" : host);

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const pool = createPool(config.databaseUrl);
  const sessionPool = createPool(config.directUrl, 5);
  const ownerPool = createPool(config.ownerUrl, 4);
  const db = createDb(pool);
  const replicaPool = config.replicaUrl ? createPool(config.replicaUrl, 4) : null;
  if (replicaPool) attachReplica(db, createDb(replicaPool));
  const files = await openStore(config);
  const scanner = openScanner(config.clamav);
  const watched = await observe({
    config,
    surroundings: { db, files, publicUrl: "", ...(scanner ? { scanner } : {}) },
    pools: { main: pool, sessions: sessionPool, owner: ownerPool },
    migrations: MIGRATIONS,
    log,
  });
  const watch = watched?.watch;
  if (watch) for (const one of [pool, sessionPool]) watchQueries(one, watch);

  if (config.env === "production" && (await db.setting.count({ where: { key: "demo" } })) > 0)
    throw new ConfigError(
      "Cơ sở dữ liệu này có tài khoản dùng thử, không dùng khi NODE_ENV=production / this database holds demo people, who are refused in production",
    );

  await prepareQueue(ownerPool);
  const unit = await db.administrativeUnit.findUnique({ where: { code: config.province } });
  const province = unit ? `${unit.fullName.charAt(0).toLowerCase()}${unit.fullName.slice(1)}` : "";

  const { server, answerWith } = createServer();
  const port = await listen(server, config);
  const publicUrl = config.publicUrl ?? `http://${shownHost(config.host)}:${port}`;
  const surroundings = { db, files, publicUrl, ...(scanner ? { scanner } : {}) };
  const secret = sessionSecret(config.sessionSecret, config.dataDir);
  const logError = (error: unknown) => log.error({ err: error }, "background");
  const sandboxes = createSandboxes({
    url: config.directUrl,
    folder: join(config.dataDir, "trials"),
    publicUrl,
    handlersIn: (apart) => createJobHandlers(apart, null),
    log: logError,
  });
  const app = createApp({
    ...surroundings,
    config,
    province,
    pool: sessionPool,
    sessionSecret: secret,
    log,
    watch,
    sandboxes,
    crowd: watchCrowd([pool, sessionPool]),
    identityProvider: config.oidc && openIdentityProvider(config.oidc),
  });
  answerWith(app);

  const worker =
    config.worker === "inprocess"
      ? await startWorker(
          ownerPool,
          createJobHandlers(
            surroundings,
            openMailer(config.mail, publicUrl),
            sandboxes,
            config.sms === "console" ? consoleSms(say) : null,
            openScans(config),
          ),
          logError,
          watch,
        )
      : null;
  const sweep = async () => {
    try {
      await sweepExpired(db, now());
      await enqueue(db, "files.sweep", {}, "files.sweep");
      if (scanner) await enqueue(db, SCAN_JOB, {}, SCAN_JOB);
      await enqueue(db, "privacy.retain", {}, "privacy.retain");
      await enqueue(db, "filing.tidy", {}, "filing.tidy");
      await enqueue(db, "notifications.deadlines", {}, "notifications.deadlines");
      await enqueue(db, "dossiers.silence", {}, "dossiers.silence");
      await enqueue(db, "dossiers.root", {}, "dossiers.root");
      await enqueue(db, "dossiers.remind", {}, "dossiers.remind");
      await enqueue(db, "dossiers.readers", {}, "dossiers.readers");
      await enqueue(db, "procedures.count", {}, "procedures.count");
      await enqueue(db, "documents.close", {}, "documents.close");
      await enqueue(db, "queue.end", {}, "queue.end");
      await enqueue(db, "digitising.read", {}, "digitising.read");
      await enqueue(db, "admin.plans", {}, "admin.plans");
      await enqueue(db, "appointments.tidy", {}, "appointments.tidy");
      await enqueue(db, "authoring.trials", {}, "authoring.trials");
      if (config.officerIdleDays > 0)
        await enqueue(db, "accounts.idle", { days: config.officerIdleDays }, "accounts.idle");
      await enqueue(db, "audit.expire", { months: config.auditMonths }, "audit.expire");
    } catch (error) {
      logError(error);
    }
  };
  // A clerk waits for what they have just scanned.
  const { scanFolder: folder, scanMail } = config;
  const watching =
    folder || scanMail
      ? setInterval(() => {
          if (folder) enqueue(db, "digitising.watch", { folder }, "digitising.watch").catch(logError);
          if (scanMail) enqueue(db, "digitising.mail", {}, "digitising.mail").catch(logError);
        }, WATCH_MS)
      : null;
  const sweeping = setInterval(() => void sweep(), SWEEP_MS);
  void sweep();
  const tallying = setInterval(() => {
    enqueue(db, "dossiers.tally", {}, "dossiers.tally").catch(logError);
  }, TALLY_MS);

  say(`Cổng đang chạy tại / the portal runs at ${publicUrl}`);
  if (config.demo && (await db.setting.count({ where: { key: "demo" } })) > 0) {
    const { demoSignIns } = await import("#dev/demo.ts");
    say(demoSignIns().join("\n"));
  }
  if (config.env === "production") {
    const token = await offerFirstAdmin(systemContext(surroundings, now(), "start"), "Quản trị hệ thống");
    if (token)
      say(
        `Tạo tài khoản quản trị đầu tiên (dùng một lần, trong 24 giờ) / make the first administrator: ${publicUrl}${accountPaths.activate(token)}`,
      );
  }

  let isStopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, "stopping");
    clearInterval(sweeping);
    clearInterval(tallying);
    if (watching) clearInterval(watching);
    (app.get("live") as Live).end();
    await stopServer(server, STOP_MS);
    await leaveCluster();
    await worker?.stop();
    await watched?.close();
    await sandboxes.close();
    await db.$disconnect();
    await Promise.all([pool.end(), sessionPool.end(), ownerPool.end(), replicaPool?.end()]);
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, (received) => {
      // Ctrl-C reaches every process of a cluster at once; the first one then asks each to stop.
      if (cluster.isWorker && received === "SIGINT") return;
      stop(received).catch((error) => {
        log.fatal({ err: error }, "stopping failed");
        process.exit(1);
      });
    });
  }
}

try {
  await start(readConfig());
} catch (error) {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(CONFIG_EXIT);
  }
  throw error;
}
