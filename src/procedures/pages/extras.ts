import { type DataBlock, dataBlock, type Part, part } from "#platform/components.ts";
import { formatDate, formatNumber, formatTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { YearFigures } from "../queries/figures.ts";
import { shareOf } from "../rules/figures.ts";
import type { CatalogueRow } from "../rules/lookup.ts";
import { listPart, textPart } from "./sections.ts";
import type { Reader } from "./tables.ts";
import { langOf } from "./words.ts";

/** What a section says of which the source holds nothing. */
export const unknownPart = (t: Translate): Part => textPart(t("procedures.show.noInformation"));
/** The parts, or that nothing is known: an empty section would look as if nothing were needed. */
export const orUnknown = (parts: readonly Part[], t: Translate): readonly Part[] =>
  parts.length > 0 ? parts : [unknownPart(t)];

export const relatedParts = (
  related: readonly CatalogueRow[],
  english: ReadonlyMap<string, string>,
  { language }: Reader,
): Part[] =>
  related.length === 0
    ? []
    : [
        listPart(
          related.map(({ code, name, sector }) => ({
            text: english.get(code) ?? name,
            lang: english.has(code) ? undefined : langOf("", language),
            href: paths.procedure(code),
            note: language === "vi" && sector ? `${code} · ${sector}` : code,
          })),
        ),
      ];

/** Forms to fill in on paper: the source names them and keeps them on its own page. */
export const formsParts = (names: readonly string[], source: string | undefined, t: Translate): Part[] =>
  names.length === 0
    ? []
    : [
        listPart(names.map((text) => ({ text }))),
        ...(source ? [listPart([{ text: t("procedures.show.formsSource"), href: source }])] : []),
      ];

const percent = (part: number, of: number, none: string, t: Translate): string => {
  const share = shareOf(part, of);
  return share === null
    ? none
    : t("procedures.figures.share", {
        share: String(share).replace(".", ","),
        part: formatNumber(part),
        of: formatNumber(of),
      });
};

/** How the procedure fared since 1 January; what was not counted or not rated is said to be so. */
export function figuresParts(year: YearFigures | null, code: string, t: Translate): Part[] {
  const figures = year?.byCode.get(code);
  if (!year || !figures) return [textPart(t("procedures.figures.none"))];
  const rows = [
    {
      key: t("procedures.figures.received"),
      value: t("procedures.figures.receivedOf", {
        online: formatNumber(figures.receivedOnline),
        all: formatNumber(figures.received),
      }),
    },
    { key: t("procedures.figures.resolved"), value: formatNumber(figures.resolved) },
    {
      key: t("procedures.figures.onTime"),
      value: percent(figures.onTime, figures.dueResolved, t("procedures.figures.noneResolved"), t),
    },
    {
      key: t("procedures.figures.satisfied"),
      value: percent(figures.satisfied, figures.rated, t("procedures.figures.noneRated"), t),
    },
  ];
  const period = t("procedures.figures.period", {
    year: year.year,
    time: formatTime(year.countedAt),
    date: formatDate(year.countedAt),
  });
  return [part("components/summary-list", { rows }), textPart(period)];
}

/** What machines that read the page are told: schema.org's GovernmentService. */
export function serviceData(service: {
  publicUrl: string;
  code: string;
  name: string;
  description: string | null;
  sector: string | null;
  operator: string | null;
  audience: readonly string[];
  online: string | null;
  offices: readonly { name: string; address: string | null; phone: string | null }[];
}): DataBlock {
  const url = service.publicUrl + paths.procedure(service.code);
  const channels = [
    ...(service.online ? [{ "@type": "ServiceChannel", serviceUrl: service.online }] : []),
    ...service.offices.map(({ name, address, phone }) => ({
      "@type": "ServiceChannel",
      serviceLocation: {
        "@type": "GovernmentOffice",
        name,
        ...(address ? { address } : {}),
        ...(phone ? { telephone: phone } : {}),
      },
    })),
  ];
  return dataBlock({
    "@context": "https://schema.org",
    "@type": "GovernmentService",
    "@id": url,
    url,
    identifier: service.code,
    name: service.name,
    ...(service.description ? { description: service.description } : {}),
    ...(service.sector ? { serviceType: service.sector } : {}),
    ...(service.operator ? { serviceOperator: { "@type": "GovernmentOrganization", name: service.operator } } : {}),
    ...(service.audience.length > 0
      ? { audience: service.audience.map((audienceType) => ({ "@type": "Audience", audienceType })) }
      : {}),
    ...(channels.length > 0 ? { availableChannel: channels } : {}),
  });
}
