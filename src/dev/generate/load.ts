import { once } from "node:events";
import { finished } from "node:stream/promises";
import { setImmediate as breathe } from "node:timers/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type Making, makeDossier, type Row, TABLES, type Table } from "./make.ts";

const CHUNK = 1_000;
/** Dossiers made at a stretch, before the chunk that is under way to the database gets its turn. */
const STRETCH = 50;
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const tables = Object.keys(TABLES) as Table[];

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
/** Two hundred of them for each dossier: hardly one has anything to be escaped. */
function cell(value: Row[number]): string {
  if (value === null) return "\\N";
  if (value instanceof Date) return value.toISOString();
  const text = String(value);
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char) : text;
}

async function copy(client: pg.PoolClient, table: Table, lines: readonly string[]): Promise<void> {
  const names = TABLES[table].split(",").map((name) => `"${name}"`);
  const stream = client.query(copyFrom(`COPY ${table} (${names.join(", ")}) FROM STDIN`));
  for (let at = 0; at < lines.length; at += 500)
    if (!stream.write(lines.slice(at, at + 500).join(""))) await once(stream, "drain");
  stream.end();
  await finished(stream);
}

type ForeignKey = { table: string; name: string; definition: string };
type Index = { name: string; definition: string };

/** Memory for each index that is built at the end, beside the server's own. */
const BUILD_MEMORY = "256MB";

/** Indexes that no constraint leans on: they are built faster from all rows than row by row. */
async function indexesOf(client: pg.PoolClient): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid = ANY($1::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
     ORDER BY 1`,
    [tables],
  );
  return rows;
}

/**
 * Foreign keys, triggers and, where more comes than is there, indexes rest while rows come that are whole by themselves;
 * all is checked and built at the end, at once instead of row by row. Within one transaction: whoever stops the program
 * stops all of it.
 */
async function withoutChecks(
  client: pg.PoolClient,
  { isMost, done }: { isMost: boolean; done: (what: string) => void },
  fill: () => Promise<void>,
): Promise<void> {
  const { rows: keys } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::regclass[]) ORDER BY 1, 2`,
    [tables],
  );
  const indexes = isMost ? await indexesOf(client) : [];
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  for (const table of ["dossiers", "step_runs"]) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await fill();
  done("rows");
  for (const table of ["dossiers", "step_runs"]) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await client.query(`SET LOCAL maintenance_work_mem = '${BUILD_MEMORY}'`);
  for (const { definition } of indexes) await client.query(definition);
  done("indexes");
  for (const { table, name, definition } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  done("checks");
}

const dayOf = (key: string) => `20${key.slice(-6, -4)}-${key.slice(-4, -2)}-${key.slice(-2)}`;

/** The serials of the last days, so that who accepts next goes on from them. */
async function raiseCounters(client: pg.PoolClient, serials: ReadonlyMap<string, number>, now: number): Promise<void> {
  const recent = [...serials].filter(([key]) => now - Date.parse(`${dayOf(key)}T00:00:00Z`) < 72 * HOUR);
  for (const [key, value] of recent)
    await client.query(
      `INSERT INTO code_counters SELECT id, $2, $3 FROM agencies WHERE identifier = $1
       ON CONFLICT ("agencyId", day) DO UPDATE SET value = greatest(code_counters.value, excluded.value)`,
      [key.slice(0, -7), dayOf(key), value],
    );
}

type Lines = ReadonlyMap<Table, string[]>;
/** `perYear`: as many come in a year. The newest are made first, then those before them: the years pile up behind. */
type Filling = { from: number; to: number; perYear: number; now: number; say: (text: string) => void };

/** Makes the next dossiers, while those before them are on their way: it stands aside after each stretch. */
async function makeLines(making: Making, begin: number, { from, to, perYear, now }: Filling): Promise<Lines> {
  const total = to - from;
  const lines = new Map<Table, string[]>(tables.map((table) => [table, []]));
  const put = (table: Table, row: Row): void => void lines.get(table)?.push(`${row.map(cell).join("\t")}\n`);
  for (let i = begin; i < Math.min(begin + CHUNK, total); i++) {
    const filed = Math.round(now - ((to - i - making.random()) / perYear) * YEAR);
    makeDossier(making, from + i, Math.min(filed, now - 60_000), now, put);
    if (i % STRETCH === 0) await breathe();
  }
  return lines;
}

async function copyAll(client: pg.PoolClient, lines: Lines): Promise<void> {
  for (const [table, all] of lines) await copy(client, table, all);
}

async function fillTables(client: pg.PoolClient, making: Making, filling: Filling): Promise<void> {
  const { from, to, now, say } = filling;
  let underWay = Promise.resolve();
  for (let begin = 0; begin < to - from; begin += CHUNK) {
    const [lines] = await Promise.all([makeLines(making, begin, filling), underWay]);
    underWay = copyAll(client, lines);
    if (((begin / CHUNK) % 100) + 1 === 100) say(`${from + begin + CHUNK}`);
  }
  await underWay;
  await client.query(`INSERT INTO dossier_places SELECT "receivingAgencyId", "submittedAt", id FROM dossiers
    UNION SELECT r."agencyId", d."submittedAt", d.id FROM step_runs r JOIN dossiers d ON d.id = r."dossierId"
    ON CONFLICT DO NOTHING`);
  // Triggers rest: what the agencies' counters say is counted at once.
  await client.query("SELECT rebuild_dossier_tallies()");
  await raiseCounters(client, making.serials, now);
}

/**
 * Copies so many dossiers into the database, oldest first, a few thousand in memory at a time, as one transaction.
 * @param filling `from`: how many are there already; the next ones were filed before them
 */
export async function loadDossiers(owner: pg.Pool, making: Making, filling: Filling): Promise<void> {
  const client = await owner.connect();
  const { from, to, say } = filling;
  let since = performance.now();
  const done = (what: string): void => {
    say(`${what}: ${((performance.now() - since) / 1000).toFixed(0)} s`);
    since = performance.now();
  };
  try {
    await client.query("BEGIN");
    await withoutChecks(client, { isMost: to - from > from, done }, () => fillTables(client, making, filling));
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
  await owner.query(`VACUUM (ANALYZE) ${tables.join(", ")}, dossier_places, dossier_tallies`);
  done("swept");
}
