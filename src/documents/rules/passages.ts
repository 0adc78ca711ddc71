/**
 * Passages: what administrators may word anew on a paper. Everything else of a form is what the law wants on it and stays.
 * Pure.
 */
import { filledIn, placesIn, type Texts } from "#lists/rules.ts";
import { apologyWords, declineWords, deliveryWords, stopWords, supplementWords } from "../printing/words.ts";
import type { PaperKind } from "../rules.ts";
import type { PaperSnapshot } from "../snapshot.ts";

/** The portal's own words of each passage, by paper; a note says nothing until somebody writes one. */
export const PASSAGES = {
  receipt_slip: { note: "" },
  supplement_request: { lead: supplementWords.lead, note: "" },
  decline_slip: { lead: declineWords.lead, again: declineWords.again, note: "" },
  apology_letter: { reasonLead: apologyWords.reason, sorry: apologyWords.sorry, thanks: apologyWords.thanks },
  stop_notice: { feesRule: stopWords.feesRule, note: "" },
  control_slip: { note: "" },
  delivery_receipt: { said: deliveryWords.said, note: "" },
} as const satisfies Record<Exclude<PaperKind, "result">, Texts>;
export type WordedKind = keyof typeof PASSAGES;
type PassageOf<K extends WordedKind> = keyof (typeof PASSAGES)[K] & string;
export type PassageName = { [K in WordedKind]: PassageOf<K> }[WordedKind];

export const WORDED_KINDS = Object.keys(PASSAGES) as WordedKind[];

/** As what the words of a paper are kept; those of a result, by its procedure. */
export const paperKind = (kind: string, procedureCode = ""): string =>
  ["paper", kind, procedureCode].filter(Boolean).join(".");

/** What may be filled into a passage of any paper. */
export const PAPER_PLACES = ["code", "applicant", "procedure", "agency", "address", "phone"] as const;

const valuesOf = (
  paper: Exclude<PaperSnapshot, { kind: "result" }>,
): Readonly<Record<(typeof PAPER_PLACES)[number], string>> => ({
  code: paper.code ?? paper.reference,
  applicant: paper.applicant.fullName,
  procedure: paper.procedure.name,
  agency: paper.agency.name,
  address: paper.agency.address ?? "",
  phone: paper.agency.phone ?? "",
});

/** The paper with passages as administrators worded them, filled in; in the portal's own words it stays as it is. */
export function withPassages<P extends PaperSnapshot>(paper: P, texts: Texts | undefined): P {
  if (paper.kind === "result" || !texts) return paper;
  const values = valuesOf(paper);
  const own: Texts = PASSAGES[paper.kind];
  const changed = Object.entries(texts).filter(([name, text]) => name in own && text !== own[name]);
  if (changed.length === 0) return paper;
  return {
    ...paper,
    passages: Object.fromEntries(changed.map(([name, text]) => [name, filledIn(text, values).trim()])),
  };
}

/** The lines of a text that say something. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** What a paper says in a passage, line by line; nothing where it is empty. */
export const passageOf = <K extends WordedKind>(
  paper: { kind: K; passages?: Texts | undefined },
  name: PassageOf<K>,
): string[] => linesOf(paper.passages?.[name] ?? (PASSAGES[paper.kind] as Texts)[name] ?? "");

/** The lines of a passage with what the law wants said behind it, in its last line. */
export const withFixed = (lines: readonly string[], fixed: string): string[] => [
  ...lines.slice(0, -1),
  [...lines.slice(-1), fixed].join(" "),
];

type Sentences = { fields: readonly { id: string }[]; opening: readonly string[]; closing: readonly string[] };
/** The sentences of a result before and after what the officer certifies, as text with a line for each. */
export const sentencesOf = ({ opening, closing }: Sentences): Texts => ({
  opening: opening.join("\n"),
  closing: closing.join("\n"),
});
/** A result's form in the words of administrators. */
export const withSentences = <T extends Sentences>(content: T, texts: Texts | undefined): T => {
  const lines = (name: "opening" | "closing"): readonly string[] =>
    texts?.[name] === undefined ? content[name] : linesOf(texts[name]);
  return { ...content, opening: lines("opening"), closing: lines("closing") };
};
/** What may be filled into the sentences of a result: what the officer certifies, and what every result may name. */
export const placesOfResult = ({ fields, opening, closing }: Sentences): string[] => [
  ...new Set([
    "agencyName",
    "applicantName",
    "dossierCode",
    ...fields.map(({ id }) => id),
    ...placesIn([...opening, ...closing].join(" ")),
  ]),
];
