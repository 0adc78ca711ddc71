import { Router } from "express";
import type { Citizen, Context } from "#platform/context.ts";
import { emptyForm, type Form } from "#platform/form.ts";
import { limitOf } from "#platform/limits.ts";
import { isMailAddress } from "#platform/mail.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { askForContact, confirmContact } from "../actions/recovery.ts";
import { confirmPage, contactPage } from "../pages/recovery.ts";
import { paths } from "../paths.ts";
import { findByUsername, findOwnAccount } from "../queries.ts";
import { normalizePhone } from "../rules.ts";
import { bodyOf, textIn, translate, withError } from "./entering.ts";
import { requireProof } from "./proof.ts";

/** Under /ca-nhan. */
export const contactRoutes = Router();

const SENT = { name: "codes-of", points: 6, seconds: 3600 };
const TYPED = { name: "codes-typed", points: 20, seconds: 3600 };

contactRoutes.get("/tai-khoan/lien-lac", requireProof("changeContact"), async (req, res) => {
  const account = await findOwnAccount(req.ctx as Context<Citizen>);
  const maySms = req.app.get("sms") === true;
  render(res, "accounts/contact", contactPage(account, emptyForm, maySms, translate(res)));
});

contactRoutes.post("/tai-khoan/lien-lac", requireProof("changeContact"), async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const account = await findOwnAccount(ctx);
  const maySms = req.app.get("sms") === true;
  const answer = (form: Form) =>
    render(res.status(422), "accounts/contact", contactPage(account, form, maySms, translate(res)));
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
  render(res, "accounts/confirm", confirmPage(emptyForm, target, translate(res)));
});

contactRoutes.post("/tai-khoan/lien-lac/xac-nhan", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const seconds = await limitOf(req, TYPED).count(ctx.actor.accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const said = await confirmContact(ctx, textIn(req, "code"));
  if (said !== "done") {
    const wrong = withError({}, "code", { key: "accounts.forgotten.codeWrong" });
    return render(res.status(422), "accounts/confirm", confirmPage(wrong, textIn(req, "target"), translate(res)));
  }
  leaveNotice(req, "success", translate(res)("accounts.contact.done"));
  redirect(res, paths.profile);
});
