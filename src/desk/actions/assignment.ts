import type { Context, Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";

export type Method = "turn" | "load" | "area";
type Scope = { agencyId: string; role: string; procedureId: string | null; stepId: string | null };

/** Agencies whose work the officer leads: who says how it is given out there. */
export const ledAgencies = ({ postings }: Officer): string[] => [
  ...new Set(postings.flatMap(({ agencyId, role }) => (role === "leader" ? [agencyId] : []))),
];

/**
 * Says how steps of a role, or one step of one procedure, find their officer; null: by hand. Steps that are open stay
 * where they are.
 * @throws Refusal 404 for an agency that the officer does not lead
 */
export async function setRule(ctx: Context<Officer>, scope: Scope, method: Method | null): Promise<void> {
  if (!ledAgencies(ctx.actor).includes(scope.agencyId)) throw notFound();
  await inTransaction(ctx, async (tx) => {
    // One leader after the other: of two who set the same rule at once, the later one stands.
    await tx.$queryRaw`SELECT id FROM agencies WHERE id = ${scope.agencyId}::uuid FOR NO KEY UPDATE`;
    const found = await tx.assignmentRule.findFirst({ where: scope, select: { id: true } });
    if (method === null) {
      if (found) await tx.assignmentRule.delete({ where: { id: found.id } });
    } else if (found) await tx.assignmentRule.update({ where: { id: found.id }, data: { method, changedAt: ctx.now } });
    else await tx.assignmentRule.create({ data: { ...scope, method, changedAt: ctx.now } });
  });
}

/**
 * Says whose each commune's dossiers are under a rule by area; communes that are not named are whose work is least.
 * @throws Refusal 404 for a rule of an agency that the officer does not lead
 */
export async function setAreas(
  ctx: Context<Officer>,
  ruleId: string,
  areas: readonly { communeCode: string; accountId: string }[],
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const rule = await tx.assignmentRule.findFirst({
      where: { id: ruleId, agencyId: { in: ledAgencies(ctx.actor) } },
      select: { agencyId: true, role: true },
    });
    if (!rule) throw notFound();
    const holders = await tx.posting.findMany({ where: rule, select: { accountId: true } });
    const known = new Set(holders.map(({ accountId }) => accountId));
    await tx.assignmentArea.deleteMany({ where: { ruleId } });
    await tx.assignmentArea.createMany({
      data: areas.filter(({ accountId }) => known.has(accountId)).map((area) => ({ ruleId, ...area })),
    });
  });
}
