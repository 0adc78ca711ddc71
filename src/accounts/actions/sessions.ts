import { recordSecurity } from "#audit/index.ts";
import type { Admin, Citizen, Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { hashToken } from "../queries.ts";

type Owner = Context<Citizen | Officer | Admin>;

/** Ends the sessions of an account; the one with this number stays. */
export const endSessions = (tx: Tx, accountId: string, except = ""): Promise<number> =>
  tx.$executeRaw`DELETE FROM sessions WHERE sess->'passport'->>'user' = ${accountId} AND sid <> ${except}`;

/** Signs one's account out everywhere but here; browsers that were known are strangers again. @returns how many ended */
export async function endOtherSessions(ctx: Owner, sessionId: string, here: string | null): Promise<number> {
  const { accountId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    const count = await endSessions(tx, accountId, sessionId);
    await tx.knownDevice.deleteMany({ where: { accountId, ...(here ? { tokenHash: { not: here } } : {}) } });
    await recordSecurity(ctx, { kind: "sessions.ended", aboutId: accountId, params: { count } }, tx);
    return count;
  });
}

/** Ends every session of somebody else, at an administrator's hands. @returns how many ended */
export const endSessionsOf = (ctx: Context<Admin>, accountId: string): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const count = await endSessions(tx, accountId);
    await recordSecurity(ctx, { kind: "sessions.ended", aboutId: accountId, params: { count } }, tx);
    return count;
  });

/** Ends one of one's own sessions, named by the fingerprint of its number; false when it is not there. */
export async function endSession(ctx: Owner, fingerprint: string): Promise<boolean> {
  const { accountId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ sid: string }[]>`
      SELECT sid FROM sessions WHERE sess->'passport'->>'user' = ${accountId}`;
    const found = rows.find(({ sid }) => hashToken(sid) === fingerprint);
    if (!found) return false;
    await tx.$executeRaw`DELETE FROM sessions WHERE sid = ${found.sid}`;
    await recordSecurity(ctx, { kind: "sessions.ended", aboutId: accountId, params: { count: 1 } }, tx);
    return true;
  });
}
