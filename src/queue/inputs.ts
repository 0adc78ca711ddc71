import { z } from "zod";
import { isLocalDate } from "#calendar/rules.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { isPriorityWord } from "./rules.ts";

const say = (key: MessageKey): MessageKey => key;

const text = z.preprocess((sent) => (typeof sent === "string" ? sent.normalize("NFC").trim() : ""), z.string());
const name = text.pipe(z.string().min(1, say("queue.errors.name")).max(100, say("queue.errors.name")));
const optionalName = text.pipe(z.string().max(100, say("queue.errors.name"))).transform((one) => one || null);
const ticked = z.preprocess((sent) => sent === "1", z.boolean());
const whole = (least: number, most: number, error: MessageKey) =>
  text.pipe(
    z
      .string()
      .regex(/^\d{1,4}$/, error)
      .transform(Number)
      .pipe(z.int(error).min(least, error).max(most, error)),
  );
const uuid = z.uuid();
export const isId = (value: unknown): value is string => uuid.safeParse(value).success;
const idOrNone = z.preprocess((sent) => (isId(sent) ? sent : null), z.string().nullable());
/** What is sent once for each box that is ticked. */
const ids = z.preprocess((sent) => [sent].flat().filter(isId), z.array(z.string()).max(100));

/** At the machine: a queue touched, and the kind of priority chosen before; what does not fit is none. */
export const TakeInput = z.object({
  queue: idOrNone,
  priority: z.preprocess((sent) => (isPriorityWord(sent) ? sent : null), z.string().nullable()),
  in: ticked,
});

/** Of the officer's panel: whom they saw at their counter, null for nobody. */
export const SeenInput = z.object({ seen: idOrNone });
export const CallBackInput = z.object({ seen: idOrNone, ticket: idOrNone });

/** "hang:" or "quay:" and an id: where somebody is sent. */
export const TransferInput = z.object({
  seen: idOrNone,
  to: text.transform((typed, refuse) => {
    const [, kind, id] = /^(hang|quay):(.+)$/.exec(typed) ?? [];
    if (isId(id)) return kind === "hang" ? { queueId: id } : { counterId: id };
    refuse.addIssue({ code: "custom", message: say("queue.errors.target") });
    return z.NEVER;
  }),
});

export const CounterInput = z.object({ counter: idOrNone });

const GROUPS = { hang: "queue", quay: "counter", ngay: "day", sanh: "hall" } as const;
const day = z.string().refine(isLocalDate);
/** `?tu=&den=&theo=&sanh=`; what does not fit is as if it had not been given. */
export const StatisticsQuery = z.object({
  tu: day.optional(),
  den: day.optional(),
  theo: z
    .enum(["hang", "quay", "ngay", "sanh"])
    .transform((word) => GROUPS[word])
    .optional(),
  sanh: z.uuid().optional(),
});

const RESERVED = ["so"];
export const HallInput = z.object({
  name,
  hours: z.preprocess((sent) => (sent === "any" ? "any" : "office"), z.enum(["office", "any"])),
  mostInRow: whole(1, 50, say("queue.errors.mostInRow")),
  isClosed: ticked,
});
export const NewHallInput = HallInput.omit({ isClosed: true }).extend({
  agencyId: z.preprocess((sent) => (isId(sent) ? sent : ""), z.uuid(say("queue.errors.agency"))),
  slug: text.pipe(
    z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, say("queue.errors.slug"))
      .max(60, say("queue.errors.slug"))
      .refine((slug) => !RESERVED.includes(slug), say("queue.errors.slug")),
  ),
});

export const QueueInput = z.object({
  id: idOrNone,
  prefix: text.pipe(z.string().regex(/^[A-Z]{1,2}$/, say("queue.errors.prefix"))),
  name,
  nameEn: optionalName,
  sectors: text.transform((lines) => [
    ...new Set(
      lines
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
        .slice(0, 100),
    ),
  ]),
  forResults: ticked,
  minutes: whole(1, 240, say("queue.errors.minutes")),
  isClosed: ticked,
});

export const CounterSetup = z.object({
  id: idOrNone,
  number: whole(1, 999, say("queue.errors.number")),
  name: optionalName,
  agencyId: z.preprocess((sent) => (isId(sent) ? sent : ""), z.uuid(say("queue.errors.agency"))),
  queueIds: ids,
  isClosed: ticked,
});
export type NewHall = z.output<typeof NewHallInput>;
export type HallSetup = z.output<typeof HallInput>;
export type QueueSetup = z.output<typeof QueueInput>;
export type CounterSetup = z.output<typeof CounterSetup>;
