/** `npm run import:units -- FILE`: administrative units (JSON) or the map of former wards (CSV), plain or gzip. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { importFormerWards, importUnits, readFormerWards, UnitFile } from "#organizations/index.ts";
import { runProgram } from "./program.ts";

const [file] = process.argv.slice(2);
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const warn = (text: string): boolean => process.stderr.write(`${text}\n`);

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}

await runProgram("import:units", async (ctx) => {
  if (!file || !existsSync(file)) {
    warn(file ? `Không thấy tệp ${file} / no such file` : "Cách dùng / usage: npm run import:units -- FILE");
    return 2;
  }
  const text = readText(file);
  if (text.trimStart().startsWith("{")) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      warn(`not JSON: ${(error as Error).message}`);
      return 1;
    }
    const units = UnitFile.safeParse(value);
    if (!units.success) {
      warn(z.prettifyError(units.error).split("\n").slice(0, 40).join("\n"));
      return 1;
    }
    const { read, changed } = await importUnits(ctx, units.data);
    say(`${read} read, ${read} stored, ${changed} changed`);
    return 0;
  }
  const { rows, faults } = readFormerWards(text);
  for (const fault of faults) warn(fault);
  const { read, changed } = await importFormerWards(ctx, rows);
  say(`${read + faults.length} read, ${read} stored, ${changed} changed`);
  return faults.length > 0 ? 1 : 0;
});
