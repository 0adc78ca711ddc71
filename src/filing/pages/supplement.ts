import { fileMarks, type OpenSupplement } from "#dossiers/index.ts";
import { showCode } from "#platform/codes.ts";
import {
  type Button,
  type Details,
  type ErrorSummary,
  errorSummary,
  type FileUpload,
  type InsetText,
  type NotificationBanner,
  type PageHeading,
  part,
  type SummaryList,
} from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatPartialDate } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import {
  type Answers,
  amendmentControls,
  displayAnswers,
  type LoadedVersion,
  pick,
  type ShownControl,
  type Submitted,
} from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Partial } from "../queries/partials.ts";
import { papersAskedFor } from "../rules.ts";
import type { Seen } from "./dossier.ts";
import { paperControl, type Shelf, type ShelfState } from "./shelf.ts";

export type SupplementView = Page & {
  heading: PageHeading;
  banner: NotificationBanner | null;
  errors: ErrorSummary | null;
  why: InsetText;
  action: string;
  version: number;
  /** As on the pages of a draft. */
  autosave: "saved" | "unsaved" | null;
  fieldsTitle: string;
  fields: readonly { note: InsetText | null; shown: ShownControl }[];
  papersTitle: string;
  papersHint: string;
  papers: readonly FileUpload[];
  upload: Button;
  send: Button;
  leave: Button;
  rest: Details;
};
declare module "#platform/render.ts" {
  interface Views {
    "filing/supplement": SupplementView;
  }
}

/** What is being completed, and how the form for it stands. */
export type Supplementing = Seen & { request: OpenSupplement };
export type SupplementForm = {
  submitted: Submitted | null;
  errors: FieldErrors;
  version: number;
  /** What is still on its way. */
  partials: readonly Partial[];
  conflict?: boolean;
  restored?: boolean;
};

export const answersOf = ({ dossier }: Pick<Seen, "dossier">): Answers =>
  (dossier.answers[0]?.answers ?? {}) as Answers;
export const fieldMarks = ({ request }: Pick<Supplementing, "request">): string[] =>
  request.marks.filter(({ kind }) => kind === "field").map(({ id }) => id);

/** The name of a marked part, a question or a paper. */
export function partName({ loaded, language, t }: Pick<Seen, "loaded" | "language" | "t">, id: string): string {
  const paper = loaded.definition.requirements.find((one) => one.id === id)?.name;
  const field = loaded.definition.form.pages.flatMap(({ fields }) => fields).find((one) => one.id === id)?.label;
  const name = paper ?? field;
  return name ? pick(name, language) : t("filing.papers.authorization");
}

function askedFields(view: Supplementing, form: SupplementForm): SupplementView["fields"] {
  const { loaded, request, context, t } = view;
  const files = new Set(fileMarks(loaded.definition, request.marks));
  const answered = new Map(
    displayAnswers(loaded.definition, answersOf(view), context).flatMap(({ rows }) =>
      rows.map(({ fieldId, lines }) => [fieldId, lines.join(", ")] as const),
    ),
  );
  const filled = { answers: answersOf(view), ...(form.submitted ? { submitted: form.submitted } : {}) };
  return amendmentControls(loaded.definition, fieldMarks(view), filled, form.errors, context)
    .filter(({ control }) => !files.has(control.name))
    .map((shown) => {
      const mark = request.marks.find(({ kind, id }) => kind === "field" && id === shown.control.name);
      const lines = mark
        ? [
            t("filing.moves.supplement.note", { note: mark.note }),
            t("filing.moves.supplement.before", { answer: answered.get(mark.id) ?? t("fields.notAnswered") }),
          ]
        : [];
      return { shown, note: lines.length > 0 ? { text: lines, tone: "info" as const } : null };
    });
}

/** The papers that are asked for, with what was uploaded for them so far. */
export function shelfOfSupplement(
  reference: string,
  { definition }: Pick<LoadedVersion, "definition">,
  request: Pick<OpenSupplement, "id" | "marks" | "files">,
): Shelf {
  return {
    beside: { supplementId: request.id },
    papers: papersAskedFor(definition, fileMarks(definition, request.marks)),
    files: request.files,
    pieces: paths.supplementPartials(reference),
    piecesOf: (id) => paths.supplementPartial(reference, id),
    fileAt: (id) => paths.dossierFile(reference, id),
  };
}

