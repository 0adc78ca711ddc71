import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createAdmin } from "#accounts/index.ts";
import { readFile } from "#authoring/index.ts";
import { startTestApp } from "../support/app.ts";
import { provinceDatabase } from "../support/province.ts";

const PASSWORD = "con trâu đi trước";
const FOLDER = join(import.meta.dirname, "../../prisma/seed/procedures");
const files = readdirSync(FOLDER).sort();

test("each of the portal's own twelve procedures is exported, letter by letter, as the file that it came from", async () => {
  const app = await startTestApp({ database: await provinceDatabase() });
  await createAdmin(app.system(), { username: "xuattep", displayName: "Hà Thị Cầu", password: PASSWORD });
  const browser = await app.signIn("xuattep", PASSWORD);
  expect(files).toHaveLength(12);
  for (const name of files) {
    const text = readFileSync(join(FOLDER, name), "utf8");
    expect([name, readFile(text).ok]).toEqual([name, true]);
    const exported = await browser.get(`/quan-tri/thu-tuc/${name.replace(/\.json$/, "")}/xuat?phien-ban=1`);
    expect([name, exported.html]).toEqual([name, text]);
  }
});
