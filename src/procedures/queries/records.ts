import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { NationalLine } from "../inputs.ts";
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

onForgetCatalogue((ctx) => counts.forget(ctx));

const names = remember(
  60_000,
  async ({ db }: Asker, code: string): Promise<string | null> =>
    (await db.catalogueEntry.findUnique({ where: { code }, select: { name: true } }))?.name ?? null,
);

/** What the catalogue calls a code; null when it does not know it. For links to related procedures. */
export const findName = (ctx: Asker, code: string): Promise<string | null> => names.find(ctx, code);
