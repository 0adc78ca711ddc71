// Database and roles, migrations, the question whether it is seeded. Needs node_modules (pg), so it is loaded after `npm ci`.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runMigrations as migrateQueue } from "graphile-worker";
import pg from "pg";
import { passwordOf } from "./postgres.mjs";
import { runPrisma } from "./prisma.mjs";
import { root } from "./project.mjs";
import { Hint, say } from "./say.mjs";

/** The owner migrates and owns the jobs; the portal itself is `app`, which may not touch the past (D9). */
export const OWNER = "mot_cua_owner";
export const APP = "app";
export const DATABASE = "mot_cua";

/** @typedef {{ ownerUrl: string, appUrl: string }} Addresses */

/**
 * Connects, does something, disconnects.
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    const { code, message, errors } = /** @type {NodeJS.ErrnoException & { errors?: Error[] }} */ (error);
    const { hostname, port, pathname } = new URL(url);
    const where = `${hostname}:${port || 5432}${pathname}`;
    const reason = message || errors?.map((one) => one.message).join("; ") || code;
    throw new Hint(
      `Không kết nối được cơ sở dữ liệu ${where} (${reason}): hãy kiểm tra DATABASE_URL và DATABASE_OWNER_URL, hoặc bỏ chúng để dùng PostgreSQL đóng gói.`,
      `Cannot reach the database ${where} (${reason}): check DATABASE_URL and DATABASE_OWNER_URL, or unset them to use the packaged PostgreSQL.`,
    );
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @param {string} url @param {{ user?: string, password?: string, database?: string }} parts */
export function addressWith(url, { user, password, database }) {
  const address = new URL(url);
  if (user !== undefined) address.username = user;
  if (password !== undefined) address.password = password;
  if (database !== undefined) address.pathname = `/${database}`;
  return address.href;
}

/**
 * Makes the two roles of an embedded server, with the passwords of its secret. The owner may create roles and (shadow)
 * databases, as the migrations of a server of one's own would be run; it is no superuser, so that rights are really tried.
 * @param {Pick<import("./postgres.mjs").Server, "superuserUrl" | "secret">} server
 * @returns {Promise<Addresses>} of the database `postgres`
 */
export async function createRoles(server) {
  const roles = /** @type {const} */ ([
    [OWNER, "LOGIN CREATEDB CREATEROLE"],
    [APP, "LOGIN"],
  ]);
  await withClient(server.superuserUrl, async (client) => {
    for (const [role, rights] of roles) {
      const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
      if (!rowCount) await client.query(`CREATE ROLE ${role} ${rights} PASSWORD '${passwordOf(server.secret, role)}'`);
    }
    await client.query(`GRANT ${APP} TO ${OWNER} WITH ADMIN OPTION`);
  });
  const addressOf = (/** @type {string} */ user) =>
    addressWith(server.superuserUrl, { user, password: passwordOf(server.secret, user) });
  return { ownerUrl: addressOf(OWNER), appUrl: addressOf(APP) };
}

/**
 * A database of the portal in an embedded server, made when it is not there.
 * @param {import("./postgres.mjs").Server} server
 * @returns {Promise<Addresses>}
 */
export async function openEmbedded(server, name = DATABASE) {
  const exists = await withClient(server.superuserUrl, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    return Boolean(rowCount);
  });
  const { ownerUrl, appUrl } = await createRoles(server);
  if (!exists) await withClient(ownerUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  return { ownerUrl: addressWith(ownerUrl, { database: name }), appUrl: addressWith(appUrl, { database: name }) };
}

const OLDEST = 150_000;

/**
 * @param {string} url
 * @throws {Hint} cannot be reached, or older than PostgreSQL 15
 */
export async function checkServer(url) {
  const { number, version } = await withClient(url, async (client) => {
    const { rows } = await client.query(
      "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
    );
    return rows[0];
  });
  if (number >= OLDEST) return;
  throw new Hint(
    `DATABASE_URL trỏ tới PostgreSQL ${version}: cần PostgreSQL 15 trở lên, hãy nâng cấp máy chủ hoặc bỏ DATABASE_URL để dùng PostgreSQL đóng gói.`,
    `DATABASE_URL leads to PostgreSQL ${version}: PostgreSQL 15 or newer is needed, upgrade the server or unset DATABASE_URL to use the packaged one.`,
  );
}

