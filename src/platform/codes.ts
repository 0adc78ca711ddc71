import { createHash, randomInt } from "node:crypto";

/** Without 0 O, 1 I L: what is read aloud or copied by hand comes back the same. 31 is prime, as the check needs. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const BITS_PER_CHARACTER = Math.log2(ALPHABET.length);

/** Each place weighs differently, so that one wrong character and two swapped neighbours are both noticed. */
const checkCharacter = (body: string): string => {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum += (i + 1) * ALPHABET.indexOf(body.charAt(i));
  return ALPHABET.charAt(sum % ALPHABET.length);
};

/** An unguessable code of at least `bits` random bits and a check character, upper case, without separators. */
export function randomCode(bits = 60): string {
  const length = Math.ceil(bits / BITS_PER_CHARACTER);
  const body = Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
  return body + checkCharacter(body);
}

/** Whether the text could be a code of `randomCode(bits)`: asks no database about typing errors. */
export function isWellFormedCode(code: string, bits = 60): boolean {
  const length = Math.ceil(bits / BITS_PER_CHARACTER) + 1;
  if (code.length !== length || [...code].some((character) => !ALPHABET.includes(character))) return false;
  return checkCharacter(code.slice(0, -1)) === code.at(-1);
}

/** What a person typed, as codes are stored: upper case, without spaces and hyphens. */
export const readCode = (typed: string): string =>
  typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]+/gu, "");

/** As people read it: groups of four, "7KQM-2XWT-9HRD-CP". */
export const showCode = (code: string): string => code.match(/.{1,4}/g)?.join("-") ?? "";

/** One-time codes are stored only so (hex sha-256 of the code as `readCode` gives it). */
export const hashCode = (code: string): string => createHash("sha256").update(readCode(code)).digest("hex");
