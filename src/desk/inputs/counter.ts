import { z } from "zod";
import { instantAt, isLocalTime } from "#calendar/rules.ts";
import { clean, id, isoFrom, MOST, needed, text, version, withPreset } from "../inputs.ts";
import { OWN } from "../rules/counter.ts";

/** Who steps up to the counter, and what for. */
export const ArrivingInput = z.object({
  nguoi: text(500),
  "thu-tuc": z
    .string()
    .max(200)
    .transform((typed) => clean(typed).replace(/\s+/g, " "))
    .catch(""),
  viec: z.string().optional().catch(undefined),
});

export const FavouriteInput = z.object({
  code: z.string().max(60),
  keep: z
    .string()
    .optional()
    .transform((kept) => kept === "1"),
});

/** Why an acceptance was a mistake. */
export const VoidInput = z.object({ version, reason: needed(MOST.note, "desk.intake.void.error") });

/** Which button sent the counter's form. */
export const CounterAct = z
  .object({ [OWN.act]: z.enum(["accept", "ask", "decline"]).catch("accept") })
  .transform(({ [OWN.act]: act }) => ({ act }));

/** Why what was handed in is not taken in. */
export const InsteadInput = z.preprocess(
  (typed) => {
    const { [OWN.reason]: reason, [OWN.preset]: preset } = (typed ?? {}) as Record<string, unknown>;
    return withPreset({ reason, preset });
  },
  z.object({ reason: text(MOST.note) }),
);

const textOf = (values: Record<string, unknown>, name: string): string => {
  const typed = values[`earlier.${name}`];
  return typeof typed === "string" ? typed : "";
};

/** When a dossier was really received, and by which record or for which reason it is entered now; nothing typed: now. */
export const EarlierInput = z.preprocess(
  (typed) => {
    const values = (typed ?? {}) as Record<string, unknown>;
    const date = ["day", "month", "year"].map((part) => textOf(values, `date.${part}`).trim());
    const rest = ["time", "record", "carrier", "tracking", "reason"].map((name) => [name, textOf(values, name)]);
    return { date, ...Object.fromEntries(rest) };
  },
  z
    .object({
      date: z.array(z.string()),
      time: text(10),
      record: text(60),
      carrier: text(100),
      tracking: text(50),
      reason: text(MOST.note),
    })
    .transform(({ date, time, ...rest }, context) => {
      if (!date.some(Boolean) && time === "") return { at: null, ...rest };
      const day = isoFrom(date);
      const hour = time.replace(/^(\d)[:h]/, "0$1:").replace("h", ":");
      if (!day) context.addIssue({ code: "custom", message: "desk.intake.earlier.errors.date", path: ["date"] });
      else if (!isLocalTime(hour))
        context.addIssue({ code: "custom", message: "desk.intake.earlier.errors.time", path: ["time"] });
      else return { at: instantAt(day, hour), ...rest };
      return { at: null, ...rest };
    }),
);

/** Whose matter it is, where it may be handed in anywhere. */
export const ForInput = z.object({ forAgency: id.optional().catch(undefined) });

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A drawing as the browser's canvas gives it. */
export const SignatureInput = z.object({
  picture: z
    .string()
    .startsWith("data:image/png;base64,")
    .transform((typed, context) => {
      const bytes = Buffer.from(typed.slice(typed.indexOf(",") + 1), "base64");
      if (!bytes.subarray(0, PNG.length).equals(PNG)) context.addIssue({ code: "custom", message: "not a PNG" });
      return bytes;
    }),
});
