import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { type Figures, sumOf, yearOf } from "../rules/figures.ts";

type Asker = Pick<Context, "db" | "now">;

/** How the procedures configured here fared since 1 January, as last counted. */
export type YearFigures = {
  year: number;
  countedAt: Date;
  all: Figures;
  byCode: ReadonlyMap<string, Figures>;
};

const REMEMBERED_MS = 60_000;

const figures = remember(
  REMEMBERED_MS,
  async ({ db }: Pick<Asker, "db">, year: number): Promise<YearFigures | null> => {
    const rows = await db.procedureFigures.findMany({
      where: { year },
      include: { procedure: { select: { code: true } } },
    });
    const first = rows[0];
    if (!first) return null;
    return {
      year,
      countedAt: first.countedAt,
      all: sumOf(
        rows.map(({ received, receivedOnline, resolved, dueResolved, onTime, rated, satisfied }) => ({
          received,
          receivedOnline,
          resolved,
          dueResolved,
          onTime,
          rated,
          satisfied,
        })),
      ),
      byCode: new Map(rows.map(({ procedure, ...row }) => [procedure.code, row])),
    };
  },
);

/** The figures of the year of `ctx.now`, a minute old at most; null while nothing was counted. No query when warm. */
export const findFigures = (ctx: Asker): Promise<YearFigures | null> => figures.find(ctx, yearOf(ctx.now).year);
