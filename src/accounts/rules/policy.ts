import type { PersonKind } from "../rules.ts";

/** How an installation lets people in; the law's numbers are the defaults (TCVN 14423:2026, 5.5.2.2 and 5.6). */
export type SignInPolicy = {
  /** `required`: officers and administrators prove themselves by more than a password. */
  secondFactor: "required" | "optional";
  /** `tcvn`: classes of characters, change and history; `asvs`: length and not being known to guessers. */
  passwords: "tcvn" | "asvs";
  /** How long a fresh proof serves for what a leader decides and signs. */
  stepUpMinutes: number;
};

export const DEFAULT_POLICY: SignInPolicy = { secondFactor: "optional", passwords: "asvs", stepUpMinutes: 15 };

/** Whether somebody must set up a second step before anything else: officers and administrators where it is required. */
export const mustEnrol = (policy: SignInPolicy, kind: PersonKind, hasFactor: boolean): boolean =>
  policy.secondFactor === "required" && kind !== "citizen" && !hasFactor;

/** `fresh`: by password or second step, a moment ago; `twice`: by a second step, a moment ago. */
export type Proof = "fresh" | "twice";

/**
 * What needs more than being signed in, and how much: the only place that says so. Whoever acts for others, signs or pays
 * proves themself by a second step; nobody is kept from their own data or dossier for want of one.
 */
export const PROOFS = {
  changeFactors: "fresh",
  changeContact: "fresh",
  downloadData: "fresh",
  withdrawDossier: "fresh",
  administerCompany: "twice",
} as const satisfies Record<string, Proof>;
export type ProvenAct = keyof typeof PROOFS;

/** What somebody must still do for an act: prove themself `again`, or set up a second `step`; null: nothing. */
export function lackOf(
  proof: Proof,
  { hasFactor, isFresh, isTwice }: { hasFactor: boolean; isFresh: boolean; isTwice: boolean },
): "again" | "step" | null {
  if (isFresh && (isTwice || proof === "fresh")) return null;
  return proof === "twice" && !hasFactor ? "step" : "again";
}

/** Sends short messages to telephones; an adapter of the province's operator stands behind it. */
export type Sms = { send(to: string, text: string): Promise<void> };

export const RECOVERY_CODES = 10;
/** Letters and digits that nobody mistakes for another. */
export const CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** A recovery code as it was printed, however it is typed: capital letters, no spaces or dashes. */
export const normalizeRecoveryCode = (text: string): string => text.toUpperCase().replace(/[\s-]/g, "");

/** The first that fits is meant: Edge says Chrome, too, and Android says Linux. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg/, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\//, "Firefox"],
  [/\b(Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** A browser as people call it, from what it says of itself; empty when it says nothing known. */
export const deviceName = (agent: string): string =>
  [BROWSERS, SYSTEMS]
    .map((list) => list.find(([sign]) => sign.test(agent))?.[1])
    .filter(Boolean)
    .join(", ");

const DAY_MS = 86_400_000;
/** Administrators change their password every two months (TCVN 14423:2026, 5.6). */
const ADMIN_PASSWORD_DAYS = 60;

/** Whether a password has been used for too long. @param since yyyy-MM-dd */
export const isPasswordOver = (policy: SignInPolicy, kind: PersonKind, since: string, now: Date): boolean =>
  policy.passwords === "tcvn" && kind === "admin" && now.getTime() - Date.parse(since) > ADMIN_PASSWORD_DAYS * DAY_MS;

/** Without a second step (TCVN 14423:2026, 5.6). */
const TCVN_LEAST = 14;
const TCVN_LEAST_TWICE = 8;

export type CompositionFault = { key: "needsClasses" | "tooShortFor"; least: number };

/**
 * What the standard's composition lacks in an officer's or administrator's password; null when nothing, and for citizens:
 * fourteen characters of four classes, or eight with a second step.
 */
export function compositionFault(
  policy: SignInPolicy,
  kind: PersonKind,
  hasFactor: boolean,
  password: string,
): CompositionFault | null {
  if (policy.passwords !== "tcvn" || kind === "citizen") return null;
  const least = hasFactor ? TCVN_LEAST_TWICE : TCVN_LEAST;
  if ([...password].length < least) return { key: "tooShortFor", least };
  const classes = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u];
  return classes.every((one) => one.test(password)) ? null : { key: "needsClasses", least };
}
