import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { FileStore } from "#platform/files.ts";
import { HEADER, Header, LEFT_OUT, MANIFEST, Manifest, quoted, storedFile, tableFile } from "./format.ts";
import { deriveKey, unseal } from "./seal.ts";

/** A backup that cannot be restored, or a place that it cannot be restored into; the text says what to do. */
export class RestoreError extends Error {}

type Place = { folder: string; key: Buffer };

const opened = ({ folder, key }: Place, name: string): Readable =>
  Readable.from(unseal(createReadStream(join(folder, name)), key, name));

/** @throws RestoreError when it is no backup, or the passphrase is another */
async function readManifest(folder: string, passphrase: string): Promise<{ place: Place; manifest: Manifest }> {
  const header = Header.safeParse(
    await readFile(join(folder, HEADER), "utf8")
      .then(JSON.parse)
      .catch(() => null),
  );
  if (!header.success) throw new RestoreError(`${folder}: không phải bản sao lưu / is no backup`);
  const place = { folder, key: deriveKey(passphrase, Buffer.from(header.data.salt, "hex"), header.data.format) };
  try {
    const unpacked = createGunzip();
    const [whole] = await Promise.all([buffer(unpacked), pipeline(opened(place, MANIFEST), unpacked)]);
    return { place, manifest: Manifest.parse(JSON.parse(whole.toString())) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new RestoreError(`${folder}: bản sao lưu dở dang, thiếu ${MANIFEST} / the backup was not finished`);
    throw new RestoreError(
      "BACKUP_KEY không mở được bản sao lưu này, hoặc bản sao lưu bị sửa / does not open this backup",
    );
  }
}

async function mustFit(client: pg.Client, { migrations }: Manifest): Promise<void> {
  const { rows: known } = await client.query("SELECT to_regclass('public._prisma_migrations') AS table");
  if (!known[0]?.table)
    throw new RestoreError(
      "Cơ sở dữ liệu đích chưa có cấu trúc: chạy npm run prisma -- migrate deploy trước / migrate the empty database first",
    );
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const here = new Set(rows.map(({ migration_name }) => migration_name));
  const strange = [
    ...migrations.filter((name) => !here.has(name)),
    ...[...here].filter((name) => !migrations.includes(name)),
  ];
  if (strange.length > 0)
    throw new RestoreError(
      `Cấu trúc đích khác bản sao lưu (${strange.join(", ")}): dùng đúng phiên bản mã nguồn lúc sao lưu / use the source code of the time of the backup`,
    );
  const { rows: held } = await client.query(
    "SELECT (SELECT count(*) FROM accounts) + (SELECT count(*) FROM dossiers) + (SELECT count(*) FROM drafts) AS count",
  );
  if (Number(held[0]?.count) > 0) throw new RestoreError("Cơ sở dữ liệu đích không trống / the database is not empty");
}

type Constraint = { table: string; name: string; definition: string };

/** References among tables are set aside, and all are checked when they are put back. */
async function setReferencesAside(client: pg.Client): Promise<Constraint[]> {
  const { rows } = await client.query<Constraint>(`
    SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conname`);
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`);
  return rows;
}

async function loadTable(
  client: pg.Client,
  place: Place,
  { name, columns, rows, sha256 }: Manifest["tables"][number],
): Promise<void> {
  await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  await client.query(`DELETE FROM ${quoted(name)}`);
  const hash = createHash("sha256");
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const copy = client.query(copyFrom(`COPY ${quoted(name)} (${columns.map(quoted).join(", ")}) FROM STDIN`));
  await pipeline(opened(place, tableFile(name)), createGunzip(), measure, copy);
  if (hash.digest("hex") !== sha256 || copy.rowCount !== rows)
    throw new RestoreError(`${name}: không khớp bản kê / does not match the manifest`);
}

/** A column that counts by itself goes on after the last number that came back: the next row would meet it otherwise. */
async function moveCountersOn(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    SELECT c.relname AS table, a.attname AS column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL`);
  for (const { table, column, sequence } of rows)
    await client.query(`SELECT setval($1, coalesce(max(${quoted(column)}), 0) + 1, false) FROM ${quoted(table)}`, [
      sequence,
    ]);
}

async function loadDatabase(client: pg.Client, place: Place, manifest: Manifest): Promise<void> {
  await client.query("BEGIN");
  await client.query("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL statement_timeout = 0");
  const references = await setReferencesAside(client);
  for (const table of manifest.tables) await loadTable(client, place, table);
  await moveCountersOn(client);
  await client.query('DELETE FROM attachments WHERE "storageKey" = ANY($1)', [manifest.gone]);
  for (const { table, name, definition } of references)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`);
  for (const { name } of manifest.tables) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
  for (const name of LEFT_OUT.filter((one) => one !== "_prisma_migrations"))
    await client.query(`DELETE FROM ${quoted(name)}`);
  for (const { task, payload, key } of manifest.jobs)
    await client.query("SELECT graphile_worker.add_job($1, $2::json, job_key => $3)", [
      task,
      JSON.stringify(payload),
      key,
    ]);
  await client.query("COMMIT");
  await client.query("ANALYZE");
}

/** Files first, then the database: a row never names a file that is not there. */
async function loadFiles(files: FileStore, place: Place, manifest: Manifest): Promise<void> {
  for (const { key, size, sha256 } of manifest.files) {
    const staged = await files.stage(opened(place, storedFile(key)), size);
    if (staged?.sha256 !== sha256) {
      if (staged) await files.discard(staged);
      throw new RestoreError(`${key}: không khớp bản kê / does not match the manifest`);
    }
    await files.keep(staged, key);
  }
}

/**
 * Brings a backup into a migrated, empty database and a store of files: all of the database or nothing, every sum and
 * every reference checked on the way.
 * @throws RestoreError with what to do
 */
export async function restoreBackup(
  target: { ownerUrl: string; files: FileStore },
  folder: string,
  passphrase: string,
): Promise<{ takenAt: string; tables: number; rows: number; files: number; gone: number }> {
  const { place, manifest } = await readManifest(folder, passphrase);
  const client = new pg.Client({ connectionString: target.ownerUrl });
  await client.connect();
  try {
    await mustFit(client, manifest);
    await loadFiles(target.files, place, manifest);
    await loadDatabase(client, place, manifest);
  } catch (error) {
    if (error instanceof RestoreError) throw error;
    throw new RestoreError(
      `Bản sao lưu bị hỏng hoặc bị sửa / the backup is broken or was altered: ${(error as Error).message}`,
    );
  } finally {
    await client.end();
  }
  const { takenAt, tables, files, gone } = manifest;
  return {
    takenAt,
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    files: files.length,
    gone: gone.length,
  };
}
