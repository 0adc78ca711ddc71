import { z } from "zod";
import { cleanTyped } from "#platform/typed.ts";

const MOST_TEXT = 500;
/** The words of an entry of a list. */
export const EntryForm = z.object({
  text: z
    .string("lists.textMissing")
    .transform((text) => cleanTyped(text).replace(/\s+/g, " "))
    .refine((text) => text.length > 0 && text.length <= MOST_TEXT, "lists.textMissing"),
});
