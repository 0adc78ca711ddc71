import type { Context } from "#platform/context.ts";

/**
 * Sums up what acts noted in `dossier_tally_deltas` since the last time; what readers count stays the same before, during
 * and after it. Run twice, or twice at once, it counts nothing twice.
 * @returns how many rows it took
 */
export async function rollUpTallies({ db }: Pick<Context, "db">): Promise<number> {
  const [row] = await db.$queryRaw<{ taken: number }[]>`SELECT roll_up_dossier_tallies() AS taken`;
  return row?.taken ?? 0;
}
