import { expect, inject, test } from "vitest";
import { addressWith, isSeeded, listMigrations, markSeeded, migrate } from "../../src/dev/database.mjs";
import { runPrisma } from "../../src/dev/prisma.mjs";
import { testDatabase } from "../support/database.ts";

test("the migrations make exactly the tables of the schema", async () => {
  const { code, output } = await runPrisma(
    ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema", "--exit-code"],
    { env: { DATABASE_OWNER_URL: inject("template").ownerUrl }, quiet: true },
  );
  expect(output).toContain("No difference detected");
  expect(code).toBe(0);
});

test("a migrated database is asked, not migrated again", async () => {
  const { ownerUrl } = await testDatabase();
  expect(listMigrations().length).toBeGreaterThan(0);
  expect(await migrate(ownerUrl)).toBe(false);
});

test("a database is seeded once it says so", async () => {
  const { ownerUrl } = await testDatabase();
  expect(await isSeeded(ownerUrl)).toBe(false);
  await markSeeded(ownerUrl);
  await markSeeded(ownerUrl);
  expect(await isSeeded(ownerUrl)).toBe(true);
});

test("a database that cannot be reached is named with its reason, by us and by Prisma", async () => {
  const nowhere = addressWith("postgresql://a:b@127.0.0.1:1/", { database: "nothing" });
  await expect(migrate(nowhere)).rejects.toThrow(/127\.0\.0\.1:1\/nothing \(connect ECONNREFUSED/);
  const { code, output } = await runPrisma(["migrate", "deploy"], {
    env: { DATABASE_OWNER_URL: nowhere },
    quiet: true,
  });
  expect(code).toBe(1);
  expect(output).toMatch(/P1001: Can't reach the database nothing at 127\.0\.0\.1:1: connect ECONNREFUSED/);
});
