import { basename } from "node:path";
import { canonicalJson, sha256 } from "#platform/canonical.ts";
import type { Context } from "#platform/context.ts";
import { inTransaction, Prisma, type Tx } from "#platform/db.ts";
import { findSpellings, refreshConfigured, storeEntries } from "../actions/catalogue.ts";
import { NationalLine, USUAL_CODE } from "../inputs.ts";
import { forgetCatalogue } from "../queries/vocabulary.ts";
import { entryOfRecord, type Spellings } from "../rules/catalogue.ts";
import { readLines } from "./lines.ts";

const BATCH = 200;

export type ImportReport = { read: number; stored: number; changed: number; warnings: number; failed: number };
/** Told as the file is read, so that nothing is gathered: "line 12: ..." */
export type Listener = { onWarning?: (text: string) => void; onFault?: (text: string) => void };

type NewRecord = { code: string; line: NationalLine; raw: string; fingerprint: string; warnings: string[] };

// jsonb holds neither NUL nor half of a surrogate pair, though JSON text may spell them.
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})/;

/** A line as a record, or what is wrong with it. */
export function readRecord(text: string): { ok: true; record: NewRecord } | { ok: false; fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return { ok: false, fault: `not JSON: ${(error as Error).message}` };
  }
  const parsed = NationalLine.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, fault: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "does not fit"}` };
  }
  const raw = JSON.stringify(value);
  if (UNSTORABLE.test(raw))
    return { ok: false, fault: "holds a character that is no text (NUL or half a surrogate pair)" };
  const { code } = parsed.data;
  const warnings = USUAL_CODE.test(code) ? [] : [`code "${code}" is outside the usual pattern`];
  return { ok: true, record: { code, line: parsed.data, raw, fingerprint: sha256(canonicalJson(value)), warnings } };
}

/** Stores one batch; what is already there with the same fingerprint is left alone. @returns how many were new or changed */
export async function storeBatch(
  tx: Tx,
  runId: string,
  records: readonly NewRecord[],
  spellings: Spellings,
  now: Date,
): Promise<number> {
  const codes = records.map(({ code }) => code);
  const known = await tx.nationalRecord.findMany({
    where: { code: { in: codes } },
    select: { code: true, fingerprint: true },
  });
  const fingerprints = new Map(known.map(({ code, fingerprint }) => [code, fingerprint]));
  const changed = records.filter(({ code, fingerprint }) => fingerprints.get(code) !== fingerprint);
  if (changed.length === 0) return 0;
  const rows = `[${changed.map((record) => `{"code":${JSON.stringify(record.code)},"fingerprint":"${record.fingerprint}","warnings":${JSON.stringify(record.warnings)},"raw":${record.raw}}`).join(",")}]`;
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO national_records (code, raw, fingerprint, warnings, "runId", "changedAt")
    SELECT code, raw, fingerprint, ARRAY(SELECT jsonb_array_elements_text(warnings)), ${runId}::uuid, ${now}
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(code text, raw jsonb, fingerprint text, warnings jsonb)
    ON CONFLICT (code) DO UPDATE SET raw = excluded.raw, fingerprint = excluded.fingerprint, warnings = excluded.warnings,
      "runId" = excluded."runId", "changedAt" = excluded."changedAt"`);
  const configured = await refreshConfigured(
    tx,
    changed.map(({ code }) => code),
    spellings,
    now,
  );
  await storeEntries(
    tx,
    changed.filter(({ code }) => !configured.has(code)).map(({ line }) => entryOfRecord(line, spellings)),
    now,
  );
  return changed.length;
}

/**
 * Reads a file of the national catalogue (JSON lines, plain or gzip) into national records, in transactions of 200
 * lines; memory does not grow with the file. Never makes a version, and never touches a configured procedure. Broken
 * lines are named and left out. Killed half-way, it is simply run again: what is there is recognised by its fingerprint.
 * @throws when the file cannot be opened
 */
export async function importNationalRecords(
  ctx: Context,
  path: string,
  { onWarning, onFault }: Listener = {},
): Promise<ImportReport> {
  const spellings = await findSpellings(ctx);
  const report: ImportReport = { read: 0, stored: 0, changed: 0, warnings: 0, failed: 0 };
  let runId: string | null = null;
  let batch = new Map<string, NewRecord>();
  let lines = 0;
  const flush = async (): Promise<void> => {
    const records = [...batch.values()];
    const [stored, read] = [lines, report.read];
    batch = new Map();
    lines = 0;
    await inTransaction(ctx, async (tx) => {
      const run =
        runId ??
        (
          await tx.importRun.create({
            data: { kind: "procedures", fileName: basename(path), startedAt: ctx.now },
            select: { id: true },
          })
        ).id;
      const changed = await storeBatch(tx, run, records, spellings, ctx.now);
      await tx.importRun.update({
        where: { id: run },
        data: {
          read,
          stored: { increment: stored },
          changed: { increment: changed },
          warnings: report.warnings,
          failed: report.failed,
        },
      });
      return { run, changed };
    }).then(({ run, changed }) => {
      runId = run;
      report.stored += stored;
      report.changed += changed;
    });
  };
  for await (const line of readLines(path)) {
    report.read++;
    const read = "fault" in line ? { ok: false as const, fault: line.fault } : readRecord(line.text);
    if (!read.ok) {
      report.failed++;
      onFault?.(`line ${line.number}: ${read.fault}`);
      continue;
    }
    report.warnings += read.record.warnings.length;
    for (const warning of read.record.warnings) onWarning?.(`line ${line.number}: ${warning}`);
    // The same code twice: the later line is the newer one, as it would be in a second file.
    batch.set(read.record.code, read.record);
    lines++;
    if (lines >= BATCH) await flush();
  }
  await flush();
  if (runId) await ctx.db.importRun.update({ where: { id: runId }, data: { finishedAt: ctx.now } });
  forgetCatalogue(ctx);
  return report;
}
