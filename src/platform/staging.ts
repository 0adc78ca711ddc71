import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FileStore, StagedFile, Swept } from "./files.ts";
import { createPartialStore } from "./partials-disk.ts";
import { notFound } from "./refusal.ts";

const KEY = /^[0-9a-f]{32}$/;
const SWEEP_BATCH = 500;

/** What a place that keeps files for good must be able to do; staging, sweeping and names are the same for all. */
export type ObjectStore = {
  /** Takes a staged file over, whole or not at all. */
  take(staged: StagedFile, key: string): Promise<void>;
  /** @throws Refusal 404 when there is no such file */
  open(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
  /** Keys of files last written before then. */
  oldKeys(before: number): AsyncGenerator<string>;
};

export const newName = (): string => randomBytes(16).toString("hex");

export const isMissing = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

/** Removes a file that may be gone already. (`rm` would look at it first, and hold the process up meanwhile.) */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Milliseconds; for ever when it is gone. */
export const lastWritten = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return Number.POSITIVE_INFINITY;
    throw error;
  }
};

export const entriesOf = async (path: string): Promise<string[]> => {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** A store whose files come in through a folder of this machine, and are then kept by `objects`. */
export function createStore(staging: string, objects: ObjectStore): FileStore {
  const stage: FileStore["stage"] = async (source, maxBytes) => {
    // It may break while its place is being made, when nobody else listens yet; the pipeline learns of it all the same.
    source.on("error", () => {});
    await mkdir(staging, { recursive: true, mode: 0o700 });
    const path = join(staging, newName());
    const hash = createHash("sha256");
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > maxBytes) return done();
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, measure, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    } catch (error) {
      await removeFile(path);
      throw error;
    }
    if (size <= maxBytes) return { path, size, sha256: hash.digest("hex") };
    await removeFile(path);
    return null;
  };

  async function sweepStaged(before: number): Promise<number> {
    let count = 0;
    for (const name of await entriesOf(staging)) {
      if ((await lastWritten(join(staging, name))) >= before) continue;
      await removeFile(join(staging, name));
      count++;
    }
    return count;
  }

  const keep: FileStore["keep"] = async (staged, key = newName()) => {
    await objects.take(staged, key);
    return key;
  };

  const remove: FileStore["remove"] = async (key) => {
    if (KEY.test(key)) await objects.remove(key);
  };

  const sweep: FileStore["sweep"] = async (before, listNamed): Promise<Swept> => {
    const staged = await sweepStaged(before.getTime());
    let stored = 0;
    let batch: string[] = [];
    const settle = async (): Promise<void> => {
      if (batch.length === 0) return;
      const named = new Set(await listNamed(batch));
      for (const key of batch.filter((one) => !named.has(one))) {
        await remove(key);
        stored++;
      }
      batch = [];
    };
    for await (const key of objects.oldKeys(before.getTime())) {
      if (!KEY.test(key)) continue;
      batch.push(key);
      if (batch.length === SWEEP_BATCH) await settle();
    }
    await settle();
    return { staged, stored };
  };

  return {
    stage,
    keep,
    remove,
    sweep,
    discard: ({ path }) => removeFile(path),
    partials: createPartialStore(staging, stage),
    write: async (bytes) => {
      const staged = await stage(Readable.from([bytes]), Number.POSITIVE_INFINITY);
      return keep(staged as StagedFile);
    },
    open: async (key) => {
      if (!KEY.test(key)) throw notFound();
      return objects.open(key);
    },
  };
}
