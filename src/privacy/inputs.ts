import { z } from "zod";
import { ACTS, ENDINGS } from "./rules.ts";

const text = (most: number) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.normalize("NFC").trim() : ""),
    z.string().min(1, "privacy.errors.empty").max(most, "privacy.errors.tooLong"),
  );

export const CorrectionInput = z.object({ text: text(2000) });
export const AnswerInput = z.object({ answer: text(2000) });
export const CloseInput = z.object({
  password: z.preprocess(
    (value) => (typeof value === "string" ? value : ""),
    z.string().min(1, "accounts.signIn.passwordMissing"),
  ),
  sure: z.preprocess((value) => value === "yes", z.literal(true, "privacy.errors.sure")),
});
export const RuleInput = z.object({
  procedureCode: z.preprocess(
    (value) => (typeof value === "string" ? value.trim() : ""),
    z.string().regex(/^(?:\d\.\d{6})?$/, "privacy.errors.procedure"),
  ),
  status: z.preprocess((value) => value ?? "", z.enum(["", ...ENDINGS], "privacy.errors.choose")),
  months: z.coerce
    .number("privacy.errors.months")
    .int("privacy.errors.months")
    .min(1, "privacy.errors.months")
    .max(1200, "privacy.errors.months"),
  act: z.enum(ACTS, "privacy.errors.choose"),
  basis: text(300),
});
export type RuleInput = z.output<typeof RuleInput>;
