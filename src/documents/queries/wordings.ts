import type { Texts } from "#lists/index.ts";
import type { Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { ResultTemplate } from "../filling/result.ts";
import {
  PAPER_PLACES,
  PASSAGES,
  paperKind,
  placesOfResult,
  sentencesOf,
  WORDED_KINDS,
  withPassages,
  withSentences,
} from "../rules/passages.ts";
import { formOn, type PaperForm } from "../rules.ts";
import { fingerprintOf, type PaperSnapshot } from "../snapshot.ts";
import { listForms } from "./forms.ts";

/** A paper whose passages may be worded anew. */
type WordedPaper = {
  kind: string;
  name: string;
  title: string;
  note: string;
  passages: readonly { name: string; own: string; long: boolean; optional: boolean }[];
  places: readonly string[];
  placeNames?: Readonly<Record<string, string>>;
};

/** Passages that stand within a sentence of the form. */
const SHORT: readonly string[] = ["reasonLead", "sorry", "feesRule"];

const passagesOf = (own: Texts): WordedPaper["passages"] =>
  Object.entries(own).map(([name, text]) => ({
    name,
    own: text,
    long: !SHORT.includes(name),
    optional: text === "",
  }));

/** The forms in force today whose passages administrators may word anew: forms 01 to 06, and results made from a template. */
export async function listPaperWords(ctx: Pick<Context, "db" | "now">): Promise<WordedPaper[]> {
  const forms = await listForms(ctx);
  const today = isoDay(ctx.now);
  const common = WORDED_KINDS.flatMap((kind): WordedPaper[] => {
    const form = formOn(forms, kind, today);
    if (!form) return [];
    const { title, basis: note } = form;
    return [
      { kind: paperKind(kind), name: kind, title, note, passages: passagesOf(PASSAGES[kind]), places: PAPER_PLACES },
    ];
  });
  return [...common, ...resultForms(forms, today).map(wordedResult)];
}

const resultForms = (forms: readonly PaperForm[], today: string): PaperForm[] =>
  [...new Set(forms.filter(({ kind }) => kind === "result").map(({ procedureCode }) => procedureCode))].flatMap(
    (code) => formOn(forms, "result", today, code) ?? [],
  );

function wordedResult({ procedureCode, title, content }: PaperForm): WordedPaper {
  const template = ResultTemplate.parse(content);
  return {
    kind: paperKind("result", procedureCode),
    name: procedureCode,
    title,
    note: `Thủ tục ${procedureCode}`,
    passages: passagesOf(sentencesOf(template)),
    places: placesOfResult(template),
    placeNames: Object.fromEntries(template.fields.map(({ id, label }) => [id, label])),
  };
}

/** A paper of invented people as it would look in these words, as PDF. @throws Refusal 404 for a paper that has no such words */
export async function previewPaper(ctx: Pick<Context, "db" | "now">, worded: string, texts: Texts): Promise<Buffer> {
  const [{ samplePaper }, { drawPaper }] = await Promise.all([
    import("../printing/samples.ts"),
    import("../printing/papers.ts"),
  ]);
  const forms = await listForms(ctx);
  const today = isoDay(ctx.now);
  const kind = WORDED_KINDS.find((one) => paperKind(one) === worded);
  const result = resultForms(forms, today).find((form) => paperKind("result", form.procedureCode) === worded);
  const form = kind ? formOn(forms, kind, today) : result;
  if (!form) throw notFound();
  const paper: PaperSnapshot = kind
    ? withPassages(samplePaper(form, kind), texts)
    : samplePaper(form, "result", withSentences(ResultTemplate.parse(form.content), texts));
  return drawPaper(paper, fingerprintOf(paper));
}
