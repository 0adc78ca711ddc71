import { part, type Part, type Table } from "#platform/components.ts";
import { formatDate, formatMoney, formatNumber } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { KnownAgency } from "#organizations/index.ts";
import type { Fee, ProcedureDefinition, Requirement, TimeLimit } from "../definition.ts";
import { pick } from "../fields/contract.ts";
import { paths } from "../paths.ts";
import type { LoadedVersion } from "../queries/versions.ts";
import { frame, listPart, rowsOf, section, type ShowPage } from "./sections.ts";
import { levelsText, serviceTag, termText } from "./words.ts";

/** Where a configured procedure is taken in, and who decides when it is another agency. */
export type Place = { agency: KnownAgency; desk: string | null; decidedBy: string | null; filedAt: "own" | "national" | "ministry"; externalUrl: string | null };
export type Related = { code: string; name: string | null };

type Reader = { t: Translate; language: Language };
type Scoped = { cases?: readonly string[] | undefined; channels?: readonly ("online" | "counter" | "post")[] | undefined };

const casesText = (scoped: Scoped, { cases }: ProcedureDefinition, { t, language }: Reader): string =>
  scoped.cases?.map((id) => cases.find((one) => one.id === id)).flatMap((one) => (one ? [pick(one.name, language)] : [])).join("; ") || t("procedures.show.anyCase");
const channelsText = (scoped: Scoped, { t }: Reader): string =>
  scoped.channels?.map((channel) => t(`procedures.channel.${channel}`)).join(", ") || t("procedures.show.anyChannel");

function limitsTable(definition: ProcedureDefinition, reader: Reader): Part[] {
  const { t, language } = reader;
  if (definition.timeLimits.length === 0) return [listPart([{ text: t("procedures.show.noInformation") }])];
  const row = (limit: TimeLimit) => ({
    cells: [
      { text: limit.term.unit === "same_day" ? termText("same_day", null, t) : termText(limit.term.unit, limit.term.amount, t), note: limit.note ? pick(limit.note, language) : null },
      { text: casesText(limit, definition, reader) },
      { text: channelsText(limit, reader) },
    ],
  });
  const table: Table = {
    caption: t("procedures.show.limits"), hideCaption: true,
    head: [{ text: t("procedures.show.limit") }, { text: t("procedures.show.case") }, { text: t("procedures.show.channel") }],
    rows: definition.timeLimits.map(row),
  };
  return [part("components/table", table)];
}

/** An unknown fee is said to be unknown; only a true 0 is free. */
const amountText = (fee: Fee, { t, language }: Reader): string => {
  if (fee.amount === null) return t("procedures.fee.unknown");
  if (fee.amount === 0) return t("procedures.fee.free");
  return fee.per ? t("procedures.fee.per", { amount: formatMoney(fee.amount), unit: pick(fee.per, language) }) : formatMoney(fee.amount);
};

