// What was measured beside what is wanted: one line for each target, in the order of a reader's day.

/** What the three measuring commands leave in .cache; null: that one was not run.
 * @typedef {{ name: string, ratio: number, low: number, high: number, least: number | null }} Cell
 * @typedef {{ name: string, p50: number, bare?: number, least?: number }} Act
 * @typedef {{ name: string, rps: number, bareRps: number, ratio: number, low: number, high: number, least: number | null }} Burst
 * @typedef {{ hasCatalogue: boolean, cells: Cell[], acts: Act[], bursts: Burst[], startMs: number, cold: { portalMs: number, portalPageMs: number, bareMs: number } | null, idleMegabytes: number, before: { pages: number, acts: number } | null, megabytes: number }} Bench
 * @typedef {{ name: string, ms: number, scans?: string[] }} Timing
 * @typedef {{ runs: number, stages: { size: number, asked: (Timing & { p95: number })[], pages: Timing[] }[], board: { board: number, limit: number, counted: number }, bounds: { growth: number, noiseMs: { asked: number, page: number } } }} Growth
 * @typedef {{ found: { format: string, rows: number, seconds: number, above: number }[], limits: Record<string, number> }} Register
 * @typedef {{ bench: Bench | null, growth: Growth | null, register: Register | null }} Measured
 */
/** One line: `isHeld` null where nothing could be measured, and why. @typedef {{ what: string, wanted: string, found: string, isHeld: boolean | null }} Line */

/** A process that does the same again takes no more than this share of its memory more: so much is the collector's play. */
const MOST_KEPT = 0.1;

const two = (/** @type {number} */ value) => value.toFixed(2);

/** What is wanted stands in the benchmark itself. @param {Bench | null} bench @param {string} name @param {string} [what] @returns {Line} */
function pageLine(bench, name, what = name) {
  const cell = bench?.cells.find((one) => one.name === name);
  if (!cell?.least) return { what, wanted: "–", found: "not measured", isHeld: null };
  return {
    what,
    wanted: `≥ ${cell.least} of the bare page`,
    found: `${two(cell.ratio)} (${two(cell.low)}–${two(cell.high)})`,
    isHeld: cell.ratio >= cell.least,
  };
}

/** @param {Bench | null} bench @param {string} name @param {string} [what] @returns {Line} */
function actLine(bench, name, what = name) {
  const act = bench?.acts.find((one) => one.name === name);
  if (!act?.bare || !act.least) return { what, wanted: "–", found: "not measured", isHeld: null };
  const ratio = act.bare / act.p50;
  return {
    what,
    wanted: `≥ ${act.least} of its limit`,
    found: `${two(ratio)} (${act.p50.toFixed(1)} beside ${act.bare.toFixed(1)} ms)`,
    isHeld: ratio >= act.least,
  };
}

/** Sixteen at once. @param {Bench | null} bench @param {string} name @returns {Line} */
function burstLine(bench, name) {
  const what = `${name}, 16 at once, the transaction alone`;
  const burst = bench?.bursts.find((one) => one.name === name);
  if (!burst?.least) return { what, wanted: "–", found: "not measured", isHeld: null };
  const { rps, bareRps, ratio, low, high, least } = burst;
  const beside = bench?.bursts.find((one) => one.name === `${name}, and its jobs`);
  return {
    what,
    wanted: `≥ ${least} of its limit`,
    found: `${two(ratio)} (${two(low)}–${two(high)}; ${rps.toFixed(0)} beside ${bareRps.toFixed(0)} a second${beside ? `, ${beside.rps.toFixed(0)} with its jobs in the same process` : ""})`,
    isHeld: ratio >= least,
  };
}

