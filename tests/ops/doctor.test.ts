import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { afterAll, expect, test } from "vitest";
import { type Config, ConfigError, readConfig } from "#config.ts";
import { now } from "#platform/clock.ts";
import { systemContext } from "#platform/context.ts";
import { createPool } from "#platform/db.ts";
import { prepareQueue } from "#platform/jobs.ts";
import { openStore } from "#platform/store.ts";
import { examine } from "../../src/ops/doctor/examine.ts";
import { behindTls, startImap } from "../support/imap.ts";
import { startProgram } from "../support/programs.ts";
import { provinceDatabase } from "../support/province.ts";

const database = await provinceDatabase();
const ownerPool = createPool(database.ownerUrl, 1);
await prepareQueue(ownerPool);
const folder = mkdtempSync(join(tmpdir(), "doctor-"));
const SECRET = "4f1c0b7e9d2a48c3b6e5f7081923a4b5c6d7e8f90a1b2c3d";
const base = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: folder };
const post = new SMTPServer({ authOptional: true, disabledCommands: ["STARTTLS"] });
const port: number = await new Promise((resolve) => {
  const server = post.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
});
afterAll(async () => {
  await ownerPool.end();
  await new Promise<void>((resolve) => post.close(resolve));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function told(
  changes: Record<string, string>,
  at = now(),
): Promise<{ failures: string[]; warnings: string[]; advice: string }> {
  const config: Config = readConfig({ ...base, ...changes });
  const ctx = systemContext(
    { db: database.db, files: await openStore(config), publicUrl: "https://x.example" },
    at,
    "doctor",
  );
  const pool = createPool(config.databaseUrl, 1);
  const findings = await examine(ctx, pool, config, now).finally(() => pool.end());
  const of = (kind: string) => findings.filter(({ is }) => is === kind).map(({ text }) => text);
  expect(findings.filter(({ is, advice }) => is !== "ok" && !advice)).toEqual([]);
  return {
    failures: of("failure"),
    warnings: of("warning"),
    advice: findings.map(({ advice }) => advice ?? "").join("\n"),
  };
}

test("finds nothing to mend where all is well, and says what was left out on purpose", async () => {
  const { failures, warnings } = await told({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "a@example.vn" });
  expect(failures).toEqual([]);
  expect(warnings.join("\n")).toMatch(/BACKUP_KEY/);
  expect(warnings.join("\n")).not.toMatch(/SMTP/);
});

test("tells what is wrong in production, and what to do", async () => {
  const production = {
    NODE_ENV: "production",
    SESSION_SECRET: SECRET,
    CLAMAV: "/nowhere/clamd.ctl",
    RATE_LIMITS: "off",
  };
  const { failures, advice } = await told({
    ...production,
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "a@example.vn",
    DATABASE_URL: database.ownerUrl,
  });
  const all = failures.join("\n");
  for (const wrong of [
    /PUBLIC_URL/,
    /RATE_LIMITS/,
    /trùng DATABASE_URL/,
    /sửa được lịch sử/,
    /nowhere\/clamd.ctl: ENOENT/,
    /SMTP_URL.*ECONNREFUSED/,
  ])
    expect(all).toMatch(wrong);
  expect(all).toMatch(/tài khoản dùng thử/);
  expect(advice).toContain("clamav-daemon");
});

test("a data folder that others can read, a database that is away, a calendar that ends", async () => {
  await told({});
  chmodSync(join(folder, "files"), 0o755);
  expect((await told({})).advice).toContain(`chmod 700 ${folder}/files`);
  chmodSync(join(folder, "files"), 0o700);
  expect((await told({ DATABASE_URL: "postgresql://a:b@127.0.0.1:1/x" })).failures.join()).toMatch(/ECONNREFUSED/);
  expect((await told({}, new Date("2033-05-05T03:00:00Z"))).failures.join()).toMatch(/lịch nghỉ năm 2033|Việc nền/);
});

test("a job that nobody does is told", async () => {
  const { rows } = await ownerPool.query(
    "SELECT (graphile_worker.add_job('filing.tidy', run_at => now() - interval '1 hour')).id",
  );
  expect((await told({})).failures.join()).toMatch(/Việc nền chờ từ/);
  await ownerPool.query("SELECT graphile_worker.complete_jobs($1)", [[rows[0].id]]);
  expect((await told({})).failures).toEqual([]);
});

test.each([
  ["a secret that is one letter", { SESSION_SECRET: "a".repeat(40) }, /mẫu ai cũng đoán/],
  ["a secret from an example", { SESSION_SECRET: "please-change-me-please-change-me-now" }, /mẫu ai cũng đoán/],
  ["no word about the scanner", { SESSION_SECRET: SECRET, CLAMAV: "" }, /CLAMAV/],
  ["a bucket without keys", { SESSION_SECRET: SECRET, S3_BUCKET: "ho-so" }, /S3_ACCESS_KEY/],
  ["a secret's file that is not there", { SESSION_SECRET_FILE: "/nowhere/secret" }, /SESSION_SECRET_FILE/],
])("production does not start with %s", (_what, changes, told_) => {
  const production = { ...base, NODE_ENV: "production", CLAMAV: "off" };
  expect(() => readConfig({ ...production, ...changes })).toThrow(ConfigError);
  expect(() => readConfig({ ...production, ...changes })).toThrow(told_);
});

test("the scanners' mailbox over TLS opens where its issuer is known, and under its own name alone", async () => {
  const { url, certificate } = await behindTls((await startImap([])).url);
  const { failures, advice } = await told({ SCAN_MAIL_URL: url });
  expect(failures).toEqual(["SCAN_MAIL_URL localhost: DEPTH_ZERO_SELF_SIGNED_CERT"]);
  expect(advice).toContain("NODE_EXTRA_CA_CERTS");
  // Issuers are read when a process starts.
  const env = { ...process.env, ...base, CLAMAV: "off", NODE_EXTRA_CA_CERTS: certificate };
  const doctor = (address: string) => text(startProgram("ops/doctor", { ...env, SCAN_MAIL_URL: address }).stdout);
  const [known, misnamed] = await Promise.all([doctor(url), doctor(url.replace("localhost", "127.0.0.1"))]);
  expect(known).toContain("✓ SCAN_MAIL_URL localhost: langson.gov.vn");
  expect(misnamed).toContain("✗ SCAN_MAIL_URL 127.0.0.1: ERR_TLS_CERT_ALTNAME_INVALID");
  expect(misnamed).toContain("a name that its certificate has");
}, 60_000);

test("counters that say otherwise than the dossiers are named, with what mends them", async () => {
  await ownerPool.query(`INSERT INTO dossier_tallies SELECT id, '2026-10', 'received.online', 3 FROM agencies LIMIT 1`);
  const { failures, advice } = await told({});
  expect(failures.join("\n")).toMatch(/counters differ.*received\.online 2026-10.*3 ≠ 0/);
  expect(advice).toContain("rebuild_dossier_tallies()");
  await ownerPool.query("SELECT rebuild_dossier_tallies()");
  expect((await told({})).failures.join("\n")).not.toMatch(/counters differ/);
});
