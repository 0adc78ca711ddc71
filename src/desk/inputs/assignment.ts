import { z } from "zod";
import { isId } from "../inputs.ts";

const METHODS = ["turn", "load", "area"] as const;
const id = z.string().refine(isId, "desk.assignment.error");

/** One rule: of a role, or of one step as "procedure step". */
export const RuleInput = z
  .object({
    agencyId: id,
    role: z.string("desk.assignment.error").max(40),
    step: z
      .union([z.literal(""), z.string().regex(/^[0-9a-f-]{36} [\w-]{1,60} \w{1,40}$/, "desk.assignment.error")])
      .default(""),
    method: z.union([z.literal(""), z.enum(METHODS)], "desk.assignment.error").default(""),
  })
  .transform(({ agencyId, role, step, method }) => {
    const [procedureId = null, stepId = null, stepRole] = step === "" ? [] : step.split(" ");
    return { scope: { agencyId, role: stepRole ?? role, procedureId, stepId }, method: method || null };
  })
  .refine(
    ({ scope }) => (scope.procedureId === null || isId(scope.procedureId)) && scope.role !== "",
    "desk.assignment.error",
  );

const AREA = /^xa-(\w{1,20})$/;
/** Whose each commune is, by the code in the control's name. */
export const areasIn = (values: Record<string, unknown>): { communeCode: string; accountId: string }[] =>
  Object.entries(values).flatMap(([name, accountId]) => {
    const [, communeCode] = AREA.exec(name) ?? [];
    return communeCode && isId(accountId) ? [{ communeCode, accountId }] : [];
  });
