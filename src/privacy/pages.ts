import { paths as accountPaths } from "#accounts/paths.ts";
import { adminSections } from "#admin/index.ts";
import { paths as filingPaths } from "#filing/paths.ts";
import { showCode } from "#platform/codes.ts";
import {
  type Button,
  type ErrorSummary,
  errorSummary,
  errorText,
  type PageHeading,
  type Part,
  part,
  type SubNavigation,
} from "#platform/components.ts";
import { emptyForm, type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatNumber, formatSize } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import type { findOwnRequests, findRetention, listCorrections } from "./queries.ts";
import { ACTS, ENDINGS, NOTICE_DAYS } from "./rules.ts";

export type PrivacyForm = { action: string; parts: readonly Part[]; button: Button; about?: string };
export type PrivacySection = {
  title: string;
  lead: string | null;
  parts: readonly Part[];
  forms: readonly PrivacyForm[];
};
export type PrivacyPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  navigation: SubNavigation | null;
  sections: readonly PrivacySection[];
};

declare module "#platform/render.ts" {
  interface Views {
    "privacy/page": PrivacyPage;
  }
}

const section = (title: string, given: Partial<Omit<PrivacySection, "title">>): PrivacySection => ({
  title,
  lead: null,
  parts: [],
  forms: [],
  ...given,
});

type Own = Awaited<ReturnType<typeof findOwnRequests>>;

const archives = ({ exports }: Own, t: Translate): Part[] =>
  exports.length === 0
    ? []
    : [
        part("components/summary-list", {
          rows: exports.map(({ id, askedAt, readyAt, size }) => ({
            key: t("privacy.own.askedAt", { at: formatDateTime(askedAt) }),
            value: readyAt ? t("privacy.own.download", { size: formatSize(size ?? 0) }) : t("privacy.own.making"),
            ...(readyAt ? { href: paths.download(id) } : {}),
          })),
        }),
      ];

const corrections = ({ corrections: asked }: Own, t: Translate): Part[] =>
  asked.length === 0
    ? []
    : [
        part("components/summary-list", {
          rows: asked.map(({ text, askedAt, answer }) => ({
            key: formatDateTime(askedAt),
            value: [text, answer ? `${t("privacy.own.answered")}: ${answer}` : t("privacy.own.waiting")],
          })),
        }),
      ];

/** What somebody may ask of their own data. */
export function ownPage(own: Own, form: Form, t: Translate): PrivacyPage {
  const control = (name: string, label: string) => ({ name, label, error: errorText(form.errors, name, t) });
  return {
    title: t("privacy.own.title"),
    heading: { title: t("privacy.own.title"), lead: t("privacy.own.lead") },
    errors: errorSummary(form.errors, t),
    hasErrors: Object.keys(form.errors).length > 0,
    navigation: {
      label: t("privacy.own.seeToo"),
      items: [
        { text: t("privacy.own.title"), href: paths.own, current: true },
        { text: t("privacy.own.profile"), href: accountPaths.profile, current: false },
        { text: t("privacy.own.consents"), href: filingPaths.consents, current: false },
        { text: t("privacy.own.dossiers"), href: filingPaths.dossiers, current: false },
      ],
    },
    sections: [
      section(t("privacy.own.archive"), {
        lead: t("privacy.own.archiveLead"),
        parts: archives(own, t),
        forms: [{ action: paths.archive, parts: [], button: { text: t("privacy.own.ask"), kind: "secondary" } }],
      }),
      section(t("privacy.own.correct"), {
        lead: t("privacy.own.correctLead"),
        parts: corrections(own, t),
        forms: [
          {
            action: paths.correct,
            parts: [
              part("components/textarea", {
                ...control("text", t("privacy.own.text")),
                value: shown(form, "text"),
                rows: 4,
                maxLength: 2000,
              }),
            ],
            button: { text: t("privacy.own.send"), kind: "secondary" },
          },
        ],
      }),
      section(t("privacy.own.close"), {
        lead: t("privacy.own.closeLead"),
        forms: [
          {
            action: paths.close,
            parts: [
              part("components/input", {
                ...control("password", t("privacy.own.password")),
                type: "password",
                autocomplete: "current-password",
              }),
              part("components/checkboxes", {
                ...control("sure", t("privacy.own.confirm")),
                items: [{ value: "yes", text: t("privacy.own.sure") }],
              }),
            ],
            button: { text: t("privacy.own.closeButton"), kind: "warning" },
          },
        ],
      }),
    ],
  };
}

type Retention = Awaited<ReturnType<typeof findRetention>>;
type Corrections = Awaited<ReturnType<typeof listCorrections>>;

const nameOf = ({ procedureCode, status }: { procedureCode: string; status: string }, t: Translate) => ({
  procedure: procedureCode || t("privacy.admin.everyProcedure"),
  status: ENDINGS.some((one) => one === status)
    ? t(`privacy.status.${status as (typeof ENDINGS)[number]}`)
    : t("privacy.admin.everyStatus"),
});