/** @param {string} what @param {number | undefined} value @param {number} most @param {string} unit @returns {Line} */
const mostLine = (what, value, most, unit) => ({
  what,
  wanted: `≤ ${most} ${unit}`,
  found: value === undefined ? "not measured" : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`,
  isHeld: value === undefined ? null : value <= most,
});

/** @param {Register | null} register @param {"csv" | "xlsx"} format @param {number} least @param {number} most @returns {Line[]} */
function fileLines(register, format, least, most) {
  const made = register?.found.find((one) => one.format === format);
  const limit = register?.limits[format];
  const what = `${made?.rows.toLocaleString("en") ?? "100,000"} lines as ${format.toUpperCase()}, whole job`;
  const speed = made && limit ? limit / made.seconds : null;
  return [
    {
      what,
      wanted: `≥ ${least} of ${format === "csv" ? "COPY through gzip" : "a sheet from memory"}`,
      found:
        made && limit && speed
          ? `${two(speed)} (${made.seconds.toFixed(1)} beside ${limit.toFixed(1)} s)`
          : "not measured",
      isHeld: speed === null ? null : speed >= least,
    },
    mostLine(`its memory above the portal's idle`, made && Math.max(0, made.above), most, "MB"),
  ];
}

/** What grew by more than it may. @param {Growth["stages"]} stages @param {"asked" | "pages"} kind @param {number} most @param {number} noise */
function grown(stages, kind, most, noise) {
  const [first, last] = [stages[0]?.[kind] ?? [], stages.at(-1)?.[kind] ?? []];
  return last
    .map(({ name, ms }) => ({ name, ms, times: ms / (first.find((one) => one.name === name)?.ms ?? Number.NaN) }))
    .filter(({ ms, times }) => times > most && ms > noise)
    .map(({ name, times }) => `${name} ${times.toFixed(1)}`);
}

/** @param {Growth | null} growth @returns {Line[]} */
function scaleLines(growth) {
  const last = growth?.stages.at(-1);
  if (!growth || !last)
    return [
      { what: "lists, searches, pages and the board at a million", wanted: "–", found: "not measured", isHeld: null },
    ];
  const size = last.size.toLocaleString("en");
  const isName = (/** @type {Timing} */ { name }) => /name/.test(name);
  const worst = (/** @type {{ p95: number }[]} */ all) => Math.max(...all.map(({ p95 }) => p95));
  const isCount = (/** @type {Timing} */ { name }) => /count/.test(name);
  const lists = last.asked.filter((one) => !isName(one) && !isCount(one));
  const { growth: most, noiseMs } = growth.bounds;
  const all = [
    ...grown(growth.stages, "asked", most, noiseMs.asked),
    ...grown(growth.stages, "pages", most, noiseMs.page),
  ];
  const { board, limit, counted } = growth.board;
  return [
    {
      what: `leaders' board of every agency's year at ${size}`,
      wanted: "≥ 0.7 of its plain counters",
      found: `${two(limit / board)} (${board.toFixed(1)} beside ${limit.toFixed(1)} ms)`,
      isHeld: limit / board >= 0.7,
    },
    {
      what: "the same beside counting all dossiers",
      wanted: "≥ 75 times as fast",
      found: `${(counted / board).toFixed(0)} times`,
      isHeld: counted / board >= 75,
    },
    mostLine(
      `worst list or lookup at ${size}, counts apart, in the database, 95th percentile of ${growth.runs}`,
      worst(lists),
      2,
      "ms",
    ),
    mostLine(`worst search for a name at ${size}, likewise`, worst(last.asked.filter(isName)), 15, "ms"),
    mostLine(`worst question of all at ${size}, likewise`, worst(last.asked), 50, "ms"),
    {
      what: `${growth.stages[0]?.size.toLocaleString("en")} to ${size}: growth of lists, counts, searches and pages`,
      wanted: `≤ ${most} times`,
      found: all.length === 0 ? "all" : `all but ${all.join(", ")}`,
      isHeld: all.length === 0,
    },
  ];
}

/** @param {Bench | null} bench @returns {Line} */
function coldLine(bench) {
  const cold = bench?.cold;
  const times = cold ? cold.portalMs / cold.bareMs : null;
  return {
    what: "one process from nothing to its first answer",
    wanted: "≤ 2.5 times Express, EJS and Prisma",
    found:
      cold && times
        ? `${times.toFixed(1)} times (${cold.portalMs.toFixed(0)} beside ${cold.bareMs.toFixed(0)} ms; its home page ${cold.portalPageMs.toFixed(0)})`
        : "not measured",
    isHeld: times === null ? null : times <= 2.5,
  };
}

