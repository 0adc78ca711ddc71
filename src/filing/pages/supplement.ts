import { fileMarks, type OpenSupplement } from "#dossiers/index.ts";
import { showCode } from "#platform/codes.ts";
import {
  type Button,
  type Details,
  type ErrorSummary,
  errorSummary,
  errorText,
  type FileUpload,
  type InsetText,
  type NotificationBanner,
  type PageHeading,
  part,
  type SummaryList,
} from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatPartialDate, formatSize } from "#platform/format.ts";
import { fileControl, MAX_FILE_MEGABYTES } from "#platform/received.ts";
import type { Page } from "#platform/render.ts";
import {
  type Answers,
  amendmentControls,
  displayAnswers,
  pick,
  type ShownControl,
  type Submitted,
} from "#procedures/index.ts";
import { paths } from "../paths.ts";
import { controlOf } from "../rules.ts";
import type { Seen } from "./dossier.ts";

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

function askedPapers(view: Supplementing, errors: FieldErrors): FileUpload[] {
  const { dossier, loaded, request, t } = view;
  return fileMarks(loaded.definition, request.marks).map((id) => {
    const mark = request.marks.find((one) => one.id === id);
    const before = dossier.attachments.filter((file) => file.requirementId === id && !file.supersededAt);
    const held = request.files.filter(({ requirementId }) => requirementId === id);
    const names = before.map(({ name }) => name).join(", ");
    return {
      ...fileControl,
      name: controlOf(id),
      label: partName(view, id),
      labelSize: "s" as const,
      hint: [
        mark ? t("filing.moves.supplement.note", { note: mark.note }) : "",
        names ? `${t("filing.moves.supplement.beforeFiles")}: ${names}.` : "",
      ]
        .filter(Boolean)
        .join(" "),
      error: errorText(errors, controlOf(id), t),
      limit: t("platform.upload.limit", { megabytes: MAX_FILE_MEGABYTES }),
      tooLarge: t("filing.papers.tooLarge", { megabytes: MAX_FILE_MEGABYTES }),
      multiple: true,
      files: held.map(({ id: fileId, name, size }) => ({
        name,
        size: formatSize(size),
        href: paths.dossierFile(dossier.reference, fileId),
        remove: { name: "bo", value: fileId },
      })),
    };
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
    papers: askedPapers(view, form.errors),
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
