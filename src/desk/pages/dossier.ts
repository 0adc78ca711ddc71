import { describeDueDate, isDueExplanation } from "#calendar/rules.ts";
import { type FullDossier, statusTag } from "#dossiers/index.ts";
import type {
  Details,
  ErrorSummary,
  InsetText,
  LinkButton,
  PageHeading,
  Part,
  SummaryList,
  Timeline,
} from "#platform/components.ts";
import { formatDate, formatDateTime } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import type { FieldContext } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import type { Present } from "../actions/presence.ts";
import { paths } from "../paths.ts";
import type { Act, ActInput } from "./act.ts";
import { actsOf } from "./acts.ts";
import { mayAsk, movesLinks } from "./moves.ts";
import { presenceText } from "./presence.ts";
import { deliverySection, draftsSection, obligationsSection, slipsSection } from "./records.ts";
import { restrictLink } from "./restricting.ts";
import {
  answersSection,
  feesSection,
  issuedSection,
  notesSection,
  papersSection,
  peopleSection,
  resultsSection,
  type Section,
} from "./sections.ts";
import { supplementsSection } from "./supplement.ts";
import { timelineOf } from "./timeline.ts";
import { dossierDue, dueWords, type Words } from "./words.ts";

export type DossierShow = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  lost: InsetText | null;
  /** Who else has it open, and where this page says that it is open. */
  presence: { action: string; text: string };
  due: { label: string; text: string; note: string | null; isLate: boolean };
  why: Details | null;
  /** That few may see it. */
  restricted: InsetText | null;
  summary: SummaryList;
  actsTitle: string;
  acts: readonly Act[];
  nothing: string | null;
  /** Moves that have a page of their own. */
  links: readonly LinkButton[];
  sections: readonly Section[];
  historyTitle: string;
  history: Timeline;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/dossier": DossierShow;
    "desk/_act": Act;
  }
}

export type DossierInput = ActInput & {
  present: readonly Present[];
  context: FieldContext;
  answers: readonly { pageId: string; title: string; rows: readonly { label: string; lines: readonly string[] }[] }[];
};

const whyOf = ({ dueExplanation }: FullDossier, { t }: Words): Details | null =>
  isDueExplanation(dueExplanation)
    ? { summary: t("desk.show.dueWhy"), text: describeDueDate(dueExplanation).map(({ key, params }) => t(key, params)) }
    : null;

function summaryOf(input: DossierInput, words: Words): SummaryList {
  const { dossier, version } = input;
  const { t } = words;
  const chosen = version.definition.cases.find(({ id }) => id === dossier.caseId);
  const open = dossier.stepRuns.filter(({ closedAt }) => closedAt === null);
  const steps = open.map((run): Part => {
    const step = findStep(version.definition.workflow, run.stepId);
    const due = run.dueAt && !run.pausedAt ? dueWords(run.dueAt, words) : null;
    const role = t(`workflow.roles.${run.role as "desk"}`);
    const until =
      run.dueAt && due ? ` ${t("desk.show.stepUntil", { at: formatDateTime(run.dueAt) })} (${due.text}).` : "";
    return {
      view: "desk/_step",
      it: {
        name: step?.name.vi ?? run.stepId,
        by: t("desk.show.stepBy", {
          agency: run.agency.name,
          role,
          who: run.assignee?.displayName ?? t("desk.work.nobody"),
        }),
        until: until.trim(),
        isLate: due?.isLate ?? false,
      },
    };
  });
  const row = (key: string, value: string) => ({ key, value });
  return {
    rows: [
      ...(steps.length > 0 ? [{ key: t("desk.show.steps"), value: "", parts: steps }] : []),
      row(t("desk.show.agency"), dossier.receivingAgency.name),
      ...(chosen ? [row(t("desk.show.case"), chosen.name.vi)] : []),
      row(t("desk.show.channel"), t(`dossiers.channel.${dossier.channel}`)),
      row(t("desk.show.return"), t(`dossiers.returnMethod.${dossier.returnMethod}`)),
      row(t("desk.show.submittedAt"), formatDateTime(dossier.submittedAt)),
      ...(dossier.acceptedAt ? [row(t("desk.show.acceptedAt"), formatDateTime(dossier.acceptedAt))] : []),
      ...(dossier.extension
        ? [
            row(
              t("desk.moves.extend.summary"),
              t("desk.moves.extend.dates", {
                from: formatDate(dossier.extension.oldDueAt),
                to: formatDate(dossier.extension.newDueAt),
              }),
            ),
          ]
        : []),
    ],
  };
}

