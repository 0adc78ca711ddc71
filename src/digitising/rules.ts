/** What a digitised paper must be, and what it is called (NĐ 30/2020, Phụ lục I, Phần II). Pure. */
import type { Readable } from "node:stream";

/** Colour, at least 200 dpi, PDF 1.4 or newer. */
export const LEAST_DPI = 200;
export const LEAST_VERSION = 1.4;
/** More is not read at once: nobody sorts it on one page. */
export const MOST_PAGES = 200;

export type NewScan = { name: string; mediaType: string; bytes: Uint8Array };

/** Something beside a letter, by its file's name. */
export type Attached = { name: string; open(): Promise<Readable> };
export type Letter = { from: string; to: readonly string[]; attached: readonly Attached[] };
/** A mailbox that scanners send to. */
export type Mailbox = {
  /** Shows each letter that nobody read; it is read from then on, and flagged where `take` says that it was not taken. */
  readNew(take: (letter: Letter) => Promise<boolean>): Promise<void>;
  /** Opens it and nothing else. @throws Error when that is not possible */
  look(): Promise<void>;
};
/** Where that mailbox is, and who may send to it: whole addresses, or domains (`langson.gov.vn`). */
export type ScanBox = { url: string; senders: readonly string[] };
/** Reads the text of a picture; null where it could not. */
export type TextReader = { read(picture: Uint8Array): Promise<string | null> };

/** "H37.05977" is the tray of an agency, "H37.05977-3" that of its counter 3. */
export function readTray(name: string): { identifier: string; counter: number | null } | null {
  const [, identifier, counter] = /^([A-Z0-9.]{1,40})(?:-(\d{1,3}))?$/.exec(name.trim().toUpperCase()) ?? [];
  return identifier ? { identifier, counter: counter ? Number(counter) : null } : null;
}

/** The trays that a letter was sent to: `quet+H37.05977-3@…` is to that of counter 3. */
export const traysIn = (recipients: readonly string[]): string[] => [
  ...new Set(recipients.flatMap((address) => /\+([^@+]+)@/.exec(address)?.[1]?.toUpperCase() ?? [])),
];

/** Whether a letter comes from where scanners send. */
export function isSender(from: string, senders: readonly string[]): boolean {
  const address = from.toLowerCase();
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return senders.some((one) => one.toLowerCase() === address || one.toLowerCase() === domain);
}

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
