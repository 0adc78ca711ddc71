import { describe, expect, test } from "vitest";
import {
  dateInWords,
  formOn,
  instantInWords,
  numberText,
  PAPER_KINDS,
  paperForms,
  termInWords,
} from "#documents/rules.ts";

describe("forms of TT 03/2025/TT-VPCP", () => {
  test.each([
    ["apology_letter", "2025-09-14", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"],
    ["apology_letter", "2025-09-15", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"],
    ["receipt_slip", "2026-11-23", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"],
    ["stop_notice", "2025-09-14", undefined],
    ["stop_notice", "2026-01-01", "Thông báo dừng giải quyết hồ sơ"],
  ] as const)("%s on %s is called %s", (kind, day, title) => {
    expect(formOn(kind, day)?.title).toBe(title);
  });

  test("each kind's forms stand in the order in which they came into force, in composed letters", () => {
    for (const kind of PAPER_KINDS) {
      const days = paperForms[kind].map(({ from }) => from ?? "");
      expect(days).toEqual([...days].sort());
      for (const { title } of paperForms[kind]) expect(title).toBe(title.normalize("NFC"));
    }
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
