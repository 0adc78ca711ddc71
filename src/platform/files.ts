import type { Readable } from "node:stream";

/** A finished upload on disk, hashed while it streamed; not yet anybody's. */
export type StagedFile = { path: string; size: number; sha256: string };

/** Where bytes live: a folder now, an object store later. Keys are random and say nothing. */
export type FileStore = {
  /** Takes a staged file over: synced and renamed, so that a row written afterwards never names a missing file. */
  keep(staged: StagedFile): Promise<string>;
  /** Stores bytes that the portal itself made. */
  write(bytes: Uint8Array): Promise<string>;
  /** @throws Refusal 404 when there is no such file */
  open(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
};
