import type { Button, Link, LinkButton, PageHeading, Table } from "#platform/components.ts";
import { part } from "#platform/components.ts";
import type { MessageKey, MessageParams, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { BatchRow } from "../queries/many.ts";
import type { JudgedRow } from "../rules.ts";
import { errorLines, type SeenBatch, until, whoseOf } from "./many-table.ts";

export type ManyResultPage = Page & {
  heading: PageHeading;
  action: string;
  open: { text: string; button: Button } | null;
  notes: readonly string[];
  table: Table;
  download: LinkButton;
  all: Link;
};
declare module "#platform/render.ts" {
  interface Views {
    "filing/many-result": ManyResultPage;
  }
}

type Made = { filed: ReadonlyMap<string, string>; drafts: ReadonlySet<string> };
type Outcome = {
  state: "filed" | "draft" | "stopped" | "waiting";
  reference: string | null;
  text: string;
  link: Link | null;
  /** What is wrong with a line that was left out. */
  errors?: readonly string[];
};

function outcomeOf(
  { t }: { t: Translate },
  { filed, drafts }: Made,
  row: BatchRow,
  errors: readonly string[],
): Outcome {
  const reference = filed.get(row.draftId ?? "") ?? null;
  if (reference)
    return { state: "filed", reference, text: "", link: { text: reference, href: paths.dossier(reference) } };
  const draft =
    row.draftId && drafts.has(row.draftId)
      ? { text: t("filing.many.result.toDraft", { line: row.line }), href: paths.draft(row.draftId) }
      : null;
  if (row.outcome === "draft")
    return { state: "draft", reference: null, text: draft ? "" : t("filing.many.result.draftGone"), link: draft };
  if (row.outcome === "refused")
    return {
      state: "stopped",
      reference: null,
      text: t(row.reason as MessageKey, row.params as MessageParams),
      link: draft,
    };
  if (row.outcome === "wrong")
    return {
      state: "stopped",
      reference: null,
      text: errors.join(" "),
      errors,
      link: null,
    };
  return { state: "waiting", reference: null, text: "", link: draft };
}

const outcomes = (seen: SeenBatch, made: Made): { row: BatchRow; judged: JudgedRow; outcome: Outcome }[] =>
  seen.batch.rows.flatMap((row, i) => {
    const judged = seen.judged[i];
    return judged ? [{ row, judged, outcome: outcomeOf(seen, made, row, errorLines(judged, seen)) }] : [];
  });

const RESULT_TONES = { filed: "done", draft: "waiting", stopped: "late", waiting: "neutral" } as const;

/** What became of each line. */
export function manyResultPage(seen: SeenBatch, made: Made): ManyResultPage {
  const { batch, t, language } = seen;
  const all = outcomes(seen, made);
  const count = (state: Outcome["state"]): number => all.filter(({ outcome }) => outcome.state === state).length;
  const waiting = all.filter(({ row }) => row.outcome === null).length;
  return {
    title: `${t("filing.many.result.title")} – ${pick(batch.loaded.definition.name, language)}`,
    width: "wide",
    back: { href: paths.dossiers },
    heading: {
      title: t("filing.many.result.title"),
      caption: pick(batch.loaded.definition.name, language),
      lead: t("filing.many.result.lead", { filed: count("filed"), drafts: count("draft"), stopped: count("stopped") }),
    },
    action: paths.batch(batch.id),
    open:
      waiting === 0
        ? null
        : {
            text: t("filing.many.result.open", { count: waiting }),
            button: { text: t("filing.many.result.continue"), name: "viec", value: "tiep" },
          },
    notes: [
      ...(all.some(({ row }) => row.outcome === "wrong") ? [t("filing.many.result.wrong")] : []),
      t("filing.many.result.kept", { until: until(batch) }),
    ],
    table: {
      caption: t("filing.many.preview.rows"),
      head: [
        { text: t("filing.many.preview.line") },
        { text: t("filing.many.preview.whose") },
        { text: t("filing.many.result.state") },
        { text: t("filing.many.result.outcome") },
      ],
      rows: all.map(({ row, judged, outcome }) => ({
        cells: [
          { text: String(row.line) },
          { text: whoseOf(seen, row, judged), note: row.note || null },
          { text: "", tag: { text: t(`filing.many.result.${outcome.state}`), tone: RESULT_TONES[outcome.state] } },
          outcome.link
            ? { text: outcome.link.text, href: outcome.link.href, note: outcome.text || null }
            : outcome.errors
              ? { text: "", parts: [part("filing/_many-errors", { items: outcome.errors })] }
              : { text: outcome.text },
        ],
      })),
    },
    download: {
      text: t("filing.many.result.download"),
      href: paths.batchResult(batch.id),
      kind: "secondary",
      download: true,
    },
    all: { text: t("filing.many.result.all"), href: paths.dossiers },
  };
}

/** The same as a list for a spreadsheet. */
export function resultLines(seen: SeenBatch, made: Made): { head: string[]; rows: string[][] } {
  const { t } = seen;
  return {
    head: [
      t("filing.many.preview.line"),
      t("filing.many.sheet.note"),
      t("filing.many.preview.whose"),
      t("filing.many.result.state"),
      t("filing.many.result.reference"),
      t("filing.many.preview.fix"),
    ],
    rows: outcomes(seen, made).map(({ row, judged, outcome }) => [
      String(row.line),
      row.note,
      whoseOf(seen, row, judged),
      t(`filing.many.result.${outcome.state}`),
      outcome.reference ?? "",
      outcome.text,
    ]),
  };
}
