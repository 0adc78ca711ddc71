import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Surroundings } from "./context.ts";
import { createDb, createPool, type Db } from "./db.ts";
import { createDiskStore } from "./files-disk.ts";
import type { JobHandlers, JobName } from "./jobs.ts";

/** Places apart from the portal: a schema with all its tables and none of its rows, and a folder for files. */
export type Sandboxes = {
  /** What an action in one works with. The schema must be there. */
  at(place: string): Surroundings;
  /** Does what was put off there, by this process, one after the other; what fails is logged and left. */
  work(place: string): Promise<void>;
  /** Lets go of one that was thrown away, files included. */
  forget(place: string): Promise<void>;
  close(): Promise<void>;
};

type Open = { surroundings: Surroundings; working: Promise<void>; close(): Promise<void> };

/** Each holds a client and a few connections. */
const MOST_OPEN = 4;
const CONNECTIONS = 3;

/** The address at which unqualified names mean the sandbox first, then the functions that it shares with the portal. */
function addressOf(url: string, place: string): string {
  const address = new URL(url);
  const options = `${address.searchParams.get("options") ?? ""} -c search_path=${place},public`.trim();
  address.searchParams.set("options", options);
  return address.href;
}

export type SandboxParts = {
  /** Past a pooler: a sandbox is chosen by a setting of its connections. */
  url: string;
  folder: string;
  publicUrl: string;
  /** What jobs do in surroundings of their own: nothing that leaves the house. */
  handlersIn(surroundings: Surroundings): Partial<JobHandlers>;
  log(error: unknown): void;
};

export function createSandboxes({ url, folder, publicUrl, handlersIn, log }: SandboxParts): Sandboxes {
  const open = new Map<string, Open>();

  function enter(place: string): Open {
    const known = open.get(place);
    if (known) {
      open.delete(place);
      open.set(place, known);
      return known;
    }
    const pool = createPool(addressOf(url, place), CONNECTIONS);
    const db = createDb(pool, place);
    const made: Open = {
      surroundings: { db, files: createDiskStore(join(folder, place)), publicUrl },
      working: Promise.resolve(),
      close: async () => {
        await db.$disconnect();
        await pool.end();
      },
    };
    open.set(place, made);
    const [oldest] = open.keys();
    if (open.size > MOST_OPEN && oldest) void leave(oldest).catch(log);
    return made;
  }

  async function leave(place: string): Promise<void> {
    const known = open.get(place);
    open.delete(place);
    await known?.working;
    await known?.close();
  }

  const work = async (place: string): Promise<void> => {
    const known = enter(place);
    known.working = known.working.then(() => drain(known.surroundings, handlersIn, log)).catch(log);
    await known.working;
  };

  return {
    at: (place) => enter(place).surroundings,
    work,
    forget: async (place) => {
      await leave(place);
      await rm(join(folder, place), { recursive: true, force: true });
    },
    close: async () => {
      await Promise.all([...open.keys()].map(leave));
    },
  };
}

type Waiting = { task: JobName; payload: never };

const takeNext = async (db: Db): Promise<Waiting | undefined> => {
  const [row] = await db.$queryRaw<Waiting[]>`
    DELETE FROM trial_jobs WHERE id = (SELECT id FROM trial_jobs ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING task, payload`;
  return row;
};

async function drain(
  surroundings: Surroundings,
  handlersIn: SandboxParts["handlersIn"],
  log: (error: unknown) => void,
): Promise<void> {
  let handlers: Partial<JobHandlers> | undefined;
  for (let next = await takeNext(surroundings.db); next; next = await takeNext(surroundings.db)) {
    handlers ??= handlersIn(surroundings);
    await handlers[next.task]?.(next.payload).catch(log);
  }
}
