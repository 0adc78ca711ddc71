import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { type Figures, sumOf, yearOf } from "../rules/figures.ts";
import { findEnglishNames } from "./versions.ts";
import { onForgetCatalogue } from "./vocabulary.ts";

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

/** `english`: its name where the definition has one. */
export type WellKnown = { code: string; name: string; english: string | null; sector: string };

const wellKnown = remember(REMEMBERED_MS, async ({ db, now }: Asker, _key: "all"): Promise<WellKnown[]> => {
  // In January the year before still says what people need.
  const since = yearOf(now).year - 1;
  const rows = await db.$queryRaw<Omit<WellKnown, "english">[]>`
    SELECT c.code, c.name, COALESCE(c.sector, '') AS sector
    FROM catalogue_entries c
    JOIN procedures p ON p.code = c.code
    LEFT JOIN (SELECT "procedureId", sum(received) AS filed FROM procedure_figures WHERE year >= ${since} GROUP BY 1) f ON f."procedureId" = p.id
    WHERE c.configured
    ORDER BY COALESCE(f.filed, 0) DESC, c.code
    LIMIT 12`;
  const english = await findEnglishNames(
    { db, now },
    rows.map(({ code }) => ({ code, configured: true })),
  );
  return rows.map((row) => ({ ...row, english: english.get(row.code) ?? null }));
});

/** The procedures configured here that were filed most this year and last, at most twelve; at most a minute old. */
export const listWellKnown = (ctx: Asker): Promise<WellKnown[]> => wellKnown.find(ctx, "all");

onForgetCatalogue((ctx) => wellKnown.forget(ctx));

/** After this process counted anew. */
export const forgetFigures = (ctx: Pick<Asker, "db">): void => {
  figures.forget(ctx);
  wellKnown.forget(ctx);
};
