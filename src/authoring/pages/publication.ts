import { type Link, type Part, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { ProcedureOverview } from "../queries/procedures.ts";
import type { Manuscript } from "../queries.ts";
import type { CheckItem, Sketch } from "../rules.ts";
import { sections } from "../rules.ts";
import type { Block, BlocksPage } from "./blocks.ts";
import { type DifferenceLine, differenceOf } from "./difference.ts";
import { framedPage } from "./frame.ts";
import { problemLinks } from "./problems.ts";
import { procedurePage } from "./publish.ts";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What changed, a sentence each. */
export const differenceLines = (before: Sketch, after: Sketch, t: Translate): DifferenceLine[] =>
  differenceOf(before, after, t).map(({ section, text }) => ({ section, text: capital(text) }));

function differenceParts(lines: readonly DifferenceLine[], t: Translate): Part[] {
  if (lines.length === 0) return [part("components/inset-text", { text: t("authoring.publication.noChanges") })];
  const rows = sections.flatMap((section) => {
    const own = lines.filter((line) => line.section === section).map(({ text }) => text);
    return own.length > 0 ? [{ key: t(`authoring.sections.${section}`), value: own }] : [];
  });
  return [part("components/summary-list", { rows })];
}

export const confirmName = (key: CheckItem["key"]): string => `ok.${key}`;
const itemText = ({ key, params }: CheckItem, t: Translate): string => t(`authoring.publication.items.${key}`, params);
const TONES = { fine: "done", ask: "progress", wrong: "waiting" } as const;

function publishForm(
  manuscript: Manuscript,
  checks: readonly CheckItem[],
  { form, today }: Publishing,
  t: Translate,
): Block {
  const errorAt = (name: string): string | null => {
    const error = form.errors[name];
    return error ? t(error.key, error.params) : null;
  };
  const [year = "", month = "", day = ""] = today.split("-");
  const typed = ["day", "month", "year"].some((box) => `effective.${box}` in form.values);
  const asked = checks.filter(({ state }) => state === "ask");
  return {
    title: t("authoring.publication.form"),
    form: {
      action: paths.publish(manuscript.id),
      hidden: [{ name: "seen", value: String(manuscript.version) }],
      parts: [
        part("components/date-input", {
          name: "effective",
          label: t("authoring.publication.effective"),
          hint: t("authoring.publication.effectiveHint"),
          value: typed
            ? {
                day: shown(form, "effective.day"),
                month: shown(form, "effective.month"),
                year: shown(form, "effective.year"),
              }
            : { day: String(Number(day)), month: String(Number(month)), year },
          error: errorAt("effective"),
        }),
        part("components/textarea", {
          name: "reason",
          label: t("authoring.publication.reason"),
          hint: t("authoring.publication.reasonHint"),
          rows: 3,
          value: shown(form, "reason"),
          error: errorAt("reason"),
        }),
        ...asked.map((item) => {
          const name = confirmName(item.key);
          return part("components/checkboxes", {
            name,
            label: t("authoring.publication.ask"),
            hideLabel: true,
            small: true,
            values: form.values[name] === "co" ? ["co"] : [],
            items: [{ value: "co", text: itemText(item, t) }],
            error: errorAt(name),
          });
        }),
      ],
      buttons: [{ text: t("authoring.publication.button") }],
    },
  };
}

type Publishing = { form: Form; today: string; newest: { number: number; sketch: Sketch } | null };

/** What must be in order, what changes, and the form that publishes. */
export function publicationPage(
  manuscript: Manuscript,
  checks: readonly CheckItem[],
  publishing: Publishing,
  t: Translate,
): BlocksPage {
  const { id, sketch } = manuscript;
  const { newest, form } = publishing;
  const isBlocked = checks.some(({ state }) => state === "wrong");
  const wrong = problemLinks(manuscript, null, t);
  const errors: Link[] = Object.entries(form.errors).map(([name, { key, params }]) => ({
    text: t(key, params),
    href: `#${name}`,
  }));
  const framed = framedPage(
    manuscript,
    null,
    {
      title: t("authoring.publication.title"),
      lead: t("authoring.publication.lead"),
      problems: [...errors, ...wrong],
    },
    t,
  );
  return {
    ...framed,
    blocks: [
      {
        id: "kiem-tra",
        title: t("authoring.publication.checklist"),
        parts: [
          part("components/task-list", {
            label: t("authoring.publication.checklist"),
            items: checks.map((item) => ({
              title: itemText(item, t),
              href: item.section ? paths.part(id, item.section) : null,
              status: { text: t(`authoring.publication.${item.state}`), tone: TONES[item.state] },
            })),
          }),
        ],
      },
      {
        id: "thay-doi",
        title: newest ? t("authoring.publication.changes", { number: newest.number }) : t("authoring.publication.form"),
        parts: newest
          ? differenceParts(differenceLines(newest.sketch, sketch, t), t)
          : [part("components/inset-text", { text: t("authoring.publication.first") })],
      },
      isBlocked
        ? { parts: [part("components/warning-text", { text: t("authoring.publication.blocked") })] }
        : publishForm(manuscript, checks, publishing, t),
    ],
  };
}

/** Two versions of a procedure side by side, as what changed between them. */
export const comparisonPage = (
  { code }: ProcedureOverview,
  from: { number: number; definition: Sketch },
  to: { number: number; definition: Sketch },
  t: Translate,
): BlocksPage =>
  procedurePage(
    {
      title: t("authoring.publication.compareTitle", { from: from.number, to: to.number }),
      caption: `${code} · ${to.definition.name.vi}`,
      back: { href: paths.procedure(code), text: to.definition.name.vi },
      blocks: [{ parts: differenceParts(differenceLines(from.definition, to.definition, t), t) }],
    },
    t,
  );
