import { type Part, part, type Table } from "#platform/components.ts";
import { formatMoney, formatNumber } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Fee, ProcedureDefinition, Requirement, TimeLimit } from "../definition.ts";
import { pick } from "../fields/contract.ts";
import { listPart } from "./sections.ts";
import { langOf, termText } from "./words.ts";

export type Reader = { t: Translate; language: Language };
type Scoped = {
  cases?: readonly string[] | undefined;
  channels?: readonly ("online" | "counter" | "post")[] | undefined;
};

const casesText = (scoped: Scoped, { cases }: ProcedureDefinition, { t, language }: Reader): string =>
  scoped.cases
    ?.map((id) => cases.find((one) => one.id === id))
    .flatMap((one) => (one ? [pick(one.name, language)] : []))
    .join("; ") || t("procedures.show.anyCase");
const channelsText = (scoped: Scoped, { t }: Reader): string =>
  scoped.channels?.map((channel) => t(`procedures.channel.${channel}`)).join(", ") || t("procedures.show.anyChannel");

export function limitsTable(definition: ProcedureDefinition, reader: Reader): Part[] {
  const { t, language } = reader;
  if (definition.timeLimits.length === 0) return [listPart([{ text: t("procedures.show.noInformation") }])];
  const row = (limit: TimeLimit) => ({
    cells: [
      {
        text:
          limit.term.unit === "same_day"
            ? termText("same_day", null, t)
            : termText(limit.term.unit, limit.term.amount, t),
        note: limit.note ? pick(limit.note, language) : null,
        noteLang: limit.note && langOf(limit.note, language),
      },
      { text: casesText(limit, definition, reader) },
      { text: channelsText(limit, reader) },
    ],
  });
  const table: Table = {
    caption: t("procedures.show.limits"),
    hideCaption: true,
    head: [
      { text: t("procedures.show.limit") },
      { text: t("procedures.show.case") },
      { text: t("procedures.show.channel") },
    ],
    rows: definition.timeLimits.map(row),
  };
  return [part("components/table", table)];
}

/** An unknown fee is said to be unknown; only a true 0 is free. */
const amountText = (fee: Fee, { t, language }: Reader): string => {
  if (fee.amount === null) return t("procedures.fee.unknown");
  if (fee.amount === 0) return t("procedures.fee.free");
  return fee.per
    ? t("procedures.fee.per", { amount: formatMoney(fee.amount), unit: pick(fee.per, language) })
    : formatMoney(fee.amount);
};

export function feesTable(definition: ProcedureDefinition, reader: Reader): Part[] {
  const { t, language } = reader;
  if (definition.fees.length === 0) return [listPart([{ text: t("procedures.show.noInformation") }])];
  return [
    part("components/table", {
      caption: t("procedures.show.fees"),
      hideCaption: true,
      head: [
        { text: t("procedures.show.fee") },
        { text: t("procedures.show.amount") },
        { text: t("procedures.show.case") },
        { text: t("procedures.show.channel") },
      ],
      rows: definition.fees.map((fee) => ({
        cells: [
          {
            text: pick(fee.name, language),
            lang: langOf(fee.name, language),
            note: fee.note ? pick(fee.note, language) : null,
            noteLang: fee.note && langOf(fee.note, language),
          },
          { text: amountText(fee, reader) },
          { text: casesText(fee, definition, reader) },
          { text: channelsText(fee, reader) },
        ],
      })),
    }),
  ];
}

const paperNote = (paper: Requirement, { t, language }: Reader): string | null =>
  [
    paper.required ? null : t("procedures.show.optional"),
    paper.when ? t("procedures.show.conditional") : null,
    paper.mayFollowLater ? t("procedures.show.mayFollow") : null,
    paper.hint ? pick(paper.hint, language) : null,
  ]
    .filter((note) => note !== null)
    .map((note) => (/[.!?…]$/u.test(note) ? note : `${note}.`))
    .join(" ") || null;

const isPaper = ({ originals, copies }: Requirement): boolean => originals + copies > 0;

/** How many papers at most, for who wants to know only that. */
export function paperCountText({ requirements }: ProcedureDefinition, { t }: Reader): string {
  const papers = requirements.filter(isPaper);
  if (papers.length === 0) return t("procedures.show.noPapers");
  const isFixed = papers.every(({ required, when, cases }) => required && !when && !cases?.length);
  return t(isFixed ? "procedures.show.paperCount" : "procedures.show.paperCountUpTo", {
    count: formatNumber(papers.length),
  });
}

/** Papers of each case; lines with neither originals nor copies are notes, not papers. */
export function papersParts(definition: ProcedureDefinition, reader: Reader): Part[] {
  const { t, language } = reader;
  const groups = new Map<string, Requirement[]>();
  for (const paper of definition.requirements) {
    const key = paper.cases ? casesText(paper, definition, reader) : "";
    groups.set(key, [...(groups.get(key) ?? []), paper]);
  }
  return [...groups].flatMap(([name, papers]) => {
    const real = papers.filter(isPaper);
    const notes = papers.filter((paper) => !isPaper(paper));
    const caption =
      groups.size === 1
        ? t("procedures.show.papers")
        : t("procedures.show.papersOf", { name: name || t("procedures.show.papersAlways") });
    return [
      ...(real.length > 0
        ? [
            part("components/table", {
              caption,
              hideCaption: groups.size === 1,
              head: [
                { text: t("procedures.show.paper") },
                { text: t("procedures.show.originals"), numeric: true },
                { text: t("procedures.show.copies"), numeric: true },
              ],
              rows: real.map((paper) => ({
                cells: [
                  {
                    text: pick(paper.name, language),
                    lang: langOf(paper.name, language),
                    note: paperNote(paper, reader),
                    noteLang: paper.hint && langOf(paper.hint, language),
                  },
                  { text: formatNumber(paper.originals), numeric: true },
                  { text: formatNumber(paper.copies), numeric: true },
                ],
              })),
            }),
          ]
        : []),
      ...(notes.length > 0
        ? [
            part("components/inset-text", {
              text: [t("procedures.show.noteOnly"), ...notes.map((note) => pick(note.name, language))],
            }),
          ]
        : []),
    ];
  });
}
