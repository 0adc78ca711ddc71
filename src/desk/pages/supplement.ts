import { type FullDossier, type MarkablePart, marksOf } from "#dossiers/index.ts";
import { isFinished } from "#dossiers/rules.ts";
import {
  type Button,
  type Checkboxes,
  type Choice,
  type DateInput,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Link,
  type PageHeading,
  part,
  type Radios,
  type Select,
  type SummaryRow,
  type Textarea,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatPartialDate, formatSize } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { type Answers, displayAnswers, type FieldContext, type ProcedureDefinition } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Section } from "./sections.ts";
import { scanTag, type Words } from "./words.ts";

type AskPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  warnings: readonly string[];
  clock: string;
  action: string;
  version: number;
  groups: readonly Checkboxes[];
  /** Asked to complete, or sent back as not eligible. */
  kind: Radios | null;
  preset: Select | null;
  reason: Textarea;
  answerBy: DateInput;
  confirm: Checkboxes | null;
  send: Button;
  cancel: Link;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/ask": AskPage;
  }
}

/** A part of a dossier by its name, whether a question or a paper. */
export const nameOfPart = (definition: Pick<ProcedureDefinition, "form" | "requirements">, id: string, t: Translate) =>
  definition.requirements.find((one) => one.id === id)?.name.vi ??
  definition.form.pages.flatMap(({ fields }) => fields).find((one) => one.id === id)?.label.vi ??
  t("desk.show.authorization");

/** A mark as its checkbox sends it; its note is sent under `note.` and this. */
export const markValue = ({ kind, id }: Pick<MarkablePart, "kind" | "id">): string => `${kind}.${id}`;

export type AskInput = {
  dossier: FullDossier;
  definition: ProcedureDefinition;
  parts: readonly MarkablePart[];
  form: Form;
  /** What waiting will do to the clock; `intake`: it has not begun. */
  clock: "restart" | "stop" | "none" | "intake";
  /** The working days in which a dossier that is not eligible goes back are not over. */
  returns: boolean;
  returnDays: number;
  reasons: readonly string[];
};

function groupsOf({ parts, form }: AskInput, { t }: Words): Checkboxes[] {
  const chosen = [form.values["mark"]].flat().filter((one): one is string => typeof one === "string");
  const titles = [...new Set(parts.map(({ pageTitle }) => pageTitle?.vi ?? t("desk.moves.ask.papers")))];
  return titles.map((title, i): Checkboxes => {
    const items = parts
      .filter(({ pageTitle }) => (pageTitle?.vi ?? t("desk.moves.ask.papers")) === title)
      .map((one): Choice => {
        const name = `note.${markValue(one)}`;
        const note = part("components/textarea", {
          name,
          label: t("desk.moves.ask.note"),
          value: shown(form, name),
          error: errorText(form.errors, name, t),
          rows: 2,
        });
        return { value: markValue(one), text: one.name.vi, reveals: [note] };
      });
    return {
      name: "mark",
      // The summary's line about nothing chosen leads to the first group.
      id: i === 0 ? "mark" : `mark-group-${i + 1}`,
      label: title,
      labelSize: "s",
      small: true,
      values: chosen,
      error: i === 0 ? errorText(form.errors, "mark", t) : null,
      items,
    };
  });
}

/** The page of the one complete notice: every part of the dossier can be marked, each mark says what is wanted. */
export function askPage(input: AskInput, words: Words): AskPage {
  const { dossier, definition, form, clock, returns, returnDays, reasons } = input;
  const { t } = words;
  const count = dossier.supplements.length;
  const title = t("desk.moves.ask.title");
  return {
    title: dossier.code ? `${title}: ${dossier.code}` : title,
    hasErrors: Object.keys(form.errors).length > 0,
    back: { href: paths.dossier(dossier.id), text: t("desk.moves.ask.back") },
    heading: {
      title,
      caption: `${dossier.code ?? t("desk.show.untitled")} · ${definition.name.vi}`,
      lead: t("desk.moves.ask.lead"),
    },
    errors: errorSummary(form.errors, t),
    warnings: [
      ...(count > 0 ? [t("desk.moves.ask.repeated", { count })] : []),
      ...(clock !== "intake" && !returns ? [t("desk.moves.ask.late", { days: returnDays })] : []),
    ],
    clock: t(`desk.moves.ask.policy.${clock}`),
    action: paths.ask(dossier.id),
    version: Number(form.values["version"] ?? dossier.version),
    groups: groupsOf(input, words),
    kind: returns
      ? {
          name: "asReturn",
          label: t("desk.life.send.label"),
          labelSize: "s",
          small: true,
          value: shown(form, "asReturn") || "ask",
          items: [
            { value: "ask", text: t("desk.life.send.ask") },
            {
              value: "return",
              text: t("desk.life.send.back"),
              hint: t("desk.life.send.backHint", { days: returnDays }),
            },
          ],
        }
      : null,
    preset:
      reasons.length > 0
        ? {
            name: "preset",
            label: t("desk.life.preset"),
            labelSize: "s",
            placeholder: t("desk.life.presetNone"),
            value: shown(form, "preset"),
            items: reasons.map((text) => ({ value: text, text })),
          }
        : null,
    reason: {
      name: "reason",
      label: t("desk.moves.ask.reason"),
      labelSize: "s",
      hint: t("desk.moves.ask.reasonHint"),
      value: shown(form, "reason"),
      error: errorText(form.errors, "reason", t),
      rows: 3,
      maxLength: 4000,
    },
    answerBy: {
      name: "answerBy",
      label: t("desk.moves.ask.answerBy"),
      labelSize: "s",
      hint: t("desk.moves.ask.answerByHint"),
      required: false,
      error: errorText(form.errors, "answerBy", t),
      value: {
        day: shown(form, "answerBy.day"),
        month: shown(form, "answerBy.month"),
        year: shown(form, "answerBy.year"),
      },
    },
    confirm:
      count > 0
        ? {
            name: "confirm",
            label: t("desk.moves.ask.confirmLabel"),
            hideLabel: true,
            values: form.values["confirm"] === "yes" ? ["yes"] : [],
            error: errorText(form.errors, "confirm", t),
            items: [{ value: "yes", text: t("desk.moves.ask.confirm") }],
          }
        : null,
    send: { text: t("desk.moves.ask.send") },
    cancel: { text: t("desk.moves.ask.cancel"), href: paths.dossier(dossier.id) },
  };
}

