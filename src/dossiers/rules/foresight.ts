import { z } from "zod";
import {
  addWorkingDays,
  type Calendar,
  type CountingRule,
  dateOf,
  endOfOfficeHours,
  type LocalDate,
  nextWorkingDay,
} from "#calendar/rules.ts";
import { isFinished, type Status } from "../rules.ts";

const days = (most: number) => z.number().int().min(1).max(most);
/**
 * What an installation may set of its warnings and waiting times, in working days. The law gives one of them: a dossier
 * that is not eligible goes back within three working days (NĐ 61/2018 Đ19.4; whether NĐ 118/2025 keeps it is not
 * confirmed). The others are usage.
 */
export const DeadlineSettings = z.object({
  /** So many days before it is due, the holder is warned. */
  warnDays: z.array(days(30)).min(1).max(5).default([2, 1]),
  /** An extension that is proposed is so many days long, until the officer says otherwise. */
  extensionDays: days(60).default(5),
  /** So long an applicant may look at a draft result; silence is then assent. */
  draftAnswerDays: days(60).default(3),
  returnDays: days(30).default(3),
});
export type DeadlineSettings = z.infer<typeof DeadlineSettings>;

/** The settings as stored; what is not of this shape is as if nothing was set. */
export const deadlineSettings = (stored: unknown): DeadlineSettings =>
  DeadlineSettings.catch(DeadlineSettings.parse({})).parse(stored ?? {});

/** How many working days are left, counted from the day after today; 0 on the due day, below 0 after it. */
export function workingDaysLeft(dueAt: Date, now: Date, calendar: Calendar): number {
  const [today, due] = [dateOf(now), dateOf(dueAt)];
  if (due < today) return -1;
  let left = 0;
  for (let day = today; day < due; left++) day = nextWorkingDay(day, calendar);
  return left;
}

type Told = { type: string; payload: unknown };
type Foreseen = {
  status: Status;
  dueAt: Date | null;
  pausedAt: Date | null;
  acceptedAt: Date | null;
  events: readonly Told[];
};

const names = (event: Told, dueAt: Date): boolean =>
  (event.payload as { dueAt?: unknown } | null)?.dueAt === dueAt.toISOString();

/** Whether somebody said of this very due date that it will be kept, or proposed another. */
const isForeseen = (events: readonly Told[], dueAt: Date): boolean =>
  events.some(
    (event) =>
      (event.type === "dossier.on_time_confirmed" || event.type === "dossier.extension_proposed") &&
      names(event, dueAt),
  );

/**
 * Whether the holder owes a word on the due date: it comes near, the clock runs, and nobody has said of it yet that it
 * will be kept, nor proposed the apology (NĐ 61/2018 Đ19.9: at the latest the day before).
 */
export function owesForesight(dossier: Foreseen, now: Date, calendar: Calendar, settings: DeadlineSettings): boolean {
  const { dueAt, status, pausedAt, acceptedAt, events } = dossier;
  if (!dueAt || pausedAt || !acceptedAt || isFinished(status)) return false;
  const left = workingDaysLeft(dueAt, now, calendar);
  return left >= 0 && left <= Math.max(...settings.warnDays) && !isForeseen(events, dueAt);
}

/** The latest proposal of an extension that is still open: made of the date that stands now. */
export function openProposal(
  dossier: Pick<Foreseen, "dueAt" | "events">,
): { until: LocalDate; noteId: string; at: Date | null } | null {
  const { dueAt } = dossier;
  if (!dueAt) return null;
  const event = dossier.events.findLast((one) => one.type === "dossier.extension_proposed" && names(one, dueAt));
  const { until, noteId } = (event?.payload ?? {}) as { until?: unknown; noteId?: unknown };
  if (typeof until !== "string" || typeof noteId !== "string") return null;
  return { until, noteId, at: (event as { at?: Date }).at ?? null };
}

/** Whether a dossier is past its due date, by days, as statistics count (domain.md D15); waiting for papers it is not. */
export const isLate = ({ dueAt, pausedAt, status }: Omit<Foreseen, "events" | "acceptedAt">, now: Date): boolean =>
  dueAt !== null && pausedAt === null && !isFinished(status) && dateOf(dueAt) < dateOf(now);

/** Until when silence is no answer yet: the end of office hours so many working days later. */
export const answerUntil = (now: Date, calendar: Calendar, { draftAnswerDays }: DeadlineSettings): Date =>
  endOfOfficeHours(addWorkingDays(dateOf(now), draftAnswerDays, calendar), calendar);

/** The new date that an apology proposes first. */
export const proposedDate = (dueAt: Date, calendar: Calendar, { extensionDays }: DeadlineSettings): LocalDate =>
  addWorkingDays(dateOf(dueAt), extensionDays, calendar);

/** Whether a dossier that is not eligible may still be sent back: so many working days from its reception. */
export const mayReturn = (
  receivedAt: Date | null,
  now: Date,
  calendar: Calendar,
  rule: CountingRule,
  returnDays: number,
): boolean => receivedAt !== null && dateOf(now) <= addWorkingDays(dateOf(receivedAt), returnDays, calendar, rule);
