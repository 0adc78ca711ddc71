import type { Admin, Citizen, Context, Officer } from "#platform/context.ts";
import { hashToken } from "../queries.ts";

type Owner = Context<Citizen | Officer | Admin>;

export type OwnSession = {
  fingerprint: string;
  isThis: boolean;
  device: string;
  address: string;
  startedAt: Date | null;
  seenAt: Date | null;
};

/** Where the account that asks is signed in, the latest first. */
export async function listOwnSessions({ db, actor, now }: Owner, sessionId: string): Promise<OwnSession[]> {
  const rows = await db.$queryRaw<{ sid: string; sess: Record<string, unknown> }[]>`
    SELECT sid, sess FROM sessions WHERE sess->'passport'->>'user' = ${actor.accountId} AND expire > ${now}`;
  const dateOf = (value: unknown) => (typeof value === "number" ? new Date(value) : null);
  return rows
    .map(({ sid, sess }) => ({
      fingerprint: hashToken(sid),
      isThis: sid === sessionId,
      device: String(sess["device"] ?? ""),
      address: String(sess["address"] ?? ""),
      startedAt: dateOf(sess["startedAt"]),
      seenAt: dateOf(sess["touchedAt"]),
    }))
    .sort((a, b) => (b.seenAt?.getTime() ?? 0) - (a.seenAt?.getTime() ?? 0));
}

export type OwnFactor = { id: string; kind: "totp" | "passkey"; label: string; createdAt: Date; usedAt: Date | null };

/** The second steps of the account that asks, and how many recovery codes are left. */
export async function findOwnFactors({ db, actor }: Owner): Promise<{ factors: OwnFactor[]; codesLeft: number }> {
  const { accountId } = actor;
  const [factors, codesLeft] = await Promise.all([
    db.secondFactor.findMany({
      where: { accountId },
      select: { id: true, kind: true, label: true, createdAt: true, usedAt: true },
      orderBy: { id: "asc" },
    }),
    db.recoveryCode.count({ where: { accountId, usedAt: null } }),
  ]);
  return { factors: factors as OwnFactor[], codesLeft };
}

/** Which second steps an account has, before it is let in. */
export async function findFactorKinds({ db }: Pick<Context, "db">, accountId: string): Promise<Set<string>> {
  const rows = await db.secondFactor.findMany({ where: { accountId }, select: { kind: true } });
  return new Set(rows.map(({ kind }) => kind));
}

export type OwnIdentity = { id: string; issuer: string; level: number; linkedAt: Date };

/** The electronic identities that the account that asks is linked to. */
export const listOwnIdentities = ({ db, actor }: Owner): Promise<OwnIdentity[]> =>
  db.electronicIdentity.findMany({
    where: { accountId: actor.accountId },
    select: { id: true, issuer: true, level: true, linkedAt: true },
    orderBy: { id: "asc" },
  });
