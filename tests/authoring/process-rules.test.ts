import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  addStep,
  type Box,
  changeStep,
  drawProcess,
  END,
  longestWay,
  moveStep,
  type Process,
  playProcess,
  removeStep,
  START,
  staffingGaps,
  weighAllowances,
} from "#authoring/index.ts";
import { calendarFrom, instantAt } from "#calendar/rules.ts";
import { type Outcome, type Step, shapes, Workflow } from "#workflow/index.ts";
import fc from "../support/drawn.ts";

const said = (id: string) => ({ title: `Bước ${id} thẩm định hồ sơ và dự thảo`, lines: ["Chuyên viên", "5 ngày"] });

/** Workflows as unfinished as an editor leaves them: dangling targets, circles, branches that nobody asks. */
const unfinished: fc.Arbitrary<Process> = fc.integer({ min: 0, max: 9 }).chain((count) => {
  const ids = Array.from({ length: count }, (_, at) => `s${at}`);
  const id = fc.constantFrom(...ids, "gone");
  const outcome = fc.record(
    {
      id: fc.constantFrom("a", "b", "c"),
      name: fc.constant({ vi: "Chuyển" }),
      kind: fc.constantFrom("forward", "forward", "return", "complete", "refuse", "answer"),
      to: id,
      consult: fc.array(id, { maxLength: 3 }),
      waitsForBranches: fc.boolean(),
    },
    { requiredKeys: ["id", "name", "kind"] },
  );
  const step = (own: string) =>
    fc.record(
      {
        id: fc.constant(own),
        name: fc.constant({ vi: own }),
        role: fc.constant("desk"),
        agency: fc.constant("receiving"),
        status: fc.constant("processing"),
        allowance: fc.constant({ amount: 1, unit: "working_day" }),
        outcomes: fc.array(outcome, { maxLength: 4 }),
        branch: fc.constant(true),
      },
      { requiredKeys: ["id", "name", "role", "agency", "status", "allowance", "outcomes"] },
    );
  return fc.record({ start: id, steps: fc.tuple(...ids.map(step)) }) as unknown as fc.Arbitrary<Process>;
});

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
/** Whether a stretch of a line runs through the inside of a box. */
const crosses = ([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], box: Box): boolean =>
  Math.max(x1, x2) > box.x + 1 &&
  Math.min(x1, x2) < box.x + box.width - 1 &&
  Math.max(y1, y2) > box.y + 1 &&
  Math.min(y1, y2) < box.y + box.height - 1;

describe("the picture of a workflow", () => {
  test("no two boxes touch, no line runs through a box, and everything is inside, however unfinished the workflow", () => {
    let drawn = 0;
    fc.assert(
      fc.property(unfinished, (process) => {
        const { boxes, lines, width, height } = drawProcess(process, said);
        expect(
          boxes
            .filter(({ kind }) => kind === "step" || kind === "branch")
            .map(({ id }) => id)
            .sort(),
        ).toEqual(process.steps.map(({ id }) => id).sort());
        for (const [at, box] of boxes.entries()) {
          for (const other of boxes.slice(at + 1))
            expect([box.id, other.id, overlap(box, other)]).toEqual([box.id, other.id, false]);
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
          for (const text of box.texts) expect(text.y <= box.height && text.y > 0).toBe(true);
        }
        for (const { points, ...line } of lines) {
          drawn++;
          for (const [at, point] of points.slice(1).entries()) {
            const from = points[at] ?? point;
            expect(from[0] === point[0] || from[1] === point[1]).toBe(true);
            expect(point.every((number) => number >= 0) && point[0] <= width && point[1] <= height).toBe(true);
            expect({ ...line, through: boxes.filter((box) => crosses(from, point, box)).map(({ id }) => id) }).toEqual({
              ...line,
              through: [],
            });
          }
        }
      }),
      { numRuns: 300 },
    );
    // Lines were drawn at all: how many is chance.
    expect(drawn).toBeGreaterThan(50);
  });

  test("steps stand below those that lead to them, branches beside who asks, and start and end are marked", () => {
    const { boxes, lines } = drawProcess(shapes.interAgency, said);
    const row = (id: string) => boxes.find((box) => box.id === id)?.row ?? -1;
    const way = [START, "hand_over", "verify", "transfer", "appraise", "approve", "issue", "result_ready", END];
    expect(way.map(row)).toEqual(way.map((_, at) => at));
    expect(row("tax_opinion")).toBe(row("appraise"));
    expect(boxes.find(({ id }) => id === "tax_opinion")?.kind).toBe("branch");
    const kinds = (kind: string) => lines.filter((line) => line.kind === kind).map(({ from, to }) => `${from}>${to}`);
    expect(kinds("consult")).toEqual(["appraise>tax_opinion"]);
    expect(kinds("answer")).toEqual(["tax_opinion>appraise"]);
    expect(kinds("return")).toContain("approve>appraise");
  });

  test("long names are broken into lines that fit their box, and make it higher", () => {
    const long = "Cơquankhôngcókhoảngtrắng".repeat(4);
    const { boxes } = drawProcess(shapes.communeSameDay, (id) => ({ title: id === "sign" ? long : id, lines: [] }));
    const height = (id: string) => boxes.find((box) => box.id === id)?.height ?? 0;
    expect(height("sign")).toBeGreaterThan(height("issue"));
    expect(boxes.find(({ id }) => id === "sign")?.texts.length).toBeGreaterThan(3);
  });
});