function feesTable(definition: ProcedureDefinition, reader: Reader): Part[] {
  const { t, language } = reader;
  if (definition.fees.length === 0) return [listPart([{ text: t("procedures.show.noInformation") }])];
  return [
    part("components/table", {
      caption: t("procedures.show.fees"), hideCaption: true,
      head: [{ text: t("procedures.show.fee") }, { text: t("procedures.show.amount") }, { text: t("procedures.show.case") }, { text: t("procedures.show.channel") }],
      rows: definition.fees.map((fee) => ({
        cells: [
          { text: pick(fee.name, language), note: fee.note ? pick(fee.note, language) : null },
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
  ].filter((note) => note !== null).join("; ") || null;

/** Papers of each case; lines with neither originals nor copies are notes, not papers. */
function papersParts(definition: ProcedureDefinition, reader: Reader): Part[] {
  const { t, language } = reader;
  const groups = new Map<string, Requirement[]>();
  for (const paper of definition.requirements) {
    const key = paper.cases ? casesText(paper, definition, reader) : "";
    groups.set(key, [...(groups.get(key) ?? []), paper]);
  }
  return [...groups].flatMap(([name, papers]) => {
    const real = papers.filter(({ originals, copies }) => originals + copies > 0);
    const notes = papers.filter(({ originals, copies }) => originals + copies === 0);
    const caption = groups.size === 1 ? t("procedures.show.papers") : t("procedures.show.papersOf", { name: name || t("procedures.show.papersAlways") });
    return [
      ...(real.length > 0
        ? [part("components/table", {
            caption, hideCaption: groups.size === 1,
            head: [{ text: t("procedures.show.paper") }, { text: t("procedures.show.originals"), numeric: true }, { text: t("procedures.show.copies"), numeric: true }],
            rows: real.map((paper) => ({
              cells: [{ text: pick(paper.name, language), note: paperNote(paper, reader) }, { text: formatNumber(paper.originals), numeric: true }, { text: formatNumber(paper.copies), numeric: true }],
            })),
          })]
        : []),
      ...(notes.length > 0 ? [part("components/inset-text", { text: [t("procedures.show.noteOnly"), ...notes.map((note) => pick(note.name, language))] })] : []),
    ];
  });
}

function whereParts(definition: ProcedureDefinition, places: readonly Place[], { t }: Reader): Part[] {
  if (places.length === 0) return [listPart([{ text: t("procedures.show.whereUnoffered") }])];
  const isOnline = definition.channels.includes("online") && places.some(({ filedAt }) => filedAt === "own");
  const items = places.map(({ agency, desk, decidedBy, externalUrl }) => ({
    text: desk ? `${desk}, ${agency.name}` : agency.name,
    note: [agency.address, agency.phone, decidedBy ? t("procedures.show.decides", { agency: decidedBy }) : null].filter(Boolean).join(" · ") || undefined,
    href: externalUrl ?? undefined,
  }));
  const list = listPart(items);
  return [
    part("components/inset-text", { text: t(isOnline ? "procedures.show.whereOwn" : "procedures.show.whereCounter") }),
    items.length > 6 ? part("components/details", { summary: t("procedures.show.desks", { count: items.length }), parts: [list] }) : list,
  ];
}

/** Whether the procedure can be filed on this portal now: a version in force, the online channel, and an agency that takes it in here. */
export const isFileable = (definition: Pick<ProcedureDefinition, "channels" | "serviceLevel">, places: readonly Pick<Place, "filedAt">[]): boolean =>
  definition.serviceLevel !== "information" && definition.channels.includes("online") && places.some(({ filedAt }) => filedAt === "own");

/** A procedure that is configured here, whole. */
export function configuredPage(version: LoadedVersion, places: readonly Place[], related: readonly Related[], reader: Reader): ShowPage {
  const { t, language } = reader;
  const { definition } = version;
  const text = (one: { vi: string; en?: string | undefined }): string => pick(one as Parameters<typeof pick>[0], language);
  const summary = rowsOf([
    [t("procedures.show.summary"), text(definition.summary)],
    [t("procedures.show.who"), definition.subjects],
    [t("procedures.show.agency"), text(definition.executingAgency)],
    [t("procedures.show.level"), levelsText(definition.levels, t)],
    [t("procedures.show.sector"), definition.sector],
    [t("procedures.show.channels"), definition.channels.map((channel) => t(`procedures.channel.${channel}`)).join(", ")],
    [t("procedures.show.returns"), definition.returnMethods.map((method) => t(`procedures.channel.${method}`)).join(", ")],
    [t("procedures.show.service"), [t(`procedures.service.${definition.serviceLevel}`), ...(definition.serviceLevelReason ? [text(definition.serviceLevelReason)] : [])]],
    [t("procedures.show.decision"), definition.decisionNumber],
  ]);
  const source = [
    { text: t("procedures.show.sourceText", { code: definition.code }), href: definition.sourceUrl },
    { text: t("procedures.show.sourceVersion", { number: version.number, date: formatDate(version.effectiveFrom) }) },
  ];
  const fileable = isFileable(definition, places);
  return frame(
    {
      name: text(definition.name),
      caption: `${t("procedures.list.code", { code: definition.code })} · ${definition.sector}`,
      tag: serviceTag(definition.serviceLevel, t),
      action: fileable ? { button: { text: t("procedures.show.file"), href: paths.file(definition.code), kind: "start" }, note: t("procedures.show.fileNote") } : null,
      notices: [],
      sections: [
        ...section("tom-tat", t("procedures.show.overview"), [part("components/summary-list", { rows: summary })]),
        ...section("noi-nop", t("procedures.show.where"), whereParts(definition, places, reader)),
        ...section("truong-hop", t("procedures.show.cases"), definition.cases.length > 0 ? [listPart(definition.cases.map(({ name }) => ({ text: text(name) })))] : []),
        ...section("giay-to", t("procedures.show.papers"), papersParts(definition, reader)),
        ...section("thoi-han", t("procedures.show.limits"), limitsTable(definition, reader)),
        ...section("phi-le-phi", t("procedures.show.fees"), feesTable(definition, reader)),
        ...section("trinh-tu", t("procedures.show.steps"), [listPart(definition.steps.map((step) => ({ text: text(step) })), true)]),
        ...section("dieu-kien", t("procedures.show.conditions"), definition.conditions.length > 0 ? [listPart(definition.conditions.map((one) => ({ text: text(one) })))] : []),
        ...section("ket-qua", t("procedures.show.results"), [listPart(definition.results.map(({ name, code }) => ({ text: text(name), note: code })))]),
        ...section("can-cu", t("procedures.show.legal"), definition.legalBasis.length > 0 ? [listPart(definition.legalBasis.map(({ number, title }) => ({ text: title, note: number })))] : []),
        ...section("lien-quan", t("procedures.show.related"), related.length > 0 ? [listPart(related.map(({ code, name }) => ({ text: name ?? code, href: paths.procedure(code), note: code })))] : []),
        ...section("nguon", t("procedures.show.source"), [listPart(source)]),
      ],
    },
    t,
  );
}
