import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import { inject } from "vitest";
import { now } from "#platform/clock.ts";
import { type Context, type Surroundings, type System, systemContext } from "#platform/context.ts";
import { createPool } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { prepareQueue } from "#platform/jobs.ts";
import { createLog } from "#platform/log.ts";
import { createSandboxes } from "#platform/sandboxes.ts";
import type { Scanner } from "#platform/scanner.ts";
import { createServer } from "#platform/server.ts";
import { stopServer } from "#platform/stop.ts";
import type { Watch } from "#platform/watch.ts";
import { type AppParts, createApp } from "../../src/app.ts";
import { createJobHandlers } from "../../src/jobs.ts";
import { Client, type Page } from "./client.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { atEnd } from "./ending.ts";
import { keepLog } from "./logs.ts";

export type TestApp = TestDatabase &
  Surroundings & {
    app: Express;
    /** "http://127.0.0.1:54321" */
    base: string;
    /** Where its files lie. */
    folder: string;
    /** What was logged, one parsed line each. */
    logged: Record<string, unknown>[];
    /** A browser of its own, with no cookies. */
    client(): Client;
    /** A browser in which somebody signed in. */
    signIn(username: string, password: string): Promise<Client>;
    /** Breaks every connection and takes no new one, as a killed server would. @returns what lets it answer again */
    kill(): Promise<() => Promise<void>>;
    /** As jobs and the seed act. */
    system(at?: Date): Context<System>;
  };

export type TestAppOptions = {
  config?: Partial<AppParts["config"]>;
  identityProvider?: NonNullable<AppParts["identityProvider"]>;
  publicUrl?: string;
  /** How a browser calls this machine; passkeys belong to a name. */
  hostname?: "localhost";
  database?: TestDatabase;
  scanner?: Scanner;
  watch?: Watch;
  crowd?: NonNullable<AppParts["crowd"]>;
};

/** The real app on a free port with a database and a folder of its own; all gone after the last test of the file. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await testDatabase());
  const ownerPool = createPool(database.ownerUrl, 1);
  await prepareQueue(ownerPool);
  await ownerPool.end();
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  const { server, answerWith } = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://${options.hostname ?? "127.0.0.1"}:${(server.address() as AddressInfo).port}`;
  const logged: Record<string, unknown>[] = [];
  const surroundings: Surroundings = {
    db: database.db,
    files: createDiskStore(folder),
    publicUrl: options.publicUrl ?? base,
    ...(options.scanner ? { scanner: options.scanner } : {}),
  };
  const sandboxes = createSandboxes({
    url: database.url,
    folder: join(folder, "trials"),
    publicUrl: surroundings.publicUrl,
    handlersIn: (apart) => createJobHandlers(apart, null),
    log: (error) => void logged.push({ msg: "sandbox", err: String(error) }),
  });
  const app = createApp({
    ...surroundings,
    config: { env: "test", hotline: "1900 0000", trustProxy: false, rateLimits: false, ...options.config },
    province: "tỉnh Lạng Sơn",
    pool: database.pool,
    sessionSecret: "a secret of tests, long enough for any rule",
    watch: options.watch,
    log: createLog("info", { write: (line) => void logged.push(JSON.parse(line)) }),
    sandboxes,
    identityProvider: options.identityProvider ?? null,
    ...(options.crowd ? { crowd: options.crowd } : {}),
  });
  answerWith(app);
  atEnd(async () => {
    await stopServer(server, 2000);
    await sandboxes.close();
    keepLog(inject("logs"), `app-${process.pid}`, logged.map((line) => `${JSON.stringify(line)}\n`).join(""));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const kill = async () => {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
    return () => new Promise<void>((done) => void server.listen(Number(new URL(base).port), "127.0.0.1", () => done()));
  };
  const client = () => new Client(base);
  const signIn = async (username: string, password: string): Promise<Client> => {
    const browser = client();
    const answer = await browser.post("/dang-nhap", { username, password });
    if (answer.status === 422 || answer.status === 429)
      throw new Error(`${username} cannot sign in: ${explain(answer)}`);
    return browser;
  };
  return {
    ...database,
    ...surroundings,
    app,
    base,
    folder,
    logged,
    client,
    signIn,
    kill,
    system: (at = now()) => systemContext(surroundings, at, "test"),
  };
}

const explain = (page: Page): string =>
  page
    .errors()
    .map(({ text }) => text)
    .join("; ");

type Layer = {
  route?: { path: string | readonly string[]; methods: Record<string, boolean> };
  handle?: { stack?: readonly Layer[] };
  match(path: string): boolean;
};

export type ListedRoute = { method: string; path: string };

const TERRITORIES = ["/ca-nhan", "/mot-cua", "/quan-tri"];

/** A router keeps no text of where it is mounted, only what it matches. */
const mountOf = (layer: Layer): string =>
  layer.match("/nowhere-at-all/x") ? "" : (TERRITORIES.find((path) => layer.match(`${path}/x`)) ?? "?");

/** Every route of the app as it is really mounted, for walking them all. */
export function listRoutes(app: Express): ListedRoute[] {
  const listIn = (stack: readonly Layer[], base: string): ListedRoute[] =>
    stack.flatMap((layer) => {
      const { route } = layer;
      if (route) {
        const methods = Object.keys(route.methods).map((method) => method.toUpperCase());
        return [route.path].flat().flatMap((path) => methods.map((method) => ({ method, path: `${base}${path}` })));
      }
      return layer.handle?.stack ? listIn(layer.handle.stack, base + mountOf(layer)) : [];
    });
  return listIn((app.router as unknown as { stack: readonly Layer[] }).stack, "");
}
