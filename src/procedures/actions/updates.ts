import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, Prisma, type Tx } from "#platform/db.ts";
import { enqueue } from "#platform/jobs.ts";
import { Refusal } from "#platform/refusal.ts";
import { readLines } from "../import/lines.ts";
import { readRecord, storeBatch } from "../import/records.ts";
import { forgetCatalogue } from "../queries/vocabulary.ts";
import type { Spellings } from "../rules/catalogue.ts";
import { changedFields, type ProposalKind } from "../rules/updates.ts";
import { findSpellings } from "./catalogue.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** What was decided on a file of the national catalogue is carried out. */
    "procedures.update": { updateId: string };
  }
}

const BATCH = 200;
const MOST_FAULTS = 200;

type Read = Extract<ReturnType<typeof readRecord>, { ok: true }>["record"];
type Line = Readonly<Record<string, unknown>>;

/** What a batch of lines would change; what stands here with the same fingerprint is left out. */
async function proposeBatch(tx: Tx, updateId: string, records: readonly Read[]): Promise<void> {
  const known = await tx.nationalRecord.findMany({
    where: { code: { in: records.map(({ code }) => code) } },
    select: { code: true, fingerprint: true },
  });
  const standing = new Map(known.map(({ code, fingerprint }) => [code, fingerprint]));
  const differing = records.filter(({ code, fingerprint }) => standing.get(code) !== fingerprint);
  if (differing.length === 0) return;
  const before = new Map(
    (
      await tx.nationalRecord.findMany({
        where: { code: { in: differing.map(({ code }) => code) } },
        select: { code: true, raw: true },
      })
    ).map(({ code, raw }) => [code, raw as Line]),
  );
  await tx.catalogueProposal.createMany({
    data: differing.map(({ code, line, raw, fingerprint }) => {
      const was = before.get(code);
      const after = JSON.parse(raw) as Line;
      return {
        updateId,
        code,
        kind: was ? "changed" : "new",
        name: line.name.normalize("NFC").replace(/\s+/g, " ").trim(),
        fields: was ? changedFields(was, after) : [],
        ...(was ? { before: was as Prisma.InputJsonObject } : {}),
        after: after as Prisma.InputJsonObject,
        fingerprint,
      };
    }),
  });
}

/**
 * Reads a file of the national catalogue (JSON lines, plain or gzip) and lays it beside the records that stand here, in
 * one transaction: a file that breaks off leaves nothing. No record changes.
 * @returns the id of what may now be looked through
 */
export async function readCatalogueUpdate(ctx: Context<Admin>, file: { path: string; name: string }): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    const { id } = await tx.catalogueUpdate.create({
      data: { fileName: file.name, readAt: ctx.now, byId: ctx.actor.accountId, lines: 0, failed: 0 },
      select: { id: true },
    });
    const faults: { line: number; text: string }[] = [];
    const seen = new Map<string, number>();
    let [lines, failed] = [0, 0];
    let batch: Read[] = [];
    const fail = (line: number, text: string) => {
      failed++;
      if (faults.length < MOST_FAULTS) faults.push({ line, text });
    };
    for await (const line of readLines(file.path)) {
      lines++;
      const read = "fault" in line ? { ok: false as const, fault: line.fault } : readRecord(line.text);
      if (!read.ok) fail(line.number, read.fault);
      else if (seen.has(read.record.code))
        fail(line.number, `code "${read.record.code}" stands in line ${seen.get(read.record.code)}, too`);
      else {
        seen.set(read.record.code, line.number);
        batch.push(read.record);
        if (batch.length === BATCH) {
          await proposeBatch(tx, id, batch);
          batch = [];
        }
      }
    }
    if (batch.length > 0) await proposeBatch(tx, id, batch);
    await tx.$executeRaw`
      INSERT INTO catalogue_proposals ("updateId", code, kind, name, fields, before)
      SELECT ${id}::uuid, n.code, 'missing', n.raw->>'name', '{}', n.raw FROM national_records n
      WHERE NOT n.code = ANY(${[...seen.keys()]})`;
    await tx.catalogueUpdate.update({ where: { id }, data: { lines, failed, faults } });
    return id;
  });
}

/** Which proposals are meant: some by code, or all of one kind that nobody decided on. */
export type Chosen = { codes: readonly string[] } | { kind: ProposalKind };

type Update = { id: string; fileName: string; failed: number };
type Waiting = { code: string; kind: ProposalKind; wanted: boolean; after: unknown };

