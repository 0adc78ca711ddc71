import autocannon from "autocannon";
import type { Client } from "../browse/client.ts";
import type { Measured } from "./pages.ts";

const CONNECTIONS = 8;
/** The compiler is done with a page of many parts later than with a bare one; what counts is a server in its day's work. */
const WARM_SECONDS = { portal: 5, bare: 2.5 };
const USUAL_BYTES = 20_000;
const LEAST_ANSWERED = 0.5;

export type Cell = {
  name: string;
  bytes: number;
  rps: number;
  p50: number;
  bareRps: number;
  ratio: number;
  low: number;
  high: number;
  least: number | null;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

async function load(url: string, cookie: string, seconds: number): Promise<{ rps: number; p50: number }> {
  const { requests, latency, non2xx, errors, duration } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    headers: cookie ? { cookie } : {},
  });
  // On a machine that does much else a portal asks some readers to come back (platform/crowd.ts): those had no page.
  const answered = requests.total - non2xx;
  if (errors > 0 || answered < requests.total * LEAST_ANSWERED)
    throw new Error(`${url}: ${non2xx} of ${requests.total} answers were no page, ${errors} failed`);
  return { rps: answered / duration, p50: latency.p50 };
}

/** How often node:http alone, and the bare page, answer a page's usual size. */
export async function measureBare(
  bare: string,
  key: string,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<{ bytes: number; plain: number; page: number }> {
  const plain: number[] = [];
  const page: number[] = [];
  for (let round = 0; round < rounds; round++) {
    plain.push((await load(`${bare}/plain/alone/${USUAL_BYTES}`, "", seconds)).rps);
    page.push((await load(`${bare}/one/${key}/${USUAL_BYTES}`, "", seconds)).rps);
  }
  return { bytes: USUAL_BYTES, plain: median(plain), page: median(page) };
}

/**
 * Requests per second of each page beside a bare page of its size, turn about, so that a slow minute of the machine
 * falls on both.
 */
export async function measurePages(
  pages: readonly Measured[],
  at: { portal: string; bare: string; reader: (cookie: string) => Client },
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const page of pages) {
    const bytes = (await at.reader(page.cookie).get(page.path)).body.length;
    const portal = at.portal + page.path;
    const bare = `${at.bare}/${page.bare.kind}/${page.bare.key}/${bytes}`;
    await load(portal, page.cookie, page.least ? WARM_SECONDS.portal : seconds);
    await load(bare, page.cookie, page.least ? WARM_SECONDS.bare : seconds);
    const found: { rps: number; p50: number; bareRps: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const { rps: bareRps } = await load(bare, page.cookie, seconds);
      found.push({ ...(await load(portal, page.cookie, seconds)), bareRps });
    }
    const ratios = found.map(({ rps, bareRps }) => rps / bareRps);
    cells.push({
      name: page.name,
      bytes,
      rps: median(found.map(({ rps }) => rps)),
      p50: median(found.map(({ p50 }) => p50)),
      bareRps: median(found.map(({ bareRps }) => bareRps)),
      ratio: median(ratios),
      low: Math.min(...ratios),
      high: Math.max(...ratios),
      least: page.least ?? null,
    });
  }
  return cells;
}

/** Reads every page once more, so long each: what a process that has done it all before still grows by, it loses. */
export async function readAgain(pages: readonly Measured[], portal: string, seconds: number): Promise<void> {
  for (const { path, cookie } of pages) await load(portal + path, cookie, seconds);
}
