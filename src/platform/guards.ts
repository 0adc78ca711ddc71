import type { Request, RequestHandler } from "express";
import type { Actor } from "./context.ts";
import { Refusal } from "./refusal.ts";
import { redirect } from "./render.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** Whether a request of this method only reads. */
export const isSafe = (method: string): boolean => SAFE.has(method);

/** A path of this site that may be returned to; null for anything that could lead elsewhere. */
export function safeReturn(path: unknown): string | null {
  if (typeof path !== "string" || path.length > 2000 || !/^\/(?![/\\])[^\\\p{Cc}\s]*$/u.test(path)) return null;
  const url = URL.canParse(path, "http://here.invalid") ? new URL(path, "http://here.invalid") : null;
  if (url?.origin !== "http://here.invalid" || url.pathname.startsWith("//")) return null;
  return url.pathname + url.search;
}

/** The path of the page that sent this request, when it is one of ours. */
export function pageBefore(req: Request): string | null {
  const referer = req.get("referer");
  if (!referer || !URL.canParse(referer)) return null;
  const { host, pathname, search } = new URL(referer);
  return host === req.get("host") ? safeReturn(pathname + search) : null;
}

/**
 * Lets one kind of account into a territory: a visitor signs in first and comes back, another kind is refused.
 * @param signIn address of the sign-in page that leads back to the given path
 */
export const requireKind =
  (kind: Exclude<Actor["kind"], "visitor" | "system">, signIn: (next: string) => string): RequestHandler =>
  (req, res, next) => {
    if (req.ctx.actor.kind === kind) return next();
    if (req.ctx.actor.kind !== "visitor") throw new Refusal("platform.refused.forbidden", 403);
    const back = req.method === "GET" || req.method === "HEAD" ? req.originalUrl : (pageBefore(req) ?? req.baseUrl);
    redirect(res, signIn(back));
  };
