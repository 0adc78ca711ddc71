import type { Admin } from "#platform/context.ts";
import { keeps } from "./reach.ts";

type Tree = Parameters<typeof keeps>[2];
export type KnownPosting = { agencyId: string; validFrom: string | null; validTo: string | null };

/** Whether a posting holds on a day (yyyy-MM-dd) or will; what has ended is history. */
export const standsOrComes = ({ validTo }: Pick<KnownPosting, "validTo">, day: string): boolean =>
  validTo === null || validTo >= day;

/** What an administrator may do with a person: nothing, look, or change. */
export type Hold = "none" | "look" | "keep";

/**
 * The province's administrators keep everybody. An agency's administrator keeps officers all of whose places are within
 * reach, looks at those who also work elsewhere, and does not know the others; administrators are the province's.
 */
export function holdOver(
  admin: Admin,
  person: { kind: string; postings: readonly KnownPosting[] },
  tree: Tree,
  day: string,
): Hold {
  if (admin.agencyId === undefined) return "keep";
  if (person.kind !== "officer") return "none";
  const places = person.postings.filter((posting) => standsOrComes(posting, day));
  const own = places.filter(({ agencyId }) => keeps(admin, agencyId, tree));
  if (own.length === 0) return "none";
  return own.length === places.length ? "keep" : "look";
}

/** A work name: lower-case letters without marks, digits, dots and hyphens; it is typed at every sign-in. */
export const WORK_NAME = /^[a-z0-9](?:[a-z0-9._-]{1,58}[a-z0-9])$/;
