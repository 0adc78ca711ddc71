import { createHash } from "node:crypto";
import type { Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import type { Swept } from "#platform/files.ts";
import { Refusal } from "#platform/refusal.ts";

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Every row that names a stored file: which one, and the sums that it may have; none where nobody took one. */
export const namedFilesQuery = `
  SELECT 'attachments' AS of, id, "storageKey" AS key, ARRAY[sha256] AS sums FROM attachments
  UNION ALL SELECT 'results', id, "storageKey", ARRAY[sha256] FROM results WHERE "storageKey" IS NOT NULL
  UNION ALL SELECT 'issued_papers', id, "storageKey", "fileHashes" FROM issued_papers WHERE "storageKey" IS NOT NULL
  UNION ALL SELECT 'receipt_signatures', "dossierId", "storageKey", ARRAY[sha256] FROM receipt_signatures
  UNION ALL SELECT 'scans', id, "storageKey", ARRAY[sha256] FROM scans
  UNION ALL SELECT 'filing_batch_papers', p.id, p."storageKey", ARRAY[p.sha256] FROM filing_batch_papers p
    JOIN filing_batch_rows r ON r."batchId" = p."batchId" AND r.number = p.number AND r."draftId" IS NULL
  UNION ALL SELECT 'personal_exports', id, "storageKey", ARRAY[sha256] FROM personal_exports
    WHERE "storageKey" IS NOT NULL
  UNION ALL SELECT 'register_files', id, "storageKey", '{}' FROM register_files WHERE "storageKey" IS NOT NULL`;
const NAMED = Prisma.raw(namedFilesQuery);

/** Removes what no row names and is older than a day: uploads cut off, files whose transaction was rolled back. */
export const sweepFiles = ({ db, files, now }: Pick<Context, "db" | "files" | "now">): Promise<Swept> =>
  files.sweep(new Date(now.getTime() - DAY_MS), async (keys) => {
    const rows = await db.$queryRaw<{ key: string }[]>`
      SELECT key FROM (${NAMED}) AS named WHERE key = ANY(${keys})`;
    return rows.map(({ key }) => key);
  });

type StoredFile = { of: string; id: string; key: string; sums: string[] };

/** Every stored file that a row names, in the order of their keys. */
async function* storedFiles({ db }: Pick<Context, "db">): AsyncGenerator<StoredFile> {
  let after = "";
  for (;;) {
    const rows = await db.$queryRaw<StoredFile[]>`
      SELECT * FROM (${NAMED}) AS named WHERE key > ${after} ORDER BY key LIMIT ${BATCH}`;
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.key;
  }
}

export type BrokenFile = Pick<StoredFile, "of" | "id" | "key"> & { why: "missing" | "altered" };

/**
 * Reads every stored file and compares it with the sum that was taken when it came in.
 * @param onBroken told of each that is missing or altered
 */
export async function verifyFiles(
  ctx: Pick<Context, "db" | "files">,
  onBroken: (broken: BrokenFile) => void,
): Promise<{ files: number; bytes: number; broken: number }> {
  const found = { files: 0, bytes: 0, broken: 0 };
  for await (const { sums, ...file } of storedFiles(ctx)) {
    found.files++;
    const hash = createHash("sha256");
    let why: BrokenFile["why"] | null = null;
    try {
      for await (const chunk of await ctx.files.open(file.key)) {
        hash.update(chunk as Buffer);
        found.bytes += (chunk as Buffer).length;
      }
      if (sums.length > 0 && !sums.includes(hash.digest("hex"))) why = "altered";
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      why = "missing";
    }
    if (!why) continue;
    found.broken++;
    onBroken({ ...file, why });
  }
  return found;
}
