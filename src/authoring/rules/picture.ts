import { flowOf } from "./flow.ts";
import { type Edge, END, edgesOf, type LineKind, lanesFor, rowsOf, START } from "./rows.ts";

export { END, type LineKind, START } from "./rows.ts";

import type { Process } from "./steps.ts";
import { type DrawnText, drawnHeight, wrapText } from "./wrapping.ts";

/** What a box says: a name in bold, and lines below it. */
export type Said = { title: string; lines: readonly string[] };
export type Box = {
  id: string;
  kind: "start" | "end" | "step" | "branch";
  /** From the top: steps of one row may be worked on at the same time. */
  row: number;
  column: number;
  x: number;
  y: number;
  width: number;
  height: number;
  texts: readonly DrawnText[];
};
export type Line = { kind: LineKind; from: string; to: string; points: readonly (readonly [number, number])[] };
export type Picture = { width: number; height: number; boxes: readonly Box[]; lines: readonly Line[] };

const LEAD_WIDTH = 172;
const BRANCH_WIDTH = 128;
const COLUMN_GAP = 24;
const LANE = 11;
const EDGE = 10;
const SLOT = 8;
const STACK_GAP = 14;
const LOW = 38;
const HIGH = 56;

type Side = "top" | "bottom" | "left" | "right";
/** Where a line goes: out of a side, along gaps between rows and a lane beside the boxes, into a side. */
type Route = {
  edge: Edge;
  out: Side;
  into: Side;
  /** The gap above this row, run along behind the way out, before the way in. */
  outGap: number | null;
  inGap: number | null;
  lane: { side: "left" | "right"; key: string } | null;
};

/**
 * Draws a workflow from the top to the bottom: leading steps in rows and columns, branches in a column of their own at the
 * right beside who asks, returns dashed at the left. Lines run only between rows and beside columns, so that none crosses
 * a box; no two boxes touch. In user units, about pixels.
 */
