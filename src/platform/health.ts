import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Router } from "express";
import type pg from "pg";
import { elapsed } from "./clock.ts";

type Check = "ok" | "missing" | "behind" | "ahead" | "unreachable";
type Readiness = { database: Check; migrations: Check; jobs: Check };

const KEPT_MS = 5000;

const listOnDisk = (folder: string): string[] =>
  readdirSync(folder).filter((name) => existsSync(join(folder, name, "migration.sql")));

/** Whether the database answers, is of the version of these migrations, and has the queue. */
export async function checkReadiness(pool: pg.Pool, migrations: string): Promise<Readiness> {
  try {
    const { rows } = await pool.query<{ jobs: boolean; migrated: boolean }>(
      "SELECT to_regnamespace('graphile_worker') IS NOT NULL AS jobs, to_regclass('_prisma_migrations') IS NOT NULL AS migrated",
    );
    const jobs: Check = rows[0]?.jobs ? "ok" : "missing";
    if (!rows[0]?.migrated) return { database: "ok", migrations: "missing", jobs };
    const { rows: applied } = await pool.query<{ migration_name: string }>(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    const names = new Set(applied.map((row) => row.migration_name));
    const wanted = listOnDisk(migrations);
    const isBehind = wanted.some((name) => !names.has(name));
    const isAhead = names.size > wanted.length;
    return { database: "ok", migrations: isBehind ? "behind" : isAhead ? "ahead" : "ok", jobs };
  } catch {
    return { database: "unreachable", migrations: "unreachable", jobs: "unreachable" };
  }
}

/**
 * /healthz: this process answers. /readyz: it can do its work: the database answers, is of the version of these
 * migrations, and has the queue; 503 otherwise. Which part is down is said at the port for metrics, not to the public.
 */
export function healthRoutes(pool: pg.Pool, migrations: string): Router {
  const routes = Router();
  let last: { at: number; readiness: Promise<Readiness> } | null = null;

  routes.get("/healthz", (_req, res) => {
    res.set("Cache-Control", "no-store").json({ status: "ok" });
  });

  routes.get("/readyz", async (_req, res) => {
    if (!last || elapsed() - last.at > KEPT_MS) last = { at: elapsed(), readiness: checkReadiness(pool, migrations) };
    const readiness = await last.readiness;
    const isReady = Object.values(readiness).every((check) => check === "ok");
    res
      .status(isReady ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json({ status: isReady ? "ok" : "unready" });
  });
  return routes;
}
