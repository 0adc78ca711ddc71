import { z } from "zod";
import { isLocalDate } from "#calendar/rules.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { cleanTyped } from "#platform/typed.ts";

export const say = (key: MessageKey): MessageKey => key;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One line that must be there. */
export const line = (missing: MessageKey, most = 200) =>
  z
    .string(missing)
    .transform((typed) => cleanTyped(typed).replace(/\s+/g, " "))
    .refine((text) => text.length > 0, missing)
    .refine((text) => text.length <= most, say("admin.errors.long"));

/** One line, or nothing. */
export const optionalLine = (most = 200) =>
  z
    .string(say("admin.errors.long"))
    .default("")
    .transform((typed) => cleanTyped(typed).replace(/\s+/g, " ") || null)
    .refine((text) => text === null || text.length <= most, say("admin.errors.long"));

/** A day (yyyy-MM-dd) that must be there. */
export const day = (missing: MessageKey) => z.string(missing).refine((text) => isLocalDate(text), missing);
export const optionalDay = (wrong: MessageKey) =>
  z
    .string(wrong)
    .default("")
    .transform((text) => text.trim() || null)
    .refine((text) => text === null || isLocalDate(text), wrong);

export const id = (missing: MessageKey) => z.string(missing).refine((text) => UUID.test(text), missing);
export const optionalId = (wrong: MessageKey) =>
  z
    .string(wrong)
    .default("")
    .transform((text) => text || null)
    .refine((text) => text === null || UUID.test(text), wrong);
/** Which row of a history a form was opened on. */
export const seen = z.string().catch("");

/** Names of boxes that were ticked: one, several, or none. */
export const ticked = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .catch([])
  .transform((all) => [...new Set(all)]);
