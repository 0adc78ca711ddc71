import { z } from "zod";
import { EVENT_KINDS } from "./rules.ts";

const words = z.string().trim().max(200).default("");
const day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text))
  .or(z.literal(""))
  .default("");

/** What is looked for among the events: unreadable words are as if nothing had been said. */
export const EventQuery = z.object({
  nguoi: words,
  hoso: words,
  loai: z.enum(EVENT_KINDS).or(z.literal("")).default(""),
  tu: day,
  den: day,
  truoc: z
    .string()
    .regex(/^\d{1,18}$/)
    .or(z.literal(""))
    .default(""),
});
