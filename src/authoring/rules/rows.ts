import type { Flow } from "./flow.ts";

export type LineKind = "forward" | "return" | "consult" | "answer";

/** Ids that no step can have. */
export const START = "^";
export const END = "$";

export type Edge = { kind: LineKind; from: string; to: string };

/** Every line of the picture, once for each pair and kind. */
export function edgesOf({ leads, forward, backward, consultations }: Flow, start: string): Edge[] {
  const edges: Edge[] = [
    ...(leads.some(({ id }) => id === start) ? [{ kind: "forward" as const, from: START, to: start }] : []),
    ...forward.map(({ from, to }) => ({ kind: "forward" as const, from, to })),
    ...leads
      .filter(({ outcomes }) => outcomes.some(({ kind }) => kind === "complete"))
      .map(({ id }) => ({ kind: "forward" as const, from: id, to: END })),
    ...backward.map(({ from, to, outcome }) => ({
      kind: outcome.kind === "return" ? ("return" as const) : ("forward" as const),
      from,
      to,
    })),
    ...consultations.map(({ from, branch }) => ({ kind: "consult" as const, from, to: branch })),
    ...consultations.flatMap(({ branch, joins }) =>
      joins === null ? [] : [{ kind: "answer" as const, from: branch, to: joins }],
    ),
  ];
  const same = (one: Edge, other: Edge): boolean =>
    one.kind === other.kind && one.from === other.from && one.to === other.to;
  return edges.filter((edge, at) => edges.findIndex((other) => same(edge, other)) === at);
}

/** The row of each step: behind all that lead to it; those that nothing leads to stand below the others. */
export function rowsOf({ leads, branches, order, reached, forward, consultations }: Flow): Map<string, number> {
  const rows = new Map<string, number>([[START, 0]]);
  let below = 1;
  for (const id of [...order].sort((a, b) => Number(reached.has(b)) - Number(reached.has(a)))) {
    const before = forward.filter(({ to, from }) => to === id && reached.has(from) === reached.has(id));
    const least = reached.has(id) ? 1 : below;
    rows.set(id, Math.max(least, ...before.map(({ from }) => (rows.get(from) ?? 0) + 1)));
    if (reached.has(id)) below = Math.max(below, (rows.get(id) ?? 0) + 1);
  }
  const last = Math.max(0, ...leads.map(({ id }) => rows.get(id) ?? 0));
  for (const { id } of branches) {
    const asked = consultations.find(({ branch }) => branch === id);
    rows.set(id, asked ? (rows.get(asked.from) ?? last) : last + 1);
  }
  rows.set(END, Math.max(last, ...branches.map(({ id }) => rows.get(id) ?? 0)) + 1);
  return rows;
}

/** Gives each span of rows a lane of its own, the shortest the nearest; spans apart share one. */
export function lanesFor(spans: ReadonlyMap<string, readonly [number, number]>): {
  laneOf: Map<string, number>;
  count: number;
} {
  const lanes: (readonly [number, number])[][] = [];
  const laneOf = new Map<string, number>();
  for (const [key, span] of [...spans].sort(([, a], [, b]) => a[1] - a[0] - (b[1] - b[0]))) {
    const isFree = (taken: readonly (readonly [number, number])[]): boolean =>
      taken.every(([from, to]) => span[1] < from || to < span[0]);
    const at = lanes.findIndex(isFree);
    if (at < 0) lanes.push([span]);
    else lanes[at]?.push(span);
    laneOf.set(key, at < 0 ? lanes.length - 1 : at);
  }
  return { laneOf, count: lanes.length };
}
