import { describe, expect, test } from "vitest";
import { dateInWords, formOn, instantInWords, numberText, type PaperForm, termInWords } from "#documents/rules.ts";

const form = (kind: PaperForm["kind"], from: string, title: string, procedureCode = ""): PaperForm => ({
  id: `${kind} ${from}`,
  kind,
  procedureCode,
  from,
  title,
  basis: "",
  symbol: "",
  layout: 1,
  content: null,
  confirmed: null,
});
const forms = [
  form("apology_letter", "2025-09-15", "Văn bản xin lỗi"),
  form("apology_letter", "", "Phiếu xin lỗi"),
  form("result", "2026-01-01", "Trích lục", "2.x"),
  form("stop_notice", "2025-09-15", "Thông báo dừng"),
];

describe("forms", () => {
  test.each([
    ["apology_letter", "2025-09-14", "", "Phiếu xin lỗi"],
    ["apology_letter", "2025-09-15", "", "Văn bản xin lỗi"],
    ["stop_notice", "2025-09-14", "", undefined],
    ["stop_notice", "2026-01-01", "1.x", "Thông báo dừng"],
    ["result", "2026-01-01", "2.x", "Trích lục"],
    ["result", "2026-01-01", "1.x", undefined],
  ] as const)("%s on %s of the procedure '%s' is called %s", (kind, day, procedure, title) => {
    expect(formOn(forms, kind, day, procedure)?.title).toBe(title);
  });
});

describe("writing of NĐ 30/2020", () => {
  test.each([
    [5, "05/TNHS"],
    [10, "10/TNHS"],
    [1234, "1234/TNHS"],
  ])("number %i is written %s", (number, text) => {
    expect(numberText(number, "TNHS")).toBe(text);
  });

  test.each([
    ["2026-02-03", "ngày 03 tháng 02 năm 2026"],
    ["2026-01-31", "ngày 31 tháng 01 năm 2026"],
    ["2026-03-09", "ngày 09 tháng 3 năm 2026"],
    ["2026-12-10", "ngày 10 tháng 12 năm 2026"],
  ])("%s is written %s", (day, text) => {
    expect(dateInWords(day)).toBe(text);
    expect(instantInWords("07:05", day)).toBe(`07 giờ 05 phút, ${text}`);
  });

  test.each([
    [{ unit: "working_day", amount: 5 }, "05 ngày làm việc"],
    [{ unit: "working_hour", amount: 40 }, "40 giờ làm việc"],
    [{ unit: "month", amount: 6 }, "06 tháng"],
    [{ unit: "same_day" }, "Ngay trong ngày làm việc"],
  ] as const)("%j is written %s", (term, text) => {
    expect(termInWords(term)).toBe(text);
  });
});
