import { type Request, type Response, Router } from "express";
import type { Citizen, Context } from "#platform/context.ts";
import { type Form, filledForm, readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { pageBefore } from "#platform/guards.ts";
import { languages } from "#platform/i18n.ts";
import { lookNamed } from "#platform/looks.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import {
  type Address,
  type Answers,
  controlsOf,
  type FieldContext,
  fieldContext,
  pressedInPage,
  readPage,
  type ShownControl,
} from "#procedures/index.ts";
import { saveProfile } from "./actions.ts";
import { profileInput } from "./inputs.ts";
import { editProfilePage, profilePage, profileValues } from "./pages.ts";
import { paths } from "./paths.ts";
import { findOwnAccount, findProfile } from "./queries.ts";
import { contactRoutes } from "./routes/contact.ts";
import { bodyOf, translate } from "./routes/entering.ts";
import { identityRoutes } from "./routes/identity.ts";
import { passwordRoutes } from "./routes/passwords.ts";
import { secondStepRoutes } from "./routes/second-step.ts";
import { securityRoutes } from "./routes/security.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { signUpRoutes } from "./routes/sign-up.ts";
import { addressAnswer, addressForm } from "./rules.ts";

export { keepForOwner } from "./routes/entering.ts";
export { proveBeforeDeciding } from "./routes/second-step.ts";
export { firstThingsFirst } from "./routes/security.ts";

export const publicRoutes = Router();
export const citizenRoutes = Router();

publicRoutes.use(signInRoutes, signUpRoutes, secondStepRoutes, passwordRoutes, securityRoutes, identityRoutes);
citizenRoutes.use(contactRoutes);

const YEAR_MS = 365 * 86_400_000;

/** Keeps a choice of how pages are shown for a year, and leads back to the page on which it was made. */
function keepChoice(req: Request, res: Response, name: "lang" | "look", choice: string): void {
  const isSecure = req.ctx.publicUrl.startsWith("https:");
  res.cookie(isSecure ? `__Host-${name}` : name, choice, {
    maxAge: YEAR_MS,
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure,
    path: "/",
  });
  redirect(res, pageBefore(req) ?? "/");
}

publicRoutes.get("/ngon-ngu/:language", (req, res) => {
  const language = languages.find((one) => one === req.params.language);
  if (!language) throw notFound();
  keepChoice(req, res, "lang", language);
});

publicRoutes.get("/giao-dien/:look", (req, res) => {
  if (!lookNamed(req.params.look)) throw notFound();
  keepChoice(req, res, "look", req.params.look);
});

citizenRoutes.get("/tai-khoan", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const [account, profile, context] = await Promise.all([
    findOwnAccount(ctx),
    findProfile(ctx),
    fieldContext(ctx, translate(res)),
  ]);
  const address = addressAnswer(profile, context)?.text ?? profile.addressLine;
  render(res, "accounts/profile", profilePage(account, profile, address, translate(res)));
});

/** The control of the address: as typed, else as answered. */
function addressControl(
  filled: { answers: Answers; submitted?: Record<string, unknown> },
  errors: Form["errors"],
  context: FieldContext,
): ShownControl {
  const [control] = controlsOf(addressForm.page, filled, errors, context);
  if (!control) throw new Error("the address form has no address");
  return control;
}

citizenRoutes.get("/tai-khoan/sua", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const [profile, context] = await Promise.all([findProfile(ctx), fieldContext(ctx, translate(res))]);
  // A line without a commune was kept before communes were asked: it is shown, to be completed.
  const lineOnly = {
    provinceCode: context.homeProvince ?? "",
    communeCode: "",
    line: profile.addressLine ?? "",
    text: "",
  };
  const address = addressControl({ answers: { address: addressAnswer(profile, context) ?? lineOnly } }, {}, context);
  render(res, "accounts/edit-profile", editProfilePage(filledForm(profileValues(profile)), address, translate(res)));
});

citizenRoutes.post("/tai-khoan/sua", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const body = bodyOf(req);
  const context = await fieldContext(ctx, translate(res));
  const answer = (form: Form, status = 422) =>
    render(
      res.status(status),
      "accounts/edit-profile",
      editProfilePage(form, addressControl({ answers: {}, submitted: body }, form.errors, context), translate(res)),
    );
  if (pressedInPage(addressForm, addressForm.page.id, body)) return answer(filledForm(body), 200);
  const input = readForm(profileInput(body, isoDay(ctx.now)), req);
  const { answers, errors } = readPage(addressForm, addressForm.page.id, body, {}, context);
  if (!input.ok || Object.keys(errors).length > 0)
    return answer({ values: body, errors: { ...(input.ok ? {} : input.form.errors), ...errors } });
  const { communeCode = null, line = null } = (answers["address"] ?? {}) as Partial<Address>;
  await saveProfile(ctx, { ...input.data, communeCode, addressLine: line || null });
  leaveNotice(req, "success", translate(res)("accounts.profile.saved"));
  redirect(res, paths.profile);
});
