import { mkdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Config } from "#config.ts";
import { openMailbox } from "#integrations/imap/index.ts";
import { findTextReader } from "#integrations/tesseract/index.ts";
import type { FileStore } from "#platform/files.ts";
import { openMailer } from "#platform/mail.ts";
import { openScanner } from "#platform/scanner.ts";
import { certificateAdvice, type Finding, failure, ok, reasonOf, warning } from "./check.ts";

const LEAST_FREE = 2 * 1024 ** 3;
const GIGABYTE = 1024 ** 3;

/** Whether the configuration is one for citizens. */
export function checkConfiguration(config: Config): Finding[] {
  if (config.env !== "production")
    return [ok(`NODE_ENV=${config.env}: chưa phải cấu hình phục vụ người dân / not a configuration for citizens`)];
  return [
    config.publicUrl?.startsWith("https:")
      ? ok(`PUBLIC_URL ${config.publicUrl}`)
      : failure(
          `PUBLIC_URL ${config.publicUrl ?? "chưa đặt / not set"}`,
          "Đặt địa chỉ https mà người dân dùng / set the https address that citizens use",
        ),
    config.rateLimits
      ? ok("RATE_LIMITS on")
      : failure("RATE_LIMITS off", "Bỏ RATE_LIMITS=off: không có nó, mật khẩu bị dò tự do / take RATE_LIMITS=off away"),
    config.ownerUrl === config.databaseUrl
      ? failure(
          "DATABASE_OWNER_URL trùng DATABASE_URL / is DATABASE_URL",
          "Dùng hai vai trò riêng: cổng chạy bằng vai trò app, không sửa được lịch sử / use two roles, so that the portal cannot change history",
        )
      : ok("DATABASE_OWNER_URL là vai trò riêng / is a role of its own"),
    config.hotline
      ? ok(`HOTLINE ${config.hotline}`)
      : warning(
          "HOTLINE chưa đặt / not set",
          "Đặt số điện thoại hỗ trợ hiện trên mọi trang / set the number shown on every page",
        ),
  ];
}

/** Whether the data folder is the portal's alone and has room. */
export async function checkFolder({ dataDir }: Pick<Config, "dataDir">): Promise<Finding[]> {
  try {
    await mkdir(join(dataDir, "files"), { recursive: true, mode: 0o700 });
    const { mode } = await stat(join(dataDir, "files"));
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    return [
      (mode & 0o077) === 0
        ? ok(`${dataDir}/files: chỉ cổng đọc được / nobody else reads it`)
        : failure(
            `${dataDir}/files: người khác trên máy đọc được (${(mode & 0o777).toString(8)}) / others on this machine can read it`,
            `chmod 700 ${dataDir}/files`,
          ),
      free >= LEAST_FREE
        ? ok(`Đĩa còn / free: ${Math.floor(free / GIGABYTE)} GB`)
        : failure(
            `Đĩa còn / free: ${(free / GIGABYTE).toFixed(1)} GB`,
            "Thêm chỗ trước khi hết: hết chỗ thì không nộp được hồ sơ / add room before filing stops",
          ),
    ];
  } catch (error) {
    return [
      failure(
        `DATA_DIR ${dataDir}: ${reasonOf(error)}`,
        "Cho tài khoản chạy cổng quyền ghi vào đó / let the portal's account write there",
      ),
    ];
  }
}

/** Whether a file comes back as it was stored. */
export async function checkStore(files: FileStore, { s3 }: Pick<Config, "s3">): Promise<Finding> {
  const name = s3 ? `S3 ${s3.endpoint ?? "AWS"}/${s3.bucket}` : "Kho tệp trên đĩa / files on disk";
  try {
    const bytes = Buffer.from("kiểm tra");
    const staged = await files.stage(Readable.from([bytes]), bytes.length);
    if (!staged) throw new Error("not staged");
    const key = await files.keep(staged);
    const back = await buffer(await files.open(key));
    await files.remove(key);
    if (!back.equals(bytes))
      return failure(
        `${name}: tệp đọc lại khác lúc ghi / came back altered`,
        "Kiểm tra máy chủ S3 / look at the S3 server",
      );
    return s3 && !s3.encryption
      ? warning(
          `${name}: ghi, đọc, xóa được / works, không mã hóa / without encryption`,
          "Đặt S3_ENCRYPTION / set S3_ENCRYPTION",
        )
      : ok(`${name}: ghi, đọc, xóa được / works`);
  } catch (error) {
    return failure(`${name}: ${reasonOf(error)}`, "Kiểm tra địa chỉ, khóa và quyền / look at address, keys and rights");
  }
}

