import { expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";

test("a test file has a database of its own, seen as the role app", async () => {
  const started = performance.now();
  const { db } = await testDatabase();
  const cloned = performance.now() - started;
  const [row] = await db.$queryRawUnsafe<{ who: string; name: string }[]>(
    "SELECT current_user::text AS who, current_database()::text AS name",
  );
  console.log(cloned);
  expect(row?.who).toBe("app");
  expect(row?.name).toMatch(/^file_/);
});
