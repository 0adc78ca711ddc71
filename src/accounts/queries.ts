import { createHash } from "node:crypto";
import { findDirectory } from "#organizations/index.ts";
import type { Admin, Citizen, Context, Officer, WorkPosting } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import type { Language } from "#platform/i18n.ts";
import type { Account } from "#platform/prisma/client.ts";
import type { IdentityLevel } from "#platform/prisma/enums.ts";
import { Refusal } from "#platform/refusal.ts";
import { normalizeUsername, type PersonKind } from "./rules.ts";

/** Somebody who is signed in, with what a page's frame says of them. */
export type SignedIn = {
  actor: Citizen | Officer | Admin;
  language: Language;
  mustChangePassword: boolean;
  /** Proves themself by more than a password. */
  hasFactor: boolean;
  /** The day of the password, yyyy-MM-dd. */
  passwordSince: string;
  agencyName: string | null;
  /** Notices not read yet; counted to 100. */
  unread: number;
  /** The columns that an officer chose for their lists. */
  workColumns: readonly string[] | null;
};

type ActorRow = {
  accountId: string;
  kind: PersonKind;
  displayName: string;
  language: Language;
  mustChangePassword: boolean;
  isAuditor: boolean;
  hasFactor: boolean;
  passwordSince: string;
  unread: number;
  postings: WorkPosting[] | null;
  /** Who is away today and has this officer act for them, with the postings valid today. */
  away: { accountId: string; name: string; postings: WorkPosting[] | null }[] | null;
  workColumns: string[] | null;
  adminAgencyId: string | null;
};

/**
 * Who is signed in under an account, with the postings valid today; nothing for an account that is gone, disabled, or no
 * person's. Part of the statement that reads a session: an account that was disabled is out at its next request.
 */
export const ownerOfSession = (account: string, day: string): string => `
  SELECT json_build_object('accountId', a.id, 'kind', a.kind, 'displayName', a."displayName", 'language', a.language,
    'mustChangePassword', a."mustChangePassword", 'isAuditor', a."isAuditor",
    'hasFactor', EXISTS (SELECT FROM second_factors f WHERE f."accountId" = a.id),
    'passwordSince', to_char(COALESCE(a."passwordChangedAt", a."createdAt") AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 'adminAgencyId', a."adminAgencyId",
    'unread', (SELECT count(*) FROM (SELECT FROM notifications n WHERE n."accountId" = a.id AND n."readAt" IS NULL LIMIT 100) waiting),
    'postings', (SELECT json_agg(json_build_object('agencyId', p."agencyId", 'unitId', p."unitId", 'role', p.role) ORDER BY p.role)
       FROM postings p
      WHERE p."accountId" = a.id AND coalesce(p."validFrom", '') <= ${day} AND coalesce(p."validTo", '9999') >= ${day}),
    'away', (SELECT json_agg(json_build_object('accountId', o.id, 'name', o."displayName", 'postings',
        (SELECT json_agg(json_build_object('agencyId', p."agencyId", 'unitId', p."unitId", 'role', p.role, 'for', o.id) ORDER BY p.role)
           FROM postings p
          WHERE p."accountId" = o.id AND coalesce(p."validFrom", '') <= ${day} AND coalesce(p."validTo", '9999') >= ${day})))
       FROM delegations v JOIN accounts o ON o.id = v."absentId" AND o."disabledAt" IS NULL
      WHERE v."deputyId" = a.id AND v."to" >= ${day} AND v."from" <= ${day} AND v."revokedAt" IS NULL),
    'workColumns', (SELECT w.columns FROM work_columns w WHERE w."accountId" = a.id))
  FROM accounts a
  WHERE a.id = ${account} AND a."disabledAt" IS NULL AND a.kind <> 'technical'`;

/** The person that a session's owner question found; null for nobody. Agencies are named from memory. */
export async function signedInAs(ctx: Pick<Context, "db">, owner: unknown): Promise<SignedIn | null> {
  if (!owner) return null;
  const {
    accountId,
    kind,
    displayName: name,
    language,
    mustChangePassword,
    unread,
    workColumns,
    ...row
  } = owner as ActorRow;
  const away = row.away ?? [];
  const postings = [...(row.postings ?? []), ...away.flatMap((absent) => absent.postings ?? [])];
  const deputyFor = away.map((absent) => ({ accountId: absent.accountId, name: absent.name }));
  const [first] = postings;
  const audits = row.isAuditor ? ({ audits: true } as const) : {};
  const actor: SignedIn["actor"] =
    kind === "officer"
      ? { kind, accountId, name, postings, ...audits, ...(deputyFor.length > 0 ? { deputyFor } : {}) }
      : { kind, accountId, name, ...audits, ...(row.adminAgencyId ? { agencyId: row.adminAgencyId } : {}) };
  const agencyId = first?.agencyId ?? row.adminAgencyId;
  const agencyName = agencyId ? ((await findDirectory(ctx)).agencyOf(agencyId)?.shortName ?? null) : null;
  const { hasFactor, passwordSince } = row;
  return { actor, language, mustChangePassword, hasFactor, passwordSince, agencyName, unread, workColumns };
}

/** Who signs in under this account, before there is a session of theirs; null as `ownerOfSession` says. */
export async function findSignedIn(
  { db, now }: Pick<Context, "db" | "now">,
  accountId: string,
): Promise<SignedIn | null> {
  const question = Prisma.raw(ownerOfSession("asked.id", "asked.day"));
  const [row] = await db.$queryRaw<{ owner: unknown }[]>`
    SELECT (${question}) AS owner FROM (SELECT ${accountId}::uuid AS id, ${isoDay(now)}::text AS day) asked`;
  return signedInAs({ db }, row?.owner);
}

/** The account that signs in by this phone number, e-mail address or work name; null when there is none. */
export const findByUsername = ({ db }: Pick<Context, "db">, typed: string): Promise<Account | null> => {
  const username = normalizeUsername(typed);
  return db.account.findFirst({ where: username.includes("@") ? { email: username } : { username } });
};

export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/**
 * The account that waits to be activated by this link.
 * @throws Refusal 410 when the link was used or its time is over
 */
export async function findActivation({ db, now }: Context, token: string): Promise<Account> {
  const account = await db.account.findUnique({ where: { activationTokenHash: hashToken(token) } });
  if (!account || account.disabledAt || !account.activationExpiresAt || account.activationExpiresAt <= now)
    throw new Refusal("accounts.activate.over", 410);
  return account;
}

/** What a citizen says of themself, for prefilling forms. Declared is not proven: it opens nothing (D10). */
export type Profile = {
  fullName: string;
  personalId: string | null;
  identityLevel: IdentityLevel;
  /** yyyy, yyyy-MM or yyyy-MM-dd */
  birthDate: string | null;
  gender: string | null;
  phone: string | null;
  email: string | null;
  communeCode: string | null;
  addressLine: string | null;
};

/** The profile of the citizen who asks. */
export async function findProfile({ db, actor }: Context<Citizen>): Promise<Profile> {
  const profile = await db.citizenProfile.findUnique({
    where: { accountId: actor.accountId },
    omit: { accountId: true, updatedAt: true },
  });
  return (
    profile ?? {
      fullName: actor.name,
      personalId: null,
      identityLevel: "declared",
      birthDate: null,
      gender: null,
      phone: null,
      email: null,
      communeCode: null,
      addressLine: null,
    }
  );
}

/** Account row of somebody who is signed in. */
export const findOwnAccount = ({ db, actor }: Context<Citizen | Officer | Admin>): Promise<Account> =>
  db.account.findUniqueOrThrow({ where: { id: actor.accountId } });
