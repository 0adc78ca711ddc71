import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Logger, run, runMigrations, type TaskList } from "graphile-worker";
import type pg from "pg";
import { elapsed } from "./clock.ts";
import type { Db, Tx } from "./db.ts";
import { Prisma } from "./db.ts";
import { describeError } from "./log.ts";
import type { Watch } from "./watch.ts";

/** Every job and its payload; rooms extend it: `declare module "#platform/jobs.ts" { interface Jobs { "room.verb": {...} } }` */
// biome-ignore lint/suspicious/noEmptyInterface: extended by the rooms
export interface Jobs {}
export type JobName = keyof Jobs & string;

/** A job must be able to run twice: what it makes has a key of its own. */
export type JobHandlers = { [N in JobName]: (payload: Jobs[N]) => Promise<void> };

/**
 * A job as a part of a statement that writes other things (`writeTogether`): it exists if and only if they do.
 * Goes through a SECURITY DEFINER function, since the role `app` does not own the queue (D9).
 * @param key jobs with the same key are one job while it waits
 */
export const job = <N extends JobName>(name: N, payload: Jobs[N], key?: string): Prisma.Sql =>
  Prisma.sql`enqueue_job(${name}, ${JSON.stringify(payload)}::json, ${key ?? null})::text`;

/** Puts a job into the queue inside the caller's transaction; see `job`. */
export async function enqueue<N extends JobName>(tx: Tx | Db, name: N, payload: Jobs[N], key?: string): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT ${job(name, payload, key)}`);
}

/** Makes the queue, or brings it up to date; without it nothing can be enqueued. `pool` belongs to the owner of the queue. */
export const prepareQueue = (pool: pg.Pool): Promise<void> => runMigrations({ pgPool: pool });

/** The queue keeps and repeats what a failed job says: its kind and code, never its message, which may hold what it worked on. */
function quiet(error: unknown): Error {
  const { type, code } = describeError(error);
  return new Error([type, code].filter((part) => part !== undefined).join(" "));
}

/** Every worker holds it shared for as long as it lives; who gets it alone knows that no other does. */
const WORKERS_LOCK = 1_836_020_579;
const ASKS = 5;
const ASK_MS = 200;

/**
 * Jobs in the hands of a worker that was killed stay locked for hours. Where no other worker lives they are free at
 * once, so that what was enqueued happens after a restart. A killed process may take a moment to leave the database.
 * @returns what holds this worker's own place until it is given back
 */
async function takePlace(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect();
  let isAlone = false;
  for (let asked = 0; asked < ASKS && !isAlone; asked++) {
    if (asked > 0) await wait(ASK_MS);
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS taken", [WORKERS_LOCK]);
    isAlone = rows[0].taken;
  }
  if (isAlone)
    await client.query(`SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
      FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL HAVING count(*) > 0`);
  await client.query("SELECT pg_advisory_lock_shared($1)", [WORKERS_LOCK]);
  if (isAlone) await client.query("SELECT pg_advisory_unlock($1)", [WORKERS_LOCK]);
  return client;
}

/** Not tried again because a newer job of the same key came while it was under way: what it failed at is done by that. */
export const OVERTAKEN = `key IS NULL AND coalesce(flags ? 'keyed', false) AND attempts >= max_attempts AND locked_at IS NULL`;

export type Worker = { stop(): Promise<void> };

const RENEW_MS = 1000;
const MOST_STOP_MS = 10_000;

/**
 * Runs jobs until stopped. `pool` belongs to the owner of the queue. The runner gives up when it cannot note what became
 * of a job, as when the database goes; then another takes its place, and its jobs, as soon as the database is back.
 */
export async function startWorker(
  pool: pg.Pool,
  handlers: Partial<JobHandlers>,
  log: (error: unknown) => void,
  watch?: Watch,
): Promise<Worker> {
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      async (payload: unknown) => {
        const started = elapsed();
        const told = (failed: boolean): void => watch?.job({ name, ms: elapsed() - started, failed });
        try {
          await (handle as (p: unknown) => Promise<void>)(payload);
          told(false);
        } catch (error) {
          told(true);
          log(error);
          throw quiet(error);
        }
      },
    ]),
  ) as TaskList;
  await prepareQueue(pool);
  let isStopping = false;
  const begin = async (): Promise<{ stop(): Promise<void> }> => {
    const place = await takePlace(pool);
    const events = new EventEmitter();
    const ids: string[] = [];
    const ending = new Promise<void>((done) => {
      events.on("pool:create", ({ workerPool }: { workerPool: { id: string } }) => void ids.push(workerPool.id));
      events.once("pool:fatalError", () => done());
      events.once("worker:fatalError", () => done());
    });
    await pool.query(`DELETE FROM graphile_worker._private_jobs WHERE ${OVERTAKEN}`);
    const runner = await run({
      pgPool: pool,
      taskList,
      concurrency: 2,
      noHandleSignals: true,
      pollInterval: 2000,
      // Otherwise it looks for a file named crontab wherever the portal was started.
      parsedCronItems: [],
      events,
      // Otherwise it does not wait for the note that a job is done, and the process ends when that cannot be written.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: new Logger(() => (level, message) => {
        if (level === "error") log(new Error(message));
      }),
    });
    const leave = async (): Promise<void> => {
      // It says so when it has stopped already.
      await Promise.race([runner.stop().catch(() => {}), wait(MOST_STOP_MS, null, { ref: false })]);
      place.release(true);
    };
    const over = Promise.race([ending, runner.promise.catch(log)]);
    void over.then(async () => {
      if (isStopping) return;
      await leave();
      await renew(ids);
    });
    return { stop: leave };
  };
  const renew = async (left: readonly string[]): Promise<void> => {
    while (!isStopping) {
      try {
        // Nobody else would touch for hours what the one that gave up had in its hands.
        await pool.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [left]);
        current = await begin();
        return;
      } catch (error) {
        log(error);
        await wait(RENEW_MS);
      }
    }
  };
  let current = await begin();
  return {
    stop: async () => {
      isStopping = true;
      await current.stop();
    },
  };
}

export type QueueFigures = {
  /** Due, and not yet begun. */
  waiting: number;
  /** Tried as often as they may be, and by no newer job of the same key instead. */
  failed: number;
  /** Since when the job is due that has waited longest. */
  oldest: Date | null;
};

/** How the queue stands. `pool` belongs to its owner. */
export async function countJobs(pool: pg.Pool): Promise<QueueFigures> {
  const { rows } = await pool.query<QueueFigures>(`
    SELECT count(*) FILTER (WHERE attempts < max_attempts AND run_at <= now() AND locked_at IS NULL)::int AS waiting,
      count(*) FILTER (WHERE attempts >= max_attempts AND NOT (${OVERTAKEN}))::int AS failed,
      min(run_at) FILTER (WHERE attempts < max_attempts AND run_at <= now() AND locked_at IS NULL) AS oldest
    FROM graphile_worker._private_jobs`);
  return rows[0] ?? { waiting: 0, failed: 0, oldest: null };
}