type Request = FullDossier["supplements"][number];

const linesOf = (definition: ProcedureDefinition, answers: unknown, context: FieldContext): Map<string, string[]> =>
  new Map(
    displayAnswers(definition, (answers ?? {}) as Answers, context).flatMap(({ rows }) =>
      rows.map(({ fieldId, lines }) => [fieldId, lines] as const),
    ),
  );

type Compared = { dossier: FullDossier; definition: ProcedureDefinition; context: FieldContext };

/** Old beside new for each part that an answered request named, and for what its answers changed with it. */
function difference(request: Request, { dossier, definition, context }: Compared, { t }: Words) {
  const revision = (number: number) => dossier.answers.find((one) => one.number === number)?.answers;
  const before = linesOf(definition, revision((request.revision ?? 1) - 1), context);
  const after = linesOf(definition, revision(request.revision ?? 1), context);
  const marks = marksOf(request.marks);
  const marked = new Set(marks.map(({ id }) => id));
  const files = (id: string, isNew: boolean) =>
    dossier.attachments.filter(
      (file) =>
        file.requirementId === id &&
        (isNew
          ? file.supplementId === request.id
          : file.supersededAt !== null && file.supersededAt.getTime() === request.answeredAt?.getTime()),
    );
  const fileParts = (id: string, isNew: boolean) =>
    files(id, isNew).map((file) =>
      part("desk/_file", {
        name: file.name,
        size: formatSize(file.size),
        scan: scanTag(file.scanState, t),
        href: paths.file(dossier.id, file.id),
        save: paths.saveFile(dossier.id, file.id),
      }),
    );
  const isPaper = (id: string): boolean =>
    marks.some((one) => one.id === id && one.kind === "paper") || files(id, true).length > 0;
  const changedWith = [...new Set([...before.keys(), ...after.keys()])].filter(
    (id) => !marked.has(id) && (before.get(id) ?? []).join("\n") !== (after.get(id) ?? []).join("\n"),
  );
  const row = (id: string, note: string | null) => {
    const name = nameOfPart(definition, id, t);
    const asked = { text: name, note: note === null ? null : t("desk.moves.history.note", { note }) };
    if (isPaper(id)) {
      const news = fileParts(id, true);
      return {
        cells: [
          asked,
          { text: files(id, false).length > 0 ? "" : t("desk.moves.history.noFile"), parts: fileParts(id, false) },
          { text: news.length > 0 ? "" : t("desk.moves.history.onPaper"), parts: news },
        ],
      };
    }
    const [old, now] = [(before.get(id) ?? []).join("; "), (after.get(id) ?? []).join("; ")];
    return {
      cells: [
        asked,
        { text: old || t("fields.notAnswered") },
        { text: now || t("fields.notAnswered"), note: old === now ? t("desk.moves.history.unchanged") : null },
      ],
    };
  };
  return part("components/table", {
    caption: `${t("desk.moves.history.difference")}, ${t("desk.moves.history.one", { number: request.number }).toLowerCase()}`,
    head: (["part", "before", "after"] as const).map((key) => ({ text: t(`desk.moves.history.${key}`) })),
    rows: [...marks.map(({ id, note }) => row(id, note)), ...changedWith.map((id) => row(id, null))],
  });
}

/** Every request to complete the dossier, the latest first: what was asked, and old beside new where it was answered. */
export function supplementsSection(
  compared: Compared,
  names: ReadonlyMap<string, string>,
  words: Words,
): Section | null {
  const { dossier, definition } = compared;
  const { t } = words;
  if (dossier.supplements.length === 0) return null;
  const parts = dossier.supplements.toReversed().flatMap((request) => {
    const state = request.answeredAt ? "answered" : isFinished(dossier.status) ? "ended" : "waiting";
    const reason = dossier.notes.find(({ id }) => id === request.reasonNoteId)?.text ?? "";
    const rows: SummaryRow[] = [
      {
        key: t("desk.moves.history.asked"),
        value: [formatDateTime(request.requestedAt), names.get(request.requestedById) ?? ""].filter(Boolean),
        tag: {
          text: t(`desk.moves.history.${state}`),
          tone: state === "waiting" ? "waiting" : state === "answered" ? "done" : "neutral",
        },
      },
      { key: t("desk.moves.history.reason"), value: reason.split("\n") },
      ...(request.answerBy ? [{ key: t("desk.moves.history.until"), value: formatPartialDate(request.answerBy) }] : []),
      ...(request.answeredAt
        ? [{ key: t("desk.moves.history.answeredAt"), value: formatDateTime(request.answeredAt) }]
        : marksOf(request.marks).map(({ id, note }) => ({ key: nameOfPart(definition, id, t), value: note }))),
    ];
    const number = t("desk.moves.history.one", { number: request.number });
    const title = request.repeated ? `${number} · ${t("desk.moves.history.repeated")}` : number;
    return [
      part("components/summary-list", { title, rows }),
      ...(request.answeredAt ? [difference(request, compared, words)] : []),
    ];
  });
  return { id: "bo-sung", title: t("desk.moves.history.title"), parts };
}
