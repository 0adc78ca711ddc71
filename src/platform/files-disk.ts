import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type { FileStore, StagedFile, Swept } from "./files.ts";
import { createPartialStore } from "./partials-disk.ts";
import { notFound } from "./refusal.ts";

const KEY = /^[0-9a-f]{32}$/;
const FOLDER = /^[0-9a-f]{2}$/;
const SWEEP_BATCH = 500;

const isMissing = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

/** An entry of a folder is on disk only when the folder itself is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const lastWritten = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return Number.POSITIVE_INFINITY;
    throw error;
  }
};

const entriesOf = async (path: string): Promise<string[]> => {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** Files in a folder of this machine: `root/ab/cd/<key>`, and `root/staging` for what is not yet anybody's. */
export function createDiskStore(root: string): FileStore {
  const staging = join(root, "staging");
  const placeOf = (key: string): string => join(root, key.slice(0, 2), key.slice(2, 4), key);
  const newName = (): string => randomBytes(16).toString("hex");

  /** Both levels, and the entries that lead to them, on disk. */
  const prepareFolder = async (folder: string): Promise<void> => {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made === undefined) return;
    const level = dirname(folder);
    await syncFolder(level);
    await syncFolder(root);
  };

  const stage: FileStore["stage"] = async (source, maxBytes) => {
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
      await rm(path, { force: true });
      throw error;
    }
    if (size <= maxBytes) return { path, size, sha256: hash.digest("hex") };
    await rm(path, { force: true });
    return null;
  };

  const keep: FileStore["keep"] = async ({ path }) => {
    const key = newName();
    const place = placeOf(key);
    const folder = dirname(place);
    await Promise.all([syncFile(path), prepareFolder(folder)]);
    await rename(path, place);
    await syncFolder(folder);
    return key;
  };

  const discard: FileStore["discard"] = ({ path }) => rm(path, { force: true });

  const remove: FileStore["remove"] = async (key) => {
    if (KEY.test(key)) await rm(placeOf(key), { force: true });
  };

  async function sweepStaged(before: number): Promise<number> {
    let count = 0;
    for (const name of await entriesOf(staging)) {
      if ((await lastWritten(join(staging, name))) >= before) continue;
      await rm(join(staging, name), { force: true });
      count++;
    }
    return count;
  }

  async function* oldKeys(before: number): AsyncGenerator<string> {
    for (const first of await entriesOf(root)) {
      if (!FOLDER.test(first)) continue;
      for (const second of await entriesOf(join(root, first))) {
        if (!FOLDER.test(second)) continue;
        for (const key of await entriesOf(join(root, first, second)))
          if (KEY.test(key) && (await lastWritten(placeOf(key))) < before) yield key;
      }
    }
  }

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
    for await (const key of oldKeys(before.getTime())) {
      batch.push(key);
      if (batch.length === SWEEP_BATCH) await settle();
    }
    await settle();
    return { staged, stored };
  };

  return {
    stage,
    discard,
    keep,
    remove,
    sweep,
    partials: createPartialStore(staging, stage),
    write: async (bytes) => {
      const staged = await stage(Readable.from([bytes]), Number.POSITIVE_INFINITY);
      return keep(staged as StagedFile);
    },
    open: async (key) => {
      if (!KEY.test(key)) throw notFound();
      try {
        const file = await open(placeOf(key), "r");
        const stream = file.createReadStream();
        // Nobody may be listening yet when the disk fails; the reader learns of it all the same.
        finished(stream).catch(() => {});
        return stream;
      } catch (error) {
        if (isMissing(error)) throw notFound();
        throw error;
      }
    },
  };
}
