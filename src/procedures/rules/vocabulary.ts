import { fold } from "#platform/format.ts";

/** What people say for words of procedures' names, as they typed it or folded. */
export type Synonym = { say: string; means: readonly string[] };

/** Synonyms as a search uses them: folded, the longest first, because "mất sổ đỏ" says more than "sổ đỏ". */
export const foldSynonyms = (synonyms: readonly Synonym[]): Synonym[] =>
  synonyms
    .map(({ say, means }) => ({ say: fold(say), means: means.map(fold) }))
    .sort((a, b) => b.say.length - a.say.length);

/** How often each word and each pair of neighbouring words stands in names and keywords. */
export type Vocabulary = {
  entries: number;
  words: ReadonlyMap<string, number>;
  /** "khai sinh" -> number of entries */
  pairs: ReadonlyMap<string, number>;
  /** By length, so that a mistyped word is compared with words of about its length only. */
  byLength: ReadonlyMap<number, readonly string[]>;
  averageLength: number;
};

export function createVocabulary(entries: readonly { searchName: string; keywords: string }[]): Vocabulary {
  const words = new Map<string, number>();
  const pairs = new Map<string, number>();
  let length = 0;
  const raise = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { searchName, keywords } of entries) {
    const name = searchName.split(" ");
    length += name.length;
    const parts = [name, keywords === "" ? [] : keywords.split(" ")];
    for (const word of new Set(parts.flat())) raise(words, word);
    for (const pair of new Set(parts.flatMap((part) => part.slice(1).map((word, i) => `${part[i]} ${word}`))))
      raise(pairs, pair);
  }
  const byLength = new Map<number, string[]>();
  for (const word of words.keys()) {
    const same = byLength.get(word.length);
    if (same) same.push(word);
    else byLength.set(word.length, [word]);
  }
  return {
    entries: entries.length,
    words,
    pairs,
    byLength,
    averageLength: entries.length > 0 ? length / entries.length : 1,
  };
}

/** Letters wrong, missing, superfluous or swapped with a neighbour; more than `most` is all the same. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

const isNumber = (word: string): boolean => /^\d+$/.test(word);

/** Words of the vocabulary that the typed one may stand for, itself left out. */
function candidates(word: string, { byLength }: Vocabulary, isLast: boolean): string[] {
  const most = word.length >= 6 ? 2 : 1;
  const found: string[] = [];
  for (let length = word.length - most; length <= word.length + most; length++)
    for (const known of byLength.get(length) ?? [])
      if (known !== word && distance(word, known, most) <= most) found.push(known);
  // The last word may not be finished yet.
  if (isLast && word.length >= 2)
    for (let length = word.length + 2; length <= word.length + 5; length++)
      for (const known of byLength.get(length) ?? []) if (known.startsWith(word)) found.push(known);
  return found;
}

/** One word typed for two: "khaisinh". */
function split(word: string, { pairs }: Vocabulary): string[] | null {
  let best: { count: number; parts: string[] } | null = null;
  for (let at = 2; at <= word.length - 2; at++) {
    const parts = [word.slice(0, at), word.slice(at)];
    const count = pairs.get(parts.join(" ")) ?? 0;
    if (count > (best?.count ?? 0)) best = { count, parts };
  }
  return best?.parts ?? null;
}

/**
 * The words as they were meant: a word that names never use, or that no name has beside these neighbours, is taken for a
 * word one or two letters away that stands beside them often. Words without such a neighbour stay as typed, and so do
 * those that are known to be meant, though no name has them.
 */
export function correct(
  typed: readonly string[],
  vocabulary: Vocabulary,
  isMeant: (word: string) => boolean = () => false,
): string[] {
  const { words, pairs } = vocabulary;
  const parted = typed.flatMap((word) =>
    words.has(word) || word.length < 5 || isNumber(word) || isMeant(word)
      ? [word]
      : (split(word, vocabulary) ?? [word]),
  );
  const result = [...parted];
  const support = (word: string, i: number): number => {
    const [left, right] = [result[i - 1], result[i + 1]];
    return Math.max(
      left === undefined ? 0 : (pairs.get(`${left} ${word}`) ?? 0),
      right === undefined ? 0 : (pairs.get(`${word} ${right}`) ?? 0),
    );
  };
  // People put words in any order: a known word that goes with any other one is what was meant.
  const isAtHome = (word: string, i: number): boolean =>
    result.some((other, j) => j !== i && (pairs.has(`${other} ${word}`) || pairs.has(`${word} ${other}`)));
  result.forEach((word, i) => {
    if (isNumber(word) || word.length < 2 || isMeant(word)) return;
    const isKnown = words.has(word);
    if (isKnown && (result.length === 1 || isAtHome(word, i))) return;
    let best: { word: string; score: number } | null = null;
    for (const candidate of candidates(word, vocabulary, i === result.length - 1)) {
      const beside = support(candidate, i);
      // A known word gives way only to one that the neighbours call for; an unknown one to any, the frequent first.
      if (isKnown && beside < 3) continue;
      const score = beside * 1000 + (words.get(candidate) ?? 0);
      if (score > (best?.score ?? 0)) best = { word: candidate, score };
    }
    if (best) result[i] = best.word;
  });
  return result;
}
