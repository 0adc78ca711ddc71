import { z } from "zod";
import type { FieldError, Read } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import {
  type Calendar,
  type CalendarEdit,
  type CalendarRow,
  CONFIDENCES,
  editFrom,
  isLocalDate,
  isLocalTime,
  isWeekend,
  type LocalDate,
} from "./rules.ts";

const Day = z.string().refine(isLocalDate, "Ngày phải có thật và viết theo dạng năm-tháng-ngày, ví dụ 2026-11-24");
const Time = z.string().refine(isLocalTime, "Giờ phải viết theo dạng giờ:phút, ví dụ 15:00");
/** `source` is where this very day was announced; absent: where its year was. */
const Entry = z.strictObject({
  date: Day,
  name: z.string().trim().min(1).max(200),
  confidence: z.enum(CONFIDENCES),
  source: z.string().max(500).nullable().optional(),
});
/** More days off than any year has: a slip of the pen, or a year without a working day. */
const MOST_DAYS_OFF = 120;

/** The holiday table as a file: for each year the days off, the make-up days, and where they were announced. */
export const HolidayTable = z
  .strictObject({
    meta: z.strictObject({ source: z.string().min(1), note: z.string().optional() }),
    years: z.record(
      z.string().regex(/^\d{4}$/),
      z.strictObject({
        announcements: z.array(z.string()),
        daysOff: z.array(Entry).max(MOST_DAYS_OFF),
        makeUpDays: z.array(Entry).max(MOST_DAYS_OFF),
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
export const holidayRows = ({ meta, years }: HolidayTable): (CalendarRow & { source: string | null })[] =>
  Object.values(years).flatMap(({ announcements, daysOff, makeUpDays }) => {
    const source = announcements.join("; ") || meta.source;
    return [
      ...daysOff.map((day) => ({ source, ...day, kind: "off" as const })),
      ...makeUpDays.map((day) => ({ source, ...day, kind: "working" as const })),
    ].map((day) => ({ ...day, source: day.source ?? null }));
  });

/** Office hours as an agency states them: spans in order, none overlapping. */
export const OfficeHoursInput = z
  .array(z.strictObject({ opens: Time, closes: Time }))
  .min(1, "Nhập ít nhất một khoảng giờ làm việc")
  .max(4)
  .refine((spans) => spans.every((span, i) => span.opens < span.closes && (spans[i - 1]?.closes ?? "") <= span.opens), {
    message: "Các khoảng giờ làm việc phải theo thứ tự và không chồng lên nhau",
  });

const say = (key: MessageKey): MessageKey => key;

/** `?co-quan=&nam=&ngay=`; what does not fit is as if it had not been given. */
export const CalendarQuery = z.object({
  "co-quan": z.uuid().optional(),
  nam: z.coerce.number().int().min(2000).max(2199).optional(),
  ngay: z.string().refine(isLocalDate).optional(),
});

const DayForm = z.object({
  kind: z.enum(["off", "working"], say("calendar.errors.kind")),
  name: z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .pipe(z.string().min(1, say("calendar.errors.nameMissing")).max(200, say("calendar.errors.nameLong"))),
  confidence: z.enum(CONFIDENCES, say("calendar.errors.confidence")),
  source: z
    .string()
    .default("")
    .transform((text) => text.normalize("NFC").trim() || null)
    .pipe(z.string().max(500, say("calendar.errors.sourceLong")).nullable()),
});

export type Sent = Readonly<Record<string, unknown>>;
const textOf = (sent: Sent, name: string): string => (typeof sent[name] === "string" ? sent[name] : "");

/** Three boxes as yyyy-MM-dd; null when they make no day of this century or the next. */
function dateIn(sent: Sent): LocalDate | null {
  const [day = "", month = "", year = ""] = ["day", "month", "year"].map((part) => textOf(sent, `date.${part}`).trim());
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return /^2[01]/.test(text) && isLocalDate(text) ? text : null;
}

/**
 * One day as typed: entered, put in another's place (`former`), or removed.
 * @param province the calendar that holds without the agency's own days; null when the day is the province's own
 */
export function readDayEdit(sent: Sent, agencyId: string | null, province: Calendar | null): Read<CalendarEdit> {
  const former = isLocalDate(textOf(sent, "former")) ? textOf(sent, "former") : null;
  if (textOf(sent, "act") === "remove" && former) return { ok: true, data: { agencyId, set: [], remove: [former] } };
  const date = dateIn(sent);
  const parsed = DayForm.safeParse(sent);
  const errors: Record<string, FieldError> = {};
  if (!date) errors["date"] = { key: "calendar.errors.date" };
  for (const issue of parsed.error?.issues ?? [])
    errors[String(issue.path[0])] ??= { key: issue.message as MessageKey };
  const works = date && !isWeekend(date) && !province?.daysOff.has(date);
  if (works && parsed.data?.kind === "working") errors["kind"] = { key: "calendar.errors.worksAnyway" };
  if (!date || !parsed.success || Object.keys(errors).length > 0)
    return { ok: false, form: { values: { ...sent }, errors } };
  const remove = former && former !== date ? [former] : [];
  return { ok: true, data: { agencyId, set: [{ ...parsed.data, date }], remove } };
}

/** A pasted table as an edit of one scope. @param standing the days that stand in it */
export function readImport(
  sent: Sent,
  agencyId: string | null,
  standing: readonly { date: LocalDate }[],
): Read<CalendarEdit> {
  const failed = (error: FieldError): Read<CalendarEdit> => ({
    ok: false,
    form: { values: { ...sent }, errors: { table: error } },
  });
  const text = textOf(sent, "table").trim();
  if (text === "") return failed({ key: "calendar.errors.tableMissing" });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed({ key: "calendar.errors.tableNotJson" });
  }
  const table = HolidayTable.safeParse(json);
  const issue = table.error?.issues[0];
  if (issue)
    return failed(
      issue.code === "custom"
        ? { key: "calendar.errors.tableRule", params: { why: issue.message } }
        : { key: "calendar.errors.tableShape", params: { where: issue.path.map(String).join(" › ") || "JSON" } },
    );
  const years = Object.keys(table.data?.years ?? {});
  return { ok: true, data: editFrom(holidayRows(table.data as HolidayTable), years, agencyId, standing) };
}
