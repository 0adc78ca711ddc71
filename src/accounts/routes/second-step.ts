import { type Request, type RequestHandler, type Response, Router } from "express";
import { recordSecurity } from "#audit/index.ts";
import { emptyForm, type Form } from "#platform/form.ts";
import { isSafe, pageBefore, safeReturn } from "#platform/guards.ts";
import { doorOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { typedFor } from "#platform/session.ts";
import { askPasskey, checkPasskey, checkTotp, takeRecoveryCode } from "../actions/factors.ts";
import { checkPassword } from "../actions.ts";
import { againPage, resendPage, stepPage } from "../pages/second-step.ts";
import { signIn } from "../passport.ts";
import { paths } from "../paths.ts";
import { findFactorKinds, listOwnIdentities } from "../queries/security.ts";
import { findOwnAccount, findSignedIn } from "../queries.ts";
import {
  bodyOf,
  enterWith,
  keepSent,
  type SignedInContext,
  sealOf,
  signedIn,
  textIn,
  translate,
  withError,
} from "./entering.ts";
import { identityProviderOf } from "./identity.ts";
import { isFresh } from "./proof.ts";

export const secondStepRoutes = Router();

/** Six digits can be tried out: five tries, then ever longer waits. */
const NUMBERS = { name: "second-step", free: 5, firstSeconds: 300, mostSeconds: 14_400 };
const HALF_MS = 10 * 60_000;

/** Who gave a right password a moment ago in this browser; null for everybody else. */
function halfOf(req: Request) {
  const { half } = req.session;
  return half && req.ctx.now.getTime() - half.at < HALF_MS ? half : null;
}

const jsonIn = (req: Request, name: string): unknown => {
  try {
    return JSON.parse(textIn(req, name));
  } catch {
    return null;
  }
};

/** The question for a passkey, with its challenge kept in the session; null where the account has none. */
async function passkeyQuestion(req: Request, accountId: string): Promise<string | null> {
  const options = await askPasskey(req.ctx, accountId);
  if (!options) return null;
  req.session.challenge = options.challenge;
  return JSON.stringify(options);
}

/** Whether what was sent proves a second step of the account. @throws Refusal 429 after too many tries */
async function isProven(req: Request, accountId: string): Promise<boolean> {
  const door = doorOf(req, NUMBERS);
  const { seconds } = await door.knock(accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const { challenge } = req.session;
  delete req.session.challenge;
  const number = textIn(req, "number");
  const isRight =
    (challenge !== undefined &&
      textIn(req, "answer") !== "" &&
      (await checkPasskey(req.ctx, accountId, { challenge, answer: jsonIn(req, "answer") }))) ||
    (number !== "" && (await checkTotp(req.ctx, sealOf(req), accountId, number))) ||
    (number !== "" && (await takeRecoveryCode(req.ctx, accountId, number)));
  if (isRight) await door.open(accountId);
  else await recordSecurity(req.ctx, { kind: "factor.failed", accountId, aboutId: accountId }, req.ctx.db);
  return isRight;
}

const showStep = async (req: Request, res: Response, accountId: string, form: Form, status = 200) => {
  const kinds = await findFactorKinds(req.ctx, accountId);
  const options = await passkeyQuestion(req, accountId);
  render(
    res.status(status),
    "accounts/second-step",
    stepPage(form, { hasNumbers: kinds.has("totp"), options }, translate(res)),
  );
};

secondStepRoutes.get(paths.secondStep, async (req, res) => {
  const half = halfOf(req);
  if (!half) return redirect(res, paths.signIn);
  await showStep(req, res, half.accountId, emptyForm);
});

secondStepRoutes.post(paths.secondStep, async (req, res) => {
  const half = halfOf(req);
  if (!half) return redirect(res, paths.signIn);
  if (!(await isProven(req, half.accountId)))
    return showStep(req, res, half.accountId, withError({}, "number", { key: "accounts.second.wrong" }), 422);
  const person = await findSignedIn(req.ctx, half.accountId);
  if (!person) return redirect(res, paths.signIn);
  await enterWith(req, res, person, half.next, true);
});

/** Whoever came by an electronic identity may have no password: the identity itself proves them afresh. */
const canProveByIdentity = async (req: Request, ctx: SignedInContext): Promise<boolean> =>
  identityProviderOf(req) !== null && (await listOwnIdentities(ctx)).length > 0;

secondStepRoutes.get(paths.proveAgain, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const next = safeReturn(req.query["tiep"]);
  const kinds = await findFactorKinds(ctx, ctx.actor.accountId);
  const options = await passkeyQuestion(req, ctx.actor.accountId);
  const has = {
    hasNumbers: kinds.has("totp"),
    options,
    hasFactor: kinds.size > 0,
    identity: await canProveByIdentity(req, ctx),
  };
  render(res, "accounts/prove-again", againPage(emptyForm, has, next, translate(res)));
});

secondStepRoutes.post(paths.proveAgain, async (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const { accountId } = ctx.actor;
  const next = safeReturn(bodyOf(req)["tiep"]);
  const kinds = await findFactorKinds(ctx, accountId);
  const hasFactor = kinds.size > 0;
  const isRight = hasFactor ? await isProven(req, accountId) : await isPasswordRight(req);
  if (isRight) {
    // A fresh proof is a session of a new number; what was typed comes along.
    if (req.user) await signIn(req, req.user, hasFactor);
    return redirect(res, next ?? paths.home[ctx.actor.kind]);
  }
  const wrong = hasFactor
    ? withError({}, "number", { key: "accounts.second.wrong" })
    : withError({}, "password", { key: "accounts.errors.currentWrong" });
  const options = await passkeyQuestion(req, accountId);
  const has = { hasNumbers: kinds.has("totp"), options, hasFactor, identity: await canProveByIdentity(req, ctx) };
  render(res.status(422), "accounts/prove-again", againPage(wrong, has, next, translate(res)));
});

async function isPasswordRight(req: Request): Promise<boolean> {
  const ctx = req.ctx as Parameters<typeof findOwnAccount>[0];
  const door = doorOf(req, NUMBERS);
  const { accountId } = ctx.actor;
  const { seconds } = await door.knock(accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const { username } = await findOwnAccount(ctx);
  const isRight = (await checkPassword(ctx, username, textIn(req, "password"))) !== null;
  if (isRight) await door.open(accountId);
  return isRight;
}

/** What a leader decides and signs: an officer with a second step proves themself afresh for it. */
const DECISIONS =
  /^\/mot-cua\/(ho-so\/[^/]+\/(buoc|ket-qua|dinh-chinh|mo-lai|gia-han|dung|han-che|bo-han-che)|lap-ket-qua\/|thu-hoi-giay\/|hang-loat$)/;

export const proveBeforeDeciding: RequestHandler = (req, res, next) => {
  const { actor } = req.ctx;
  const typed = req.user && req.session.typed;
  if (typed && !isSafe(req.method) && typed.path === req.originalUrl) delete req.session.typed;
  if (actor.kind !== "officer" || isSafe(req.method) || !req.user?.hasFactor) return next();
  if (!DECISIONS.test(req.path) || !actor.postings.some(({ role }) => role === "leader") || isFresh(req)) return next();
  const back = keepSent(req, actor.accountId) ? paths.resend : (pageBefore(req) ?? paths.home.officer);
  redirect(res, paths.proveAgainFor(back));
};

secondStepRoutes.get(paths.resend, (req, res) => {
  const ctx = signedIn(req, res);
  if (!ctx) return;
  const typed = typedFor(req, ctx.actor.accountId);
  if (!typed) return redirect(res, paths.home[ctx.actor.kind]);
  render(res, "accounts/resend", resendPage(typed, translate(res)));
});
