import type { RequestHandler } from "express";
import { type DestinationStream, type Logger, pino } from "pino";
import { elapsed } from "./clock.ts";
import { Prisma } from "./db.ts";
import { askedBy, routeOf, type Watch } from "./watch.ts";

export type Log = Logger;

declare global {
  namespace Express {
    interface Locals {
      requestId: string;
    }
  }
}

/** Messages of the database repeat the values that it refused, so that only codes and places of such errors are kept. */
const isOutspoken = (error: Error): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError ||
  error instanceof Prisma.PrismaClientUnknownRequestError ||
  error instanceof Prisma.PrismaClientValidationError ||
  error.name === "DriverAdapterError" ||
  "severity" in error;

/** What may be written down about a bug: where it happened and its code, never a person's data. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(isOutspoken(error) ? {} : { message: error.message.slice(0, 500) }),
    stack: error.stack?.split("\n").filter((line) => /^\s+at /.test(line)),
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}

export const createLog = (level: string, destination?: DestinationStream): Log => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
};

/** One line a request; who watches is told of it, and of the queries that it asks. */
export const logRequests =
  (log: Log, watch?: Watch): RequestHandler =>
  (req, res, next) => {
    const started = elapsed();
    res.on("close", () => {
      const route = routeOf(req);
      const ms = elapsed() - started;
      watch?.request({ route, method: req.method, status: res.statusCode, ms });
      log.info({
        requestId: res.locals.requestId,
        method: req.method,
        route,
        status: res.statusCode,
        ms: Math.round(ms),
        actor: req.ctx?.actor.kind ?? null,
        ...(res.writableFinished ? {} : { aborted: true }),
      });
    });
    if (watch) askedBy(req, next);
    else next();
  };
