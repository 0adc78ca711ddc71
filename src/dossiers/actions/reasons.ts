import { z } from "zod";
import type { Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { REASON_KINDS } from "../rules.ts";

/** Ready-made reasons by kind, as a file holds them. */
export const ReasonFile = z.record(z.enum(REASON_KINDS), z.array(z.string().trim().min(1).max(500)));

/** Adds ready-made reasons that are not there yet, and brings the order in line; what an installation added stays. */
export async function importReasons(ctx: Context, file: z.infer<typeof ReasonFile>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    for (const kind of REASON_KINDS)
      for (const [position, text] of file[kind].entries())
        await tx.presetReason.upsert({
          where: { kind_text: { kind, text } },
          create: { kind, text, position },
          update: { position },
        });
  });
}
