import { z } from "zod";

/** Who acts in a step: one-stop desk, specialist, head of a unit, leader who signs, clerk who numbers and issues. */
export const OFFICER_ROLES = ["desk", "specialist", "unit_head", "leader", "clerk"] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];

/** Legal statuses in which a step may stand: a workflow chooses among them and never invents one. */
export const STEP_STATUSES = ["received", "processing", "awaiting_obligation"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export const AGENCY_KINDS = [
  "commune_committee",
  "commune_police",
  "one_stop_center",
  "department",
  "provincial_committee",
  "provincial_police",
  "other",
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/** Fields of work that tell one agency of a kind from another (which department). An agency may have several. */
export const AGENCY_FUNCTIONS = [
  "justice",
  "construction",
  "transport",
  "land",
  "environment",
  "agriculture",
  "finance",
  "tax",
  "home_affairs",
  "health",
  "education",
  "industry_trade",
  "culture",
  "science_technology",
] as const;
export type AgencyFunction = (typeof AGENCY_FUNCTIONS)[number];

/** What a step's officer can do with it. `answer` closes a consulted branch; only branches have it. */
export const OUTCOME_KINDS = ["forward", "return", "complete", "refuse", "answer"] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

const Id = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,39}$/,
    "Mã gồm chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ, không quá 40 ký tự",
  );
const Name = z.strictObject({
  vi: z.string().trim().min(1).max(200),
  en: z.string().trim().min(1).max(200).optional(),
});

/**
 * An agency named relatively: the one that received, the one competent to decide, or the one of a kind (and, where there
 * are several, of a function) at the receiving agency's own commune or at its province.
 */
export const AgencyRef = z.union([
  z.literal("receiving"),
  z.literal("competent"),
  z.strictObject({
    kind: z.enum(AGENCY_KINDS),
    at: z.enum(["commune", "province"]),
    function: z.enum(AGENCY_FUNCTIONS).optional(),
  }),
]);
export type AgencyRef = z.infer<typeof AgencyRef>;

/** Working time that a step may take; its own due date is computed from it. */
export const Allowance = z
  .strictObject({
    amount: z.number().positive("Thời gian của bước phải lớn hơn 0").max(1000, "Thời gian của bước không quá 1000"),
    unit: z.enum(["working_hour", "working_day"]),
  })
  .refine(({ amount, unit }) => (unit === "working_day" ? Number.isInteger(amount) : Number.isInteger(amount * 2)), {
    path: ["amount"],
    message: "Số ngày phải là số nguyên; số giờ được tính đến nửa giờ",
  });
export type Allowance = z.infer<typeof Allowance>;

export const Outcome = z.strictObject({
  id: Id,
  name: Name,
  kind: z.enum(OUTCOME_KINDS),
  /** The step that the lead moves to; it may be the same step, to consult and stay. */
  to: Id.optional(),
  /** Branch steps opened beside the lead. */
  consult: z.array(Id).min(1).optional(),
  /** A reason in writing; a return and a refusal always need one. */
  needsNote: z.boolean().optional(),
  /** A result (file or number) must exist; by default as the step's `needs` says. */
  needsResult: z.boolean().optional(),
  /** All consulted branches must have answered. */
  waitsForBranches: z.boolean().optional(),
});
export type Outcome = z.infer<typeof Outcome>;

export const Step = z.strictObject({
  id: Id,
  name: Name,
  role: z.enum(OFFICER_ROLES),
  agency: AgencyRef,
  status: z.enum(STEP_STATUSES),
  allowance: Allowance,
  /** Steps of the same dossier whose officers may not act here (four eyes). */
  notSameOfficerAs: z.array(Id).min(1).optional(),
  /** The result is made in this step: it cannot go forward or complete without one. */
  needs: z.array(z.enum(["result"])).optional(),
  outcomes: z.array(Outcome),
  /** A consulted step: opened beside the lead, closes without opening anything. */
  branch: z.literal(true).optional(),
});
export type Step = z.infer<typeof Step>;

type Draft = { start: string; steps: Step[] };
type Fault = { path: (string | number)[]; message: string };

const duplicates = (ids: string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];

/** A step as people know it. */
const called = ({ id, name }: Pick<Step, "id" | "name">): string => `“${name.vi || id}”`;

