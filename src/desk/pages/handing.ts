import type { Slip } from "#documents/index.ts";
import type { Table } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Batch, ToHandOver } from "../queries/handing.ts";

type Group = {
  title: string;
  hidden: readonly { name: string; value: string }[];
  items: readonly { id: string; label: string; code: string; href: string; text: string; papers: string }[];
};
type HandingList = Page & {
  heading: { title: string; lead: string };
  waiting: string;
  none: string | null;
  action: string;
  make: string;
  groups: readonly Group[];
  slips: Table | null;
};
type HandingSlip = Page & {
  heading: { title: string; caption: string };
  table: Table;
  print: { text: string; href: string; kind: "secondary" };
  confirm: {
    action: string;
    lead: string;
    inputs: readonly { name: string; label: string; maxLength: number }[];
    button: string;
  } | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/handing": HandingList;
    "desk/handing-slip": HandingSlip;
  }
}

type Names = { agency: (id: string) => string; role: (role: string) => string };

const numberOf = ({ number, year }: { number: number; year: number }, t: Translate): string =>
  t("desk.handing.number", { number: String(number).padStart(2, "0"), year });

type Recent = Pick<Batch, "id" | "number" | "year" | "fromAgencyId" | "toAgencyId" | "toRole" | "receivedAt"> & {
  _count: { slips: number };
};

/** What waits to be handed over, by where it goes, and the newest slips. */
export function handingPage(
  rows: readonly (ToHandOver & { lines: string })[],
  batches: readonly Recent[],
  names: Names,
  formKey: () => string,
  t: Translate,
): HandingList {
  const places = [...new Set(rows.map((row) => `${row.fromAgencyId} ${row.toAgencyId} ${row.toRole}`))];
  return {
    title: t("desk.handing.title"),
    heading: { title: t("desk.handing.title"), lead: t("desk.handing.lead") },
    waiting: t("desk.handing.waiting"),
    none: rows.length === 0 ? t("desk.handing.none") : null,
    action: paths.handing,
    make: t("desk.handing.make"),
    groups: places.map((place) => {
      const [from = "", to = "", role = ""] = place.split(" ");
      return {
        title: t("desk.handing.to", { agency: names.agency(to), role: names.role(role) }),
        hidden: [
          { name: "formKey", value: formKey() },
          { name: "from", value: from },
          { name: "to", value: to },
          { name: "role", value: role },
        ],
        items: rows
          .filter((row) => `${row.fromAgencyId} ${row.toAgencyId} ${row.toRole}` === place)
          .map(({ id, code, procedure, applicant, lines }) => ({
            id,
            code,
            label: t("desk.handing.choose", { code }),
            href: paths.dossier(id),
            text: `${procedure} · ${applicant}`,
            papers: lines,
          })),
      };
    }),
    slips:
      batches.length > 0
        ? {
            caption: t("desk.handing.slips"),
            head: (["slip", "from", "receiver", "count", "state"] as const).map((key) => ({
              text: t(`desk.handing.${key}`),
              numeric: key === "count",
            })),
            rows: batches.map((batch) => ({
              cells: [
                { text: numberOf(batch, t), href: paths.handingSlip(batch.id) },
                { text: names.agency(batch.fromAgencyId) },
                { text: names.agency(batch.toAgencyId), note: names.role(batch.toRole) },
                { text: String(batch._count.slips), numeric: true },
                {
                  text: "",
                  tag: batch.receivedAt
                    ? { text: t("desk.handing.received", { at: formatDateTime(batch.receivedAt) }), tone: "done" }
                    : { text: t("desk.handing.open"), tone: "waiting" },
                },
              ],
            })),
          }
        : null,
  };
}

const procedureOf = (definition: unknown): string => (definition as { name: { vi: string } }).name.vi;

/** One slip as both sides see it; who receives confirms it here. */
export function handingSlipPage(batch: Batch, mayConfirm: boolean, names: Names, t: Translate): HandingSlip {
  const title = `${t("desk.handing.slip")} ${numberOf(batch, t).toLocaleLowerCase("vi")}`;
  const columns = ["code", "procedure", "applicant", "papers", "note"] as const;
  return {
    title,
    back: { href: paths.handing, text: t("desk.handing.title") },
    heading: {
      title,
      caption: [
        `${names.agency(batch.fromAgencyId)} → ${names.agency(batch.toAgencyId)}, ${names.role(batch.toRole)}`,
        t("desk.handing.given", { who: batch.giver, at: formatDateTime(batch.givenAt) }),
        batch.receivedAt
          ? `${t("desk.handing.received", { at: formatDateTime(batch.receivedAt) })} (${batch.receiver})`
          : t("desk.handing.open"),
      ].join(" · "),
    },
    table: {
      caption: title,
      hideCaption: true,
      head: columns.map((key) => ({ text: t(`desk.handing.columns.${key}`) })),
      rows: batch.slips.map(({ dossier, papers, remark, receivedAt }) => ({
        cells: [
          { text: dossier.code ?? "", href: paths.dossier(dossier.id) },
          { text: procedureOf(dossier.procedureVersion.definition) },
          { text: dossier.parties[0]?.fullName ?? "" },
          { text: papers },
          { text: remark ?? (receivedAt ? t("desk.handing.whole") : "") },
        ],
      })),
    },
    print: { text: t("desk.handing.print"), href: paths.handingPrint(batch.id), kind: "secondary" },
    confirm:
      mayConfirm && !batch.receivedAt
        ? {
            action: paths.handingReceive(batch.id),
            lead: t("desk.handing.confirmLead"),
            inputs: batch.slips.map(({ dossier }) => ({
              name: `remark-${dossier.id}`,
              label: t("desk.handing.lacking", { code: dossier.code ?? "" }),
              maxLength: 300,
            })),
            button: t("desk.handing.confirm"),
          }
        : null,
  };
}

/** The slip on paper, for both to sign. */
export const handingPaper = (batch: Batch, names: Names, t: Translate): Slip => ({
  format: "A4",
  title: t("desk.handing.paper.title"),
  about: null,
  number: `${String(batch.number).padStart(2, "0")}/${t("desk.handing.paper.symbol")}`,
  facts: [
    { name: t("desk.handing.from"), value: `${batch.giver}, ${names.agency(batch.fromAgencyId)}` },
    { name: t("desk.handing.receiver"), value: `${names.agency(batch.toAgencyId)}, ${names.role(batch.toRole)}` },
  ],
  columns: [
    { title: t("desk.handing.paper.index"), share: 6, align: "center" },
    { title: t("desk.handing.columns.code"), share: 35 },
    { title: t("desk.handing.columns.procedure"), share: 23 },
    { title: t("desk.handing.columns.applicant"), share: 17 },
    { title: t("desk.handing.columns.papers"), share: 26 },
    { title: t("desk.handing.columns.note"), share: 12 },
  ],
  rows: batch.slips.map(({ dossier, papers, remark }, i) => [
    String(i + 1),
    dossier.code ?? "",
    procedureOf(dossier.procedureVersion.definition),
    dossier.parties[0]?.fullName ?? "",
    papers,
    remark ?? "",
  ]),
  remarks: [t("desk.handing.paper.total", { count: batch.slips.length, at: formatDateTime(batch.givenAt) })],
  signatures: [
    { title: t("desk.handing.paper.giver"), name: batch.giver },
    { title: t("desk.handing.paper.receiver"), name: batch.receiver ?? "" },
  ],
  at: batch.givenAt,
});
