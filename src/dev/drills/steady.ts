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

/** Growth a minute, by least squares. */
export function slope(samples: readonly Sample[], of: "megabytes" | "handles" | "connections"): number {
  const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const x = meanOf(samples.map(({ minutes }) => minutes));
  const y = meanOf(samples.map((one) => one[of]));
  const above = samples.reduce((sum, one) => sum + (one.minutes - x) * (one[of] - y), 0);
  const below = samples.reduce((sum, one) => sum + (one.minutes - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

/** What a process may hold at the most, whatever it went through (performance.md: 300 MB loaded). */
const MOST = { megabytes: 300, handles: 30, connections: 25 };

/** A row for each thing held, and what holds too much: more than it may, or not given back after the faults. */
export function judge(samples: readonly Sample[]): { rows: string[]; findings: string[] } {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return { rows: [], findings: ["nothing was measured"] };
  const findings: string[] = [];
  const most = (of: keyof typeof MOST) => Math.max(...samples.map((one) => one[of]));
  if (most("megabytes") > MOST.megabytes) findings.push(`memory: ${most("megabytes").toFixed(0)} MB`);
  if (last.handles > first.handles + MOST.handles)
    findings.push(`handles: ${first.handles} at first, ${last.handles} at last`);
  if (most("connections") > MOST.connections) findings.push(`connections: ${most("connections")}`);
  const row = (name: string, of: keyof typeof MOST) =>
    `| ${name} | ${first[of].toFixed(0)} | ${most(of).toFixed(0)} | ${last[of].toFixed(0)} | ${slope(samples, of).toFixed(2)} |`;
  return {
    rows: [row("memory, MB", "megabytes"), row("open handles", "handles"), row("database connections", "connections")],
    findings,
  };
}
