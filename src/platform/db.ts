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

export const createPool = (url: string, max = 10): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max });
  // An idle connection that the server closed must not end the process; the next query opens another.
  pool.on("error", () => {});
  // A connection in use tells whoever uses it by failing the query; its event alone would end the process, too.
  pool.on("connect", (client) => void client.on("error", () => {}));
  return pool;
};

/** Opens the database over a pool that the caller owns (and ends after `$disconnect`). */
export const createDb = (pool: pg.Pool): Db =>
  new PrismaClient({
    adapter: new PrismaPg(pool, {
      statementNameGenerator: ({ sql }: { sql: string }) =>
        sql.includes(UNNAMED) ? undefined : `p${createHash("md5").update(sql).digest("hex")}`,
    } as ConstructorParameters<typeof PrismaPg>[1]),
  });

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

const origins = new WeakMap<object, Db>();

/** Remembers which database a transaction belongs to, for what a process remembers of each database. */
export const noteOrigin = (tx: Tx, db: Db): void => void origins.set(tx, originOf(db));

/** The database itself, for a handle that may be a transaction's. */
export const originOf = (db: Db): Db => origins.get(db) ?? db;
