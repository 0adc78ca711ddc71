import { marksOf } from "#dossiers/index.ts";
import { isWaiting, mayLeave } from "#dossiers/rules.ts";
import {
  type Button,
  type ErrorSummary,
  errorSummary,
  errorText,
  type InsetText,
  type Link,
  type LinkButton,
  type PageHeading,
  type Textarea,
} from "#platform/components.ts";
import { emptyForm, type Form, shown } from "#platform/form.ts";
import { formatDate, formatDateTime, formatMoney, formatPartialDate } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Seen } from "./dossier.ts";
import { openDraft } from "./standing.ts";
import { partName, whyAsked } from "./supplement.ts";

/** What the citizen may do with a dossier, and what was done to its due date. */
export type DossierMoves = {
  ask: { title: string; why: InsetText; parts: readonly { name: string; note: string }[]; button: LinkButton } | null;
  extended: InsetText | null;
  /** Why it is late, as a leader recorded it. */
  late: InsetText | null;
  owed: { title: string; texts: readonly string[] } | null;
  draft: {
    title: string;
    texts: readonly string[];
    file: Link;
    action: string;
    version: number;
    agree: Button;
    objection: Textarea;
    object: Button;
  } | null;
};
export type WithdrawPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  texts: readonly string[];
  action: string;
  version: number;
  reason: Textarea;
  confirm: Button;
  cancel: Link;
};
declare module "#platform/render.ts" {
  interface Views {
    "filing/_moves": DossierMoves;
    "filing/withdraw": WithdrawPage;
  }
}

function askOf(seen: Seen): DossierMoves["ask"] {
  const { dossier, t } = seen;
  const request = dossier.supplements.find(({ answeredAt }) => answeredAt === null);
  if (!request || !isWaiting(dossier.status)) return null;
  return {
    title: t("filing.moves.ask.title"),
    why: { text: whyAsked(seen, request), tone: "warning" },
    parts: marksOf(request.marks).map(({ id, note }) => ({ name: partName(seen, id), note })),
    button: { text: t("filing.moves.ask.button"), href: paths.supplement(dossier.reference) },
  };
}

function extendedOf({ dossier, t }: Seen): InsetText | null {
  const { extension } = dossier;
  if (!extension) return null;
  const reason = dossier.notes.find(({ id }) => id === extension.reasonNoteId)?.text ?? "";
  return {
    text: [
      t("filing.moves.extended.title"),
      t("filing.moves.extended.dates", { from: formatDate(extension.oldDueAt), to: formatDate(extension.newDueAt) }),
      ...(reason ? [t("filing.moves.extended.reason", { reason })] : []),
    ],
    tone: "info",
  };
}

function lateOf({ dossier, t }: Seen): InsetText | null {
  const note = dossier.notes.findLast(({ kind }) => kind === "lateness");
  if (!note || !dossier.dueAt) return null;
  return {
    text: [
      t("filing.moves.late.title", { due: formatDate(dossier.dueAt) }),
      t("filing.moves.extended.reason", { reason: note.text }),
    ],
    tone: "info",
  };
}

/** What is to be paid before settling goes on. */
function owedOf({ dossier, t }: Seen): DossierMoves["owed"] {
  const open = dossier.obligations.find(({ metAt }) => metAt === null);
  if (!open || dossier.status !== "awaiting_obligation") return null;
  const what = dossier.notes.find(({ id }) => id === open.noteId)?.text ?? "";
  return {
    title: t("filing.moves.owed.title"),
    texts: [
      ...what.split("\n"),
      open.amount === null ? "" : t("filing.moves.owed.amount", { amount: formatMoney(open.amount) }),
      open.payBy ? t("filing.moves.owed.by", { day: formatPartialDate(open.payBy) }) : "",
      t("filing.moves.owed.keep"),
    ].filter(Boolean),
  };
}

/** A draft result that the citizen is asked to look at. */
function draftOf({ dossier, t }: Seen, form: Form): DossierMoves["draft"] {
  const open = openDraft(dossier);
  const draft = dossier.results.find(({ id }) => id === open?.resultId);
  if (!open || !draft) return null;
  return {
    title: t("filing.moves.draft.title"),
    texts: [t("filing.moves.draft.text", { until: formatDateTime(open.answerUntil) })],
    file: { text: t("filing.moves.draft.file"), href: paths.dossierFile(dossier.reference, draft.id) },
    action: paths.answerDraft(dossier.reference),
    version: dossier.version,
    agree: { text: t("filing.moves.draft.agree"), name: "answer", value: "agree" },
    objection: {
      name: "objection",
      label: t("filing.moves.draft.objection"),
      hint: t("filing.moves.draft.objectionHint"),
      error: errorText(form.errors, "objection", t),
      value: shown(form, "objection"),
      rows: 3,
    },
    object: { text: t("filing.moves.draft.object"), kind: "secondary", name: "answer", value: "object" },
  };
}

export const movesOf = (seen: Seen, form: Form = emptyForm): DossierMoves => ({
  ask: seen.dossier.mayAct ? askOf(seen) : null,
  extended: extendedOf(seen),
  late: lateOf(seen),
  owed: owedOf(seen),
  draft: seen.dossier.mayAct ? draftOf(seen, form) : null,
});

/** Where the citizen may take the dossier back; null when it is closed. */
export const withdrawLink = ({ dossier, t }: Seen): Link | null =>
  mayLeave("withdraw", dossier.status) && dossier.mayAct
    ? { text: t("filing.moves.withdraw.link"), href: paths.withdraw(dossier.reference) }
    : null;

/** The due date as the citizen reads it: while the clock stands, since when and what it was before. */
export function dueLines({ dossier, t }: Seen): string | readonly string[] {
  if (!dossier.dueAt) return t("filing.dossier.notAccepted");
  if (!dossier.pausedAt) return formatDateTime(dossier.dueAt);
  return [
    t("filing.moves.paused", { at: formatDateTime(dossier.pausedAt) }),
    t("filing.moves.pausedLast", { due: formatDateTime(dossier.dueAt) }),
  ];
}

export function withdrawPage({ dossier, loaded, t, language }: Seen, form: Form): WithdrawPage {
  const title = t("filing.moves.withdraw.title");
  return {
    title: `${title} – ${pick(loaded.definition.name, language)}`,
    hasErrors: Object.keys(form.errors).length > 0,
    back: { href: paths.dossier(dossier.reference), text: t("filing.draft.back") },
    heading: { title, caption: pick(loaded.definition.name, language) },
    errors: errorSummary(form.errors, t),
    texts: [t("filing.moves.withdraw.text"), t("filing.moves.withdraw.fees")],
    action: paths.withdraw(dossier.reference),
    version: dossier.version,
    reason: {
      name: "reason",
      label: t("filing.moves.withdraw.reason"),
      hint: t("filing.moves.withdraw.reasonHint"),
      error: errorText(form.errors, "reason", t),
      value: shown(form, "reason"),
      rows: 3,
    },
    confirm: { text: t("filing.moves.withdraw.confirm"), kind: "warning" },
    cancel: { text: t("filing.moves.withdraw.cancel"), href: paths.dossier(dossier.reference) },
  };
}
