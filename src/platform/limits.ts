import { createHash } from "node:crypto";
import type { Request, RequestHandler } from "express";
import express from "express";
import type pg from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { isSafe } from "./guards.ts";
import { Refusal } from "./refusal.ts";

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
};

/**
 * Refuses changes that another site's page asked for: the cookies are SameSite=Lax, this is the second lock. A request with
 * neither header comes from an old phone's browser and is allowed (D17).
 */
export const refuseForeignOrigins =
  (publicUrl: string): RequestHandler =>
  (req, _res, next) => {
    if (isSafe(req.method)) return next();
    const site = req.headers["sec-fetch-site"];
    const { origin } = req.headers;
    const isOwn =
      site !== undefined
        ? site === "same-origin" || site === "none"
        : origin === undefined || [req.headers.host, hostOf(publicUrl)].includes(hostOf(origin) ?? "");
    if (!isOwn) throw new Refusal("platform.refused.foreignOrigin", 403);
    next();
  };

/** An address that is no path of ours (`OPTIONS *`), or that holds a NUL: PostgreSQL knows none in texts, nobody types one. */
export const refuseOddAddresses: RequestHandler = (req, _res, next) => {
  if (!req.path.startsWith("/") || req.originalUrl.includes("%00"))
    throw new Refusal("platform.refused.badRequest", 400);
  next();
};

export const MAX_BODY = 1024 * 1024;

const holdsNul = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(holdsNul) : typeof value === "string" && value.includes("\0");

/** Reads simple forms; a field name such as `birth.day` stays one flat name. Uploads are read where they are taken. */
export const readForms: readonly RequestHandler[] = [
  express.urlencoded({ extended: false, inflate: false, limit: MAX_BODY, parameterLimit: 5000 }),
  (req, _res, next) => {
    if (req.body && Object.entries(req.body).some(([name, value]) => holdsNul(name) || holdsNul(value)))
      throw new Refusal("platform.refused.badRequest", 400);
    next();
  },
];

/** So many tries in so many seconds for each key, counted in the database, so that the limit holds across processes. */
export type LimitRule = { name: string; points: number; seconds: number; blockSeconds?: number };

export type Limit = {
  /** Counts one try. Seconds to wait; 0 when it was allowed. */
  count(key: string): Promise<number>;
  /** Takes one try back: it was a rightful one. */
  forgive(key: string): Promise<void>;
  clear(key: string): Promise<void>;
};

const UNLIMITED: Limit = { count: async () => 0, forgive: async () => {}, clear: async () => {} };

/** Addresses and phone numbers are counted, not kept. */
const hidden = (key: string): string => createHash("sha256").update(key).digest("base64url").slice(0, 22);

/** @param pool null: nothing is limited (RATE_LIMITS=off) */
export function createLimit(pool: pg.Pool | null, rule: LimitRule): Limit {
  if (!pool) return UNLIMITED;
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: rule.name,
    points: rule.points,
    duration: rule.seconds,
    blockDuration: rule.blockSeconds ?? 0,
  });
  return {
    count: async (key) => {
      try {
        await limiter.consume(hidden(key));
        return 0;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw refused;
      }
    },
    forgive: async (key) => void (await limiter.reward(hidden(key))),
    clear: async (key) => void (await limiter.delete(hidden(key))),
  };
}

const limits = new WeakMap<object, Map<string, Limit>>();

/** The limit of this rule in the app that answers the request. */
export function limitOf(req: Request, rule: LimitRule): Limit {
  const pool = req.app.get("limitPool") as pg.Pool | null;
  if (!pool) return UNLIMITED;
  const known = limits.get(pool) ?? new Map<string, Limit>();
  limits.set(pool, known);
  const limit = known.get(rule.name) ?? createLimit(pool, rule);
  known.set(rule.name, limit);
  return limit;
}

/** Files of one account: enough for the busiest filing of many, too few to fill a disk. */
const UPLOADS = { name: "uploads-of", points: 600, seconds: 3600 };

