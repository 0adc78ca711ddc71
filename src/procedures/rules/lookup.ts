import type { Facts } from "./facts.ts";
import type { Plan, Term } from "./search.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

/** A row of the catalogue as a list shows it. */
export type CatalogueRow = {
  code: string;
  name: string;
  sector: string | null;
  agencyName: string | null;
  levels: readonly string[];
  serviceLevel: "full" | "partial" | "information";
  configured: boolean;
  filedAt: "own" | "national" | "ministry" | null;
  facts: Facts;
};
export type LookedUp = CatalogueRow & {
  subjects: readonly string[];
  priority: number;
  searchName: string;
  keywords: string;
};

/**
 * Every word of the catalogue and where it stands. All texts lie behind one another in `words` (name, keywords, text of
 * an entry, then the next entry), as numbers of words, 0 between two texts; `places` lists each word's places in order,
 * so that the first place in an entry is its best one.
 */
export type Lookup = {
  /** In the order in which a list without words shows them. */
  entries: readonly LookedUp[];
  vocabulary: Vocabulary;
  byCode: ReadonlyMap<string, number>;
  numbers: ReadonlyMap<string, number>;
  words: Uint32Array;
  entryAt: Uint32Array;
  nameEnds: Uint32Array;
  keywordEnds: Uint32Array;
  /** Of word n: `places` from `begins[n]` to `begins[n + 1]`. */
  begins: Uint32Array;
  places: Uint32Array;
  trigrams: ReadonlyMap<string, Uint32Array>;
};

/** Three letters at a time, words apart: what two spellings of one name share. */
function trigramsOf(folded: string): Set<string> {
  const found = new Set<string>();
  for (const word of folded.split(" ")) {
    const padded = `  ${word} `;
    for (let i = 0; i + 3 <= padded.length; i++) found.add(padded.slice(i, i + 3));
  }
  return found;
}

/** At equal rank: what can be filed here, then what is this province's or a ministry's, then the shorter name. */
const standing = (a: LookedUp, b: LookedUp): number =>
  b.priority - a.priority || a.searchName.length - b.searchName.length || (a.code < b.code ? -1 : 1);

/** Makes the catalogue's lookup from its rows; the texts themselves are not kept. */
export function createLookup(rows: readonly (LookedUp & { searchText: string })[]): Lookup {
  const sorted = [...rows].sort(standing);
  const numbers = new Map<string, number>();
  const words: number[] = [];
  const entryAt: number[] = [];
  const nameEnds = new Uint32Array(sorted.length);
  const keywordEnds = new Uint32Array(sorted.length);
  const trigrams = new Map<string, number[]>();
  const put = (text: string, entry: number): void => {
    for (const word of text.split(" ")) {
      if (word === "") continue;
      let number = numbers.get(word);
      if (number === undefined) {
        number = numbers.size + 1;
        numbers.set(word, number);
      }
      words.push(number);
      entryAt.push(entry);
    }
    words.push(0);
    entryAt.push(entry);
  };
  sorted.forEach(({ searchName, keywords, searchText }, entry) => {
    put(searchName, entry);
    nameEnds[entry] = words.length;
    put(keywords, entry);
    keywordEnds[entry] = words.length;
    put(searchText, entry);
    for (const trigram of trigramsOf(searchName)) {
      const known = trigrams.get(trigram);
      if (known) known.push(entry);
      else trigrams.set(trigram, [entry]);
    }
  });
  const begins = new Uint32Array(numbers.size + 2);
  for (const number of words) begins[number + 1] = (begins[number + 1] ?? 0) + 1;
  for (let n = 1; n < begins.length; n++) begins[n] = (begins[n] ?? 0) + (begins[n - 1] ?? 0);
  const next = begins.slice();
  const places = new Uint32Array(words.length);
  words.forEach((number, place) => {
    const at = next[number] ?? 0;
    places[at] = place;
    next[number] = at + 1;
  });
  return {
    entries: sorted.map(({ searchText: _text, ...entry }) => entry),
    vocabulary: createVocabulary(sorted),
    byCode: new Map(sorted.map(({ code }, entry) => [code, entry])),
    numbers,
    words: Uint32Array.from(words),
    entryAt: Uint32Array.from(entryAt),
    nameEnds,
    keywordEnds,
    begins,
    places,
    trigrams: new Map([...trigrams].map(([trigram, entries]) => [trigram, Uint32Array.from(entries)])),
  };
}

