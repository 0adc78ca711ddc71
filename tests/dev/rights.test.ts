import { expect, test } from "vitest";
import { withClient } from "../../src/dev/database.mjs";
import { testDatabase } from "../support/database.ts";

const { url, ownerUrl } = await testDatabase();

test.each([
  ["forget which migrations ran", "DELETE FROM _prisma_migrations"],
  ["say that a migration did not run", "UPDATE _prisma_migrations SET rolled_back_at = now()"],
  ["let an agency's codes of a day begin anew", "DELETE FROM code_counters"],
  ["let the numbers of papers begin anew", "DELETE FROM number_series"],
  ["change history", "UPDATE dossier_events SET type = 'x'"],
  ["rewrite what administrators did", "UPDATE office_events SET did = 'x'"],
  ["forget what administrators did", "DELETE FROM office_events"],
  ["forget who spoke for a company", "DELETE FROM company_members"],
  ["delete an agency, and with it its identifier", "DELETE FROM agencies"],
  ["delete history", "DELETE FROM dossier_events"],
  ["empty history away", "TRUNCATE dossier_events"],
  ["put the guard of history aside", "ALTER TABLE dossier_events DISABLE TRIGGER ALL"],
  ["change a published version", "UPDATE procedure_versions SET number = 1"],
])("the portal's role may not %s", async (_what, statement) => {
  await expect(withClient(url, (client) => client.query(statement))).rejects.toThrow(/permission denied|must be owner/);
});

test("the portal's role may ask which migrations ran", async () => {
  await withClient(url, async (client) => {
    const { rows } = await client.query("SELECT count(*)::int AS ran FROM _prisma_migrations");
    expect(rows[0].ran).toBeGreaterThan(0);
  });
});

test.each(["dossier_events", "procedure_versions"])("not even the owner empties %s away", async (table) => {
  await expect(withClient(ownerUrl, (client) => client.query(`TRUNCATE ${table} CASCADE`))).rejects.toThrow(
    /append-only/,
  );
});
