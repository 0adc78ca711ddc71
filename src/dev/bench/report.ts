import { AT_ONCE, type Burst } from "./at-once.ts";
import type { Act } from "./doing.ts";
import type { Cell } from "./reading.ts";

export type Findings = {
  quick: boolean;
  catalogue: number;
  /** Whether the national catalogue's file was at hand. */
  hasCatalogue: boolean;
  dossiers: number;
  queries: ReadonlyMap<string, number>;
  cells: readonly Cell[];
  /** Requests a second of node:http alone and of the bare page, at a page's usual size. */
  alone: { bytes: number; plain: number; page: number } | null;
  acts: readonly Act[];
  bursts: readonly Burst[];
  startMs: number;
  /** One process from nothing to its first answer and its home page, and its limit's; null in a quick run. */
  cold: { portalMs: number; portalPageMs: number; bareMs: number; bareMegabytes: number } | null;
  idleMegabytes: number;
  /** MB when the pages were measured, and when the acts were, too, before the pages were read a second time; null in a quick run, which reads them once. */
  before: { pages: number; acts: number } | null;
  megabytes: number;
};

const MOST = { startMs: 5000, megabytes: 250 };
/** A quick run on a busy machine tells a slip from a fall, no more. */
const SLACK = { ratio: 0.6, time: 2, memory: 1.2 };

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const whole = (value: number): string => value.toFixed(0);

/** The findings as Markdown. */
export function reportOf({
  quick,
  catalogue,
  hasCatalogue,
  dossiers,
  queries,
  cells,
  alone,
  acts,
  bursts,
  startMs,
  cold,
  idleMegabytes,
  before,
  megabytes,
}: Findings): string {
  const reading = table(
    [
      "Page",
      "HTML bytes",
      "queries",
      "requests/s",
      "p50 ms (8 at once)",
      "bare page, requests/s",
      "ratio",
      "spread",
      "at least",
    ],
    cells.map((cell) => [
      cell.name,
      whole(cell.bytes),
      whole(queries.get(cell.name) ?? Number.NaN),
      whole(cell.rps),
      cell.p50.toFixed(1),
      whole(cell.bareRps),
      cell.ratio.toFixed(2),
      `${cell.low.toFixed(2)}–${cell.high.toFixed(2)}`,
      cell.least?.toFixed(1) ?? "",
    ]),
  );
  const doing = table(
    ["Act, one after the other", "times", "median ms", "worst ms", "at most", "its limit, ms", "ratio"],
    [
      ...acts.map(({ name, times, p50, worst, most, bare }) => [
        name,
        whole(times),
        p50.toFixed(1),
        worst.toFixed(1),
        most ? whole(most) : "",
        bare?.toFixed(1) ?? "",
        bare ? (bare / p50).toFixed(2) : "",
      ]),
      [
        "`npm start` on this database, to the first page",
        "1",
        whole(startMs),
        whole(startMs),
        whole(MOST.startMs),
        "",
        "",
      ],
    ],
  );
  // A quick run has none.
  const crowded = table(
    [`Act, ${AT_ONCE} at once`, "a second", "its limit, a second", "ratio", "spread", "at least"],
    bursts.map(({ name, rps, bareRps, ratio, low, high, least }) => [
      name,
      whole(rps),
      whole(bareRps),
      ratio.toFixed(2),
      `${low.toFixed(2)}–${high.toFixed(2)}`,
      least === null ? "" : String(least),
    ]),
  );
  return `${catalogue} procedures in the catalogue${hasCatalogue ? "" : " (the national catalogue's file was not at hand)"}, ${dossiers} dossiers; production mode, rate limits off, everything on one machine over
loopback${quick ? "; a quick run, good for finding a fall, not for comparing" : ""}. The bare page is Express and one compiled EJS template of the same size that reads the session, sets the
same headers and asks one indexed question; both are measured turn about, and the ratio is the median of the rounds.${alone ? ` node:http alone sends ${alone.bytes} bytes ${whole(alone.plain)} times a second, the bare page ${whole(alone.page)} times; the bare file is node:http that sends it from the disk.` : ""}
The limit of an act is the same rows written by plain pg, with nothing looked at; of two files, them streamed to the disk by a request of their own; of a slip, its drawing alone.
Acts are measured with the portal's jobs running, as people meet it, and those with others at once begin each round with none left to do. A slip is asked of a portal whose jobs rest, so that it is drawn while it is waited for; so are transactions at once, since their limit has no jobs either: what they come to with their jobs stands beside.

${reading}

${doing}

${bursts.length > 0 ? `${crowded}\n\n` : ""}Resident memory of the server: ${whole(idleMegabytes)} MB after its start, ${whole(megabytes)} MB after the run (at most ${MOST.megabytes})${before ? `; ${whole(before.pages)} MB when its pages were measured, ${whole(before.acts)} MB when the acts were, before the pages were read a second time` : ""}.${cold ? ` Express, EJS and Prisma alone: ${whole(cold.bareMegabytes)} MB. From nothing to the first answer: ${whole(cold.portalMs)} ms, to the home page ${whole(cold.portalPageMs)} ms, they alone ${whole(cold.bareMs)} ms.` : ""}
`;
}

/** What misses its target; in a quick run only what misses it clearly. */
export function missesOf({ quick, cells, acts, startMs, megabytes }: Findings): string[] {
  const [ratio, time, memory] = quick ? [SLACK.ratio, SLACK.time, SLACK.memory] : [1, 1, 1];
  return [
    ...cells.flatMap(({ name, ratio: found, least }) =>
      least !== null && found < least * ratio ? [`${name}: ${found.toFixed(2)} of the bare page, ${least} wanted`] : [],
    ),
    ...acts.flatMap(({ name, p50, most }) =>
      most !== undefined && p50 > most * time ? [`${name}: ${whole(p50)} ms at the median, ${most} wanted`] : [],
    ),
    ...(startMs > MOST.startMs * time ? [`start: ${whole(startMs)} ms, ${MOST.startMs} wanted`] : []),
    ...(megabytes > MOST.megabytes * memory ? [`memory: ${whole(megabytes)} MB, ${MOST.megabytes} wanted`] : []),
  ];
}
