import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../src/dev/project.mjs";
import { line, realFile, systemAt } from "../support/procedures.ts";
import { startProgram } from "../support/programs.ts";
import { provinceDatabase } from "../support/province.ts";

const { db, url, ownerUrl } = await provinceDatabase();
const folder = mkdtempSync(join(tmpdir(), "nhập thủ tục "));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const write = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const linesOf = (...lines: unknown[]): string =>
  `${lines.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n")}\n`;

type Ended = { code: number | null; out: string[]; err: string };

/** The command as it is run, in a process of its own; `whenStored` may kill it. */
function runImport(
  file: string,
  program = "procedures",
  whileRunning?: (kill: () => void) => Promise<void>,
): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, NODE_ENV: "test" };
  const child = startProgram(`ops/import-${program}`, env, [file]);
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: out.trim().split("\n"), err }));
    whileRunning?.(() => void child.kill("SIGKILL")).catch(reject);
  });
}

describe("a file of the national catalogue", () => {
  test("is read plain and packed alike, whatever it is called; the second time nothing changes", async () => {
    const text = linesOf(
      line({ code: "1.910001" }),
      line({ code: "1.910002", name: "Công nhận cơ sở thử nghiệm" }),
      "",
      line({ code: "1.9100033" }),
    );
    const plain = await runImport(write("plain.gz", text));
    expect(plain).toMatchObject({ code: 0, out: ["3 read, 3 stored, 1 warnings", "3 changed, 0 unchanged"] });
    expect(plain.err).toContain('line 4: code "1.9100033" is outside the usual pattern');
    const packed = await runImport(write("packed.jsonl", gzipSync(text)));
    expect(packed).toMatchObject({ code: 0, out: ["3 read, 3 stored, 1 warnings", "0 changed, 3 unchanged"] });
  });

  test("keeps a line as it was read, whatever else it holds, and shows it in the catalogue", async () => {
    const given = line({
      code: "1.910010",
      name: "Cấp thẻ đặc biệt",
      extra: { "khoá lạ": [1, 2.5, null] },
      steps: "Bước 1\n\\u0000 là chữ, không phải ký tự",
    });
    expect((await runImport(write("whole.jsonl", linesOf(given)))).code).toBe(0);
    const record = await db.nationalRecord.findUniqueOrThrow({ where: { code: "1.910010" } });
    expect(record.raw).toEqual(given);
    const entry = await db.catalogueEntry.findUniqueOrThrow({ where: { code: "1.910010" } });
    expect(entry).toMatchObject({
      name: "Cấp thẻ đặc biệt",
      configured: false,
      serviceLevel: "information",
      levels: ["province"],
    });
  });

  test("names broken lines by number and reason, keeps the good ones, and ends as failed", async () => {
    const ended = await runImport(
      write(
        "broken.jsonl",
        linesOf(
          line({ code: "1.910020" }),
          "{ broken",
          line({ code: "1.910021", methods: "none" }),
          line({ code: "1.910022" }),
          line({ code: "1.910023", steps: "NUL \u0000" }),
        ),
      ),
    );
    expect(ended.code).toBe(1);
    expect(ended.err).toContain("not stored, line 2: not JSON");
    expect(ended.err).toContain("not stored, line 3: methods: ");
    expect(ended.err).toContain("not stored, line 5: holds a character that is no text");
    expect(ended.out).toEqual(["5 read, 2 stored, 0 warnings", "2 changed, 0 unchanged", "3 lines not stored"]);
    expect(await db.nationalRecord.count({ where: { code: { in: ["1.910020", "1.910022"] } } })).toBe(2);
  });

  test("of which the end is missing is told so; what came before it is kept", async () => {
    const many = linesOf(
      ...Array.from({ length: 600 }, (_, i) =>
        line({ code: `1.92${String(i).padStart(4, "0")}`, name: `Thủ tục ${i} ${Math.sin(i)}` }),
      ),
    );
    const packed = gzipSync(many);
    const ended = await runImport(write("cut.jsonl.gz", packed.subarray(0, packed.length - 2000)));
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/line \d+: the archive is damaged or ends too soon/);
    expect(await db.nationalRecord.count({ where: { code: { startsWith: "1.92" } } })).toBeGreaterThan(100);
  });

  test("that is not there is told so", async () => {
    expect(await runImport(join(folder, "none.jsonl"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("none.jsonl"),
    });
  });

  test("never makes a version and never shows in the place of a configured procedure", async () => {
    const { code } = await db.procedure.findFirstOrThrow({ orderBy: { code: "asc" } });
    const before = await db.catalogueEntry.findUniqueOrThrow({ where: { code } });
    const versions = await db.procedureVersion.count();
    expect((await runImport(write("configured.jsonl", linesOf(line({ code, name: "Một tên khác hẳn" }))))).code).toBe(
      0,
    );
    const after = await db.catalogueEntry.findUniqueOrThrow({ where: { code } });
    expect(after).toMatchObject({ name: before.name, configured: true, serviceLevel: before.serviceLevel });
    expect(await db.procedureVersion.count()).toBe(versions);
    expect((await db.nationalRecord.findUniqueOrThrow({ where: { code } })).raw).toMatchObject({
      name: "Một tên khác hẳn",
    });
  });
});