function rulesSection({ rules, due, waiting }: Retention, t: Translate): PrivacySection {
  if (rules.length === 0) return section(t("privacy.admin.rules"), { lead: t("privacy.admin.noRules") });
  const head = (["procedure", "status", "months", "act", "basis"] as const).map((key) => ({
    text: t(`privacy.admin.${key}`),
    numeric: key === "months",
  }));
  return section(t("privacy.admin.rules"), {
    lead: t("privacy.admin.preview", {
      due: formatNumber(due.length),
      days: NOTICE_DAYS,
      waiting: formatNumber(waiting),
    }),
    parts: [
      part("components/table", {
        caption: t("privacy.admin.rules"),
        hideCaption: true,
        head,
        rows: rules.map((rule) => {
          const { procedure, status } = nameOf(rule, t);
          return {
            cells: [
              { text: procedure },
              { text: status },
              { text: formatNumber(rule.months), numeric: true },
              { text: t(`privacy.admin.${rule.act}`) },
              { text: rule.basis },
            ],
          };
        }),
      }),
      ...(due.length > 0
        ? [
            part("components/details", {
              summary: t("privacy.admin.dossier"),
              text: due.slice(0, 50).map(({ code, reference }) => code ?? showCode(reference)),
            }),
          ]
        : []),
    ],
    forms: rules.map((rule) => ({
      action: paths.removeRule(rule.id),
      parts: [],
      about: t("privacy.admin.removeAbout", nameOf(rule, t)),
      button: {
        text: `${t("privacy.admin.remove")} ${t("privacy.admin.removeAbout", nameOf(rule, t))}`,
        kind: "secondary" as const,
      },
    })),
  });
}

function addSection(form: Form, t: Translate): PrivacySection {
  const control = (name: string, label: string) => ({ name, label, error: errorText(form.errors, name, t) });
  const value = (name: string) => ({ value: shown(form, name) });
  return section(t("privacy.admin.add"), {
    forms: [
      {
        action: paths.addRule,
        parts: [
          part("components/input", {
            ...control("procedureCode", t("privacy.admin.procedure")),
            ...value("procedureCode"),
            hint: t("privacy.admin.procedureHint"),
            required: false,
          }),
          part("components/select", {
            ...control("status", t("privacy.admin.status")),
            ...value("status"),
            items: [
              { value: "", text: t("privacy.admin.everyStatus") },
              ...ENDINGS.map((one) => ({ value: one, text: t(`privacy.status.${one}`) })),
            ],
          }),
          part("components/input", { ...control("months", t("privacy.admin.months")), ...value("months") }),
          part("components/select", {
            ...control("act", t("privacy.admin.act")),
            ...value("act"),
            items: ACTS.map((one) => ({ value: one, text: t(`privacy.admin.${one}`) })),
          }),
          part("components/input", {
            ...control("basis", t("privacy.admin.basis")),
            ...value("basis"),
            hint: t("privacy.admin.basisHint"),
          }),
        ],
        button: { text: t("privacy.admin.add") },
      },
    ],
  });
}

const reportSection = ({ done }: Retention, t: Translate): PrivacySection[] =>
  done.length === 0
    ? []
    : [
        section(t("privacy.admin.report"), {
          parts: [
            part("components/table", {
              caption: t("privacy.admin.report"),
              hideCaption: true,
              head: [
                { text: t("privacy.admin.dossier") },
                { text: t("privacy.admin.act") },
                { text: t("privacy.admin.doneAt") },
                { text: t("privacy.admin.files"), numeric: true },
              ],
              rows: done.map(({ dossier, act, doneAt, files }) => ({
                cells: [
                  { text: dossier.code ?? showCode(dossier.reference) },
                  { text: t(`privacy.admin.${act}`) },
                  { text: doneAt ? formatDateTime(doneAt) : "" },
                  { text: formatNumber(files), numeric: true },
                ],
              })),
            }),
          ],
        }),
      ];

const correctionsSection = (asked: Corrections, t: Translate): PrivacySection[] => [
  section(t("privacy.admin.corrections"), {
    lead: asked.length === 0 ? t("privacy.admin.noCorrections") : null,
    parts: asked
      .filter(({ answeredAt }) => answeredAt !== null)
      .map(({ text, answer, askedAt, account }) =>
        part("components/summary-list", {
          rows: [
            { key: t("privacy.admin.from", { name: account.displayName, at: formatDateTime(askedAt) }), value: text },
            { key: t("privacy.admin.answer"), value: answer ?? "" },
          ],
        }),
      ),
    forms: asked
      .filter(({ answeredAt }) => answeredAt === null)
      .map(({ id, text, askedAt, account }) => ({
        action: paths.answer(id),
        parts: [
          part("components/summary-list", {
            rows: [
              { key: t("privacy.admin.from", { name: account.displayName, at: formatDateTime(askedAt) }), value: text },
            ],
          }),
          part("components/textarea", {
            name: "answer",
            id: `answer-${id}`,
            label: t("privacy.admin.answer"),
            rows: 3,
            maxLength: 2000,
          }),
        ],
        button: { text: t("privacy.admin.answerButton"), kind: "secondary" as const },
      })),
  }),
];

/** Retention rules with what they would do, what they did, and requests for correction. */
export const adminPage = (
  { retention, asked }: { retention: Retention; asked: Corrections },
  t: Translate,
  form: Form = emptyForm,
): PrivacyPage => ({
  title: t("privacy.admin.title"),
  width: "wide",
  heading: { title: t("privacy.admin.title"), lead: t("privacy.admin.lead") },
  errors: errorSummary(form.errors, t),
  hasErrors: Object.keys(form.errors).length > 0,
  navigation: adminSections(paths.admin, t),
  sections: [
    rulesSection(retention, t),
    addSection(form, t),
    ...reportSection(retention, t),
    ...correctionsSection(asked, t),
  ],
});
