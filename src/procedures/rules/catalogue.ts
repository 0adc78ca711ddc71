import { fold } from "#platform/format.ts";
import type { ProcedureDefinition } from "../definition.ts";
import type { NationalLine } from "../inputs.ts";
import { type Facts, factsOfDefinition, factsOfRecord } from "./facts.ts";

/** A row of the catalogue, as it is stored. */
export type Entry = {
  code: string;
  name: string;
  sector: string | null;
  agencyName: string | null;
  levels: string[];
  subjects: string[];
  serviceLevel: "full" | "partial" | "information";
  configured: boolean;
  filedAt: "own" | "national" | "ministry" | null;
  keywords: string;
  searchName: string;
  searchText: string;
  priority: number;
  facts: Facts;
};

/** One spelling a sector and authority, known by its folded form. */
export type Spellings = {
  sectors: ReadonlyMap<string, string>;
  authorities: ReadonlyMap<string, string>;
  home: string | null;
};

export const createSpellings = (
  file: { sectors: readonly string[]; authorities: readonly string[] },
  home: string | null,
): Spellings => {
  const byFold = (names: readonly string[]): Map<string, string> => new Map(names.map((name) => [fold(name), name]));
  return { sectors: byFold(file.sectors), authorities: byFold(file.authorities), home };
};

const oneSpelling = (known: ReadonlyMap<string, string>, text: string | null): string | null => {
  if (text === null) return null;
  const tidy = text.normalize("NFC").replace(/\s+/g, " ").trim();
  // "Bộ xây dựng (Giao thông vận tải cũ)": what stands in brackets is history.
  return known.get(fold(tidy)) ?? known.get(fold(tidy.replace(/\s*\([^)]*\)\s*$/, ""))) ?? tidy;
};

/** How a name is searched: folded, and without the words that say only that it is a procedure. */
export const searchNameOf = (name: string): string => fold(name).replace(/^(?:thu tuc )+/, "");

const LONGEST_TEXT = 4000;
const searchTextOf = (parts: readonly (string | null)[]): string => {
  const text = fold(parts.filter((part) => part !== null).join(" "));
  return text.slice(0, LONGEST_TEXT);
};

const LEVELS: Record<string, string> = {
  xa: "commune",
  tinh: "province",
  bo: "ministry",
  huyen: "district",
  khac: "other",
};
const isOfAnotherProvince = (agency: string | null, home: string | null): boolean =>
  agency !== null &&
  /^(ubnd|uy ban nhan dan|so|trung tam phuc vu)\b/.test(fold(agency)) &&
  !(home !== null && fold(agency).endsWith(fold(home)));

/** What the national catalogue calls a procedure that is configured here, and who issued it. */
export type OfficialName = { name: string; authority: string | null };

/** The row of a procedure that is configured here; found by its official name, too. */
export function entryOfDefinition(
  definition: ProcedureDefinition,
  filedAt: Entry["filedAt"],
  official: OfficialName | null,
  spellings: Spellings,
): Entry {
  return {
    code: definition.code,
    name: definition.name.vi,
    sector: oneSpelling(spellings.sectors, definition.sector),
    agencyName: oneSpelling(spellings.authorities, official?.authority ?? null),
    levels: definition.levels,
    subjects: definition.subjects,
    serviceLevel: definition.serviceLevel,
    configured: true,
    filedAt,
    keywords: fold([...(official ? [searchNameOf(official.name)] : []), ...definition.keywords].join(" , ")),
    searchName: searchNameOf(definition.name.vi),
    searchText: searchTextOf([
      definition.code,
      definition.sector,
      definition.summary.vi,
      definition.executingAgency.vi,
      ...definition.results.map(({ name }) => name.vi),
      ...definition.cases.map(({ name }) => name.vi),
    ]),
    priority: 2,
    facts: factsOfDefinition(definition),
  };
}

/** The row of a procedure that only the national catalogue knows: information. */
export function entryOfRecord(line: NationalLine, spellings: Spellings): Entry {
  const agencyName = oneSpelling(spellings.authorities, line.promulgating_agency);
  const sector = oneSpelling(spellings.sectors, line.field);
  return {
    code: line.code,
    name: line.name.normalize("NFC").replace(/\s+/g, " ").trim(),
    sector,
    agencyName,
    levels: line.levels.flatMap((level) => LEVELS[level] ?? []),
    subjects: [...new Set(line.subjects.map((subject) => subject.normalize("NFC").trim()))],
    serviceLevel: "information",
    configured: false,
    filedAt: line.methods.some(({ channel }) => channel === "online") ? "national" : null,
    keywords: fold(line.keywords ?? ""),
    searchName: searchNameOf(line.name),
    searchText: searchTextOf([
      line.code,
      sector,
      line.promulgating_agency,
      line.executing_agency,
      ...line.results.map(({ name }) => name),
      ...line.dossier.map((group) => group.case),
    ]),
    priority: isOfAnotherProvince(agencyName, spellings.home) || line.in_catalogue_2026_07 === false ? 0 : 1,
    facts: factsOfRecord(line),
  };
}
