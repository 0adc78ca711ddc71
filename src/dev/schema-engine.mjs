#!/usr/bin/env node
// Prisma's schema engine without its native binary, which a machine without internet cannot fetch. The Prisma CLI starts
// this file (PRISMA_SCHEMA_ENGINE_BINARY) and speaks JSON-RPC with it over stdin and stdout, one message a line; the same
// engine, compiled to WASM, answers through the pg driver.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

// The engine's introspection reads PostgreSQL's one-byte "char", a type that the adapter refuses: such columns travel
// through the adapter as text under a marked name, and are declared to the engine as what they are.
const ONE_BYTE_CHAR = 18;
const TEXT = 25;
const MARK = "\u0000char";

class CharAwarePool extends pg.Pool {
  /**
   * @override
   * @param {any[]} args one of the driver's many signatures
   * @returns {Promise<any>}
   */
  async query(...args) {
    // @ts-expect-error the signatures are passed on as they came
    const result = await super.query(...args);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== ONE_BYTE_CHAR) continue;
      field.dataTypeID = TEXT;
      field.name += MARK;
    }
    return result;
  }
}

/** @param {any} adapter the driver adapter, whose insides have no public type */
function declareChars(adapter) {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (/** @type {unknown} */ query) => {
    const rows = await queryRaw(query);
    for (const [i, name] of rows.columnNames.entries()) {
      if (!name.endsWith(MARK)) continue;
      rows.columnNames[i] = name.slice(0, -MARK.length);
      rows.columnTypes[i] = ColumnTypeEnum.Character;
    }
    return rows;
  };
  return adapter;
}

/**
 * The adapter cuts a script at every semicolon, also inside a function's body; the server itself knows better.
 * @param {any} adapter
 */
function sendScriptsWhole(adapter) {
  adapter.executeScript = async (/** @type {string} */ script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

class AdapterFactory extends PrismaPg {
  #url;

  /** @param {string} url */
  constructor(url) {
    const pool = new CharAwarePool({ connectionString: url });
    pool.on("error", () => {});
    super(pool);
    this.#url = url;
  }

  /** @override */
  async connect() {
    return sendScriptsWhole(declareChars(await super.connect()));
  }

  /**
   * An empty database beside the real one, in which the engine replays the migrations; dropped when it is done.
   * @override
   */
  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_${process.pid}_${Date.now()}`;
    const admin = new pg.Client(this.#url);
    await admin.connect();
    await admin.query(`CREATE DATABASE "${name}"`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    const adapter = await new AdapterFactory(url.href).connect();
    adapter.dispose = async () => {
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
      await admin.end();
    };
    return adapter;
  }
}

/**
 * An error's text; a refused connection to a host of several addresses keeps it in the errors inside.
 * @param {any} error
 * @returns {string}
 */
const reasonOf = (error) =>
  error?.message || error?.errors?.map(reasonOf).join("; ") || error?.code || String(error ?? "unknown error");

async function reasonWhyUnreachable(/** @type {string} */ url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    const { hostname, port, pathname } = new URL(url);
    return `Can't reach the database ${pathname.slice(1)} at ${hostname}:${port || 5432}: ${reasonOf(error)}`;
  }
}

async function createEngine(/** @type {string} */ url) {
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const code = readFileSync(path.replace(/\.js$/, ".wasm"));
  const { WebAssembly } = /** @type {any} */ (globalThis);
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const adapters = bindMigrationAwareSqlAdapterFactory(new AdapterFactory(url));
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapters);
}

const send = (/** @type {object} */ message) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

async function serve(/** @type {string} */ url) {
  let panic = "";
  // A panic of the engine tells its reason here, or nowhere.
  /** @type {any} */ (globalThis).PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (/** @type {string} */ text) => {
      panic = text;
    },
  };
  /** @type {any} */
  let engine;
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const { id, method, params } = JSON.parse(line);
    if (!method) continue; // the CLI's answer to a `print` of ours
    try {
      engine ??= await createEngine(url);
      const result = await engine[method](params);
      if (method === "diff" && result?.stdout) {
        send({ id: `print-${id}`, method: "print", params: { content: result.stdout } });
      }
      send({ id, result: result ?? null });
    } catch (error) {
      const unreachable = panic ? null : await reasonWhyUnreachable(url);
      const message = panic || unreachable || reasonOf(error);
      const known = /** @type {NodeJS.ErrnoException} */ (error);
      const code = unreachable ? "P1001" : (known.code ?? null);
      send({
        id,
        error: { code: 4466, message, data: { is_panic: Boolean(panic), message, meta: {}, error_code: code } },
      });
    }
  }
}

const args = process.argv.slice(2);
const { url } = JSON.parse(args[args.indexOf("--datasource") + 1] ?? "{}");

if (args.includes("can-connect-to-database")) {
  const reason = await reasonWhyUnreachable(url);
  if (reason) {
    // The CLI skips the first line of stderr and parses each other one: no line break may end the last.
    const fields = { is_panic: false, message: reason, error_code: "P1001", meta: {} };
    process.stderr.write(`\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}`);
  }
  process.exit(reason ? 1 : 0);
}
await serve(url);
