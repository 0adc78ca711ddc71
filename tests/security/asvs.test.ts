import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { filesUnder } from "../../src/dev/project.mjs";
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

const policy = readFileSync(join(import.meta.dirname, "POLICY.md"), "utf8");
const namedIn = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? "")),
];

test("every file that hashes, seals, signs or derives a key stands in the inventory, and nothing else does", () => {
  // Ids and formKeys are random and no secret.
  const keyless = /^(randomUUID|randomBytes|randomInt)$/;
  const users = filesUnder("src").filter((path: string) => {
    if (!path.endsWith(".ts") || /\/src\/(dev|platform\/prisma)\//.test(path)) return false;
    const text = readFileSync(path, "utf8");
    const [, names = ""] = /import \{([^}]+)\} from "node:crypto"/.exec(text) ?? [];
    const isCrypto = names
      .split(",")
      .some((name) => name.trim() !== "" && !keyless.test(name.trim().replace("type ", "")));
    return isCrypto || /from "(@node-rs\/argon2|otpauth|@simplewebauthn\/server|openid-client)"/.test(text);
  });
  const named = namedIn(policy, /`(src\/[^`]+\.ts)`/g);
  expect(users.map((path: string) => relative(root, path)).filter((path: string) => !named.includes(path))).toEqual([]);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("the tables that are named with their protection are the database's", () => {
  const schema = filesUnder("prisma/schema")
    .map((path: string) => readFileSync(path, "utf8"))
    .join("\n");
  const tables = namedIn(schema, /@@map\("(\w+)"\)/g);
  const [, chapter = ""] = policy.split("## Data");
  const named = namedIn(chapter.split("## Components")[0] ?? "", /`([a-z_]{6,})`/g).filter(
    (name) => name !== "restricted",
  );
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !tables.includes(name))).toEqual([]);
});
