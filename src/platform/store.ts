import { join } from "node:path";
import type { FileStore } from "./files.ts";
import { createDiskStore } from "./files-disk.ts";
import type { S3Place } from "./s3-place.ts";

/** The files of this installation: in the data folder, or in a bucket where one is configured. */
export async function openStore({ dataDir, s3 }: { dataDir: string; s3: S3Place | null }): Promise<FileStore> {
  const folder = join(dataDir, "files");
  if (!s3) return createDiskStore(folder);
  // The client is large, and most installations have no use for it.
  const { createS3Store } = await import("./files-s3.ts");
  return createS3Store(join(folder, "staging"), s3);
}
