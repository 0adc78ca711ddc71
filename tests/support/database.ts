import type pg from "pg";
import { inject } from "vitest";
import type { Db } from "#platform/db.ts";
import { createDb, createPool } from "#platform/db.ts";
import { addressWith, withClient } from "../../src/dev/database.mjs";
import { atEnd } from "./ending.ts";

export type TestDatabase = {
  /** As the portal sees it: the role `app`. */
  db: Db;
  pool: pg.Pool;
  /** DATABASE_URL of the role `app`. */
  url: string;
  /** DATABASE_OWNER_URL of the role that migrates and owns the jobs. */
  ownerUrl: string;
};

let count = 0;

/**
 * A migrated database of this test file alone, gone after its last test: empty, or a copy of another one.
 * @param source the database to copy; by default the migrated, empty template
 */
export async function testDatabase(source?: string): Promise<TestDatabase> {
  const template = inject("template");
  const prefix = template.name.replace(/template_[0-9a-f]+$/, "");
  const database = `${prefix}file_${process.pid}_${count++}_${Math.random().toString(36).slice(2, 8)}`;
  await withClient(template.ownerUrl, (client) =>
    client.query(`CREATE DATABASE "${database}" TEMPLATE "${source ?? template.name}"`),
  );
  const url = addressWith(template.appUrl, { database });
  const ownerUrl = addressWith(template.ownerUrl, { database });
  const pool = createPool(url);
  const db = createDb(pool);
  atEnd(async () => {
    await db.$disconnect();
    await pool.end();
    await withClient(template.ownerUrl, (client) => client.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`));
  });
  return { db, pool, url, ownerUrl };
}
