import { z } from "zod";
import { instantAt, isLocalDate, isLocalTime } from "#calendar/rules.ts";
import type { MessageKey } from "#platform/i18n.ts";

const say = (key: MessageKey): MessageKey => key;
const text = z.preprocess((sent) => (typeof sent === "string" ? sent.normalize("NFC").trim() : ""), z.string());
const uuid = z.uuid();
export const isId = (value: unknown): value is string => uuid.safeParse(value).success;
const idOrNone = z.preprocess((sent) => (isId(sent) ? sent : null), z.string().nullable());
const day = z.string().refine(isLocalDate);
const ticked = z.preprocess((sent) => sent === "1", z.boolean());

/** `?thu-tuc=&noi=&ngay=`; what does not fit is as if it had not been given. */
export const BookQuery = z.object({
  "thu-tuc": z.string().max(60).optional(),
  noi: z.uuid().optional(),
  ngay: day.optional(),
});

const instant = (missing: MessageKey) =>
  text.transform((typed, refuse) => {
    const at = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,12}Z$/.test(typed) ? new Date(typed) : null;
    if (at && !Number.isNaN(at.getTime())) return at;
    refuse.addIssue({ code: "custom", message: missing });
    return z.NEVER;
  });

export const BookInput = z.object({
  planId: z.preprocess((sent) => (isId(sent) ? sent : ""), z.uuid(say("appointments.errors.plan"))),
  procedureId: z.preprocess((sent) => (isId(sent) ? sent : ""), z.uuid(say("appointments.errors.procedure"))),
  startsAt: instant(say("appointments.errors.time")),
});
export const MoveInput = z.object({ startsAt: instant(say("appointments.errors.time")) });

const dayOf = text.refine(isLocalDate, say("appointments.errors.day"));
const time = text.refine(isLocalTime, say("appointments.errors.clock"));

/** A time in which a plan gives no appointments; `cancels`: those made already are cancelled. */
export const BlockInput = z
  .object({
    planId: z.preprocess((sent) => (isId(sent) ? sent : ""), z.uuid(say("appointments.errors.plan"))),
    day: dayOf,
    from: time,
    to: time,
    reason: text.pipe(z.string().min(1, say("appointments.errors.reason")).max(300, say("appointments.errors.reason"))),
    cancels: ticked,
  })
  .refine(({ from, to }) => from < to, { path: ["to"], message: say("appointments.errors.order") })
  .transform(({ day: on, from, to, ...rest }) => ({ ...rest, from: instantAt(on, from), to: instantAt(on, to) }));
export type Block = z.output<typeof BlockInput>;

const whole = (least: number, most: number, error: MessageKey) =>
  text.pipe(
    z
      .string()
      .regex(/^\d{1,5}$/, error)
      .transform(Number)
      .pipe(z.int(error).min(least, error).max(most, error)),
  );

const isMeetingLink = (typed: string): boolean =>
  typed.length <= 500 && /^https:\/\/[^\s"<>]+$/.test(typed) && URL.canParse(typed);
const meetingUrl = text
  .refine((typed) => typed === "" || isMeetingLink(typed), say("appointments.errors.link"))
  .transform((typed) => typed || null);

export const MeetingInput = z.object({ meetingUrl });

export const PlanInput = z
  .object({
    id: idOrNone,
    agencyId: z.preprocess((sent) => (isId(sent) ? sent : ""), z.uuid(say("appointments.errors.agency"))),
    name: text.pipe(z.string().min(1, say("appointments.errors.name")).max(100, say("appointments.errors.name"))),
    nameEn: text.pipe(z.string().max(100, say("appointments.errors.name"))).transform((one) => one || null),
    /** "online", or the queue in which somebody who comes waits. */
    queueId: z.preprocess((sent) => (isId(sent) || sent === "online" ? sent : ""), z.string()),
    slotMinutes: whole(5, 240, say("appointments.errors.slotMinutes")),
    capacity: whole(1, 100, say("appointments.errors.capacity")),
    daysAhead: whole(1, 90, say("appointments.errors.daysAhead")),
    leadMinutes: whole(0, 10_080, say("appointments.errors.leadMinutes")),
    meetingUrl,
    isClosed: ticked,
  })
  .superRefine(({ queueId, meetingUrl: link }, context) => {
    if (queueId === "")
      context.addIssue({ code: "custom", path: ["queueId"], message: say("appointments.errors.queue") });
    if (queueId === "online" && link === null)
      context.addIssue({ code: "custom", path: ["meetingUrl"], message: say("appointments.errors.linkMissing") });
  });
export type PlanSetup = z.output<typeof PlanInput>;

/** `?ngay=&noi=` of the officers' day. */
export const DayQuery = z.object({ ngay: day.optional(), noi: z.uuid().optional() });
export const ScanInput = z.object({
  ma: text.pipe(z.string().max(300)),
  in: ticked,
});
