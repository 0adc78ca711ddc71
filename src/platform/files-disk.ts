import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import type { FileStore } from "./files.ts";
import { notFound } from "./refusal.ts";
import { createStore, entriesOf, isMissing, lastWritten, removeFile } from "./staging.ts";

const FOLDER = /^[0-9a-f]{2}$/;

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

/** Files in a folder of this machine: `root/ab/cd/<key>`, and `root/staging` for what is not yet anybody's. */
export function createDiskStore(root: string): FileStore {
  const placeOf = (key: string): string => join(root, key.slice(0, 2), key.slice(2, 4), key);

  /** Both levels, and the entries that lead to them, on disk. */
  const prepareFolder = async (folder: string): Promise<void> => {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made === undefined) return;
    const level = dirname(folder);
    await syncFolder(level);
    await syncFolder(root);
  };

  return createStore(join(root, "staging"), {
    take: async ({ path }, key) => {
      const place = placeOf(key);
      const folder = dirname(place);
      await Promise.all([syncFile(path), prepareFolder(folder)]);
      await rename(path, place);
      await syncFolder(folder);
    },
    open: async (key) => {
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
    remove: (key) => removeFile(placeOf(key)),
    oldKeys: async function* (before) {
      for (const first of await entriesOf(root)) {
        if (!FOLDER.test(first)) continue;
        for (const second of await entriesOf(join(root, first))) {
          if (!FOLDER.test(second)) continue;
          for (const key of await entriesOf(join(root, first, second)))
            if ((await lastWritten(placeOf(key))) < before) yield key;
        }
      }
    },
  });
}
