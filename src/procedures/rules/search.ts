import { fold } from "#platform/format.ts";
import { correct, type Synonym, type Vocabulary } from "./vocabulary.ts";

/** What counts for a hit and how much: one word, or two neighbours. */
export type Term = { words: readonly string[]; weight: number };
export type Plan = {
  /** The words as they were meant, for "exactly this name". */
  phrase: string;
  terms: readonly Term[];
  /** A row must hold one of these to be looked at. */
  anchors: readonly Term[];
  /** The weights together: what a row that has everything in its name would reach. */
  total: number;
  /** What was understood, when it is not what was typed. */
  corrected: string | null;
  /** Everyday words that were understood, and as what. */
  understood: readonly Synonym[];
};

// Words of questions and of courtesy, which names of procedures rarely have: rare there, they would weigh most.
const FILLERS = new Set(
  (
    "toi minh em anh chi chau ban ong ba con nguoi nha muon can lam thi la o dau nao gi the sao bao nhieu lau duoc khong co phai nhu va hay hoac de cho voi khi neu ma " +
    "nay do ay kia a nhe hoi xin giup cach viec thu tuc ho so giay to tai nhung cac mot moi tren duoi trong ngoai ra vao den di ve tu bi se da dang vua moi chua roi " +
    "ai may truoc sau qua luc nen thoi biet huong dan quy trinh buoc mat phi le thoi gian nop tien hanh thuc hien gom bang theo van"
  ).split(" "),
);
/** Two fillers beside each other that do mean something together. */
const MEANT_PAIRS = new Set(["con nuoi", "nha o", "cha me", "me con", "giay to", "nguoi mat", "ho so", "nha dat"]);

const FILLER_WEIGHT = 0.12;
const PAIR_WEIGHT = 1.4;
const SYNONYM_WEIGHT = 0.8;
const COMMON = 0.12;
/** Bounds of what one question may cost: weak terms change no order, and a hit has at least one of the strongest. */
const LEAST_WEIGHT = 0.05;
const MOST_TERMS = 32;
const MOST_ANCHORS = 8;

/**
 * How to look for what was typed; null when nothing of it can be looked for.
 * @param synonyms folded, the longest first
 */
export function planSearch(typed: string, vocabulary: Vocabulary, synonyms: readonly Synonym[]): Plan | null {
  const written = fold(typed).split(" ").filter(Boolean).slice(0, 40);
  if (written.length === 0) return null;
  const asWritten = ` ${written.join(" ")} `;
  const everyday = new Set(
    synonyms.filter(({ say }) => asWritten.includes(` ${say} `)).flatMap(({ say }) => say.split(" ")),
  );
  const words = correct(written, vocabulary, (word) => FILLERS.has(word) || everyday.has(word));
  const phrase = words.join(" ").replace(/^(?:thu tuc )+(?=.)/, "");
  const weigh = (count: number): number => Math.log(1 + vocabulary.entries / (count + 0.5));
  const terms = new Map<string, Term>();
  const add = (parts: readonly string[], weight: number): void => {
    const key = parts.join(" ");
    const known = terms.get(key);
    if (weight > 0.05 && (known?.weight ?? 0) < weight) terms.set(key, { words: parts, weight });
  };
  const addAll = (sequence: readonly string[], factor: number): void => {
    sequence.forEach((word, i) => {
      const count = vocabulary.words.get(word) ?? 0;
      const isFiller = FILLERS.has(word) || (word.length === 1 && !/\d/.test(word));
      // A word that no name has may still stand in a text, but must not outweigh those that names have.
      const weight = count === 0 ? 2 : weigh(count);
      add([word], factor * weight * (isFiller ? FILLER_WEIGHT : 1));
      const next = sequence[i + 1];
      if (next === undefined) return;
      const pair = `${word} ${next}`;
      const together = vocabulary.pairs.get(pair) ?? 0;
      if (together === 0 || (FILLERS.has(word) && FILLERS.has(next) && !MEANT_PAIRS.has(pair))) return;
      add([word, next], factor * weigh(together) * PAIR_WEIGHT);
    });
  };
  addAll(words, 1);
  let rest = ` ${words.join(" ")} `;
  const understood: Synonym[] = [];
  for (const synonym of synonyms) {
    const { say, means } = synonym;
    if (!rest.includes(` ${say} `)) continue;
    understood.push(synonym);
    // Each word is understood once: "sổ đỏ" inside "mất sổ đỏ" is not asked for again.
    rest = rest.replace(` ${say} `, " | ");
    for (const meant of means) addAll(meant.split(" "), SYNONYM_WEIGHT);
  }
  const strongest = Math.max(...[...terms.values()].map(({ weight }) => weight));
  const all = [...terms.values()]
    .filter(({ weight }) => weight >= strongest * LEAST_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_TERMS);
  if (all.length === 0) return null;
  const countOf = ({ words: parts }: Term): number =>
    (parts.length === 2 ? vocabulary.pairs : vocabulary.words).get(parts.join(" ")) ?? 0;
  const isTelling = (term: Term): boolean =>
    countOf(term) <= Math.max(5, vocabulary.entries * COMMON) &&
    (term.words.length === 2 || !FILLERS.has(term.words[0] ?? ""));
  const telling = all.filter(isTelling);
  const corrected = words.join(" ") === written.join(" ") ? null : words.join(" ");
  return {
    phrase,
    terms: all,
    anchors: telling.length > 0 ? telling.slice(0, MOST_ANCHORS) : all,
    total: all.reduce((sum, { weight }) => sum + weight, 0),
    corrected,
    understood,
  };
}

/** Somebody types the code, with its dot or without. Null when it is none. */
export const codeTyped = (typed: string): string | null => {
  const match = typed.trim().match(/^(\d)\.?(\d{3,9})(\.[hH]\d{2})?$/);
  return match ? `${match[1]}.${match[2]}${(match[3] ?? "").toUpperCase()}` : null;
};

/** How a name stands in an address: "ho-tich". */
export const slugOf = (name: string): string => fold(name).replaceAll(" ", "-");
