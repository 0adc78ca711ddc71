/** What a digitised paper must be, and what it is called (NĐ 30/2020, Phụ lục I, Phần II). Pure. */

/** Colour, at least 200 dpi, PDF 1.4 or newer. */
export const LEAST_DPI = 200;
export const LEAST_VERSION = 1.4;
/** More is not read at once: nobody sorts it on one page. */
export const MOST_PAGES = 200;

/** A page as it was scanned. `dpi` null: no picture covers it, so that it was written, not scanned. */
export type PageFacts = { dpi: number | null; colour: boolean; hasPicture: boolean };
export type ScanFacts = { version: number; pages: readonly PageFacts[] };

export type ScanFault = "version" | "dpi" | "grey";

/** What of the norm scanned pages miss; written pages miss nothing. */
export function faultsOf({ version, pages }: ScanFacts): ScanFault[] {
  const scanned = pages.filter(({ dpi }) => dpi !== null);
  return [
    ...(version < LEAST_VERSION ? (["version"] as const) : []),
    ...(scanned.some(({ dpi }) => dpi !== null && dpi < LEAST_DPI) ? (["dpi"] as const) : []),
    ...(scanned.some(({ colour }) => !colour) ? (["grey"] as const) : []),
  ];
}

/** `{code of the dossier}_{code of the paper}_{n}.pdf` */
export const paperName = (code: string, paper: string, number: number): string => `${code}_${paper}_${number}.pdf`;

export const TURNS = [0, 90, 180, 270] as const;
export type Turn = (typeof TURNS)[number];
/** One page on its way into a paper. */
export type Placed = { scanId: string; page: number; turn: Turn; order: number; paper: string };

/** The pages of each paper, in the order that was given; pages that were given none stay where they are. */
export function papersOf(placed: readonly Placed[]): Map<string, Placed[]> {
  const papers = new Map<string, Placed[]>();
  for (const one of [...placed].sort((a, b) => a.order - b.order))
    if (one.paper) papers.set(one.paper, [...(papers.get(one.paper) ?? []), one]);
  return papers;
}

type Wanted = { documentType: string | null; replacedByResult: string | null };
/**
 * The paper that a result may stand for: the one that names the result's code, else the first of its type; null: none.
 */
export const paperFor = <P extends Wanted>(
  papers: readonly P[],
  result: { code: string | null; documentType: string | null },
): P | null =>
  papers.find(({ replacedByResult }) => replacedByResult !== null && replacedByResult === result.code) ??
  papers.find(({ documentType }) => documentType !== null && documentType === result.documentType) ??
  null;
