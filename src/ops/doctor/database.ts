import { join } from "node:path";
import type pg from "pg";
import { findMissingYear } from "#calendar/index.ts";
import type { Config } from "#config.ts";
import { findTallyGaps } from "#dossiers/index.ts";
import type { Context } from "#platform/context.ts";
import { createPool } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { checkReadiness } from "#platform/health.ts";
import { countJobs } from "#platform/jobs.ts";
import { root } from "#platform/root.ts";
import { type Finding, failure, ok, reasonOf, warning } from "./check.ts";

const LEAST_VERSION = 15;
/** Jobs begin within seconds where anybody does them. */
const MOST_WAIT_MS = 10 * 60_000;
const MOST_DRIFT_MS = 5_000;
const MIGRATIONS = join(root, "prisma/migrations");

type Server = { version: number; encoding: string; now: Date; super: boolean; history: boolean; counters: boolean };

async function checkServer(pool: pg.Pool, now: () => Date): Promise<Finding[]> {
  const asked = now();
  const { rows } = await pool.query<Server>(`
    SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_encoding') AS encoding,
      clock_timestamp() AS now, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super,
      COALESCE(has_table_privilege(to_regclass('dossier_events'), 'UPDATE, DELETE, TRUNCATE'), false) AS history,
      COALESCE(has_table_privilege(to_regclass('code_counters'), 'DELETE'), false) AS counters`);
  const [found] = rows;
  if (!found) return [];
  const drift = Math.abs(found.now.getTime() - (asked.getTime() + now().getTime()) / 2);
  return [
    found.version >= LEAST_VERSION
      ? ok(`PostgreSQL ${found.version}, ${found.encoding}`)
      : failure(
          `PostgreSQL ${found.version}`,
          `Cần bản ${LEAST_VERSION} trở lên / ${LEAST_VERSION} or newer is needed`,
        ),
    found.super || found.history || found.counters
      ? failure(
          "Vai trò trong DATABASE_URL sửa được lịch sử / the portal's role could change history",
          "Dùng vai trò app do bước di trú cấp quyền, không phải chủ sở hữu / use the role app, not the owner",
        )
      : ok("Vai trò của cổng không sửa được lịch sử / the portal's role cannot change history"),
    drift <= MOST_DRIFT_MS
      ? ok("Đồng hồ khớp với cơ sở dữ liệu / clocks agree")
      : failure(
          `Đồng hồ lệch cơ sở dữ liệu ${Math.round(drift / 1000)} giây / clocks differ`,
          "Bật NTP trên cả hai máy: ngày hẹn trả tính theo đồng hồ / switch NTP on, due dates follow the clock",
        ),
  ];
}

async function checkQueue({ ownerUrl }: Pick<Config, "ownerUrl">, now: Date): Promise<Finding[]> {
  const pool = createPool(ownerUrl, 1);
  const { failed, oldest } = await countJobs(pool).finally(() => pool.end());
  const late = oldest && now.getTime() - oldest.getTime() > MOST_WAIT_MS ? oldest : null;
  return [
    late === null
      ? ok("Việc nền chạy kịp / jobs are done in time")
      : failure(
          `Việc nền chờ từ / jobs wait since ${late.toISOString()}`,
          "Kiểm tra tiến trình có WORKER=inprocess hoặc npm run worker / see that a worker runs",
        ),
    failed === 0
      ? ok("Không có việc nền hỏng / no job was given up")
      : warning(`${failed} việc nền đã thôi thử lại / jobs were given up`, "Xem nhật ký dòng “job” / see the log"),
  ];
}

async function checkCalendar(ctx: Context): Promise<Finding> {
  const missing = await findMissingYear(ctx);
  if (missing === null) return ok("Lịch nghỉ năm nay và năm sau đã có / holidays of this year and the next are there");
  const advice = "Nhập tại Quản trị, Lịch làm việc: thiếu nó, ngày hẹn trả tính sai / enter it, or due dates are wrong";
  return missing <= Number(isoDay(ctx.now).slice(0, 4))
    ? failure(`Thiếu lịch nghỉ năm ${missing} / holidays are missing`, advice)
    : warning(`Chưa có lịch nghỉ năm ${missing} / holidays are missing`, advice);
}

async function checkContents({ db }: Context, { env, province }: Pick<Config, "env" | "province">): Promise<Finding[]> {
  const [unit, demo, admins] = await Promise.all([
    db.administrativeUnit.findUnique({ where: { code: province } }),
    db.setting.count({ where: { key: "demo" } }),
    db.account.count({ where: { kind: "admin", disabledAt: null } }),
  ]);
  return [
    unit
      ? ok(`PROVINCE ${province}: ${unit.fullName}`)
      : failure(`PROVINCE ${province}: không có trong dữ liệu nền / unknown`, "npm run seed"),
    demo > 0 && env === "production"
      ? failure("Có tài khoản dùng thử / there are demo people", "Dùng cơ sở dữ liệu mới / use a new database")
      : ok(demo > 0 ? "Có tài khoản dùng thử / demo people" : "Không có tài khoản dùng thử / no demo people"),
    admins > 0
      ? ok(`${admins} quản trị / administrators`)
      : warning(
          "Chưa có quản trị / no administrator",
          "Khởi động cổng: dòng lệnh in liên kết tạo tài khoản / start the portal, it prints a link",
        ),
  ];
}

async function checkTallies(ctx: Context): Promise<Finding> {
  const [first, ...more] = await findTallyGaps(ctx);
  if (!first) return ok("Số đếm hồ sơ khớp với hồ sơ / counters equal a count of the dossiers");
  const where = `${first.measure} ${first.month} ${first.agencyId}: ${first.kept} ≠ ${first.counted}`;
  return failure(
    `Số đếm hồ sơ lệch ở ${more.length + 1} chỗ / counters differ from the dossiers: ${where}`,
    "psql DATABASE_OWNER_URL: SELECT rebuild_dossier_tallies()",
  );
}

/** Everything that the database must be and hold. */
export async function checkDatabase(ctx: Context, pool: pg.Pool, config: Config, now: () => Date): Promise<Finding[]> {
  const readiness = await checkReadiness(pool, MIGRATIONS);
  if (readiness.database !== "ok") {
    const why = await pool.query("SELECT 1").then(() => "?", reasonOf);
    return [
      failure(
        `Cơ sở dữ liệu: ${why} / database`,
        "Kiểm tra DATABASE_URL và máy chủ / look at DATABASE_URL and the server",
      ),
    ];
  }
  const server = await checkServer(pool, now);
  if (readiness.migrations !== "ok")
    return [
      ...server,
      failure(
        `Cấu trúc cơ sở dữ liệu: ${readiness.migrations} / migrations`,
        readiness.migrations === "ahead"
          ? "Mã nguồn cũ hơn cơ sở dữ liệu: dùng bản mới / use newer source code"
          : "npm run prisma -- migrate deploy",
      ),
    ];
  return [
    ...server,
    ok("Cấu trúc cơ sở dữ liệu đúng phiên bản / migrations"),
    ...(await checkQueue(config, ctx.now)),
    await checkCalendar(ctx),
    await checkTallies(ctx),
    ...(await checkContents(ctx, config)),
  ];
}
