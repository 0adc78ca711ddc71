export type CatalogueParams = Readonly<
  Partial<Record<"q" | "linh-vuc" | "cap" | "co-quan" | "doi-tuong" | "su-kien" | "muc" | "trang", string | number>>
>;

const queryOf = (params: Readonly<Partial<Record<string, string | number>>>): string => {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== "");
  return given.length > 0
    ? `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`
    : "";
};

const SYNONYMS = "/quan-tri/tu-dong-nghia";

/** Addresses of the catalogue, and of what administrators say of it. */
export const paths = {
  list: (params: CatalogueParams = {}): string => `/thu-tuc${queryOf(params)}`,
  suggestions: "/thu-tuc/goi-y",
  sectors: "/thu-tuc/linh-vuc",
  sector: (slug: string): string => `/thu-tuc/linh-vuc/${encodeURIComponent(slug)}`,
  procedure: (code: string): string => `/thu-tuc/${encodeURIComponent(code)}`,
  file: (code: string): string => `/thu-tuc/${encodeURIComponent(code)}/nop-ho-so`,
  synonyms: (params: { q?: string; trang?: number } = {}): string => `${SYNONYMS}${queryOf(params)}`,
  newSynonym: `${SYNONYMS}/them`,
  synonym: (id: string): string => `${SYNONYMS}/${id}`,
  removeSynonym: (id: string): string => `${SYNONYMS}/${id}/bo`,
} as const;
