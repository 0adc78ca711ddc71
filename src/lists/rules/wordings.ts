/** How mails and papers are worded by administrators in place of the portal's own words. Pure. */

/** What a thing says, passage by passage; empty: the portal's own words. */
export type Texts = Readonly<Record<string, string>>;

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** The places of a text in which something is filled in, each once. */
export const placesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACE)].map(([, name]) => name ?? "")),
];

/** The places of a text that are not known; a bracket that is no place counts as it stands. */
export function strangePlaces(known: readonly string[], text: string): string[] {
  const strange = placesIn(text).filter((place) => !known.includes(place));
  return /\{\{|\}\}/.test(text.replace(PLACE, "")) ? [...strange, "{{ }}"] : strange;
}

/** The text with its places filled; a place without a value stays empty. */
export const filledIn = (text: string, params: Readonly<Record<string, unknown>>): string =>
  text.replace(PLACE, (_, name: string) => (Object.hasOwn(params, name) ? String(params[name] ?? "") : ""));
