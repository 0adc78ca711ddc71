import type { AgencyRef } from "./definition.ts";

/** An agency as far as a workflow asks about it. `unitCode`: the administrative unit it belongs to. */
export type AgencyPlace = {
  id: string;
  kind: string;
  level: string;
  unitCode: string | null;
  functions: readonly string[];
};

/**
 * The agency that a relative name means for one dossier, among the agencies in force; undefined when none or several fit,
 * for a guess would send a citizen's papers to the wrong house. "At the commune" is the receiving agency's own commune;
 * "at the province" is the only province of the installation, with the ministries' own offices in it (level "other").
 */
export function resolveAgency(
  ref: AgencyRef,
  dossier: { receiving: AgencyPlace; competent: AgencyPlace },
  agencies: readonly AgencyPlace[],
): string | undefined {
  if (ref === "receiving") return dossier.receiving.id;
  if (ref === "competent") return dossier.competent.id;
  const { receiving } = dossier;
  if (ref.at === "commune" && (receiving.level !== "commune" || receiving.unitCode === null)) return undefined;
  const fitting = agencies.filter(
    (agency) =>
      agency.kind === ref.kind &&
      (ref.function === undefined || agency.functions.includes(ref.function)) &&
      (ref.at === "commune"
        ? agency.level === "commune" && agency.unitCode === receiving.unitCode
        : agency.level === "province" || agency.level === "other"),
  );
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}