const step = (id: string, amount: number, outcomes: Partial<Outcome>[], more: Partial<Step> = {}): Step => ({
  id,
  name: { vi: id },
  role: "specialist",
  agency: "receiving",
  status: "processing",
  allowance: { amount, unit: "working_hour" },
  outcomes: outcomes.map((outcome, at) => ({ id: `o${at}`, name: { vi: "x" }, kind: "forward", ...outcome })),
  ...more,
});
const end: Partial<Outcome> = { kind: "complete" };

describe("the longest way ahead", () => {
  test.each<[string, Process, number, string[]]>([
    ["is nothing without steps", { start: "", steps: [] }, 0, []],
    [
      "adds up what lies on one line",
      { start: "a", steps: [step("a", 2, [{ to: "b" }]), step("b", 3, [end])] },
      5,
      ["a", "b"],
    ],
    [
      "takes the longer of two ways",
      {
        start: "a",
        steps: [step("a", 1, [{ to: "b" }, { to: "c" }]), step("b", 9, [{ to: "c" }]), step("c", 1, [end])],
      },
      11,
      ["a", "b", "c"],
    ],
    [
      "counts a return and a circle once",
      {
        start: "a",
        steps: [step("a", 1, [{ to: "b" }]), step("b", 2, [end, { kind: "return", to: "a" }, { to: "a" }])],
      },
      3,
      ["a", "b"],
    ],
    [
      "counts an opinion beside the step that waits for it",
      {
        start: "a",
        steps: [
          step("a", 2, [
            { to: "a", consult: ["x"] },
            { to: "b", waitsForBranches: true },
          ]),
          step("x", 5, [{ kind: "answer" }], { branch: true }),
          step("b", 1, [end]),
        ],
      },
      6,
      ["a", "b"],
    ],
    [
      "counts an opinion beside what goes on meanwhile, and not one that nobody waits for",
      {
        start: "a",
        steps: [
          step("a", 1, [{ to: "b", consult: ["x", "y"] }]),
          step("b", 2, [{ to: "c" }]),
          step("c", 1, [{ ...end, waitsForBranches: true }]),
          step("x", 6, [{ kind: "answer" }], { branch: true }),
          step("y", 1, [{ kind: "answer" }], { branch: true }),
        ],
      },
      7,
      ["a", "b", "c"],
    ],
  ])("%s", (_name, process, hours, steps) => expect(longestWay(process)).toEqual({ hours, steps }));

  test("is held against every limit of the procedure, days of eight hours", () => {
    const workflow = { start: "a", steps: [step("a", 17, [end])] };
    const weighed = weighAllowances({
      workflow,
      timeLimits: [
        { term: { unit: "working_day", amount: 2 } },
        { cases: ["long"], term: { unit: "working_day", amount: 3 } },
        { term: { unit: "day", amount: 7 } },
        { term: { unit: "same_day" } },
      ],
    });
    expect(weighed.map(({ allowed, exceeds, isEstimate }) => [allowed, exceeds, isEstimate])).toEqual([
      [16, true, false],
      [24, false, false],
      [40, false, true],
      [8, true, false],
    ]);
  });

  test("of the procedures that come with the portal stays inside their limits", () => {
    const folder = join(import.meta.dirname, "../../prisma/seed/procedures");
    const files = readdirSync(folder);
    const over = files.flatMap((file) => {
      const definition = JSON.parse(readFileSync(join(folder, file), "utf8"));
      return weighAllowances(definition)
        .filter(({ exceeds }) => exceeds)
        .map(({ hours, allowed }) => ({ file, hours, allowed }));
    });
    expect(files.length).toBeGreaterThan(10);
    expect(over).toEqual([]);
  });
});

describe("changing steps", () => {
  const fields = (vi: string, more: Partial<Step> = {}) => {
    const { id, outcomes, ...rest } = step("x", 1, [], { name: { vi }, ...more });
    return rest;
  };

  test("an id is made of the name and stays when the name changes", () => {
    const first = addStep({ start: "", steps: [] }, fields("Thẩm định hồ sơ"));
    const second = addStep(first.process, fields("Thẩm định: hồ sơ"));
    expect([first.id, second.id]).toEqual(["tham_dinh_ho_so", "tham_dinh_ho_so_2"]);
    expect(changeStep(second.process, first.id, fields("Khác")).steps[0]).toMatchObject({
      id: first.id,
      name: { vi: "Khác" },
    });
    expect(addStep({ start: "", steps: [] }, fields("123 !")).id).toMatch(/^[a-z]/);
  });

  test("the first step that is no branch is the start; a branch comes with its answer", () => {
    const asked = addStep({ start: "", steps: [] }, fields("Ý kiến", { branch: true })).process;
    expect(asked).toMatchObject({ start: "", steps: [{ outcomes: [{ kind: "answer" }] }] });
    expect(addStep(asked, fields("Một cửa")).process.start).toBe("mot_cua");
  });

  test("a removed step is consulted no more, and what led to it is a fault with a place", () => {
    const without = removeStep(shapes.departmentAppraisal, "opinion");
    expect(JSON.stringify(without)).not.toContain("opinion");
    const faults = Workflow.safeParse(removeStep(shapes.departmentAppraisal, "review")).error?.issues ?? [];
    expect(faults.map(({ path }) => path.slice(0, 4))).toContainEqual(["steps", 1, "outcomes", 0]);
  });

  test("the first does not go up, nor the last down", () => {
    const ids = (process: Process) => process.steps.map(({ id }) => id).join();
    const before = ids(shapes.communeSameDay);
    expect(ids(moveStep(shapes.communeSameDay, "hand_over", "up"))).toBe(before);
    expect(ids(moveStep(shapes.communeSameDay, "issue", "down"))).toBe(before);
    expect(ids(moveStep(shapes.communeSameDay, "sign", "up"))).toBe("hand_over,sign,appraise,issue");
  });
});

