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
  outcomes: z.array(Outcome).min(1, "Bước phải có ít nhất một kết quả xử lý"),
  /** A consulted step: opened beside the lead, closes without opening anything. */
  branch: z.literal(true).optional(),
});
export type Step = z.infer<typeof Step>;

type Draft = { start: string; steps: Step[] };
type Fault = { path: (string | number)[]; message: string };

const duplicates = (ids: string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];

function outcomeFaults(step: Step, outcome: Outcome, steps: Map<string, Step>): string[] {
  const faults: string[] = [];
  const moves = outcome.kind === "forward" || outcome.kind === "return";
  const at = `Bước "${step.id}", kết quả "${outcome.id}":`;
  if (step.branch && outcome.kind !== "answer") faults.push(`${at} bước lấy ý kiến chỉ có kết quả loại "answer"`);
  if (!step.branch && outcome.kind === "answer") faults.push(`${at} loại "answer" chỉ dùng cho bước lấy ý kiến`);
  if (moves && outcome.to === undefined) faults.push(`${at} loại "${outcome.kind}" phải có bước đến ("to")`);
  if (!moves && outcome.to !== undefined) faults.push(`${at} loại "${outcome.kind}" không có bước đến ("to")`);
  if (outcome.consult && outcome.kind !== "forward") faults.push(`${at} chỉ loại "forward" được mở bước lấy ý kiến`);
  const target = outcome.to === undefined ? undefined : steps.get(outcome.to);
  if (outcome.to !== undefined && !target) faults.push(`${at} không có bước "${outcome.to}"`);
  if (target?.branch) faults.push(`${at} "${target.id}" là bước lấy ý kiến, chỉ được mở bằng "consult"`);
  for (const id of outcome.consult ?? []) {
    const consulted = steps.get(id);
    if (!consulted) faults.push(`${at} không có bước "${id}" để lấy ý kiến`);
    else if (!consulted.branch) faults.push(`${at} bước "${id}" không phải bước lấy ý kiến ("branch")`);
  }
  for (const id of duplicates(outcome.consult ?? [])) faults.push(`${at} bước "${id}" được lấy ý kiến hai lần`);
  return faults;
}

/** Step ids that lead along `edges` from the given ones, themselves included. */
function closure(from: string[], edges: (id: string) => string[]): Set<string> {
  const seen = new Set(from);
  for (const id of seen) for (const next of edges(id)) seen.add(next);
  return seen;
}

function graphFaults({ start, steps: list }: Draft): Fault[] {
  const faults: Fault[] = [];
  const fault = (message: string, path: (string | number)[] = ["steps"]): number => faults.push({ message, path });
  const steps = new Map(list.map((step) => [step.id, step]));
  for (const id of duplicates(list.map((step) => step.id))) fault(`Có hai bước cùng mã "${id}"`);
  const first = steps.get(start);
  if (!first) fault(`Không có bước bắt đầu "${start}"`, ["start"]);
  else if (first.branch) fault(`Bước bắt đầu "${start}" không được là bước lấy ý kiến`, ["start"]);
  list.forEach((step, i) => {
    for (const id of duplicates(step.outcomes.map((outcome) => outcome.id)))
      fault(`Bước "${step.id}" có hai kết quả cùng mã "${id}"`, ["steps", i, "outcomes"]);
    step.outcomes.forEach((outcome, j) => {
      for (const message of outcomeFaults(step, outcome, steps)) fault(message, ["steps", i, "outcomes", j]);
    });
    for (const id of step.notSameOfficerAs ?? []) {
      if (!steps.has(id))
        fault(`Bước "${step.id}": không có bước "${id}" trong "notSameOfficerAs"`, ["steps", i, "notSameOfficerAs"]);
      if (id === step.id)
        fault(`Bước "${step.id}" không thể cấm chính cán bộ của mình`, ["steps", i, "notSameOfficerAs"]);
    }
    if (step.branch && step.status !== "processing")
      fault(`Bước lấy ý kiến "${step.id}" phải ở trạng thái "processing"`, ["steps", i, "status"]);
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
      fault(`Không có đường nào dẫn đến bước "${step.id}"`, ["steps", i]);
    else if (!step.branch && !ending.has(step.id))
      fault(`Từ bước "${step.id}" không có đường nào đến kết thúc`, ["steps", i]);
  });
  if (!list.some((step) => step.outcomes.some(({ kind }) => kind === "complete")))
    fault('Quy trình phải có ít nhất một kết quả hoàn thành ("complete")');
  return faults;
}

/** A workflow as it stands in a procedure version: steps and their outcomes, checked as a graph; faults name the step by id. */
export const Workflow = z
  .strictObject({ start: Id, steps: z.array(Step).min(1, "Quy trình phải có ít nhất một bước").max(60) })
  .superRefine((workflow, context) => {
    for (const fault of graphFaults(workflow)) context.addIssue({ code: "custom", ...fault });
  });
export type Workflow = z.infer<typeof Workflow>;
