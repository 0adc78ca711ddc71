/**
 * What papers there are, what they are called since when, how they are numbered. Pure.
 */

/** Forms 01 to 07 of TT 03/2025/TT-VPCP, Phụ lục I. */
export const PAPER_KINDS = [
  "receipt_slip",
  "supplement_request",
  "decline_slip",
  "apology_letter",
  "stop_notice",
  "control_slip",
  "register",
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export type PaperForm = {
  /** yyyy-MM-dd in Viet Nam from which it is used; null: from the beginning. */
  from: string | null;
  title: string;
  basis: string;
  /** Stands after the number: "05/TNHS". */
  symbol: string;
  /** Which layout draws it; a paper is drawn by the layout it was issued under for ever. */
  templateVersion: number;
};

const TT01 = "Thông tư 01/2018/TT-VPCP";
const TT03 = "Thông tư 03/2025/TT-VPCP";
const TT03_FROM = "2025-09-15";

/** Titles are re-issued by circular (domain: forms are data with an effective date): a new one is a new line here. */
export const paperForms: Readonly<Record<PaperKind, readonly PaperForm[]>> = {
  receipt_slip: [
    { from: null, title: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", basis: TT01, symbol: "TNHS", templateVersion: 1 },
    {
      from: TT03_FROM,
      title: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
      basis: TT03,
      symbol: "TNHS",
      templateVersion: 1,
    },
  ],
  supplement_request: [
    { from: null, title: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", basis: TT01, symbol: "BSHS", templateVersion: 1 },
    {
      from: TT03_FROM,
      title: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
      basis: TT03,
      symbol: "BSHS",
      templateVersion: 1,
    },
  ],
  decline_slip: [
    { from: null, title: "Phiếu từ chối tiếp nhận giải quyết hồ sơ", basis: TT01, symbol: "TCHS", templateVersion: 1 },
    {
      from: TT03_FROM,
      title: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
      basis: TT03,
      symbol: "TCHS",
      templateVersion: 1,
    },
  ],
  apology_letter: [
    { from: null, title: "Phiếu xin lỗi và hẹn lại ngày trả kết quả", basis: TT01, symbol: "XLHL", templateVersion: 1 },
    {
      from: TT03_FROM,
      title: "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
      basis: TT03,
      symbol: "XLGH",
      templateVersion: 1,
    },
  ],
  stop_notice: [
    { from: TT03_FROM, title: "Thông báo dừng giải quyết hồ sơ", basis: TT03, symbol: "TB-DGQ", templateVersion: 1 },
  ],
  control_slip: [
    {
      from: null,
      title: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
      basis: TT01,
      symbol: "KSHS",
      templateVersion: 1,
    },
    {
      from: TT03_FROM,
      title: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
      basis: TT03,
      symbol: "KSHS",
      templateVersion: 1,
    },
  ],
  register: [
    { from: null, title: "Sổ theo dõi hồ sơ", basis: TT01, symbol: "STD", templateVersion: 1 },
    { from: TT03_FROM, title: "Sổ theo dõi hồ sơ", basis: TT03, symbol: "STD", templateVersion: 1 },
  ],
};

/** The form in force on a day (yyyy-MM-dd); undefined when there was none yet. */
export const formOn = (kind: PaperKind, day: string): PaperForm | undefined =>
  paperForms[kind].findLast(({ from }) => from === null || from <= day);

/** Papers of one kind of one agency are numbered together, each year from 01 (TT 01/2018 Đ10.2). */
export const seriesOf = (kind: PaperKind, agencyId: string): string => `${kind}:${agencyId}`;

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
