import type {
  Button,
  Checkboxes,
  Details,
  ErrorSummary,
  Figures,
  FileUpload,
  Link,
  PageHeading,
  SummaryList,
  Table,
} from "#platform/components.ts";
import { errorSummary, errorText, part } from "#platform/components.ts";
import type { FieldError, FieldErrors } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import { MAX_FILE_MEGABYTES } from "#platform/received.ts";
import type { Page } from "#platform/render.ts";
import { displayAnswers, type FieldContext, pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Batch, BatchRow } from "../queries/many.ts";
import {
  ARCHIVE,
  applicantForm,
  countRows,
  type JudgedRow,
  type Judging,
  judgeRow,
  needsDeclaration,
  numberedPapers,
  ownerOf,
  withMethod,
} from "../rules.ts";
import { answerRows } from "./check.ts";

type Speech = { t: Translate; language: Language };
const DAY_MS = 86_400_000;

export type ManyErrors = { items: readonly string[] };
export type ManyPreviewPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  about: SummaryList;
  figures: Figures;
  again: { text: string; link: Link } | null;
  table: Table;
  action: string;
  notes: readonly string[];
  declare: Checkboxes | null;
  submit: Button | null;
  drafts: Button | null;
  remove: { action: string; button: Button };
  papers: ManyPapers | null;
};
/** Where the papers of all lines are handed in at once. */
export type ManyPapers = {
  title: string;
  naming: string;
  whole: string;
  names: readonly string[];
  had: string | null;
  strays: Details | null;
  wrong: ManyErrors | null;
  action: string;
  file: FileUpload;
  send: Button;
};
export type ManyRowPage = Page & {
  heading: PageHeading;
  problems: ManyErrors | null;
  sections: readonly SummaryList[];
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/many-preview": ManyPreviewPage;
    "filing/many-row": ManyRowPage;
    "filing/_many-errors": ManyErrors;
  }
}

const textOf = (answer: unknown): string => (typeof answer === "string" ? answer : "");

/** Everything that pages about one table are made of. */
export type SeenBatch = Speech & {
  batch: Batch;
  judging: Judging;
  judged: readonly JudgedRow[];
  context: FieldContext;
};

/** Judges all lines as if they were declared: what is declared is ticked once, below them. */
export const judgeAll = (judging: Judging, rows: readonly BatchRow[]): JudgedRow[] =>
  rows.map((row) => judgeRow(judging, row, { declared: true }));

/** Whose dossier a line is about, as far as it says. */
export function whoseOf({ batch, judging }: SeenBatch, row: BatchRow, { content }: JudgedRow): string {
  const { definition } = batch.loaded;
  const owner = ownerOf(definition, content.applicant, content.form)?.fullName;
  const asked = definition.owner === "applicant" ? null : row.cells[`khai.${definition.owner.fullName}`];
  return owner || asked || row.cells["nop.principalName"] || textOf(judging.own["fullName"]);
}

/** Until when a table is looked at. */
export const until = ({ createdAt }: Batch): string => formatDateTime(new Date(createdAt.getTime() + DAY_MS));

/** What is wrong with a line or still owed, a sentence each. */
export const errorLines = ({ errors, state, papers }: JudgedRow, { t, language }: Speech): string[] => [
  ...errors.map(({ column, typed, error }) => {
    const text = t(error.key, error.params);
    const label = column?.label.replace(/ \*$/, "") ?? null;
    // Most errors name their question; one of several questions of that name is told by its column.
    const named = label === null || text.includes(label) ? text : t("filing.many.preview.cell", { label, error: text });
    return typed
      ? t("filing.many.preview.cellTyped", {
          typed: typed.length > 60 ? `${typed.slice(0, 60)}…` : typed,
          error: named,
        })
      : named;
  }),
  ...(state === "draft" && papers.length > 0
    ? [t("filing.many.preview.papers", { papers: papers.map(({ name }) => pick(name, language)).join("; ") })]
    : []),
];

