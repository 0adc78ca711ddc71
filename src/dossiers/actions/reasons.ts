import { z } from "zod";
import { keepEntries, keyOf } from "#lists/index.ts";
import type { Context } from "#platform/context.ts";
import { REASON_KINDS } from "../rules.ts";

/** Ready-made reasons by kind, as a file holds them. */
export const ReasonFile = z.record(z.enum(REASON_KINDS), z.array(z.string().trim().min(1).max(500)));

/** Brings the ready-made reasons into the lists that administrators own; what they changed there stays. */
export async function importReasons(ctx: Context, file: z.infer<typeof ReasonFile>): Promise<void> {
  for (const kind of REASON_KINDS)
    await keepEntries(
      ctx,
      `reason.${kind}`,
      file[kind].map((text) => ({ key: keyOf(text), text })),
    );
}
