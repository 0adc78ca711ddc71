import autocannon from "autocannon";
import type { Client } from "../browse/client.ts";
import type { Measured } from "./pages.ts";

const CONNECTIONS = 8;
/** The compiler is done with a page of many parts later than with a bare one; what counts is a server in its day's work. */
const WARM_SECONDS = 6;

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
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were no page, ${errors} failed`);
  return { rps: requests.total / duration, p50: latency.p50 };
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
    const warm = page.least ? WARM_SECONDS : seconds;
    await load(portal, page.cookie, warm);
    await load(bare, page.cookie, warm);
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
