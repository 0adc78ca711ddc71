import { DOSSIER_CODE } from "#dossiers/rules.ts";
import { isWellFormedCode, readCode } from "#platform/codes.ts";

/** What somebody typed into the look-up: which of the two it could be, as it is stored; or neither. */
export type Typed =
  | { kind: "nothing" }
  | { kind: "reference"; reference: string }
  | { kind: "code"; code: string }
  | { kind: "neither"; text: string };

const LONGEST = 60;
/** Copied from Word or typed on a phone, a hyphen may be any dash, and a link may bring a stray space. */
const asCode = (text: string): string =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/\p{Pd}/gu, "-")
    .replace(/[\s\p{Cf}]+/gu, "");

/** Reads what was typed. Neither kind asks the database anything. */
export function readTyped(value: unknown): Typed {
  const text = typeof value === "string" ? value.trim() : "";
  if (text === "") return { kind: "nothing" };
  if (text.length > LONGEST) return { kind: "neither", text: text.slice(0, LONGEST) };
  const reference = readCode(text);
  if (isWellFormedCode(reference)) return { kind: "reference", reference };
  const code = asCode(text);
  return DOSSIER_CODE.test(code) ? { kind: "code", code } : { kind: "neither", text };
}

/** The five degrees of completion, in order. */
export const BANDS = [1, 2, 3, 4, 5] as const;
