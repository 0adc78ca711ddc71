import { describe, expect, test } from "vitest";
import { type Outcome, type Step, shapes, Workflow } from "#workflow/index.ts";

type Change = (workflow: Workflow, step: (id: string) => Step, outcome: (step: string, id: string) => Outcome) => void;

/** The messages that the department's workflow gets after one change. */
const faultsAfter = (change: Change): string[] => {
  const workflow = structuredClone(shapes.departmentAppraisal) as Workflow;
  const step = (id: string): Step => {
    const found = workflow.steps.find((s) => s.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  const outcome = (stepId: string, id: string): Outcome => {
    const found = step(stepId).outcomes.find((o) => o.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  change(workflow, step, outcome);
  return Workflow.safeParse(workflow).error?.issues.map(({ message }) => message) ?? [];
};

describe("a workflow that cannot run is refused, and the fault names the step", () => {
  test("the unchanged shape has no fault", () => expect(faultsAfter(() => {})).toEqual([]));

  test.each<[string, Change, string]>([
    [
      "a start that does not exist",
      (w) => {
        w.start = "nowhere";
      },
      'Không có bước bắt đầu "nowhere"',
    ],
    [
      "a start that is a branch",
      (w) => {
        w.start = "opinion";
      },
      'Bước bắt đầu "opinion" không được là bước lấy ý kiến',
    ],
    ["two steps of one id", (w, step) => void w.steps.push(step("issue")), 'Có hai bước cùng mã "issue"'],
    [
      "two outcomes of one id",
      (_w, step, outcome) => void step("issue").outcomes.push(outcome("issue", "issue")),
      'Bước "issue" có hai kết quả cùng mã "issue"',
    ],
    [
      "a target that does not exist",
      (_w, _s, outcome) => {
        outcome("review", "submit").to = "gone";
      },
      'Bước "review", kết quả "submit": không có bước "gone"',
    ],
    [
      "a target that is a branch",
      (_w, _s, outcome) => {
        outcome("review", "submit").to = "opinion";
      },
      'Bước "review", kết quả "submit": "opinion" là bước lấy ý kiến, chỉ được mở bằng "consult"',
    ],
    [
      "a forward without a target",
      (_w, _s, outcome) => void delete outcome("review", "submit").to,
      'Bước "review", kết quả "submit": loại "forward" phải có bước đến ("to")',
    ],
    [
      "a return without a target",
      (_w, _s, outcome) => void delete outcome("review", "return").to,
      'Bước "review", kết quả "return": loại "return" phải có bước đến ("to")',
    ],
    [
      "a completion with a target",
      (_w, _s, outcome) => {
        outcome("issue", "issue").to = "review";
      },
      'Bước "issue", kết quả "issue": loại "complete" không có bước đến ("to")',
    ],
    [
      "a refusal with a target",
      (_w, _s, outcome) => {
        outcome("approve", "refuse").to = "review";
      },
      'Bước "approve", kết quả "refuse": loại "refuse" không có bước đến ("to")',
    ],
    [
      "a consulted step that is no branch",
      (_w, _s, outcome) => {
        outcome("appraise", "consult").consult = ["opinion", "review"];
      },
      'Bước "appraise", kết quả "consult": bước "review" không phải bước lấy ý kiến ("branch")',
    ],
    [
      "a consulted step that does not exist",
      (_w, _s, outcome) => {
        outcome("appraise", "consult").consult = ["opinion", "gone"];
      },
      'Bước "appraise", kết quả "consult": không có bước "gone" để lấy ý kiến',
    ],
    [
      "a step consulted twice at once",
      (_w, _s, outcome) => {
        outcome("appraise", "consult").consult = ["opinion", "opinion"];
      },
      'Bước "appraise", kết quả "consult": bước "opinion" được lấy ý kiến hai lần',
    ],
    [
      "a return that consults",
      (_w, _s, outcome) => {
        outcome("review", "return").consult = ["opinion"];
      },
      'Bước "review", kết quả "return": chỉ loại "forward" được mở bước lấy ý kiến',
    ],
    [
      "a branch that ends the dossier",
      (_w, _s, outcome) => {
        outcome("opinion", "answer").kind = "complete";
      },
      'Bước "opinion", kết quả "answer": bước lấy ý kiến chỉ có kết quả loại "answer"',
    ],
    [
      "a lead step that answers",
      (_w, _s, outcome) => {
        outcome("issue", "issue").kind = "answer";
      },
      'Bước "issue", kết quả "issue": loại "answer" chỉ dùng cho bước lấy ý kiến',
    ],
    [
      "a branch that nobody consults",
      (_w, _s, outcome) => void delete outcome("appraise", "consult").consult,
      'Không có đường nào dẫn đến bước "opinion"',
    ],
    [
      "four eyes against a step that does not exist",
      (_w, step) => {
        step("review").notSameOfficerAs = ["gone"];
      },
      'Bước "review": không có bước "gone" trong "notSameOfficerAs"',
    ],
    [
      "four eyes against itself",
      (_w, step) => {
        step("review").notSameOfficerAs = ["review"];
      },
      'Bước "review" không thể cấm chính cán bộ của mình',
    ],
    [
      "a branch that claims another status",
      (_w, step) => {
        step("opinion").status = "received";
      },
      'Bước lấy ý kiến "opinion" phải ở trạng thái "processing"',
    ],
  ])("%s", (_name, change, message) => {
    expect(faultsAfter(change)).toEqual([message]);
  });

  test("a step that nothing leads to", () => {
    const orphan = (w: Workflow, step: (id: string) => Step): void =>
      void w.steps.push({ ...structuredClone(step("review")), id: "orphan" });
    expect(faultsAfter(orphan)).toEqual(['Không có đường nào dẫn đến bước "orphan"']);
  });

  test("steps from which no end can be reached, and a workflow that can only refuse", () => {
    const circle: Change = (w, step, outcome) => {
      w.steps.push({
        ...structuredClone(step("review")),
        id: "circle",
        outcomes: [{ id: "round", name: { vi: "Vòng" }, kind: "forward", to: "circle" }],
      });
      outcome("review", "submit").to = "circle";
    };
    const messages = faultsAfter(circle);
    expect(messages).toContain('Từ bước "circle" không có đường nào đến kết thúc');
    expect(messages).toContain('Không có đường nào dẫn đến bước "approve"');
    expect(
      faultsAfter((_w, _s, outcome) => {
        outcome("issue", "issue").kind = "refuse";
      }),
    ).toEqual(['Quy trình phải có ít nhất một kết quả hoàn thành ("complete")']);
  });

  test.each<[string, Change]>([
    ["an unknown role", (_w, step) => void Object.assign(step("review"), { role: "king" })],
    [
      "a legal status that a step may not stand in",
      (_w, step) => void Object.assign(step("review"), { status: "completed" }),
    ],
    ["an unknown key", (_w, step) => void Object.assign(step("review"), { roles: [] })],
    [
      "an allowance of nothing",
      (_w, step) => {
        step("review").allowance.amount = 0;
      },
    ],
    [
      "half a working day",
      (_w, step) => {
        step("review").allowance.amount = 0.5;
      },
    ],
    [
      "an id with spaces",
      (_w, step) => {
        step("review").id = "xem xét";
      },
    ],
    [
      "no outcomes",
      (_w, step) => {
        step("review").outcomes = [];
      },
    ],
    ["an agency by its name", (_w, step) => void Object.assign(step("review"), { agency: "Sở Xây dựng" })],
  ])("%s", (_name, change) => expect(faultsAfter(change).length).toBeGreaterThan(0));
});
