import type { Slip } from "#documents/index.ts";
import {
  errorSummary,
  errorText,
  type Input,
  type LinkButton,
  type Radios,
  type SummaryList,
  type Table,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatMoney, formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import type { Book, Closing, FullClosing, FullReceipt, OpenReceipt, Paying } from "./queries.ts";
import { amountInWords, receiptNumber, totalOf } from "./rules.ts";

type Errors = ReturnType<typeof errorSummary>;
type DeskDrawer = {
  agency: string;
  agencyId: string;
  book: string;
  table: Table | null;
  none: string | null;
  total: string;
  inputs: readonly Input[] | null;
};
type DrawerPage = Page & {
  errors: Errors;
  heading: { title: string; lead: string };
  desks: readonly DeskDrawer[];
  close: { action: string; button: string };
  opening: { action: string; title: string; lead: string; button: string; inputs: readonly Input[] };
  closings: Table | null;
};
type TakePage = Page & {
  errors: Errors;
  heading: { title: string };
  action: string;
  formKey: string;
  owed: { legend: string; error: string | null; items: readonly { value: string; text: string; id: string }[] } | null;
  none: string | null;
  payer: Input;
  method: Radios;
  button: string;
  receipts: Table | null;
};
type ReceiptPage = Page & {
  errors: Errors;
  heading: { title: string };
  summary: SummaryList;
  print: LinkButton;
  void: { action: string; title: string; lead: string; input: Input; button: string } | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "cash/drawer": DrawerPage;
    "cash/take": TakePage;
    "cash/receipt": ReceiptPage;
  }
}

type Numbered = { number: number; book: { form: string; symbol: string } };
const nameOf = ({ number, book }: Numbered): string => `${book.symbol} ${receiptNumber(number)}`;
const codeOf = ({ code, reference }: { code: string | null; reference: string }): string => code ?? reference;

/** The officer's drawer at each of their desks. */
export function drawerPage(
  desks: readonly { id: string; name: string; book: Book | undefined; receipts: readonly OpenReceipt[] }[],
  closings: readonly Closing[],
  form: Form,
  t: Translate,
): DrawerPage {
  const errors = errorSummary(form.errors, t);
  const input = (name: string, label: string, more: Partial<Input> = {}): Input => ({
    name,
    label,
    value: shown(form, name),
    error: errorText(form.errors, name, t),
    ...more,
  });
  const sum = (receipts: readonly OpenReceipt[], method: string): bigint =>
    receipts.reduce((all, one) => (one.voidedAt || one.method !== method ? all : all + one.amount), 0n);
  return {
    title: t("cash.drawer.title"),
    hasErrors: errors !== null,
    errors,
    heading: { title: t("cash.drawer.title"), lead: t("cash.drawer.lead") },
    desks: desks.map(({ id, name, book, receipts }) => ({
      agency: name,
      agencyId: id,
      book: book
        ? t("cash.book.current", { form: book.form, symbol: book.symbol, next: receiptNumber(book.value + 1) })
        : t("cash.book.none"),
      none: receipts.length === 0 ? t("cash.drawer.none") : null,
      total: t("cash.drawer.total", {
        cash: formatMoney(sum(receipts, "cash")),
        transfer: formatMoney(sum(receipts, "transfer")),
      }),
      inputs:
        receipts.length > 0
          ? [
              input("counted", t("cash.close.counted"), { id: `counted-${id}`, inputmode: "numeric", width: 10 }),
              input("remark", t("cash.close.remark"), { id: `remark-${id}` }),
            ]
          : null,
      table:
        receipts.length > 0
          ? {
              caption: t("cash.drawer.open"),
              head: (["number", "dossier", "payer", "method", "amount"] as const).map((key) => ({
                text: t(`cash.drawer.columns.${key}`),
                numeric: key === "amount",
              })),
              rows: receipts.map((one) => ({
                cells: [
                  { text: nameOf(one), ...(one.dossier ? { href: paths.receipt(one.id) } : {}) },
                  { text: one.dossier ? codeOf(one.dossier) : t("cash.drawer.restricted") },
                  { text: one.payerName ?? "" },
                  { text: one.voidedAt ? t("cash.drawer.voided") : t(`cash.drawer.${one.method}`) },
                  { text: formatMoney(one.amount), numeric: true },
                ],
              })),
            }
          : null,
    })),
    close: { action: paths.close, button: t("cash.close.button") },
    opening: {
      action: paths.openBook,
      title: t("cash.book.open"),
      lead: t("cash.book.lead"),
      button: t("cash.book.button"),
      inputs: [
        input("form", t("cash.book.form"), { width: 10, ...(form.values["form"] ? {} : { value: "EBL01" }) }),
        input("symbol", t("cash.book.symbol"), { width: 10, hint: t("cash.book.symbolHint"), verbatim: true }),
        input("first", t("cash.book.first"), {
          width: 10,
          inputmode: "numeric",
          ...(form.values["first"] ? {} : { value: "1" }),
        }),
      ],
    },
    closings:
      closings.length > 0
        ? {
            caption: t("cash.drawer.closings"),
            head: [{ text: t("cash.receipt.at") }, { text: t("cash.drawer.cash"), numeric: true }],
            rows: closings.map((one) => ({
              cells: [
                { text: formatDateTime(one.at), href: paths.closing(one.id) },
                { text: formatMoney(one.cash), numeric: true },
              ],
            })),
          }
        : null,
  };
}