function outcomeFaults(step: Step, outcome: Outcome, steps: Map<string, Step>): string[] {
  const faults: string[] = [];
  const { kind } = outcome;
  const moves = kind === "forward" || kind === "return";
  const at = `Bước ${called(step)}, cách xử lý ${called(outcome)}:`;
  if (step.branch && kind !== "answer") faults.push(`${at} bước lấy ý kiến chỉ có cách xử lý “trả lời ý kiến”`);
  if (!step.branch && kind === "answer") faults.push(`${at} “trả lời ý kiến” chỉ dùng cho bước lấy ý kiến`);
  if (moves && outcome.to === undefined) faults.push(`${at} chưa chọn bước mà hồ sơ chuyển đến`);
  if (!moves && outcome.to !== undefined)
    faults.push(`${at} hồ sơ không chuyển đi đâu nữa, hãy bỏ bước đến hoặc chọn loại “chuyển bước”`);
  if (outcome.consult && kind !== "forward") faults.push(`${at} chỉ loại “chuyển bước” được mở bước lấy ý kiến`);
  const target = outcome.to === undefined ? undefined : steps.get(outcome.to);
  if (outcome.to !== undefined && !target) faults.push(`${at} bước đến “${outcome.to}” không còn, hãy chọn bước khác`);
  if (target?.branch) faults.push(`${at} ${called(target)} là bước lấy ý kiến, hồ sơ không chuyển hẳn đến đó được`);
  for (const id of outcome.consult ?? []) {
    const consulted = steps.get(id);
    if (!consulted) faults.push(`${at} bước lấy ý kiến “${id}” không còn, hãy chọn bước khác`);
    else if (!consulted.branch) faults.push(`${at} bước ${called(consulted)} không phải bước lấy ý kiến`);
  }
  for (const id of duplicates(outcome.consult ?? [])) faults.push(`${at} bước “${id}” được lấy ý kiến hai lần`);
  return faults;
}

/** Step ids that lead along `edges` from the given ones, themselves included. */
function closure(from: string[], edges: (id: string) => string[]): Set<string> {
  const seen = new Set(from);
  for (const id of seen) for (const next of edges(id)) seen.add(next);
  return seen;
}

/**
 * What keeps steps and outcomes from being a workflow, each fault with its place; they may be written halfway.
 * Reachability is looked at only when every name in it means something.
 */
export function workflowFaults({ start, steps: list }: Draft): Fault[] {
  const faults: Fault[] = [];
  const fault = (message: string, path: (string | number)[] = ["steps"]): number => faults.push({ message, path });
  if (list.length === 0) return [{ message: "Quy trình phải có ít nhất một bước", path: ["steps"] }];
  const steps = new Map(list.map((step) => [step.id, step]));
  for (const id of duplicates(list.map((step) => step.id))) fault(`Có hai bước cùng mã “${id}”`);
  const first = steps.get(start);
  if (!first) fault("Chưa chọn bước bắt đầu của quy trình", ["start"]);
  else if (first.branch) fault(`Bước bắt đầu ${called(first)} không được là bước lấy ý kiến`, ["start"]);
  list.forEach((step, i) => {
    if (step.outcomes.length === 0)
      fault(`Bước ${called(step)} chưa có cách xử lý nào, hãy thêm ít nhất một cách`, ["steps", i, "outcomes"]);
    for (const id of duplicates(step.outcomes.map((outcome) => outcome.id)))
      fault(`Bước ${called(step)} có hai cách xử lý cùng mã “${id}”`, ["steps", i, "outcomes"]);
    step.outcomes.forEach((outcome, j) => {
      for (const message of outcomeFaults(step, outcome, steps)) fault(message, ["steps", i, "outcomes", j]);
    });
    for (const id of step.notSameOfficerAs ?? []) {
      if (!steps.has(id))
        fault(`Bước ${called(step)}: bước “${id}” phải khác người thực hiện không còn`, [
          "steps",
          i,
          "notSameOfficerAs",
        ]);
      if (id === step.id)
        fault(`Bước ${called(step)} không thể cấm chính cán bộ của mình`, ["steps", i, "notSameOfficerAs"]);
    }
    if (step.branch && step.status !== "processing")
      fault(`Bước lấy ý kiến ${called(step)} phải ở trạng thái “đang xử lý”`, ["steps", i, "status"]);
  });
  if (faults.length > 0) return faults;

  const ends = (step: Step): boolean => step.outcomes.some(({ kind }) => kind === "complete" || kind === "refuse");
  const next = (id: string): string[] =>
    steps.get(id)?.outcomes.flatMap(({ to }) => (to === undefined ? [] : [to])) ?? [];
  const before = (id: string): string[] => list.filter((step) => next(step.id).includes(id)).map((step) => step.id);
  const reached = closure([start], next);
  const ending = closure(
    list.filter(ends).map((step) => step.id),
    before,
  );
  const consulted = new Set(
    list
      .filter((step) => reached.has(step.id))
      .flatMap((step) => step.outcomes.flatMap(({ consult }) => consult ?? [])),
  );
  list.forEach((step, i) => {
    if (step.branch ? !consulted.has(step.id) : !reached.has(step.id))
      fault(`Không có đường nào dẫn đến bước ${called(step)}`, ["steps", i]);
    else if (!step.branch && !ending.has(step.id))
      fault(`Từ bước ${called(step)} không có đường nào đến kết thúc`, ["steps", i]);
  });
  if (!list.some((step) => step.outcomes.some(({ kind }) => kind === "complete")))
    fault("Quy trình phải có ít nhất một cách xử lý hoàn thành");
  return faults;
}

/** A workflow as it stands in a procedure version: steps and their outcomes, checked as a graph; faults name the step as people know it. */
export const Workflow = z
  .strictObject({
    start: z.string().max(40),
    steps: z.array(Step).max(60, "Quy trình có không quá 60 bước"),
  })
  .superRefine((workflow, context) => {
    for (const fault of workflowFaults(workflow)) context.addIssue({ code: "custom", ...fault });
  });
export type Workflow = z.infer<typeof Workflow>;
