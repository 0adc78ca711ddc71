import { z } from "zod";
import { clean, id, isId, MOST } from "../inputs.ts";

const MOST_LINES = 300;

/** Which dossiers go together to which place. */
export const HandingInput = z.object({
  formKey: id,
  from: id,
  to: id,
  role: z.string().max(40),
  dossier: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((sent) => [sent ?? []].flat().filter(isId).slice(0, MOST_LINES)),
});

/** What was lacking, by dossier: fields named `remark-{id}`. */
export const remarksIn = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([name, typed]) => {
      const dossierId = name.startsWith("remark-") ? name.slice("remark-".length) : "";
      const remark = typeof typed === "string" ? clean(typed).slice(0, MOST.line) : "";
      return isId(dossierId) && remark ? [[dossierId, remark]] : [];
    }),
  );
