// Type-checks the templates: EJS's own generated source, wrapped in a function typed by `Views`, given to the compiler;
// what it finds is told at its place in views/. A template without an entry in `Views`, or an entry without a template,
// is an error, too.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ejs from "ejs";
import { root } from "#platform/root.ts";

const views = join(root, "views");
const out = join(root, ".cache/views");
const problems: string[] = [];

/** The line in the template for each line of the generated file. */
const origins = new Map<string, number[]>();

const preamble = (view: string): string => `import type { Views, Include } from "#platform/render.ts";
import type { Translate } from "#platform/i18n.ts";
type Shown = string | number | null | undefined;
export default function (it: Views[${JSON.stringify(view)}], t: Translate, include: Include, escapeFn: (value: Shown) => string): number {
  void [it, t, include, escapeFn]; let __line = 1; const __append = (_text: string): void => {};
`;

function generate(view: string, source: string): string {
  const template = new (
    ejs as unknown as { Template: new (text: string, options: object) => { source: string; generateSource(): void } }
  ).Template(source, { client: true, strict: true, _with: false, compileDebug: true, destructuredLocals: ["it", "t"] });
  template.generateSource();
  return `${preamble(view)}${template.source}\n  return __line;\n}\n`;
}

function writeView(view: string): void {
  const source = readFileSync(join(views, `${view}.ejs`), "utf8");
  for (const [i, line] of source.split("\n").entries()) {
    const isData = view === "components/data-block";
    if (!isData && /<%-(?!\s*(include\(|it\.body\b))/.test(line))
      problems.push(`views/${view}.ejs:${i + 1}: <%- is for include( and it.body only`);
    if (/<script(?! type="application\/ld\+json")(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:/i.test(line)) {
      problems.push(`views/${view}.ejs:${i + 1}: no inline script or style; the Content-Security-Policy forbids it`);
    }
  }
  let body: string;
  try {
    body = generate(view, source);
  } catch (error) {
    problems.push(`views/${view}.ejs: ${(error as Error).message}`);
    return;
  }
  let line = 1;
  origins.set(
    `${view}.ts`,
    body.split("\n").map((text) => {
      line = Number(text.match(/^\s*; __line = (\d+)/)?.[1] ?? line);
      return line;
    }),
  );
  mkdirSync(dirname(join(out, view)), { recursive: true });
  writeFileSync(join(out, `${view}.ts`), body);
}

const names = readdirSync(views, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ejs"))
  .map((file) => relative(".", file).replaceAll("\\", "/").slice(0, -4));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const view of names) writeView(view);
writeFileSync(
  join(out, "_declared.ts"),
  `import type { Views } from "#platform/render.ts";
type Written = ${names.map((name) => JSON.stringify(name)).join(" | ") || "never"};
export const missing: Exclude<keyof Views, Written> extends never ? true : Exclude<keyof Views, Written> = true;
`,
);
writeFileSync(
  join(out, "tsconfig.json"),
  JSON.stringify({
    extends: "../../tsconfig.json",
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    include: ["./**/*.ts", "../../src/**/*.ts"],
  }),
);

const tsc = spawnSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "-p", out, "--pretty", "false"],
  {
    cwd: out,
    encoding: "utf8",
  },
);
for (const line of tsc.stdout.split("\n")) {
  const [, file, at, words] = line.match(/^(?:\.\/)?(?!\.\.)(.+\.ts)\((\d+),\d+\): (.*)$/) ?? [];
  if (!file || !words) continue; // errors of src/ itself are told by the type check
  const missing = file === "_declared.ts" ? words.match(/not assignable to type '(.+)'/)?.[1] : undefined;
  if (missing) problems.push(`views/: declared in Views, but there is no template for ${missing}`);
  else problems.push(`views/${file.slice(0, -3)}.ejs:${origins.get(file)?.[Number(at) - 1] ?? "?"}: ${words}`);
}

for (const problem of problems) console.error(problem);
console.log(`${names.length} templates, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
