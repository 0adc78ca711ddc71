import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { namedFilesQuery } from "#documents/index.ts";
import type { FileStore } from "#platform/files.ts";
import { Refusal } from "#platform/refusal.ts";
import { HEADER, LEFT_OUT, MANIFEST, type Manifest, quoted, storedFile, tableFile } from "./format.ts";
import { deriveKey, seal } from "./seal.ts";

export type Taken = { tables: number; rows: number; files: number; bytes: number; broken: string[] };

type Place = { folder: string; key: Buffer };

/** Writes a sealed file, on disk when it returns. @returns sum and size of what went in */
async function store(
  { folder, key }: Place,
  name: string,
  source: Readable,
  isPacked: boolean,
): Promise<{ sha256: string; size: number }> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash("sha256");
  let size = 0;
  const measure = async function* (bytes: AsyncIterable<Buffer>) {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  const close = (bytes: AsyncIterable<Buffer>) => seal(bytes, key, name);
  const options = { flags: "wx", mode: 0o600, flush: true };
  if (isPacked) await pipeline(source, measure, createGzip(), close, createWriteStream(path, options));
  else await pipeline(source, measure, close, createWriteStream(path, options));
  return { sha256: hash.digest("hex"), size };
}

/** Tables in the order of their names, with the columns that are written, not computed. */
async function listTables(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname`);
  return rows.filter(({ name }) => !LEFT_OUT.includes(name));
}

/** What waited in the queue; what repeats by itself every hour may stand twice in it without harm. */
async function listJobs(client: pg.Client): Promise<Manifest["jobs"]> {
  const { rows: known } = await client.query("SELECT to_regclass('graphile_worker._private_jobs') AS queue");
  if (!known[0]?.queue) return [];
  const { rows } = await client.query<Manifest["jobs"][number]>(`
    SELECT t.identifier AS task, j.payload, j.key FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id`);
  return rows;
}

type Named = { of: string; id: string; key: string; sums: string[] };

/** Copies every file that the snapshot names. A file's bytes never change; one of a draft may be deleted meanwhile. */
async function takeFiles(client: pg.Client, files: FileStore, place: Place) {
  const { rows } = await client.query<Named>(`${namedFilesQuery} ORDER BY key`);
  const { rows: unfiled } = await client.query<{ id: string }>('SELECT id FROM attachments WHERE "dossierId" IS NULL');
  const drafts = new Set(unfiled.map(({ id }) => id));
  const taken: Manifest["files"] = [];
  const gone: string[] = [];
  const broken: string[] = [];
  for (const { of, id, key, sums } of rows) {
    try {
      const found = await store(place, storedFile(key), await files.open(key), false);
      taken.push({ key, ...found });
      if (sums.length > 0 && !sums.includes(found.sha256)) broken.push(`${of} ${id}: ${key} is altered`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (drafts.has(id)) gone.push(key);
      else broken.push(`${of} ${id}: ${key} is missing`);
    }
  }
  return { taken, gone, broken };
}

const FORMAT = 2;

/**
 * Takes a backup into an empty folder: the whole database as it stood at one instant, and every file that it names,
 * sealed with a key that only the passphrase gives. Nobody waits for it: readers and writers go on.
 * The manifest is written last: a folder without one is no backup.
 * @throws Error when the folder is not empty
 */
export async function takeBackup(
  source: { ownerUrl: string; files: FileStore; now: Date },
  folder: string,
  passphrase: string,
): Promise<Taken> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder}: không trống / is not empty`);
  const salt = randomBytes(16);
  const takenAt = source.now.toISOString();
  await writeFile(join(folder, HEADER), JSON.stringify({ format: FORMAT, salt: salt.toString("hex"), takenAt }), {
    mode: 0o600,
  });
  const place = { folder, key: deriveKey(passphrase, salt, FORMAT) };
  const client = new pg.Client({ connectionString: source.ownerUrl });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL statement_timeout = 0");
    const { rows: migrations } = await client.query<{ migration_name: string }>(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1",
    );
    const tables: Manifest["tables"] = [];
    for (const { name, columns } of await listTables(client)) {
      const copy = client.query(
        copyTo(`COPY (SELECT ${columns.map(quoted).join(", ")} FROM ${quoted(name)}) TO STDOUT`),
      );
      const { sha256 } = await store(place, tableFile(name), copy, true);
      tables.push({ name, columns, rows: copy.rowCount, sha256 });
    }
    const jobs = await listJobs(client);
    const { taken, gone, broken } = await takeFiles(client, source.files, place);
    await client.query("COMMIT");
    const manifest: Manifest = {
      takenAt,
      migrations: migrations.map(({ migration_name }) => migration_name),
      tables,
      jobs,
      files: taken,
      gone,
    };
    await store(place, MANIFEST, Readable.from([Buffer.from(JSON.stringify(manifest))]), true);
    return {
      tables: tables.length,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      files: taken.length,
      bytes: taken.reduce((sum, { size }) => sum + size, 0),
      broken,
    };
  } finally {
    await client.end();
  }
}
