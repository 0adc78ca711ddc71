const HOME = "/quan-tri/lich";

const withQuery = (path: string, values: Readonly<Record<string, string | number | null | undefined>>): string => {
  const given = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
};

export const paths = {
  home: HOME,
  year: (agencyId: string | null, year?: number): string => withQuery(HOME, { "co-quan": agencyId, nam: year }),
  /** Without a date: a day to be added. */
  day: (agencyId: string | null, date?: string): string =>
    withQuery(`${HOME}/ngay`, { "co-quan": agencyId, ngay: date }),
  import: (agencyId: string | null): string => withQuery(`${HOME}/nhap`, { "co-quan": agencyId }),
  export: (agencyId: string | null): string => withQuery(`${HOME}/xuat`, { "co-quan": agencyId }),
  preview: `${HOME}/xem-truoc`,
} as const;
