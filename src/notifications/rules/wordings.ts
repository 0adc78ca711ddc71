import { en } from "../messages/en.ts";
import { vi } from "../messages/vi.ts";

/** How a mail is worded in place of the portal's own words, in both languages. */
export type Wording = { titleVi: string; textVi: string; titleEn: string; textEn: string };
export type WordingName = keyof typeof vi.notice;

export const WORDINGS = Object.keys(vi.notice) as WordingName[];

/** The portal's own words. */
export const ownWording = (name: WordingName): Wording => ({
  titleVi: vi.notice[name].title,
  textVi: vi.notice[name].text,
  titleEn: en.notice[name].title,
  textEn: en.notice[name].text,
});

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;
const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name]) => name ?? "");

/** What may be filled into a mail: what the portal's own words of it fill in, and nothing else. */
export const placesOf = (name: WordingName): string[] => {
  const { titleVi, textVi } = ownWording(name);
  return [...new Set([...placesIn(titleVi), ...placesIn(textVi)])];
};

/** The places of a text that this mail does not have; a bracket that is no place counts as it stands. */
export function strangePlaces(name: WordingName, text: string): string[] {
  const known = placesOf(name);
  const strange = placesIn(text).filter((place) => !known.includes(place));
  return /\{\{|\}\}/.test(text.replace(PLACE, "")) ? [...strange, "{{ }}"] : strange;
}

/** The text with its places filled; a place without a value stays empty. */
export const filledIn = (text: string, params: Readonly<Record<string, unknown>>): string =>
  text.replace(PLACE, (_, name: string) => String(params[name] ?? ""));

/** Believable values for a preview. */
export const SAMPLE: Readonly<Record<string, string>> = {
  code: "H37.05977-261123-0001",
  reference: "K7M2-PX4Q-9TRA",
  due: "17:00 26/11/2026",
  day: "26/11/2026",
  step: "Thẩm định hồ sơ",
  days: "2",
  agency: "Ủy ban nhân dân phường Đông Kinh",
  answerBy: "30/11/2026",
  from: "01/12/2026",
  to: "05/12/2026",
};
