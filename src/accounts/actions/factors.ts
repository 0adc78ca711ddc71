import { randomInt } from "node:crypto";
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { Secret, TOTP } from "otpauth";
import { recordSecurity } from "#audit/index.ts";
import type { Admin, Citizen, Context, Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import type { Seal } from "#platform/seal.ts";
import { CODE_LETTERS, normalizeRecoveryCode, RECOVERY_CODES } from "../rules/policy.ts";
import { hashPassword, isPasswordOf } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

type Owner = Context<Citizen | Officer | Admin>;

/** Read when somebody uses a passkey: it takes more memory than the rest of accounts together. */
const passkeys = () => import("@simplewebauthn/server");

const PERIOD_S = 30;
const SECRET_BYTES = 20;
const CODE_LENGTH = 10;

const totpOf = (secret: Secret, label: string, issuer: string): TOTP =>
  new TOTP({ issuer, label, algorithm: "SHA1", digits: 6, period: PERIOD_S, secret });

/** A new secret for an authenticator application, and the address that its QR code holds. */
export function newTotp(label: string, issuer: string): { secret: string; address: string } {
  const secret = new Secret({ size: SECRET_BYTES });
  return { secret: secret.base32, address: totpOf(secret, label, issuer).toString() };
}

/** The thirty seconds that a number belongs to, one before and one after the present ones allowed; null when it is wrong. */
function stepOf(secret: string, number: string, now: Date): number | null {
  const token = number.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = now.getTime();
  const delta = totpOf(Secret.fromBase32(secret), "", "").validate({ token, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_S) + delta;
}

/**
 * Adds an authenticator once its first number is right.
 * @returns false when the number is wrong
 */
export async function addTotp(
  ctx: Owner,
  seal: Seal,
  { secret, number, label }: { secret: string; number: string; label: string },
): Promise<boolean> {
  const step = stepOf(secret, number, ctx.now);
  if (step === null) return false;
  await inTransaction(ctx, async (tx) => {
    const { accountId } = ctx.actor;
    await tx.secondFactor.create({
      data: { accountId, kind: "totp", label, secret: seal.close(secret), lastStep: step, createdAt: ctx.now },
    });
    await recordSecurity(ctx, { kind: "factor.added", aboutId: accountId, params: { factor: "totp" } }, tx);
  });
  return true;
}

/** Whether a number of one of the account's authenticators is right; each number is taken once. */
export async function checkTotp(
  { db, now }: Pick<Context, "db" | "now">,
  seal: Seal,
  accountId: string,
  number: string,
): Promise<boolean> {
  const factors = await db.secondFactor.findMany({ where: { accountId, kind: "totp" } });
  for (const { id, secret: sealed } of factors) {
    const secret = sealed && seal.open(sealed);
    const step = secret ? stepOf(secret, number, now) : null;
    if (step === null) continue;
    const { count } = await db.secondFactor.updateMany({
      where: { id, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
      data: { lastStep: step, usedAt: now },
    });
    if (count === 1) return true;
  }
  return false;
}

const placeOf = (publicUrl: string) => ({ rpID: new URL(publicUrl).hostname, origin: new URL(publicUrl).origin });

/** What a browser is asked in order to make a passkey for the account; its challenge must come back. */
export async function askForPasskey(ctx: Owner, rpName: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { db, actor, publicUrl } = ctx;
  const [account, known] = await Promise.all([
    db.account.findUniqueOrThrow({ where: { id: actor.accountId } }),
    db.secondFactor.findMany({ where: { accountId: actor.accountId, kind: "passkey" } }),
  ]);
  const { generateRegistrationOptions } = await passkeys();
  return generateRegistrationOptions({
    rpName,
    rpID: placeOf(publicUrl).rpID,
    userName: account.username,
    userDisplayName: account.displayName,
    userID: new TextEncoder().encode(account.id),
    attestationType: "none",
    excludeCredentials: known.flatMap(({ credentialId }) => (credentialId ? [{ id: credentialId }] : [])),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });
}

/**
 * Adds a passkey that the browser made for our challenge.
 * @returns false when what came is not its answer
 */
export async function addPasskey(
  ctx: Owner,
  { challenge, answer, label }: { challenge: string; answer: unknown; label: string },
): Promise<boolean> {
  const { rpID, origin } = placeOf(ctx.publicUrl);
  const { verifyRegistrationResponse } = await passkeys();
  const verified = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return false;
  const { credential } = verified.registrationInfo;
  await inTransaction(ctx, async (tx) => {
    const { accountId } = ctx.actor;
    await tx.secondFactor.create({
      data: {
        accountId,
        kind: "passkey",
        label,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey),
        counter: BigInt(credential.counter),
        transports: credential.transports ?? [],
        createdAt: ctx.now,
      },
    });
    await recordSecurity(ctx, { kind: "factor.added", aboutId: accountId, params: { factor: "passkey" } }, tx);
  });
  return true;
}

/** What a browser is asked in order to prove one of the account's passkeys; null when it has none. */
export async function askPasskey(
  { db, publicUrl }: Pick<Context, "db" | "publicUrl">,
  accountId: string,
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const known = await db.secondFactor.findMany({ where: { accountId, kind: "passkey" } });
  if (known.length === 0) return null;
  const { generateAuthenticationOptions } = await passkeys();
  return generateAuthenticationOptions({
    rpID: placeOf(publicUrl).rpID,
    userVerification: "required",
    allowCredentials: known.flatMap(({ credentialId, transports }) =>
      credentialId ? [{ id: credentialId, transports: transports as ("internal" | "usb")[] }] : [],
    ),
  });
}

/** Whether a browser's answer proves one of the account's passkeys for our challenge. */
export async function checkPasskey(
  { db, now, publicUrl }: Pick<Context, "db" | "now" | "publicUrl">,
  accountId: string,
  { challenge, answer }: { challenge: string; answer: unknown },
): Promise<boolean> {
  const response = answer as AuthenticationResponseJSON | null;
  const credentialId = response?.id;
  if (!response || typeof credentialId !== "string") return false;
  const factor = await db.secondFactor.findUnique({ where: { credentialId } });
  if (!factor?.publicKey || factor.accountId !== accountId) return false;
  const { rpID, origin } = placeOf(publicUrl);
  const { verifyAuthenticationResponse } = await passkeys();
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: { id: credentialId, publicKey: new Uint8Array(factor.publicKey), counter: Number(factor.counter) },
  }).catch(() => null);
  if (!verified?.verified) return false;
  await db.secondFactor.update({
    where: { id: factor.id },
    data: { counter: BigInt(verified.authenticationInfo.newCounter), usedAt: now },
  });
  return true;
}

