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
      "Chưa chọn bước bắt đầu của quy trình",
    ],
    [
      "a start that is a branch",
      (w) => {
        w.start = "opinion";
      },
      "Bước bắt đầu “Cho ý kiến phối hợp” không được là bước lấy ý kiến",
    ],
    ["two steps of one id", (w, step) => void w.steps.push(step("issue")), "Có hai bước cùng mã “issue”"],
    [
      "two outcomes of one id",
      (_w, step, outcome) => void step("issue").outcomes.push(outcome("issue", "issue")),
      "Bước “Cấp số, đóng dấu, phát hành” có hai cách xử lý cùng mã “issue”",
    ],
    [
      "a target that does not exist",
      (_w, _s, outcome) => {
        outcome("review", "submit").to = "gone";
      },
      "Bước “Lãnh đạo phòng xem xét”, cách xử lý “Trình lãnh đạo cơ quan”: bước đến “gone” không còn, hãy chọn bước khác",
    ],
    [
      "a target that is a branch",
      (_w, _s, outcome) => {
        outcome("review", "submit").to = "opinion";
      },
      "Bước “Lãnh đạo phòng xem xét”, cách xử lý “Trình lãnh đạo cơ quan”: “Cho ý kiến phối hợp” là bước lấy ý kiến, hồ sơ không chuyển hẳn đến đó được",
    ],
    [
      "a forward without a target",
      (_w, _s, outcome) => void delete outcome("review", "submit").to,
      "Bước “Lãnh đạo phòng xem xét”, cách xử lý “Trình lãnh đạo cơ quan”: chưa chọn bước mà hồ sơ chuyển đến",
    ],
    [
      "a return without a target",
      (_w, _s, outcome) => void delete outcome("review", "return").to,
      "Bước “Lãnh đạo phòng xem xét”, cách xử lý “Trả lại để làm lại”: chưa chọn bước mà hồ sơ chuyển đến",
    ],
    [
      "a completion with a target",
      (_w, _s, outcome) => {
        outcome("issue", "issue").to = "review";
      },
      "Bước “Cấp số, đóng dấu, phát hành”, cách xử lý “Phát hành kết quả”: hồ sơ không chuyển đi đâu nữa, hãy bỏ bước đến hoặc chọn loại “chuyển bước”",
    ],
    [
      "a refusal with a target",
      (_w, _s, outcome) => {
        outcome("approve", "refuse").to = "review";
      },
      "Bước “Phê duyệt kết quả”, cách xử lý “Từ chối giải quyết”: hồ sơ không chuyển đi đâu nữa, hãy bỏ bước đến hoặc chọn loại “chuyển bước”",
    ],
    [
      "a consulted step that is no branch",
      (_w, _s, outcome) => {
        outcome("appraise", "consult").consult = ["opinion", "review"];
      },
      "Bước “Thẩm định hồ sơ”, cách xử lý “Lấy ý kiến cơ quan quản lý đất đai”: bước “Lãnh đạo phòng xem xét” không phải bước lấy ý kiến",
    ],
    [
      "a consulted step that does not exist",
      (_w, _s, outcome) => {
        outcome("appraise", "consult").consult = ["opinion", "gone"];
      },
      "Bước “Thẩm định hồ sơ”, cách xử lý “Lấy ý kiến cơ quan quản lý đất đai”: bước lấy ý kiến “gone” không còn, hãy chọn bước khác",
    ],
    [
      "a step consulted twice at once",
      (_w, _s, outcome) => {
        outcome("appraise", "consult").consult = ["opinion", "opinion"];
      },
      "Bước “Thẩm định hồ sơ”, cách xử lý “Lấy ý kiến cơ quan quản lý đất đai”: bước “opinion” được lấy ý kiến hai lần",
    ],
    [
      "a return that consults",
      (_w, _s, outcome) => {
        outcome("review", "return").consult = ["opinion"];
      },
      "Bước “Lãnh đạo phòng xem xét”, cách xử lý “Trả lại để làm lại”: chỉ loại “chuyển bước” được mở bước lấy ý kiến",
    ],
    [
      "a branch that ends the dossier",
      (_w, _s, outcome) => {
        outcome("opinion", "answer").kind = "complete";
      },
      "Bước “Cho ý kiến phối hợp”, cách xử lý “Gửi ý kiến”: bước lấy ý kiến chỉ có cách xử lý “trả lời ý kiến”",
    ],
    [
      "a lead step that answers",
      (_w, _s, outcome) => {
        outcome("issue", "issue").kind = "answer";
      },
      "Bước “Cấp số, đóng dấu, phát hành”, cách xử lý “Phát hành kết quả”: “trả lời ý kiến” chỉ dùng cho bước lấy ý kiến",
    ],
    [
      "a branch that nobody consults",
      (_w, _s, outcome) => void delete outcome("appraise", "consult").consult,
      "Không có đường nào dẫn đến bước “Cho ý kiến phối hợp”",
    ],
    [
      "four eyes against a step that does not exist",
      (_w, step) => {
        step("review").notSameOfficerAs = ["gone"];
      },
      "Bước “Lãnh đạo phòng xem xét”: bước “gone” phải khác người thực hiện không còn",
    ],
    [
      "four eyes against itself",
      (_w, step) => {
        step("review").notSameOfficerAs = ["review"];
      },
      "Bước “Lãnh đạo phòng xem xét” không thể cấm chính cán bộ của mình",
    ],
    [
      "a branch that claims another status",
      (_w, step) => {
        step("opinion").status = "received";
      },
      "Bước lấy ý kiến “Cho ý kiến phối hợp” phải ở trạng thái “đang xử lý”",
    ],
  ])("%s", (_name, change, message) => {
    expect(faultsAfter(change)).toEqual([message]);
  });

  test("a step that nothing leads to", () => {
    const orphan = (w: Workflow, step: (id: string) => Step): void =>
      void w.steps.push({ ...structuredClone(step("review")), id: "orphan" });
    expect(faultsAfter(orphan)).toEqual(["Không có đường nào dẫn đến bước “Lãnh đạo phòng xem xét”"]);
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
    expect(messages).toContain("Từ bước “Lãnh đạo phòng xem xét” không có đường nào đến kết thúc");
    expect(messages).toContain("Không có đường nào dẫn đến bước “Phê duyệt kết quả”");
    expect(
      faultsAfter((_w, _s, outcome) => {
        outcome("issue", "issue").kind = "refuse";
      }),
    ).toEqual(["Quy trình phải có ít nhất một cách xử lý hoàn thành"]);
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
