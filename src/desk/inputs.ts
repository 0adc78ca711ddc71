import { z } from "zod";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What could be an id; anything else names nothing, and the database must not be asked about it. */
export const isId = (text: unknown): text is string => typeof text === "string" && UUID.test(text);

// Lone surrogates cannot be stored, the rest cannot be seen and may deceive a reader.
const UNFIT = /(?![\t\n\r])\p{Cc}|[\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
export const clean = (text: string): string => text.replace(UNFIT, "").normalize("NFC").replace(/\r\n?/g, "\n").trim();

export const MOST = { note: 4000, line: 300 } as const;

/** A text of at most `max` characters; "" when nothing was typed. */
export const text = (max: number) =>
  z
    .string("desk.act.errors.unreadable")
    .optional()
    .transform((typed, context) => {
      const kept = clean(typed ?? "");
      if (kept.length > max) context.addIssue({ code: "custom", message: "desk.act.errors.long", params: { max } });
      return kept;
    });
export const needed = (max: number, message: string) => text(max).refine((kept) => kept !== "", message);
export const orNull = (max: number) => text(max).transform((kept) => kept || null);

/** A version that is none matches no row: the answer is the same as for one that is too old. */
export const version = z.coerce.number().int().min(0).max(2_147_483_647).catch(-1);
/** An id that is none names nothing. */
export const id = z.string().regex(UUID).catch("00000000-0000-0000-0000-000000000000");

export const AcceptInput = z.object({ version });
/** A ready-made reason and what was written beside it are one reason. */
export const withPreset = (typed: unknown): Record<string, unknown> => {
  const values = (typed ?? {}) as Record<string, unknown>;
  return { ...values, reason: [textOr(values["preset"]), textOr(values["reason"])].filter(Boolean).join("\n") };
};
export const DeclineInput = z.preprocess(
  withPreset,
  z.object({ version, reason: needed(MOST.note, "desk.act.errors.reason") }),
);

/** `take`: the officer's own hands; else `assignee`, or nobody's when empty. */
export const AssignInput = z.object({
  run: id,
  version,
  take: z.string().optional(),
  assignee: z.union([z.literal(""), id]).default(""),
});

/** A step out of somebody else's hands, and why. */
export const TakeOverInput = z.object({ run: id, version, reason: needed(MOST.note, "desk.presence.reasonMissing") });

export const AdvanceInput = z.object({
  run: id,
  version,
  outcome: z.string("desk.act.errors.outcome").max(60, "desk.act.errors.outcome"),
  note: orNull(MOST.note),
  ground: orNull(MOST.note),
});

export const isoFrom = (parts: readonly string[]): string | null => {
  const [day = "", month = "", year = ""] = parts.map((part) => part.trim());
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^(19|20)\d{2}$/.test(year)) return null;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
};

const day = (today: string) =>
  z.array(text(10)).transform((parts, context) => {
    const iso = isoFrom(parts);
    if (iso === null && parts.some(Boolean))
      context.addIssue({ code: "custom", message: "desk.act.errors.resultDate" });
    if (iso !== null && iso > today) context.addIssue({ code: "custom", message: "desk.act.errors.resultDateFuture" });
    return iso;
  });
const textOr = (typed: unknown): string => (typeof typed === "string" ? typed : "");

/** @param today yyyy-MM-dd; nothing is signed tomorrow */
export const resultInput = (today: string) =>
  z.preprocess(
    (typed) => {
      const values = (typed ?? {}) as Record<string, unknown>;
      return { ...values, issuedOn: ["day", "month", "year"].map((part) => textOr(values[`issuedOn.${part}`])) };
    },
    z
      .object({
        title: needed(MOST.line, "desk.act.errors.resultTitle"),
        number: orNull(100),
        issuedOn: day(today),
        signer: orNull(200),
      })
      .transform(({ signer, ...result }) => ({ ...result, signerName: signer })),
  );

export const DeliverInput = z
  .object({
    version,
    method: z.enum(["online", "counter", "post"], "desk.act.errors.method"),
    receivedBy: orNull(200),
    receiverPaper: orNull(50),
    receiverPhone: orNull(30),
    trackingNumber: orNull(50),
    signed: z
      .string()
      .optional()
      .transform((ticked) => ticked === "yes"),
  })
  .superRefine(({ method, receivedBy }, context) => {
    if (method === "counter" && !receivedBy)
      context.addIssue({ code: "custom", message: "desk.act.errors.receivedBy", path: ["receivedBy"] });
  });

export const joined = (name: string, typed: unknown): Record<string, unknown> => {
  const values = (typed ?? {}) as Record<string, unknown>;
  return { ...values, [name]: ["day", "month", "year"].map((part) => textOr(values[`${name}.${part}`])) };
};

/** @param today yyyy-MM-dd; nobody is asked to answer yesterday */
export const askInput = (today: string) =>
  z.preprocess(
    (typed) => joined("answerBy", withPreset(typed)),
    z.object({
      version,
      asReturn: z
        .string()
        .optional()
        .transform((kind) => kind === "return"),
      reason: needed(MOST.note, "desk.moves.ask.errors.reason"),
      answerBy: z.array(text(10)).transform((parts, context) => {
        const iso = isoFrom(parts);
        if (iso === null && parts.some(Boolean))
          context.addIssue({ code: "custom", message: "desk.moves.ask.errors.answerBy" });
        if (iso !== null && iso <= today)
          context.addIssue({ code: "custom", message: "desk.moves.ask.errors.answerByPast" });
        return iso;
      }),
    }),
  );

export const extendInput = z.preprocess(
  (typed) => joined("until", withPreset(typed)),
  z.object({
    version,
    reason: needed(MOST.note, "desk.moves.extend.errors.reason"),
    until: z.array(text(10)).transform((parts, context) => {
      const iso = isoFrom(parts);
      if (iso === null) context.addIssue({ code: "custom", message: "desk.moves.extend.errors.until" });
      return iso ?? "";
    }),
  }),
);

export const StopInput = z.preprocess(
  withPreset,
  z.object({ version, reason: needed(MOST.note, "desk.moves.stop.error") }),
);

export const ReceiveInput = z.object({
  request: id,
  typed: version,
  paper: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((sent) => [sent ?? []].flat()),
});

export const CounterQuery = z.object({
  q: z
    .string()
    .max(200)
    .transform((typed) => clean(typed).replace(/\s+/g, " "))
    .optional(),
  "co-quan": z.string().regex(UUID).optional(),
  "truong-hop": z.string().max(60).optional(),
});

/** What stands on the counter page beside the applicant and the procedure's own form. */
export const CounterInput = z.object({
  formKey: id,
  channel: z.enum(["counter", "post"], "desk.counter.errors.channel"),
  returnMethod: z.enum(["online", "counter", "post"], "desk.counter.errors.method"),
});

const NUMBER = /^\d{1,4}$/;
/** A number of papers or units as typed; null when it is none. Nothing typed is nothing there. */
export function readCount(typed: unknown, most: number): number | null {
  if (typed === undefined || typed === "") return 0;
  const kept = typeof typed === "string" ? typed.trim() : "";
  return NUMBER.test(kept) && Number(kept) <= most ? Number(kept) : null;
}
