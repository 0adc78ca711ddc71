import { z } from "zod";
import { isLocalDate } from "#calendar/rules.ts";
import { id, isoFrom, joined, MOST, needed, orNull, resultInput, text, version, withPreset } from "../inputs.ts";

const day = z
  .string()
  .regex(/^(19|20)\d{2}-\d{2}-\d{2}$/)
  .refine((iso) => isLocalDate(iso))
  .optional()
  .catch(undefined);
/** From when to when, both days included. */
export const PeriodQuery = z.object({ tu: day, den: day });

export const PromiseInput = z.object({ version });

export const LatenessInput = z.preprocess(
  withPreset,
  z.object({ version, reason: needed(MOST.note, "desk.life.late.error") }),
);

/** Đồng as people type them: 120000, 120.000, 120 000. */
const amount = text(20).transform((typed, context) => {
  const digits = typed.replace(/[\s.,đ]/g, "");
  if (typed !== "" && !/^\d{1,12}$/.test(digits))
    context.addIssue({ code: "custom", message: "desk.life.oblige.errors.amount" });
  return /^\d{1,12}$/.test(digits) ? BigInt(digits) : null;
});

/** @param today yyyy-MM-dd; nobody is asked to pay yesterday */
export const obligeInput = (today: string) =>
  z.preprocess(
    (typed) => joined("payBy", typed),
    z.object({
      version,
      what: needed(MOST.note, "desk.life.oblige.errors.what"),
      amount,
      payBy: z.array(text(10)).transform((parts, context) => {
        const iso = isoFrom(parts);
        if ((iso === null && parts.some(Boolean)) || (iso !== null && iso < today))
          context.addIssue({ code: "custom", message: "desk.life.oblige.errors.payBy" });
        return iso;
      }),
    }),
  );
export const PaidInput = z.object({ version, proof: orNull(100) });

export const HandInput = z.object({ version, papers: needed(MOST.note, "desk.life.hand.error") });
export const TakeInput = z.object({ version, remark: orNull(MOST.note) });

export const ReopenInput = z.object({ version, reason: needed(MOST.note, "desk.life.reopen.error") });
/** @param today yyyy-MM-dd */
export const correctInput = (today: string) =>
  z.intersection(
    resultInput(today),
    z.object({ version, result: id, reason: needed(MOST.note, "desk.life.correct.error") }),
  );
