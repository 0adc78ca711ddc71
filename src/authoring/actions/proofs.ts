import type { Admin, Context } from "#platform/context.ts";
import type { Proof, ProofKind, Sketch } from "../rules.ts";
import { contentHash } from "../rules.ts";

/** Keeps that part of a manuscript was really tried as it stands; said twice, it is one proof. */
export async function proveManuscript(
  ctx: Context<Admin>,
  { id, sketch }: { id: string; sketch: Sketch },
  kind: ProofKind,
  subject = "",
): Promise<void> {
  await keepProof(ctx, id, { kind, subject, sha256: contentHash(sketch, kind, subject) });
}

/** Keeps a proof of content whose hash is known. */
export async function keepProof(ctx: Context<Admin>, manuscriptId: string, proof: Proof): Promise<void> {
  await ctx.db.manuscriptProof.createMany({
    data: [{ manuscriptId, ...proof, at: ctx.now, byId: ctx.actor.accountId }],
    skipDuplicates: true,
  });
}
