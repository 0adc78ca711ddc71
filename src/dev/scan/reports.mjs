// What the scanners wrote, read into findings.

/** @typedef {{ tool: string, who: string, what: string, where: string, level: number }} Finding */

const MEDIUM = 2;

/**
 * Wapiti's JSON: everything of medium or higher, and every page that broke.
 * @param {string} json @param {string} who
 * @returns {{ findings: Finding[], low: number  }}
 */
export function readWapiti(json, who) {
  /** @type {{ vulnerabilities: Record<string, Entry[]>, anomalies: Record<string, Entry[]> }} */
  const report = JSON.parse(json);
  /** @typedef {{ method: string, path: string, info: string, level: number, parameter: string | null }} Entry */
  const all = Object.entries({ ...report.vulnerabilities, ...report.anomalies }).flatMap(([what, entries]) =>
    entries.map((entry) => ({
      tool: "wapiti",
      who,
      what: `${what}: ${entry.info}`,
      where: `${entry.method} ${entry.path}${entry.parameter ? ` (${entry.parameter})` : ""}`,
      level: Number(entry.level),
      isBroken: what === "Internal Server Error",
    })),
  );
  const isGrave = (/** @type {typeof all[number]} */ { level, isBroken }) => level >= MEDIUM || isBroken;
  return {
    findings: all.filter(isGrave).map(({ isBroken: _, ...finding }) => finding),
    low: all.filter((one) => !isGrave(one)).length,
  };
}

/**
 * sqlmap's table of results: a line for each parameter through which it reached the database.
 * @param {string} csv @param {string} who
 * @returns {Finding[]}
 */
export const readSqlmap = (csv, who) =>
  csv
    .split("\n")
    .slice(1)
    .map((line) =>
      /^(.*),(GET|POST|URI|Cookie|Referer|User-Agent|Host|\(custom\) \w+),([^,]*),([^,]*),/i.exec(line.trim()),
    )
    .filter((found) => found !== null)
    // A line without techniques is a target that was looked at and stood.
    .filter(([, , , , techniques]) => Boolean(techniques))
    .map(([, where = "", place, parameter, techniques]) => ({
      tool: "sqlmap",
      who,
      what: `SQL injection (${techniques})`,
      where: `${where} (${place} ${parameter})`,
      level: 3,
    }));
