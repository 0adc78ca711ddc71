import { expect, test } from "vitest";
import { withClient } from "../../src/dev/database.mjs";
import { testDatabase } from "../support/database.ts";

test("a test file has a migrated database of its own, seen as the role app, which may not migrate it", async () => {
  const [one, two] = [await testDatabase(), await testDatabase()];
  const [row] = await one.db.$queryRaw<{ who: string }[]>`SELECT current_user::text AS who`;
  expect(row?.who).toBe("app");
  await one.db.setting.create({ data: { key: "here", value: true } });
  expect(await one.db.setting.count({ where: { key: "here" } })).toBe(1);
  expect(await two.db.setting.count({ where: { key: "here" } })).toBe(0);
  await expect(one.db.$executeRawUnsafe("CREATE TABLE public.mine (id int)")).rejects.toThrow(/permission denied/);
  await withClient(one.ownerUrl, (client) => client.query("CREATE TABLE public.mine (id int)"));
});
