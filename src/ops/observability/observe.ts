import type pg from "pg";
import type { Config } from "#config.ts";
import { countDue } from "#dossiers/index.ts";
import { now } from "#platform/clock.ts";
import { type Surroundings, systemContext } from "#platform/context.ts";
import { checkReadiness } from "#platform/health.ts";
import { countJobs } from "#platform/jobs.ts";
import type { Log } from "#platform/log.ts";
import type { Figures } from "#platform/metrics.ts";
import type { Watch } from "#platform/watch.ts";
import { findScanning } from "#scanning/index.ts";

type Observed = {
  config: Pick<Config, "metrics" | "slowQueryMs">;
  surroundings: Surroundings;
  pools: { main: pg.Pool; sessions: pg.Pool; owner: pg.Pool };
  migrations: string;
  log: Log;
};

const secondsSince = (date: Date | null): number => (date ? Math.max(0, (now().getTime() - date.getTime()) / 1000) : 0);

const figuresOf = (surroundings: Surroundings, owner: pg.Pool): Figures[] => {
  const ctx = () => systemContext(surroundings, now(), "metrics");
  return [
    {
      help: {
        dossiers_due_soon: "Running dossiers that are due within two days",
        dossiers_overdue: "Running dossiers whose due date is over",
      },
      read: async () => {
        const { soon, overdue } = await countDue(ctx());
        return { dossiers_due_soon: soon, dossiers_overdue: overdue };
      },
    },
    {
      help: {
        jobs_waiting: "Jobs that are due and not yet begun",
        jobs_failed: "Jobs that were tried as often as they may be",
        jobs_lag_seconds: "How long the job is due that has waited longest",
      },
      read: async () => {
        const { waiting, failed, oldest } = await countJobs(owner);
        return { jobs_waiting: waiting, jobs_failed: failed, jobs_lag_seconds: secondsSince(oldest) };
      },
    },
    {
      help: {
        files_unscanned: "Files that wait for the virus scanner",
        files_scan_failed: "Files that the virus scanner could not look through",
        files_scan_lag_seconds: "How long the file waits that has waited longest for the scanner",
      },
      read: async () => {
        const { waiting, failed, oldest } = await findScanning(ctx());
        return { files_unscanned: waiting, files_scan_failed: failed, files_scan_lag_seconds: secondsSince(oldest) };
      },
    },
  ];
};

/** Which part is down, in a word each; "off": it is not there by configuration. */
async function partsOf({ surroundings, pools, migrations }: Observed): Promise<Record<string, string>> {
  const { scanner } = surroundings;
  return {
    ...(await checkReadiness(pools.sessions, migrations)),
    scanner: scanner
      ? await scanner.version().then(
          () => "ok",
          () => "unreachable",
        )
      : "off",
  };
}

/** Statements hold no values, these go beside them: what is logged of a slow one tells of nobody. */
const SHOWN_SQL = 500;

const logSlow = (watch: Watch | null, slowMs: number, log: Log): Watch => ({
  request: (seen) => watch?.request(seen),
  job: (seen) => watch?.job(seen),
  query: (seen) => {
    watch?.query(seen);
    if (seen.ms < slowMs) return;
    const { route, ms, sql } = seen;
    log.warn({ route, ms: Math.round(ms), sql: sql.replace(/\s+/g, " ").slice(0, SHOWN_SQL) }, "slow query");
  },
});

/**
 * Opens the port for Prometheus and watches slow queries, as configured; null: neither, and nothing is measured.
 * What is measured comes from the watch, which pools, app and worker are given.
 */
export async function observe(
  observed: Observed,
): Promise<{ watch: Watch; address: string | null; close(): Promise<void> } | null> {
  const { config, surroundings, pools, log } = observed;
  if (!config.metrics && config.slowQueryMs === 0) return null;
  // The library of figures is only loaded where somebody wants them.
  const metrics = config.metrics
    ? await (await import("#platform/metrics.ts")).openMetrics({
        ...config.metrics,
        pools,
        figures: figuresOf(surroundings, pools.owner),
        readiness: () => partsOf(observed),
        log,
      })
    : null;
  return {
    watch:
      config.slowQueryMs > 0
        ? logSlow(metrics?.watch ?? null, config.slowQueryMs, log)
        : (metrics as { watch: Watch }).watch,
    address: metrics?.address ?? null,
    close: async () => metrics?.close(),
  };
}
