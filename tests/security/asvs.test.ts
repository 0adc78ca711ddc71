import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { realFile } from "../support/procedures.ts";

const root = join(import.meta.dirname, "../..");
const table = readFileSync(join(import.meta.dirname, "ASVS.md"), "utf8");
const answers = new Map(
  [...table.matchAll(/^\| (V[\d.]+) \| ([12]) \| (.+) \|$/gm)].map(([, id, level, how]) => [id, { level, how }]),
);
const list = realFile("asvs-5.0.0-en.csv");

test.skipIf(list === null)("every line of the list's levels 1 and 2 is answered", () => {
  const lines = [...readFileSync(list ?? "", "utf8").matchAll(/^V\d+,.*?,(V\d+\.\d+\.\d+),[\s\S]*?,([123])\r?$/gm)];
  const asked = lines.filter(([, , level]) => level !== "3");
  expect(asked.length).toBeGreaterThan(250);
  expect(asked.filter(([, id]) => !answers.has(id)).map(([, id]) => id)).toEqual([]);
  expect(asked.filter(([, id, level]) => answers.get(id)?.level !== level).map(([, id]) => id)).toEqual([]);
});

test("each answer says something, and what it points to is there", () => {
  expect([...answers].filter(([, { how }]) => !how || how.trim().length < 8).map(([id]) => id)).toEqual([]);
  const named = [...table.matchAll(/`((?:src|tests|views|public|prisma)\/[^`]+)`/g)].map(([, file]) => file ?? "");
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
