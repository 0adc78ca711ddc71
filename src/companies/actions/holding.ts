import type { Citizen, Context } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { isId } from "../queries.ts";
import { memberWith } from "../rules.ts";

export type Held = { id: string; name: string; taxCode: string; version: number; confirmedAt: Date | null };

/** Holds a company's row until the transaction ends: who may do what with it is decided one after the other. */
export async function lockCompany(tx: Tx, id: unknown): Promise<Held> {
  const [company] = isId(id)
    ? await tx.$queryRaw<Held[]>`
        SELECT id, name, "taxCode", version, "confirmedAt" FROM companies WHERE id = ${id}::uuid FOR UPDATE`
    : [];
  if (!company) throw notFound();
  return company;
}

/** Locks a company that the citizen administers. @throws Refusal 404 for everybody else */
export async function lockAdministered(ctx: Context<Citizen>, tx: Tx, id: unknown): Promise<Held> {
  const company = await lockCompany(tx, id);
  const where = { companyId: company.id, ...memberWith(ctx.actor.accountId, "administer") };
  if ((await tx.companyMember.count({ where })) === 0) throw notFound();
  return company;
}
