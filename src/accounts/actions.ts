import { randomBytes } from "node:crypto";
import { recordSecurity } from "#audit/index.ts";
import { randomCode, showCode } from "#platform/codes.ts";
import type { Admin, Citizen, Context, Officer, System } from "#platform/context.ts";
import { inTransaction, isUniqueViolation } from "#platform/db.ts";
import type { Account } from "#platform/prisma/client.ts";
import { hashPassword, isPasswordOf, writePassword } from "./actions/passwords.ts";
import { endSessions } from "./actions/sessions.ts";
import { findActivation, findByUsername, hashToken, type Profile } from "./queries.ts";

const ACTIVATION_MS = 24 * 3_600_000;

let decoy: Promise<string> | undefined;

/**
 * The account of this name and password; null when either is wrong. Unknown names take as long as known ones, so that
 * nobody learns from the time of an answer who has an account.
 */
export async function checkPassword(
  ctx: Pick<Context, "db">,
  username: string,
  password: string,
): Promise<Account | null> {
  const account = await findByUsername(ctx, username);
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  const isRight = await isPasswordOf(account?.passwordHash ?? (await decoy), password);
  return isRight && account?.passwordHash && !account.disabledAt && account.kind !== "technical" ? account : null;
}

/** Notes when somebody signed in. */
export async function recordSignIn({ db, now }: Pick<Context, "db" | "now">, accountId: string): Promise<void> {
  await db.account.update({ where: { id: accountId }, data: { lastSignInAt: now } });
}

export type Taken = { taken: "phone" | "email" };
export type NewCitizen = { fullName: string; phone: string; password: string } & Partial<
  Pick<Profile, "email" | "personalId" | "birthDate" | "gender" | "communeCode" | "addressLine">
>;

async function whatIsTaken(ctx: Pick<Context, "db">, email: string | null | undefined): Promise<Taken> {
  const other = email ? await ctx.db.account.findUnique({ where: { email } }) : null;
  return { taken: other ? "email" : "phone" };
}

/** Opens a citizen's account, which signs in by its phone number. Two accounts may declare the same personal id (D10). */
export async function createCitizen(ctx: Context, citizen: NewCitizen): Promise<{ accountId: string } | Taken> {
  const {
    fullName,
    phone,
    password,
    email = null,
    personalId = null,
    birthDate = null,
    gender = null,
    communeCode = null,
    addressLine = null,
  } = citizen;
  const passwordHash = await hashPassword(password);
  try {
    const { id } = await ctx.db.account.create({
      data: {
        kind: "citizen",
        username: phone,
        email,
        passwordHash,
        displayName: fullName,
        language: ctx.language,
        createdAt: ctx.now,
        profile: { create: { fullName, personalId, birthDate, gender, phone, email, communeCode, addressLine } },
      },
    });
    return { accountId: id };
  } catch (error) {
    if (isUniqueViolation(error)) return whatIsTaken(ctx, email);
    throw error;
  }
}

export type NewOfficer = {
  username: string;
  displayName: string;
  /** Null: the account waits for its activation link. */
  password: string | null;
  mustChangePassword?: boolean;
  /** Reads the events of security. */
  isAuditor?: boolean;
  postings: readonly {
    /** The agency's identifier of QĐ 20/2020. */
    agency: string;
    role: string;
    /** Name of the agency's unit, made when it is not there. */
    unit?: { name: string; kind: string };
    title?: string;
  }[];
};

/** Opens an officer's account with the places where they work. */
export async function createOfficer(
  ctx: Context<System | Admin>,
  officer: NewOfficer,
): Promise<{ accountId: string; activationToken: string | null }> {
  const activation = officer.password === null ? newActivation(ctx) : null;
  const passwordHash = officer.password === null ? null : await hashPassword(officer.password);
  const accountId = await inTransaction(ctx, async (tx) => {
    const { id } = await tx.account.create({
      data: {
        kind: "officer",
        username: officer.username.toLowerCase(),
        displayName: officer.displayName,
        passwordHash,
        mustChangePassword: officer.mustChangePassword ?? false,
        isAuditor: officer.isAuditor ?? false,
        createdAt: ctx.now,
        ...activation?.columns,
      },
    });
    for (const { agency, role, unit, title } of officer.postings) {
      const { id: agencyId } = await tx.agency.findUniqueOrThrow({
        where: { identifier: agency },
        select: { id: true },
      });
      const unitRow = unit
        ? await tx.unit.upsert({
            where: { agencyId_name: { agencyId, name: unit.name } },
            create: { agencyId, ...unit },
            update: {},
          })
        : null;
      await tx.posting.create({
        data: { accountId: id, agencyId, unitId: unitRow?.id ?? null, role, title: title ?? null },
      });
    }
    return id;
  });
  return { accountId, activationToken: activation?.token ?? null };
}

