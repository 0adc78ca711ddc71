export type CatalogueParams = Readonly<
  Partial<Record<"q" | "linh-vuc" | "cap" | "co-quan" | "doi-tuong" | "su-kien" | "muc" | "trang", string | number>>
>;

const queryOf = (params: CatalogueParams): string => {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== "");
  return given.length > 0
    ? `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`
    : "";
};

/** Addresses of the catalogue. */
export const paths = {
  list: (params: CatalogueParams = {}): string => `/thu-tuc${queryOf(params)}`,
  procedure: (code: string): string => `/thu-tuc/${encodeURIComponent(code)}`,
  file: (code: string): string => `/thu-tuc/${encodeURIComponent(code)}/nop-ho-so`,
};