/** Holds off whoever sends files without end, by the account that is signed in, else by the address. */
export const limitUploads: RequestHandler = async (req, _res, next) => {
  const isFile =
    req.method === "POST" &&
    (/\/tai-len(\/|$)/.test(req.path) || req.is("multipart/form-data") === "multipart/form-data");
  const { actor } = req.ctx;
  const isDesk = actor.kind === "officer" || actor.kind === "admin";
  const seconds =
    isFile && !isDesk ? await limitOf(req, UPLOADS).count("accountId" in actor ? actor.accountId : addressOf(req)) : 0;
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  next();
};

/**
 * Tries at a secret: some are free, after those each waits longer than the one before, twice as long up to `mostSeconds`.
 * Forgotten after a day without a try, and by the right one.
 */
export type DoorRule = { name: string; free: number; firstSeconds: number; mostSeconds: number };

export type Door = {
  /** Lets one try through (0 seconds), or says how long to wait. `shut`: this try was the last for a while. */
  knock(key: string): Promise<{ seconds: number; shut: boolean }>;
  /** The try was right: the door is as new. */
  open(key: string): Promise<void>;
  /** Takes one try back. */
  forgive(key: string): Promise<void>;
};

const WIDE_OPEN: Door = {
  knock: async () => ({ seconds: 0, shut: false }),
  open: async () => {},
  forgive: async () => {},
};
const DAY_SECONDS = 86_400;
const UNCOUNTED = 1_000_000_000;

function createDoor(pool: pg.Pool, { name, free, firstSeconds, mostSeconds }: DoorRule): Door {
  const shared = {
    storeClient: pool,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
  };
  const tries = new RateLimiterPostgres({ ...shared, keyPrefix: name, points: UNCOUNTED, duration: DAY_SECONDS });
  const gate = new RateLimiterPostgres({ ...shared, keyPrefix: `${name}-gate`, points: 1, duration: firstSeconds });
  const waitAfter = (count: number) => Math.min(firstSeconds * 2 ** Math.min(count - free, 20), mostSeconds);
  /** Goes through the gate and shuts it behind; 0, or the seconds until it opens. One of many at once goes through. */
  const passGate = async (key: string, count: number): Promise<number> => {
    try {
      await gate.consume(key, 1, { customDuration: waitAfter(count) });
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  };
  return {
    async knock(plain) {
      const key = hidden(plain);
      const before = (await tries.get(key))?.consumedPoints ?? 0;
      if (before < free) {
        const { consumedPoints } = await tries.consume(key);
        if (consumedPoints < free) return { seconds: 0, shut: false };
        // Of those that come at once, whoever shuts the gate is the last one let through.
        const seconds = await passGate(key, free);
        if (seconds > 0) await tries.reward(key);
        return { seconds, shut: seconds === 0 };
      }
      const seconds = await passGate(key, before + 1);
      if (seconds === 0) await tries.consume(key);
      return { seconds, shut: seconds === 0 };
    },
    open: async (key) => void (await Promise.all([tries.delete(hidden(key)), gate.delete(hidden(key))])),
    forgive: async (key) => void (await tries.reward(hidden(key))),
  };
}

const doors = new WeakMap<object, Map<string, Door>>();

/** The door of this rule in the app that answers the request; its counts are in the database, shared by all processes. */
export function doorOf(req: Request, rule: DoorRule): Door {
  const pool = req.app.get("limitPool") as pg.Pool | null;
  if (!pool) return WIDE_OPEN;
  const known = doors.get(pool) ?? new Map<string, Door>();
  doors.set(pool, known);
  const door = known.get(rule.name) ?? createDoor(pool, rule);
  known.set(rule.name, door);
  return door;
}

/**
 * A limit that each process counts for itself, in memory: for questions that are answered in less time than the database
 * would need to count them.
 */
export function createOwnLimit({ points, seconds }: Pick<LimitRule, "points" | "seconds">) {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (req: Request): Promise<boolean> => {
    if (!req.app.get("limitPool")) return true;
    return limiter.consume(hidden(addressOf(req))).then(
      () => true,
      () => false,
    );
  };
}

/** Who asks, for limits: the address of the connection, or of the proxy's word where one is trusted. */
export const addressOf = (req: Request): string => req.ip ?? req.socket.remoteAddress ?? "unknown";