/** A fresh activation link's secret, and the columns of the account that waits for it. */
export function newActivation({ now }: Pick<Context, "now">) {
  const token = randomBytes(24).toString("base64url");
  return {
    token,
    columns: { activationTokenHash: hashToken(token), activationExpiresAt: new Date(now.getTime() + ACTIVATION_MS) },
  };
}

/** A password that is told once and changed before anything else is done with it, with the columns of the account that has it. */
export async function newOneTimePassword() {
  const password = showCode(randomCode(60));
  return {
    password,
    columns: {
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
      activationTokenHash: null,
      activationExpiresAt: null,
    },
  };
}

/** Opens an administrator's account; without a password it waits for its activation link. */
export async function createAdmin(
  ctx: Context<System | Admin>,
  /** `agency`: the identifier of the one whose administrator it is; absent: of the whole province. */
  admin: { username: string; displayName: string; password: string | null; agency?: string },
): Promise<{ accountId: string; activationToken: string | null }> {
  const activation = admin.password === null ? newActivation(ctx) : null;
  const passwordHash = admin.password === null ? null : await hashPassword(admin.password);
  const { id } = await ctx.db.account.create({
    data: {
      kind: "admin",
      username: admin.username.toLowerCase(),
      displayName: admin.displayName,
      ...(admin.agency ? { adminAgency: { connect: { identifier: admin.agency } } } : {}),
      passwordHash,
      createdAt: ctx.now,
      ...activation?.columns,
    },
  });
  return { accountId: id, activationToken: activation?.token ?? null };
}

/**
 * A fresh one-time link for the first administrator while nobody can administer yet, valid 24 hours; null as soon as
 * somebody can. Only its fingerprint is kept, so that every start makes a new one (D15).
 */
export async function offerFirstAdmin(ctx: Context<System>, displayName: string): Promise<string | null> {
  if ((await ctx.db.account.count({ where: { kind: "admin", passwordHash: { not: null }, disabledAt: null } })) > 0)
    return null;
  const { token, columns } = newActivation(ctx);
  await ctx.db.account.upsert({
    where: { username: "quantri" },
    create: { kind: "admin", username: "quantri", displayName, createdAt: ctx.now, ...columns },
    update: columns,
  });
  return token;
}

/**
 * Sets the password of an account that somebody else opened, once.
 * @throws Refusal 410 when the link was used or its time is over
 */
export async function activateAccount(ctx: Context, token: string, password: string): Promise<Account> {
  const account = await findActivation(ctx, token);
  const passwordHash = await hashPassword(password);
  const { count } = await ctx.db.account.updateMany({
    where: { id: account.id, activationTokenHash: hashToken(token) },
    data: {
      passwordHash,
      activationTokenHash: null,
      activationExpiresAt: null,
      mustChangePassword: false,
      passwordChangedAt: ctx.now,
    },
  });
  if (count === 1)
    await recordSecurity(ctx, { kind: "account.activated", accountId: account.id, aboutId: account.id }, ctx.db);
  // Pressed twice at once: the second press finds the link used.
  return count === 1 ? account : findActivation(ctx, token);
}

/** Changes one's own password and signs out every other device. False when the current password is wrong. */
export async function changePassword(
  ctx: Context<Citizen | Officer | Admin>,
  change: { current: string; password: string },
  sessionId: string,
): Promise<boolean> {
  const account = await ctx.db.account.findUniqueOrThrow({ where: { id: ctx.actor.accountId } });
  if (!account.passwordHash || !(await isPasswordOf(account.passwordHash, change.current))) return false;
  await writePassword(ctx, account, change.password, async (tx) => {
    await endSessions(tx, account.id, sessionId);
    await recordSecurity(ctx, { kind: "password.changed", aboutId: account.id }, tx);
  });
  return true;
}

export type ProfileChange = Pick<
  Profile,
  "fullName" | "phone" | "personalId" | "birthDate" | "gender" | "communeCode" | "addressLine"
>;

/**
 * Saves what a citizen says of themself. Phone number and mail address for signing in change elsewhere, by a code; what
 * an electronic identity proved is not rewritten by hand.
 */
export async function saveProfile(ctx: Context<Citizen>, change: ProfileChange): Promise<void> {
  const { accountId } = ctx.actor;
  await inTransaction(ctx, async (tx) => {
    const proven = await tx.citizenProfile.findFirst({ where: { accountId, identityLevel: "verified" } });
    const { fullName, personalId, birthDate, ...free } = change;
    const said = proven ? free : { ...free, fullName, personalId, birthDate };
    if (!proven) await tx.account.update({ where: { id: accountId }, data: { displayName: fullName } });
    await tx.citizenProfile.upsert({ where: { accountId }, create: { accountId, ...change }, update: said });
  });
}
