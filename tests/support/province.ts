import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { createDemoPeople, demoAgencies, demoCitizens, type demoOfficers } from "#dev/demo.ts";
import { loadFoundation } from "#ops/foundation.ts";
import { now } from "#platform/clock.ts";
import { type Context, type Officer, type Surroundings, systemContext } from "#platform/context.ts";
import { createDb, createPool } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { addressWith, withClient } from "../../src/dev/database.mjs";
import { filesUnder } from "../../src/dev/project.mjs";
import { type TestDatabase, testDatabase } from "./database.ts";

const PROVINCE = "20";

/** What the province is made of: when any of it changes, it is made anew. */
function fingerprint(migrated: string): string {
  const hash = createHash("sha256").update(migrated);
  const parts = [
    "prisma/seed",
    "src/ops",
    "src/organizations",
    "src/procedures",
    "src/accounts",
    "src/calendar",
    "src/content",
    "src/dev/demo.ts",
  ];
  for (const file of filesUnder(...parts)) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

/**
 * A database of this test file alone that holds the reference data of Lạng Sơn, the seeded procedures and the cast of
 * demo people, but no dossier. Loaded once per state of the seed, then copied.
 */
export async function provinceDatabase(): Promise<TestDatabase> {
  const template = inject("template");
  const prefix = template.name.replace(/template_[0-9a-f]+$/, "");
  const name = `${prefix}province_${fingerprint(template.name)}`;
  const lock = createHash("sha256").update(`${prefix}province`).digest().readInt32BE();
  // Copied while the lock is held: another run with another seed would drop it.
  return withClient(template.ownerUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    const { rows } = await client.query<{ datname: string; ready: boolean }>(
      "SELECT datname, datallowconn = false AS ready FROM pg_database WHERE datname ~ $1",
      [`^${prefix}province_[0-9a-f]+$`],
    );
    if (rows.some(({ datname, ready }) => datname === name && ready)) return testDatabase(name);
    for (const { datname } of rows)
      await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`).catch(() => {});
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template.name}"`);
    await fill(addressWith(template.appUrl, { database: name }));
    await client.query(`ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS false`);
    return testDatabase(name);
  });
}

async function fill(url: string): Promise<void> {
  const pool = createPool(url, 2);
  const db = createDb(pool);
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  try {
    const system = systemContext({ db, files: createDiskStore(folder), publicUrl: "http://localhost" }, now(), "test");
    await loadFoundation(system, PROVINCE);
    await createDemoPeople(system);
  } finally {
    await db.$disconnect();
    await pool.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** How one of the cast acts at a given time. */
export async function asOfficer(
  surroundings: Surroundings,
  { username }: (typeof demoOfficers)[keyof typeof demoOfficers],
  at: Date = now(),
): Promise<Context<Officer>> {
  const account = await surroundings.db.account.findUniqueOrThrow({ where: { username }, include: { postings: true } });
  return {
    ...systemContext(surroundings, at, "test"),
    actor: { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings },
  };
}

export async function asCitizen(surroundings: Surroundings, key: keyof typeof demoCitizens, at: Date = now()) {
  const account = await surroundings.db.account.findUniqueOrThrow({ where: { username: demoCitizens[key].phone } });
  return {
    ...systemContext(surroundings, at, "test"),
    actor: { kind: "citizen" as const, accountId: account.id, name: account.displayName },
  };
}

export const agencyIdOf = async ({ db }: Pick<Surroundings, "db">, key: keyof typeof demoAgencies): Promise<string> =>
  (await db.agency.findUniqueOrThrow({ where: { identifier: demoAgencies[key] } })).id;
