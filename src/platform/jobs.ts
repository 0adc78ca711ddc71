import { Logger, type Runner, run, runMigrations, type TaskList } from "graphile-worker";
import type pg from "pg";
import type { Db, Tx } from "./db.ts";
import { Prisma } from "./db.ts";
import { describeError } from "./log.ts";

/** Every job and its payload; rooms extend it: `declare module "#platform/jobs.ts" { interface Jobs { "room.verb": {...} } }` */
// biome-ignore lint/suspicious/noEmptyInterface: extended by the rooms
export interface Jobs {}
export type JobName = keyof Jobs & string;

/** A job must be able to run twice: what it makes has a key of its own. */
export type JobHandlers = { [N in JobName]: (payload: Jobs[N]) => Promise<void> };

/**
 * Puts a job into the queue inside the caller's transaction: it exists if and only if the change does.
 * Goes through a SECURITY DEFINER function, since the role `app` does not own the queue (D9).
 * @param key jobs with the same key are one job while it waits
 */
export async function enqueue<N extends JobName>(tx: Tx | Db, name: N, payload: Jobs[N], key?: string): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT enqueue_job(${name}, ${JSON.stringify(payload)}::json, ${key ?? null})::text`);
}

/** Makes the queue, or brings it up to date; without it nothing can be enqueued. `pool` belongs to the owner of the queue. */
export const prepareQueue = (pool: pg.Pool): Promise<void> => runMigrations({ pgPool: pool });

/** The queue keeps and repeats what a failed job says: its kind and code, never its message, which may hold what it worked on. */
function quiet(error: unknown): Error {
  const { type, code } = describeError(error);
  return new Error([type, code].filter((part) => part !== undefined).join(" "));
}

/** Runs jobs until stopped. `pool` belongs to the owner of the queue. */
export async function startWorker(
  pool: pg.Pool,
  handlers: Partial<JobHandlers>,
  log: (error: unknown) => void,
): Promise<Runner> {
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      async (payload: unknown) => {
        try {
          await (handle as (p: unknown) => Promise<void>)(payload);
        } catch (error) {
          log(error);
          throw quiet(error);
        }
      },
    ]),
  ) as TaskList;
  const runner = await run({
    pgPool: pool,
    taskList,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    // Otherwise it looks for a file named crontab wherever the portal was started.
    parsedCronItems: [],
    logger: new Logger(() => (level, message) => {
      if (level === "error") log(new Error(message));
    }),
  });
  runner.promise.catch(log);
  return runner;
}
