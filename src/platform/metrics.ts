import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type pg from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { elapsed } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Watch } from "./watch.ts";

/** A number that is read from the database when somebody asks; several may come from one reading. */
export type Figures = { help: Readonly<Record<string, string>>; read(): Promise<Readonly<Record<string, number>>> };

export type MetricsParts = {
  host: string;
  port: number;
  pools: Readonly<Record<string, pg.Pool>>;
  figures: readonly Figures[];
  /** What each part of the portal says of itself; for who may see this port, never for the public. */
  readiness(): Promise<Readonly<Record<string, string>>>;
  log: Log;
};

/** Figures of the database are read at most so often, however many ask. */
const KEPT_MS = 15_000;
const FAST = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function gaugePools(register: Registry, pools: MetricsParts["pools"]): void {
  new Gauge({
    name: "mot_cua_pool_connections",
    help: "Connections to the database by pool: all, idle, and requests that wait for one",
    labelNames: ["pool", "state"],
    registers: [register],
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
        this.set({ pool, state: "all" }, totalCount);
        this.set({ pool, state: "idle" }, idleCount);
        this.set({ pool, state: "waiting" }, waitingCount);
      }
    },
  });
}

/** One reading for all gauges of one place; what cannot be read is left out, not reported as nothing. */
function gaugeFigures(register: Registry, { help, read }: Figures, log: Log): void {
  let last: { at: number; values: Promise<Readonly<Record<string, number>>> } | null = null;
  const values = () => {
    if (!last || elapsed() - last.at > KEPT_MS)
      last = {
        at: elapsed(),
        values: read().catch((error) => {
          log.warn({ err: error }, "figures");
          return {};
        }),
      };
    return last.values;
  };
  for (const [name, text] of Object.entries(help))
    new Gauge({
      name: `mot_cua_${name}`,
      help: text,
      registers: [register],
      async collect() {
        const value = (await values())[name];
        if (value === undefined) this.reset();
        else this.set(value);
      },
    });
}

function watchInto(register: Registry): Watch {
  const registers = [register];
  const requests = new Counter({
    name: "mot_cua_http_requests_total",
    help: "Requests by route, method and status",
    labelNames: ["route", "method", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "mot_cua_http_request_seconds",
    help: "How long requests took, by route",
    labelNames: ["route"],
    buckets: FAST,
    registers,
  });
  const queries = new Histogram({
    name: "mot_cua_query_seconds",
    help: "How long queries took",
    buckets: [0.001, ...FAST],
    registers,
  });
  const jobs = new Histogram({
    name: "mot_cua_job_seconds",
    help: "How long jobs took, by kind and outcome",
    labelNames: ["job", "outcome"],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120],
    registers,
  });
  return {
    request: ({ route, method, status, ms }) => {
      requests.inc({ route: route ?? "none", method, status });
      durations.observe({ route: route ?? "none" }, ms / 1000);
    },
    query: ({ ms }) => queries.observe(ms / 1000),
    job: ({ name, ms, failed }) => jobs.observe({ job: name, outcome: failed ? "failed" : "done" }, ms / 1000),
  };
}

/**
 * Figures for Prometheus at /metrics and readiness by parts at /readyz, on a port of its own that the public does not
 * reach. What it measures it is told by the watch that it gives back.
 */
export async function openMetrics({ host, port, pools, figures, readiness, log }: MetricsParts): Promise<{
  watch: Watch;
  address: string;
  close(): Promise<void>;
}> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  gaugePools(register, pools);
  for (const some of figures) gaugeFigures(register, some, log);
  const watch = watchInto(register);
  const server = createServer(async (req, res) => {
    try {
      if (req.url === "/metrics") res.setHeader("Content-Type", register.contentType).end(await register.metrics());
      else if (req.url === "/readyz") {
        const parts = await readiness();
        const isReady = Object.values(parts).every((part) => part === "ok" || part === "off");
        res.writeHead(isReady ? 200 : 503, { "Content-Type": "application/json" }).end(JSON.stringify(parts));
      } else res.writeHead(404).end();
    } catch (error) {
      log.error({ err: error }, "metrics");
      res.writeHead(500).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    watch,
    address: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