function askedPapers(view: Supplementing, { errors, partials }: ShelfState): FileUpload[] {
  const { dossier, loaded, request, t, language } = view;
  const shelf = shelfOfSupplement(dossier.reference, loaded, request);
  return shelf.papers.map((paper) => {
    const mark = request.marks.find((one) => one.id === paper.id);
    const names = dossier.attachments
      .filter((file) => file.requirementId === paper.id && !file.supersededAt)
      .map(({ name }) => name)
      .join(", ");
    const hint = [
      mark ? t("filing.moves.supplement.note", { note: mark.note }) : "",
      names ? `${t("filing.moves.supplement.beforeFiles")}: ${names}.` : "",
    ];
    const look = { t, language, hint: hint.filter(Boolean).join(" "), labelSize: "s" as const };
    return paperControl(paper, shelf, { errors, partials }, look);
  });
}

/** What stays as it was filed, to be read beside what is changed. */
function rest(view: Supplementing): Details {
  const { dossier, loaded, request, context, t } = view;
  const marked = new Set(request.marks.map(({ id }) => id));
  const answers = displayAnswers(loaded.definition, answersOf(view), context).flatMap(
    ({ title, rows }): SummaryList[] => {
      const kept = rows.filter(({ fieldId }) => !marked.has(fieldId));
      return kept.length > 0 ? [{ title, rows: kept.map(({ label, lines }) => ({ key: label, value: lines })) }] : [];
    },
  );
  const files = dossier.attachments.filter((file) => !marked.has(file.requirementId) && !file.supersededAt);
  const papers: SummaryList[] =
    files.length > 0
      ? [
          {
            title: t("filing.dossier.papers"),
            rows: files.map((file) => ({
              key: partName(view, file.requirementId),
              value: file.name,
              href: paths.dossierFile(dossier.reference, file.id),
            })),
          },
        ]
      : [];
  return {
    summary: t("filing.moves.supplement.rest"),
    parts: [...answers, ...papers].map((list) => part("components/summary-list", list)),
  };
}

/** Why and until when the applicant is asked, in the agency's own words. */
export function whyAsked({ dossier, t }: Seen, request: Pick<OpenSupplement, "reasonNoteId" | "answerBy">): string[] {
  const reason = dossier.notes.find(({ id }) => id === request.reasonNoteId)?.text ?? "";
  const until = request.answerBy
    ? t("filing.moves.ask.by", { day: formatPartialDate(request.answerBy) })
    : t("filing.moves.ask.noLimit");
  return [...reason.split("\n"), until].filter(Boolean);
}

/** The page on which the applicant completes a dossier: only what was asked for can be changed. */
export function supplementPage(view: Supplementing, form: SupplementForm): SupplementView {
  const { dossier, loaded, request, t, language } = view;
  const title = t("filing.moves.supplement.title");
  return {
    title: `${title} – ${pick(loaded.definition.name, language)}`,
    hasErrors: Object.keys(form.errors).length > 0,
    back: { href: paths.dossier(dossier.reference), text: t("filing.draft.back") },
    heading: {
      title,
      caption: `${pick(loaded.definition.name, language)} · ${dossier.code ?? showCode(dossier.reference)}`,
      lead: t("filing.moves.supplement.lead"),
    },
    banner: form.conflict
      ? { kind: "warning", title: t("filing.draft.conflictTitle"), text: t("filing.moves.supplement.conflict") }
      : form.restored
        ? { kind: "warning", title: t("filing.draft.restoredTitle"), text: t("filing.draft.restored") }
        : null,
    errors: errorSummary(form.errors, t),
    why: { text: [`${t("filing.moves.supplement.why")}:`, ...whyAsked(view, request)], tone: "warning" },
    action: paths.supplement(dossier.reference),
    version: form.version,
    autosave: form.conflict ? null : form.restored ? "unsaved" : "saved",
    fieldsTitle: t("filing.moves.supplement.fields"),
    fields: askedFields(view, form),
    papersTitle: t("filing.moves.supplement.papers"),
    papersHint: t("filing.moves.supplement.papersHint"),
    papers: askedPapers(view, form),
    upload: { text: t("filing.moves.supplement.upload"), kind: "secondary", name: "viec", value: "tai-len" },
    send: { text: t("filing.moves.supplement.send"), name: "viec", value: "gui" },
    leave: {
      text: t("filing.moves.supplement.leave"),
      kind: "secondary",
      name: "viec",
      value: "de-sau",
      novalidate: true,
    },
    rest: rest(view),
  };
}
