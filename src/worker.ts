/** Runs jobs apart from the server (`npm run worker`, beside servers with WORKER=off). */
import { join } from "node:path";
import { observe } from "#ops/index.ts";
import { createDb, createPool } from "#platform/db.ts";
import { startWorker } from "#platform/jobs.ts";
import { createLog } from "#platform/log.ts";
import { openMailer } from "#platform/mail.ts";
import { root } from "#platform/root.ts";
import { createSandboxes } from "#platform/sandboxes.ts";
import { openScanner } from "#platform/scanner.ts";
import { openStore } from "#platform/store.ts";
import { watchQueries } from "#platform/watch.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createJobHandlers, openScans } from "./jobs.ts";

const CONFIG_EXIT = 78;

async function start(): Promise<void> {
  const config = readConfig();
  // Without a server there is no listening address that papers could name.
  if (!config.publicUrl)
    throw new ConfigError("PUBLIC_URL: cần có khi chạy riêng bộ xử lý việc / is required for a worker of its own");
  const log = createLog(config.logLevel);
  const pool = createPool(config.databaseUrl);
  const ownerPool = createPool(config.ownerUrl, 4);
  const db = createDb(pool);
  const scanner = openScanner(config.clamav);
  const surroundings = {
    db,
    files: await openStore(config),
    publicUrl: config.publicUrl,
    ...(scanner ? { scanner } : {}),
  };
  const logError = (error: unknown) => log.error({ err: error }, "job");
  const sandboxes = createSandboxes({
    url: config.directUrl,
    folder: join(config.dataDir, "trials"),
    publicUrl: config.publicUrl,
    handlersIn: (apart) => createJobHandlers(apart, null),
    log: logError,
  });
  const mailer = openMailer(config.mail, config.publicUrl);
  const handlers = createJobHandlers(surroundings, mailer, sandboxes, null, openScans(config));
  const watched = await observe({
    config,
    surroundings,
    pools: { main: pool, sessions: pool, owner: ownerPool },
    migrations: join(root, "prisma/migrations"),
    log,
  });
  if (watched) watchQueries(pool, watched.watch);
  const worker = await startWorker(ownerPool, handlers, logError, watched?.watch);
  const stop = async (): Promise<void> => {
    await worker.stop();
    await watched?.close();
    await sandboxes.close();
    await db.$disconnect();
    await Promise.all([pool.end(), ownerPool.end()]);
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
  log.info("worker runs");
}

try {
  await start();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(CONFIG_EXIT);
}
