import type { Context } from "#platform/context.ts";
import { type Head, rootHash } from "../events.ts";

const BATCH = 5000;

type Asking = Pick<Context, "db">;
export type StoredRoot = {
  number: number;
  day: string;
  at: Date;
  dossiers: number;
  changed: number;
  prevRoot: string;
  root: string;
};

/** All roots, the oldest first. */
export const listRoots = (ctx: Asking): Promise<StoredRoot[]> =>
  ctx.db.historyRoot.findMany({ orderBy: { number: "asc" } });

/** The heads that a root took in, in the order in which they were hashed. Reads in batches. */
export async function* headsOf(ctx: Asking, rootNumber: number): AsyncGenerator<Head> {
  for (let after: string | null = null; ; ) {
    const heads: Head[] = await ctx.db.historyHead.findMany({
      where: { rootNumber, ...(after ? { dossierId: { gt: after } } : {}) },
      orderBy: { dossierId: "asc" },
      take: BATCH,
      select: { dossierId: true, seq: true, hash: true },
    });
    yield* heads;
    after = heads.at(-1)?.dossierId ?? null;
    if (!after || heads.length < BATCH) return;
  }
}

export type RootBreak =
  /** The root, or what it was made from, is not as it was stored. */
  | { number: number; day: string; why: "root" }
  /** A row of a history that the root took in is gone, or another than it was. */
  | { number: number; day: string; why: "event"; dossierId: string; seq: number };

/**
 * Makes every stored root anew from what it was made from, and compares each head with the history as it stands: who
 * alters a row and mends the chain behind it is still found, as far back as there are roots.
 * @param exported roots kept elsewhere, by number: who alters these tables, too, is found by them
 */
export async function verifyRoots(
  ctx: Asking,
  exported: ReadonlyMap<number, string> = new Map(),
  most = 20,
): Promise<{ roots: number; breaks: RootBreak[] }> {
  const roots = await listRoots(ctx);
  const breaks: RootBreak[] = [];
  const tell = (found: RootBreak): void => void (breaks.length < most && breaks.push(found));
  let prevRoot = "";
  for (const stored of roots) {
    const { number, day, root } = stored;
    const hash = rootHash({ ...stored, prevRoot });
    for await (const head of headsOf(ctx, number)) hash.add(head);
    const known = exported.get(number);
    if (hash.end() !== root || (known !== undefined && known !== root)) tell({ number, day, why: "root" });
    prevRoot = root;
  }
  for (const number of exported.keys())
    if (!roots.some((stored) => stored.number === number)) tell({ number, day: "", why: "root" });
  const altered = await ctx.db.$queryRaw<{ number: number; day: string; dossierId: string; seq: number }[]>`
    SELECT r.number, r.day, h."dossierId", h.seq FROM history_heads h JOIN history_roots r ON r.number = h."rootNumber"
    LEFT JOIN dossier_events e ON e."dossierId" = h."dossierId" AND e.seq = h.seq
    WHERE e.hash IS DISTINCT FROM h.hash ORDER BY h."rootNumber", h."dossierId" LIMIT ${most}`;
  for (const found of altered) tell({ ...found, why: "event" });
  return { roots: roots.length, breaks };
}
