import type { Request, RequestHandler } from "express";
import { isSafe, pageBefore } from "#platform/guards.ts";
import { redirect } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { lackOf, PROOFS, type ProvenAct } from "../rules/policy.ts";
import { keepSent, policyOf } from "./entering.ts";

declare module "express-session" {
  interface SessionData {
    /** Where somebody was going who must set up a second step first. */
    afterStep?: string;
  }
}

/** Whether the owner of this session proved themself a moment ago. */
export const isFresh = (req: Request): boolean =>
  req.ctx.now.getTime() - (req.session.provenAt ?? 0) < policyOf(req).stepUpMinutes * 60_000;

/**
 * Lets through who proved themself surely enough for the act (`PROOFS` says how surely). Who did not is asked, and comes
 * back: to the page, or to what they sent, of which nothing is lost.
 */
export const requireProof =
  (act: ProvenAct): RequestHandler =>
  (req, res, next) => {
    // Whose session ended is led to sign in by who keeps the territory.
    if (!req.user) return next();
    const { actor, hasFactor } = req.user;
    const isTwice = req.session.provenTwice === true;
    const lack = lackOf(PROOFS[act], { hasFactor, isFresh: isFresh(req), isTwice });
    if (lack === null) return next();
    const back = isSafe(req.method)
      ? req.originalUrl
      : keepSent(req, actor.accountId)
        ? paths.resend
        : (pageBefore(req) ?? paths.home[actor.kind]);
    redirect(res, lack === "step" ? paths.needsStepFor(act, back) : paths.proveAgainFor(back));
  };
