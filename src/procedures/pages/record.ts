import { type InsetText, type Part, part } from "#platform/components.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import type { NationalLine } from "../inputs.ts";
import { vi } from "../messages.ts";
import { saysSomething } from "../rules/text.ts";
import { formsParts, orUnknown, relatedParts, serviceData } from "./extras.ts";
import { frame, listPart, rowsOf, type ShowPage, section, textPart } from "./sections.ts";
import type { Surroundings } from "./show.ts";
import type { Reader } from "./tables.ts";
import { levelsText, termText } from "./words.ts";

const LEVELS: Record<string, string> = {
  xa: "commune",
  tinh: "province",
  bo: "ministry",
  huyen: "district",
  khac: "other",
};
type Method = NationalLine["methods"][number];

/** The address of the source, where it is one of the web: a record may hold anything, and a link must not run it. */
const linkOf = ({ url }: NationalLine): string | undefined =>
  url !== null && /^https?:\/\//i.test(url) ? url : undefined;

/** What is wrong with the record, told to the reader; flags about the crawl itself say nothing to a citizen. */
function noticesOf(line: NationalLine, t: Translate): InsetText[] {
  const flags = [
    ...line.flags,
    ...(line.methods.some(({ time_value, time_unit }) => time_value !== null && time_unit === null)
      ? ["timeUnitOpen"]
      : []),
  ];
  const told = Object.keys(vi.flag)
    .filter((flag) => flags.includes(flag))
    .map((flag) => t(`procedures.flag.${flag}` as MessageKey));
  return [
    { text: t(line.detail === "list" ? "procedures.show.listOnly" : "procedures.show.onlyInformation"), tone: "info" },
    ...(told.length > 0 ? [{ text: told, tone: "warning" as const }] : []),
  ];
}

/** The time limit as the source prints it; where its unit is open or unsure, that is said. */
function methodTime(method: Method, line: NationalLine, t: Translate): string {
  if (method.time_value === null)
    return saysSomething(method.time_text) ? method.time_text : t("procedures.term.unknown");
  const text = termText(method.time_unit, method.time_value, t);
  return method.time_unit === "day" && line.flags.includes("time_unit_day_unsure")
    ? t("procedures.term.unsure", { text })
    : text;
}

/** The fee as the source prints it. "Free" stands only where the source says so and no flag says otherwise. */
function methodFee(method: Method, line: NationalLine, t: Translate): string {
  if (line.flags.includes("fee_not_captured") && !saysSomething(method.fee_text)) return t("procedures.fee.unknown");
  if (line.flags.includes("free_shown_but_note_says_otherwise") && method.free === true) {
    const note = (method.fee_text ?? "").replace(/^\s*miễn phí\s*[-:;.,]?\s*/i, "");
    return note === "" ? t("procedures.fee.depends") : `${t("procedures.fee.depends")}: ${note}`;
  }
  return saysSomething(method.fee_text) ? method.fee_text : t("procedures.fee.unknown");
}

const methodsTable = (line: NationalLine, t: Translate): Part[] =>
  line.methods.length === 0
    ? []
    : [
        part("components/table", {
          caption: t("procedures.show.limits"),
          hideCaption: true,
          head: [
            { text: t("procedures.show.channel") },
            { text: t("procedures.show.limit") },
            { text: t("procedures.show.fees") },
          ],
          rows: line.methods.map((method) => ({
            cells: [
              {
                text: t(`procedures.channel.${method.channel}`),
                note: saysSomething(method.description) ? method.description : null,
              },
              { text: methodTime(method, line, t) },
              { text: methodFee(method, line, t) },
            ],
          })),
        }),
      ];

const isPaper = ({ originals, copies }: { originals: number | null; copies: number | null }): boolean =>
  originals === null || copies === null || originals + copies > 0;
const tidy = (name: string): string =>
  name
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^[-–+*•]\s*/, "");

/** Papers of each case of the source; lines with 0 originals and 0 copies are notes. */
const papersParts = (line: NationalLine, t: Translate): Part[] =>
  line.dossier.flatMap((group) => {
    const papers = group.items.filter(isPaper);
    const notes = group.items.filter((item) => !isPaper(item));
    const name = group.case ? tidy(group.case).replace(/:$/, "") : t("procedures.show.papers");
    const count = (n: number | null): string => (n === null ? t("procedures.show.countUnknown") : String(n));
    return [
      ...(papers.length > 0
        ? [
            part("components/table", {
              caption: name,
              hideCaption: group.case === null && line.dossier.length === 1,
              head: [
                { text: t("procedures.show.paper") },
                { text: t("procedures.show.originals"), numeric: true },
                { text: t("procedures.show.copies"), numeric: true },
              ],
              rows: papers.map((item) => ({
                cells: [
                  {
                    text: tidy(item.name),
                    note: item.form_file ? t("procedures.show.form", { name: item.form_file }) : null,
                  },
                  { text: count(item.originals), numeric: true },
                  { text: count(item.copies), numeric: true },
                ],
              })),
            }),
          ]
        : []),
      ...(notes.length > 0
        ? [
            part("components/details", {
              summary: papers.length > 0 ? t("procedures.show.noteOnly") : name,
              open: true,
              parts: [listPart(notes.map((item) => ({ text: tidy(item.name) })))],
            }),
          ]
        : []),
    ];
  });

