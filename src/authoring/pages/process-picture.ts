import type { Translate } from "#platform/i18n.ts";
import type { Step } from "#workflow/definition.ts";
import { type Box, drawProcess, END, type LineKind, type Process, START } from "../rules.ts";
import { allowanceText, stepName, whoText } from "./process-words.ts";

type DrawnBox = Omit<Box, "texts"> & {
  className: string;
  radius: number;
  texts: { x: number; y: number; text: string; strong: boolean }[];
};
export type ProcessPicture = {
  title: string;
  description: string;
  viewBox: string;
  width: number;
  height: number;
  boxes: readonly DrawnBox[];
  lines: readonly { className: string; dash: string | null; title: string; path: string; head: string }[];
  /** Of a picture that stands alone: no style sheet of the page reaches it. */
  alone: boolean;
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/process-picture": ProcessPicture;
  }
}

const HEAD = 6;
const DASHES: Record<LineKind, string | null> = { forward: null, return: "6 4", consult: "2 3", answer: "2 3" };

/** The arrow's head as a triangle that points along the last stretch of the line. */
function headOf(points: readonly (readonly [number, number])[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [x, y - 1];
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const back: [number, number] = [x - dx * HEAD * 1.4, y - dy * HEAD * 1.4];
  const corner = (side: number): string => `${back[0] - dy * side * HEAD * 0.7},${back[1] + dx * side * HEAD * 0.7}`;
  return `${x},${y} ${corner(1)} ${corner(-1)}`;
}

/** What a step's box says below its name. */
function linesFor(process: Process, step: Step, isBroken: boolean, t: Translate): string[] {
  const ahead = step.outcomes.filter(({ kind, to }) => kind === "complete" || (kind === "forward" && to !== step.id));
  const loops = step.outcomes.filter(({ kind, to, consult }) => kind === "forward" && to === step.id && !consult);
  const targets = new Set(ahead.map(({ to }) => to));
  const forks =
    targets.size < 2
      ? []
      : ahead.map(({ name, to }) =>
          t("authoring.process.picture.fork", {
            name: name.vi,
            to: to === undefined ? t("authoring.process.card.ends") : stepName(process, to, t),
          }),
        );
  return [
    whoText(step, t),
    allowanceText(step.allowance, t),
    ...forks,
    ...loops.map(({ name }) => t("authoring.process.picture.loop", { name: name.vi })),
    ...(step.outcomes.some(({ kind }) => kind === "refuse") ? [t("authoring.process.picture.refusal")] : []),
    ...(isBroken ? [t("authoring.process.picture.broken")] : []),
  ];
}

/** The picture of a workflow, ready to be drawn. @param broken steps that something is wrong with */
export function processPicture(
  process: Process,
  broken: ReadonlySet<string>,
  { alone }: { alone: boolean },
  t: Translate,
): ProcessPicture {
  const numberOf = new Map(process.steps.map(({ id }, at) => [id, at + 1]));
  const nameOf = (id: string): string =>
    id === START
      ? t("authoring.process.picture.begin")
      : id === END
        ? t("authoring.process.picture.end")
        : stepName(process, id, t);
  const { width, height, boxes, lines } = drawProcess(process, (id) => {
    const step = process.steps.find((one) => one.id === id);
    if (!step) return { title: nameOf(id), lines: [] };
    return { title: `${numberOf.get(id)}. ${step.name.vi}`, lines: linesFor(process, step, broken.has(id), t) };
  });
  const said = process.steps.map((step, at) =>
    t("authoring.process.picture.steps", {
      number: at + 1,
      name: step.name.vi,
      who: whoText(step, t),
      allowance: allowanceText(step.allowance, t),
    }),
  );
  return {
    alone,
    title: t("authoring.process.picture.title"),
    description: t("authoring.process.picture.description", { count: process.steps.length, steps: said.join(" ") }),
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    boxes: boxes.map((box) => ({
      ...box,
      className: `process-box process-box--${box.kind}${broken.has(box.id) ? " process-box--broken" : ""}`,
      radius: box.kind === "start" || box.kind === "end" ? 19 : 6,
      texts: box.texts.map((text) => ({ ...text, x: box.x + text.x, y: box.y + text.y })),
    })),
    lines: lines.map(({ kind, from, to, points }) => ({
      className: `process-line process-line--${kind}`,
      dash: DASHES[kind],
      title: t("authoring.process.picture.from", { from: nameOf(from), to: nameOf(to) }),
      path: points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join(""),
      head: headOf(points),
    })),
  };
}
