import { z } from "zod";
import { type CalendarRow, CONFIDENCES, isLocalDate, isLocalTime } from "./rules.ts";

const Day = z.string().refine(isLocalDate, "Ngày phải có thật và viết theo dạng năm-tháng-ngày, ví dụ 2026-11-24");
const Time = z.string().refine(isLocalTime, "Giờ phải viết theo dạng giờ:phút, ví dụ 15:00");
const Entry = z.strictObject({ date: Day, name: z.string().trim().min(1), confidence: z.enum(CONFIDENCES) });

/** The holiday table as a file: for each year the days off, the make-up days, and where they were announced. */
export const HolidayTable = z
  .strictObject({
    meta: z.strictObject({ source: z.string().min(1), note: z.string().optional() }),
    years: z.record(
      z.string().regex(/^\d{4}$/),
      z.strictObject({
        announcements: z.array(z.string()),
        daysOff: z.array(Entry).min(1),
        makeUpDays: z.array(Entry),
      }),
    ),
  })
  .superRefine((table, context) => {
    for (const [year, { daysOff, makeUpDays }] of Object.entries(table.years)) {
      const seen = new Set<string>();
      for (const { date } of [...daysOff, ...makeUpDays]) {
        const path = ["years", year];
        if (!date.startsWith(`${year}-`))
          context.addIssue({ code: "custom", path, message: `Ngày ${date} không thuộc năm ${year}` });
        if (seen.has(date))
          context.addIssue({ code: "custom", path, message: `Ngày ${date} có hai lần trong bảng của năm ${year}` });
        seen.add(date);
      }
    }
  });
export type HolidayTable = z.infer<typeof HolidayTable>;

/** The table as rows, ready for `calendarFrom` or for the database. */
export const holidayRows = (table: HolidayTable): CalendarRow[] =>
  Object.values(table.years).flatMap(({ daysOff, makeUpDays }) => [
    ...daysOff.map((day) => ({ ...day, kind: "off" as const })),
    ...makeUpDays.map((day) => ({ ...day, kind: "working" as const })),
  ]);

/** Office hours as an agency states them: spans in order, none overlapping. */
export const OfficeHoursInput = z
  .array(z.strictObject({ opens: Time, closes: Time }))
  .min(1, "Nhập ít nhất một khoảng giờ làm việc")
  .max(4)
  .refine((spans) => spans.every((span, i) => span.opens < span.closes && (spans[i - 1]?.closes ?? "") <= span.opens), {
    message: "Các khoảng giờ làm việc phải theo thứ tự và không chồng lên nhau",
  });
