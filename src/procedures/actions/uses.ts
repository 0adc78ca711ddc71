import type { Context } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { ProcedureDefinition } from "../definition.ts";
import { keptUses } from "../rules/uses.ts";

const BATCH = 50;

/** Writes what the newest version of a procedure is made of in the place of what an older one was. */
export async function keepUses(tx: Tx, procedureId: string, definition: Parameters<typeof keptUses>[0]): Promise<void> {
  await tx.procedureUse.deleteMany({ where: { procedureId } });
  await tx.procedureUse.createMany({ data: keptUses(definition).map((use) => ({ ...use, procedureId })) });
}

/** Writes what procedures are made of that were published before anybody wrote it down. @returns how many */
export async function fillUses(ctx: Pick<Context, "db">): Promise<number> {
  for (let filled = 0; ; ) {
    const rows = await ctx.db.$queryRaw<{ id: string; definition: ProcedureDefinition }[]>`
      SELECT p.id::text AS id, v.definition FROM procedures p
      CROSS JOIN LATERAL (SELECT definition FROM procedure_versions WHERE "procedureId" = p.id ORDER BY number DESC LIMIT 1) v
      WHERE NOT EXISTS (SELECT FROM procedure_uses u WHERE u."procedureId" = p.id) LIMIT ${BATCH}`;
    for (const { id, definition } of rows) await inTransaction(ctx, (tx) => keepUses(tx, id, definition));
    filled += rows.length;
    if (rows.length < BATCH) return filled;
  }
}
