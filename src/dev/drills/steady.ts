/** What a process holds while it runs, and whether that grows. */
import { readdirSync } from "node:fs";
import type pg from "pg";

export type Sample = { minutes: number; megabytes: number; handles: number; connections: number };

type Watched = { pid: number; megabytes: () => number };

const PORTAL = "app";

export async function sample({ pid, megabytes }: Watched, owner: pg.Pool, minutes: number): Promise<Sample> {
  const { rows } = await owner.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = $1",
    [PORTAL],
  );
  return {
    minutes,
    megabytes: megabytes(),
    handles: readdirSync(`/proc/${pid}/fd`).length,
    connections: rows[0]?.count ?? 0,
  };
}

type Held = "megabytes" | "handles" | "connections";

/** Until then caches fill and code is compiled: of a run's time. */
const WARM_UP = 1 / 3;

/** After the warm-up, its earlier and its later half. */
function halves(samples: readonly Sample[]): [Sample[], Sample[]] {
  const first = samples[0]?.minutes ?? 0;
  const last = samples.at(-1)?.minutes ?? 0;
  const warm = first + (last - first) * WARM_UP;
  const middle = (warm + last) / 2;
  const later = samples.filter(({ minutes }) => minutes >= warm);
  return [later.filter(({ minutes }) => minutes < middle), later.filter(({ minutes }) => minutes >= middle)];
}

/**
 * How much more is held at the least in the later half than in the earlier one. The least is what is left when rubbish was
 * collected: a crowd or a fault in one of the halves does not show in it, a leak does.
 */
export function growth(samples: readonly Sample[], of: Held): number {
  const [earlier, later] = halves(samples).map((half) => Math.min(...half.map((one) => one[of])));
  return earlier === undefined || later === undefined || !Number.isFinite(earlier + later) ? 0 : later - earlier;
}

/** What a process may hold at the most, whatever it went through (performance.md: 300 MB loaded). */
const MOST = { megabytes: 300, handles: 30, connections: 25 };
/** The garbage collector's own whim between two halves of a run, measured: 5 to 15 MB. */
const MOST_GROWN_MB = 25;

/** A row for each thing held, and what holds too much: more than it may, or not given back after the faults. */
export function judge(samples: readonly Sample[]): { rows: string[]; findings: string[] } {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return { rows: [], findings: ["nothing was measured"] };
  const findings: string[] = [];
  const most = (of: Held) => Math.max(...samples.map((one) => one[of]));
  if (most("megabytes") > MOST.megabytes)
    findings.push(`memory: ${most("megabytes").toFixed(0)} MB, ${MOST.megabytes} allowed`);
  const grown = growth(samples, "megabytes");
  if (grown > MOST_GROWN_MB) findings.push(`memory grows: ${grown.toFixed(0)} MB, ${MOST_GROWN_MB} allowed`);
  if (last.handles > first.handles + MOST.handles)
    findings.push(`handles: ${first.handles} at first, ${last.handles} at last`);
  if (most("connections") > MOST.connections) findings.push(`connections: ${most("connections")}`);
  const row = (name: string, of: Held, bound: string) =>
    `| ${name} | ${first[of].toFixed(0)} | ${most(of).toFixed(0)} | ${last[of].toFixed(0)} | ${growth(samples, of).toFixed(0)} | ${bound} |`;
  return {
    rows: [
      row("memory, MB", "megabytes", `at most ${MOST.megabytes}, grown by at most ${MOST_GROWN_MB}`),
      row("open handles", "handles", `at last ${MOST.handles} more than at first`),
      row("database connections", "connections", `at most ${MOST.connections}`),
    ],
    findings,
  };
}
