import type { Citizen, Context, Officer } from "#platform/context.ts";
import { type Mark, marksOf } from "../rules/supplement.ts";

export type PendingFile = { id: string; requirementId: string; name: string; size: number };

/** A request that waits for its answer, with what was typed and uploaded for it so far. */
export type OpenSupplement = {
  id: string;
  number: number;
  marks: Mark[];
  answerBy: string | null;
  requestedAt: Date;
  reasonNoteId: string;
  typed: Record<string, unknown> | null;
  typedVersion: number;
  files: PendingFile[];
};

/**
 * What a dossier that the caller may see is waiting for; null when nothing. The caller has shown that it is theirs.
 * One query.
 */
export async function findOpenSupplement(
  ctx: Context<Citizen> | Context<Officer>,
  dossierId: string,
): Promise<OpenSupplement | null> {
  const request = await ctx.db.supplementRequest.findFirst({
    where: {
      dossierId,
      answeredAt: null,
      dossier: { status: { in: ["intake_supplement", "awaiting_supplement"] } },
    },
    relationLoadStrategy: "join",
    include: {
      attachments: {
        where: { dossierId: null },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        select: { id: true, requirementId: true, name: true, size: true },
      },
    },
  });
  if (!request) return null;
  const { attachments, marks, typed, ...rest } = request;
  return {
    ...rest,
    marks: marksOf(marks),
    typed: typed as Record<string, unknown> | null,
    files: attachments,
  };
}
