import type { Request, RequestHandler, Response } from "express";
import type { Admin, Citizen, Context, Officer } from "#platform/context.ts";
import type { Form } from "#platform/form.ts";
import { isSafe } from "#platform/guards.ts";
import type { Translate } from "#platform/i18n.ts";
import { redirect } from "#platform/render.ts";
import type { Seal } from "#platform/seal.ts";
import { keepTyped } from "#platform/session.ts";
import { findLastOwner, rememberDevice } from "../actions/devices.ts";
import { signIn } from "../passport.ts";
import { paths } from "../paths.ts";
import { findFactorKinds } from "../queries/security.ts";
import type { SignedIn } from "../queries.ts";
import { DEFAULT_POLICY, type SignInPolicy } from "../rules/policy.ts";
import { destinationAfterSignIn } from "../rules.ts";

declare module "express-session" {
  interface SessionData {
    /** Whose password was right, and who still owes the second step. */
    half?: { accountId: string; next: string | null; at: number };
    /** What a passkey must sign. */
    challenge?: string;
    /** The authenticator's secret that is being set up, sealed. */
    enrol?: string;
  }
}

export const translate = (res: Response): Translate => res.locals.t as Translate;
export const bodyOf = (req: Request): Record<string, unknown> =>
  (req.body as Record<string, unknown> | undefined) ?? {};
export const textIn = (req: Request, name: string): string => {
  const value = bodyOf(req)[name];
  return typeof value === "string" ? value.trim().slice(0, 20_000) : "";
};
export const withError = (values: Record<string, unknown>, name: string, error: Form["errors"][string]): Form => ({
  values,
  errors: { [name]: error },
});

export const policyOf = (req: Request): SignInPolicy =>
  (req.app.get("signInPolicy") as SignInPolicy | undefined) ?? DEFAULT_POLICY;
export const sealOf = (req: Request): Seal => req.app.get("factorSeal") as Seal;

/** By what the installation reaches people outside. */
export const reachOf = (req: Request): { mail: boolean; sms: boolean } => ({
  mail: req.app.get("mail") === true,
  sms: req.app.get("sms") === true,
});

export type SignedInContext = Context<Citizen | Officer | Admin>;

/** The context of somebody who is signed in, whatever their kind; a visitor is led to the sign-in page. */
export function signedIn(req: Request, res: Response): SignedInContext | null {
  if (req.user) return req.ctx as SignedInContext;
  redirect(res, paths.signInFor(req.method === "GET" ? req.originalUrl : paths.security));
  return null;
}

const YEAR_MS = 365 * 86_400_000;
const MOST_TOKENS = 4;
const isSecure = (req: Request): boolean => req.ctx.publicUrl.startsWith("https:");
const cookieName = (req: Request): string => (isSecure(req) ? "__Host-device" : "device");

/** The tokens by which this browser is known to accounts that signed in here. */
export function tokensOf(req: Request): string[] {
  const name = cookieName(req);
  for (const pair of (req.headers.cookie ?? "").split(";")) {
    const [key, value = ""] = pair.trim().split("=");
    if (key === name)
      return value
        .split(".")
        .filter((token) => /^[\w-]{24}$/.test(token))
        .slice(0, MOST_TOKENS);
  }
  return [];
}

/** Signs somebody in for good: session, device, and on to where they were going. */
export async function enterWith(
  req: Request,
  res: Response,
  person: SignedIn,
  next: string | null,
  provenTwice: boolean,
): Promise<void> {
  const tokens = tokensOf(req);
  await signIn(req, person, provenTwice);
  const token = await rememberDevice(req.ctx, person.actor.accountId, tokens);
  if (token)
    res.cookie(cookieName(req), [token, ...tokens].slice(0, MOST_TOKENS).join("."), {
      maxAge: YEAR_MS,
      httpOnly: true,
      sameSite: "lax",
      secure: isSecure(req),
      path: "/",
    });
  redirect(
    res,
    person.mustChangePassword ? paths.password : destinationAfterSignIn(person.actor.kind, next, paths.home),
  );
}

/** After a right password, or a link that stands for it: the second step where the account has one, else in. */
export async function enter(req: Request, res: Response, person: SignedIn, next: string | null): Promise<void> {
  const { accountId } = person.actor;
  if ((await findFactorKinds(req.ctx, accountId)).size === 0) return enterWith(req, res, person, next, false);
  req.session.half = { accountId, next, at: req.ctx.now.getTime() };
  // Stored before the browser asks for the next page: a quick one would find nobody halfway in.
  await new Promise<void>((resolve, reject) => req.session.save((error) => (error ? reject(error) : resolve())));
  redirect(res, paths.secondStep);
}

/** Keeps what was sent to a form, to be sent again by its owner; only texts can be kept. */
export function keepSent(req: Request, accountId: string): boolean {
  const values = bodyOf(req);
  if (Object.keys(values).length === 0) return false;
  keepTyped(req, { path: req.originalUrl, accountId, values });
  return req.session.typed !== undefined;
}

/**
 * What an officer or administrator sent after their session had ended waits for whoever signed in last at this browser,
 * and only for them.
 */
export const keepForOwner =
  (kind: "officer" | "admin"): RequestHandler =>
  async (req, res, next) => {
    if (req.ctx.actor.kind !== "visitor" || isSafe(req.method)) return next();
    const owner = await findLastOwner(req.ctx, kind, tokensOf(req));
    if (!owner || !keepSent(req, owner)) return next();
    redirect(res, paths.signInFor(paths.resend));
  };
