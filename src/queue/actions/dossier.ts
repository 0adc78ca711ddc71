import { isWellFormedCode, readCode } from "#platform/codes.ts";
import type { Context } from "#platform/context.ts";
import { findVersion } from "#procedures/index.ts";
import { queueFor } from "../rules.ts";
import { takeTicket } from "./take.ts";

/** Everything that a scanner may read of a dossier is no longer. */
const LONGEST = 60;

/**
 * Somebody shows the code or reference of their dossier to the hall's machine: a number of the queue where its matter is
 * dealt with, or where results are handed out. The machine tells nothing of the dossier.
 * @throws Refusal 409 the hall gives no numbers now
 */
export async function takeForDossier(
  ctx: Context,
  hallId: string,
  typed: string,
): Promise<{ code: string; number: string } | { why: "unknown" | "elsewhere" | "unsure" }> {
  const reference = readCode(typed);
  const code = typed.normalize("NFKC").toUpperCase().replace(/\s+/g, "");
  if (code.length > LONGEST || code === "") return { why: "unknown" };
  const dossier = await ctx.db.dossier.findFirst({
    where: isWellFormedCode(reference) ? { reference } : { code },
    select: { id: true, status: true, receivingAgencyId: true, procedureVersionId: true },
  });
  if (!dossier) return { why: "unknown" };
  const hall = await ctx.db.queueHall.findUniqueOrThrow({
    where: { id: hallId },
    include: { queues: { orderBy: { position: "asc" } } },
  });
  if (hall.agencyId !== dossier.receivingAgencyId) return { why: "elsewhere" };
  const { definition } = await findVersion(ctx, dossier.procedureVersionId);
  const queue = queueFor(hall.queues, { sector: definition.sector, hasResult: dossier.status === "completed" });
  if (!queue) return { why: "unsure" };
  return takeTicket(ctx, { hallId, queueId: queue.id, priority: null, dossierId: dossier.id });
}
