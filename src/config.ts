import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { SignInPolicy } from "#accounts/rules.ts";
import type { ScanBox } from "#digitising/rules.ts";
import type { OidcSettings } from "#integrations/oidc/index.ts";
import { readSender, type Sender } from "#platform/mail.ts";
import { readEncryption, type S3Place } from "#platform/s3-place.ts";
import { readScannerPlace } from "#platform/scanner.ts";
import { TERMS, type Terms } from "#platform/session.ts";

const flag = (fallback: boolean) =>
  z
    .stringbool("phải là true hoặc false / must be true or false")
    .optional()
    .transform((value) => value ?? fallback);

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const minutes = (fallback: number, least: number, most: number) =>
  z.coerce
    .number(`phải là số phút từ ${least} đến ${most} / must be a number of minutes from ${least} to ${most}`)
    .int()
    .min(least)
    .max(most)
    .default(fallback);

const postgresUrl = z
  .string()
  .regex(
    /^postgres(ql)?:\/\//,
    "phải có dạng postgresql://người-dùng:mật-khẩu@máy:cổng/tên / must look like postgresql://user:password@host:port/name",
  );

const isMailbox = (text: string): boolean =>
  URL.canParse(text) && /^imaps?:$/.test(new URL(text).protocol) && new URL(text).username !== "";
/** Who may send scans: as it is said, else everybody of the mailbox's own domain. */
function sendersOf(url: string, said: string | undefined): string[] {
  const user = decodeURIComponent(new URL(url).username);
  const listed = (said ?? user.split("@")[1] ?? "").split(",").map((one) => one.trim());
  return listed.filter(Boolean);
}

