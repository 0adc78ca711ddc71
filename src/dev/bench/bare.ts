/**
 * The limits that the portal is measured against. A page: Express and one compiled EJS template of the same size, which
 * also reads the session, sets the same headers and asks the database one indexed question; a list of work asks how many
 * there are, too. A file: node:http that sends one of the same size from the disk. And node:http alone, which sends so
 * many bytes from memory. Of acts: bare-writes.ts.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";
import ejs from "ejs";
import express from "express";
import { createPool } from "#platform/db.ts";
import { securityHeaders } from "#platform/headers.ts";
import { sessions } from "#platform/session.ts";
import { addWrites } from "./bare-writes.ts";

const TEMPLATE = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title><%= it.title %></title></head><body><main><h1><%= it.title %></h1>
<table><% for (const row of it.rows) { %><tr><td><a href="/mot-cua/ho-so/<%= row.id %>"><%= row.code %></a></td><td><%= row.name %></td><td><%= row.status %></td><td><%= row.at %></td></tr>
<% } %></table><% for (const text of it.texts) { %><p class="govuk-body"><%= text %></p>
<% } %></main></body></html>`;
const PARAGRAPH =
  "Tổ chức, cá nhân nộp hồ sơ tại bộ phận một cửa hoặc trực tuyến; cán bộ kiểm tra và tiếp nhận. ".repeat(3);

const show = ejs.compile(TEMPLATE, { strict: true, localsName: "it", _with: false });

const QUESTIONS = {
  list: {
    name: "bare_list",
    text: `SELECT d.id, d.code, d.status::text, d."dueAt" AS at, p."fullName" AS name FROM dossiers d JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
           WHERE d."receivingAgencyId" = $1::uuid AND d."finishedAt" IS NULL ORDER BY d."dueAt", d.id LIMIT 20`,
  },
  one: {
    name: "bare_one",
    text: `SELECT d.id, d.code, d.status::text, d."dueAt" AS at, d.reference AS name FROM dossiers d WHERE d.reference = $1`,
  },
} as const;
const questionOf = (kind: string) => (kind === "one" ? QUESTIONS.one : QUESTIONS.list);

/** A worklist says how many there are, too, and counts no further than it says. */
const COUNT = {
  name: "bare_count_open",
  text: `SELECT count(*) FROM (SELECT FROM dossiers WHERE "receivingAgencyId" = $1::uuid AND "finishedAt" IS NULL LIMIT 1001) c`,
};

const [databaseUrl = "", secret = ""] = [process.env["DATABASE_URL"], process.env["SESSION_SECRET"]];
const pool = createPool(databaseUrl);
const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.use((_req, res, next) => {
  res.set("X-Request-Id", randomUUID());
  next();
}, securityHeaders(false));
app.use(sessions(createPool(databaseUrl, 5), secret, false, () => {}));
const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
process.on("SIGTERM", () => process.exit());
addWrites(app, pool, folder);
app.get("/:kind/:key/:bytes", async (req, res) => {
  const question = questionOf(req.params.kind);
  const { rows } = await pool.query({ ...question, values: [req.params.key] });
  if (req.params.kind === "work") await pool.query({ ...COUNT, values: [req.params.key] });
  const own = 260 + rows.length * 190;
  const texts = Array.from(
    { length: Math.max(0, Math.round((Number(req.params.bytes) - own) / (Buffer.byteLength(PARAGRAPH) + 33))) },
    () => PARAGRAPH,
  );
  res.set("Cache-Control", "no-store").vary("Accept-Encoding").type("html");
  res.send(show({ title: "Hồ sơ cần xử lý", rows, texts }));
});

const plain = new Map<string, Buffer>();
/** Without Express: so many bytes from memory, or from a file. */
const answerAlone: RequestListener = (req, res) => {
  const [, kind = "", , bytes = "0"] = (req.url ?? "").split("/");
  const known = plain.get(bytes) ?? randomBytes(Number(bytes));
  const file = join(folder, bytes);
  if (!plain.has(bytes)) writeFileSync(file, known);
  plain.set(bytes, known);
  res.setHeader("Content-Length", bytes);
  if (kind === "plain") res.end(known);
  else pipeline(createReadStream(file), res, () => {});
};

const server = createServer((req, res) => {
  if (/^\/(?:plain|file)\//.test(req.url ?? "")) answerAlone(req, res);
  else app(req, res);
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
