import { z } from "zod";
import { cleanTyped } from "#platform/typed.ts";

const MOST_NAME = 500;
/** How a new procedure begins: code, name, and what it is copied from. */
export const NewProcedure = z.object({
  code: z
    .string("authoring.publish.add.errors.code")
    .trim()
    .regex(/^\d\.\d{6}(?:\.H\d{2})?$/, "authoring.publish.add.errors.code"),
  name: z
    .string("authoring.publish.add.errors.name")
    .transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
    .refine((name) => name.length > 0 && name.length <= MOST_NAME, "authoring.publish.add.errors.name"),
  copyOf: z.string("authoring.publish.add.errors.copyOf").default(""),
});

const MOST_REASON = 1000;
const reason = (key: string) =>
  z
    .string(key)
    .transform(cleanTyped)
    .refine((text) => text.length > 0 && text.length <= MOST_REASON, key);

/** Suspending or restoring a procedure. */
export const StandingForm = z.object({
  reason: reason("authoring.publish.procedure.reasonMissing"),
  viec: z.enum(["tam-ngung", "tiep-nhan"], "authoring.publish.procedure.reasonMissing"),
});
