import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { memoryEnvironment, memoryLimits } from "../../src/dev/project.mjs";

const project = join(import.meta.dirname, "../..");
const isRoot = process.getuid?.() === 0;
let clone: string;
const launched: ChildProcess[] = [];

const MAIN = `
import { createServer } from "node:http";
const server = createServer((_, answer) => answer.end(JSON.stringify({ database: process.env["DATABASE_URL"], demo: process.env["DEMO"], pid: process.pid, flags: process.execArgv, arenas: process.env["MALLOC_ARENA_MAX"] })));
server.listen(Number(process.env["PORT"]), "127.0.0.1");
process.on("SIGTERM", () => { console.log("stopped gracefully"); server.close(); server.closeAllConnections(); });
`;
const SCHEMA = `generator client {
  provider = "prisma-client"
  output   = "../../src/platform/prisma"
}
datasource db {
  provider = "postgresql"
}
model Setting {
  key   String @id
  value Json
  @@map("settings")
}
`;
const MIGRATION = `CREATE TABLE "settings" ("key" TEXT NOT NULL PRIMARY KEY, "value" JSONB NOT NULL); GRANT SELECT ON settings TO app;`;
const SEED = `import { appendFileSync } from "node:fs"; appendFileSync("seeded", "x");`;

const write = (path: string, text: string): void => {
  mkdirSync(join(clone, path, ".."), { recursive: true });
  writeFileSync(join(clone, path), text);
};

/** A small portal with the real start scripts, in a folder whose name has spaces and Vietnamese letters. */
function makeClone(): void {
  clone = mkdtempSync(join(tmpdir(), "một cửa điện tử "));
  chmodSync(clone, 0o755);
  for (const path of ["src/dev", ".config", "tsconfig.json", "package.json", "package-lock.json"]) {
    cpSync(join(project, path), join(clone, path), {
      recursive: true,
      filter: (file) => !/src\/dev\/.*\.ts$/.test(file),
    });
  }
  symlinkSync(join(project, "node_modules"), join(clone, "node_modules"));
  write("src/main.ts", MAIN);
  write("src/worker.ts", "export {};");
  for (const style of ["app", "officers", "hall"]) write(`public/css/${style}.scss`, "main { color: black; }");
  for (const script of ["app", "sw"]) write(`public/js/${script}.ts`, "export {};");
  write("prisma/schema/base.prisma", SCHEMA);
  write("prisma/migrations/1_settings/migration.sql", MIGRATION);
  write("prisma/migrations/migration_lock.toml", 'provider = "postgresql"\n');
  write("prisma/seed.ts", SEED);
}

const findPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

type Start = { child: ChildProcess; port: number; output: () => string; ended: Promise<number | null> };

async function launch(env: Record<string, string> = {}): Promise<Start> {
  const port = Number(env["PORT"] ?? (await findPort()));
  const { DATABASE_URL: _url, DATABASE_OWNER_URL: _owner, DATA_DIR: _data, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(clone, "src/dev/start.mjs")], {
    env: { ...inherited, PORT: String(port), ...env },
  });
  launched.push(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, port, output: () => text, ended };
}

type Answer = { database: string; demo: string; pid: number; flags: string[]; arenas: string };

async function whenServing({ port, output, ended }: Start): Promise<Answer> {
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  while (!hasEnded) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer) return (await answer.json()) as Answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`npm start ended:\n${output()}`);
}

const stop = async ({ child, ended }: Start): Promise<number | null> => {
  child.kill("SIGTERM");
  return ended;
};

/** The embedded server of the clone, if it runs. */
function findServer(): number | null {
  const elsewhere = join(clone, ".data/postgres/elsewhere");
  const place = existsSync(elsewhere) ? readFileSync(elsewhere, "utf8") : join(clone, ".data/postgres");
  const file = join(place, "data/postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : null;
}

const portOf = ({ database }: Answer): string => new URL(database).port;

beforeAll(makeClone);
afterEach(async () => {
  for (const child of launched.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await new Promise((resolve) => child.on("close", resolve));
    }
  }
});
afterAll(() => {
  const elsewhere = join(clone, ".data/postgres/elsewhere");
  if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, "utf8"), { recursive: true });
  rmSync(clone, { recursive: true });
});

