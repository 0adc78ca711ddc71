import { z } from "zod";
import {
  type Answers,
  type FieldContext,
  type ProcedureDefinition,
  type Submitted,
  Text,
  typeOf,
} from "#procedures/index.ts";

/** What a newer version of the procedure did to a draft, in the words of both versions. */
const Renewal = z.object({
  /** Questions that were not asked before. */
  asked: z.array(Text),
  /** Questions that are not asked any more, answered or not. */
  unasked: z.array(z.object({ id: z.string(), label: Text })),
  /** What was answered to them, or cannot be taken any more: shown until the dossier is filed, so that nothing is lost. */
  left: z.array(z.object({ label: Text, lines: z.array(z.string()) })),
  papers: z.array(Text),
  papersGone: z.array(Text),
  fees: z.boolean(),
});
export type Renewal = z.infer<typeof Renewal>;

/** As it is stored; null for what is of another shape. */
export const renewalIn = (stored: unknown): Renewal | null => Renewal.safeParse(stored).data ?? null;

type Versions = { from: ProcedureDefinition; to: ProcedureDefinition };

const fieldsOf = ({ form }: ProcedureDefinition) => form.pages.flatMap(({ fields }) => fields);
const asks = (field: ReturnType<typeof fieldsOf>[number]): boolean => typeOf(field).type.asks;

/** What was typed under the names of a field's controls. */
function typedIn(typed: Submitted, id: string): string[] {
  return Object.entries(typed)
    .filter(([name]) => name === id || name.startsWith(`${id}.`))
    .flatMap(([, value]) => [value].flat())
    .filter((value): value is string => typeof value === "string" && value.trim() !== "");
}

/**
 * What changes for somebody whose draft is brought from one version to another.
 * @param given answers and unsaved words as they stood
 * @param dropped ids of fields whose answer the newer version does not take
 */
export function renewalOf(
  { from, to }: Versions,
  given: { answers: Answers; typed: Readonly<Record<string, Submitted>> },
  dropped: readonly string[],
  context: FieldContext,
): Renewal {
  const [before, after] = [fieldsOf(from).filter(asks), fieldsOf(to).filter(asks)];
  const unasked = before.filter(({ id }) => !after.some((field) => field.id === id));
  const linesOf = (field: (typeof before)[number]): string[] => {
    const { type, settings } = typeOf(field);
    const answer = given.answers[field.id];
    const shown = answer === undefined || answer === null ? [] : type.display(answer, settings, field, context);
    return shown.length > 0 ? [...shown] : Object.values(given.typed).flatMap((page) => typedIn(page, field.id));
  };
  const left = before
    .filter(({ id }) => dropped.includes(id) || unasked.some((field) => field.id === id))
    .map((field) => ({ label: field.label, lines: linesOf(field) }))
    .filter(({ lines }) => lines.length > 0);
  const papersIn = ({ requirements }: ProcedureDefinition) =>
    requirements.filter(({ originals, copies }) => originals + copies > 0);
  const without = (some: ReturnType<typeof papersIn>, others: ReturnType<typeof papersIn>) =>
    some.filter(({ id }) => !others.some((other) => other.id === id)).map(({ name }) => name);
  const money = ({ fees }: ProcedureDefinition) =>
    fees
      .map(({ id, amount }) => `${id} ${amount}`)
      .sort()
      .join();
  return {
    asked: after.filter(({ id }) => !before.some((field) => field.id === id)).map(({ label }) => label),
    unasked: unasked.map(({ id, label }) => ({ id, label })),
    left,
    papers: without(papersIn(to), papersIn(from)),
    papersGone: without(papersIn(from), papersIn(to)),
    fees: money(from) !== money(to),
  };
}

/** The renewal with what somebody had typed in a page of the older version and sent after the draft was renewed. */
export function withLate(renewal: Renewal, sent: Submitted): Renewal {
  const late = renewal.unasked
    .map(({ id, label }) => ({ label, lines: typedIn(sent, id) }))
    .filter(({ lines }) => lines.length > 0);
  const others = renewal.left.filter(({ label }) => !late.some((one) => one.label.vi === label.vi));
  return late.length > 0 ? { ...renewal, left: [...others, ...late] } : renewal;
}
