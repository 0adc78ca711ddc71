import { once } from "node:events";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type Making, makeDossier, type Row, TABLES, type Table } from "./make.ts";

const CHUNK = 4_000;
const HOUR = 3_600_000;
const YEARS = 5;
const tables = Object.keys(TABLES) as Table[];

const SPECIAL = /[\\\t\n\r]/g;
const cell = (value: Row[number]): string =>
  value === null
    ? "\\N"
    : value instanceof Date
      ? value.toISOString()
      : String(value).replace(
          SPECIAL,
          (char) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" })[char] ?? char,
        );

async function copy(client: pg.PoolClient, table: Table, lines: readonly string[]): Promise<void> {
  const names = TABLES[table].split(",").map((name) => `"${name}"`);
  const stream = client.query(copyFrom(`COPY ${table} (${names.join(", ")}) FROM STDIN`));
  for (let at = 0; at < lines.length; at += 500)
    if (!stream.write(lines.slice(at, at + 500).join(""))) await once(stream, "drain");
  stream.end();
  await finished(stream);
}

type ForeignKey = { table: string; name: string; definition: string };

/**
 * Foreign keys and the trigger of places rest while rows come that are whole by themselves, and all of them are checked
 * at the end, at once instead of row by row. Within one transaction: whoever stops the program stops all of it.
 */
async function withoutChecks(client: pg.PoolClient, fill: () => Promise<void>): Promise<void> {
  const { rows: keys } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::regclass[]) ORDER BY 1, 2`,
    [tables],
  );
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const table of ["dossiers", "step_runs"]) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await fill();
  for (const table of ["dossiers", "step_runs"]) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  for (const { table, name, definition } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
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

/**
 * Copies so many dossiers into the database, oldest first, a few thousand in memory at a time, as one transaction.
 * @param from how many are there already: the next ones go on from their number
 */
export async function loadDossiers(
  owner: pg.Pool,
  making: Making,
  { from, to, now, say }: { from: number; to: number; now: number; say: (text: string) => void },
): Promise<void> {
  const client = await owner.connect();
  const span = YEARS * 365 * 24 * HOUR;
  const total = to - from;
  const fill = async (): Promise<void> => {
    for (let begin = 0; begin < total; begin += CHUNK) {
      const lines = new Map<Table, string[]>(tables.map((table) => [table, []]));
      for (let i = begin; i < Math.min(begin + CHUNK, total); i++) {
        const filed = Math.round(now - span + ((i + making.random()) / total) * span);
        makeDossier(making, from + i, Math.min(filed, now - 60_000), now, (table, row) =>
          lines.get(table)?.push(`${row.map(cell).join("\t")}\n`),
        );
      }
      for (const table of tables) await copy(client, table, lines.get(table) ?? []);
      if ((begin / CHUNK) % 25 === 24) say(`${from + begin + CHUNK}`);
    }
    await client.query(`INSERT INTO dossier_places SELECT "receivingAgencyId", "submittedAt", id FROM dossiers
      UNION SELECT r."agencyId", d."submittedAt", d.id FROM step_runs r JOIN dossiers d ON d.id = r."dossierId"
      ON CONFLICT DO NOTHING`);
    await raiseCounters(client, making.serials, now);
  };
  try {
    await client.query("BEGIN");
    await withoutChecks(client, fill);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
  await owner.query(`VACUUM (ANALYZE) ${tables.join(", ")}, dossier_places`);
}
