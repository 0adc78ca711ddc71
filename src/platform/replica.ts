/**
 * A copy of the database that may be seconds behind: figures and reports, which go through many rows, are asked there, so
 * that they take nothing from who files and decides. What somebody just did is never looked for in it.
 */
import { elapsed } from "./clock.ts";
import type { Db } from "./db.ts";

type Replica = { db: Db; awayUntil: number };

const replicas = new WeakMap<Db, Replica>();
/** So long it is not asked again when it could not answer. */
const AWAY_MS = 10_000;

/** Tells which copy a database has. */
export const attachReplica = (db: Db, replica: Db): void => void replicas.set(db, { db: replica, awayUntil: 0 });

/**
 * Asks the copy where there is one, else, or when it cannot answer, the database itself. Inside a transaction that is
 * asked, since what it wrote stands nowhere else.
 */
export async function askReplica<T>({ db }: { db: Db }, ask: (db: Db) => Promise<T>): Promise<T> {
  const replica = replicas.get(db);
  if (!replica || replica.awayUntil > elapsed()) return ask(db);
  try {
    return await ask(replica.db);
  } catch {
    // Away, starting, or in conflict with what it takes over; a bug comes again from the database itself.
    replica.awayUntil = elapsed() + AWAY_MS;
    return ask(db);
  }
}
