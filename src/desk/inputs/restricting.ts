import { z } from "zod";
import { id, MOST, needed, version } from "../inputs.ts";

const reason = needed(MOST.note, "desk.restricting.reasonMissing");

/** Whom a leader names; one is as good as many. */
export const RestrictInput = z.object({
  version,
  reason,
  readers: z
    .union([z.array(id).max(500), id.transform((one) => [one])])
    .optional()
    .transform((named) => named ?? []),
});
export const LiftInput = z.object({ version, reason });