/** Calls `visit` once for each entry that has the term, with its best place there. */
function eachWith(
  lookup: Lookup,
  { words: [first = "", second] }: Term,
  visit: (entry: number, place: number) => void,
) {
  const number = lookup.numbers.get(first);
  const follower = second === undefined ? null : (lookup.numbers.get(second) ?? -1);
  if (number === undefined || follower === -1) return;
  const { words, entryAt, begins, places } = lookup;
  const end = begins[number + 1] ?? 0;
  let last = -1;
  for (let i = begins[number] ?? 0; i < end; i++) {
    const place = places[i] as number;
    const entry = entryAt[place] as number;
    if (entry === last || (follower !== null && words[place + 1] !== follower)) continue;
    last = entry;
    visit(entry, place);
  }
}

/** What was found, the best first; entries by their number. */
export type Hits = { entry: number; score: number }[];

const WEIGHT_OF_KEYWORDS = 0.92;
const WEIGHT_OF_TEXT = 0.3;
const LENGTH_SHARE = 0.3;
const MOST_WORDS = 60;
/** A hit must reach this share of the best hit: "đăng ký" alone is no answer to "đăng ký khai sinh". */
const LEAST_SHARE = 0.42;
const CODE_HELD = 1000;
/** By priority 0, 1, 2: another province's own procedure steps back, one that can be filed here comes forward. */
const SHARES = [0.9, 1, 1.2] as const;

const countWords = (text: string): number => {
  let count = 1;
  for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1)) count++;
  return count;
};

/** More when the whole phrase stands in the name, most when it is the name. */
function exactness({ searchName, keywords }: LookedUp, phrase: string): number {
  if (searchName === phrase) return 0.9;
  const [name, asked] = [` ${searchName} `, ` ${phrase} `];
  if (asked.includes(name) && countWords(searchName) > 2) return 0.35;
  if (name.startsWith(asked)) return 0.3;
  return name.includes(asked) || ` ${keywords} `.includes(asked) ? 0.2 : 0;
}

const inOrder = (hits: Hits): Hits => hits.sort((a, b) => b.score - a.score || a.entry - b.entry);
const shareOf = ({ priority }: LookedUp): number => SHARES[priority as 0 | 1 | 2] ?? 1;

/**
 * The entries that have the words, and how well: what their name, keywords and text hold of the plan's terms, over the
 * length of the name.
 * @param code when a code was typed: the entries whose code begins so come first
 */
export function findMatching(lookup: Lookup, plan: Plan, code: string | null): Hits {
  const { entries, nameEnds, keywordEnds, vocabulary } = lookup;
  const held = new Float64Array(entries.length);
  const isAnchored = new Uint8Array(entries.length);
  for (const term of plan.terms) {
    const isAnchor = plan.anchors.includes(term);
    eachWith(lookup, term, (entry, place) => {
      const share =
        place < (nameEnds[entry] as number)
          ? 1
          : place < (keywordEnds[entry] as number)
            ? WEIGHT_OF_KEYWORDS
            : WEIGHT_OF_TEXT;
      held[entry] = (held[entry] as number) + term.weight * share;
      if (isAnchor) isAnchored[entry] = 1;
    });
  }
  if (code !== null)
    entries.forEach((entry, i) => {
      if (!entry.code.startsWith(code)) return;
      held[i] = (held[i] as number) + CODE_HELD;
      isAnchored[i] = 1;
    });
  let best = 0;
  for (let i = 0; i < held.length; i++) if (isAnchored[i] && (held[i] as number) > best) best = held[i] as number;
  const hits: Hits = [];
  for (let i = 0; i < held.length; i++) {
    const entry = entries[i];
    if (!isAnchored[i] || !entry || (held[i] as number) < LEAST_SHARE * best) continue;
    const length = Math.min(MOST_WORDS, countWords(entry.searchName)) / vocabulary.averageLength;
    const score = (held[i] as number) + plan.total * exactness(entry, plan.phrase);
    hits.push({ entry: i, score: (score / (1 - LENGTH_SHARE + LENGTH_SHARE * length)) * shareOf(entry) });
  }
  return inOrder(hits);
}

/** Names that share at least this part of the letters asked for look alike. */
const ALIKE = 0.55;

/** The entries whose names look like the folded phrase, however it is spelt. */
export function findAlike({ entries, trigrams }: Lookup, phrase: string): Hits {
  const asked = trigramsOf(phrase);
  const shared = new Uint16Array(entries.length);
  for (const trigram of asked)
    for (const entry of trigrams.get(trigram) ?? []) shared[entry] = (shared[entry] as number) + 1;
  const hits: Hits = [];
  entries.forEach((entry, i) => {
    const share = (shared[i] as number) / asked.size;
    if (share >= ALIKE) hits.push({ entry: i, score: share * shareOf(entry) });
  });
  return inOrder(hits);
}