const real = realFile("procedures.jsonl.gz");

describe.skipIf(!real)("the real catalogue of 5,105 procedures (skipped where the file is not)", () => {
  const lines: Record<string, unknown>[] = [];
  beforeAll(() => {
    for (const text of gunzipSync(readFileSync(real ?? ""))
      .toString("utf8")
      .trim()
      .split("\n"))
      lines.push(JSON.parse(text));
  });

  test("killed around line 2,000 and run again, it is complete; a third time nothing changes; 50 random lines read back as they were", async () => {
    await db.catalogueEntry.deleteMany({ where: { configured: false } });
    await db.nationalRecord.deleteMany();
    const killed = await runImport(real ?? "", "procedures", async (kill) => {
      while ((await db.nationalRecord.count()) < 2000) await new Promise((resolve) => setTimeout(resolve, 5));
      kill();
    });
    expect(killed.code).not.toBe(0);
    const left = await db.nationalRecord.count();
    expect(left).toBeGreaterThanOrEqual(2000);
    expect(left).toBeLessThan(5105);

    const again = await runImport(real ?? "");
    expect(again).toMatchObject({
      code: 0,
      out: ["5105 read, 5105 stored, 3 warnings", `${5105 - left} changed, ${left} unchanged`],
    });
    const third = await runImport(real ?? "");
    expect(third).toMatchObject({ code: 0, out: ["5105 read, 5105 stored, 3 warnings", "0 changed, 5105 unchanged"] });
    expect(await db.nationalRecord.count()).toBe(5105);
    expect(await db.catalogueEntry.count()).toBe(5105);

    for (let i = 0; i < 50; i++) {
      const picked = lines[(i * 101 + 17) % lines.length] ?? {};
      const { raw } = await db.nationalRecord.findUniqueOrThrow({ where: { code: String(picked["code"]) } });
      for (const [key, value] of Object.entries(picked))
        expect((raw as Record<string, unknown>)[key], `${picked["code"]} ${key}`).toEqual(value);
    }
  }, 120_000);
});

test("administrative units are imported by a command, too: a changed name is changed, a broken file is told so", async () => {
  const file = JSON.parse(readFileSync(join(root, "prisma/seed/units.json"), "utf8"));
  file.provinces[0].units[0].full_name = "Phường Tên Mới";
  expect(await runImport(write("units.json", JSON.stringify(file)), "units")).toMatchObject({
    code: 0,
    out: ["3355 read, 3355 stored, 1 changed"],
  });
  expect(
    (await systemAt(db).db.administrativeUnit.findUniqueOrThrow({ where: { code: file.provinces[0].units[0].code } }))
      .fullName,
  ).toBe("Phường Tên Mới");
  file.provinces[0].units[1].code = "12";
  expect(await runImport(write("units-broken.json", JSON.stringify(file)), "units")).toMatchObject({
    code: 1,
    err: expect.stringContaining("a code of 5 digits is expected"),
  });
});
