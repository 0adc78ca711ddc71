import { z } from "zod";
import { instantAt, isLocalDate, isLocalTime, type LocalDate } from "#calendar/rules.ts";
import type { FieldError, Read } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import type { MessageKey, MessageParams } from "#platform/i18n.ts";
import { cleanTyped } from "#platform/typed.ts";
import { type Fault, type NoticeKind, readMarkdown, type Times, type Words } from "./rules.ts";

const say = (key: MessageKey): MessageKey => key;
const MOST_TITLE = 150;
const MOST_BODY = 30_000;

export type Sent = Readonly<Record<string, unknown>>;
export const textIn = (sent: Sent, name: string): string => (typeof sent[name] === "string" ? sent[name] : "");

/** The version that a form was made from; what is no number fits no version. */
export const seenIn = (sent: Sent): number => (/^\d{1,9}$/.test(textIn(sent, "seen")) ? Number(sent["seen"]) : -1);

const title = z.preprocess(
  (typed) => (typeof typed === "string" ? cleanTyped(typed).replace(/\s+/g, " ") : ""),
  z.string().max(MOST_TITLE, say("content.errors.titleLong")),
);

const faultKeys = {
  html: "content.errors.html",
  image: "content.errors.image",
  link: "content.errors.link",
  level: "content.errors.level",
  other: "content.errors.other",
} as const satisfies Record<Fault["what"], MessageKey>;

const body = z.preprocess(
  (typed) => (typeof typed === "string" ? cleanTyped(typed) : ""),
  z
    .string()
    .max(MOST_BODY, say("content.errors.bodyLong"))
    .superRefine((text, context) => {
      const [fault] = readMarkdown(text).faults;
      if (!fault) return;
      const params: MessageParams = { at: fault.at };
      context.addIssue({ code: "custom", message: faultKeys[fault.what], params });
    }),
);

/** Vietnamese must be there; English is all there or not at all. */
export const WordsInput = z
  .object({
    titleVi: title.pipe(z.string().min(1, say("content.errors.titleMissing"))),
    bodyVi: body.pipe(z.string().min(1, say("content.errors.bodyMissing"))),
    titleEn: title,
    bodyEn: body,
  })
  .superRefine(({ titleEn, bodyEn }, context) => {
    if ((titleEn === "") === (bodyEn === "")) return;
    const path = [titleEn === "" ? "titleEn" : "bodyEn"];
    context.addIssue({ code: "custom", path, message: say("content.errors.halfEnglish") });
  });

type Errors = Record<string, FieldError>;

function collect(error: z.ZodError | undefined): Errors {
  const errors: Errors = {};
  for (const issue of error?.issues ?? []) {
    const { params } = issue as { params?: MessageParams };
    errors[issue.path.map(String).join(".")] ??= { key: issue.message as MessageKey, ...(params ? { params } : {}) };
  }
  return errors;
}

export function readWords(sent: Sent): Read<Words> {
  const parsed = WordsInput.safeParse(sent);
  if (parsed.success) return { ok: true, data: parsed.data };
  return { ok: false, form: { values: { ...sent }, errors: collect(parsed.error) } };
}

/** Three boxes: a day, null when all are empty, undefined when they make no day of this century. */
function dayIn(sent: Sent, name: string): LocalDate | null | undefined {
  const [day = "", month = "", year = ""] = ["day", "month", "year"].map((part) =>
    textIn(sent, `${name}.${part}`).trim(),
  );
  if (day + month + year === "") return null;
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return /^20/.test(text) && isLocalDate(text) ? text : undefined;
}

function instantIn(sent: Sent, name: "start" | "end", errors: Errors): Date | null {
  const day = dayIn(sent, name);
  const time = textIn(sent, `${name}Time`)
    .trim()
    .replace(/^(\d):/, "0$1:");
  if (!day) errors[name] = { key: day === null ? "content.errors.dayMissing" : "content.errors.day" };
  if (!isLocalTime(time)) errors[`${name}Time`] = { key: "content.errors.time" };
  return day && isLocalTime(time) ? instantAt(day, time) : null;
}

/**
 * A notice as typed. Told from now on when no day is given, or the day is today or over; until the end of the last day.
 * @param before when the notice stands already, from when it has been told
 */
export function readNotice(sent: Sent, now: Date, before: Date | null): Read<Words & Times & { kind: NoticeKind }> {
  const words = WordsInput.safeParse(sent);
  const errors: Errors = {};
  const kind = (["news", "outage"] as const).find((one) => one === sent["kind"]);
  if (!kind) errors["kind"] = { key: "content.errors.kind" };
  Object.assign(errors, collect(words.error));
  const from = dayIn(sent, "from");
  if (from === undefined) errors["from"] = { key: "content.errors.day" };
  const isKept = before !== null && (!from || from === isoDay(before));
  const asked = from ? instantAt(from, "00:00") : now;
  const shownFrom = isKept ? before : asked > now ? asked : now;
  const until = dayIn(sent, "until");
  if (until === undefined) errors["until"] = { key: "content.errors.day" };
  const shownUntil = until ? new Date(instantAt(until, "00:00").getTime() + 86_400_000) : null;
  if (shownUntil && shownUntil <= shownFrom) errors["until"] = { key: "content.errors.order" };
  const outageFrom = kind === "outage" ? instantIn(sent, "start", errors) : null;
  const outageTo = kind === "outage" ? instantIn(sent, "end", errors) : null;
  if (outageFrom && outageTo && outageTo <= outageFrom) errors["end"] = { key: "content.errors.order" };
  if (!words.success || !kind || Object.keys(errors).length > 0)
    return { ok: false, form: { values: { ...sent }, errors } };
  return { ok: true, data: { ...words.data, kind, shownFrom, shownUntil, outageFrom, outageTo } };
}
