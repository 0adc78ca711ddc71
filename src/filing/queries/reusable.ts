import type { Citizen, Context } from "#platform/context.ts";
import { fold } from "#platform/format.ts";
import { findVersion } from "#procedures/index.ts";
import type { Paper } from "../rules.ts";

/** A paper of an earlier dossier that may be handed in once more. */
export type Reusable = {
  id: string;
  requirementId: string;
  name: string;
  mediaType: string;
  convertedFrom: string | null;
  size: number;
  sha256: string;
  storageKey: string;
  dossier: { reference: string; code: string | null; submittedAt: Date };
};

/** As far back as a person remembers; and as many as they can choose among. */
const MOST_READ = 200;
const MOST_OFFERED = 5;

/**
 * Papers of earlier dossiers, the citizen's own or those of the company that they file for, handed in for the same kind of paper: the same requirement of this
 * procedure, or one of the same name elsewhere. The newest first, each content once; by the paper that they fit.
 */
export async function findReusable(
  ctx: Context<Citizen>,
  { procedureId, companyId }: { procedureId: string; companyId: string | null },
  papers: readonly Paper[],
): Promise<Map<string, Reusable[]>> {
  const offered = new Map<string, Reusable[]>();
  const rows = await ctx.db.attachment.findMany({
    where: {
      kind: "paper",
      supersededAt: null,
      dossier: companyId === null ? { companyId, applicantAccountId: ctx.actor.accountId } : { companyId },
    },
    include: {
      dossier: {
        select: { reference: true, code: true, submittedAt: true, procedureId: true, procedureVersionId: true },
      },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_READ,
    relationLoadStrategy: "join",
  });
  for (const { dossier, ...row } of rows) {
    if (!dossier) continue;
    const { definition } = await findVersion(ctx, dossier.procedureVersionId);
    const name = definition.requirements.find(({ id }) => id === row.requirementId)?.name.vi;
    const paper = papers.find(
      (one) =>
        (one.id === row.requirementId && dossier.procedureId === procedureId) ||
        (name !== undefined && fold(one.name.vi) === fold(name)),
    );
    if (!paper) continue;
    const known = offered.get(paper.id) ?? [];
    if (known.length >= MOST_OFFERED || known.some(({ sha256 }) => sha256 === row.sha256)) continue;
    offered.set(paper.id, [...known, { ...row, dossier }]);
  }
  return offered;
}
