import { Router } from "express";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { safeReturn } from "#platform/guards.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { sendCode } from "../actions/codes.ts";
import { findUnproven } from "../actions/recovery.ts";
import { activateAccount, createCitizen, type Taken } from "../actions.ts";
import { newPasswordInput, signUpInput } from "../inputs.ts";
import { activatePage, signUpPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findActivation, findSignedIn } from "../queries.ts";
import { destinationAfterSignIn } from "../rules.ts";
import { bodyOf, enterWith, reachOf, translate, withError } from "./entering.ts";
import { judgePassword } from "./passwords.ts";

export const signUpRoutes = Router();

const SIGN_UPS = { name: "sign-up-from", points: 60, seconds: 3600 };
const ACTIVATIONS = { name: "activate-from", points: 30, seconds: 900 };

signUpRoutes.get(paths.signUp, (req, res) => {
  const next = safeReturn(req.query["tiep"]);
  if (req.user) return redirect(res, destinationAfterSignIn(req.user.actor.kind, next, paths.home));
  render(res, "accounts/sign-up", signUpPage(emptyForm, next, translate(res)));
});

export const takenForm = (values: Record<string, unknown>, { taken }: Taken): Form =>
  withError(values, taken, { key: taken === "email" ? "accounts.errors.emailTaken" : "accounts.errors.phoneTaken" });

signUpRoutes.post(paths.signUp, async (req, res) => {
  const next = safeReturn(bodyOf(req)["tiep"]);
  const answer = (status: number, form: Form) =>
    render(res.status(status), "accounts/sign-up", signUpPage(form, next, translate(res)));
  const input = readForm(signUpInput(bodyOf(req), isoDay(req.ctx.now)), req);
  if (!input.ok) return answer(422, input.form);
  const seconds = await limitOf(req, SIGN_UPS).count(addressOf(req));
  if (seconds > 0) {
    res.set("Retry-After", String(seconds));
    return answer(429, withError(bodyOf(req), "phone", { key: "accounts.signUp.wait", params: { seconds } }));
  }
  const fault = await judgePassword(req, input.data.password, { kind: "citizen", hasFactor: false, account: null });
  if (fault) return answer(422, withError(bodyOf(req), "password", fault));
  const created = await createCitizen(req.ctx, input.data);
  if ("taken" in created) return answer(422, takenForm(bodyOf(req), created));
  const person = await findSignedIn(req.ctx, created.accountId);
  if (!person) throw notFound();
  leaveNotice(req, "success", translate(res)("accounts.signUp.done"));
  // The account is usable at once; what nobody has proven is not written to.
  const unproven = await findUnproven(req.ctx, created.accountId, reachOf(req));
  if (unproven) await sendCode(req.ctx, { accountId: created.accountId, ...unproven });
  await enterWith(req, res, person, unproven ? paths.confirmContactFor(next ?? paths.home.citizen) : next, false);
});

signUpRoutes.get("/kich-hoat/:token", async (req, res) => {
  const account = await findActivation(req.ctx, req.params.token);
  render(res, "accounts/activate", activatePage(account, emptyForm, translate(res)));
});

signUpRoutes.post("/kich-hoat/:token", async (req, res) => {
  const seconds = await limitOf(req, ACTIVATIONS).count(addressOf(req));
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const account = await findActivation(req.ctx, req.params.token);
  const input = readForm(newPasswordInput(bodyOf(req), [account.username, account.displayName]), req);
  if (!input.ok) return render(res.status(422), "accounts/activate", activatePage(account, input.form, translate(res)));
  const kind = account.kind === "technical" ? "citizen" : account.kind;
  const fault = await judgePassword(req, input.data.password, { kind, hasFactor: false, account });
  if (fault)
    return render(
      res.status(422),
      "accounts/activate",
      activatePage(account, withError({}, "password", fault), translate(res)),
    );
  await activateAccount(req.ctx, req.params.token, input.data.password);
  const person = await findSignedIn(req.ctx, account.id);
  if (!person) throw notFound();
  leaveNotice(req, "success", translate(res)("accounts.activate.done"));
  await enterWith(req, res, person, null, false);
});
