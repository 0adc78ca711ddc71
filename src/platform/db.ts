import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "./prisma/client.ts";

export { Prisma } from "./prisma/client.ts";

export type Db = PrismaClient;
/** A transaction's handle: everything but opening another transaction. */
export type Tx = Prisma.TransactionClient;

/** SQL marked so is planned afresh each time: a cached plan of a free-text search goes wrong (performance.md 2.3). */
const UNNAMED = "/* unnamed */";
export const unnamed = Prisma.raw(UNNAMED);

const { TIMESTAMPTZ } = pg.types.builtins;
const readInstant = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;
const ZERO = "0".charCodeAt(0);

/** A list holds a hundred instants: the way in which a server in UTC writes them is read at a third of the cost. */
function instantOf(text: string): Date {
  if (!/^[12]\d{3}-.{14}(?:\.\d{1,3})?\+00$/.test(text)) return readInstant(text);
  const two = (at: number): number => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
  const ms = text.length > 22 ? Math.round(Number(text.slice(19, -3)) * 1000) : 0;
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), ms));
}
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text") =>
    oid === TIMESTAMPTZ && format !== ("binary" as string)
      ? instantOf
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};

export const createPool = (url: string, max = 10): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max, types });
  // An idle connection that the server closed must not end the process; the next query opens another.
  pool.on("error", () => {});
  // A connection in use tells whoever uses it by failing the query; its event alone would end the process, too.
  pool.on("connect", (client) => void client.on("error", () => {}));
  return pool;
};

/**
 * Opens the database over a pool that the caller owns (and ends after `$disconnect`).
 * @param schema where its tables stand, when that is not the portal's own; the pool looks there first, too
 */
export const createDb = (pool: pg.Pool, schema?: string): Db => {
  const db = new PrismaClient({
    adapter: new PrismaPg(pool, {
      statementNameGenerator: ({ sql }: { sql: string }) => (sql.includes(UNNAMED) ? undefined : nameOf(sql)),
      ...(schema ? { schema } : {}),
    } as ConstructorParameters<typeof PrismaPg>[1]),
  });
  pools.set(db, pool);
  return db;
};

/** True when the error says that a unique key is already taken. */
export const isUniqueViolation = (error: unknown): boolean =>
  (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") ||
  (error instanceof Prisma.PrismaClientKnownRequestError &&
    error.code === "P2010" &&
    String(error.meta?.["driverAdapterError"] ?? error.message).includes("23505"));

/**
 * Runs a change as one transaction. Waits rather than fails when many work at once: a clerk's click must not be lost
 * because twenty others accept at the same counter.
 */
export const inTransaction = <T>({ db }: { db: Db }, change: (tx: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(change, { maxWait: 20_000, timeout: 30_000 });

const pools = new WeakMap<Db, pg.Pool>();

/**
 * Rows of one of the few lists that are asked all day long: the statement goes to the driver as it is, prepared under a
 * name, past the client's own planning of queries. Inside a transaction it goes through that, as everything does.
 */
export async function readOften<Row extends object>({ db }: { db: Db }, statement: Prisma.Sql): Promise<Row[]> {
  const pool = pools.get(db);
  if (!pool) return db.$queryRaw<Row[]>(statement);
  const { text, values } = statement;
  const name = text.includes(UNNAMED) ? {} : { name: nameOf(text) };
  return (await pool.query<Row>({ ...name, text, values: values as unknown[] })).rows;
}

const names = new Map<string, string>();
const MOST_NAMES = 500;
/** PostgreSQL cuts names at 63 characters; the texts are few, so that each is hashed once. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = `p${createHash("md5").update(text).digest("hex")}`;
  if (names.size < MOST_NAMES) names.set(text, name);
  return name;
}

const origins = new WeakMap<object, Db>();

/** Remembers which database a transaction belongs to, for what a process remembers of each database. */
export const noteOrigin = (tx: Tx, db: Db): void => void origins.set(tx, originOf(db));

/** The database itself, for a handle that may be a transaction's. */
export const originOf = (db: Db): Db => origins.get(db) ?? db;
