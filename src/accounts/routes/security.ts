import { type Request, type RequestHandler, Router } from "express";
import { emptyForm } from "#platform/form.ts";
import { safeReturn } from "#platform/guards.ts";
import { qrSvg } from "#platform/qr.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findKnownDevice } from "../actions/devices.ts";
import { addPasskey, addTotp, askForPasskey, makeRecoveryCodes, newTotp, removeFactor } from "../actions/factors.ts";
import { endOtherSessions, endSession } from "../actions/sessions.ts";
import { codesPage, GUARDED, needsStepPage, numbersPage, passkeyPage, securityPage } from "../pages/security.ts";
import { paths } from "../paths.ts";
import { findOwnFactors, listOwnIdentities, listOwnSessions } from "../queries/security.ts";
import { findOwnAccount } from "../queries.ts";
import { isPasswordOver, mustEnrol } from "../rules/policy.ts";
import {
  policyOf,
  type SignedInContext,
  sealOf,
  signedIn,
  textIn,
  tokensOf,
  translate,
  withError,
} from "./entering.ts";
import { identityProviderOf } from "./identity.ts";
import { requireProof } from "./proof.ts";

export const securityRoutes = Router();

const MOST_LABEL = 60;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Free until it is set up, whatever else must wait for it. */
const FREE = /^\/(bao-mat(\/.*)?|dang-xuat|mat-khau|xac-nhan-lai)$/;

/** A given or outlived password is changed, and a required second step set up, before anything else is done. */
export const firstThingsFirst: RequestHandler = (req, res, next) => {
  const { user } = req;
  if (!user || FREE.test(req.path)) {
    // Not even the second step before the given password.
    if (user?.mustChangePassword && req.path.startsWith(paths.security)) return redirect(res, paths.password);
    return next();
  }
  const policy = policyOf(req);
  const { kind } = user.actor;
  if (user.mustChangePassword || isPasswordOver(policy, kind, user.passwordSince, req.ctx.now))
    return redirect(res, paths.password);
  if (mustEnrol(policy, kind, user.hasFactor)) return redirect(res, paths.security);
  next();
};

/** What changes how somebody signs in is done soon after they proved themself. */
const freshly = requireProof("changeFactors");

const issuerOf = (req: Request): string => new URL(req.ctx.publicUrl).host;

securityRoutes.get(paths.security, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const [own, sessions, identities] = await Promise.all([
    findOwnFactors(ctx),
    listOwnSessions(ctx, req.sessionID),
    listOwnIdentities(ctx),
  ]);
  const must = mustEnrol(policyOf(req), ctx.actor.kind, own.factors.length > 0);
  const identity = ctx.actor.kind === "citizen" && identityProviderOf(req) ? { identities } : null;
  render(res, "accounts/security", securityPage({ ...own, sessions, must, identity }, translate(res)));
});

securityRoutes.get(paths.needsStep, (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const next = safeReturn(req.query["tiep"]) ?? paths.home[ctx.actor.kind];
  if (req.user?.hasFactor) return redirect(res, paths.proveAgainFor(next));
  const act = GUARDED.find((one) => one === req.query["viec"]);
  if (!act) throw notFound();
  req.session.afterStep = next;
  render(res, "accounts/needs-step", needsStepPage(act, translate(res)));
});

/** Shows the secret that is being set up, as a QR code and as letters. */
async function numbersView(req: Request, ctx: SignedInContext, secret: string | null) {
  const { username } = await findOwnAccount(ctx);
  const made = newTotp(username, issuerOf(req));
  const address = secret ? made.address.replace(/secret=[A-Z2-7]+/, `secret=${secret}`) : made.address;
  const kept = secret ?? made.secret;
  req.session.enrol = sealOf(req).close(kept);
  const svg = await qrSvg(address, 2);
  return { secret: kept, picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}` };
}

securityRoutes.get(paths.addNumbers, freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  render(res, "accounts/numbers", numbersPage(emptyForm, await numbersView(req, ctx, null), translate(res)));
});

/** After the first second step: recovery codes, without which a lost telephone is a lost account. */
async function afterAdding(req: Request, res: Parameters<RequestHandler>[1], ctx: SignedInContext): Promise<void> {
  req.session.provenAt = ctx.now.getTime();
  req.session.provenTwice = true;
  const { codesLeft } = await findOwnFactors(ctx);
  leaveNotice(req, "success", translate(res)("accounts.security.added"));
  const { afterStep = null } = req.session;
  delete req.session.afterStep;
  if (codesLeft > 0) return redirect(res, afterStep ?? paths.security);
  render(res, "accounts/codes", codesPage(await makeRecoveryCodes(ctx), afterStep, translate(res)));
}

securityRoutes.post(paths.addNumbers, freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const secret = req.session.enrol ? sealOf(req).open(req.session.enrol) : null;
  if (!secret) return redirect(res, paths.addNumbers);
  const t = translate(res);
  const label = textIn(req, "label").slice(0, MOST_LABEL) || t("accounts.numbers.defaultLabel");
  if (await addTotp(ctx, sealOf(req), { secret, number: textIn(req, "number"), label })) {
    delete req.session.enrol;
    return afterAdding(req, res, ctx);
  }
  const wrong = withError({ label }, "number", { key: "accounts.numbers.wrong" });
  render(res.status(422), "accounts/numbers", numbersPage(wrong, await numbersView(req, ctx, secret), t));
});

securityRoutes.get(paths.addPasskey, freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const options = await askForPasskey(ctx, res.locals.shell?.province ?? issuerOf(req));
  req.session.challenge = options.challenge;
  render(res, "accounts/passkey", passkeyPage(emptyForm, JSON.stringify(options), translate(res)));
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

securityRoutes.post(paths.addPasskey, freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const { challenge } = req.session;
  delete req.session.challenge;
  const t = translate(res);
  const label = textIn(req, "label").slice(0, MOST_LABEL) || t("accounts.passkey.defaultLabel");
  const answer = parsed(textIn(req, "answer"));
  if (challenge && answer && (await addPasskey(ctx, { challenge, answer, label }))) return afterAdding(req, res, ctx);
  const options = await askForPasskey(ctx, res.locals.shell?.province ?? issuerOf(req));
  req.session.challenge = options.challenge;
  const wrong = withError({ label }, "label", { key: "accounts.passkey.wrong" });
  render(res.status(422), "accounts/passkey", passkeyPage(wrong, JSON.stringify(options), t));
});

securityRoutes.post(paths.recoveryCodes, freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  if ((await findOwnFactors(ctx)).factors.length === 0) return redirect(res, paths.security);
  render(res, "accounts/codes", codesPage(await makeRecoveryCodes(ctx), null, translate(res)));
});

securityRoutes.post("/bao-mat/buoc-hai/:id/bo", freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const id = String(req.params["id"]);
  if (!UUID.test(id) || !(await removeFactor(ctx, id))) throw notFound();
  leaveNotice(req, "success", translate(res)("accounts.security.removed"));
  redirect(res, paths.security);
});

securityRoutes.post(paths.endOthers, freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const here = await findKnownDevice(ctx, ctx.actor.accountId, tokensOf(req));
  await endOtherSessions(ctx, req.sessionID, here);
  leaveNotice(req, "success", translate(res)("accounts.security.othersEnded"));
  redirect(res, paths.security);
});

securityRoutes.post("/bao-mat/thiet-bi/:fingerprint/dang-xuat", freshly, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  if (!(await endSession(ctx, String(req.params["fingerprint"])))) throw notFound();
  leaveNotice(req, "success", translate(res)("accounts.security.sessionEnded"));
  redirect(res, paths.security);
});
