// dist/: the compiled server, and the assets under names that carry the hash of their contents. What serves is put together
// into few files: found and read one by one, eight hundred of them are half of a start.
// `npm run build`; `npm start` builds only what changed.
import { spawn } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { filesUnder, isMain, root, whenChanged } from "./project.mjs";
import { command, Hint, say } from "./say.mjs";

/** Compiled files whose source is gone would still be found by an import. */
function removeOrphans() {
  for (const file of filesUnder("dist")) {
    const path = relative(join(root, "dist"), file);
    if (/^(public|parts)\//.test(path) || !/\.js(\.map)?$/.test(path)) continue;
    if (!existsSync(join(root, "src", path.replace(/\.js(\.map)?$/, ".ts")))) rmSync(file);
  }
}

/** @returns {Promise<{ code: number, output: string }>} */
function runCompiler() {
  const tsc = spawn(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", ".config/tsconfig.build.json", "--pretty", "false"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  tsc.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    tsc.on("error", reject);
    tsc.on("close", (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}

/** Libraries of many small files without anything of their own beside them: they go into the few files, too. */
const TAKEN_IN = ["zod"];

/** A process of an earlier build, which is replaced when nobody waits for it, still asks for its own parts. */
const KEEP_PARTS_MS = 7 * 24 * 3_600_000;

/** Writes `dist/main.js` and `dist/worker.js` anew, each with all that is the project's own behind it. */
async function putTogether() {
  const esbuild = await import("esbuild");
  /** @type {import("esbuild").BuildOptions} */
  const few = {
    absWorkingDir: root,
    entryPoints: ["src/main.ts", "src/worker.ts"],
    outdir: "dist",
    chunkNames: "parts/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["source"],
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
    plugins: [{ name: "libraries", setup: leaveLibraries }],
  };
  await esbuild.build(few).catch(() => {
    throw new Hint("Mã nguồn không đọc được, xem lỗi ở trên.", "The source cannot be read, see the errors above.");
  });
  const old = Date.now() - KEEP_PARTS_MS;
  for (const file of filesUnder("dist/parts")) if (statSync(file).mtimeMs < old) rmSync(file);
}

/** @param {import("esbuild").PluginBuild} build */
function leaveLibraries(build) {
  build.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) => {
    const isTaken = kind === "entry-point" || TAKEN_IN.includes(path.split("/")[0] ?? "");
    return isTaken ? undefined : { path, external: true };
  });
}

/**
 * Compiles src/ to dist/. What has a wrong type is compiled all the same: a portal under construction must start.
 * @returns {Promise<boolean>} whether every type was right
 */
async function compile() {
  const { code, output } = await runCompiler();
  removeOrphans();
  await putTogether();
  if (code === 0) return true;
  const lines = output.split("\n");
  process.stderr.write(`${lines.slice(0, 12).join("\n")}\n`);
  say(
    `mã nguồn có ${lines.length} lỗi kiểu, xem npm run check`,
    `the source has ${lines.length} type errors, see npm run check`,
  );
  return false;
}

/** Builds what changed since it was last built. @returns {Promise<boolean>} whether all of it went well */
export async function buildServer() {
  let isRight = true;
  await whenChanged("server", {
    inputs: filesUnder(
      "src",
      "tsconfig.json",
      ".config/tsconfig.build.json",
      "node_modules/typescript/package.json",
      "node_modules/esbuild/package.json",
      "node_modules/zod/package.json",
      "src/dev/build.mjs",
    ).filter((file) => !file.endsWith(".mjs") || file.endsWith("/build.mjs")),
    outputs: ["dist"],
    work: async () => {
      say("biên dịch mã nguồn", "compiling the source");
      isRight = await compile();
      return isRight;
    },
  });
  return isRight;
}

/** Builds the assets when they changed. */
export async function buildAssets() {
  await whenChanged("assets", {
    inputs: filesUnder("public", "package-lock.json", "src/dev/assets.mjs"),
    outputs: ["dist/public/manifest.json"],
    work: async () => {
      say("dựng CSS, JavaScript và hình ảnh", "building styles, scripts and images");
      const { writeAssets } = await import("./assets.mjs");
      await writeAssets();
    },
  });
}

/** Everything that dist/ holds. @returns {Promise<boolean>} whether all of it went well */
export async function build() {
  const [isRight] = await Promise.all([buildServer(), buildAssets()]);
  return isRight;
}

if (isMain(import.meta.url)) {
  await command(async () => {
    const { prepare } = await import("./prepare.mjs");
    const buildAll = async () => {
      if (!(await build())) throw new Hint("Mã nguồn có lỗi kiểu.", "The source has type errors.");
    };
    await prepare({ build: buildAll });
  });
}
