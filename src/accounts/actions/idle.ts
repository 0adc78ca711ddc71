import { recordSecurity } from "#audit/index.ts";
import { type Surroundings, systemContext } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { endSessions } from "./sessions.ts";

const DAY_MS = 86_400_000;

/**
 * Disables officers who have not signed in for so long (TCVN 14423:2026, 5.6); an administrator opens them again.
 * @returns how many
 */
export async function disableIdleOfficers(surroundings: Surroundings, days: number, now: Date): Promise<number> {
  const ctx = systemContext(surroundings, now, "accounts.idle");
  const since = new Date(now.getTime() - days * DAY_MS);
  const idle = { OR: [{ lastSignInAt: { lt: since } }, { lastSignInAt: null, createdAt: { lt: since } }] };
  const found = await ctx.db.account.findMany({
    where: { kind: "officer", disabledAt: null, ...idle },
    select: { id: true },
  });
  for (const { id } of found)
    await inTransaction(ctx, async (tx) => {
      const { count } = await tx.account.updateMany({
        where: { id, disabledAt: null, ...idle },
        data: { disabledAt: now },
      });
      if (count === 0) return;
      await endSessions(tx, id);
      await recordSecurity(ctx, { kind: "account.disabled", aboutId: id, params: { idleDays: days } }, tx);
    });
  return found.length;
}