/** What a process that has read every page and done every act holds more when it reads the pages again. @param {Bench | null} bench @returns {Line} */
function keptLine(bench) {
  const before = bench?.before;
  const most = before ? before.acts * MOST_KEPT : null;
  const kept = bench && before ? bench.megabytes - before.acts : null;
  return {
    what: "memory that it grows by when its pages are read a second time",
    wanted: most === null ? "–" : `≤ ${most.toFixed(0)} MB, a tenth of what it was`,
    found:
      kept === null || !bench || !before
        ? "not measured"
        : `${kept.toFixed(0)} MB (${before.pages.toFixed(0)} after the pages, ${before.acts.toFixed(0)} after the acts, ${bench.megabytes.toFixed(0)} at the end)`,
    isHeld: kept === null || most === null ? null : kept <= most,
  };
}

/** Every target beside what was found. @param {Measured} measured @returns {Line[]} */
export const linesOf = ({ bench, growth, register }) => [
  pageLine(bench, "home"),
  pageLine(bench, "search"),
  pageLine(bench, "procedure page"),
  pageLine(bench, "tracking", "tracking by reference"),
  actLine(bench, "the two together", "submission with two files of 1 MB, in two requests"),
  burstLine(bench, "submission without files"),
  pageLine(bench, "worklist"),
  pageLine(bench, "worklist, beside a page that counts"),
  burstLine(bench, "acceptance"),
  actLine(bench, "acceptance and its receipt slip in hand"),
  ...fileLines(register, "csv", 0.5, 40),
  ...fileLines(register, "xlsx", 0.6, 60),
  ...scaleLines(growth),
  coldLine(bench),
  mostLine("`npm start` to the first page", bench?.startMs, 5000, "ms"),
  mostLine("memory of a process after its start", bench?.idleMegabytes, 130, "MB"),
  mostLine("memory after the run", bench?.megabytes, 250, "MB"),
  keptLine(bench),
  { what: "an assistant's answer", wanted: "≥ 0.5 of retrieval alone", found: "there is none yet", isHeld: null },
  {
    what: "beside other systems",
    wanted: "list and create ≥ 5, page ≥ 2 times",
    found: "none stands on a clean checkout",
    isHeld: null,
  },
];

/** What becomes of one of the commands that measure. `named`: what it says is missed; `isLate`: the time was up for it.
 * @typedef {{ script: string, code: number | null, named: string | null, isLate: boolean }} Ending
 */

/** What the figures are to be read with. @param {Bench | null} bench @param {readonly Ending[]} endings @param {number} load processes that wanted this machine at the beginning */
export const notesOf = (bench, endings, load) => [
  ...(bench && !bench.hasCatalogue
    ? ["The national catalogue's file was not at hand: searched among the seed's procedures alone."]
    : []),
  ...(load > 1
    ? [`When it began, ${load.toFixed(1)} other processes wanted this machine's processors: the figures are rough.`]
    : []),
  ...endings
    .filter(({ code }) => code !== 0)
    .map(({ script, code, named, isLate }) =>
      isLate
        ? `npm run ${script} was ended before its time: all together may take no longer. What it would have told is missing.`
        : named
          ? `npm run ${script} refuses: ${named}.`
          : `npm run ${script} failed (${code ?? "killed"}): what it would have told is missing.`,
    ),
];

/** The lines as a table, and under it what it is to be read with. @param {Measured} measured @param {readonly string[]} [notes] */
export function tableOf(measured, notes = []) {
  const lines = linesOf(measured);
  const missed = lines.filter(({ isHeld }) => isHeld === false).length;
  const open = lines.filter(({ isHeld }) => isHeld === null).length;
  const rows = lines.map(
    ({ what, wanted, found, isHeld }) =>
      `| ${what} | ${wanted} | ${found} | ${isHeld === null ? "–" : isHeld ? "held" : "**missed**"} |`,
  );
  const under = [`${lines.length - missed - open} held, ${missed} missed, ${open} not measured.`, ...notes];
  return `| What | wanted | found | |\n|---|---|---|---|\n${rows.join("\n")}\n\n${under.join("\n\n")}\n`;
}
