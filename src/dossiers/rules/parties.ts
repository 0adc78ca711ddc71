/** One party as it stood at filing. */
export type PartyInput = {
  kind: "person" | "organization";
  fullName: string;
  personalId?: string | null;
  taxCode?: string | null;
  birthDate?: string | null;
  gender?: string | null;
  phone?: string | null;
  email?: string | null;
  communeCode?: string | null;
  address?: string | null;
  /** Who speaks for an organization, and as what. */
  representative?: string | null;
  position?: string | null;
  /** What the applicant is to this person, in whose name they file. */
  relationship?: string | null;
};

/** The written authorisation: by this id among a procedure's own papers, or beside them when it has none of that id. */
export const AUTHORIZATION = "proxyPaper";

const AUTHORIZER_PARTS = [
  "personalId",
  "birthDate",
  "taxCode",
  "phone",
  "email",
  "representative",
  "position",
  "relationship",
] as const;
type AuthorizerParts = Record<(typeof AUTHORIZER_PARTS)[number], string | null>;
export type Authorizer = AuthorizerParts & { kind: "person" | "organization"; fullName: string };

/**
 * Who authorised the applicant in a matter whose owner is a third person (a child's birth filed by a neighbour for its
 * mother): kept beside the answers. Null when nobody did, or when the owner is who authorised.
 */
export function authorizerIn(answers: unknown): Authorizer | null {
  const { authorizedBy } = (answers ?? {}) as { authorizedBy?: unknown };
  const given = (authorizedBy ?? {}) as Record<string, unknown>;
  const textOr = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
  const fullName = textOr(given["fullName"]);
  if (fullName === null) return null;
  const parts = Object.fromEntries(AUTHORIZER_PARTS.map((name) => [name, textOr(given[name])])) as AuthorizerParts;
  return { kind: given["kind"] === "organization" ? "organization" : "person", fullName, ...parts };
}

/** As what somebody helped the applicant to file; the community digital team first (NĐ 224/2026 Đ79). */
export const HELPER_ROLES = ["digital_team", "desk_officer", "village", "post_office", "other"] as const;

/** Who helped to fill in and file: told by the applicant, with no rights over the dossier. */
export type HelperInput = {
  fullName: string;
  role: (typeof HELPER_ROLES)[number];
  organization: string;
  phone: string;
};

/** A consent to one purpose, in the wording and language that was read. */
export type ConsentInput = { purpose: string; textVersion: number; language: string };