/** What is owed of a dossier, and what was taken. */
export function takePage(paying: Paying, formKey: string, form: Form, t: Translate): TakePage {
  const errors = errorSummary(form.errors, t);
  const isFirst = Object.keys(form.values).length === 0;
  const { dues, feeReceipts } = paying;
  return {
    title: t("cash.take.title", { code: codeOf(paying) }),
    hasErrors: errors !== null,
    back: { href: paths.drawer, text: t("cash.drawer.title") },
    errors,
    heading: { title: t("cash.take.title", { code: codeOf(paying) }) },
    action: paths.take(paying.id),
    formKey,
    none: dues.length === 0 ? t("cash.take.none") : null,
    owed:
      dues.length > 0
        ? {
            legend: `${t("cash.take.owed")}: ${formatMoney(totalOf(dues))}`,
            error: errorText(form.errors, "fee", t),
            items: dues.map((due, i) => ({
              id: i === 0 ? "fee" : `fee-${i}`,
              value: due.feeId,
              text: t("cash.take.line", { name: due.name, amount: formatMoney(totalOf([due])) }),
            })),
          }
        : null,
    payer: {
      name: "payerName",
      label: t("cash.take.payer"),
      value: isFirst ? (paying.parties[0]?.fullName ?? "") : shown(form, "payerName"),
      error: errorText(form.errors, "payerName", t),
    },
    method: {
      name: "method",
      label: t("cash.take.method"),
      small: true,
      inline: true,
      value: isFirst ? "cash" : shown(form, "method"),
      items: (["cash", "transfer"] as const).map((value) => ({ value, text: t(`cash.drawer.${value}`) })),
      error: errorText(form.errors, "method", t),
    },
    button: t("cash.take.button"),
    receipts:
      feeReceipts.length > 0
        ? {
            caption: t("cash.take.receipts"),
            head: [
              { text: t("cash.drawer.columns.number") },
              { text: t("cash.receipt.state") },
              { text: t("cash.drawer.columns.amount"), numeric: true },
            ],
            rows: feeReceipts.map((one) => ({
              cells: [
                { text: nameOf(one), href: paths.receipt(one.id) },
                { text: one.voidedAt ? t("cash.drawer.voided") : t("cash.receipt.valid") },
                { text: formatMoney(one.amount), numeric: true },
              ],
            })),
          }
        : null,
  };
}

const stateOf = ({ voidedAt, voidReason }: FullReceipt, t: Translate): string =>
  voidedAt
    ? t("cash.receipt.voided", { at: formatDateTime(voidedAt), reason: voidReason ?? "" })
    : t("cash.receipt.valid");

/** One receipt; voided here. */
export function receiptPage(receipt: FullReceipt, form: Form, t: Translate): ReceiptPage {
  const errors = errorSummary(form.errors, t);
  const row = (
    key: "dossier" | "payer" | "method" | "officer" | "at" | "amount" | "words" | "state",
    value: string,
  ) => ({
    key: t(`cash.receipt.${key}`),
    value,
  });
  const title = t("cash.receipt.title", { number: nameOf(receipt) });
  return {
    title,
    hasErrors: errors !== null,
    back: { href: paths.take(receipt.dossier.id), text: t("cash.take.receipts") },
    errors,
    heading: { title },
    summary: {
      rows: [
        row("dossier", codeOf(receipt.dossier)),
        row("payer", receipt.payerName),
        row("method", t(`cash.drawer.${receipt.method}`)),
        row("amount", formatMoney(receipt.amount)),
        row("words", amountInWords(receipt.amount)),
        row("officer", receipt.officer),
        row("at", formatDateTime(receipt.at)),
        row("state", stateOf(receipt, t)),
      ],
    },
    print: { text: t("cash.receipt.print"), href: paths.print(receipt.id) },
    void:
      receipt.voidedAt || receipt.closingId
        ? null
        : {
            action: paths.void(receipt.id),
            title: t("cash.receipt.void"),
            lead: t("cash.receipt.voidLead"),
            input: {
              name: "reason",
              label: t("cash.receipt.reason"),
              value: shown(form, "reason"),
              error: errorText(form.errors, "reason", t),
            },
            button: t("cash.receipt.void"),
          },
  };
}