function whereParts(line: NationalLine, t: Translate): Part[] {
  const isOnline = line.methods.some(({ channel }) => channel === "online") && line.url !== null;
  const where = isOnline
    ? t("procedures.show.whereNational")
    : saysSomething(line.executing_agency)
      ? t("procedures.show.whereAgency", { agency: line.executing_agency })
      : t("procedures.show.whereAsk");
  return [
    part("components/inset-text", {
      text: [
        where,
        ...(isOnline && saysSomething(line.executing_agency)
          ? [`${t("procedures.show.agency")}: ${line.executing_agency}`]
          : []),
      ],
    }),
    ...(linkOf(line) ? [listPart([{ text: t("procedures.show.national"), href: linkOf(line) }])] : []),
    ...(saysSomething(line.receiving_address)
      ? [textPart(`${t("procedures.show.whereAddress")}: ${line.receiving_address}`)]
      : []),
  ];
}

/** Names of the form files that the source has, each once. */
export const formsOf = ({ dossier }: NationalLine): string[] => [
  ...new Set(dossier.flatMap(({ items }) => items.flatMap(({ form_file }) => (form_file ? [tidy(form_file)] : [])))),
];

/** A procedure that only the national catalogue knows: information, its defects said, its texts whole. */
export function recordPage(line: NationalLine, around: Surroundings, reader: Reader): ShowPage {
  const { t } = reader;
  const isOnline = line.methods.some(({ channel }) => channel === "online");
  const summary = rowsOf([
    [t("procedures.show.who"), line.subjects],
    [t("procedures.show.agency"), line.executing_agency],
    [t("procedures.show.competent"), line.competent_agency],
    [t("procedures.show.authorised"), line.authorised_agency],
    [t("procedures.show.coordinating"), line.coordinating_agency],
    [t("procedures.show.promulgating"), line.promulgating_agency],
    [
      t("procedures.show.level"),
      levelsText(
        line.levels.flatMap((level) => LEVELS[level] ?? []),
        t,
      ),
    ],
    [t("procedures.show.sector"), line.field],
    [t("procedures.show.decision"), line.decision_no],
  ]);
  const results = line.results
    .filter(({ name }) => saysSomething(name))
    .map(({ name, code }) => ({ text: tidy(name ?? ""), note: code ?? undefined }));
  const legal = line.legal_basis.map(({ title, number }) => ({
    text: title ? tidy(title) : (number ?? ""),
    note: title ? (number ?? undefined) : undefined,
  }));
  const captionParts = [t("procedures.list.code", { code: line.code }), line.field].filter((one) => one !== null);
  return frame(
    {
      name: line.name.normalize("NFC").replace(/\s+/g, " ").trim(),
      caption: captionParts.join(" · "),
      tag: { text: t("procedures.service.information"), tone: "neutral" },
      action:
        isOnline && linkOf(line)
          ? {
              button: { text: t("procedures.show.national"), href: linkOf(line) ?? "", kind: "secondary" },
              note: null,
            }
          : null,
      data: serviceData({
        publicUrl: around.publicUrl,
        code: line.code,
        name: tidy(line.name),
        description: null,
        sector: line.field,
        operator: saysSomething(line.executing_agency) ? line.executing_agency : null,
        audience: line.subjects,
        online: isOnline ? (linkOf(line) ?? null) : null,
        offices: [],
      }),
      notices: noticesOf(line, t),
      sections: [
        ...section("noi-nop", t("procedures.show.where"), whereParts(line, t)),
        ...section("tom-tat", t("procedures.show.overview"), [part("components/summary-list", { rows: summary })]),
        ...section("giay-to", t("procedures.show.papers"), orUnknown(papersParts(line, t), t)),
        ...section("bieu-mau", t("procedures.show.forms"), formsParts(formsOf(line), linkOf(line), t)),
        ...section(
          "thoi-han",
          `${t("procedures.show.limits")}, ${t("procedures.show.fees").toLowerCase()}`,
          orUnknown(methodsTable(line, t), t),
        ),
        ...section(
          "trinh-tu",
          t("procedures.show.steps"),
          orUnknown(saysSomething(line.steps) ? [textPart(line.steps)] : [], t),
        ),
        ...section(
          "dieu-kien",
          t("procedures.show.conditions"),
          saysSomething(line.requirements) ? [textPart(line.requirements)] : [],
        ),
        ...section(
          "ket-qua",
          t("procedures.show.results"),
          orUnknown(results.length > 0 ? [listPart(results)] : [], t),
        ),
        ...section("can-cu", t("procedures.show.legal"), orUnknown(legal.length > 0 ? [listPart(legal)] : [], t)),
        ...section("lien-quan", t("procedures.show.related"), relatedParts(around.related, around.english, reader)),
        ...section("nguon", t("procedures.show.source"), [
          listPart([{ text: t("procedures.show.sourceText", { code: line.code }), href: linkOf(line) }]),
        ]),
      ],
    },
    t,
  );
}
