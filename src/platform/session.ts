import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import connectPgSimple from "connect-pg-simple";
import type { Request, RequestHandler } from "express";
import session from "express-session";
import type pg from "pg";
import { now } from "./clock.ts";
import type { Db } from "./db.ts";
import { isoDay } from "./format.ts";

export type Notice = { kind: "success" | "info"; text: string };

/** What somebody sent to a form after their session had ended: `at` in milliseconds, for the account that the form belongs to. */
export type Typed = { path: string; accountId: string; values: Readonly<Record<string, unknown>>; at: number };

declare module "express-session" {
  interface SessionData {
    notice?: Notice;
    touchedAt?: number;
    /** When its owner signed in, in milliseconds, from where and with what. */
    startedAt?: number;
    address?: string;
    device?: string;
    /** When its owner last proved themself, and whether by more than a password. */
    provenAt?: number;
    provenTwice?: boolean;
    idleMs?: number;
    wholeMs?: number;
    typed?: Typed;
  }
}

const HOUR = 3_600_000;
type Stored = Parameters<session.Store["set"]>[1];
const TOUCH_EVERY = 60_000;
const MOST_DEVICE = 200;

const MINUTE = 60_000;

/** How long a session lives without a request, and at the longest. */
export type Term = { idleMs: number; wholeMs: number };
export type Terms = Readonly<Record<"citizen" | "officer" | "admin", Term>>;

/** The more an account may do, the sooner: 15 minutes for officers, 5 for administrators (TCVN 14423:2026, 5.5.2.2). */
export const TERMS: Terms = {
  citizen: { idleMs: 12 * HOUR, wholeMs: 24 * HOUR },
  officer: { idleMs: 15 * MINUTE, wholeMs: 12 * HOUR },
  admin: { idleMs: 5 * MINUTE, wholeMs: 8 * HOUR },
};

/**
 * SQL for what is known of a session's owner, as one json value; null when there is nobody or they may no longer come in.
 * @param account expression for the id of the account, null in a visitor's session
 * @param day expression for today in Vietnam, yyyy-MM-dd
 */
export type OwnerQuestion = (account: string, day: string) => string;

declare global {
  namespace Express {
    interface Request {
      /** What the owner question answered when this request's session was read. */
      sessionOwner?: unknown;
    }
  }
}

/**
 * A store that asks for the session and its owner in one statement, since every page of somebody signed in needs both,
 * and that never brings an ended session back: a request that began in it may end after the session was signed out or its
 * owner changed the password, and saving what it leaves (a notice, the time) must find nothing to save into.
 */
function storeOf(pool: pg.Pool, log: (error: unknown) => void, ownerOf: OwnerQuestion | null): session.Store {
  const loaded = new WeakSet<object>();
  const owned = new WeakMap<object, unknown>();
  const owner = ownerOf?.("(s.sess->'passport'->>'user')::uuid", "$3") ?? "SELECT $3::text";
  // Asked on every page: under a name, PostgreSQL reads and plans it once.
  const question = {
    name: ownerOf ? "session_and_owner" : "session",
    text: `SELECT s.sess, (${owner}) AS owner FROM sessions s WHERE s.sid = $1 AND s.expire >= $2`,
  };
  class LastingStore extends connectPgSimple(session) {
    override get(sid: string, done: (error: unknown, stored?: session.SessionData | null) => void): void {
      const at = now();
      const found = pool.query<{ sess: session.SessionData; owner: unknown }>({
        ...question,
        values: [sid, at, isoDay(at)],
      });
      found.then(({ rows: [row] }) => {
        if (row) owned.set(row.sess, row.owner);
        done(null, row?.sess ?? null);
      }, done);
    }
    override createSession(req: Request, stored: session.SessionData): ReturnType<session.Store["createSession"]> {
      req.sessionOwner = owned.get(stored);
      const found = super.createSession(req, stored);
      loaded.add(found);
      return found;
    }
    override set(sid: string, stored: Stored, done?: (error?: unknown) => void): void {
      if (!loaded.has(stored)) return void super.set(sid, stored, done);
      const until = stored.cookie.expires ?? new Date(now().getTime() + TERMS.citizen.idleMs);
      pool
        .query("UPDATE sessions SET sess = $1, expire = $2 WHERE sid = $3", [stored, new Date(until), sid])
        .then(() => done?.(), done);
    }
  }
  return new LastingStore({
    pool,
    tableName: "sessions",
    disableTouch: true,
    pruneSessionInterval: false,
    errorLog: (...what) => log(what.at(-1)),
  });
}

