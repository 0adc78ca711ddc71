import type { Prisma } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";

/** Postings by which somebody holds the role at the agency on the day of `now`: in force, and of an account that is open. */
export const holding = (agencyId: string, role: string, now: Date): Prisma.PostingWhereInput => {
  const day = isoDay(now);
  return {
    agencyId,
    role,
    account: { disabledAt: null },
    AND: [
      { OR: [{ validFrom: null }, { validFrom: { lte: day } }] },
      { OR: [{ validTo: null }, { validTo: { gte: day } }] },
    ],
  };
};
