/**
 * Looking a dossier up without sign-in. By its *code*, which can be guessed, only the code and how far it is, in five
 * *bands*; by its *reference*, which only the applicant was given, also the status and the due date (TT 01/2018/TT-VPCP Đ16.2d).
 */
import { Router } from "express";
import { paths as accountPaths } from "#accounts/paths.ts";
import { trackByCode, trackByReference } from "#dossiers/index.ts";
import type { Context } from "#platform/context.ts";
import type { Translate } from "#platform/i18n.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { type Found, trackPage } from "./pages.ts";
import { paths } from "./paths.ts";
import { readTyped, type Typed } from "./rules.ts";

export const publicRoutes = Router();

/** A person looks up a few dossiers; who tries codes one after the other is stopped. */
const LOOK_UPS = { name: "track-from", points: 60, seconds: 600 };
const LONGEST_SHOWN = 100;

async function find(ctx: Context, typed: Typed): Promise<Found | null> {
  if (typed.kind === "code") {
    const found = await trackByCode(ctx, typed.code);
    return found && { kind: "code", ...found };
  }
  if (typed.kind === "reference") {
    const dossier = await trackByReference(ctx, typed.reference);
    return dossier && { kind: "reference", dossier };
  }
  return null;
}

publicRoutes.get(paths.track, async (req, res) => {
  const asked = req.query["ma"];
  const typed = readTyped(asked);
  if (typed.kind !== "nothing") {
    const seconds = await limitOf(req, LOOK_UPS).count(addressOf(req));
    if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  }
  const found = await find(req.ctx, typed);
  const given = typeof asked === "string" ? asked.trim().slice(0, LONGEST_SHOWN) : "";
  const signIn = req.ctx.actor.kind === "visitor" ? accountPaths.signInFor("/ca-nhan/ho-so") : null;
  // Found or not, the answer looks the same to a machine: nothing but the page tells whether a code exists.
  res.set("X-Robots-Tag", "noindex, nofollow");
  render(res, "tracking/track", trackPage(typed, given, found, signIn, req.ctx.now, res.locals.t as Translate));
});