const Environment = z.object({
  NODE_ENV: z
    .enum(
      ["development", "test", "production"],
      "chỉ nhận development, test hoặc production / must be development, test or production",
    )
    .default("development"),
  PORT: z.coerce
    .number("phải là số từ 0 đến 65535 / must be a number from 0 to 65535")
    .int()
    .min(0)
    .max(65535)
    .default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: optional(
    z.url({ protocol: /^https?$/, error: "phải là địa chỉ http(s) đầy đủ / must be a full http(s) address" }),
  ),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: postgresUrl,
  DATABASE_OWNER_URL: optional(postgresUrl),
  DATABASE_DIRECT_URL: optional(postgresUrl),
  DATABASE_REPLICA_URL: optional(postgresUrl),
  SESSION_SECRET: optional(z.string().min(32, "phải dài ít nhất 32 ký tự / must have at least 32 characters")),
  PROVINCE: z
    .string()
    .regex(/^\d{2}$/, "phải là mã tỉnh 2 chữ số theo QĐ 19/2025/QĐ-TTg / must be a province code of two digits")
    .default("20"),
  HOTLINE: optional(z.string().min(3)),
  AGENCY: optional(z.string().min(3)),
  EMBLEM: optional(
    z
      .string()
      .regex(/\.(svg|png|webp)$/, "phải là tệp .svg, .png hoặc .webp / must be an .svg, .png or .webp file")
      .refine((file) => existsSync(file), "không có tệp này / there is no such file"),
  ),
  SMTP_URL: optional(
    z
      .string()
      .refine(
        (text) => /^smtps?:\/\//.test(text) && URL.canParse(text) && new URL(text).hostname !== "",
        "phải có dạng smtp://người-dùng:mật-khẩu@máy:587 hoặc smtps://máy:465 / must look like smtp://user:password@host:587 or smtps://host:465",
      ),
  ),
  MAIL_FROM: optional(
    z.string().transform((text, refuse) => {
      const sender = readSender(text);
      if (sender) return sender;
      refuse.addIssue({
        code: "custom",
        message:
          "phải là địa chỉ thư, hoặc Tên <địa-chỉ> / must be a mail address, or Name <address>, without quotes or commas",
      });
      return z.NEVER;
    }),
  ),
  S3_BUCKET: optional(z.string().min(3)),
  S3_ENDPOINT: optional(
    z.url({ protocol: /^https?$/, error: "phải là địa chỉ http(s) đầy đủ / must be a full http(s) address" }),
  ),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_ACCESS_KEY: optional(z.string().min(1)),
  S3_SECRET_KEY: optional(z.string().min(1)),
  S3_ENCRYPTION: optional(
    z
      .string()
      .refine(
        (text) => readEncryption(text) !== null,
        "chỉ nhận AES256, aws:kms, aws:kms:<khóa>, customer:<32 byte base64> / must be one of these",
      ),
  ),
  BACKUP_KEY: optional(z.string().min(20, "phải dài ít nhất 20 ký tự / must have at least 20 characters")),
  METRICS_PORT: optional(
    z.coerce.number("phải là số từ 0 đến 65535 / must be a number from 0 to 65535").int().min(0).max(65535),
  ),
  METRICS_HOST: z.string().min(1).default("127.0.0.1"),
  SLOW_QUERY_MS: z.coerce.number("phải là số mili giây / must be milliseconds").int().min(0).default(0),
  SCAN_FOLDER: optional(z.string()),
  SCAN_MAIL_URL: optional(
    z
      .string()
      .refine(
        isMailbox,
        "phải có dạng imaps://tài-khoản:mật-khẩu@máy[:cổng][/thư-mục] / must look like imaps://user:password@host[:port][/folder]",
      ),
  ),
  SCAN_MAIL_SENDERS: optional(z.string()),
  CLAMAV: optional(
    z
      .string()
      .refine(
        (text) => text === "off" || readScannerPlace(text) !== null,
        "phải là máy:cổng hoặc /đường/dẫn/clamd.ctl của ClamAV, hoặc off / must be host:port or the socket of ClamAV's daemon, or off",
      ),
  ),
  DEMO: flag(false),
  WORKER: z.enum(["inprocess", "off"], "chỉ nhận inprocess hoặc off / must be inprocess or off").default("inprocess"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"], "không phải mức nhật ký / is not a log level")
    .default("info"),
  TRUST_PROXY: flag(false),
  RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  SECOND_FACTOR: optional(
    z.enum(["required", "optional"], "chỉ nhận required hoặc optional / must be required or optional"),
  ),
  PASSWORD_POLICY: z.enum(["tcvn", "asvs"], "chỉ nhận tcvn hoặc asvs / must be tcvn or asvs").default("asvs"),
  STEP_UP_MINUTES: minutes(15, 1, 480),
  SESSION_OFFICER_MINUTES: minutes(15, 1, 720),
  SESSION_ADMIN_MINUTES: minutes(5, 1, 720),
  OFFICER_IDLE_DAYS: optional(z.coerce.number("phải là số ngày / must be a number of days").int().min(0).max(3650)),
  SMS: z.enum(["console", "off"], "chỉ nhận console hoặc off / must be console or off").default("off"),
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/, error: "phải là địa chỉ http(s) / must be an http(s) address" })),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_SCOPE: z.string().default("openid profile"),
  SECURITY_CONTACT: optional(
    z
      .string()
      .regex(
        /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/,
        "phải là mailto:… hoặc https://… / must be mailto:… or https://…",
      ),
  ),
  AUDIT_MONTHS: z.coerce
    .number("phải là số tháng, ít nhất 12 / must be a number of months, at least 12")
    .int()
    .min(12, "phải là số tháng, ít nhất 12 / must be a number of months, at least 12")
    .max(600)
    .default(24),
});

