import { type Request, Router } from "express";
import { emptyForm, type FieldError, type Form, readForm } from "#platform/form.ts";
import { addressOf, doorOf, limitOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { isLeaked, wasUsedBefore } from "../actions/passwords.ts";
import { askForReset, findResetting, resetPassword } from "../actions/recovery.ts";
import { changePassword } from "../actions.ts";
import { changePasswordInput, newPasswordInput } from "../inputs.ts";
import { forgottenPage, resetPage } from "../pages/recovery.ts";
import { passwordPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findOwnAccount } from "../queries.ts";
import { compositionFault, type PersonKind } from "../rules.ts";
import { bodyOf, policyOf, signedIn, textIn, translate, withError } from "./entering.ts";
import { STRANGERS } from "./sign-in.ts";

export const passwordRoutes = Router();

const CHANGES = { name: "change-password", points: 5, seconds: 900, blockSeconds: 900 };
const RESETS = { name: "reset-from", points: 20, seconds: 3600 };
const RESETS_OF = { name: "reset-of", points: 5, seconds: 3600 };

type Judged = { kind: PersonKind; hasFactor: boolean; account: { id: string; passwordHash: string | null } | null };

/** What is still wrong with a password that its form found good: what the installation asks, leaked lists, history. */
export async function judgePassword(req: Request, password: string, judged: Judged): Promise<FieldError | null> {
  const policy = policyOf(req);
  const { kind, hasFactor, account } = judged;
  const lacks = compositionFault(policy, kind, hasFactor, password);
  if (lacks) return { key: `accounts.policy.${lacks.key}`, params: { least: lacks.least } };
  if (await isLeaked(password)) return { key: "accounts.policy.breached" };
  if (policy.passwords === "tcvn" && account && (await wasUsedBefore(req.ctx, account, password)))
    return { key: "accounts.policy.usedBefore" };
  return null;
}

passwordRoutes.get(paths.password, async (req, res) => {
  const ctx = signedIn(req, res);
  if (ctx) render(res, "accounts/password", passwordPage(await findOwnAccount(ctx), emptyForm, translate(res)));
});

passwordRoutes.post(paths.password, async (req, res) => {
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
  const seconds = await limitOf(req, CHANGES).count(account.id);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const hasFactor = req.user?.hasFactor ?? false;
  const fault = await judgePassword(req, input.data.password, { kind: ctx.actor.kind, hasFactor, account });
  if (fault) return answer(withError({}, "password", fault));
  if (!(await changePassword(ctx, input.data, req.sessionID)))
    return answer(withError({}, "current", { key: "accounts.errors.currentWrong" }));
  await limitOf(req, CHANGES).clear(account.id);
  leaveNotice(req, "success", translate(res)("accounts.password.done"));
  redirect(res, ctx.actor.kind === "citizen" ? paths.profile : paths.home[ctx.actor.kind]);
});

passwordRoutes.get(paths.forgotten, (_req, res) => {
  render(res, "accounts/forgotten", forgottenPage(emptyForm, translate(res)));
});

passwordRoutes.post(paths.forgotten, async (req, res) => {
  const username = textIn(req, "username").slice(0, 200);
  const answer = (form: Form) => render(res.status(422), "accounts/forgotten", forgottenPage(form, translate(res)));
  if (!username) return answer(withError({}, "username", { key: "accounts.forgotten.missing" }));
  const fromHere = await limitOf(req, RESETS).count(addressOf(req));
  if (fromHere > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds: fromHere });
  // Beyond the limit of one account nothing is sent, and nothing is said: who asks learns nothing.
  if ((await limitOf(req, RESETS_OF).count(username.toLowerCase())) === 0) await askForReset(req.ctx, username);
  render(res, "accounts/reset", resetPage({ values: { username }, errors: {} }, translate(res)));
});

passwordRoutes.get(paths.resetPassword, (_req, res) => redirect(res, paths.forgotten));

passwordRoutes.post(paths.resetPassword, async (req, res) => {
  const username = textIn(req, "username").slice(0, 200);
  const answer = (form: Form) =>
    render(res.status(422), "accounts/reset", resetPage({ ...form, values: { username } }, translate(res)));
  const seconds = await limitOf(req, RESETS).count(addressOf(req));
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const account = await findResetting(req.ctx, username);
  const known = account ? [account.username, account.displayName, account.email ?? ""] : [username];
  const input = readForm(newPasswordInput(bodyOf(req), known), req);
  if (!input.ok) return answer(input.form);
  const { password } = input.data;
  const kind = account && account.kind !== "technical" ? account.kind : "citizen";
  const fault = await judgePassword(req, password, { kind, hasFactor: false, account });
  if (fault) return answer(withError({}, "password", fault));
  if (!(await resetPassword(req.ctx, username, textIn(req, "code"), password)))
    return answer(withError({}, "code", { key: "accounts.forgotten.codeWrong" }));
  // Who proved whose account it is need not wait for the strangers who shut its door.
  if (account) await doorOf(req, STRANGERS).open(account.username);
  leaveNotice(req, "success", translate(res)("accounts.forgotten.done"));
  redirect(res, paths.signIn);
});