export function drawProcess(process: Process, saidOf: (id: string) => Said): Picture {
  const flow = flowOf(process);
  const rows = rowsOf(flow);
  const rowOf = (id: string): number => rows.get(id) ?? 0;
  const edges = edgesOf(flow, process.start);
  const ids = [START, ...flow.order, END].filter(
    (id) => edges.some(({ from, to }) => from === id || to === id) || id.length > 1,
  );
  const columns = new Map<string, number>();
  const widthOf = new Map<number, number>();
  for (const id of ids) {
    const column = widthOf.get(rowOf(id)) ?? 0;
    columns.set(id, column);
    widthOf.set(rowOf(id), column + 1);
  }
  const columnOf = (id: string): number => columns.get(id) ?? 0;
  const isLast = (id: string): boolean => columnOf(id) === (widthOf.get(rowOf(id)) ?? 1) - 1;
  const isBranch = (id: string): boolean => flow.branches.some((step) => step.id === id);
  const columnCount = Math.max(1, ...widthOf.values());
  const lastRow = rowOf(END);

  const routes = edges.map((edge): Route => {
    const [from, to] = [rowOf(edge.from), rowOf(edge.to)];
    const key = `${edge.kind} ${edge.from} ${edge.to}`;
    const bare = { edge, outGap: null, inGap: null, lane: null };
    if (edge.kind === "consult" || edge.kind === "answer") {
      const lead = edge.kind === "consult" ? edge.from : edge.to;
      const bus = { side: "right" as const, key: `${edge.kind} ${lead}` };
      if (edge.kind === "consult")
        return isLast(lead)
          ? { ...bare, out: "right", into: "left", lane: bus }
          : { ...bare, out: "bottom", into: "left", outGap: from + 1, lane: bus };
      return isLast(lead)
        ? { ...bare, out: "left", into: "right", lane: bus }
        : { ...bare, out: "left", into: "top", inGap: to, lane: bus };
    }
    if (to === from + 1)
      return columnOf(edge.from) === columnOf(edge.to)
        ? { ...bare, out: "bottom", into: "top" }
        : { ...bare, out: "bottom", into: "top", outGap: to };
    if (to > from)
      return { ...bare, out: "bottom", into: "top", outGap: from + 1, inGap: to, lane: { side: "right", key } };
    const out = columnOf(edge.from) === 0 ? ("left" as const) : ("top" as const);
    const into = columnOf(edge.to) === 0 ? ("left" as const) : ("top" as const);
    return {
      edge,
      out,
      into,
      outGap: out === "top" ? from : null,
      inGap: into === "top" ? to : null,
      lane: { side: "left", key },
    };
  });

  const spans = { left: new Map<string, [number, number]>(), right: new Map<string, [number, number]>() };
  for (const { lane, edge, outGap, inGap } of routes) {
    if (!lane) continue;
    const gaps = [outGap, inGap].flatMap((gap) => (gap === null ? [] : [gap - 1, gap]));
    const known = spans[lane.side].get(lane.key);
    const both = [rowOf(edge.from), rowOf(edge.to), ...gaps, ...(known ?? [])];
    spans[lane.side].set(lane.key, [Math.min(...both), Math.max(...both)]);
  }
  const left = lanesFor(spans.left);
  const right = lanesFor(spans.right);
  const leadX = EDGE + left.count * LANE + (left.count > 0 ? 4 : 0);
  const leadEnd = leadX + columnCount * LEAD_WIDTH + (columnCount - 1) * COLUMN_GAP;
  const branchX = leadEnd + COLUMN_GAP + right.count * LANE;
  const laneX = ({ side, key }: NonNullable<Route["lane"]>): number =>
    side === "left"
      ? leadX - 8 - (left.laneOf.get(key) ?? 0) * LANE
      : leadEnd + COLUMN_GAP / 2 + (right.laneOf.get(key) ?? 0) * LANE;

  // Each run along a gap has a height of its own there.
  const slots = new Map<number, number>();
  const slotOf = new Map<string, number>();
  const takeSlot = (gap: number | null, key: string): void => {
    if (gap === null) return;
    slotOf.set(`${gap} ${key}`, slots.get(gap) ?? 0);
    slots.set(gap, (slots.get(gap) ?? 0) + 1);
  };
  routes.forEach(({ outGap, inGap }, at) => {
    takeSlot(outGap, `${at} out`);
    takeSlot(inGap, `${at} in`);
  });

  const texts = new Map<string, DrawnText[]>();
  const heights = new Map<string, number>();
  for (const id of [...ids, ...flow.branches.map((step) => step.id)]) {
    const drawn = wrapText(saidOf(id), isBranch(id) ? BRANCH_WIDTH : LEAD_WIDTH);
    texts.set(id, drawn);
    heights.set(id, Math.max(id === START || id === END ? LOW : HIGH, drawnHeight(drawn)));
  }
  const stackOf = (row: number): string[] => flow.branches.map(({ id }) => id).filter((id) => rowOf(id) === row);
  const heightOf = (id: string): number => heights.get(id) ?? 0;
  const rowY: number[] = [];
  let y = EDGE;
  for (let row = 0; row <= lastRow + 1; row++) {
    y += row === 0 || row > lastRow ? (slots.get(row) ?? 0) * SLOT : 26 + (slots.get(row) ?? 0) * SLOT;
    rowY[row] = y;
    const stack = stackOf(row);
    const stacked = stack.reduce((sum, id) => sum + heightOf(id) + STACK_GAP, -STACK_GAP);
    const leading = ids.filter((id) => rowOf(id) === row).map(heightOf);
    y += Math.max(0, ...leading, stacked);
  }
  const gapY = (gap: number, key: string): number => (rowY[gap] ?? y) - 16 - (slotOf.get(`${gap} ${key}`) ?? 0) * SLOT;

  const boxes: Box[] = ids.map((id) => ({
    id,
    kind: id === START ? "start" : id === END ? "end" : "step",
    row: rowOf(id),
    column: columnOf(id),
    x: leadX + columnOf(id) * (LEAD_WIDTH + COLUMN_GAP),
    y: rowY[rowOf(id)] ?? 0,
    width: LEAD_WIDTH,
    height: heightOf(id),
    texts: texts.get(id) ?? [],
  }));
  for (let row = 0; row <= lastRow; row++) {
    let top = rowY[row] ?? 0;
    for (const id of stackOf(row)) {
      const size = { x: branchX, y: top, width: BRANCH_WIDTH, height: heightOf(id) };
      boxes.push({ id, kind: "branch", row, column: columnCount, ...size, texts: texts.get(id) ?? [] });
      top += heightOf(id) + STACK_GAP;
    }
  }
  const boxOf = new Map(boxes.map((box) => [box.id, box]));

  // Lines of one side leave and arrive at places of their own; a straight line downwards keeps the middle.
  const doors = new Map<string, string[]>();
  const doorKey = (id: string, side: Side): string => `${id} ${side}`;
  routes.forEach((route, at) => {
    if (isStraight(route)) return;
    // One opening serves all whom a step consults, and one all who answer it.
    const shared = (id: string, end: string): string =>
      (route.edge.kind === "consult" || route.edge.kind === "answer") && !isBranch(id)
        ? route.edge.kind
        : `${at} ${end}`;
    for (const [id, side, end] of [
      [route.edge.from, route.out, "out"],
      [route.edge.to, route.into, "in"],
    ] as const) {
      const open = doors.get(doorKey(id, side)) ?? [];
      const name = shared(id, end);
      if (!open.includes(name)) open.push(name);
      doors.set(doorKey(id, side), open);
    }
  });
  const place = (id: string, side: Side, names: readonly string[]): [number, number] => {
    const box = boxOf.get(id);
    if (!box) return [0, 0];
    const open = doors.get(doorKey(id, side)) ?? [];
    const at = open.findIndex((name) => names.includes(name));
    const share = (at + 1) / (open.length + 1);
    if (side === "left" || side === "right") {
      const level = Math.round(box.y + Math.min(box.height, HIGH) * share);
      return [side === "left" ? box.x : box.x + box.width, level];
    }
    // Left and right of the middle by turns.
    const half = Math.floor(at / 2) + 1;
    const step = box.width / (open.length + 3);
    const x = Math.round(box.x + box.width / 2 + (at % 2 === 0 ? 1 : -1) * half * step);
    return [x, side === "top" ? box.y : box.y + box.height];
  };

  const lines = routes.map((route, at): Line => {
    const { edge, out, into, outGap, inGap, lane } = route;
    const [from, to] = [boxOf.get(edge.from), boxOf.get(edge.to)];
    if (isStraight(route) && from && to) {
      const x = from.x + from.width / 2;
      return {
        ...edge,
        points: [
          [x, from.y + from.height],
          [x, to.y],
        ],
      };
    }
    const [x1, y1] = place(edge.from, out, [`${at} out`, edge.kind]);
    const [x2, y2] = place(edge.to, into, [`${at} in`, edge.kind]);
    const points: [number, number][] = [[x1, y1]];
    let [x, level] = [x1, y1];
    const go = (nextX: number, nextY: number): void => {
      if (nextX === x && nextY === level) return;
      [x, level] = [nextX, nextY];
      points.push([x, level]);
    };
    if (outGap !== null) go(x, gapY(outGap, `${at} out`));
    if (lane) go(laneX(lane), level);
    if (inGap !== null) go(x, gapY(inGap, `${at} in`));
    else if (into === "left" || into === "right") go(x, y2);
    go(x2, level);
    go(x2, y2);
    return { ...edge, points };
  });
  const end =
    flow.branches.length > 0
      ? branchX + BRANCH_WIDTH
      : leadEnd + (right.count > 0 ? COLUMN_GAP / 2 + right.count * LANE : 0);
  return { width: end + EDGE, height: y + EDGE, boxes, lines };
}

const isStraight = ({ outGap, inGap, lane }: Route): boolean => outGap === null && inGap === null && lane === null;
