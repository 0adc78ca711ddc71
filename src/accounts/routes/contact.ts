import { type Request, type Response, Router } from "express";
import type { Citizen, Context } from "#platform/context.ts";
import { emptyForm, type Form } from "#platform/form.ts";
import { safeReturn } from "#platform/guards.ts";
import { limitOf } from "#platform/limits.ts";
import { isMailAddress } from "#platform/mail.ts";
import type { Account } from "#platform/prisma/client.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { askForContact, confirmContact, findSentTo, findUnproven } from "../actions/recovery.ts";
import { confirmPage, contactPage } from "../pages/recovery.ts";
import { paths } from "../paths.ts";
import { findByUsername, findOwnAccount } from "../queries.ts";
import { normalizePhone } from "../rules.ts";
import { bodyOf, reachOf, textIn, translate, withError } from "./entering.ts";
import { requireProof } from "./proof.ts";

/** Under /ca-nhan. */
export const contactRoutes = Router();

const SENT = { name: "codes-of", points: 6, seconds: 3600 };
const TYPED = { name: "codes-typed", points: 20, seconds: 3600 };

async function contactView(req: Request, res: Response, account: Account, form: Form) {
  const reach = reachOf(req);
  const unproven = await findUnproven(req.ctx, account.id, reach);
  return contactPage({ ...account, unproven: unproven?.target ?? null }, form, reach.sms, translate(res));
}

contactRoutes.get("/tai-khoan/lien-lac", requireProof("changeContact"), async (req, res) => {
  const account = await findOwnAccount(req.ctx as Context<Citizen>);
  render(res, "accounts/contact", await contactView(req, res, account, emptyForm));
});

contactRoutes.post("/tai-khoan/lien-lac", requireProof("changeContact"), async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const account = await findOwnAccount(ctx);
  const maySms = reachOf(req).sms;
  const answer = async (form: Form) =>
    render(res.status(422), "accounts/contact", await contactView(req, res, account, form));
  const email = textIn(req, "email").toLowerCase();
  const typed = textIn(req, "phone");
  const phone = maySms && typed ? normalizePhone(typed) : null;
  if (email && !isMailAddress(email))
    return answer(withError(bodyOf(req), "email", { key: "accounts.errors.emailWrong" }));
  if (!email && typed && !phone) return answer(withError(bodyOf(req), "phone", { key: "accounts.errors.phoneWrong" }));
  const target = email || phone;
  if (!target) return answer(withError(bodyOf(req), "email", { key: "accounts.contact.nothing" }));
  const seconds = await limitOf(req, SENT).count(ctx.actor.accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const holder = await findByUsername(ctx, target);
  // Whose address it is already gets no code; whoever asks learns it only by having the code, which never comes.
  if (!holder || holder.id === account.id) await askForContact(ctx, email ? "email" : "phone", target);
  render(res, "accounts/confirm", confirmPage(emptyForm, { target, next: null }, translate(res)));
});

contactRoutes.get("/tai-khoan/lien-lac/xac-nhan", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const target = await findSentTo(ctx, ctx.actor.accountId);
  if (!target) return redirect(res, paths.contact);
  render(
    res,
    "accounts/confirm",
    confirmPage(emptyForm, { target, next: safeReturn(req.query["tiep"]) }, translate(res)),
  );
});

contactRoutes.post("/tai-khoan/lien-lac/gui-ma", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const { accountId } = ctx.actor;
  const unproven = await findUnproven(ctx, accountId, reachOf(req));
  if (!unproven) return redirect(res, paths.contact);
  const seconds = await limitOf(req, SENT).count(accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  await askForContact(ctx, unproven.purpose, unproven.target);
  redirect(res, paths.confirmContactFor(safeReturn(bodyOf(req)["tiep"]) ?? paths.profile));
});

contactRoutes.post("/tai-khoan/lien-lac/xac-nhan", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const seconds = await limitOf(req, TYPED).count(ctx.actor.accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const next = safeReturn(bodyOf(req)["tiep"]);
  const said = await confirmContact(ctx, textIn(req, "code"));
  if (said !== "done") {
    const wrong = withError({}, "code", { key: "accounts.forgotten.codeWrong" });
    const sent = { target: textIn(req, "target"), next };
    return render(res.status(422), "accounts/confirm", confirmPage(wrong, sent, translate(res)));
  }
  leaveNotice(req, "success", translate(res)("accounts.contact.done"));
  redirect(res, next ?? paths.profile);
});
