import { Router } from "express";
import { recordSecurity } from "#audit/index.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import { pageBefore, safeReturn } from "#platform/guards.ts";
import { addressOf, doorOf } from "#platform/limits.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findKnownDevice } from "../actions/devices.ts";
import { SignInInput } from "../inputs.ts";
import { signInPage, signOutPage } from "../pages.ts";
import { authenticate, signOut } from "../passport.ts";
import { paths } from "../paths.ts";
import { findByUsername } from "../queries.ts";
import { destinationAfterSignIn } from "../rules.ts";
import { bodyOf, enter, tokensOf, translate, withError } from "./entering.ts";
import { identityProviderOf } from "./identity.ts";

export const signInRoutes = Router();

/**
 * Strangers' wrong passwords shut an account's door for a quarter of an hour, then ever longer (cấp độ 3: khóa sau không
 * quá 5 lần sai). A browser from which the owner signed in before has a door of its own: nobody can lock an owner out.
 */
export const STRANGERS = { name: "sign-in", free: 5, firstSeconds: 900, mostSeconds: 14_400 };
const KNOWN = { name: "sign-in-known", free: 10, firstSeconds: 60, mostSeconds: 900 };
/** Many sit behind one address: an agency, a school, a village's network. */
const ADDRESSES = { name: "sign-in-from", free: 50, firstSeconds: 60, mostSeconds: 900 };

signInRoutes.get(paths.signIn, (req, res) => {
  const next = safeReturn(req.query["tiep"]);
  if (req.user) return redirect(res, destinationAfterSignIn(req.user.actor.kind, next, paths.home));
  render(res, "accounts/sign-in", signInPage(emptyForm, next, identityProviderOf(req) !== null, translate(res)));
});

signInRoutes.post(paths.signIn, async (req, res) => {
  const next = safeReturn(bodyOf(req)["tiep"]);
  const answer = (status: number, form: Form) =>
    render(
      res.status(status),
      "accounts/sign-in",
      signInPage(form, next, identityProviderOf(req) !== null, translate(res)),
    );
  const input = readForm(SignInInput, req);
  if (!input.ok) return answer(422, input.form);
  const { username } = input.data;
  const account = await findByUsername(req.ctx, username);
  // Whatever it is called by, phone number or e-mail address, an account has one door.
  const name = account?.username ?? username;
  const known = account && (await findKnownDevice(req.ctx, account.id, tokensOf(req)));
  const from = doorOf(req, ADDRESSES);
  const door = doorOf(req, known ? KNOWN : STRANGERS);
  const key = known ? `${name} ${known}` : name;
  const [fromAddress, ofAccount] = await Promise.all([
    known ? { seconds: 0 } : from.knock(addressOf(req)),
    door.knock(key),
  ]);
  const seconds = Math.max(fromAddress.seconds, ofAccount.seconds);
  if (ofAccount.shut && account)
    await recordSecurity(req.ctx, { kind: "sign_in.held", aboutId: account.id }, req.ctx.db);
  if (seconds > 0) {
    res.set("Retry-After", String(seconds));
    return answer(429, withError(bodyOf(req), "username", { key: "accounts.signIn.wait", params: { seconds } }));
  }
  const person = await authenticate(req, res);
  if (!person) {
    await recordSecurity(req.ctx, { kind: "sign_in.failed", aboutId: account?.id ?? null }, req.ctx.db);
    return answer(422, withError(bodyOf(req), "username", { key: "accounts.signIn.wrong" }));
  }
  await Promise.all([door.open(key), ...(known ? [] : [from.forgive(addressOf(req))])]);
  await enter(req, res, person, next);
});

signInRoutes.get(paths.signOut, (req, res) => {
  if (!req.user) return redirect(res, "/");
  render(res, "accounts/sign-out", signOutPage(pageBefore(req) ?? paths.home[req.user.actor.kind], translate(res)));
});

signInRoutes.post(paths.signOut, async (req, res) => {
  if (req.user) {
    await signOut(req);
    // What the device kept for its owner, the offline page and its worker go, too.
    res.set("Clear-Site-Data", '"cache", "storage"');
    leaveNotice(req, "success", translate(res)("accounts.signOut.done"));
  }
  redirect(res, "/");
});
