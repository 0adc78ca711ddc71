import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordSecurity } from "#audit/index.ts";
import { verifyFiles } from "#documents/index.ts";
import { verifyHistory } from "#dossiers/index.ts";
import { now } from "#platform/clock.ts";
import { systemContext } from "#platform/context.ts";
import { createPool } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { enqueue, prepareQueue } from "#platform/jobs.ts";
import { restoreBackup } from "../../src/ops/backup/restore.ts";
import { seal, unseal } from "../../src/ops/backup/seal.ts";
import { takeBackup } from "../../src/ops/backup/take.ts";
import { codes, makeWorld, register } from "../desk/world.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const KEY = "một cụm từ chỉ người giữ bản sao lưu biết";
const PDF = Buffer.from("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
const folder = mkdtempSync(join(tmpdir(), "backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
let count = 0;
const place = (): string => join(folder, `${count++}`);

const world = await makeWorld("dongKinhDesk");
const source = { ownerUrl: world.ownerUrl, files: world.files, now: now() };

/** An empty, migrated database and an empty store, as on a new machine. */
async function newPlace(): Promise<TestDatabase & { files: ReturnType<typeof createDiskStore>; folder: string }> {
  const database = await testDatabase();
  const pool = createPool(database.ownerUrl, 1);
  await prepareQueue(pool);
  await pool.end();
  const files = place();
  return { ...database, files: createDiskStore(files), folder: files };
}

const attach = async (dossierId: string | null, name: string): Promise<void> => {
  const staged = await world.files.stage(Readable.from([Buffer.concat([PDF, Buffer.from(name)])]), 10_000);
  if (!staged) throw new Error("not staged");
  await world.db.attachment.create({
    data: {
      dossierId,
      requirementId: "x",
      kind: "paper",
      name,
      size: staged.size,
      mediaType: "application/pdf",
      sha256: staged.sha256,
      storageKey: await world.files.keep(staged),
      createdAt: now(),
    },
  });
};

/** Of everything, once; and a place into which nothing was ever restored. */
const backup = place();
const empty = await newPlace();

const sums = async (db: TestDatabase["db"]): Promise<unknown> =>
  db.$queryRaw`SELECT (SELECT count(*)::int FROM dossiers) AS dossiers, (SELECT count(*)::int FROM dossier_events) AS events,
    (SELECT md5(string_agg(hash, '' ORDER BY hash)) FROM dossier_events) AS chain,
    (SELECT md5(string_agg(a::text, '' ORDER BY a.id)) FROM accounts a) AS accounts,
    (SELECT md5(string_agg(v::text, '' ORDER BY v.id)) FROM procedure_versions v) AS versions`;

beforeAll(async () => {
  for (let made = 0; made < 3; made++) {
    const { dossierId } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
    await attach(dossierId, `Giấy ${made}; “trích” 100%\n.pdf`);
  }
  await world.db.session.create({ data: { sid: "x", sess: {}, expire: new Date(Date.now() + 60_000) } });
  await recordSecurity(systemContext(world, now(), "test"), { kind: "sign_in.passed" }, world.db);
  await enqueue(world.db, "filing.tidy", {}, "filing.tidy");
  await takeBackup(source, backup, KEY);
});

test("a backup taken while dossiers are filed is restored to a state whose history verifies and whose files all match", async () => {
  let isOver = false;
  const filing = (async () => {
    let filed = 0;
    while (!isOver) {
      const { dossierId } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
      await attach(dossierId, `Giấy lúc sao lưu ${filed++}.pdf`);
    }
  })();
  const busy = place();
  const taken = await takeBackup(source, busy, KEY);
  isOver = true;
  await filing;
  expect(taken.broken).toEqual([]);
  const target = await newPlace();
  const restored = await restoreBackup(target, busy, KEY);
  expect(restored).toMatchObject({ rows: taken.rows, files: taken.files });
  const { dossiers, breaks } = await verifyHistory(target);
  expect(dossiers).toBeGreaterThanOrEqual(3);
  expect(breaks).toEqual([]);
  expect(await verifyFiles(target, () => {})).toMatchObject({ broken: 0, files: taken.files });
});

test("nobody reads a name in a backup", () => {
  const files = readdirSync(backup, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(20);
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name));
    for (const word of ["Nhàn", "%PDF", "storageKey", "dossiers"]) expect(bytes.includes(word)).toBe(false);
  }
});

test("a folder that holds something, a place that holds something, another key and another version are refused", async () => {
  await expect(takeBackup(source, backup, KEY)).rejects.toThrow(/không trống/);
  await expect(restoreBackup({ ownerUrl: world.ownerUrl, files: world.files }, backup, KEY)).rejects.toThrow(
    /không trống/,
  );
  const target = empty;
  await expect(restoreBackup(target, backup, "một cụm từ khác, cũng dài như thế")).rejects.toThrow(/BACKUP_KEY/);
  await expect(restoreBackup(target, folder, KEY)).rejects.toThrow(/không phải bản sao lưu/);
  const pool = createPool(target.ownerUrl, 1);
  const spine = "UPDATE _prisma_migrations SET rolled_back_at = $1 WHERE migration_name LIKE '%_spine'";
  await pool.query(spine, [now()]);
  await expect(restoreBackup(target, backup, KEY)).rejects.toThrow(/_spine.*phiên bản/);
  await pool.query(spine, [null]);
  await pool.end();
});

test.each([
  [
    "altered",
    (file: string) =>
      writeFileSync(
        file,
        readFileSync(file).map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      ),
  ],
  ["cut off", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, -20))],
  ["missing", (file: string) => rmSync(file)],
  ["another table's", (file: string) => renameSync(file.replace("accounts", "agencies"), file)],
])("of a backup whose table is %s nothing is restored", async (_how, spoil) => {
  const spoilt = place();
  cpSync(backup, spoilt, { recursive: true });
  spoil(join(spoilt, "tables/accounts.sealed"));
  await expect(restoreBackup(empty, spoilt, KEY)).rejects.toThrow(/hỏng|bản kê/);
  expect(await empty.db.agency.count()).toBe(0);
});