/** @typedef {{ name: string, checksum: string }} Migration */

/** @returns {Migration[]} as Prisma names and fingerprints them, in order */
export function listMigrations(folder = join(root, "prisma/migrations")) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "migration.sql")))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"));
      return { name, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** One fingerprint of all migrations. */
export const hashMigrations = (migrations = listMigrations()) =>
  createHash("sha256").update(JSON.stringify(migrations)).digest("hex").slice(0, 12);

/**
 * Asks the database which migrations it has.
 * @param {string} ownerUrl
 * @returns {Promise<Map<string, { checksum: string, finished: boolean }>>}
 */
async function listApplied(ownerUrl) {
  return withClient(ownerUrl, async (client) => {
    const { rows: known } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known");
    if (!known[0].known) return new Map();
    const { rows } = await client.query(
      "SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
    );
    return new Map(rows.map((row) => [row.migration_name, { checksum: row.checksum, finished: row.finished }]));
  });
}

/** @param {string} ownerUrl */
const hasQueue = (ownerUrl) =>
  withClient(ownerUrl, async (client) => {
    const { rows } = await client.query("SELECT to_regnamespace('graphile_worker') IS NOT NULL AS known");
    return Boolean(rows[0].known);
  });

/**
 * Brings the database to this version of the portal; asks it first, so that nothing is started when nothing is to do.
 * @param {string} ownerUrl
 * @returns {Promise<boolean>} whether anything was applied
 * @throws {Hint} the database is of a newer version, or a migration fails
 */
export async function migrate(ownerUrl) {
  const wanted = listMigrations();
  const applied = await listApplied(ownerUrl);
  const stranger = [...applied.keys()].find((name) => !wanted.some((migration) => migration.name === name));
  if (stranger) {
    throw new Hint(
      `Cơ sở dữ liệu thuộc một phiên bản khác của cổng (có bước ${stranger} mà bản này không có): hãy dùng bản mới hơn của mã nguồn, hoặc đặt DATA_DIR/DATABASE_URL tới cơ sở dữ liệu khác.`,
      `The database is of another version of the portal (it has ${stranger}, which this one lacks): use newer source code, or point DATA_DIR/DATABASE_URL to another database.`,
    );
  }
  const current = wanted.every(
    ({ name, checksum }) => applied.get(name)?.finished && applied.get(name)?.checksum === checksum,
  );
  if (current && (await hasQueue(ownerUrl))) return false;
  say("cập nhật cấu trúc cơ sở dữ liệu", "migrating the database");
  const { code, output } = await runPrisma(["migrate", "deploy"], {
    env: { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: ownerUrl },
    quiet: true,
  });
  // The job queue has migrations of its own; the portal enqueues before any worker has run, so they come along here.
  if (code === 0) await migrateQueue({ connectionString: ownerUrl });
  if (code === 0) return true;
  throw new Hint(
    `Không cập nhật được cấu trúc cơ sở dữ liệu; hãy xem lý do dưới đây.\n${output}`,
    "The database could not be migrated; the reason stands above.",
  );
}

/** @param {string} ownerUrl @returns {Promise<boolean>} */
export async function isSeeded(ownerUrl) {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query("SELECT to_regclass('settings') IS NOT NULL AS known");
    if (!rows[0].known) return false;
    const { rowCount } = await client.query("SELECT 1 FROM settings WHERE key = 'seeded'");
    return Boolean(rowCount);
  });
}

/** @param {string} ownerUrl */
export async function markSeeded(ownerUrl) {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query("SELECT to_regclass('settings') IS NOT NULL AS known");
    if (!rows[0].known) return;
    await client.query("INSERT INTO settings (key, value) VALUES ('seeded', 'true') ON CONFLICT (key) DO NOTHING");
  });
}