/** Whether the mailbox of the counters' scanners can be opened. Nothing in it is read. */
export async function checkScanBox({ scanMail }: Pick<Config, "scanMail">): Promise<Finding[]> {
  if (!scanMail) return [];
  const { hostname } = new URL(scanMail.url);
  if (scanMail.senders.length === 0)
    return [
      failure(
        "SCAN_MAIL_SENDERS chưa đặt / not set",
        "Ghi địa chỉ hoặc tên miền được gửi bản quét / say which addresses or domains may send scans",
      ),
    ];
  try {
    await openMailbox(scanMail.url).look();
    return [ok(`SCAN_MAIL_URL ${hostname}: ${scanMail.senders.join(", ")}`)];
  } catch (error) {
    return [
      failure(
        `SCAN_MAIL_URL ${hostname}: ${reasonOf(error)}`,
        certificateAdvice(error) ?? "Kiểm tra địa chỉ, cổng, tài khoản hộp thư / look at address, port and account",
      ),
    ];
  }
}

/** Whether scanned papers can be read, which nobody must have. */
export async function checkTextReader(): Promise<Finding> {
  return (await findTextReader())
    ? ok("tesseract: tiếng Việt / Vietnamese")
    : ok(
        "tesseract: chưa cài, không tìm được theo chữ trong bản quét / not installed: words in scans are not found (apt-get install tesseract-ocr tesseract-ocr-vie)",
      );
}

/** Whether the virus scanner answers. */
export async function checkScanner({ clamav, env }: Pick<Config, "clamav" | "env">): Promise<Finding> {
  const scanner = openScanner(clamav);
  if (!scanner)
    return env === "production"
      ? warning(
          "CLAMAV=off: tệp không được quét mã độc / files are not scanned",
          "Cài clamav-daemon rồi đặt CLAMAV / install clamav-daemon and set CLAMAV",
        )
      : ok("CLAMAV: không quét mã độc / files are not scanned");
  try {
    return ok(`CLAMAV ${clamav}: ${await scanner.version()}`);
  } catch (error) {
    return failure(
      `CLAMAV ${clamav}: ${reasonOf((error as Error).cause ?? error)}`,
      "Khởi động clamav-daemon; trong lúc chờ, nộp hồ sơ vẫn được nhưng không ai mở được tệp / start clamav-daemon; meanwhile nobody can open files",
    );
  }
}

/** Whether the mail server takes what the portal would send. */
export async function checkMail({ mail }: Pick<Config, "mail">): Promise<Finding> {
  const mailer = openMailer(mail, "https://localhost");
  if (!mailer)
    return warning(
      "SMTP_URL chưa đặt / not set",
      "Không có máy chủ thư, thông báo chỉ có trên cổng / notices stand in the portal only",
    );
  const fault = await mailer.check();
  return fault === null
    ? ok("Máy chủ thư trả lời và nhận đăng nhập / the mail server answers")
    : failure(`SMTP_URL: ${fault}`, "Kiểm tra địa chỉ, cổng, tài khoản thư / look at address, port and account");
}

/** Whether secrets are secrets. */
export async function checkSecrets({ dataDir, env, sessionSecret, backupKey }: Config): Promise<Finding[]> {
  const kept = sessionSecret ? null : await stat(join(dataDir, "session-secret")).catch(() => null);
  return [
    kept && (kept.mode & 0o077) !== 0
      ? failure(
          "session-secret: người khác đọc được / others can read it",
          `chmod 600 ${join(dataDir, "session-secret")}`,
        )
      : ok("SESSION_SECRET"),
    backupKey
      ? ok("BACKUP_KEY")
      : warning(
          "BACKUP_KEY chưa đặt / not set",
          env === "production"
            ? "Không có nó thì không sao lưu được / no backup can be taken without it"
            : "Cần khi sao lưu / needed for backups",
        ),
  ];
}
