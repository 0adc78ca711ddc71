import { AsyncLocalStorage } from "node:async_hooks";
import type { Request } from "express";
import type pg from "pg";
import { elapsed } from "./clock.ts";

/** Who looks on while the portal works; without one nothing is measured. */
export type Watch = {
  request(seen: { route: string | null; method: string; status: number; ms: number }): void;
  /** @param route that asked, as it is written in the code; null: a job, or before the route was found */
  query(seen: { sql: string; ms: number; route: string | null }): void;
  job(seen: { name: string; ms: number; failed: boolean }): void;
};

const asking = new AsyncLocalStorage<Request>();

/** Runs a request so that its queries know what they were asked for. */
export const askedBy = (req: Request, next: () => void): void => asking.run(req, next);

/** The route's pattern instead of its address, since addresses hold codes, names and searches. */
export function routeOf(req: Request): string | null {
  const { path } = (req.route ?? {}) as { path?: unknown };
  return path === undefined ? null : `${req.baseUrl}${String(path)}`;
}

type Query = (...args: unknown[]) => unknown;

/** Has every query of a pool's connections told. */
export function watchQueries(pool: pg.Pool, watch: Watch): void {
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as Query;
    const watched: Query = (...args) => {
      const [first] = args;
      const sql = typeof first === "string" ? first : ((first as { text?: string } | undefined)?.text ?? "");
      const req = asking.getStore();
      const started = elapsed();
      const told = (): void => watch.query({ sql, ms: elapsed() - started, route: req ? routeOf(req) : null });
      const last = args.at(-1);
      if (typeof last === "function") {
        args[args.length - 1] = (...answer: unknown[]) => {
          told();
          (last as Query)(...answer);
        };
        return query(...args);
      }
      const result = query(...args);
      if (result instanceof Promise) result.then(told, told);
      return result;
    };
    client.query = watched as typeof client.query;
  });
}