/** Takes one of one's own second steps away; false when it is not there. Without any left, recovery codes go, too. */
export async function removeFactor(ctx: Owner, id: string): Promise<boolean> {
  const { accountId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.secondFactor.deleteMany({ where: { id, accountId } });
    if (count === 0) return false;
    if ((await tx.secondFactor.count({ where: { accountId } })) === 0)
      await tx.recoveryCode.deleteMany({ where: { accountId } });
    await recordSecurity(ctx, { kind: "factor.removed", aboutId: accountId }, tx);
    return true;
  });
}

/**
 * Takes all second steps of somebody who lost them away, at an administrator's hands who knows the person; every session
 * of theirs ends, and where a second step is required the next sign-in sets a new one up.
 */
export async function clearFactors(ctx: Context<Admin>, accountId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.secondFactor.deleteMany({ where: { accountId } });
    await tx.recoveryCode.deleteMany({ where: { accountId } });
    await endSessions(tx, accountId);
    await recordSecurity(ctx, { kind: "factor.removed", aboutId: accountId }, tx);
  });
}

const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");

/** Ten new recovery codes, shown this once; the ones before are worth nothing any more. */
export async function makeRecoveryCodes(ctx: Owner): Promise<string[]> {
  const { accountId } = ctx.actor;
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  const hashes = await Promise.all(codes.map(hashPassword));
  await inTransaction(ctx, async (tx) => {
    await tx.recoveryCode.deleteMany({ where: { accountId } });
    await tx.recoveryCode.createMany({
      data: hashes.map((codeHash) => ({ accountId, codeHash })),
    });
    await recordSecurity(ctx, { kind: "recovery.made", aboutId: accountId }, tx);
  });
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** Uses one recovery code up; false when it is none of the account's, or was used. */
export async function takeRecoveryCode(
  ctx: Pick<Context, "db" | "now" | "actor" | "requestId">,
  accountId: string,
  typed: string,
): Promise<boolean> {
  const code = normalizeRecoveryCode(typed);
  if (code.length !== CODE_LENGTH) return false;
  let count = 0;
  // Short enough to be guessed from a plain hash, they are kept as passwords are: each must be asked.
  for (const { codeHash } of await ctx.db.recoveryCode.findMany({ where: { accountId, usedAt: null } })) {
    if (!(await isPasswordOf(codeHash, code))) continue;
    const used = { where: { accountId, codeHash, usedAt: null }, data: { usedAt: ctx.now } };
    ({ count } = await ctx.db.recoveryCode.updateMany(used));
    break;
  }
  if (count === 1) await recordSecurity(ctx, { kind: "recovery.used", accountId, aboutId: accountId }, ctx.db);
  return count === 1;
}
