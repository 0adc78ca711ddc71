import { type Calendar, computeDueDate, describeDueDate } from "#calendar/index.ts";
import type {
  Button,
  Checkboxes,
  Details,
  ErrorSummary,
  NotificationBanner,
  PageHeading,
  ProgressSteps,
  RowAction,
  SummaryList,
  SummaryRow,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatDateTime, formatMoney } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import {
  type Answers,
  allFields,
  displayAnswers,
  type Fee,
  type FieldContext,
  feeQuantities,
  feesFor,
  type ProcedureDefinition,
  pick,
  timeLimitFor,
} from "#procedures/index.ts";
import { paths } from "../paths.ts";
import {
  applicantForm,
  currentWording,
  helperForm,
  helperOf,
  needsDeclaration,
  PAGES,
  PURPOSES,
  type Purpose,
  pageBefore,
  papersOf,
  slugOf,
  withMethod,
  wizardPages,
} from "../rules.ts";
import { type Opened, progressSteps, renewalBanner } from "./wizard.ts";

export type CheckPage = Page & {
  heading: PageHeading;
  steps: ProgressSteps;
  banner: NotificationBanner | null;
  errors: ErrorSummary | null;
  sections: readonly SummaryList[];
  term: { title: string; limit: string; text: string | null; why: Details | null };
  action: string;
  version: number;
  /** Absent where the form itself has a declaration. */
  declare: Checkboxes | null;
  /** What is told of personal data, and what is asked beyond it: nothing of it must be ticked. */
  data: { title: string; told: string };
  consents: Checkboxes;
  submit: Button;
  later: { text: string; href: string };
};
declare module "#platform/render.ts" {
  interface Views {
    "filing/check": CheckPage;
  }
}

const change = (opened: Opened, slug: string, about: string, fieldId?: string): RowAction => ({
  text: opened.t("filing.check.change"),
  href: `${paths.draftPage(opened.draft.id, slug, true)}${fieldId ? `#${fieldId}` : ""}`,
  about: about.toLowerCase(),
});

/** A declaration is read as what was declared, not as a question that was answered "yes". */
export function answerRows(
  rows: ReturnType<typeof displayAnswers>[number]["rows"],
  definition: Pick<ProcedureDefinition, "form">,
  answers: Answers,
  t: Translate,
): { fieldId: string; key: string; value: readonly string[] }[] {
  const declared = new Set(
    allFields(definition)
      .filter(({ type }) => type === "declaration")
      .map(({ id }) => id),
  );
  return rows
    .filter(({ fieldId }) => !declared.has(fieldId) || answers[fieldId] === true)
    .map(({ fieldId, label, lines }) =>
      declared.has(fieldId)
        ? { fieldId, key: t("filing.check.declaration"), value: [label] }
        : { fieldId, key: label, value: lines },
    );
}

function answerSections(opened: Opened, context: FieldContext): SummaryList[] {
  const { draft, loaded, t } = opened;
  const sectionsOf = (
    form: Pick<ProcedureDefinition, "form">,
    answers: Answers,
    slug: (pageId: string) => string,
  ): SummaryList[] =>
    displayAnswers(form, answers, context).map(({ pageId, title, rows }) => ({
      title,
      rows: answerRows(rows, form, answers, t).map(({ fieldId, key, value }) => ({
        key,
        value,
        actions: [change(opened, slug(pageId), key, fieldId)],
      })),
    }));
  return [
    ...sectionsOf(
      applicantForm(loaded.definition),
      withMethod(draft.content.applicant, draft.returnMethod),
      (id) => PAGES[id as "applicant"],
    ),
    helperSection(opened, context),
    ...sectionsOf(loaded.definition, draft.content.form, slugOf),
  ];
}

/** Who helped: one line while nobody did. */
function helperSection(opened: Opened, context: FieldContext): SummaryList {
  const { draft, t } = opened;
  const title = t("filing.helper.title");
  const actions = [change(opened, PAGES.helper, title)];
  if (!helperOf(draft.content.helper))
    return { title, rows: [{ key: title, value: t("filing.helper.nobody"), actions }] };
  const [shown] = displayAnswers(helperForm, draft.content.helper, context);
  const [, ...rows] = shown?.rows ?? [];
  return { title, rows: rows.map(({ label, lines }) => ({ key: label, value: lines, actions })) };
}

function paperSection(opened: Opened): SummaryList[] {
  const { draft, loaded, t, language } = opened;
  const { uploads } = papersOf(loaded.definition, draft.caseId, draft.content);
  if (uploads.length === 0) return [];
  const rows = uploads.map((paper): SummaryRow => {
    const names = draft.files.filter(({ requirementId }) => requirementId === paper.id).map(({ name }) => name);
    const name = pick(paper.name, language);
    return {
      key: name,
      value: names.length > 0 ? names : [t("filing.check.noFiles")],
      actions: [change(opened, PAGES.papers, name)],
    };
  });
  return [{ title: t("filing.check.papers"), rows }];
}

/** What one fee comes to; null where nobody can say yet: no amount is known, or how many units are counted at the desk. */
const dueOf = (fee: Fee, quantity: number | undefined): number | null =>
  fee.amount === null || (fee.per && quantity === undefined && fee.amount > 0) ? null : fee.amount * (quantity ?? 1);

const feeText = (fee: Fee, quantity: number | undefined, { t, language }: Opened): string => {
  if (fee.amount === null) return t("filing.check.unknownAmount");
  const amount = formatMoney(fee.amount);
  if (!fee.per) return amount;
  const each = t("filing.check.perUnit", { amount, unit: pick(fee.per, language) });
  return quantity === undefined
    ? each
    : t("filing.check.counted", {
        due: formatMoney(fee.amount * quantity),
        quantity,
        unit: pick(fee.per, language),
        each,
      });
};

