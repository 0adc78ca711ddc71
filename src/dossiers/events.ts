import { createHash, randomUUID } from "node:crypto";
import { canonicalJson, sha256 } from "#platform/canonical.ts";
import type { Actor, Context } from "#platform/context.ts";
import { Prisma, type Tx } from "#platform/db.ts";
import { formatTime } from "#platform/format.ts";
import { job } from "#platform/jobs.ts";
import { Refusal } from "#platform/refusal.ts";
import { insertion, type Rows, replacement, writeTogether } from "#platform/writes.ts";
import { reactions } from "#reactions.ts";
import { findReaders } from "./queries/restricted.ts";
import { BESIDE, changeKey, type DossierEventType, isBeside, type Status } from "./rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** An event that something follows from (src/reactions.ts). */
    "dossiers.react": { eventId: string };
  }
}

/** What an action reads of a dossier, under lock, before it decides. */
export type LockedDossier = {
  id: string;
  status: Status;
  version: number;
  lastEventSeq: number;
  lastEventHash: string;
  reference: string;
  code: string | null;
  channel: "online" | "counter" | "post";
  caseId: string | null;
  procedureVersionId: string;
  receivingAgencyId: string;
  competentAgencyId: string;
  applicantAccountId: string | null;
  dueAt: Date | null;
  clockStartedAt: Date | null;
  pausedAt: Date | null;
  /** Open to its readers alone. */
  restricted: boolean;
  /** Set where an officer acts for one who is away: every event that follows says for whom. */
  onBehalfOf?: string | null;
};

/**
 * Reads a dossier and holds its row until the transaction ends: two actions on one dossier run one after the other,
 * and the second decides on what the first left. A restricted one does not exist for an officer who is no reader of it.
 */
export async function lockDossier(ctx: Pick<Context, "actor">, tx: Tx, id: string): Promise<LockedDossier | null> {
  const rows = await tx.$queryRaw<LockedDossier[]>`
    SELECT id, status::text, version, "lastEventSeq", "lastEventHash", reference, code, channel::text, "caseId",
           "procedureVersionId", "receivingAgencyId", "competentAgencyId", "applicantAccountId", "dueAt",
           "clockStartedAt", "pausedAt", restricted
    FROM dossiers WHERE id = ${id}::uuid FOR UPDATE`;
  const [dossier] = rows;
  if (!dossier) return null;
  const { actor } = ctx;
  if (dossier.restricted && (actor.kind === "officer" || actor.kind === "admin"))
    return (await findReaders(tx, id))?.has(actor.accountId) ? dossier : null;
  return dossier;
}

export type NewEvent = {
  type: DossierEventType;
  status: Status;
  agencyId?: string | null;
  stepRunId?: string | null;
  /** Ids, codes and digests only: a name or free text here could never be erased (D8). */
  payload: Prisma.InputJsonObject;
};

type Sealed = {
  dossierId: string;
  seq: number;
  type: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  agencyId: string | null;
  stepRunId: string | null;
  status: string;
  payload: unknown;
  prevHash: string;
};

/** The hash that chains one row of a dossier's history to the row before it. */
export const hashEvent = (event: Sealed): string =>
  sha256(
    canonicalJson({
      prevHash: event.prevHash,
      dossierId: event.dossierId,
      seq: event.seq,
      type: event.type,
      at: event.at.toISOString(),
      actorKind: event.actorKind,
      actorId: event.actorId,
      agencyId: event.agencyId,
      stepRunId: event.stepRunId,
      status: event.status,
      payload: event.payload,
    }),
  );

const actorId = (actor: Actor): string | null => ("accountId" in actor ? actor.accountId : null);

/** What follows from a row of the history: done after the transaction that writes it. */
export const jobsAfter = ({ id, type }: { id: string; type: DossierEventType }): Prisma.Sql[] =>
  reactions[type].length > 0 ? [job("dossiers.react", { eventId: id }, `dossiers.react:${id}`)] : [];

