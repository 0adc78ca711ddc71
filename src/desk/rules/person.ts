import { fold } from "#platform/format.ts";

/** What the front of the queue showed or said, as typed by a scanner or by hand. */
export type Shown =
  | {
      kind: "card";
      personalId: string;
      fullName: string;
      birthDate: string | null;
      gender: "male" | "female" | null;
      address: string | null;
    }
  | { kind: "personal_id"; personalId: string }
  | { kind: "phone"; phone: string }
  /** A foreigner's passport, or an older identity card: no personal id, a number to write down. */
  | { kind: "paper"; number: string }
  | { kind: "name"; fullName: string }
  | { kind: "unreadable" };

/** "01021990" as 1990-02-01; null where it is no day. */
function dayOf(text: string | undefined): string | null {
  const [, day, month, year] = /^(\d{2})(\d{2})((?:19|20)\d{2})$/.exec(text ?? "") ?? [];
  const iso = `${year}-${month}-${day}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return year && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
}

/**
 * The text of the QR code of a citizen card: `id|old id|name|ddMMyyyy|gender|address|ddMMyyyy of issue`, newer cards with
 * more behind it. A scanner whose keyboard is set wrongly may lose marks; digits decide.
 */
function readCard(text: string): Shown {
  const [personalId = "", , name = "", birth, gender = "", address = ""] = text.split("|").map((part) => part.trim());
  if (!/^\d{12}$/.test(personalId) || !/\p{L}/u.test(name)) return { kind: "unreadable" };
  const said = fold(gender);
  return {
    kind: "card",
    personalId,
    fullName: name.normalize("NFC"),
    birthDate: dayOf(birth),
    gender: said === "nam" ? "male" : said === "nu" ? "female" : null,
    address: address || null,
  };
}

/** What was typed into the counter's field for the person; null when nothing was. */
export function readShown(typed: string): Shown | null {
  const text = typed.trim();
  if (text === "") return null;
  if (text.includes("|")) return readCard(text);
  const digits = text.replace(/[\s.]/g, "");
  if (/^\d{12}$/.test(digits)) return { kind: "personal_id", personalId: digits };
  const phone = digits.replace(/^\+?84(?=\d{9}$)/, "0");
  if (/^0\d{9}$/.test(phone)) return { kind: "phone", phone };
  if (/^(?=.*\d)[A-Za-z0-9]{6,12}$/.test(digits)) return { kind: "paper", number: digits.toUpperCase() };
  return /\d|[^\p{L}\p{M}\s'.-]/u.test(text)
    ? { kind: "unreadable" }
    : { kind: "name", fullName: text.normalize("NFC").replace(/\s+/g, " ") };
}

/** The commune that an address ends in, by its name; null where none of these is meant. A card's district stands between. */
export function communeIn<U extends { text: string }>(address: string, units: readonly U[]): U | null {
  const parts = address.split(",").map(fold);
  const bare = (name: string) => fold(name).replace(/^(phuong|xa|thi tran|dac khu)\s+/, "");
  const found = units.filter(({ text }) => parts.some((part) => part === fold(text) || part === bare(text)));
  return found.length === 1 ? (found[0] ?? null) : null;
}