function feeSection(opened: Opened): SummaryList {
  const { draft, loaded, t, language } = opened;
  const fees = feesFor(loaded.definition, { caseId: draft.caseId, channel: "online", answers: draft.content.form });
  const counted = feeQuantities(fees, draft.content.form);
  const quantityOf = (fee: Fee): number | undefined => (fee.countedBy ? counted[fee.id] : undefined);
  const rows: SummaryRow[] = fees.map((fee) => ({
    key: pick(fee.name, language),
    value: [feeText(fee, quantityOf(fee), opened), ...(fee.note ? [pick(fee.note, language)] : [])],
  }));
  const due = fees.map((fee) => dueOf(fee, quantityOf(fee)));
  const isKnown = due.every((one) => one !== null);
  const total = due.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (fees.length > 1 || !isKnown)
    rows.push({ key: t("filing.check.total"), value: isKnown ? formatMoney(total) : t("filing.check.totalUnknown") });
  return {
    title: t("filing.check.fees"),
    rows: rows.length > 0 ? rows : [{ key: t("filing.check.fees"), value: t("filing.check.noFees") }],
  };
}

function aboutSection(opened: Opened): SummaryList {
  const { draft, loaded, t, language } = opened;
  const { definition } = loaded;
  const chosen = definition.cases.find(({ id }) => id === draft.caseId);
  return {
    title: t("filing.check.about"),
    rows: [
      { key: t("filing.check.procedure"), value: pick(definition.name, language) },
      { key: t("filing.check.agency"), value: draft.receiving?.name ?? draft.agencyName },
      ...(draft.receiving ? [{ key: t("filing.check.competent"), value: draft.agencyName }] : []),
      ...(chosen ? [{ key: t("filing.check.case"), value: pick(chosen.name, language) }] : []),
    ],
  };
}

/** The only way there is for the result; where there is a choice, it stands with the applicant's answers. */
function resultSection({ loaded, t }: Opened): SummaryList[] {
  const [only, ...others] = loaded.definition.returnMethods;
  if (!only || others.length > 0) return [];
  const title = t("filing.check.result");
  return [{ title, rows: [{ key: title, value: t(`filing.result.${only}`) }] }];
}

function termOf(opened: Opened, calendar: Calendar, now: Date): CheckPage["term"] {
  const { draft, loaded, t, language } = opened;
  const title = t("filing.check.term");
  const limit = timeLimitFor(loaded.definition, { caseId: draft.caseId, channel: "online" });
  if (!limit) return { title, limit: t("filing.check.termUnknown"), text: null, why: null };
  const { term } = limit;
  const { cutOff, makeUpDaysCount } = loaded.definition.counting;
  const { dueAt, explanation } = computeDueDate(now, term, calendar, { cutOff, makeUpDaysCount });
  const said = t(`filing.check.limits.${term.unit}`, term.unit === "same_day" ? {} : { amount: term.amount });
  return {
    title,
    limit: limit.note ? `${said}. ${pick(limit.note, language)}` : said,
    text: t("filing.check.termText", { due: formatDateTime(dueAt) }),
    why: {
      summary: t("filing.check.termWhy"),
      text: describeDueDate(explanation).map(({ key, params }) => t(key, params)),
    },
  };
}

export const around = (opened: Opened, title: string): Pick<CheckPage, "title" | "back" | "heading" | "steps"> => ({
  title: `${title} – ${pick(opened.loaded.definition.name, opened.language)}`,
  back: { href: paths.dossiers },
  heading: { title, caption: pick(opened.loaded.definition.name, opened.language) },
  steps: progressSteps(opened, "check"),
});

/** Everything that is about to be filed, with a way back to each answer. */
export function checkPage(
  opened: Opened,
  {
    calendar,
    now,
    context,
    errors,
    changed,
    agreed,
  }: {
    calendar: Calendar;
    now: Date;
    context: FieldContext;
    errors: FieldErrors;
    changed: boolean;
    /** Purposes that were ticked before something else was found wrong. */
    agreed: readonly Purpose[];
  },
): CheckPage {
  const { draft, t } = opened;
  const page = around(opened, t("filing.check.title"));
  const before = pageBefore(wizardPages(opened.loaded.definition, draft.caseId, draft.content), PAGES.check);
  return {
    ...page,
    back: { href: before ? paths.draftPage(draft.id, before) : paths.dossiers, text: t("filing.draft.back") },
    heading: { ...page.heading, lead: t("filing.check.lead") },
    hasErrors: Object.keys(errors).length > 0,
    banner: changed ? { kind: "warning", text: t("filing.check.changed") } : renewalBanner(opened),
    errors: errorSummary(errors, t),
    sections: [
      aboutSection(opened),
      ...answerSections(opened, context),
      ...paperSection(opened),
      ...resultSection(opened),
      feeSection(opened),
    ],
    term: termOf(opened, calendar, now),
    action: paths.draftPage(draft.id, PAGES.check),
    version: draft.version,
    declare: !needsDeclaration(opened.loaded.definition)
      ? null
      : {
          name: "declare",
          label: t("filing.check.declaration"),
          labelSize: "m",
          error: errorText(errors, "declare", t),
          items: [{ value: "yes", text: t("filing.check.declare") }],
        },
    data: { title: t("filing.consents.title"), told: t("filing.consents.told") },
    consents: {
      name: "consents",
      label: t("filing.consents.label"),
      hint: t("filing.consents.hint"),
      error: errorText(errors, "consents", t),
      values: agreed,
      items: PURPOSES.map((purpose) => ({ value: purpose, text: pick(currentWording(purpose), opened.language) })),
    },
    submit: { text: t("filing.check.submit") },
    later: { text: t("filing.draft.leave"), href: paths.dossiers },
  };
}
