import { paths as appointmentPaths } from "#appointments/paths.ts";
import type { KnownAgency } from "#organizations/index.ts";
import { type Part, part } from "#platform/components.ts";
import { formatDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { ProcedureDefinition } from "../definition.ts";
import { pick } from "../fields/contract.ts";
import type { NationalLine } from "../inputs.ts";
import { paths } from "../paths.ts";
import type { YearFigures } from "../queries/figures.ts";
import type { LoadedVersion, Suspension } from "../queries/versions.ts";
import { factsOfDefinition } from "../rules/facts.ts";
import type { CatalogueRow } from "../rules/lookup.ts";
import { figuresParts, formsParts, orUnknown, relatedParts, serviceData } from "./extras.ts";
import { formsOf } from "./record.ts";
import { frame, listPart, rowsOf, type ShowPage, section } from "./sections.ts";
import { feesTable, limitsTable, paperCountText, papersParts, type Reader } from "./tables.ts";
import { feeText, langOf, levelsText, serviceTag, termsText } from "./words.ts";

/** Where a configured procedure is taken in, and who decides when it is another agency. */
export type Place = {
  agency: KnownAgency;
  desk: string | null;
  decidedBy: string | null;
  filedAt: "own" | "national" | "ministry";
  externalUrl: string | null;
};
/** What a procedure's page shows beside what the definition or the record says. */
export type Surroundings = {
  related: readonly CatalogueRow[];
  /** Names in English by code, for a page in English. */
  english: ReadonlyMap<string, string>;
  figures: YearFigures | null;
  /** The record of the national catalogue under the same code: what forms it has. */
  record: NationalLine | null;
  suspension: Suspension | null;
  publicUrl: string;
};

function whereParts(definition: ProcedureDefinition, places: readonly Place[], { t, language }: Reader): Part[] {
  if (places.length === 0) return [listPart([{ text: t("procedures.show.whereUnoffered") }])];
  const isOnline = definition.channels.includes("online") && places.some(({ filedAt }) => filedAt === "own");
  const items = places.map(({ agency, desk, decidedBy, externalUrl }) => ({
    text: desk ? `${desk}, ${agency.name}` : agency.name,
    lang: langOf(agency.name, language),
    note:
      [agency.address, agency.phone, decidedBy ? t("procedures.show.decides", { agency: decidedBy }) : null]
        .filter(Boolean)
        .join(" · ") || undefined,
    href: externalUrl ?? undefined,
  }));
  const list = listPart(items);
  return [
    part("components/inset-text", {
      text: t(
        isOnline
          ? "procedures.show.whereOwn"
          : elsewhere(places)
            ? "procedures.show.whereElsewhere"
            : "procedures.show.whereCounter",
      ),
    }),
    items.length > 6
      ? part("components/details", { summary: t("procedures.show.desks", { count: items.length }), parts: [list] })
      : list,
    ...(definition.channels.includes("counter")
      ? [listPart([{ text: t("procedures.show.book"), href: appointmentPaths.book({ "thu-tuc": definition.code }) }])]
      : []),
  ];
}

/** Whether the procedure can be filed on this portal now: a version in force, the online channel, and an agency that takes it in here. */
export const isFileable = (
  definition: Pick<ProcedureDefinition, "channels" | "serviceLevel">,
  places: readonly Pick<Place, "filedAt">[],
): boolean =>
  definition.serviceLevel !== "information" &&
  definition.channels.includes("online") &&
  places.some(({ filedAt }) => filedAt === "own");

/** Where it is filed online when not here. */
const elsewhere = (places: readonly Place[]): Place | undefined =>
  places.find(({ filedAt, externalUrl }) => filedAt !== "own" && externalUrl !== null);

/** To file it: here, at the national portal, or in a ministry's system; null where it is not filed online. */
function actionOf(
  { code }: Pick<ProcedureDefinition, "code">,
  places: readonly Place[],
  fileable: boolean,
  t: Translate,
): ShowPage["action"] {
  if (fileable)
    return {
      button: { text: t("procedures.show.file"), href: paths.file(code), kind: "start" },
      note: t("procedures.show.fileNote"),
    };
  const place = elsewhere(places);
  if (!place?.externalUrl) return null;
  const isMinistry = place.filedAt === "ministry";
  return {
    button: {
      text: t(isMinistry ? "procedures.show.fileMinistry" : "procedures.show.fileNational"),
      href: place.externalUrl,
      kind: "start",
    },
    note: t("procedures.show.fileElsewhere"),
  };
}

/** As many as a machine needs to be told of. */
const MOST_OFFICES = 20;

/** A procedure that is configured here, whole. */
export function configuredPage(
  version: LoadedVersion,
  places: readonly Place[],
  around: Surroundings,
  reader: Reader,
): ShowPage {
  const { t, language } = reader;
  const { definition } = version;
  const text = (one: { vi: string; en?: string | undefined }): string =>
    pick(one as Parameters<typeof pick>[0], language);
  // Words of the national catalogue, which has no English.
  const vietnamese = new Set([t("procedures.show.who"), t("procedures.show.sector")]);
  const summary = rowsOf([
    [t("procedures.show.who"), definition.subjects],
    [t("procedures.show.agency"), text(definition.executingAgency)],
    [t("procedures.show.level"), levelsText(definition.levels, t)],
    [t("procedures.show.sector"), definition.sector],
    [
      t("procedures.show.channels"),
      definition.channels.map((channel) => t(`procedures.channel.${channel}`)).join(", "),
    ],
    [
      t("procedures.show.returns"),
      definition.returnMethods.map((method) => t(`procedures.channel.${method}`)).join(", "),
    ],
    [
      t("procedures.show.service"),
      [
        t(`procedures.service.${definition.serviceLevel}`),
        ...(definition.serviceLevelReason ? [text(definition.serviceLevelReason)] : []),
      ],
    ],
    [t("procedures.show.decision"), definition.decisionNumber],
  ]).map((row) => ({ ...row, lang: vietnamese.has(row.key) ? langOf("", language) : undefined }));
  const source = [
    { text: t("procedures.show.sourceText", { code: definition.code }), href: definition.sourceUrl },
    { text: t("procedures.show.sourceVersion", { number: version.number, date: formatDate(version.effectiveFrom) }) },
  ];
  const { suspension } = around;
  const fileable = !suspension && isFileable(definition, places);
  const inShort = factsOfDefinition(definition);
  const time = termsText(inShort, t);
  const facts = [
    ...(time ? [{ key: t("procedures.show.limits"), value: time, href: "#thoi-han" }] : []),
    { key: t("procedures.show.fees"), value: feeText(inShort, t), href: "#phi-le-phi" },
    { key: t("procedures.show.papers"), value: paperCountText(definition, reader), href: "#giay-to" },
    ...(places.length > 0
      ? [
          {
            key: t("procedures.show.where"),
            value: t(fileable ? "procedures.show.placeOnline" : "procedures.show.placeCounter"),
            href: "#noi-nop",
          },
        ]
      : []),
  ];
  return frame(
    {
      name: text(definition.name),
      caption: `${t("procedures.list.code", { code: definition.code })} · ${definition.sector}`,
      tag: serviceTag(definition.serviceLevel, t),
      action: suspension ? null : actionOf(definition, places, fileable, t),
      data: serviceData({
        publicUrl: around.publicUrl,
        code: definition.code,
        name: text(definition.name),
        description: text(definition.summary),
        sector: definition.sector,
        operator: text(definition.executingAgency),
        audience: definition.subjects,
        online: fileable ? around.publicUrl + paths.file(definition.code) : (elsewhere(places)?.externalUrl ?? null),
        offices: places.slice(0, MOST_OFFICES).map(({ agency }) => agency),
      }),
      lead: text(definition.summary),
      facts,
      notices: suspension
        ? [
            {
              text: t("procedures.suspended", { at: formatDate(suspension.at), reason: suspension.reason }),
              tone: "warning",
            },
          ]
        : [],
      sections: [
        ...section(
          "truong-hop",
          t("procedures.show.cases"),
          definition.cases.length > 0
            ? [listPart(definition.cases.map(({ name }) => ({ text: text(name), lang: langOf(name, language) })))]
            : [],
        ),
        ...section("giay-to", t("procedures.show.papers"), orUnknown(papersParts(definition, reader), t)),
        ...section(
          "bieu-mau",
          t("procedures.show.forms"),
          formsParts(around.record ? formsOf(around.record) : [], definition.sourceUrl, t),
        ),
        ...section("thoi-han", t("procedures.show.limits"), limitsTable(definition, reader)),
        ...section("phi-le-phi", t("procedures.show.fees"), feesTable(definition, reader)),
        ...section("noi-nop", t("procedures.show.where"), whereParts(definition, places, reader)),
        ...section("trinh-tu", t("procedures.show.steps"), [
          listPart(
            definition.steps.map((step) => ({ text: text(step), lang: langOf(step, language) })),
            true,
          ),
        ]),
        ...section(
          "dieu-kien",
          t("procedures.show.conditions"),
          definition.conditions.length > 0
            ? [listPart(definition.conditions.map((one) => ({ text: text(one), lang: langOf(one, language) })))]
            : [],
        ),
        ...section("ket-qua", t("procedures.show.results"), [
          listPart(
            definition.results.map(({ name, code }) => ({
              text: text(name),
              lang: langOf(name, language),
              note: code,
            })),
          ),
        ]),
        ...section("tom-tat", t("procedures.show.overview"), [part("components/summary-list", { rows: summary })]),
        ...section(
          "can-cu",
          t("procedures.show.legal"),
          orUnknown(
            definition.legalBasis.length > 0
              ? [
                  listPart(
                    definition.legalBasis.map(({ number, title }) => ({
                      text: title,
                      lang: langOf(title, language),
                      note: number,
                    })),
                  ),
                ]
              : [],
            t,
          ),
        ),
        ...section("lien-quan", t("procedures.show.related"), relatedParts(around.related, around.english, reader)),
        ...section("so-lieu", t("procedures.figures.title"), figuresParts(around.figures, definition.code, t)),
        ...section("nguon", t("procedures.show.source"), [listPart(source)]),
      ],
    },
    t,
  );
}
