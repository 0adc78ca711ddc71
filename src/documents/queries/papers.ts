import { openToWhere } from "#dossiers/rules.ts";
import type { Context, Officer } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { isPaperId } from "../rules.ts";

/** A paper that the officer may take back: a valid one of an agency that they lead. @throws Refusal 404 for any other */
export async function findEndable(ctx: Context<Officer>, id: string) {
  if (!isPaperId(id)) throw notFound();
  const agencies = ctx.actor.postings.filter(({ role }) => role === "leader").map(({ agencyId }) => agencyId);
  const paper = await ctx.db.issuedPaper.findFirst({
    where: { id, agencyId: { in: agencies }, standing: "valid", dossier: openToWhere(ctx.actor) },
    select: { id: true, kind: true, dossierId: true, token: true },
  });
  if (!paper) throw notFound();
  return paper;
}