describe.sequential("npm start", { timeout: 60_000 }, () => {
  test("a fresh clone builds, migrates, seeds and serves, with demo people on the embedded database", async () => {
    const start = await launch();
    const answer = await whenServing(start);
    expect(answer.demo).toBe("true");
    expect(answer.flags).toEqual(expect.arrayContaining(memoryLimits));
    expect(answer.arenas).toBe(memoryEnvironment.MALLOC_ARENA_MAX);
    expect(new URL(answer.database).username).toBe("app");
    expect(readFileSync(join(clone, "seeded"), "utf8")).toBe("x");
    expect(await stop(start)).toBe(0);
    expect(start.output()).toContain("stopped gracefully");
    expect(findServer()).toBeNull();
  });

  test("a second start does nothing twice", async () => {
    const start = await launch();
    await whenServing(start);
    expect(start.output()).toBe("");
    expect(readFileSync(join(clone, "seeded"), "utf8")).toBe("x");
  });

  test("two at once share the database server; the last one out stops it", async () => {
    const [first, second] = [await launch(), await launch()];
    const [one, two] = [await whenServing(first), await whenServing(second)];
    expect(portOf(one)).toBe(portOf(two));
    await stop(first);
    expect(findServer()).not.toBeNull();
    await stop(second);
    expect(findServer()).toBeNull();
  });

  test("after kill -9 of the starter the portal stops, and the next start attaches to the server that lives on", async () => {
    const killed = await launch();
    const before = await whenServing(killed);
    killed.child.kill("SIGKILL");
    await killed.ended;
    while (await fetch(`http://127.0.0.1:${killed.port}/`).catch(() => null))
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(findServer()).not.toBeNull();
    const next = await launch();
    expect(portOf(await whenServing(next))).toBe(portOf(before));
    await stop(next);
    expect(findServer()).toBeNull();
  });

  test("after kill -9 of the portal itself nothing lives on", async () => {
    const start = await launch();
    process.kill((await whenServing(start)).pid, "SIGKILL");
    expect(await start.ended).toBe(1);
    expect(findServer()).toBeNull();
  });

  test("a stale pid file that names another process is cleared", async () => {
    const killed = await launch();
    await whenServing(killed);
    const server = findServer() ?? 0;
    killed.child.kill("SIGKILL");
    await killed.ended;
    process.kill(server, "SIGKILL");
    const file = join(clone, ".data/postgres/data/postmaster.pid");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(process.pid)));
    await whenServing(await launch());
  });
});

describe.sequential("npm start says what to do", { timeout: 60_000 }, () => {
  const endsWith = async (env: Record<string, string>, words: RegExp): Promise<void> => {
    const start = await launch(env);
    expect(await start.ended).toBe(1);
    expect(start.output()).toMatch(words);
    expect(start.output()).not.toMatch(/ at .*\.mjs/);
    expect(findServer()).toBeNull();
  };

  test("when the port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.on("listening", resolve));
    const { port } = taken.address() as { port: number };
    await endsWith(
      { PORT: String(port) },
      new RegExp(`Cổng ${port} đang có chương trình khác dùng.*PORT=${port + 1}\\b.*Port ${port} is taken`, "s"),
    );
    taken.close();
  });

  test("when the data directory cannot be written", () =>
    endsWith({ DATA_DIR: "/proc/data" }, /Không ghi được vào thư mục dữ liệu \/proc\/data.*set DATA_DIR/s));

  test("when the database given cannot be reached", () =>
    endsWith(
      { DATABASE_URL: "postgresql://a:b@127.0.0.1:1/x" },
      /127\.0\.0\.1:1\/x \(connect ECONNREFUSED.*check DATABASE_URL/s,
    ));

  test("when the data are of another PostgreSQL", async () => {
    const file = join(clone, ".data/postgres/data/PG_VERSION");
    const version = readFileSync(file, "utf8");
    writeFileSync(file, "17\n");
    await endsWith({}, /là của PostgreSQL 17.*are of PostgreSQL 17.*rename that folder/s);
    writeFileSync(file, version);
  });

  test("when the database knows a migration that the source lacks", async () => {
    const [from, to] = [join(clone, "prisma/migrations/1_settings"), join(clone, "prisma/migrations/2_other")];
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true });
    await endsWith({}, /một phiên bản khác của cổng \(có bước 1_settings.*another version of the portal/s);
    cpSync(to, from, { recursive: true });
    rmSync(to, { recursive: true });
  });

  test.runIf(isRoot)("when root starts it where the server's user cannot go: the server stands elsewhere", async () => {
    chmodSync(clone, 0o700);
    rmSync(join(clone, ".data"), { recursive: true });
    const start = await launch();
    await whenServing(start);
    expect(start.output()).toMatch(/máy chủ và dữ liệu của nó đặt ở \/var\/lib\/mot-cua\//);
    await stop(start);
    expect(findServer()).toBeNull();
  });
});