test("staffing names the steps that nobody would do, and those whose agency cannot be told", () => {
  const agency = (id: string, kind: string, level: string) => ({ id, kind, level, unitCode: "1", functions: [] });
  const [ward, police] = [
    agency("ward", "commune_committee", "commune"),
    agency("police", "commune_police", "commune"),
  ];
  const process = {
    start: "a",
    steps: [
      step("a", 1, []),
      step("b", 1, [], { agency: { kind: "commune_police", at: "commune" } }),
      step("c", 1, [], { agency: { kind: "department", at: "province" } }),
    ],
  };
  const isHeld = (id: string, role: string) => id === "ward" && role === "specialist";
  expect(staffingGaps(process, [{ receiving: ward, competent: ward }], [ward, police], isHeld)).toEqual([
    { stepId: "b", nowhere: [], unheld: ["police"], among: 1 },
    { stepId: "c", nowhere: ["ward"], unheld: [], among: 0 },
  ]);
});

describe("a play", () => {
  const calendar = calendarFrom([], { years: [2026] });
  const startedAt = instantAt("2026-11-23", "08:00");
  const play = (workflow: Workflow, choices: [number, string][] = []) =>
    playProcess(workflow, {
      startedAt,
      choices: new Map(choices),
      workplaceOf: ({ role }) => ({ agencyId: `agency of ${role}`, calendar }),
    });
  const shown = (day: string, time: string): Date => instantAt(day, time);

  test("goes straight ahead to the end, each step at the last moment of its allowance", () => {
    const { visits, ends, endedAt } = play(shapes.communeSameDay);
    expect(visits.map(({ stepId, dueAt }) => [stepId, dueAt])).toEqual([
      ["hand_over", shown("2026-11-23", "09:00")],
      ["appraise", shown("2026-11-23", "11:00")],
      ["sign", shown("2026-11-23", "15:00")],
      ["issue", shown("2026-11-23", "16:00")],
    ]);
    expect([ends, endedAt]).toEqual(["completed", shown("2026-11-23", "16:00")]);
  });

  test("consults beside the step, which waits for the latest opinion where it must", () => {
    const slow = structuredClone(shapes.departmentAppraisal) as Workflow;
    for (const one of slow.steps) if (one.id === "opinion") one.allowance = { amount: 9, unit: "working_day" };
    const { visits, ends } = play(slow, [[2, "consult"]]);
    const opinion = visits.find(({ stepId }) => stepId === "opinion");
    const third = visits.find(({ number }) => number === 3);
    expect(opinion?.number).toBeNull();
    expect(opinion?.openedAt).toEqual(third?.openedAt);
    expect(third?.actedAt).toEqual(opinion?.dueAt);
    expect(opinion?.outcomeId).toBe("answer");
    expect(third?.dueAt && third.actedAt && third.actedAt > third.dueAt).toBe(true);
    expect(ends).toBe("completed");
  });

  test("takes the ways that are chosen: back, and refused", () => {
    const { visits, ends } = play(shapes.communeSameDay, [
      [3, "return"],
      [5, "refuse"],
    ]);
    expect(visits.map(({ stepId }) => stepId)).toEqual(["hand_over", "appraise", "sign", "appraise", "sign"]);
    expect(ends).toBe("refused");
    expect(play(shapes.communeSameDay, [[1, "nonsense"]]).ends).toBe("completed");
  });

  test("stops in words where no agency can be told, and where it would go round for ever", () => {
    const nowhere = playProcess(shapes.communeSameDay, {
      startedAt,
      choices: new Map(),
      workplaceOf: ({ id }) => (id === "sign" ? null : { agencyId: "a", calendar }),
    });
    expect(nowhere).toMatchObject({ ends: null, stopped: { stepId: "sign", reason: "workflow.refused.noAgency" } });
    const round = play(
      shapes.communeSameDay,
      Array.from({ length: 60 }, (_, at) => [at + 1, "return"] as [number, string]),
    );
    expect(round.stopped?.reason ?? round.ends).toBe("endless");
  });
});
