import type { CompanyRole } from "#platform/prisma/enums.ts";

export type { CompanyRole };

export const COMPANY_ROLES = ["representative", "filer", "viewer"] as const satisfies readonly CompanyRole[];

/**
 * What a part in a company lets somebody do: `see` its dossiers; `act`: file and answer in its name; `administer`: change
 * what it says of itself, and who belongs to it. The only place that says so.
 */
export const RIGHTS = {
  see: COMPANY_ROLES,
  act: ["representative", "filer"],
  administer: ["representative"],
} as const satisfies Record<string, readonly CompanyRole[]>;
export type Right = keyof typeof RIGHTS;

export const mayDo = (role: CompanyRole, right: Right): boolean =>
  (RIGHTS[right] as readonly CompanyRole[]).includes(role);

/** The membership by which an account has a right today, as the database is asked for it. */
export const memberWith = (accountId: string, right: Right) => ({
  accountId,
  endedAt: null,
  role: { in: [...RIGHTS[right]] },
});

/** Dossiers that are an account's: filed for itself, or of a company in which it has the right, whoever filed them. */
export const ownedBy = (accountId: string, right: Right) => ({
  OR: [
    { companyId: null, applicantAccountId: accountId },
    { company: { members: { some: memberWith(accountId, right) } } },
  ],
});

/** Drafts that an account may still write: for itself, or for a company in whose name it may file. */
export const draftedBy = (accountId: string) => ({
  accountId,
  OR: [{ companyId: null }, { company: { members: { some: memberWith(accountId, "act") } } }],
});

/** Whom an invitation means, and by what. */
export const INVITED_BY = ["phone", "email", "personalId"] as const;
export type InvitedBy = (typeof INVITED_BY)[number];

/** How the account of who asks is known; `proven`: not only said by its owner. */
export type KnownAs = Readonly<Record<InvitedBy, { value: string | null; proven: boolean }>>;

/** Whether an invitation means this account: by what it says of itself, or only by what it proved. */
export const isMeant = (
  { invitedBy, invitedTo }: { invitedBy: string | null; invitedTo: string | null },
  known: KnownAs,
  { proven }: { proven: boolean },
): boolean => {
  const by = INVITED_BY.find((one) => one === invitedBy);
  return by !== undefined && invitedTo !== null && known[by].value === invitedTo && (known[by].proven || !proven);
};

export const INVITATION_DAYS = 14;
/** More than a company could mean to have. */
export const MOST_MEMBERS = 100;
/** More companies than one person could speak for. */
export const MOST_COMPANIES = 30;

/** What becomes of those who spoke for a company so far, when the desk confirms somebody who says that they do now. */
export const FORMER = ["stay", "end"] as const;
export type Former = (typeof FORMER)[number];

/** What a company says of itself, for the forms that are filed in its name. */
export type Filer = {
  id: string;
  name: string;
  taxCode: string;
  isConfirmed: boolean;
  phone: string | null;
  email: string | null;
  /** As what the person who asks files for it. */
  role: Exclude<CompanyRole, "viewer">;
  /** Who speaks for it by law, and as what. */
  representative: string | null;
  position: string | null;
};
