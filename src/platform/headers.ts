import type { RequestHandler, Response } from "express";
import helmet from "helmet";
import { kioskIn } from "./kiosk.ts";

/**
 * The security headers of every answer (D17). Nothing stands inline, so that neither nonces nor 'unsafe-inline' are needed.
 * @param isSecure the public reaches the portal over https
 * @param formTargets origins to which our forms may lead: browsers follow no redirect of a form elsewhere
 */
export const securityHeaders = (isSecure: boolean, formTargets: readonly string[] = []): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'", ...formTargets],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // With helmet's default, no-referrer, browsers send `Origin: null` with forms and "back" has nowhere to go.
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    crossOriginOpenerPolicy: isSecure ? { policy: "same-origin" } : false,
    originAgentCluster: isSecure,
    xFrameOptions: { action: "deny" },
  });

const PRIVATE = "private, no-cache";

/**
 * Public pages are keyed by address and by what cookies say of language and look. Only what was asked without any cookie may
 * be shared, for a minute.
 */
export const sharePages: RequestHandler = (req, res, next) => {
  if (req.ctx.actor.kind === "visitor" && kioskIn(req.headers.cookie) === null)
    res.vary("Cookie").set("Cache-Control", req.headers.cookie === undefined ? "public, max-age=60" : PRIVATE);
  next();
};

/** What went wrong once is not shown again from a cache. */
export const keepErrorPrivate = (res: Response): void => {
  if (!/no-store/.test(String(res.get("Cache-Control")))) res.set("Cache-Control", PRIVATE);
};

/** What a signed-in person saw must not come back by the "back" button of the next person at a shared computer. */
export const keepPagesPrivate: RequestHandler = (req, res, next) => {
  const isOwn = req.ctx.actor.kind === "visitor" && kioskIn(req.headers.cookie) === null;
  res.set("Cache-Control", isOwn ? PRIVATE : "no-store");
  next();
};
