import { type Admin, type Context, inside } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { forgetVersions } from "../queries/versions.ts";
import { forgetCatalogue } from "../queries/vocabulary.ts";

/** What was done to a configured procedure, for its history. */
export type ProcedureDeed = {
  did: "published" | "suspended" | "restored";
  reason?: string;
  versionId?: string;
  params?: Readonly<Record<string, string | number | readonly string[]>>;
};

/** Writes down who did what to a procedure. */
export async function noteDeed(ctx: Context, tx: Tx, procedureId: string, deed: ProcedureDeed): Promise<void> {
  await tx.procedureEvent.create({
    data: {
      procedureId,
      at: ctx.now,
      byId: "accountId" in ctx.actor ? ctx.actor.accountId : null,
      did: deed.did,
      versionId: deed.versionId ?? null,
      reason: deed.reason ?? null,
      params: JSON.parse(JSON.stringify(deed.params ?? {})),
    },
  });
}

/** Locks the procedure: who changes its standing, versions or places at once takes turns. @throws Refusal 404 */
export async function lockProcedure(tx: Tx, code: string): Promise<{ id: string }> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT id::text FROM procedures WHERE code = ${code} FOR UPDATE`;
  if (!row) throw notFound();
  return row;
}

async function changeStanding(ctx: Context<Admin>, code: string, deed: ProcedureDeed): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { id } = await lockProcedure(tx, code);
    const last = await tx.procedureEvent.findFirst({
      where: { procedureId: id, did: { in: ["suspended", "restored"] } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { did: true },
    });
    if ((last?.did ?? "restored") === deed.did)
      throw new Refusal(
        deed.did === "suspended" ? "procedures.refused.alreadySuspended" : "procedures.refused.notSuspended",
      );
    await noteDeed(inside(ctx, tx), tx, id, deed);
  });
  forgetVersions(ctx);
  forgetCatalogue(ctx);
}

/**
 * Takes no new dossiers of a procedure in until it is restored; the public reads why. Dossiers under way go on, drafts are kept.
 * @throws Refusal 404; 409 when it is suspended already
 */
export const suspendProcedure = (ctx: Context<Admin>, code: string, reason: string): Promise<void> =>
  changeStanding(ctx, code, { did: "suspended", reason });

/** Takes a suspended procedure in again. @throws Refusal 404; 409 when it is not suspended */
export const restoreProcedure = (ctx: Context<Admin>, code: string, reason: string): Promise<void> =>
  changeStanding(ctx, code, { did: "restored", reason });
