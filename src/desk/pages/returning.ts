import type { Slip } from "#documents/index.ts";
import type { FullDossier } from "#dossiers/index.ts";
import {
  errorSummary,
  errorText,
  type Input,
  type LinkButton,
  type SearchBox,
  type Table,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDate, formatDateTime, formatMoney } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Ready, Sheet, ToPost } from "../queries/returning.ts";

type ReadyPage = Page & {
  heading: { title: string; lead: string };
  search: SearchBox;
  table: Table | null;
  none: string | null;
  post: LinkButton;
};
type HandPage = Page & {
  errors: ReturnType<typeof errorSummary>;
  heading: { title: string; caption: string };
  results: { title: string; lines: readonly string[] };
  owed: string | null;
  action: string;
  version: string;
  inputs: readonly Input[];
  returned: { legend: string; items: readonly { name: string; value: string; text: string }[] } | null;
  signed: { text: string; checked: boolean };
  button: string;
};
type PostingPage = Page & {
  heading: { title: string; lead: string };
  waiting: string;
  none: string | null;
  action: string;
  groups: readonly {
    agency: string;
    items: readonly { id: string; label: string; code: string; text: string; usable: boolean }[];
  }[];
  make: string;
  sheets: Table | null;
};
type SheetPage = Page & {
  heading: { title: string };
  table: Table;
  links: readonly LinkButton[];
  hand: { action: string; lead: string; button: string } | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/ready": ReadyPage;
    "desk/hand": HandPage;
    "desk/posting": PostingPage;
    "desk/posting-sheet": SheetPage;
  }
}

/** Results that wait to be collected. */
export function readyPage(q: string, rows: readonly Ready[], t: Translate): ReadyPage {
  return {
    title: t("desk.returning.title"),
    width: "wide",
    heading: { title: t("desk.returning.title"), lead: t("desk.returning.lead") },
    search: {
      action: paths.returning,
      name: "q",
      id: "tim-ket-qua",
      label: t("desk.returning.find"),
      value: q,
      button: t("desk.returning.button"),
      verbatim: true,
    },
    none: rows.length > 0 ? null : q ? t("desk.returning.noneFound", { q }) : t("desk.returning.none"),
    table:
      rows.length > 0
        ? {
            caption: q ? t("desk.returning.found", { q }) : t("desk.returning.ready"),
            head: (["code", "applicant", "since", "method"] as const).map((key) => ({
              text: t(`desk.returning.columns.${key}`),
            })),
            rows: rows.map(({ dossierId, code, applicantName, finishedAt, returnMethod, isOnItsWay }) => ({
              cells: [
                { text: code ?? "", href: paths.returnResult(dossierId) },
                { text: applicantName },
                { text: finishedAt ? formatDateTime(finishedAt) : "" },
                {
                  text: t(`dossiers.returnMethod.${returnMethod}`),
                  note: isOnItsWay ? t("desk.returning.onItsWay") : null,
                },
              ],
            })),
          }
        : null,
    post: { text: t("desk.returning.post"), href: paths.posting, kind: "secondary" },
  };
}

/** Who takes it, by which papers, and what goes back with it. */
export function handPage(
  { dossier, owed, form, nameOf }: { dossier: FullDossier; owed: bigint; form: Form; nameOf: (id: string) => string },
  t: Translate,
): HandPage {
  const title = t("desk.returning.hand.title", { code: dossier.code ?? "" });
  const errors = errorSummary(form.errors, t);
  const applicant = dossier.parties.find(({ role }) => role === "applicant");
  const isFirst = Object.keys(form.values).length === 0;
  const input = (name: string, label: string, first: string | null, more: Partial<Input> = {}): Input => ({
    name,
    label,
    value: isFirst ? first : shown(form, name),
    error: errorText(form.errors, name, t),
    ...more,
  });
  const held = dossier.papers.filter(({ originals }) => originals > 0);
  return {
    title,
    hasErrors: errors !== null,
    back: { href: paths.returning, text: t("desk.returning.title") },
    errors,
    heading: { title, caption: applicant?.fullName ?? "" },
    results: {
      title: t("desk.returning.hand.results"),
      lines: dossier.results
        .filter(({ state }) => state === "issued")
        .map(({ title: name, number }) => [name, number].filter(Boolean).join(", ")),
    },
    owed: owed > 0n ? t("desk.returning.hand.owed", { amount: formatMoney(owed) }) : null,
    action: paths.returnResult(dossier.id),
    version: String(dossier.version),
    inputs: [
      input("receivedBy", t("desk.returning.hand.receiver"), applicant?.fullName ?? "", {
        hint: t("desk.returning.hand.receiverHint"),
      }),
      input("receiverPaper", t("desk.returning.hand.paper"), applicant?.personalId ?? "", {
        verbatim: true,
        width: 20,
      }),
      input("receiverPhone", t("desk.returning.hand.phone"), applicant?.phone ?? "", { inputmode: "tel", width: 20 }),
      input("proxyPaper", t("desk.returning.hand.proxy"), "", { hint: t("desk.returning.hand.proxyHint") }),
    ],
    returned:
      held.length > 0
        ? {
            legend: t("desk.returning.hand.returned"),
            items: held.map(({ requirementId, originals }) => ({
              name: `returned-${requirementId}`,
              value: String(originals),
              text: t("desk.returning.hand.returnedItem", { name: nameOf(requirementId), count: originals }),
            })),
          }
        : null,
    signed: { text: t("desk.returning.hand.signed"), checked: shown(form, "signed") === "yes" },
    button: t("desk.returning.hand.button"),
  };
}

const sheetNumber = ({ number, year }: { number: number; year: number }, t: Translate): string =>
  t("desk.returning.posting.number", { number: String(number).padStart(2, "0"), year });

