import { fold } from "#platform/format.ts";
import type { AccountKind } from "#platform/prisma/enums.ts";
import type { Address, FieldContext, FormPage, ProcedureDefinition } from "#procedures/index.ts";
import { en, vi } from "./messages.ts";

export * from "./rules/identity.ts";
export * from "./rules/policy.ts";

/** Kinds of accounts that sign in through pages; technical ones never do. */
export type PersonKind = Exclude<AccountKind, "technical">;

/** A Vietnamese mobile number as ten digits beginning with 0; null when it is none. */
export function normalizePhone(text: string): string | null {
  const digits = text.replace(/[\s.()-]/g, "").replace(/^(?:\+|00)?84(?=[35789]\d{8}$)/, "0");
  return /^0[35789]\d{8}$/.test(digits) ? digits : null;
}

/** What somebody typed to sign in, as accounts keep it: a phone number, an e-mail address or a work name. */
export const normalizeUsername = (text: string): string =>
  normalizePhone(text) ?? text.trim().normalize("NFC").toLowerCase();

/** A person's name as it is kept: composed letters, single spaces. */
export const normalizeName = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** A password may be typed with composed or decomposed letters, depending on the keyboard; both are the same password. */
export const normalizePassword = (text: string): string => text.normalize("NFC");

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** Passwords that guessers try first, folded; also those with digits or signs behind. */
const COMMON = new Set(
  (
    "password matkhau matkhau123 iloveyou qwerty qwertyui qwertyuiop asdfghjk asdfghjkl zxcvbnm 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 " +
    "abcd1234 abc12345 abcdefgh admin123 administrator welcome1 letmein1 dragon12 football superman baseball princess sunshine " +
    "vietnam vietnam123 saigon123 hanoi123 anhyeuem yeuem123 emyeuanh khongbiet khongcho conheo123 congdan123 dichvucong " +
    "motcua123 google123 facebook samsung1 iphone123 nopass12 passw0rd p4ssw0rd changeme trustno1 whatever"
  ).split(" "),
);

export type PasswordFault = "tooShort" | "tooLong" | "sameAsAccount" | "common";

const isRun = (text: string): boolean => {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  return Math.abs(step) <= 1 && codes.every((code, i) => i === 0 || code - (codes[i - 1] ?? 0) === step);
};

/**
 * Why a password may not be used; null when it may. Length and not being guessable count, classes of characters do not.
 * @param known what the account is known by: phone, e-mail address, work name, name
 */
export function passwordFault(password: string, known: readonly string[]): PasswordFault | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return "tooShort";
  if (length > PASSWORD_MAX) return "tooLong";
  const folded = fold(password).replaceAll(" ", "");
  const isKnown = known.some((one) => {
    const plain = fold(one.split("@")[0] ?? "").replaceAll(" ", "");
    return plain.length >= 4 && folded.replace(plain, "").length < 4 && folded.includes(plain);
  });
  if (isKnown) return "sameAsAccount";
  const stem = folded.replace(/\d{1,4}$/, "");
  const isCommon =
    COMMON.has(folded) ||
    COMMON.has(stem) ||
    new Set(folded).size < 4 ||
    isRun(folded) ||
    /^(0?123456789?0?)+$/.test(folded);
  return isCommon ? "common" : null;
}

/** A personal identification number: twelve digits, the first three a province or country of birth (Luật Căn cước). */
export const isPersonalId = (text: string): boolean =>
  /^0\d{11}$|^[1-9]\d{11}$/.test(text) && !/^(\d)\1{11}$/.test(text);

/** Where somebody is led after signing in: where they were going if their kind of account may go there, else their home. */
export function destinationAfterSignIn(
  kind: PersonKind,
  next: string | null,
  homes: Readonly<Record<PersonKind, string>>,
): string {
  if (!next || /^\/(dang-nhap|dang-xuat|dang-ky|kich-hoat)\b/.test(next)) return homes[kind];
  const territory = Object.values(homes).find(
    (home) => next === home || next.startsWith(`${home}/`) || next.startsWith(`${home}?`),
  );
  return !territory || territory === homes[kind] ? next : homes[kind];
}

const addressPage: FormPage = {
  id: "address",
  title: { vi: vi.profile.address, en: en.profile.address },
  fields: [
    {
      id: "address",
      type: "address",
      label: { vi: vi.profile.address, en: en.profile.address },
      required: false,
      settings: { line: "optional" },
    },
  ],
};

/** The profile's address, asked by the field type that procedures ask it by: what is kept here can be filled in there. */
export const addressForm: Pick<ProcedureDefinition, "form"> & { page: FormPage } = {
  form: { pages: [addressPage] },
  page: addressPage,
};

/** A kept commune and line as an answer of the address field; null unless the commune is one of today's. */
export function addressAnswer(
  { communeCode, addressLine }: { communeCode: string | null; addressLine: string | null },
  { lists }: Pick<FieldContext, "lists">,
): Address | null {
  if (!communeCode) return null;
  for (const province of lists.provinces) {
    const commune = lists.communesOf(province.value).find(({ value }) => value === communeCode);
    if (!commune) continue;
    const line = addressLine ?? "";
    const text = [line, commune.text, province.text].filter(Boolean).join(", ");
    return { provinceCode: province.value, communeCode, line, text };
  }
  return null;
}