/** The next row of the history, sealed; the caller writes it with the change that it records. */
export function sealEvent(
  ctx: Context,
  dossier: { id: string; lastEventSeq: number; lastEventHash: string; onBehalfOf?: string | null },
  event: NewEvent,
): Rows["dossier_events"] & { id: string; type: DossierEventType } {
  const sealed = {
    dossierId: dossier.id,
    seq: dossier.lastEventSeq + 1,
    type: event.type,
    at: ctx.now,
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx.actor),
    agencyId: event.agencyId ?? null,
    stepRunId: event.stepRunId ?? null,
    status: event.status,
    payload: dossier.onBehalfOf ? { ...event.payload, onBehalfOf: dossier.onBehalfOf } : event.payload,
    prevHash: dossier.lastEventHash,
  };
  return { id: randomUUID(), ...sealed, hash: hashEvent(sealed) };
}

/** What an act may set on a dossier; its version, status and place in the history follow from the event. */
export type DossierColumns = Partial<
  Omit<Rows["dossiers"], "id" | "status" | "version" | "lastEventSeq" | "lastEventHash">
>;

/**
 * Writes a change of a locked dossier and the event that records it: both or neither. What is done beside leaves the
 * version as it is.
 * @param runs steps that open with it
 * @throws Refusal 409 when the row is not as it was read
 */
export async function recordChange(
  ctx: Context,
  tx: Tx,
  dossier: LockedDossier,
  change: DossierColumns,
  event: NewEvent,
  runs: readonly Rows["step_runs"][] = [],
): Promise<void> {
  const row = sealEvent(ctx, dossier, event);
  const version = dossier.version + (isBeside(event.type) ? 0 : 1);
  const columns = { ...change, status: event.status, version, lastEventSeq: row.seq, lastEventHash: row.hash };
  // The number of the last event rises with every one: no two of them can follow the same.
  const asRead = Prisma.sql`
    old.id = ${dossier.id}::uuid AND old.version = ${dossier.version} AND old."lastEventSeq" = ${dossier.lastEventSeq}`;
  const { changed } = await writeTogether(
    tx,
    {
      changed: replacement("dossiers", columns, asRead),
      event: insertion("dossier_events", [row], "changed"),
      runs: runs.length > 0 ? insertion("step_runs", runs) : undefined,
    },
    jobsAfter(row),
  );
  if (changed === 0) throw new Refusal("dossiers.refused.changedMeanwhile");
  dossier.version = version;
  dossier.status = event.status;
  dossier.lastEventSeq = row.seq;
  dossier.lastEventHash = row.hash;
}

/** What somebody who acted too late is told: who changed the dossier, when, and what to do. */
export async function changedMeanwhile(tx: Tx, dossier: LockedDossier): Promise<Refusal> {
  const last = await tx.dossierEvent.findFirst({
    where: { dossierId: dossier.id, type: { notIn: [...BESIDE] } },
    orderBy: { seq: "desc" },
    select: { type: true, at: true, actorId: true },
  });
  if (!last) return new Refusal("dossiers.refused.changedMeanwhile");
  const who = last.actorId
    ? ((await tx.account.findUnique({ where: { id: last.actorId }, select: { displayName: true } }))?.displayName ?? "")
    : "";
  return new Refusal(`dossiers.changed.${changeKey(last.type)}`, 409, { who, at: formatTime(last.at) });
}

/**
 * Whether a dossier's history is whole: every row follows the one before it and nothing was altered.
 * @returns the number of the first row that is not as it was written, or null
 */
export function firstBrokenLink(rows: readonly (Sealed & { hash: string })[]): number | null {
  let prevHash = "";
  for (const [i, row] of rows.entries()) {
    if (row.seq !== i + 1 || row.prevHash !== prevHash || hashEvent(row) !== row.hash) return i + 1;
    prevHash = row.hash;
  }
  return null;
}

/** The end of one dossier's history as a root took it in. */
export type Head = { dossierId: string; seq: number; hash: string };

export type RootFacts = { number: number; day: string; dossiers: number; changed: number; prevRoot: string };

/** Begins the hash of a root; each head is added in the order of dossier ids. */
export function rootHash({ number, day, dossiers, changed, prevRoot }: RootFacts) {
  const hash = createHash("sha256").update(`${prevRoot}\n${number} ${day} ${dossiers} ${changed}\n`);
  return {
    add: ({ dossierId, seq, hash: head }: Head): void => void hash.update(`${dossierId} ${seq} ${head}\n`),
    end: (): string => hash.digest("hex"),
  };
}
