import { expect, inject, test } from "vitest";
import { runPrisma } from "../../src/dev/prisma.mjs";

test("the migrations make exactly the tables of the schema", async () => {
  const { code, output } = await runPrisma(
    ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema", "--exit-code"],
    { env: { DATABASE_OWNER_URL: inject("template").ownerUrl }, quiet: true },
  );
  expect(output).toContain("No difference detected");
  expect(code).toBe(0);
});
