import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { FileStore, StagedFile } from "#platform/files.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { Refusal } from "#platform/refusal.ts";

const folders: string[] = [];
let root: string;
let store: FileStore;

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), "tệp một cửa ")), "files");
  folders.push(root);
  store = createDiskStore(root);
});
afterAll(() => Promise.all(folders.map((folder) => rm(join(folder, ".."), { recursive: true, force: true }))));

const stage = async (text: string): Promise<StagedFile> => {
  const staged = await store.stage(Readable.from([Buffer.from(text)]), 1000);
  if (!staged) throw new Error("too long");
  return staged;
};
const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => one.name);
const age = (name: string, hours: number): void => {
  const found = readdirSync(root, { recursive: true, encoding: "utf8" }).find((one) => one.endsWith(name)) as string;
  const then = new Date(Date.now() - hours * 3_600_000);
  utimesSync(join(root, found), then, then);
};
const dayAgo = (): Date => new Date(Date.now() - 24 * 3_600_000);

describe("files on disk", () => {
  test("what is staged, kept and opened is the same, and its hash was taken on the way", async () => {
    const staged = await stage("hồ sơ");
    expect(staged).toMatchObject({
      size: Buffer.byteLength("hồ sơ"),
      sha256: createHash("sha256").update("hồ sơ").digest("hex"),
    });
    const key = await store.keep(staged);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(readFileSync(join(root, key.slice(0, 2), key.slice(2, 4), key), "utf8")).toBe("hồ sơ");
    expect((await buffer(await store.open(key))).toString()).toBe("hồ sơ");
    expect(readdirSync(join(root, "staging"))).toEqual([]);
  });

  test("a file longer than allowed leaves nothing, and its source is read to the end", async () => {
    let given = 0;
    const source = Readable.from(
      (function* () {
        for (; given < 50; given++) yield Buffer.alloc(100);
      })(),
    );
    expect(await store.stage(source, 1000)).toBeNull();
    expect(given).toBe(50);
    expect(filesUnder(root)).toEqual([]);
  });

  test("a source that breaks off leaves nothing", async () => {
    const source = new Readable({ read() {} });
    source.push("half");
    setTimeout(() => source.destroy(new Error("gone")), 20);
    await expect(store.stage(source, 1000)).rejects.toThrow("gone");
    expect(filesUnder(root)).toEqual([]);
  });

  test.each(["0".repeat(32), "../../../etc/passwd", "", "staging", "00/00/x", `${"a".repeat(31)}\0`])(
    "the unknown key %j is not found",
    async (key) => {
      const refused = await store.open(key).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Refusal);
      expect((refused as Refusal).status).toBe(404);
      await store.remove(key);
    },
  );

  test("a removed file is gone, and removing it again is no error", async () => {
    const key = await store.write(Buffer.from("x"));
    await store.remove(key);
    await store.remove(key);
    await expect(store.open(key)).rejects.toBeInstanceOf(Refusal);
  });

  test("throwing away a staged file that was kept does not touch the kept one", async () => {
    const staged = await stage("giữ");
    const key = await store.keep(staged);
    await store.discard(staged);
    expect((await buffer(await store.open(key))).toString()).toBe("giữ");
  });

  test("after a crash, what is older than a day and belongs to nobody is swept; the rest stays, however often it is done", async () => {
    const crashedStaged = await stage("before the row");
    const freshStaged = await stage("still uploading");
    const named = await store.write(Buffer.from("named"));
    const orphan = await store.write(Buffer.from("kept, but its transaction was rolled back"));
    const fresh = await store.write(Buffer.from("its row is being written"));
    age(crashedStaged.path.split("/").at(-1) as string, 25);
    age(named, 25);
    age(orphan, 25);
    const asked: string[] = [];
    const listNamed = async (keys: readonly string[]): Promise<string[]> => {
      asked.push(...keys);
      return keys.filter((key) => key === named);
    };
    expect(await store.sweep(dayAgo(), listNamed)).toEqual({ staged: 1, stored: 1 });
    expect(asked.sort()).toEqual([named, orphan].sort());
    expect(filesUnder(root).sort()).toEqual([freshStaged.path.split("/").at(-1), named, fresh].sort());
    expect(await store.sweep(dayAgo(), listNamed)).toEqual({ staged: 0, stored: 0 });
  });

  test("a store whose folder does not exist yet has nothing to sweep", async () => {
    expect(await createDiskStore(join(root, "none")).sweep(dayAgo(), async () => [])).toEqual({ staged: 0, stored: 0 });
  });
});
