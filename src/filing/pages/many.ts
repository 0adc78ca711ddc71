import { paths as accountPaths } from "#accounts/paths.ts";
import type { Filer } from "#companies/rules.ts";
import type {
  Button,
  ErrorSummary,
  FileUpload,
  InsetText,
  LinkButton,
  NotificationBanner,
  PageHeading,
  Radios,
  SummaryList,
  TaskList,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { type Answers, type LoadedVersion, pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { BatchLine } from "../queries/many.ts";
import type { Receiver } from "../queries.ts";
import { lackingOf, MOST_ROWS, MOST_SHEET_BYTES } from "../rules.ts";
import { paperNames } from "./many-table.ts";
import { companyChoice, type StartPage, whereControls } from "./start.ts";

type Speech = { t: Translate; language: Language };
const MEGABYTES = MOST_SHEET_BYTES / 1024 / 1024;

export type ManyStartPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  open: TaskList | null;
  openTitle: string;
  step1: string;
  template: string;
  downloads: readonly LinkButton[];
  rules: { title: string; items: readonly string[] };
  papers: InsetText | null;
  applicant: SummaryList;
  lacking: NotificationBanner | null;
  step2: string;
  action: string;
  company: Radios | null;
  where: Pick<StartPage, "onlyAgency" | "agency" | "receiving" | "cases">;
  method: Radios | null;
  file: FileUpload;
  read: Button;
};
declare module "#platform/render.ts" {
  interface Views {
    "filing/many-start": ManyStartPage;
  }
}

const textOf = (answer: unknown): string => (typeof answer === "string" ? answer : "");

/** Where the template is got and a table handed in. */
export function manyStartPage(
  loaded: LoadedVersion,
  receivers: readonly Receiver[],
  { own, open, filers }: { own: Answers; open: readonly BatchLine[]; filers: readonly Filer[] },
  form: Form,
  { t, language }: Speech,
  query: string,
): ManyStartPage {
  const { definition, code } = loaded;
  const limits = { max: MOST_ROWS, megabytes: MEGABYTES };
  const lacking = lackingOf(definition, own);
  const company = companyChoice(filers, form, t, t("filing.many.company.noneHint"));
  const needsPapers = definition.requirements.some(
    ({ originals, copies, required, mayFollowLater }) => originals + copies > 0 && required && !mayFollowLater,
  );
  return {
    title: `${t("filing.many.title")}: ${pick(definition.name, language)}`,
    hasErrors: Object.keys(form.errors).length > 0,
    back: { href: `${paths.start(code)}${query}` },
    heading: { title: t("filing.many.title"), caption: pick(definition.name, language), lead: t("filing.many.lead") },
    errors: errorSummary(form.errors, t),
    openTitle: t("filing.many.open"),
    open:
      open.length === 0
        ? null
        : {
            items: open.map(({ id, fileName, rows, createdAt, act }) => ({
              title: t("filing.many.openLine", { name: fileName, rows, at: formatDateTime(createdAt) }),
              href: paths.batch(id),
              status: act
                ? { text: t("filing.many.openStarted"), tone: "progress" }
                : { text: t("filing.many.openHint"), tone: "neutral" },
            })),
          },
    step1: t("filing.many.step1"),
    template: t("filing.many.template"),
    downloads: (["xlsx", "csv"] as const).map((kind) => ({
      text: t(`filing.many.${kind}`),
      href: paths.manyTemplate(code, kind),
      kind: "secondary",
      download: true,
    })),
    rules: {
      title: t("filing.many.rules"),
      items: ([1, 2, 3, 4, 5] as const).map((i) => t(`filing.many.rule${i}`, limits)),
    },
    papers: needsPapers ? { text: [t("filing.many.papers"), ...paperNames(definition, language)], tone: "info" } : null,
    applicant: {
      title: t("filing.many.applicant"),
      rows: [
        { key: t("filing.many.applicantName"), value: textOf(own["fullName"]), lang: "vi" },
        { key: t("filing.many.applicantHow"), value: t("filing.many.applicantText") },
      ],
    },
    lacking:
      lacking.length === 0
        ? null
        : {
            kind: "warning",
            text: t("filing.many.applicantLacking", {
              fields: lacking.map(({ label }) => pick(label, language)).join("; "),
            }),
            link: { text: t("filing.many.applicantEdit"), href: accountPaths.editProfile },
          },
    step2: t("filing.many.step2"),
    action: `${paths.many(code)}${query}`,
    company: company && { ...company, hint: t("filing.many.company.hint") },
    where: whereControls(loaded, receivers, form, { t, language }),
    method:
      definition.returnMethods.length < 2
        ? null
        : {
            name: "returnMethod",
            label: t("filing.many.method"),
            labelSize: "m",
            error: errorText(form.errors, "returnMethod", t),
            value: shown(form, "returnMethod"),
            items: definition.returnMethods.map((value) => ({ value, text: t(`filing.result.${value}`) })),
          },
    file: {
      name: "table",
      label: t("filing.many.file"),
      labelSize: "m",
      error: errorText(form.errors, "table", t),
      limit: t("filing.many.fileLimit", limits),
      maxBytes: MOST_SHEET_BYTES,
      tooLarge: t("filing.many.tooLarge", limits),
      accept: ".xlsx,.csv",
    },
    read: { text: t("filing.many.read") },
  };
}