/**
 * Sessions in PostgreSQL. A session is written once a minute at most while somebody reads pages, since every write costs
 * as much as the page itself.
 * @param isSecure the public reaches the portal over https, whatever the last hop before this process speaks
 * @param ownerOf what to learn of a session's owner with it, left in `req.sessionOwner`
 * @param isOwnAsking requests that a page sends by itself, which do not keep a session alive
 */
export function sessions(
  pool: pg.Pool,
  secret: string,
  isSecure: boolean,
  log: (error: unknown) => void,
  ownerOf: OwnerQuestion | null = null,
  isOwnAsking: (req: Request) => boolean = () => false,
): RequestHandler[] {
  const load = session({
    store: storeOf(pool, log, ownerOf),
    secret,
    name: isSecure ? "__Host-sid" : "sid",
    resave: false,
    saveUninitialized: false,
    proxy: isSecure,
    cookie: { httpOnly: true, sameSite: "lax", secure: isSecure, path: "/", maxAge: TERMS.citizen.idleMs },
  });
  const markSecure: RequestHandler = (req, _res, next) => {
    req.headers["x-forwarded-proto"] = "https";
    next();
  };
  const touch: RequestHandler = (req, _res, next) => {
    const { touchedAt, idleMs, wholeMs, startedAt } = req.session;
    const at = now().getTime();
    // What a page asks by itself is no sign of somebody sitting there.
    if (touchedAt !== undefined && at - touchedAt > TOUCH_EVERY && !isOwnAsking(req)) {
      req.session.touchedAt = at;
      if (idleMs && wholeMs && startedAt)
        req.session.cookie.maxAge = Math.max(1, Math.min(idleMs, startedAt + wholeMs - at));
    }
    next();
  };
  return [...(isSecure ? [markSecure] : []), load, touch];
}

/** Begins the times of somebody who just signed in. @param provenTwice by more than a password */
export function startTimes(req: Request, { idleMs, wholeMs }: Term, provenTwice: boolean): void {
  const at = now().getTime();
  const { address, device } = req.ctx.from ?? { address: "", device: "" };
  Object.assign(req.session, { idleMs, wholeMs, provenTwice, address, device: device.slice(0, MOST_DEVICE) });
  Object.assign(req.session, { touchedAt: at, startedAt: at, provenAt: at });
  req.session.cookie.maxAge = Math.min(idleMs, wholeMs);
}

/** Leaves a message for the next page that this person sees: "Đã lưu." */
export const leaveNotice = (req: Request, kind: Notice["kind"], text: string): void => {
  req.session.notice = { kind, text };
};

/** Takes the message that the last action left. */
export function takeNotice(req: Request): Notice | null {
  const notice = (req.session as Request["session"] | undefined)?.notice;
  if (!notice) return null;
  delete req.session.notice;
  return notice;
}

const TYPED_MS = 30 * 60_000;
const MOST_TYPED_CHARACTERS = 100_000;

/**
 * Keeps what a visitor typed into a form of `accountId`, in their own session, for half an hour: the session of who typed
 * had ended. Nothing of it is ever shown before that account signs in.
 * @param values texts only; too long to be kept, they are lost
 */
export function keepTyped(req: Request, typed: Omit<Typed, "at">): void {
  if (JSON.stringify(typed.values).length > MOST_TYPED_CHARACTERS) return;
  req.session.typed = { ...typed, at: now().getTime() };
  req.session.cookie.maxAge = TYPED_MS;
}

/** What was kept for this account; null for everybody else, and when its time is over. */
export function typedFor(req: Request, accountId: string): Typed | null {
  const typed = (req.session as Request["session"] | undefined)?.typed;
  return typed && typed.accountId === accountId && now().getTime() - typed.at < TYPED_MS ? typed : null;
}

/** After the form was sent again. */
export function forgetTyped(req: Request, path: string): void {
  if (req.session.typed?.path === path) delete req.session.typed;
}

/** Deletes what ran out: sessions, and counters of tries. */
export async function sweepExpired(db: Db, at: Date): Promise<void> {
  await db.session.deleteMany({ where: { expire: { lt: at } } });
  await db.rateLimit.deleteMany({ where: { expire: { lt: BigInt(at.getTime()) } } });
}

/** The given secret, or outside production one of this installation's own, made once and readable by nobody else. */
export function sessionSecret(given: string | null, dataDir: string): string {
  if (given) return given;
  const file = join(dataDir, "session-secret");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    chmodSync(file, 0o600);
  } catch (error) {
    // Another process that started at the same moment made it: both must use the same one.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