export type Config = {
  env: "development" | "test" | "production";
  port: number;
  host: string;
  /** Where the public reaches the portal, without a trailing slash; stands in QR codes. Null: the listening address. */
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string;
  ownerUrl: string;
  /** For worker, LISTEN and sessions, past a pooler. */
  directUrl: string;
  /** A copy that figures and reports are asked of; null: the database itself. */
  replicaUrl: string | null;
  sessionSecret: string | null;
  province: string;
  hotline: string | null;
  /** Whose portal it is; null: the People's Committee of the province. */
  agency: string | null;
  /** A picture file shown in the header in place of the portal's own mark. */
  emblem: string | null;
  /** Null: no mail is sent. */
  mail: { url: string; from: Sender } | null;
  /** Null: files lie in the data folder. */
  s3: S3Place | null;
  /** What backups are sealed with; null: none can be taken. */
  backupKey: string | null;
  /** Where Prometheus asks, apart from the public's port; null: nothing is counted. */
  metrics: { host: string; port: number } | null;
  /** Queries that take longer are logged with the route that asked; 0: none is. */
  slowQueryMs: number;
  /** Where scanners of counters lay their files, a folder for each agency; null: nothing is watched. */
  scanFolder: string | null;
  /** The mailbox that scanners of counters send to; null: none is read. */
  scanMail: ScanBox | null;
  /** Where ClamAV's daemon answers; null: files are not looked through, and nobody is kept from them. */
  clamav: string | null;
  demo: boolean;
  worker: "inprocess" | "off";
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "silent";
  trustProxy: boolean;
  rateLimits: boolean;
  /** How long events of security are kept. */
  auditMonths: number;
  /** Where weaknesses are told of; null: the contact page. */
  securityContact: string | null;
  signIn: SignInPolicy;
  terms: Terms;
  /** Officers who do not sign in for so many days are disabled; 0: never. */
  officerIdleDays: number;
  sms: "console" | "off";
  /** Who proves electronic identities; null: nobody. */
  oidc: OidcSettings | null;
};

export class ConfigError extends Error {}

/** What may come from a file instead, named by the variable with _FILE behind it: as containers hand over secrets. */
const SECRETS = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "DATABASE_DIRECT_URL",
  "DATABASE_REPLICA_URL",
  "SESSION_SECRET",
  "SMTP_URL",
  "SCAN_MAIL_URL",
  "S3_ACCESS_KEY",
  "S3_SECRET_KEY",
  "S3_ENCRYPTION",
  "BACKUP_KEY",
];
const HIDDEN = /URL|SECRET|KEY|ENCRYPTION/;

/** @throws ConfigError for a file that cannot be read */
function withFiles(source: Record<string, string | undefined>): Record<string, string | undefined> {
  const whole = { ...source };
  for (const name of SECRETS) {
    const file = source[`${name}_FILE`];
    if (!file || whole[name]) continue;
    try {
      whole[name] = readFileSync(file, "utf8").trim();
    } catch {
      throw new ConfigError(`  ${name}_FILE: không đọc được tệp / cannot read the file ${file}`);
    }
  }
  return whole;
}

/** Kept in no file of this project, and known to everybody. */
const KNOWN_SECRETS = /^(.)\1*$|change.?me|secret.*secret|^(?:0123456789|1234567890|abcdefghij)/i;

