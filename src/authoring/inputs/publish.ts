import { z } from "zod";
import type { FieldErrors } from "#platform/form.ts";
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
  copyOf: z.string("authoring.publish.add.errors.copyOf").trim().default(""),
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

const text = (sent: Readonly<Record<string, unknown>>, name: string): string =>
  typeof sent[name] === "string" ? cleanTyped(sent[name]) : "";

/**
 * From which day a version holds (yyyy-MM-dd, "" when it is none), and why it is published.
 * @param today yyyy-MM-dd
 */
export function readPublication(
  sent: Readonly<Record<string, unknown>>,
  today: string,
): { day: string; reason: string; errors: FieldErrors } {
  const [year, month, day] = ["year", "month", "day"].map((box) => text(sent, `effective.${box}`));
  const iso = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  const isDay = z.iso.date().safeParse(iso).success && iso >= today;
  const why = text(sent, "reason");
  const isReason = why.length > 0 && why.length <= MOST_REASON;
  return {
    day: isDay ? iso : "",
    reason: why,
    errors: {
      ...(isDay ? {} : { effective: { key: "authoring.publication.errors.date" } as const }),
      ...(isReason ? {} : { reason: { key: "authoring.publication.errors.reason" } as const }),
    },
  };
}
