import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { NationalLine } from "../inputs.ts";
import { yearOf } from "../rules/figures.ts";
import { findEnglishNames } from "./versions.ts";
import { onForgetCatalogue } from "./vocabulary.ts";

type Asker = Pick<Context, "db">;

/** The record of the national catalogue under this code; null when there is none. One query. */
export async function findNationalRecord({ db }: Asker, code: string): Promise<NationalLine | null> {
  const row = await db.nationalRecord.findUnique({ where: { code }, select: { raw: true } });
  return row ? NationalLine.parse(row.raw) : null;
}

export type CatalogueCounts = { total: number; full: number; partial: number; information: number };

const counts = remember(30_000, async ({ db }: Asker, _key: "all"): Promise<CatalogueCounts> => {
  const groups = await db.catalogueEntry.groupBy({ by: ["serviceLevel"], _count: { _all: true } });
  const of = (level: string): number => groups.find(({ serviceLevel }) => serviceLevel === level)?._count._all ?? 0;
  const total = groups.reduce((sum, { _count }) => sum + _count._all, 0);
  return { total, full: of("full"), partial: of("partial"), information: of("information") };
});

/** How many procedures the catalogue shows, whole and by level of online service; at most 30 s old. */
export const countCatalogue = (ctx: Asker): Promise<CatalogueCounts> => counts.find(ctx, "all");

/** `english`: its name where the definition has one. */
export type WellKnown = { code: string; name: string; english: string | null; sector: string };

const wellKnown = remember(
  60_000,
  async ({ db, now }: Asker & Pick<Context, "now">, _key: "all"): Promise<WellKnown[]> => {
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
  },
);

/** The procedures configured here that were filed most this year and last, at most twelve; at most a minute old. */
export const listWellKnown = (ctx: Asker & Pick<Context, "now">): Promise<WellKnown[]> => wellKnown.find(ctx, "all");

onForgetCatalogue((ctx) => {
  counts.forget(ctx);
  wellKnown.forget(ctx);
});

const names = remember(
  60_000,
  async ({ db }: Asker, code: string): Promise<string | null> =>
    (await db.catalogueEntry.findUnique({ where: { code }, select: { name: true } }))?.name ?? null,
);

/** What the catalogue calls a code; null when it does not know it. For links to related procedures. */
export const findName = (ctx: Asker, code: string): Promise<string | null> => names.find(ctx, code);