/** What was typed and could not be done, when the form for it is no longer on the page: nobody types a page twice. */
function lostOf({ form, problem }: DossierInput, acts: readonly Act[], { t }: Words): InsetText | null {
  const typed = ["note", "ground", "reason", "what", "papers", "remark", "receivedBy", "title", "number"]
    .map((name) => form.values[name])
    .filter((text) => typeof text === "string" && text.trim() !== "");
  const isShownAgain = acts.some(({ id }) => id === form.act);
  return problem && typed.length > 0 && !isShownAgain
    ? { text: [t("desk.act.lost"), ...(typed as string[])], tone: "warning" }
    : null;
}

function errorsOf({ form, problem }: DossierInput, { t }: Words): ErrorSummary | null {
  const lines = Object.entries(form.errors).map(([name, { key, params }]) => ({
    text: t(key, params),
    href: `#${form.act}-${name}`,
  }));
  if (problem)
    return {
      title: t("desk.act.changedTitle"),
      errors: [{ text: t(problem.reason, problem.params), href: problem.href ?? "#viec" }, ...lines],
    };
  return lines.length > 0 ? { errors: lines } : null;
}

/** A dossier as an officer works on it: what it is, what may be done now, what was done before. */
export function dossierPage(input: DossierInput, words: Words): DossierShow {
  const { dossier, version } = input;
  const { t } = words;
  const { acts, nothing } = actsOf(input, words);
  const errors = errorsOf(input, words);
  const name = version.definition.name.vi;
  return {
    title: dossier.code ? `${dossier.code}: ${name}` : name,
    hasErrors: errors !== null,
    width: "wide",
    back: { href: paths.worklist, text: t("desk.show.back") },
    heading: {
      title: dossier.code ?? t("desk.show.untitled"),
      caption: `${version.code} · ${name}`,
      tag: statusTag(dossier.status, t),
    },
    errors,
    lost: lostOf(input, acts, words),
    presence: { action: paths.stay(dossier.id), text: presenceText(input.present, t) },
    due: { label: t("desk.show.dueAt"), ...dossierDue(dossier, words) },
    why: whyOf(dossier, words),
    restricted: dossier.restricted ? { text: t("desk.restricting.shown"), tone: "warning" } : null,
    summary: summaryOf(input, words),
    actsTitle: t("desk.act.title"),
    acts,
    nothing: acts.length === 0 && !mayAsk(input) ? (nothing ?? t("desk.act.nothing")) : nothing,
    links: [...movesLinks(input, words), ...restrictLink(input, words)],
    sections: [
      supplementsSection({ ...input, definition: version.definition }, input.names, words),
      issuedSection(dossier, input.officer, words),
      peopleSection(dossier, input.officer, words),
      answersSection(input.answers, words),
      papersSection(dossier, version.definition, words),
      feesSection(dossier, words),
      resultsSection(dossier, words),
      draftsSection(dossier, words),
      obligationsSection(dossier, words),
      slipsSection(dossier, input, words),
      deliverySection(dossier, words),
      notesSection(dossier, input.names, words),
    ].filter((section) => section !== null),
    historyTitle: t("desk.show.history"),
    history: timelineOf(input, words),
  };
}
