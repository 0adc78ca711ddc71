import { z } from "zod";

/**
 * When something of a form applies, as a typed tree over answers: and, or, not, comparisons.
 * Edited by choosing, never by writing code; unanswered fields make every comparison false.
 */
export type Condition =
  | { op: "all"; of: Condition[] }
  | { op: "any"; of: Condition[] }
  | { op: "not"; of: Condition }
  | { op: "answered"; field: string }
  | { op: "equals"; field: string; value: string | number | boolean }
  | { op: "oneOf"; field: string; values: (string | number)[] }
  | { op: "includes"; field: string; value: string }
  | { op: "greater" | "less"; field: string; value: number | string };

const value = z.union([z.string(), z.number(), z.boolean()]);

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion("op", [
    z.strictObject({ op: z.literal("all"), of: z.array(Condition).min(1) }),
    z.strictObject({ op: z.literal("any"), of: z.array(Condition).min(1) }),
    z.strictObject({ op: z.literal("not"), of: Condition }),
    z.strictObject({ op: z.literal("answered"), field: z.string() }),
    z.strictObject({ op: z.literal("equals"), field: z.string(), value }),
    z.strictObject({
      op: z.literal("oneOf"),
      field: z.string(),
      values: z.array(z.union([z.string(), z.number()])).min(1),
    }),
    z.strictObject({ op: z.literal("includes"), field: z.string(), value: z.string() }),
    z.strictObject({ op: z.enum(["greater", "less"]), field: z.string(), value: z.union([z.number(), z.string()]) }),
  ]),
);

export type AnswerValues = Readonly<Record<string, unknown>>;

const isAnswered = (answer: unknown): boolean =>
  answer !== undefined && answer !== null && answer !== "" && !(Array.isArray(answer) && answer.length === 0);

/** Whether the condition holds for these answers. ISO dates compare as text, numbers as numbers. */
export function holds(condition: Condition | undefined, answers: AnswerValues): boolean {
  if (!condition) return true;
  switch (condition.op) {
    case "all":
      return condition.of.every((c) => holds(c, answers));
    case "any":
      return condition.of.some((c) => holds(c, answers));
    case "not":
      return !holds(condition.of, answers);
    case "answered":
      return isAnswered(answers[condition.field]);
    case "equals":
      return answers[condition.field] === condition.value;
    case "oneOf":
      return condition.values.includes(answers[condition.field] as string | number);
    case "includes": {
      const answer = answers[condition.field];
      return Array.isArray(answer) && answer.includes(condition.value);
    }
    case "greater":
    case "less": {
      const answer = answers[condition.field];
      if (typeof answer !== typeof condition.value || !isAnswered(answer)) return false;
      return condition.op === "greater"
        ? (answer as number | string) > condition.value
        : (answer as number | string) < condition.value;
    }
  }
}

/** Every field that the condition looks at. */
export const fieldsOf = (condition: Condition | undefined): string[] =>
  !condition
    ? []
    : condition.op === "all" || condition.op === "any"
      ? condition.of.flatMap(fieldsOf)
      : condition.op === "not"
        ? fieldsOf(condition.of)
        : [condition.field];
