import { dateOf } from "#calendar/index.ts";
import type { Context } from "#platform/context.ts";
import { inTransaction, Prisma, type Tx } from "#platform/db.ts";
import { type Head, type RootFacts, rootHash } from "../events.ts";

const BATCH = 5000;

/** The dossiers that moved on since the root before, in the order of their ids. */
const changedAfter = (tx: Tx, after: string | null): Promise<Head[]> => tx.$queryRaw<Head[]>`
  SELECT d.id AS "dossierId", d."lastEventSeq" AS seq, d."lastEventHash" AS hash FROM dossiers d
  WHERE (${after}::uuid IS NULL OR d.id > ${after}::uuid)
    AND NOT EXISTS (SELECT FROM history_heads h WHERE h."dossierId" = d.id AND h.seq = d."lastEventSeq")
  ORDER BY d.id LIMIT ${BATCH}`;

/**
 * Takes the root over all histories of a day: a hash over the number and hash of the last row of each dossier that moved
 * on since the root before, chained to that root, so that it answers for every history there was. Once a day; run again,
 * it does nothing.
 * @returns the root, or null when the day has one
 */
export async function takeRoot(ctx: Context): Promise<(RootFacts & { root: string }) | null> {
  const day = dateOf(ctx.now);
  if ((await ctx.db.historyRoot.count({ where: { day } })) > 0) return null;
  return inTransaction(ctx, async (tx) => {
    // One moment for all of it: what is written meanwhile belongs to the next root.
    await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`;
    const before = await tx.historyRoot.findFirst({
      orderBy: { number: "desc" },
      select: { number: true, root: true },
    });
    const [counted] = await tx.$queryRaw<{ dossiers: number; changed: number }[]>`
      SELECT count(*)::int AS dossiers, (count(*) FILTER (WHERE NOT EXISTS (
        SELECT FROM history_heads h WHERE h."dossierId" = d.id AND h.seq = d."lastEventSeq")))::int AS changed
      FROM dossiers d`;
    const facts = {
      number: (before?.number ?? 0) + 1,
      day,
      dossiers: counted?.dossiers ?? 0,
      changed: counted?.changed ?? 0,
      prevRoot: before?.root ?? "",
    };
    const hash = rootHash(facts);
    for (let after: string | null = null; ; ) {
      const heads: Head[] = await changedAfter(tx, after);
      for (const head of heads) hash.add(head);
      after = heads.at(-1)?.dossierId ?? null;
      if (!after || heads.length < BATCH) break;
    }
    const root = { ...facts, root: hash.end() };
    await tx.historyRoot.create({ data: { ...root, at: ctx.now } });
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO history_heads ("dossierId", seq, hash, "rootNumber")
      SELECT d.id, d."lastEventSeq", d."lastEventHash", ${root.number} FROM dossiers d
      WHERE NOT EXISTS (SELECT FROM history_heads h WHERE h."dossierId" = d.id AND h.seq = d."lastEventSeq")`);
    return root;
  });
}
