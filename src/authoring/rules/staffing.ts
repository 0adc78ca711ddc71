import { type AgencyPlace, resolveAgency } from "#workflow/rules.ts";
import type { Process } from "./steps.ts";

/** An agency that takes the procedure in, and the one that decides on what it takes in. */
export type Reception = { receiving: AgencyPlace; competent: AgencyPlace };
/** Of one step: where nobody would get it. */
export type StaffingGap = {
  stepId: string;
  /** Receiving agencies for which no agency, or more than one, fits the step. */
  nowhere: readonly string[];
  /** Agencies that would get it, where nobody holds the role. */
  unheld: readonly string[];
  /** How many agencies would get it. */
  among: number;
};

/** Where a dossier would lie with nobody: steps whose agency cannot be told, or whose role nobody holds there. */
export function staffingGaps(
  { steps }: Process,
  receptions: readonly Reception[],
  agencies: readonly AgencyPlace[],
  isHeld: (agencyId: string, role: string) => boolean,
): StaffingGap[] {
  return steps.flatMap(({ id: stepId, agency, role }) => {
    const nowhere: string[] = [];
    const getting = new Set<string>();
    for (const reception of receptions) {
      const found = resolveAgency(agency, reception, agencies);
      if (found === undefined) nowhere.push(reception.receiving.id);
      else getting.add(found);
    }
    const unheld = [...getting].filter((one) => !isHeld(one, role));
    return nowhere.length + unheld.length > 0 ? [{ stepId, nowhere, unheld, among: getting.size }] : [];
  });
}