/** The receipt on paper. */
export const receiptPaper = (receipt: FullReceipt, t: Translate): Slip => ({
  format: "A5",
  title: t("cash.paper.receipt"),
  about: t("cash.paper.series", {
    form: receipt.book.form,
    symbol: receipt.book.symbol,
    number: receiptNumber(receipt.number),
  }),
  number: null,
  facts: [
    { name: t("cash.receipt.payer"), value: receipt.payerName },
    ...(receipt.dossier.parties[0]?.address
      ? [{ name: t("cash.paper.address"), value: receipt.dossier.parties[0].address }]
      : []),
    { name: t("cash.receipt.dossier"), value: codeOf(receipt.dossier) },
    { name: t("cash.receipt.method"), value: t(`cash.drawer.${receipt.method}`) },
  ],
  columns: [
    { title: t("cash.paper.index"), share: 6, align: "center" },
    { title: t("cash.paper.fee"), share: 50 },
    { title: t("cash.paper.quantity"), share: 14, align: "center" },
    { title: t("cash.paper.price"), share: 20, align: "center" },
    { title: t("cash.paper.amount"), share: 22, align: "center" },
  ],
  rows: receipt.lines.map((line, i) => [
    String(i + 1),
    line.name,
    String(line.quantity),
    formatMoney(line.amount),
    formatMoney(totalOf([line])),
  ]),
  remarks: [
    `${t("cash.receipt.amount")}: ${formatMoney(receipt.amount)}. ${t("cash.receipt.words")}: ${amountInWords(receipt.amount)}.`,
    ...(receipt.voidedAt ? [t("cash.paper.void", { reason: receipt.voidReason ?? "" })] : []),
  ],
  signatures: [
    { title: t("cash.paper.payer"), name: receipt.payerName },
    { title: t("cash.paper.collector"), name: receipt.officer },
  ],
  at: receipt.at,
});

/** The day's sheet of one clerk: every number since the last, voided ones too. */
export const closingPaper = (closing: FullClosing, t: Translate): Slip => ({
  format: "A4",
  title: t("cash.paper.closing"),
  about: t("cash.paper.closingAbout", { day: formatPartialDate(closing.day), number: closing.number }),
  number: null,
  facts: [{ name: t("cash.paper.clerk"), value: closing.officer }],
  columns: [
    { title: t("cash.paper.index"), share: 8, align: "center" },
    { title: t("cash.drawer.columns.number"), share: 26 },
    { title: t("cash.drawer.columns.dossier"), share: 39 },
    { title: t("cash.drawer.columns.payer"), share: 25 },
    { title: t("cash.drawer.columns.method"), share: 16 },
    { title: t("cash.drawer.columns.amount"), share: 20, align: "center" },
  ],
  rows: closing.receipts.map((one, i) => [
    String(i + 1),
    nameOf(one),
    one.dossier ? codeOf(one.dossier) : t("cash.drawer.restricted"),
    one.payerName ?? "",
    one.voidedAt ? t("cash.drawer.voided") : t(`cash.drawer.${one.method}`),
    one.voidedAt ? formatMoney(0n) : formatMoney(one.amount),
  ]),
  remarks: [
    t("cash.paper.cash", {
      amount: formatMoney(closing.cash),
      counted: formatMoney(closing.counted),
      difference: formatMoney(closing.counted - closing.cash),
    }),
    t("cash.paper.transfers", { amount: formatMoney(closing.transfers) }),
    ...(closing.remark ? [t("cash.paper.remark", { text: closing.remark })] : []),
  ],
  signatures: [
    { title: t("cash.paper.checker"), name: "" },
    { title: t("cash.paper.cashier"), name: closing.officer },
  ],
  at: closing.at,
});
