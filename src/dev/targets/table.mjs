// What was measured beside what is wanted: one line for each target, in the order of a reader's day.

/** What the three measuring commands leave in .cache; null: that one was not run.
 * @typedef {{ name: string, ratio: number, low: number, high: number, least: number | null }} Cell
 * @typedef {{ name: string, p50: number, bare?: number, least?: number }} Act
 * @typedef {{ cells: Cell[], acts: Act[], startMs: number, cold: { portalMs: number, bareMs: number } | null, idleMegabytes: number, megabytes: number }} Bench
 * @typedef {{ name: string, ms: number, scans?: string[] }} Timing
 * @typedef {{ stages: { size: number, asked: Timing[], pages: Timing[] }[], board: { board: number, limit: number, counted: number }, bounds: { growth: number, noiseMs: { asked: number, page: number } } }} Growth
 * @typedef {{ found: { format: string, rows: number, seconds: number, above: number }[], limits: Record<string, number> }} Register
 * @typedef {{ bench: Bench | null, growth: Growth | null, register: Register | null }} Measured
 */
/** One line: `isHeld` null where nothing could be measured, and why. @typedef {{ what: string, wanted: string, found: string, isHeld: boolean | null }} Line */

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

/** A job draws most slips before they are asked for, so that this says how long a clerk waits, and nothing of drawing. @param {Bench | null} bench @returns {Line} */
function slipLine(bench) {
  const slip = bench?.acts.find(({ name }) => name === "its receipt slip, printed and sent");
  return {
    what: "receipt slip, as a clerk waits for it",
    wanted: "≥ 0.7 of drawing one",
    found: slip?.bare
      ? `${slip.p50.toFixed(1)} ms beside ${slip.bare.toFixed(1)} to draw one; a job drew most meanwhile`
      : "not measured",
    isHeld: null,
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
  const worst = (/** @type {Timing[]} */ all) => Math.max(...all.map(({ ms }) => ms));
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
      `worst list or lookup at ${size}, counts apart, in the database, quickest of seven`,
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
    what: "one process from nothing to its first page",
    wanted: "≤ 2.5 times Express, EJS and Prisma",
    found:
      cold && times
        ? `${times.toFixed(1)} times (${cold.portalMs.toFixed(0)} beside ${cold.bareMs.toFixed(0)} ms)`
        : "not measured",
    isHeld: times === null ? null : times <= 2.5,
  };
}

/** Every target beside what was found. @param {Measured} measured @returns {Line[]} */
export const linesOf = ({ bench, growth, register }) => [
  pageLine(bench, "home"),
  pageLine(bench, "search"),
  pageLine(bench, "procedure page"),
  pageLine(bench, "tracking", "tracking by reference"),
  actLine(bench, "the two together", "submission with two files of 1 MB, in two requests"),
  actLine(bench, "submission of a draft with two files of 1 MB", "submission, its two files taken in before"),
  pageLine(bench, "worklist"),
  pageLine(bench, "worklist, beside a page that counts"),
  actLine(bench, "acceptance"),
  slipLine(bench),
  ...fileLines(register, "csv", 0.5, 40),
  ...fileLines(register, "xlsx", 0.6, 60),
  ...scaleLines(growth),
  coldLine(bench),
  mostLine("`npm start` to the first page", bench?.startMs, 5000, "ms"),
  mostLine("memory of a process after its start", bench?.idleMegabytes, 130, "MB"),
  mostLine("memory after the run", bench?.megabytes, 250, "MB"),
  { what: "an assistant's answer", wanted: "≥ 0.5 of retrieval alone", found: "there is none yet", isHeld: null },
  {
    what: "beside other systems",
    wanted: "list and create ≥ 5, page ≥ 2 times",
    found: "none stands on a clean checkout",
    isHeld: null,
  },
];

/** The lines as a table. @param {Measured} measured */
export function tableOf(measured) {
  const lines = linesOf(measured);
  const missed = lines.filter(({ isHeld }) => isHeld === false).length;
  const open = lines.filter(({ isHeld }) => isHeld === null).length;
  const rows = lines.map(
    ({ what, wanted, found, isHeld }) =>
      `| ${what} | ${wanted} | ${found} | ${isHeld === null ? "–" : isHeld ? "held" : "**missed**"} |`,
  );
  return `| What | wanted | found | |\n|---|---|---|---|\n${rows.join("\n")}\n\n${lines.length - missed - open} held, ${missed} missed, ${open} not measured.\n`;
}
