import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import type { FileStore, StagedFile } from "#platform/files.ts";
import { createS3Store } from "#platform/files-s3.ts";
import { Refusal } from "#platform/refusal.ts";
import { readEncryption } from "#platform/s3-place.ts";
import { startS3 } from "../support/s3.ts";

const folder = mkdtempSync(join(tmpdir(), "staging-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const { place, told } = await startS3();
const store = createS3Store(folder, place());

const stage = async (bytes: Buffer, into: FileStore = store): Promise<StagedFile> => {
  const staged = await into.stage(Readable.from([bytes]), bytes.length);
  if (!staged) throw new Error("too long");
  return staged;
};

test("what is kept is opened byte for byte, and nothing of it stays on this machine", async () => {
  const bytes = randomBytes(300_000);
  const key = await store.keep(await stage(bytes));
  expect((await buffer(await store.open(key))).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
  const put = told.find(({ method, path }) => method === "PUT" && path.includes(key));
  expect(put?.headers["x-amz-checksum-sha256"]).toBe(createHash("sha256").update(bytes).digest("base64"));
});

test("what was never kept, or was removed, is not found; what is no key names nothing", async () => {
  const key = await store.write(Buffer.from("hồ sơ"));
  await store.remove(key);
  await store.remove(key);
  for (const gone of [key, "0".repeat(32), "../x"])
    await expect(store.open(gone)).rejects.toMatchObject(new Refusal("platform.refused.notFound", 404));
});

test("a file comes back under the name that it had", async () => {
  const key = "ab".repeat(16);
  expect(await store.keep(await stage(Buffer.from("x")), key)).toBe(key);
  expect((await buffer(await store.open(key))).toString()).toBe("x");
});

test("what no row names is swept, page by page of the bucket's list; what is named, or young, stays", async () => {
  const named = await store.write(Buffer.from("named"));
  const lost = await store.write(Buffer.from("lost"));
  expect(await store.sweep(new Date(0), async () => [])).toEqual({ staged: 0, stored: 0 });
  const future = new Date(Date.now() + 60_000);
  const { stored } = await store.sweep(future, async (keys) => keys.filter((key) => key !== lost));
  expect(stored).toBe(1);
  expect((await buffer(await store.open(named))).toString()).toBe("named");
  await expect(store.open(lost)).rejects.toBeInstanceOf(Refusal);
});

const CUSTOMER = Buffer.alloc(32, 7).toString("base64");
test.each([
  ["AES256", { "x-amz-server-side-encryption": "AES256" }],
  [
    "aws:kms:khoa-1",
    { "x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id": "khoa-1" },
  ],
  [
    `customer:${CUSTOMER}`,
    {
      "x-amz-server-side-encryption-customer-algorithm": "AES256",
      "x-amz-server-side-encryption-customer-key": CUSTOMER,
    },
  ],
])("the server is told to encrypt with %s", async (text, headers) => {
  const encrypted = createS3Store(folder, place(readEncryption(text)));
  const key = await encrypted.write(Buffer.from("kín"));
  await buffer(await encrypted.open(key));
  const [put, got] = ["PUT", "GET"].map((wanted) =>
    told.find(({ method, path }) => method === wanted && path.includes(key)),
  );
  expect(put?.headers).toMatchObject(headers);
  // A key that only the portal has must be shown again to read.
  if (text.startsWith("customer")) expect(got?.headers).toMatchObject(headers);
});

test.each(["aes", "customer:abc", "", "customer:"])("%o names no encryption", (text) => {
  expect(readEncryption(text)).toBeNull();
});
