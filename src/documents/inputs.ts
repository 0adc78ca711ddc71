import { z } from "zod";
import type { MessageKey } from "#platform/i18n.ts";

const LONGEST = 4000;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

const needed = (key: MessageKey, most = 300) => z.string({ error: key }).trim().min(1, key).max(most, key);
const uuid = z.uuid();
const listed = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));
const listOf = listed.pipe(z.array(uuid));

/** `act`: the button that was pressed. */
export const EndInput = z.object({
  reason: needed("documents.end.reasonMissing", LONGEST),
  act: z.enum(["replace", "revoke"]).default("revoke"),
});

/** Papers, and dossiers whose papers are meant: by their ids, or as rows that were chosen in a list of work. */
export const BatchInput = z
  .object({
    paper: listOf,
    dossier: listOf,
    hs: listed.transform((rows) => rows.map((row) => String(row).split(":")[0])).pipe(z.array(uuid)),
  })
  .transform(({ paper, dossier, hs }) => ({ paper, dossier: [...new Set([...dossier, ...hs])] }));

const dayIn = (body: Record<string, unknown>, name: string): string => {
  const part = (key: string, length: number): string => {
    const value = body[`${name}.${key}`];
    return typeof value === "string" ? value.trim().padStart(length, "0") : "";
  };
  return `${part("year", 4)}-${part("month", 2)}-${part("day", 2)}`;
};
const day = (key: MessageKey) => z.iso.date({ error: key });

/** The register that is asked for: an agency, a period of at most a year, a format. */
export const RegisterInput = z
  .preprocess(
    (body) => {
      const given = (body ?? {}) as Record<string, unknown>;
      return { ...given, from: dayIn(given, "from"), to: dayIn(given, "to") };
    },
    z.object({
      agency: z.uuid({ error: "documents.register.badAgency" }),
      format: z.enum(["pdf", "xlsx", "csv"]).default("pdf"),
      from: day("documents.register.badDay"),
      to: day("documents.register.badDay"),
    }),
  )
  .superRefine(({ from, to }, context) => {
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (days < 0) context.addIssue({ code: "custom", path: ["from"], message: "documents.register.fromLate" });
    if (days > MOST_DAYS) context.addIssue({ code: "custom", path: ["to"], message: "documents.register.tooLong" });
  });

/** What a form is called from a day on. */
export const RenameInput = z.preprocess(
  (body) => ({ ...(body as object), from: dayIn((body ?? {}) as Record<string, unknown>, "from") }),
  z.object({
    from: day("documents.register.badDay"),
    title: needed("documents.forms.needed"),
    basis: needed("documents.forms.needed"),
    symbol: z.string().trim().max(20).default(""),
  }),
);
