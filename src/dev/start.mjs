// `npm start`: from a fresh clone to a running portal. Installs, builds and migrates only what changed, starts the
// embedded PostgreSQL unless DATABASE_URL names another, seeds an empty database, serves. Node built-ins only.
import { createServer } from "node:net";
import { join } from "node:path";
import { build as buildAll, buildAssets } from "./build.mjs";
import { readEnvironmentFile, runOnDatabase } from "./portal.mjs";
import { checkNode } from "./prepare.mjs";
import { memoryLimits, root } from "./project.mjs";
import { command, Hint } from "./say.mjs";

const isWatching = process.argv.includes("--watch");

/** @throws {Hint} somebody else listens there */
async function checkPort() {
  const port = Number(process.env["PORT"] || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return; // config.ts has the words for that
  const code = await new Promise((done) => {
    const server = createServer();
    server.on("error", (error) => done(/** @type {NodeJS.ErrnoException} */ (error).code));
    server.listen(port, process.env["HOST"] || "127.0.0.1", () => server.close(() => done(null)));
  });
  if (code === "EADDRINUSE") {
    throw new Hint(
      `Cổng ${port} đang có chương trình khác dùng: hãy dừng chương trình đó, hoặc chạy PORT=${port + 1} npm start.`,
      `Port ${port} is taken by another program: stop that program, or run PORT=${port + 1} npm start.`,
    );
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    throw new Hint(
      `HOST=${process.env["HOST"]} không phải địa chỉ của máy này: hãy dùng 127.0.0.1 (chỉ máy này) hoặc 0.0.0.0 (mọi máy trong mạng).`,
      `HOST=${process.env["HOST"]} is not an address of this machine: use 127.0.0.1 (this machine only) or 0.0.0.0 (the whole network).`,
    );
  }
  if (code === "EACCES") {
    throw new Hint(
      `Không được phép mở cổng ${port}: hãy chọn cổng từ 1024 trở lên, ví dụ PORT=3000 npm start.`,
      `Port ${port} may not be opened: choose one from 1024 upwards, for instance PORT=3000 npm start.`,
    );
  }
}

const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
const watching = [tsx, "watch", "--conditions=source", "--include=dist/public/manifest.json", "src/main.ts"];
// Five times what lives in it: without a bound, garbage lies about until the machine is full.
const serving = ["--enable-source-maps", ...memoryLimits, join(root, "dist/main.js")];

async function watchAssets() {
  await buildAssets();
  const { watch } = await import("node:fs");
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const rebuild = () => buildAssets().catch((error) => process.stderr.write(`${error.message}\n`));
  watch(join(root, "public"), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, 100);
  });
}

await command(async () => {
  checkNode();
  readEnvironmentFile();
  await checkPort();
  const build = isWatching ? watchAssets : buildAll;
  process.exitCode = await runOnDatabase({ build, program: isWatching ? watching : serving });
});
process.exit(); // watchers and signal handlers would keep us
