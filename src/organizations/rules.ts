/**
 * What an agency is and which one a relative name means. Pure: the directory comes in as a value.
 */
import type { OfficeHours } from "#calendar/rules.ts";
import type { AgencyFunction, AgencyKind } from "#workflow/definition.ts";

/** Parts of an agency: where papers are taken in and handed out, who leads, who numbers and seals, who decides. */
export const UNIT_KINDS = ["one_stop", "leadership", "office", "division"] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export type AgencyLevel = "ministry" | "province" | "district" | "commune" | "other";

export type KnownUnit = { id: string; name: string; kind: UnitKind };

/** An agency as every page and rule reads it, from memory. */
export type KnownAgency = {
  id: string;
  identifier: string;
  kind: AgencyKind;
  level: AgencyLevel;
  functions: readonly AgencyFunction[];
  name: string;
  shortName: string;
  address: string | null;
  phone: string | null;
  unitCode: string | null;
  parentId: string | null;
  /** Which agency took its work over when it was merged or abolished. */
  successorId: string | null;
  /** Its own; null means the installation's. */
  officeHours: OfficeHours | null;
  /** Days yyyy-MM-dd between which it exists; null: open. */
  validFrom: string | null;
  validTo: string | null;
  /** Those that stand. */
  units: readonly KnownUnit[];
};

/** All agencies of the installation, closed ones included: old dossiers name them. */
export type Directory = {
  agencies: readonly KnownAgency[];
  /** Undefined when there is none of this id. */
  agencyOf(id: string): KnownAgency | undefined;
  /** Whether the agency is the other one, or stands below it. */
  isWithin(id: string, aboveId: string): boolean;
  /** The agency and all below it, closed ones included. */
  familyOf(id: string): string[];
  /** Who has the agency's work today: itself, or the last of those that took it over. */
  heirOf(id: string): string;
  /** The agencies whose work this one took over, one after the other. */
  ancestorsOf(id: string): string[];
};

export const createDirectory = (agencies: readonly KnownAgency[]): Directory => {
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  const chain = (id: string, next: (agency: KnownAgency) => string | null): string[] => {
    const ids: string[] = [];
    for (let at: string | null = id; at !== null && !ids.includes(at); ) {
      ids.push(at);
      const agency = byId.get(at);
      at = agency ? next(agency) : null;
    }
    return ids;
  };
  const spread = (id: string, next: (agency: KnownAgency) => string | null): string[] => {
    const below = new Map<string, string[]>();
    for (const agency of agencies) {
      const above = next(agency);
      if (above !== null) below.set(above, [...(below.get(above) ?? []), agency.id]);
    }
    const ids = [id];
    for (const one of ids) ids.push(...(below.get(one) ?? []).filter((each) => !ids.includes(each)));
    return ids;
  };
  const parent = ({ parentId }: KnownAgency) => parentId;
  const successor = ({ successorId }: KnownAgency) => successorId;
  return {
    agencies,
    agencyOf: (id) => byId.get(id),
    isWithin: (id, aboveId) => chain(id, parent).includes(aboveId),
    familyOf: (id) => spread(id, parent),
    heirOf: (id) => chain(id, successor).at(-1) ?? id,
    ancestorsOf: (id) => spread(id, successor).slice(1),
  };
};

/** Whether the agency exists on the day (yyyy-MM-dd). */
export const isOpen = (agency: Pick<KnownAgency, "validFrom" | "validTo">, day: string): boolean =>
  (agency.validFrom === null || agency.validFrom <= day) && (agency.validTo === null || day <= agency.validTo);

/** The part of an agency that takes in and hands out papers; undefined when it has none. */
export const oneStopDeskOf = (agency: Pick<KnownAgency, "units">): KnownUnit | undefined =>
  agency.units.find(({ kind }) => kind === "one_stop");
