import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FileStore, PartialStore } from "./files.ts";

const PLACE = /^[0-9a-f]{32}$/;

/**
 * Files that arrive in pieces, in the staging place, whose sweep also forgets them. How long a file is says how much of it
 * arrived: pieces only ever follow each other without a gap, whichever process of the portal writes them.
 */
export function createPartialStore(staging: string, stage: FileStore["stage"]): PartialStore {
  const pathOf = (place: string): string => {
    if (!PLACE.test(place)) throw new Error("no place of a partial file");
    return join(staging, place);
  };

  const lengthOf: PartialStore["lengthOf"] = async (place) => {
    try {
      return (await stat(pathOf(place))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  };

  return {
    lengthOf,
    begin: async () => {
      await mkdir(staging, { recursive: true, mode: 0o700 });
      const place = randomBytes(16).toString("hex");
      await (await open(pathOf(place), "wx", 0o600)).close();
      return place;
    },
    append: async (place, from, source, maxBytes) => {
      let left = maxBytes;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          const taken = chunk.subarray(0, left);
          left -= taken.length;
          done(null, taken);
        },
      });
      await pipeline(source, measure, createWriteStream(pathOf(place), { flags: "r+", start: from }));
    },
    gather: async (place, maxBytes) => {
      const length = await lengthOf(place);
      return length === null ? null : stage(createReadStream(pathOf(place)), maxBytes);
    },
    forget: (place) => rm(pathOf(place), { force: true }),
  };
}
