// Another program of the project on the same database as `npm start`: `node src/dev/run.mjs src/worker.ts ARGUMENTS`.
// Whether the portal runs or not: the embedded server is shared, and stopped by the last one out.
import { join } from "node:path";
import { buildServer } from "./build.mjs";
import { readEnvironmentFile, runOnDatabase } from "./portal.mjs";
import { checkNode } from "./prepare.mjs";
import { root } from "./project.mjs";
import { command, Hint } from "./say.mjs";

await command(async () => {
  // What is brought back from a backup wants a database without a first filling.
  const seeds = process.argv[2] !== "--empty";
  const [source, ...args] = process.argv.slice(seeds ? 2 : 3);
  if (!source?.startsWith("src/") || !source.endsWith(".ts")) {
    throw new Hint("Hãy nêu tệp chương trình dưới src/.", "Name a program under src/.");
  }
  checkNode();
  readEnvironmentFile();
  const compiled = join(root, source.replace(/^src/, "dist").replace(/\.ts$/, ".js"));
  process.exitCode = await runOnDatabase({
    build: buildServer,
    seeds,
    program: ["--enable-source-maps", compiled, ...args],
  });
});
process.exit();
