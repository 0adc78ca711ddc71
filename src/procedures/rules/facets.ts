import type { LookedUp } from "./lookup.ts";

export const FACETS = ["sector", "level", "agency", "subject", "service"] as const;
export type Facet = (typeof FACETS)[number];
export type FacetCount = { value: string; count: number };
export type FacetCounts = Record<Facet, FacetCount[]>;
/** What was chosen of each facet; null: nothing. A value that no entry has matches nothing. */
export type Choices = Record<Facet, string | null>;

const valuesOf: Record<Facet, (entry: LookedUp) => readonly string[]> = {
  sector: ({ sector }) => (sector === null ? [] : [sector]),
  level: ({ levels }) => levels,
  agency: ({ agencyName }) => (agencyName === null ? [] : [agencyName]),
  subject: ({ subjects }) => subjects,
  service: ({ serviceLevel }) => [serviceLevel],
};

/** More than a list shows, so that it can tell that there are more. */
const MOST_VALUES = 13;
const collator = new Intl.Collator("vi");

/**
 * Narrows what was found to the choices, and counts what choosing another value of a facet would give: of a facet, the
 * entries that meet every other choice.
 */
export function narrow<T>(
  found: readonly T[],
  entryOf: (one: T) => LookedUp,
  choices: Choices,
): { chosen: T[]; facets: FacetCounts } {
  const counts = FACETS.map(() => new Map<string, number>());
  const raise = (entry: LookedUp, index: number): void => {
    const of = counts[index] as Map<string, number>;
    for (const value of valuesOf[FACETS[index] as Facet](entry)) of.set(value, (of.get(value) ?? 0) + 1);
  };
  const asked = FACETS.map((facet, index) => ({ index, facet, value: choices[facet] })).filter(
    (one): one is { index: number; facet: Facet; value: string } => one.value !== null,
  );
  const chosen: T[] = [];
  for (const one of found) {
    const entry = entryOf(one);
    const unmet = asked.filter(({ facet, value }) => !valuesOf[facet](entry).includes(value));
    if (unmet.length === 0) {
      chosen.push(one);
      for (let index = 0; index < FACETS.length; index++) raise(entry, index);
    } else if (unmet.length === 1 && unmet[0]) raise(entry, unmet[0].index);
  }
  const listed = counts.map((of) =>
    [...of]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || collator.compare(a.value, b.value))
      .slice(0, MOST_VALUES),
  );
  return { chosen, facets: Object.fromEntries(FACETS.map((facet, i) => [facet, listed[i] ?? []])) as FacetCounts };
}
