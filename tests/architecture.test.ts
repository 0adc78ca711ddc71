import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const filesIn = (folder: string, ending: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(ending))
        .map((file) => join(folder, file).replaceAll("\\", "/"))
        .filter((file) => !file.startsWith("src/platform/prisma/"))
        .sort()
    : [];
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
/** Code without comments and the contents of its templates' plain text: what a rule about code may look at. */
const codeOf = (file: string): string =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|[^:"'`])\/\/.*$/gm, "$1");

type Import = { from: string; to: string; typeOnly: boolean };

/** Static imports and re-exports, and imports at run time; `to` is a path under src/ or a package's name. */
const importsOf = (from: string): Import[] => {
  const code = codeOf(from);
  const resolve = (to: string) => (to.startsWith(".") ? normalize(join(dirname(from), to)) : to.replace(/^#/, "src/"));
  const fixed = [...code.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?from\s+)?"([^"]+)"/gm)];
  const late = [...code.matchAll(/(?<!typeof )\bimport\(\s*"([^"]+)"/g)];
  return [
    ...fixed.map((match) => ({ from, to: resolve(match[2] ?? ""), typeOnly: Boolean(match[1]) })),
    ...late.map((match) => ({ from, to: resolve(match[1] ?? ""), typeOnly: false })),
  ];
};

const sources = filesIn("src", ".ts");
const templates = filesIn("views", ".ejs");
const imports = sources.flatMap(importsOf);

/** A capability or integration: "dossiers", "integrations/mail"; nothing for files directly under src/. */
const roomOf = (path: string): string | undefined => path.match(/^src\/(integrations\/[^/]+|[^/]+)\//)?.[1];
const kindOf = (path: string): string | undefined => path.match(/^src\/(?:integrations\/)?[^/]+\/([^/.]+)/)?.[1];
const isFoundation = (room: string | undefined): boolean => room === "platform" || room === "dev";
const isCapability = (path: string): boolean => roomOf(path) !== undefined && !isFoundation(roomOf(path));

/** `from -> to` of every import that a rule forbids. */
const breaking = (rule: (one: Import) => boolean): string[] =>
  imports.filter(rule).map(({ from, to }) => `${from} -> ${to}`);
const linesLike = (files: string[], pattern: RegExp, textFor = codeOf): string[] =>
  files.flatMap((file) =>
    textFor(file)
      .split("\n")
      .flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim()}`] : [])),
  );

/** Files of a room beside the usual ones, each with the reason in its own docstring. */
const USUAL = ["index", "routes", "paths", "inputs", "rules", "actions", "queries", "pages", "messages"];
const OWN: Record<string, readonly string[]> = {
  accounts: ["delivery", "passport"],
  digitising: ["pdf", "png"],
  documents: ["filling", "printing", "snapshot"],
  dossiers: ["events"],
  notifications: ["delivery"],
  procedures: ["definition", "conditions", "fields", "answers", "import"],
  workflow: ["definition", "engine", "editor", "shapes", "agencies"],
};
const OUTSIDE_ROOMS = [
  "app.ts",
  "cluster.ts",
  "config.ts",
  "jobs.ts",
  "main.ts",
  "reactions.ts",
  "texts.ts",
  "worker.ts",
];
const DOOR = /^src\/(?:integrations\/)?[^/]+\/(index|rules|paths|definition)(\.ts|\/index\.ts)$/;

test("the scan sees the code", () => {
  expect(sources.length).toBeGreaterThan(10);
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.some(({ to }) => to.startsWith("src/platform/"))).toBe(true);
});

describe("who may import whom", () => {
  test("platform knows no capability", () => {
    expect(
      breaking(({ from, to }) => roomOf(from) === "platform" && (isCapability(to) || to === "src/app.ts")),
    ).toEqual([]);
  });

  test("a capability is entered by its index, or its pure rules, paths and definition; only files directly under src/ mount routes and gather texts", () => {
    expect(
      breaking(({ from, to }) => {
        if (!isCapability(to) || roomOf(from) === roomOf(to) || roomOf(from) === "dev" || DOOR.test(to)) return false;
        const isHall = roomOf(from) === undefined;
        return !(isHall && /\/(routes|messages)\.ts$/.test(to));
      }),
    ).toEqual([]);
  });

  test("nothing imports the app but main and the dev room", () => {
    expect(breaking(({ from, to }) => to === "src/app.ts" && from !== "src/main.ts" && roomOf(from) !== "dev")).toEqual(
      [],
    );
  });

  test("rules, inputs, paths and definitions are pure: no database, web, files, configuration or clock", () => {
    const impure =
      /^(express|pg|graphile-worker|multer|passport|@prisma\/|node:(fs|http|net|child_process))|platform\/(db|prisma|clock|render|jobs|files|session|guards|log)|src\/config\.ts/;
    expect(
      breaking(
        ({ from, to, typeOnly }) =>
          isCapability(from) &&
          ["rules", "inputs", "paths", "definition"].includes(kindOf(from) ?? "") &&
          !typeOnly &&
          impure.test(to),
      ),
    ).toEqual([]);
  });

  test("rules know only rules, inputs only rules, paths nothing", () => {
    const upper = /^(routes|inputs|actions|queries|pages)$/;
    expect(
      breaking(({ from, to, typeOnly }) => {
        if (!isCapability(from) || typeOnly || roomOf(to) === undefined) return false;
        if (kindOf(from) === "paths") return true;
        return (
          ["rules", "inputs", "definition"].includes(kindOf(from) ?? "") &&
          isCapability(to) &&
          upper.test(kindOf(to) ?? "") &&
          kindOf(from) !== kindOf(to)
        );
      }),
    ).toEqual([]);
  });

  test("routes and pages never touch the Prisma client", () => {
    const client = /^(pg|@prisma\/)|src\/platform\/(db\.ts|prisma\/)/;
    expect(
      breaking(
        ({ from, to, typeOnly }) =>
          isCapability(from) && ["routes", "pages"].includes(kindOf(from) ?? "") && !typeOnly && client.test(to),
      ),
    ).toEqual([]);
  });

  test("actions and queries know neither Express nor pages, so that a job can call them", () => {
    expect(
      breaking(
        ({ from, to }) =>
          isCapability(from) &&
          ["actions", "queries"].includes(kindOf(from) ?? "") &&
          (/^(express|passport|multer)/.test(to) ||
            /platform\/(render|session)/.test(to) ||
            (isCapability(to) && /^(routes|pages)$/.test(kindOf(to) ?? ""))),
      ),
    ).toEqual([]);
  });

  test("an integration knows the port that it implements and nothing else of the portal", () => {
    expect(
      breaking(
        ({ from, to, typeOnly }) =>
          from.startsWith("src/integrations/") && isCapability(to) && roomOf(from) !== roomOf(to) && !typeOnly,
      ),
    ).toEqual([]);
  });

  test("no cycles", () => {
    const graph = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports)
      if (!typeOnly && to.startsWith("src/")) graph.set(from, [...(graph.get(from) ?? []), to]);
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, trail: string[]): void => {
      if (trail.includes(file)) {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
        return;
      }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

describe("what may stand where", () => {
  test("the environment is read by config.ts alone", () => {
    expect(
      linesLike(
        sources.filter((file) => file !== "src/config.ts" && roomOf(file) !== "dev"),
        /\bprocess\.env\b/,
      ),
    ).toEqual([]);
  });

  test("the clock is read by platform/clock.ts alone", () => {
    const elsewhere = sources.filter((file) => file !== "src/platform/clock.ts" && roomOf(file) !== "dev");
    expect(linesLike(elsewhere, /\bnew Date\(\s*\)|\bDate\.now\(|\bperformance\.now\(/)).toEqual([]);
  });

  test("no procedure's code stands in the code: procedures are data", () => {
    const files = [...sources, ...filesIn("src", ".mjs"), ...templates];
    expect(linesLike(files, /\b\d\.\d{6}\b/, textOf)).toEqual([]);
  });

  test("every instant of the schema is a timestamptz(3)", () => {
    const fields = filesIn("prisma/schema", ".prisma").flatMap((file) =>
      textOf(file)
        .split("\n")
        .filter((line) => /^\s+\w+\s+DateTime\b/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.filter((field) => !field.includes("@db.Timestamptz(3)"))).toEqual([]);
  });

  test("a room holds the usual files, and its own few", () => {
    const strange = sources.filter((file) => {
      const room = roomOf(file);
      if (room === undefined) return !OUTSIDE_ROOMS.includes(file.slice("src/".length));
      if (isFoundation(room) || room === "ops" || room.startsWith("integrations/")) return false;
      const kind = kindOf(file) ?? "";
      return !USUAL.includes(kind) && !OWN[room]?.includes(kind);
    });
    expect(strange).toEqual([]);
  });

  test("no file is named after nothing", () => {
    const empty = /\/(utils?|helpers?|common|managers?|services?|data|info|misc|shared)(\/|\.)/;
    expect([...sources, ...templates, ...filesIn("tests", ".ts")].filter((file) => empty.test(file))).toEqual([]);
  });

  test("a template belongs to a room, or to the shared parts", () => {
    const rooms = new Set([...sources.map(roomOf), "layouts", "components", "errors", "fields"]);
    expect(templates.filter((file) => !rooms.has(file.split("/")[1]))).toEqual([]);
  });
});
