import { type Request, type Response, Router } from "express";
import { confirmByIdentity, findOwnCompany } from "#companies/index.ts";
import { paths as companyPaths } from "#companies/paths.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { safeReturn } from "#platform/guards.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { createFromIdentity, findLinkedAccount, linkIdentity, unlinkIdentity } from "../actions/identity.ts";
import { paths } from "../paths.ts";
import { findOwnAccount, findSignedIn } from "../queries.ts";
import { companyFrom, type IdentityAsked, type IdentityProvider, identityFrom } from "../rules/identity.ts";
import { bodyOf, enterWith, signedIn, translate } from "./entering.ts";

export const identityRoutes = Router();

type Errand = {
  next: string | null;
  linkFor: string | null;
  proves?: string;
  /** The company that its own identity is to confirm, and who asked for it. */
  confirms?: { companyId: string; accountId: string };
};

declare module "express-session" {
  interface SessionData {
    /**
     * Somebody who was sent to the provider: what must come back, where they were going, whose account is to be linked, or
     * proven afresh.
     */
    identity?: IdentityAsked & Errand & { at: number };
  }
}

const ASKED_MS = 15 * 60_000;
const TRIES = { name: "identity-from", points: 60, seconds: 900 };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The provider of electronic identities; null where none is configured. */
export const identityProviderOf = (req: Request): IdentityProvider | null =>
  (req.app.get("identityProvider") as IdentityProvider | null | undefined) ?? null;

async function sendAway(req: Request, res: Response, errand: Errand): Promise<void> {
  const provider = identityProviderOf(req);
  if (!provider) throw notFound();
  const seconds = await limitOf(req, TRIES).count(addressOf(req));
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const { address, asked } = await provider
    .begin(`${req.ctx.publicUrl}${paths.identityBack}`, errand.proves !== undefined || errand.confirms !== undefined)
    .catch(() => {
      throw new Refusal("accounts.identity.failed", 409);
    });
  req.session.identity = { ...asked, ...errand, at: req.ctx.now.getTime() };
  await new Promise<void>((resolve, reject) => req.session.save((error) => (error ? reject(error) : resolve())));
  res.redirect(303, address);
}

identityRoutes.get(paths.identity, async (req, res) => {
  if (req.user) return redirect(res, paths.home[req.user.actor.kind]);
  await sendAway(req, res, { linkFor: null, next: safeReturn(req.query["tiep"]) });
});

identityRoutes.post(paths.identityAgain, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const next = safeReturn(bodyOf(req)["tiep"]);
  await sendAway(req, res, { linkFor: null, next, proves: ctx.actor.accountId });
});

identityRoutes.post(paths.linkIdentity, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  if (ctx.actor.kind !== "citizen") throw new Refusal("accounts.identity.notCitizen", 403);
  await sendAway(req, res, { linkFor: ctx.actor.accountId, next: null });
});

identityRoutes.post("/bao-mat/to-chuc/:id/xac-nhan", async (req, res) => {
  const ctx = signedIn(req as unknown as Request, res);
  if (!ctx) return;
  if (ctx.actor.kind !== "citizen") throw notFound();
  const { id: companyId } = await findOwnCompany(ctx as Context<Citizen>, req.params.id, "administer");
  const confirms = { companyId, accountId: ctx.actor.accountId };
  await sendAway(req as unknown as Request, res, { linkFor: null, next: null, confirms });
});

const refuse = (reason: MessageKey): never => {
  throw new Refusal(reason, 409);
};

identityRoutes.get(paths.identityBack, async (req, res) => {
  const provider = identityProviderOf(req);
  const asked = req.session.identity;
  delete req.session.identity;
  if (!provider || !asked || req.ctx.now.getTime() - asked.at > ASKED_MS) return refuse("accounts.identity.failed");
  const address = new URL(req.originalUrl, req.ctx.publicUrl);
  const claims = await provider.finish(address, asked).catch(() => null);
  if (asked.confirms) {
    const { companyId, accountId } = asked.confirms;
    const { actor } = req.ctx;
    // Whoever began must still be the one who is signed in.
    if (actor.kind !== "citizen" || actor.accountId !== accountId) return refuse("accounts.identity.failed");
    const taxCode = claims && companyFrom(claims);
    if (!taxCode) return refuse("accounts.identity.noCompany");
    const { id, name } = await confirmByIdentity(req.ctx as Context<Citizen>, companyId, taxCode);
    leaveNotice(req, "success", translate(res)("companies.desk.done", { name }));
    return redirect(res, companyPaths.company(id));
  }
  const identity = claims && identityFrom(claims);
  if (!identity) return refuse("accounts.identity.failed");
  const t = translate(res);
  if (asked.linkFor) {
    // Whoever began must still be the one who is signed in.
    const { actor } = req.ctx;
    if (actor.kind !== "citizen" || actor.accountId !== asked.linkFor) return refuse("accounts.identity.failed");
    const fault = await linkIdentity(req.ctx as Context<Citizen>, identity);
    if (fault) return refuse(`accounts.identity.${fault}`);
    leaveNotice(req, "success", t("accounts.identity.linked"));
    return redirect(res, paths.security);
  }
  const linked = await findLinkedAccount(req.ctx, identity);
  if (asked.proves && req.user) {
    // Another person's identity proves nothing of this account, nor does an account that it is not linked to.
    if (linked !== asked.proves || linked !== req.user.actor.accountId) return refuse("accounts.identity.failed");
    return enterWith(req, res, req.user, asked.next, identity.level === 2);
  }
  if (req.user) return redirect(res, paths.home[req.user.actor.kind]);
  const accountId = linked ?? (await createFromIdentity(req.ctx, identity));
  if (!accountId) return refuse("accounts.identity.exists");
  const person = await findSignedIn(req.ctx, accountId);
  if (!person) return refuse("accounts.identity.failed");
  if (!linked) leaveNotice(req, "success", t("accounts.identity.welcome"));
  await enterWith(req, res, person, asked.next, identity.level === 2);
});

identityRoutes.post("/bao-mat/dinh-danh-dien-tu/:id/bo", async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const { id } = req.params;
  if (!(await findOwnAccount(ctx)).passwordHash) return refuse("accounts.identity.onlyWay");
  if (ctx.actor.kind !== "citizen" || !UUID.test(id) || !(await unlinkIdentity(ctx as Context<Citizen>, id)))
    throw notFound();
  leaveNotice(req, "success", translate(res)("accounts.identity.unlinked"));
  redirect(res, paths.security);
});