test("a file that is missing or altered in the store is told, and so is one that was changed after it came in", async () => {
  await attach(null, "của một bản nháp");
  const [draft, filed] = await Promise.all([
    world.db.attachment.findFirstOrThrow({ where: { dossierId: null } }),
    world.db.attachment.findFirstOrThrow({ where: { dossierId: { not: null } } }),
  ]);
  const path = join(world.folder, filed.storageKey.slice(0, 2), filed.storageKey.slice(2, 4), filed.storageKey);
  const bytes = readFileSync(path);
  await world.files.remove(draft.storageKey);
  writeFileSync(path, "khác");
  const told: string[] = [];
  await verifyFiles(world, ({ id, why }) => told.push(`${id} ${why}`));
  expect(told.sort()).toEqual([`${draft.id} missing`, `${filed.id} altered`].sort());
  const later = place();
  const { broken } = await takeBackup(source, later, KEY);
  expect(broken).toHaveLength(1);
  const target = empty;
  // What its owner deleted from a draft meanwhile is not missed.
  expect(await restoreBackup(target, later, KEY)).toMatchObject({ gone: 1 });
  expect(await target.db.attachment.count({ where: { id: draft.id } })).toBe(0);
  writeFileSync(path, bytes);
});

test("everything came back as it was, with the queue, guarded as before, and without anybody's session", async () => {
  const target = empty;
  expect(await sums(target.db)).toEqual(await sums(world.db));
  expect(await target.db.session.count()).toBe(0);
  const pool = createPool(target.ownerUrl, 1);
  const { rows } = await pool.query("SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'filing.tidy'");
  expect(rows).toEqual([{ key: "filing.tidy" }]);
  await expect(pool.query("DELETE FROM dossier_events")).rejects.toThrow(/append-only/);
  const { rows: loose } = await pool.query(
    "SELECT conname FROM pg_constraint WHERE contype = 'f' AND (NOT convalidated OR confrelid = 0)",
  );
  expect(loose).toEqual([]);
  await pool.end();
});

test("after a restore the next row that numbers itself has a number of its own", async () => {
  const newest = async (db: TestDatabase["db"]): Promise<bigint> =>
    (await db.securityEvent.findFirstOrThrow({ orderBy: { id: "desc" } })).id;
  await recordSecurity(systemContext({ ...world, db: empty.db }, now(), "test"), { kind: "sign_in.passed" }, empty.db);
  expect(await newest(empty.db)).toBe((await newest(world.db)) + 1n);
});

test("a sealed stream opens to itself, however it is cut", async () => {
  const key = Buffer.alloc(32, 1);
  for (const size of [0, 1, 15, 16, 17, 70_000]) {
    const plain = Buffer.alloc(size, "đ");
    const sealed = await buffer(Readable.from(seal(Readable.from([plain]), key, "a")));
    for (const piece of [1, 13, 5000]) {
      const pieces = Array.from({ length: Math.ceil(sealed.length / piece) }, (_one, i) =>
        sealed.subarray(i * piece, (i + 1) * piece),
      );
      if (size > 100 && piece === 1) continue;
      expect((await buffer(Readable.from(unseal(Readable.from(pieces), key, "a")))).equals(plain)).toBe(true);
    }
    await expect(buffer(Readable.from(unseal(Readable.from([sealed]), key, "b")))).rejects.toThrow();
  }
});