/** Lines that say the same as one before them, by number of the line: the line they repeat. */
function repeated(rows: readonly BatchRow[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const found = new Map<number, number>();
  for (const { number, line, cells } of rows) {
    const key = JSON.stringify(Object.entries(cells).sort());
    const before = first.get(key);
    if (before === undefined) first.set(key, line);
    else found.set(number, before);
  }
  return found;
}

const TONES = { file: "done", draft: "waiting", wrong: "late" } as const;

function previewTable(seen: SeenBatch): Table {
  const { batch, judged, t } = seen;
  const same = repeated(batch.rows);
  return {
    caption: t("filing.many.preview.rows"),
    head: (["line", "whose", "state", "fix"] as const).map((name) => ({ text: t(`filing.many.preview.${name}`) })),
    rows: batch.rows.flatMap((row, i) => {
      const one = judged[i];
      if (!one) return [];
      const twin = same.get(row.number);
      const items = [
        ...broughtLines(row, one, seen),
        ...errorLines(one, seen),
        ...(twin === undefined ? [] : [t("filing.many.preview.same", { line: twin })]),
      ];
      return {
        cells: [
          { text: t("filing.many.row.title", { line: row.line }), href: paths.batchRow(batch.id, row.number) },
          { text: whoseOf(seen, row, one), note: row.note || null },
          { text: "", tag: { text: t(`filing.many.preview.${one.state}Tag`), tone: TONES[one.state] } },
          { text: "", parts: items.length > 0 ? [part("filing/_many-errors", { items })] : [] },
        ],
      };
    }),
  };
}

/** How papers are called: "1 = …", in the order in which the names of files number them. */
export const paperNames = (definition: Batch["loaded"]["definition"], language: Language): string[] =>
  numberedPapers(definition).map(({ name }, i) => `${i + 1} = ${pick(name, language)}`);

function papersPart(seen: SeenBatch, errors: FieldErrors, wrong: readonly FieldError[]): ManyPapers | null {
  const { batch, judged, t, language } = seen;
  const isAsked = judged.some(({ state, asked }) => state !== "wrong" && asked.length > 0);
  if (!isAsked && batch.papersFile === null) return null;
  const limits = { megabytes: ARCHIVE.bytes / 1024 / 1024, max: ARCHIVE.files, each: MAX_FILE_MEGABYTES };
  return {
    title: t("filing.many.archive.title"),
    naming: t("filing.many.archive.naming", { line: batch.rows[0]?.line ?? 4 }),
    whole: t("filing.many.archive.whole"),
    names: paperNames(batch.loaded.definition, language),
    had: batch.papersFile === null ? null : t("filing.many.archive.had", { name: batch.papersFile }),
    strays:
      batch.strays.length === 0
        ? null
        : {
            summary: t("filing.many.archive.strays", { count: batch.strays.length }),
            text: batch.strays.map(({ name, why }) => t(`filing.many.archive.stray.${why}`, { name })),
            open: true,
          },
    wrong: wrong.length === 0 ? null : { items: wrong.map(({ key, params }) => t(key, params)) },
    action: paths.batchPapers(batch.id),
    file: {
      name: "papers",
      label: t("filing.many.archive.file"),
      labelSize: "s",
      error: errorText(errors, "papers", t),
      limit: t("filing.many.archive.limit", limits),
      maxBytes: ARCHIVE.bytes,
      tooLarge: t("filing.many.archive.tooLarge", limits),
      accept: ".zip",
    },
    send: { text: t("filing.many.archive.send"), kind: "secondary" },
  };
}

/** The papers that came for a line, each with its files; and those that it does not call for. */
function broughtLines({ papers }: BatchRow, { asked, state }: JudgedRow, seen: SeenBatch): string[] {
  const { t, language } = seen;
  const known = numberedPapers(seen.batch.loaded.definition);
  return known.flatMap((paper) => {
    const files = papers.filter(({ requirementId }) => requirementId === paper.id).map(({ name }) => name);
    if (files.length === 0) return [];
    const isCalled = state === "wrong" || asked.some(({ id }) => id === paper.id);
    const said = { paper: pick(paper.name, language), files: files.join(", ") };
    return t(isCalled ? "filing.many.archive.found" : "filing.many.archive.unasked", said);
  });
}

const aboutBatch = ({ batch, judging: { filer }, t, language }: SeenBatch): SummaryList => {
  const chosen = batch.loaded.definition.cases.find(({ id }) => id === batch.caseId);
  return {
    title: t("filing.many.preview.all"),
    rows: [
      { key: t("filing.many.preview.table"), value: batch.fileName, lang: "vi" },
      ...(filer ? [{ key: t("companies.dossier.row"), value: filer.name, lang: "vi" as const }] : []),
      { key: t("filing.check.agency"), value: batch.receiving?.name ?? batch.agency.name, lang: "vi" },
      ...(batch.receiving ? [{ key: t("filing.check.competent"), value: batch.agency.name, lang: "vi" as const }] : []),
      ...(chosen ? [{ key: t("filing.check.case"), value: pick(chosen.name, language) }] : []),
      { key: t("filing.check.result"), value: t(`filing.result.${batch.returnMethod}`) },
    ],
  };
};

/** What was found in a table, line by line, and what may be done with it. */
export function manyPreviewPage(
  seen: SeenBatch,
  errors: FieldErrors,
  wrong: readonly FieldError[] = [],
): ManyPreviewPage {
  const { batch, judged, t, language } = seen;
  const { definition, code } = batch.loaded;
  const counts = countRows(judged);
  const good = counts.file + counts.draft;
  const declaration = definition.form.pages.flatMap(({ fields }) => fields).find(({ type }) => type === "declaration");
  const declared =
    declaration && !needsDeclaration(definition) ? pick(declaration.label, language) : t("filing.check.declare");
  return {
    title: `${t("filing.many.preview.title")} – ${pick(definition.name, language)}`,
    width: "wide",
    hasErrors: Object.keys(errors).length > 0,
    back: { href: paths.many(code) },
    heading: {
      title: t("filing.many.preview.title"),
      caption: pick(definition.name, language),
      lead: t("filing.many.preview.lead", { until: until(batch) }),
    },
    errors: errorSummary(errors, t),
    about: aboutBatch(seen),
    figures: {
      items: (["file", "draft", "wrong"] as const).map((state) => ({
        value: String(counts[state]),
        text: t(`filing.many.preview.${state}`),
      })),
    },
    again:
      counts.wrong === 0
        ? null
        : {
            text: t("filing.many.preview.again"),
            link: { text: t("filing.many.preview.againLink"), href: paths.many(code) },
          },
    table: previewTable(seen),
    papers: papersPart(seen, errors, wrong),
    action: paths.batch(batch.id),
    notes: [
      ...(good === 0 ? [t("filing.many.preview.none")] : []),
      ...(counts.file > 0 && counts.draft > 0 ? [t("filing.many.preview.draftsToo", { count: counts.draft })] : []),
      ...(good > 0 && counts.wrong > 0 ? [t("filing.many.preview.wrongStay")] : []),
    ],
    declare:
      counts.file === 0
        ? null
        : {
            name: "declare",
            label: t("filing.many.preview.declaration", { count: counts.file }),
            labelSize: "m",
            error: errorText(errors, "declare", t),
            items: [{ value: "yes", text: declared }],
          },
    submit:
      counts.file === 0
        ? null
        : { text: t("filing.many.preview.submit", { count: counts.file }), name: "viec", value: "nop" },
    drafts:
      good === 0
        ? null
        : {
            text: t(counts.file > 0 ? "filing.many.preview.onlyDrafts" : "filing.many.preview.drafts", { count: good }),
            kind: counts.file > 0 ? "secondary" : "primary",
            name: "viec",
            value: "ban-nhap",
          },
    remove: {
      action: paths.deleteBatch(batch.id),
      button: { text: t("filing.many.preview.remove"), kind: "secondary" },
    },
  };
}

/** One line of a table with everything that would be filed. */
export function manyRowPage(seen: SeenBatch, row: BatchRow, judged: JudgedRow): ManyRowPage {
  const { batch, context, t, language } = seen;
  const { definition } = batch.loaded;
  const { applicant, form } = judged.content;
  const items = errorLines(judged, seen);
  const sections = [
    { asked: applicantForm(definition), answers: withMethod(applicant, batch.returnMethod) },
    { asked: definition, answers: form },
  ].flatMap(({ asked, answers }) =>
    displayAnswers(asked, answers, context).map(({ title, rows }) => ({
      title,
      rows: answerRows(rows, asked, answers, t).map(({ key, value }) => ({ key, value })),
    })),
  );
  const title = t("filing.many.row.title", { line: row.line });
  return {
    title: `${title} – ${pick(definition.name, language)}`,
    back: { href: paths.batch(batch.id), text: t("filing.many.row.back") },
    heading: { title, caption: whoseOf(seen, row, judged), lead: row.note || null },
    problems: items.length > 0 ? { items } : null,
    sections,
  };
}
