/** What is asked, as the rules on online services word it (TT 32/2017/TT-BTTTT Đ7–12): only the first must be answered. */
export const QUESTIONS = ["overall", "convenience", "timeliness", "attitude"] as const;
export type Question = (typeof QUESTIONS)[number];

/** 3 very satisfied, 2 satisfied, 1 not satisfied. */
export const LEVELS = [3, 2, 1] as const;
export type Level = (typeof LEVELS)[number];
export const isLevel = (value: unknown): value is Level => LEVELS.some((level) => level === value);

export type Levels = { overall: Level } & Record<Exclude<Question, "overall">, Level | null>;

/** A rating may be changed for so many days after it was first given. */
export const CHANGE_DAYS = 7;
const DAY_MS = 86_400_000;

/** Whether a dossier has come to what can be rated: a result in the applicant's hands, or a refusal. */
export const isRatable = (status: string): boolean => status === "delivered" || status === "refused";

/** Until when a rating may be changed. @param firstAt when it was first given */
export const changeableUntil = (firstAt: Date): Date => new Date(firstAt.getTime() + CHANGE_DAYS * DAY_MS);

/** Whether the applicant may rate now. @param firstAt when they first did; null: not yet */
export const mayRate = (status: string, firstAt: Date | null, now: Date): boolean =>
  isRatable(status) && (firstAt === null || now < changeableUntil(firstAt));

/** Of fewer ratings nothing is told, so that nobody can be recognised by theirs. */
export const LEAST_TOLD = 5;

/** How many gave which level to one question. */
export type Counted = { very: number; satisfied: number; not: number };
export type Figures = { count: number } & Record<Question, Counted>;

/** Share of those who were satisfied or very satisfied, 0 to 1; null where nobody answered. */
export const satisfiedShare = ({ very, satisfied, not }: Counted): number | null => {
  const count = very + satisfied + not;
  return count === 0 ? null : (very + satisfied) / count;
};

/** Figures of several groups as one; null when they are too few to be told. */
export function sumFigures(groups: readonly Figures[]): Figures | null {
  const empty = (): Counted => ({ very: 0, satisfied: 0, not: 0 });
  const sum: Figures = { count: 0, overall: empty(), convenience: empty(), timeliness: empty(), attitude: empty() };
  for (const group of groups) {
    sum.count += group.count;
    for (const question of QUESTIONS)
      for (const level of ["very", "satisfied", "not"] as const) sum[question][level] += group[question][level];
  }
  return sum.count < LEAST_TOLD ? null : sum;
}
