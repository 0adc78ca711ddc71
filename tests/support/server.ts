import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import type { TestProject } from "vitest/node";
import {
  addressWith,
  createRoles,
  hashMigrations,
  listMigrations,
  migrate,
  withClient,
} from "../../src/dev/database.mjs";
import { usePostgres } from "../../src/dev/postgres.mjs";
import { isAlive } from "../../src/dev/processes.mjs";
import { root } from "../../src/dev/project.mjs";
import { addReasons } from "../../src/dev/test-report.mjs";
import { closeLogs, openLogs } from "./logs.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Addresses of the template database, from which each test file clones its own. */
    template: { name: string; ownerUrl: string; appUrl: string };
    /** Where the logs of this run are kept until they are looked through. */
    logs: string;
  }
}

type Addresses = { ownerUrl: string; appUrl: string };
type TestServer = Addresses & { prefix: string; leave: () => Promise<void> };

/** Speed before safety: what these databases hold is made anew in seconds. A vacuum under way would keep one from being dropped. */
const settings = {
  autovacuum: "off",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
};

async function startOwnServer(): Promise<TestServer> {
  const folder = join(root, ".cache/test-postgres");
  const server = await usePostgres(folder, { settings }).catch(async () => {
    // Without fsync a killed machine may leave a data directory that does not start; nothing in it is worth keeping.
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return usePostgres(folder, { settings });
  });
  return { ...(await createRoles(server)), prefix: "", leave: server.leave };
}

/** A server given by TEST_DATABASE_URL: its role must be allowed to create databases and roles. */
async function useGivenServer(url: string): Promise<TestServer> {
  const name = new URL(url).pathname.slice(1);
  if (!name.endsWith("_test"))
    throw new Error(`TEST_DATABASE_URL must lead to a database whose name ends in _test, not "${name}"`);
  const appUrl = new URL(url);
  await withClient(url, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'app'");
    if (!rowCount) await client.query("CREATE ROLE app NOLOGIN");
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int >= 160000 AS modern");
    await client.query(`GRANT app TO CURRENT_USER ${rows[0].modern ? "WITH SET TRUE" : ""}`);
  });
  // The role may belong to something real here: its password stays as it is, the tests only take its place.
  appUrl.searchParams.set("options", "-c role=app");
  return { ownerUrl: url, appUrl: appUrl.href, prefix: `${name}_`, leave: async () => {} };
}

/** Databases of test runs that were killed. */
async function dropAbandoned(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE datname ~ $1", [
    `^${prefix}file_[0-9]+_[0-9]+_[a-z0-9]+$`,
  ]);
  for (const { datname } of rows) {
    const pid = Number(datname.slice(prefix.length).split("_")[1]);
    if (!isAlive(pid)) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  }
}

/** The migrated database of this state of the migrations, made by the first run that needs it. */
async function prepareTemplate(server: TestServer): Promise<string> {
  const name = `${server.prefix}template_${hashMigrations()}`;
  const lock = createHash("sha256").update(`${server.prefix}template`).digest().readInt32BE();
  await withClient(server.ownerUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    await dropAbandoned(client, server.prefix);
    const { rows } = await client.query<{ datname: string; ready: boolean }>(
      "SELECT datname, datallowconn = false AS ready FROM pg_database WHERE datname ~ $1",
      [`^${server.prefix}template_`],
    );
    if (rows.some(({ datname, ready }) => datname === name && ready)) return;
    for (const { datname } of rows) {
      await client.query(`ALTER DATABASE "${datname}" WITH ALLOW_CONNECTIONS true`);
      await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`).catch(() => {});
    }
    await client.query(`CREATE DATABASE "${name}"`);
    if (listMigrations().length > 0) await migrate(addressWith(server.ownerUrl, { database: name }));
    // Nobody may change it from here on; a clone of a database that somebody uses would be refused, too.
    await client.query(`ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS false`);
  });
  return name;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["TEST_DATABASE_URL"];
  const logs = join(root, `.cache/test-logs-${process.pid}`);
  openLogs(logs);
  project.provide("logs", logs);
  const server = given ? await useGivenServer(given) : await startOwnServer();
  try {
    const name = await prepareTemplate(server);
    project.provide("template", { name, ownerUrl: server.ownerUrl, appUrl: server.appUrl });
  } catch (error) {
    await server.leave();
    throw error;
  }
  return async () => {
    await server.leave();
    const found = closeLogs(logs);
    if (found.length === 0) return;
    // An error here would be told and forgotten: the run must fail, and say why at its end.
    process.stderr.write(`The logs of this run hold somebody's data:\n${found.join("\n")}\n`);
    process.exitCode = 1;
    const report = process.env["TEST_REPORT"];
    if (report)
      addReasons(
        report,
        found.map((line) => `the logs hold ${line}`),
      );
  };
}
