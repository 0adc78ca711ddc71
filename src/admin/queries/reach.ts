import { findDirectory } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { keeps } from "../rules/reach.ts";

type Asker = Pick<Context<Admin>, "db" | "actor">;

/**
 * Refuses what belongs to an agency that the administrator does not keep: for them it does not exist. No query when warm.
 * @param agencyId null: what is the province's
 * @throws Refusal 404
 */
export async function requireReach(ctx: Asker, agencyId: string | null): Promise<void> {
  if (!keeps(ctx.actor, agencyId, await findDirectory(ctx))) throw notFound();
}

/** The agencies that the administrator keeps, closed ones included; null: all. No query when warm. */
export async function findReach(ctx: Asker): Promise<readonly string[] | null> {
  const { agencyId } = ctx.actor;
  return agencyId === undefined ? null : (await findDirectory(ctx)).familyOf(agencyId);
}
