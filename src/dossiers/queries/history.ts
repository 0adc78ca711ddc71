import type { Context } from "#platform/context.ts";
import { firstBrokenLink } from "../events.ts";

const BATCH = 500;

export type Break = { dossierId: string; reference: string; seq: number; why: "altered" | "missing" };
export type HistoryReport = { dossiers: number; events: number; breaks: Break[] };

/**
 * Reads every dossier's history from its first row and compares its end with what the dossier itself says: an altered,
 * reordered, removed or cut-off row is found, whoever did it. Reads in batches, so that years of dossiers fit.
 * @param most breaks named at most; reading goes on to the end, so that the counts are whole
 */
export async function verifyHistory(ctx: Pick<Context, "db">, most = 20): Promise<HistoryReport> {
  const report: HistoryReport = { dossiers: 0, events: 0, breaks: [] };
  let after: string | undefined;
  for (;;) {
    const batch = await ctx.db.dossier.findMany({
      where: after ? { id: { gt: after } } : {},
      orderBy: { id: "asc" },
      take: BATCH,
      relationLoadStrategy: "query",
      select: {
        id: true,
        reference: true,
        lastEventSeq: true,
        lastEventHash: true,
        events: { orderBy: { seq: "asc" } },
      },
    });
    for (const { id, reference, events, lastEventSeq, lastEventHash } of batch) {
      report.dossiers += 1;
      report.events += events.length;
      const last = events.at(-1);
      const altered = firstBrokenLink(events);
      const isCut = altered === null && (last?.seq !== lastEventSeq || last.hash !== lastEventHash);
      if ((altered !== null || isCut) && report.breaks.length < most)
        report.breaks.push({
          dossierId: id,
          reference,
          seq: altered ?? Math.min(lastEventSeq, (last?.seq ?? 0) + 1),
          why: altered === null ? "missing" : "altered",
        });
    }
    after = batch.at(-1)?.id;
    if (batch.length < BATCH) return report;
  }
}
