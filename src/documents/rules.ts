/**
 * What papers there are, what they are called since when, how they are numbered. Pure.
 */
import type { Tag } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";

/** Forms 01 to 06 of TT 03/2025/TT-VPCP, Phụ lục I, that a dossier has, and what a procedure ends in. */
export const PAPER_KINDS = [
  "receipt_slip",
  "supplement_request",
  "decline_slip",
  "apology_letter",
  "stop_notice",
  "control_slip",
  "delivery_receipt",
  "result",
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** Form 07, the register, is drawn when it is asked for and has no number. */
export type FormKind = PaperKind | "register";
export const FORM_KINDS = [...PAPER_KINDS, "register"] as const satisfies readonly FormKind[];

/** Number of the form in the circular; a result has none. */
export const formNumbers: Readonly<Record<FormKind, string | null>> = {
  receipt_slip: "01",
  supplement_request: "02",
  decline_slip: "03",
  apology_letter: "04",
  stop_notice: "05",
  control_slip: "06",
  /** Practice; no form of the circular. */
  delivery_receipt: null,
  register: "07",
  result: null,
};

/** A form as it is called and numbered from a day on. */
export type PaperForm = {
  id: string;
  kind: FormKind;
  /** Empty: of every procedure. */
  procedureCode: string;
  /** yyyy-MM-dd in Viet Nam from which it is used; empty: from the beginning. */
  from: string;
  title: string;
  basis: string;
  /** Stands after the number: "05/TNHS". */
  symbol: string;
  /** Which layout draws it; a paper is drawn by the layout it was issued under for ever. */
  layout: number;
  content: unknown;
  /** Null: nobody compared it with the original form yet. */
  confirmed: { at: Date; name: string } | null;
};

/** The form in force on a day (yyyy-MM-dd), a procedure's own before the common one; undefined when there was none yet. */
export const formOn = (
  forms: readonly PaperForm[],
  kind: FormKind,
  day: string,
  procedureCode = "",
): PaperForm | undefined => {
  const inForce = (code: string): PaperForm | undefined =>
    forms
      .filter((form) => form.kind === kind && form.procedureCode === code && form.from <= day)
      .reduce<PaperForm | undefined>((last, form) => (last && last.from > form.from ? last : form), undefined);
  return inForce(procedureCode) ?? inForce("");
};

/**
 * Papers of one kind of one agency are numbered together, each year from 01 (TT 01/2018 Đ10.2); results of a procedure
 * that has its own form in a register of its own.
 */
export const seriesOf = (kind: PaperKind, agencyId: string, procedureCode = ""): string =>
  [kind, agencyId, procedureCode].filter(Boolean).join(":");

/** "05/TNHS": numbers below 10 have a leading 0 (NĐ 30/2020 Phụ lục I). */
export const numberText = (number: number, symbol: string): string => `${String(number).padStart(2, "0")}/${symbol}`;

/** "ngày 05 tháng 02 năm 2026" of a day yyyy-MM-dd: a leading 0 for days below 10 and for months 1 and 2 (NĐ 30/2020). */
export const dateInWords = (day: string): string => {
  const [year = "", month = "", date = ""] = day.split("-");
  return `ngày ${date} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${year}`;
};

/** "15 giờ 20 phút, ngày 23 tháng 11 năm 2026" of a time HH:mm and a day yyyy-MM-dd. */
export const instantInWords = (time: string, day: string): string => {
  const [hour = "", minute = ""] = time.split(":");
  return `${hour} giờ ${minute} phút, ${dateInWords(day)}`;
};

type Term =
  | { unit: "minute" | "working_hour" | "working_day" | "day" | "month"; amount: number }
  | { unit: "same_day" };
const UNITS = {
  minute: "phút làm việc",
  working_hour: "giờ làm việc",
  working_day: "ngày làm việc",
  day: "ngày",
  month: "tháng",
} as const;

/** "05 ngày làm việc" */
export const termInWords = (term: Term): string =>
  term.unit === "same_day" ? "Ngay trong ngày làm việc" : `${String(term.amount).padStart(2, "0")} ${UNITS[term.unit]}`;

/** What a paper of this kind is called in lists. */
export const paperName = (kind: string, t: Translate): string =>
  t(`documents.kinds.${FORM_KINDS.find((one) => one === kind) ?? "receipt_slip"}`);

export type Standing = "valid" | "replaced" | "revoked";

/** Whether a paper still holds, as it reads everywhere. */
export const standingTag = (standing: Standing, t: Translate): Tag => ({
  text: t(`documents.standing.${standing}`),
  tone: standing === "valid" ? "done" : standing === "replaced" ? "neutral" : "refused",
});

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isPaperId = (id: unknown): id is string => typeof id === "string" && ID.test(id);
