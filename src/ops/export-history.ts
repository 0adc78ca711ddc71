/**
 * `npm run export:history -- FILE`: the nightly roots over all histories, each with the heads that it took in, one JSON
 * line each, to be kept where nobody of this installation can alter them. `npm run verify:history -- FILE` compares.
 */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { headsOf, listRoots } from "#dossiers/index.ts";
import { runProgram } from "./program.ts";

await runProgram("export:history", async (ctx) => {
  const file = process.argv[2];
  if (!file) {
    process.stderr.write("npm run export:history -- FILE\n");
    return 2;
  }
  const roots = await listRoots(ctx);
  await pipeline(async function* () {
    for (const root of roots) {
      yield `${JSON.stringify(root)}\n`;
      for await (const head of headsOf(ctx, root.number)) yield `${JSON.stringify(head)}\n`;
    }
  }, createWriteStream(file));
  process.stdout.write(`${roots.length} nightly roots\n`);
  return 0;
});
