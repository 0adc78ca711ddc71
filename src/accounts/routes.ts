import { type Request, type Response, Router } from "express";
import type { Admin, Citizen, Context, Officer } from "#platform/context.ts";
import { emptyForm, type Form, filledForm, readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { pageBefore, safeReturn } from "#platform/guards.ts";
import { languages, type Translate } from "#platform/i18n.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { lookNamed } from "#platform/looks.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
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
import { activateAccount, changePassword, createCitizen, saveProfile, type Taken } from "./actions.ts";
import { changePasswordInput, newPasswordInput, profileInput, SignInInput, signUpInput } from "./inputs.ts";
import {
  activatePage,
  editProfilePage,
  passwordPage,
  profilePage,
  profileValues,
  signInPage,
  signOutPage,
  signUpPage,
} from "./pages.ts";
import { authenticate, signIn, signOut } from "./passport.ts";
import { paths } from "./paths.ts";
import { findActivation, findByUsername, findOwnAccount, findProfile, findSignedIn, type SignedIn } from "./queries.ts";
import { addressAnswer, addressForm, destinationAfterSignIn } from "./rules.ts";

export const publicRoutes = Router();
export const citizenRoutes = Router();

/** Five wrong passwords close an account's door for a quarter of an hour (cấp độ 3: khóa sau không quá 5 lần sai). */
const PER_ACCOUNT = { name: "sign-in", points: 5, seconds: 900, blockSeconds: 900 };
const PER_ADDRESS = { name: "sign-in-from", points: 50, seconds: 900 };
const SIGN_UPS = { name: "sign-up-from", points: 60, seconds: 3600 };
const ACTIVATIONS = { name: "activate-from", points: 30, seconds: 900 };

const YEAR_MS = 365 * 86_400_000;

const translate = (res: Response): Translate => res.locals.t as Translate;
const bodyOf = (req: Request): Record<string, unknown> => (req.body as Record<string, unknown> | undefined) ?? {};

async function enter(req: Request, res: Response, person: SignedIn, next: string | null): Promise<void> {
  await signIn(req, person);
  redirect(
    res,
    person.mustChangePassword ? paths.password : destinationAfterSignIn(person.actor.kind, next, paths.home),
  );
}

const withError = (values: Record<string, unknown>, name: string, error: Form["errors"][string]): Form => ({
  values,
  errors: { [name]: error },
});

publicRoutes.get(paths.signIn, (req, res) => {
  const next = safeReturn(req.query["tiep"]);
  if (req.user) return redirect(res, destinationAfterSignIn(req.user.actor.kind, next, paths.home));
  render(res, "accounts/sign-in", signInPage(emptyForm, next, translate(res)));
});

publicRoutes.post(paths.signIn, async (req, res) => {
  const next = safeReturn(bodyOf(req)["tiep"]);
  const answer = (status: number, form: Form) =>
    render(res.status(status), "accounts/sign-in", signInPage(form, next, translate(res)));
  const input = readForm(SignInInput, req);
  if (!input.ok) return answer(422, input.form);
  const { username } = input.data;
  const perAccount = limitOf(req, PER_ACCOUNT);
  const perAddress = limitOf(req, PER_ADDRESS);
  // Whatever it is called by, phone number or e-mail address, an account has one door.
  const door = (await findByUsername(req.ctx, username))?.username ?? username;
  const seconds = Math.max(await perAddress.count(addressOf(req)), await perAccount.count(door));
  if (seconds > 0) {
    res.set("Retry-After", String(seconds));
    return answer(429, withError(bodyOf(req), "username", { key: "accounts.signIn.wait", params: { seconds } }));
  }
  const person = await authenticate(req, res);
  if (!person) return answer(422, withError(bodyOf(req), "username", { key: "accounts.signIn.wrong" }));
  await Promise.all([perAccount.clear(door), perAddress.forgive(addressOf(req))]);
  await enter(req, res, person, next);
});

publicRoutes.get(paths.signOut, (req, res) => {
  if (!req.user) return redirect(res, "/");
  render(res, "accounts/sign-out", signOutPage(pageBefore(req) ?? paths.home[req.user.actor.kind], translate(res)));
});

publicRoutes.post(paths.signOut, async (req, res) => {
  if (req.user) {
    await signOut(req);
    // What the device kept for its owner, the offline page and its worker go, too.
    res.set("Clear-Site-Data", '"cache", "storage"');
    leaveNotice(req, "success", translate(res)("accounts.signOut.done"));
  }
  redirect(res, "/");
});

publicRoutes.get(paths.signUp, (req, res) => {
  const next = safeReturn(req.query["tiep"]);
  if (req.user) return redirect(res, destinationAfterSignIn(req.user.actor.kind, next, paths.home));
  render(res, "accounts/sign-up", signUpPage(emptyForm, next, translate(res)));
});

const takenForm = (values: Record<string, unknown>, { taken }: Taken): Form =>
  withError(values, taken, { key: taken === "email" ? "accounts.errors.emailTaken" : "accounts.errors.phoneTaken" });

publicRoutes.post(paths.signUp, async (req, res) => {
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
  const created = await createCitizen(req.ctx, input.data);
  if ("taken" in created) return answer(422, takenForm(bodyOf(req), created));
  const person = await findSignedIn(req.ctx, created.accountId);
  if (!person) throw notFound();
  await signIn(req, person);
  leaveNotice(req, "success", translate(res)("accounts.signUp.done"));
  redirect(res, destinationAfterSignIn("citizen", next, paths.home));
});

publicRoutes.get("/kich-hoat/:token", async (req, res) => {
  const account = await findActivation(req.ctx, req.params.token);
  render(res, "accounts/activate", activatePage(account, emptyForm, translate(res)));
});

publicRoutes.post("/kich-hoat/:token", async (req, res) => {
  const seconds = await limitOf(req, ACTIVATIONS).count(addressOf(req));
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const account = await findActivation(req.ctx, req.params.token);
  const input = readForm(newPasswordInput(bodyOf(req), [account.username, account.displayName]), req);
  if (!input.ok) return render(res.status(422), "accounts/activate", activatePage(account, input.form, translate(res)));
  await activateAccount(req.ctx, req.params.token, input.data.password);
  const person = await findSignedIn(req.ctx, account.id);
  if (!person) throw notFound();
  await signIn(req, person);
  leaveNotice(req, "success", translate(res)("accounts.activate.done"));
  redirect(res, paths.home[person.actor.kind]);
});

/** The context of somebody who is signed in, whatever their kind; a visitor is led to the sign-in page. */
function signedIn(req: Request, res: Response): Context<Citizen | Officer | Admin> | null {
  if (req.user) return req.ctx as Context<Citizen | Officer | Admin>;
  redirect(res, paths.signInFor(paths.password));
  return null;
}

publicRoutes.get(paths.password, async (req, res) => {
  const ctx = signedIn(req, res);
  if (ctx) render(res, "accounts/password", passwordPage(await findOwnAccount(ctx), emptyForm, translate(res)));
});

publicRoutes.post(paths.password, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const account = await findOwnAccount(ctx);
  const answer = (form: Form) =>
    render(res.status(422), "accounts/password", passwordPage(account, form, translate(res)));
  const input = readForm(
    changePasswordInput(bodyOf(req), [account.username, account.displayName, account.email ?? ""]),
    req,
  );
  if (!input.ok) return answer(input.form);
  const seconds = await limitOf(req, PER_ACCOUNT).count(account.username);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  if (!(await changePassword(ctx, input.data, req.sessionID)))
    return answer(withError({}, "current", { key: "accounts.errors.currentWrong" }));
  await limitOf(req, PER_ACCOUNT).clear(account.username);
  leaveNotice(req, "success", translate(res)("accounts.password.done"));
  redirect(res, ctx.actor.kind === "citizen" ? paths.profile : paths.home[ctx.actor.kind]);
});

/** Keeps a choice of how pages are shown for a year, and leads back to the page on which it was made. */
function keepChoice(req: Request, res: Response, name: "lang" | "look", choice: string): void {
  res.cookie(name, choice, {
    maxAge: YEAR_MS,
    httpOnly: true,
    sameSite: "lax",
    secure: req.ctx.publicUrl.startsWith("https:"),
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
  const taken = await saveProfile(ctx, { ...input.data, communeCode, addressLine: line || null });
  if (taken) return answer(takenForm(body, taken));
  leaveNotice(req, "success", translate(res)("accounts.profile.saved"));
  redirect(res, paths.profile);
});