/**
 * Parses the environment, once; the only reader of process.env.
 * @throws ConfigError naming each wrong variable, what it must be, and what stands there
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const source = withFiles(environment);
  const parsed = Environment.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const given = source[name];
      const shown =
        given === undefined ? "chưa đặt / not set" : HIDDEN.test(name) ? "(ẩn / hidden)" : JSON.stringify(given);
      return `  ${name}: ${issue.message}; hiện là / now: ${shown}`;
    });
    throw new ConfigError(`Cấu hình sai / wrong configuration:\n${lines.join("\n")}`);
  }
  const e = parsed.data;
  if (e.NODE_ENV === "production" && e.DEMO)
    throw new ConfigError("  DEMO: không được bật khi NODE_ENV=production / demo people are refused in production");
  if (e.NODE_ENV === "production" && !e.SESSION_SECRET)
    throw new ConfigError("  SESSION_SECRET: cần có khi NODE_ENV=production / is required in production");
  if (e.NODE_ENV === "production" && e.SESSION_SECRET && KNOWN_SECRETS.test(e.SESSION_SECRET))
    throw new ConfigError(
      "  SESSION_SECRET: là giá trị mẫu ai cũng đoán được; tạo bằng openssl rand -hex 32 / is a default that anybody can guess",
    );
  if (e.S3_BUCKET && !(e.S3_ACCESS_KEY && e.S3_SECRET_KEY))
    throw new ConfigError("  S3_ACCESS_KEY, S3_SECRET_KEY: cần có khi đặt S3_BUCKET / are required with S3_BUCKET");
  if (e.NODE_ENV === "production" && !e.CLAMAV)
    throw new ConfigError(
      "  CLAMAV: cần có khi NODE_ENV=production: địa chỉ của ClamAV, hoặc off nếu chấp nhận không quét mã độc / is required in production: where ClamAV answers, or off to say that files are not scanned",
    );
  if (e.NODE_ENV === "production" && e.SMS === "console")
    throw new ConfigError(
      "  SMS: console chỉ để dùng thử, không dùng khi NODE_ENV=production / console is for trying out, refused in production",
    );
  if (e.OIDC_ISSUER && !(e.OIDC_CLIENT_ID && e.OIDC_CLIENT_SECRET))
    throw new ConfigError(
      "  OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: cần có khi đặt OIDC_ISSUER / are required with OIDC_ISSUER",
    );
  if (e.SMTP_URL && !e.MAIL_FROM)
    throw new ConfigError(
      "  MAIL_FROM: cần có khi đặt SMTP_URL, ví dụ: Cổng dịch vụ công <khongtraloi@example.vn> / is required with SMTP_URL",
    );
  return {
    env: e.NODE_ENV,
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    ownerUrl: e.DATABASE_OWNER_URL ?? e.DATABASE_URL,
    directUrl: e.DATABASE_DIRECT_URL ?? e.DATABASE_URL,
    replicaUrl: e.DATABASE_REPLICA_URL ?? null,
    sessionSecret: e.SESSION_SECRET ?? null,
    province: e.PROVINCE,
    hotline: e.HOTLINE ?? null,
    agency: e.AGENCY ?? null,
    emblem: e.EMBLEM ?? null,
    mail: e.SMTP_URL && e.MAIL_FROM ? { url: e.SMTP_URL, from: e.MAIL_FROM } : null,
    s3:
      e.S3_BUCKET && e.S3_ACCESS_KEY && e.S3_SECRET_KEY
        ? {
            bucket: e.S3_BUCKET,
            endpoint: e.S3_ENDPOINT ?? null,
            region: e.S3_REGION,
            accessKey: e.S3_ACCESS_KEY,
            secretKey: e.S3_SECRET_KEY,
            encryption: e.S3_ENCRYPTION ? readEncryption(e.S3_ENCRYPTION) : null,
          }
        : null,
    backupKey: e.BACKUP_KEY ?? null,
    metrics: e.METRICS_PORT === undefined ? null : { host: e.METRICS_HOST, port: e.METRICS_PORT },
    slowQueryMs: e.SLOW_QUERY_MS,
    scanFolder: e.SCAN_FOLDER ?? null,
    scanMail: e.SCAN_MAIL_URL
      ? { url: e.SCAN_MAIL_URL, senders: sendersOf(e.SCAN_MAIL_URL, e.SCAN_MAIL_SENDERS) }
      : null,
    clamav: e.CLAMAV && e.CLAMAV !== "off" ? e.CLAMAV : null,
    demo: e.DEMO,
    worker: e.WORKER,
    logLevel: e.LOG_LEVEL,
    trustProxy: e.TRUST_PROXY,
    rateLimits: e.RATE_LIMITS === "on",
    auditMonths: e.AUDIT_MONTHS,
    securityContact: e.SECURITY_CONTACT ?? null,
    signIn: {
      secondFactor: e.SECOND_FACTOR ?? (e.NODE_ENV === "production" ? "required" : "optional"),
      passwords: e.PASSWORD_POLICY,
      stepUpMinutes: e.STEP_UP_MINUTES,
    },
    terms: {
      ...TERMS,
      officer: { ...TERMS.officer, idleMs: e.SESSION_OFFICER_MINUTES * 60_000 },
      admin: { ...TERMS.admin, idleMs: e.SESSION_ADMIN_MINUTES * 60_000 },
    },
    officerIdleDays: e.OFFICER_IDLE_DAYS ?? (e.NODE_ENV === "production" ? 45 : 0),
    sms: e.SMS,
    oidc:
      e.OIDC_ISSUER && e.OIDC_CLIENT_ID && e.OIDC_CLIENT_SECRET
        ? {
            issuer: e.OIDC_ISSUER,
            clientId: e.OIDC_CLIENT_ID,
            clientSecret: e.OIDC_CLIENT_SECRET,
            scope: e.OIDC_SCOPE,
          }
        : null,
  };
}
