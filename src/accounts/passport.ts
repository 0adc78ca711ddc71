import type { Request, Response } from "express";
import passport from "passport";
import { Strategy } from "passport-local";
import { recordSecurity } from "#audit/index.ts";
import { startTimes, TERMS, type Terms, typedFor } from "#platform/session.ts";
import { checkPassword, recordSignIn } from "./actions.ts";
import { findSignedIn, type SignedIn, signedInAs } from "./queries.ts";

declare global {
  namespace Express {
    interface User extends SignedIn {}
  }
}

const keeper = new passport.Passport();

keeper.serializeUser((user, done) => done(null, user.actor.accountId));
// The session's own statement has asked for its owner; nobody is read a second time.
keeper.deserializeUser(
  (req: Request, _accountId: string, done: (error: unknown, user?: Express.User | false) => void) => {
    signedInAs(req.ctx, req.sessionOwner).then((found) => done(null, found ?? false), done);
  },
);
keeper.use(
  new Strategy({ passReqToCallback: true }, (req, username, password, done) => {
    checkPassword(req.ctx, username, password)
      .then((account) => (account ? findSignedIn(req.ctx, account.id) : null))
      .then((found) => done(null, found ?? false), done);
  }),
);

/** Reads who is signed in from the session into `req.user`. */
export const readSignedIn = keeper.session();

/** Who signs in with the submitted name and password; null when either is wrong. */
export const authenticate = (req: Request, res: Response): Promise<SignedIn | null> =>
  new Promise((resolve, reject) => {
    const answer = (error: unknown, found: SignedIn | false | undefined) =>
      error ? reject(error) : resolve(found || null);
    keeper.authenticate("local", answer)(req, res, reject);
  });

/**
 * Begins a session of its own number for this person. Of the one before, only what this same account had typed comes
 * along: whoever else sat at the computer left nothing behind.
 * @param provenTwice by more than a password
 */
export async function signIn(req: Request, person: SignedIn, provenTwice = false): Promise<void> {
  const { accountId, kind } = person.actor;
  const typed = typedFor(req, accountId);
  await new Promise<void>((resolve, reject) => req.logIn(person, (error) => (error ? reject(error) : resolve())));
  const terms = (req.app.get("sessionTerms") as Terms | undefined) ?? TERMS;
  startTimes(req, terms[kind], provenTwice);
  if (typed) req.session.typed = typed;
  await recordSignIn(req.ctx, accountId);
  await recordSecurity(req.ctx, { kind: "sign_in.passed", accountId, params: { twice: provenTwice } }, req.ctx.db);
}

/** Ends the session on the server; its number is worth nothing afterwards. */
export async function signOut(req: Request): Promise<void> {
  await recordSecurity(req.ctx, { kind: "sign_out" }, req.ctx.db);
  await new Promise<void>((resolve, reject) => req.logOut((error) => (error ? reject(error) : resolve())));
}