/** What goes by post, and the sheets made before. */
export function postingPage(
  rows: readonly ToPost[],
  sheets: readonly { id: string; number: number; year: number; createdAt: Date; _count: { orders: number } }[],
  owed: ReadonlyMap<string, bigint>,
  t: Translate,
): PostingPage {
  const agencies = [...new Set(rows.map(({ receivingAgencyId }) => receivingAgencyId))];
  const say = (id: string, party: ToPost["parties"][number] | undefined): string => {
    const cod = owed.get(id) ?? 0n;
    return [
      party?.fullName,
      party?.address ?? t("desk.returning.posting.noAddress"),
      party?.phone,
      cod > 0n ? t("desk.returning.posting.cod", { amount: formatMoney(cod) }) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  };
  return {
    title: t("desk.returning.posting.title"),
    back: { href: paths.returning, text: t("desk.returning.title") },
    heading: { title: t("desk.returning.posting.title"), lead: t("desk.returning.posting.lead") },
    waiting: t("desk.returning.posting.waiting"),
    none: rows.length === 0 ? t("desk.returning.posting.none") : null,
    action: paths.posting,
    groups: agencies.map((agency) => ({
      agency,
      items: rows
        .filter(({ receivingAgencyId }) => receivingAgencyId === agency)
        .map(({ id, code, parties }) => ({
          id,
          code: code ?? "",
          label: t("desk.returning.posting.choose", { code: code ?? "" }),
          text: say(id, parties[0]),
          usable: Boolean(parties[0]?.address),
        })),
    })),
    make: t("desk.returning.posting.make"),
    sheets:
      sheets.length > 0
        ? {
            caption: t("desk.returning.posting.sheets"),
            head: [
              { text: t("desk.handing.slip") },
              { text: t("desk.returning.posting.count"), numeric: true },
              { text: t("desk.returning.posting.at") },
            ],
            rows: sheets.map((sheet) => ({
              cells: [
                { text: sheetNumber(sheet, t), href: paths.postingSheet(sheet.id) },
                { text: String(sheet._count.orders), numeric: true },
                { text: formatDateTime(sheet.createdAt) },
              ],
            })),
          }
        : null,
  };
}

const COLUMNS = ["number", "code", "receiver", "phone", "address", "commune", "cod", "description"] as const;

/** A sheet as the postal service reads it: a head, then a letter a line. */
export const sheetLines = ({ orders }: Sheet, t: Translate): string[][] => [
  COLUMNS.map((key) => t(`desk.returning.posting.columns.${key}`)),
  ...orders.map((order) => [
    order.number,
    order.dossier.code ?? "",
    order.receiverName,
    order.receiverPhone ?? "",
    order.receiverAddress,
    order.communeCode ?? "",
    String(order.codAmount),
    order.description,
  ]),
];

export function sheetPage(sheet: Sheet, t: Translate): SheetPage {
  const title = sheetNumber(sheet, t);
  const [head = [], ...lines] = sheetLines(sheet, t);
  return {
    title,
    width: "wide",
    back: { href: paths.posting, text: t("desk.returning.posting.title") },
    heading: { title },
    table: {
      caption: title,
      hideCaption: true,
      head: head.slice(0, -1).map((text) => ({ text })),
      rows: lines.map((cells, i) => ({
        cells: cells.slice(0, -1).map((text, column) => ({
          text,
          ...(column === 1 ? { href: paths.dossier(sheet.orders[i]?.dossier.id ?? "") } : {}),
        })),
      })),
    },
    links: [
      { text: t("desk.returning.posting.csv"), href: paths.postingFile(sheet.id, "csv"), download: true },
      {
        text: t("desk.returning.posting.xlsx"),
        href: paths.postingFile(sheet.id, "xlsx"),
        kind: "secondary",
        download: true,
      },
      { text: t("desk.returning.posting.print"), href: paths.postingFile(sheet.id, "pdf"), kind: "secondary" },
    ],
    hand: sheet.orders.some(({ dossier }) => dossier.status === "completed")
      ? {
          action: paths.postingHand(sheet.id),
          lead: t("desk.returning.posting.handLead"),
          button: t("desk.returning.posting.hand"),
        }
      : null,
  };
}

/** The sheet on paper, for the carrier to sign. */
export const sheetPaper = (sheet: Sheet, officer: string, t: Translate): Slip => ({
  // Lying: names and addresses are what a carrier reads, beside two long codes.
  format: "A4_landscape",
  title: t("desk.returning.posting.paper.title"),
  about: formatDate(sheet.createdAt),
  number: `${String(sheet.number).padStart(2, "0")}/${t("desk.returning.posting.paper.symbol")}`,
  facts: [],
  columns: [
    { title: t("desk.returning.posting.index"), share: 6, align: "center" },
    { title: t("desk.returning.posting.columns.number"), share: 28 },
    { title: t("desk.returning.posting.columns.code"), share: 28 },
    { title: t("desk.returning.posting.columns.receiver"), share: 36 },
    { title: t("desk.returning.posting.columns.address"), share: 52 },
    { title: t("desk.returning.posting.columns.cod"), share: 16 },
  ],
  rows: sheet.orders.map((order, i) => [
    String(i + 1),
    order.number,
    order.dossier.code ?? "",
    [order.receiverName, order.receiverPhone].filter(Boolean).join(", "),
    order.receiverAddress,
    formatMoney(order.codAmount),
  ]),
  remarks: [],
  signatures: [
    { title: t("desk.returning.posting.paper.giver"), name: officer },
    { title: t("desk.returning.posting.paper.carrier"), name: "" },
  ],
  at: sheet.createdAt,
});
