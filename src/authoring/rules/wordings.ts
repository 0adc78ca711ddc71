import { strangePlaces, type Texts } from "#lists/rules.ts";

/** What may be worded anew: mails, and the free passages of papers. */
export const WORDING_SETS = ["mails", "papers"] as const;
export type WordingSet = (typeof WORDING_SETS)[number];

export type Passage = { name: string; own: string; long: boolean; optional: boolean };
/** A mail or a paper with what of it may be worded anew and what may be filled in. */
export type Worded = {
  /** As what its words are kept. */
  kind: string;
  /** In its address. */
  name: string;
  title: string;
  note?: string;
  /** Under which words it is listed. */
  group?: string;
  passages: readonly Passage[];
  places: readonly string[];
  /** What comes in a place, where the place is this thing's own. */
  placeNames?: Readonly<Record<string, string>>;
};

export const MOST_WORDS = 2000;
export type WordFault = { passage: string; is: "missing" } | { passage: string; is: "strange"; names: string };

/** What is wrong with words: a passage is empty or too long, or names a place that nothing fills in. */
export const wordFaults = ({ passages, places }: Worded, texts: Texts): WordFault[] =>
  passages.flatMap(({ name, optional }): WordFault[] => {
    const text = texts[name] ?? "";
    if ((text === "" && !optional) || text.length > MOST_WORDS) return [{ passage: name, is: "missing" }];
    const strange = strangePlaces(places, text);
    return strange.length > 0 ? [{ passage: name, is: "strange", names: strange.join(", ") }] : [];
  });

/** Words as they are kept: none where they are the portal's own. */
export const keptTexts = ({ passages }: Worded, texts: Texts): Texts =>
  passages.every(({ name, own }) => texts[name] === own)
    ? {}
    : Object.fromEntries(passages.map(({ name }) => [name, texts[name] ?? ""]));
