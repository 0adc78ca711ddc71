/** `npm run verify:files` reads every stored file and compares it with the sha-256 that was taken when it came in. */
import { verifyFiles } from "#documents/index.ts";
import { runProgram } from "./program.ts";

await runProgram("verify:files", async (ctx) => {
  const { files, bytes, broken } = await verifyFiles(ctx, ({ of, id, key, why }) =>
    process.stderr.write(`${of} ${id}: file ${key} is ${why}\n`),
  );
  process.stdout.write(`${files} files, ${Math.round(bytes / 1024 / 1024)} MB, ${broken} broken\n`);
  return broken > 0 ? 1 : 0;
});
