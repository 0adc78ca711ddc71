/** `npm run import:procedures -- FILE`: reads the national catalogue (JSON lines, plain or gzip) into national records. */
import { existsSync } from "node:fs";
import { importNationalRecords } from "#procedures/index.ts";
import { runProgram } from "./program.ts";

const [file] = process.argv.slice(2);
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const warn = (text: string): boolean => process.stderr.write(`${text}\n`);

await runProgram("import:procedures", async (ctx) => {
  if (!file || !existsSync(file)) {
    warn(
      file
        ? `Không thấy tệp ${file} / no such file`
        : "Cách dùng / usage: npm run import:procedures -- FILE.jsonl[.gz]",
    );
    return 2;
  }
  const { read, stored, changed, warnings, failed } = await importNationalRecords(ctx, file, {
    onWarning: (text) => warn(`warning, ${text}`),
    onFault: (text) => warn(`not stored, ${text}`),
  });
  say(`${read} read, ${stored} stored, ${warnings} warnings`);
  say(`${changed} changed, ${stored - changed} unchanged`);
  if (failed > 0) say(`${failed} lines not stored`);
  return failed > 0 ? 1 : 0;
});
