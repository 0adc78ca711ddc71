// public/ -> dist/public/: Sass, bundled scripts, fonts, icons and images under hashed names, compressed once and for all.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";
// @ts-expect-error it comes without types
import subsetFont from "subset-font";
import { filesUnder, root } from "./project.mjs";
import { say } from "./say.mjs";

const source = join(root, "public");
const built = join(root, "dist/public");
/** Written aside, so that an error leaves what was built before. */
const target = `${built}.partial`;
/** Where the address /assets/ leads. */
const assets = join(target, "assets");
const FONTS = join(root, "node_modules/@fontsource/be-vietnam-pro/files");
const TEXTUAL = new Set([".css", ".js", ".map", ".svg", ".json", ".txt", ".webmanifest", ".xml"]);

/** @typedef {Record<string, string>} Manifest logical name ("app.css", "icons/search.svg") -> address ("/assets/...") */

const hashOf = (/** @type {Uint8Array | string} */ content) =>
  createHash("sha256").update(content).digest("hex").slice(0, 10);

/** Writes one file under its hashed name. */
function emit(
  /** @type {Manifest} */ manifest,
  /** @type {string} */ name,
  /** @type {Uint8Array | string} */ content,
) {
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}-${hashOf(content)}${extension}`;
  const file = join(assets, hashed);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  manifest[name] = `/assets/${hashed}`;
  return manifest[name];
}

/** Fonts, icons and images of public/; the first path segment stays in the name. */
function copyFiles(/** @type {Manifest} */ manifest) {
  for (const folder of ["fonts", "icons", "images"]) {
    for (const file of filesUnder(`public/${folder}`)) {
      emit(manifest, relative(source, file).replaceAll("\\", "/"), readFileSync(file));
    }
  }
  // What browsers ask for by a fixed address: /favicon.ico, /robots.txt.
  if (!existsSync(source)) return;
  for (const name of readdirSync(source)) {
    if (statSync(join(source, name)).isFile()) writeFileSync(join(target, name), readFileSync(join(source, name)));
  }
}

// The fonts of public pages, cut to the letters that Vietnamese and English are written with: a quarter less to load.
const LATIN = `${String.fromCodePoint(...Array.from({ length: 95 }, (_, i) => 32 + i))}\u00a0«»·×°²±§ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÇçÑñÖöÜüÄäŒœ–—‘’“”…•€™−↑↓`;

async function writeFonts(/** @type {Manifest} */ manifest) {
  const names = [400, 700].flatMap((weight) => ["latin", "vietnamese"].map((set) => `${set}-${weight}`));
  await Promise.all(
    names.map(async (name) => {
      const file = `be-vietnam-pro-${name}-normal.woff2`;
      const whole = readFileSync(join(FONTS, file));
      const cut = name.startsWith("latin")
        ? await subsetFont(whole, LATIN, { targetFormat: "woff2", noLayoutClosure: true })
        : whole;
      emit(manifest, `fonts/${file}`, cut);
    }),
  );
}

/** `url("fonts/x.woff2")` and `url("icons/x.svg")` in a style mean a file of public/, or one of the fonts. */
function linkFiles(/** @type {Manifest} */ manifest, /** @type {string} */ css) {
  return css.replace(
    /url\(\s*["']?(?:\.\/)?((?:fonts|icons|images)\/[^"')?#]+)["']?\s*\)/g,
    (_, /** @type {string} */ name) => {
      if (!manifest[name]) throw new Error(`public/css: url("${name}") is neither in public/ nor one of the fonts`);
      return `url("${manifest[name]}")`;
    },
  );
}

/** `app.css` for every page, `officers.css` beside it for officers, `hall.css` for a hall's screens and machines. */
function writeStyles(/** @type {Manifest} */ manifest) {
  for (const name of ["app", "officers", "hall"]) {
    // MOJ's settings import "node_modules/govuk-frontend/...", hence the project's folder beside node_modules.
    const { css } = sass.compile(join(source, `css/${name}.scss`), {
      loadPaths: [join(root, "node_modules"), root],
      style: "compressed",
      quietDeps: true,
      silenceDeprecations: ["import", "global-builtin", "if-function"],
    });
    emit(manifest, `${name}.css`, linkFiles(manifest, css));
  }
}

async function writeScripts(/** @type {Manifest} */ manifest) {
  const entry = ["app.ts", "app.js"].map((name) => join(source, "js", name)).find((file) => existsSync(file));
  if (!entry) return void say("chưa có public/js/app.ts", "there is no public/js/app.ts yet");
  const { metafile } = await esbuild.build({
    entryPoints: [entry],
    outdir: assets,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2020",
    minify: true,
    metafile: true,
    logLevel: "warning",
    absWorkingDir: root,
  });
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint && join(root, entryPoint) === entry) manifest["app.js"] = `/assets/${basename(file)}`;
  }
}

/** /sw.js, under a fixed address: what it keeps and its version are those of this build. */
async function writeWorker(/** @type {Manifest} */ manifest) {
  const kept = [
    "app.css",
    "app.js",
    "fonts/be-vietnam-pro-latin-400-normal.woff2",
    "fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
  ].map((name) => manifest[name]);
  await esbuild.build({
    entryPoints: [join(source, "js/sw.ts")],
    outfile: join(target, "sw.js"),
    bundle: true,
    format: "iife",
    target: "es2020",
    minify: true,
    define: { KEPT: JSON.stringify(kept), VERSION: JSON.stringify(hashOf(JSON.stringify(manifest))) },
    logLevel: "warning",
    absWorkingDir: root,
  });
}

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** A .br and a .gz beside every text, so that no request pays for compression. */
async function compress() {
  const files = filesUnder("dist/public.partial").filter(
    (file) => TEXTUAL.has(extname(file)) && basename(file) !== "manifest.json",
  );
  await Promise.all(
    files.map(async (file) => {
      const content = readFileSync(file);
      const options = {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length },
      };
      const [br, gz] = await Promise.all([brotli(content, options), gzip(content, { level: 9 })]);
      if (br.length < content.length) writeFileSync(`${file}.br`, br);
      if (gz.length < content.length) writeFileSync(`${file}.gz`, gz);
    }),
  );
}

/** Builds dist/public anew. @returns {Promise<Manifest>} */
export async function writeAssets() {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  /** @type {Manifest} */
  const manifest = {};
  copyFiles(manifest);
  await writeFonts(manifest);
  writeStyles(manifest);
  await writeScripts(manifest);
  await writeWorker(manifest);
  await compress();
  writeFileSync(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(built, { recursive: true, force: true });
  renameSync(target, built);
  return manifest;
}
