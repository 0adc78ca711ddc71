import type { Filer } from "#companies/rules.ts";
import type {
  CardGrid,
  Details,
  ErrorSummary,
  InsetText,
  Link,
  LinkButton,
  PageHeading,
  Radios,
  Select,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import { MAX_FILE_MEGABYTES } from "#platform/received.ts";
import type { Page } from "#platform/render.ts";
import { type LoadedVersion, type ProcedureDefinition, pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Closed, DraftLine, Receiver } from "../queries.ts";
import { NO_COMPANY } from "../rules.ts";

export type StartPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  drafts: { text: InsetText; cards: CardGrid; all: Link } | null;
  formTitle: string | null;
  papers: readonly string[];
  papersAdvice: string;
  action: string;
  agency: Select | null;
  onlyAgency: string | null;
  /** Another desk, where any desk of the province takes it in. */
  receiving: Select | null;
  cases: Radios | null;
  /** One of the citizen's companies, where it may be filed for one. */
  company: Radios | null;
  /** For those who file many at once. */
  many: Link;
};
export type ClosedPage = Page & {
  heading: PageHeading;
  text: string;
  reason: Details | null;
  go: LinkButton | null;
  procedure: LinkButton;
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/start": StartPage;
    "filing/closed": ClosedPage;
  }
}

type Speech = { t: Translate; language: Language };

function paperLines(definition: ProcedureDefinition, { t, language }: Speech): string[] {
  return definition.requirements
    .filter(({ originals, copies }) => originals + copies > 0)
    .map((requirement) => {
      const paper = pick(requirement.name, language);
      if (requirement.mayFollowLater) return t("filing.start.later", { paper });
      if (requirement.when || requirement.cases?.length) return t("filing.start.conditional", { paper });
      return requirement.required ? paper : t("filing.start.optional", { paper });
    });
}

/** Where a matter goes and in which case: asked of one dossier, and of many at once. */
export function whereControls(
  { definition }: LoadedVersion,
  agencies: readonly Receiver[],
  form: Form,
  { t, language }: Speech,
): Pick<StartPage, "onlyAgency" | "agency" | "receiving" | "cases"> {
  const [only] = agencies;
  const isOne = agencies.length === 1;
  return {
    onlyAgency: isOne ? (only?.name ?? null) : null,
    agency: isOne
      ? null
      : {
          name: "agency",
          label: t("filing.start.agency"),
          labelSize: "m",
          hint: t("filing.start.agencyHint"),
          error: errorText(form.errors, "agency", t),
          value: shown(form, "agency"),
          items: agencies.map(({ id, name }) => ({ value: id, text: name })),
          placeholder: t("filing.start.agencyPlaceholder"),
        },
    receiving:
      isOne || !definition.receivedAnywhere
        ? null
        : {
            name: "receiving",
            label: t("filing.start.elsewhere"),
            labelSize: "m",
            required: false,
            hint: t("filing.start.elsewhereHint"),
            error: errorText(form.errors, "receiving", t),
            value: shown(form, "receiving"),
            items: agencies.map(({ id, name }) => ({ value: id, text: name })),
            placeholder: t("filing.start.elsewhereNone"),
          },
    cases:
      definition.cases.length === 0
        ? null
        : {
            name: "case",
            label: t("filing.start.case"),
            labelSize: "m",
            error: errorText(form.errors, "case", t),
            value: shown(form, "case"),
            items: definition.cases.map(({ id, name }) => ({ value: id, text: pick(name, language) })),
          },
  };
}

/** For which of their companies somebody files; nobody is asked who has none. */
export const companyChoice = (filers: readonly Filer[], form: Form, t: Translate, noneHint: string): Radios | null =>
  filers.length === 0
    ? null
    : {
        name: "company",
        label: t("filing.start.company"),
        labelSize: "m",
        error: errorText(form.errors, "company", t),
        value: shown(form, "company"),
        items: [
          ...filers.map(({ id, name, taxCode, isConfirmed }) => ({
            value: id,
            text: name,
            hint: [taxCode, isConfirmed ? "" : t("companies.state.unconfirmed").toLowerCase()]
              .filter(Boolean)
              .join(", "),
          })),
          { value: NO_COMPANY, text: t("filing.start.companyNone"), hint: noneHint },
        ],
      };

export function startPage(
  version: LoadedVersion,
  {
    receivers,
    drafts,
    filers,
  }: { receivers: readonly Receiver[]; drafts: readonly DraftLine[]; filers: readonly Filer[] },
  form: Form,
  speech: Speech,
  query: string,
): StartPage {
  const { t, language } = speech;
  const { definition, code } = version;
  const hasErrors = Object.keys(form.errors).length > 0;
  const papers = paperLines(definition, speech);
  return {
    title: `${t("filing.start.title")}: ${pick(definition.name, language)}`,
    hasErrors,
    back: { href: paths.procedure(code) },
    heading: { title: t("filing.start.title"), caption: pick(definition.name, language), lead: t("filing.start.lead") },
    errors: errorSummary(form.errors, t),
    drafts:
      drafts.length === 0
        ? null
        : {
            text: { text: [t("filing.start.drafts"), t("filing.start.draftsText")], tone: "info" },
            all: { text: t("filing.start.draftsAll"), href: paths.dossiers },
            cards: {
              columns: 2,
              headingLevel: 2,
              items: drafts.map((draft) => ({
                title: t("filing.start.continue", { at: formatDateTime(draft.updatedAt) }),
                href: paths.draft(draft.id),
                text: [draft.agencyName, draft.companyName].filter(Boolean).join(" – "),
                tag: { text: t("filing.dossiers.notFiled"), tone: "neutral" },
              })),
            },
          },
    formTitle: drafts.length > 0 ? t("filing.start.new") : null,
    papers,
    papersAdvice:
      papers.length === 0
        ? t("filing.start.needsNothing")
        : t("filing.start.advice", { limit: t("platform.upload.limit", { megabytes: MAX_FILE_MEGABYTES }) }),
    action: `${paths.start(code)}${query}`,
    many: { text: t("filing.many.link"), href: `${paths.many(code)}${query}` },
    ...whereControls(version, receivers, form, speech),
    company: companyChoice(filers, form, t, t("filing.start.companyNoneHint")),
  };
}

export function closedPage(
  name: string,
  code: string,
  closed: Closed,
  reason: string | null,
  { t }: Speech,
): ClosedPage {
  return {
    title: t("filing.closed.title"),
    back: { href: paths.procedure(code) },
    heading: { title: t("filing.closed.title"), caption: name },
    text: t(`filing.closed.${closed.why}`),
    reason: reason ? { summary: t("filing.dossier.reason"), text: reason, open: true } : null,
    go: closed.externalUrl ? { text: t("filing.closed.go"), href: closed.externalUrl } : null,
    procedure: { text: t("filing.closed.toProcedure"), href: paths.procedure(code), kind: "secondary" },
  };
}
