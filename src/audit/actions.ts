import type { Context, Surroundings } from "#platform/context.ts";
import type { Db, Tx } from "#platform/db.ts";
import type { SecurityEventKind } from "./rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "audit.expire": { months: number };
  }
}

export type SecurityEventDraft = {
  kind: SecurityEventKind;
  /** Who did it, where that is not who asks. */
  accountId?: string | null;
  /** To whose account it was done, or who was looked at. */
  aboutId?: string | null;
  dossierId?: string | null;
  /** Ids, codes and words of the program; of what somebody typed, only what they searched for. */
  params?: Readonly<Record<string, string | number | boolean | null>>;
};

type Source = Pick<Context, "actor" | "now" | "requestId" | "from">;

const SHORT = 200;

/**
 * Notes one event of security; in the same transaction as the change that it tells of, where there is one.
 * @param into the transaction, or the database itself
 */
export async function recordSecurity(ctx: Source, event: SecurityEventDraft, into: Tx | Db): Promise<void> {
  const { actor, now, requestId, from } = ctx;
  const own = "accountId" in actor ? actor.accountId : null;
  await into.$executeRaw`
    INSERT INTO security_events (at, kind, "accountId", "aboutId", "dossierId", address, device, "requestId", params)
    VALUES (${now}, ${event.kind}, ${event.accountId === undefined ? own : event.accountId}::uuid,
      ${event.aboutId ?? null}::uuid, ${event.dossierId ?? null}::uuid, ${from?.address ?? null},
      ${from?.device.slice(0, SHORT) ?? null}, ${requestId}, ${JSON.stringify(event.params ?? {})}::jsonb)`;
}

export type ReadingNote = {
  kind: SecurityEventKind;
  /** Of a dossier, or of a paper of one. */
  thing: { of: "dossier" | "paper"; id: string } | null;
  params: Readonly<Record<string, string>>;
};

/** Notes that somebody's data was shown: one statement, which also finds whose they are. */
export async function recordReading(
  ctx: Source & Pick<Context, "db">,
  { kind, thing, params }: ReadingNote,
): Promise<void> {
  const { actor, now, requestId, from, db } = ctx;
  if (!("accountId" in actor)) return;
  const dossier = thing?.of === "dossier" ? thing.id : null;
  const paper = thing?.of === "paper" ? thing.id : null;
  await db.$executeRaw`
    INSERT INTO security_events (at, kind, "accountId", "aboutId", "dossierId", address, device, "requestId", params)
    SELECT ${now}, ${kind}, ${actor.accountId}::uuid, d."applicantAccountId", asked.dossier, ${from?.address ?? null},
      ${from?.device.slice(0, SHORT) ?? null}, ${requestId}, ${JSON.stringify(params)}::jsonb
    FROM (SELECT COALESCE(${dossier}::uuid, (SELECT p."dossierId" FROM issued_papers p WHERE p.id = ${paper}::uuid)) AS dossier) asked
    LEFT JOIN dossiers d ON d.id = asked.dossier`;
}

/**
 * Deletes events older than the term, by the database's own function; the portal's role can do no more.
 * @param months at least twelve
 * @returns how many went
 */
export async function expireSecurityEvents({ db, now }: Pick<Context, "db" | "now">, months: number): Promise<number> {
  const [row] = await db.$queryRaw<{ gone: bigint }[]>`SELECT expire_security_events(${months}::int, ${now}) AS gone`;
  return Number(row?.gone ?? 0);
}

export const auditJobs = (surroundings: Surroundings, now: () => Date) => ({
  "audit.expire": async ({ months }: { months: number }): Promise<void> => {
    await expireSecurityEvents({ db: surroundings.db, now: now() }, months);
  },
});