/** Carries out one batch of what was decided; each line wholly or not at all. @returns how many lines it was */
async function carryOutBatch(
  ctx: Context,
  tx: Tx,
  update: Omit<Update, "failed">,
  spellings: Spellings,
): Promise<number> {
  // Two who carry out the same file take turns: none does what the other did.
  await tx.$executeRaw`SELECT FROM catalogue_updates WHERE id = ${update.id}::uuid FOR UPDATE`;
  const rows = await tx.$queryRaw<Waiting[]>`
    SELECT code, kind, wanted, CASE WHEN wanted AND kind <> 'missing' THEN after END AS after FROM catalogue_proposals
    WHERE "updateId" = ${update.id}::uuid AND wanted IS NOT NULL AND accepted IS NULL ORDER BY code LIMIT ${BATCH}`;
  if (rows.length === 0) return 0;
  const wanted = rows.filter((row) => row.wanted);
  if (wanted.length > 0) {
    const runId = await runOf(ctx, tx, update);
    const records = wanted
      .filter(({ kind }) => kind !== "missing")
      .map(({ code, after }) => {
        const read = readRecord(JSON.stringify(after));
        // It was read with the file; another shape now is a bug of this portal.
        if (!read.ok) throw new Error(`catalogue line ${code}: ${read.fault}`);
        return read.record;
      });
    const changed = await storeBatch(tx, runId, records, spellings, ctx.now);
    const gone = wanted.filter(({ kind }) => kind === "missing").map(({ code }) => code);
    await tx.nationalRecord.deleteMany({ where: { code: { in: gone } } });
    await tx.catalogueEntry.deleteMany({ where: { code: { in: gone }, configured: false } });
    await tx.importRun.update({
      where: { id: runId },
      data: {
        stored: { increment: records.length },
        changed: { increment: changed + gone.length },
        finishedAt: ctx.now,
      },
    });
  }
  return tx.$executeRaw`
    UPDATE catalogue_proposals SET accepted = wanted
    WHERE "updateId" = ${update.id}::uuid AND code = ANY(${rows.map(({ code }) => code)})`;
}

/**
 * Carries out what was decided on a file and is not done yet, in transactions of 200 lines: accepted lines become national
 * records under a run of their own, accepted missing ones are no longer listed unless they are configured here. Ended
 * half-way, it goes on where it stood when it is run again.
 * @returns how many lines were carried out now
 */
export async function carryOutUpdate(ctx: Context, updateId: string): Promise<number> {
  const update = await ctx.db.catalogueUpdate.findUnique({ where: { id: updateId } });
  if (!update) return 0;
  const spellings = await findSpellings(ctx);
  for (let done = 0; ; ) {
    const count = await inTransaction(ctx, (tx) => carryOutBatch(ctx, tx, update, spellings));
    if (count > 0) forgetCatalogue(ctx);
    done += count;
    if (count < BATCH) return done;
  }
}

/**
 * Decides to take over what was proposed, or to leave it. Few lines are carried out at once, many by a job.
 * @returns how many were decided now, and whether a job carries them out
 * @throws Refusal 409 when the file had lines that could not be read
 */
export async function decideUpdate(
  ctx: Context<Admin>,
  update: Update,
  chosen: Chosen,
  accepted: boolean,
): Promise<{ count: number; isLater: boolean }> {
  if (update.failed > 0) throw new Refusal("procedures.refused.brokenFile");
  const decided = await inTransaction(ctx, async (tx) => {
    const which = "kind" in chosen ? Prisma.sql`kind = ${chosen.kind}` : Prisma.sql`code = ANY(${[...chosen.codes]})`;
    const count = await tx.$executeRaw`
      UPDATE catalogue_proposals SET wanted = ${accepted}, "decidedAt" = ${ctx.now}, "decidedById" = ${ctx.actor.accountId}::uuid
      WHERE "updateId" = ${update.id}::uuid AND wanted IS NULL AND ${which}`;
    const isLater = count > BATCH;
    if (isLater) await enqueue(tx, "procedures.update", { updateId: update.id }, `procedures.update:${update.id}`);
    return { count, isLater };
  });
  if (!decided.isLater) await carryOutUpdate(ctx, update.id);
  return decided;
}

/** The run under which what is accepted from a file is stored: where each record came from. */
async function runOf(ctx: Context, tx: Tx, update: Omit<Update, "failed">): Promise<string> {
  const row = await tx.catalogueUpdate.findUniqueOrThrow({
    where: { id: update.id },
    select: { runId: true, lines: true },
  });
  if (row.runId) return row.runId;
  const { id } = await tx.importRun.create({
    data: { kind: "procedures", fileName: update.fileName, startedAt: ctx.now, read: row.lines },
    select: { id: true },
  });
  await tx.catalogueUpdate.update({ where: { id: update.id }, data: { runId: id } });
  return id;
}
