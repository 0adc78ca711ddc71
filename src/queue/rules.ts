/** Who is called next, how long it takes, and when numbers are given. Pure. */
import { type Calendar, isOfficeTime } from "#calendar/rules.ts";

/** Who is served before others (Luật Người cao tuổi, Luật Người khuyết tật, Pháp lệnh Ưu đãi người có công). */
export const PRIORITIES = ["elderly", "disabled", "pregnant", "child", "merit"] as const;
export type Priority = (typeof PRIORITIES)[number];
/** An appointment is priority from its time on. */
export type TicketPriority = Priority | "appointment";
export const isPriorityWord = (text: unknown): text is Priority => PRIORITIES.some((one) => one === text);

export const OPEN_STATES = ["waiting", "called", "set_aside"] as const;
export const ENDED_STATES = ["served", "no_show", "left", "unserved"] as const;
export type OpenState = (typeof OPEN_STATES)[number];
export type TicketState = OpenState | (typeof ENDED_STATES)[number];

export type EventType =
  | "taken"
  | "called"
  | "called_again"
  | "set_aside"
  | "transferred"
  | "linked"
  | "served"
  | "no_show"
  | "left"
  | "unserved";

/** A012: longer when a day has more than 999. */
export const numberOf = (prefix: string, serial: number): string => `${prefix}${String(serial).padStart(3, "0")}`;

export type InTurn = {
  id: string;
  priority: string | null;
  dueAt: Date | null;
  orderAt: Date;
  serial: number;
};

/** Whether a ticket is called before its turn now. */
export const isPriority = ({ priority, dueAt }: Pick<InTurn, "priority" | "dueAt">, now: Date): boolean =>
  priority !== null && (priority !== "appointment" || (dueAt !== null && dueAt <= now));

const inTurn = (a: InTurn, b: InTurn): number =>
  a.orderAt.getTime() - b.orderAt.getTime() || a.serial - b.serial || (a.id < b.id ? -1 : 1);

/**
 * In which order those who wait in one queue will be called, if nobody comes and nobody goes: priority first, but after so
 * many of it in a row one in turn. Counters of several queues choose by the same rule, in the database.
 */
export function callOrder<T extends InTurn>(
  waiting: readonly T[],
  { inRow, mostInRow, now }: { inRow: number; mostInRow: number; now: Date },
): T[] {
  const sorted = [...waiting].sort(inTurn);
  const first = sorted.filter((ticket) => isPriority(ticket, now));
  const others = sorted.filter((ticket) => !isPriority(ticket, now));
  const order: T[] = [];
  for (let row = inRow; first.length > 0 || others.length > 0; ) {
    const next = row < mostInRow ? (first.shift() ?? others.shift()) : (others.shift() ?? first.shift());
    if (!next) break;
    row = isPriority(next, now) ? row + 1 : 0;
    order.push(next);
  }
  return order;
}

const FEWEST_TOLD = 3;
/** Minutes one person takes: as the day showed, once it showed enough; else as the queue was set up. */
export function paceOf(minutes: readonly number[], usual: number): number {
  if (minutes.length < FEWEST_TOLD) return usual;
  return Math.max(1, minutes.reduce((sum, one) => sum + one, 0) / minutes.length);
}

/** In how many minutes somebody is called who has so many before them; rounded up to five, as nobody knows better. */
export function estimate(ahead: number, minutesEach: number, counters: number): number {
  const wait = (ahead * minutesEach) / Math.max(1, counters);
  return Math.ceil(wait / 5) * 5;
}

export type HallHours = "office" | "any";
/** Why no number is given now. */
export type Shut = "closed" | "outside" | "day_closed" | "day_ended";

/** Why a hall gives no numbers now; null: it does. */
export function whyShut(
  hall: { isClosed: boolean; hours: string },
  day: { closedAt: Date | null; endedAt: Date | null } | null,
  calendar: Calendar,
  now: Date,
): Shut | null {
  if (hall.isClosed) return "closed";
  if (day?.endedAt) return "day_ended";
  if (day?.closedAt) return "day_closed";
  return hall.hours === "office" && !isOfficeTime(now, calendar) ? "outside" : null;
}

/** Whether a counter calls from a queue. */
export const serves = ({ queueIds }: { queueIds: readonly string[] }, queueId: string): boolean =>
  queueIds.length === 0 || queueIds.includes(queueId);

/** The queue for a dossier's matter: results where they are handed out, else its sector's; undefined: a person chooses. */
export const queueFor = <Q extends { sectors: readonly string[]; forResults: boolean; isClosed: boolean }>(
  queues: readonly Q[],
  { sector, hasResult }: { sector: string | null; hasResult: boolean },
): Q | undefined => {
  const open = queues.filter(({ isClosed }) => !isClosed);
  return (
    (hasResult ? open.find(({ forResults }) => forResults) : undefined) ??
    open.find(({ sectors, forResults }) => !forResults && sector !== null && sectors.includes(sector))
  );
};

/** What a scanner typed, or a person: a link's own code, without the link. */
export function scannedCode(text: string): string {
  const typed = text.trim().slice(0, 300);
  if (!/^https?:/i.test(typed) || !URL.canParse(typed)) return typed;
  const url = new URL(typed);
  return url.searchParams.get("ma") ?? decodeSafely(url.pathname.split("/").filter(Boolean).at(-1) ?? "");
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
