import type { Readable } from "node:stream";

/** A finished upload on disk, hashed while it streamed; not yet anybody's. */
export type StagedFile = { path: string; size: number; sha256: string };

/** Where bytes live: a folder, or an object store. Keys are random and say nothing. */
export type FileStore = {
  /**
   * Streams bytes to a temporary place. Reads the source to its end even when it is too long, so that what follows it in
   * a form is read, too; null: more than `maxBytes`, nothing is left.
   */
  stage(source: Readable, maxBytes: number): Promise<StagedFile | null>;
  /** Throws a staged file away; one that was kept, or is gone, stays as it is. */
  discard(staged: StagedFile): Promise<void>;
  /**
   * Takes a staged file over, so that a row written afterwards never names a missing file.
   * @param key what it was called before, when it is brought back
   */
  keep(staged: StagedFile, key?: string): Promise<string>;
  /** Stores bytes that the portal itself made. */
  write(bytes: Uint8Array): Promise<string>;
  /** @throws Refusal 404 when there is no such file */
  open(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
  /**
   * Removes staged files last written before `before`, and stored ones of that age whose key `listNamed` does not give
   * back: what was left by a crash between file and row. May run at any time, any number of times.
   */
  sweep(before: Date, listNamed: (keys: readonly string[]) => Promise<readonly string[]>): Promise<Swept>;
  partials: PartialStore;
};

/** Where files grow that arrive in pieces; what nobody has added to for a day is swept. */
export type PartialStore = {
  /** An empty one. @returns what it is called */
  begin(): Promise<string>;
  /** How many bytes arrived; null: there is no such file. */
  lengthOf(place: string): Promise<number | null>;
  /** Writes a piece from `from` on, at most so many bytes; when the sender breaks off, what arrived stays. */
  append(place: string, from: number, source: Readable, maxBytes: number): Promise<void>;
  /**
   * A staged copy of what arrived, which nobody writes to any more: a slow sender of an earlier try may still hold the
   * partial file itself. Null: it is gone, or too long.
   */
  gather(place: string, maxBytes: number): Promise<StagedFile | null>;
  forget(place: string): Promise<void>;
};

export type Swept = { staged: number; stored: number };
