import type { Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import type { CatalogueRow, LookedUp } from "../rules/lookup.ts";
import { slugOf } from "../rules/search.ts";
import { type Catalogue, findCatalogue } from "./vocabulary.ts";

type Asker = Pick<Context, "db">;

/** Under it stand procedures of which the source names no sector. */
const NO_SECTOR = "khac";

export type Sector = { slug: string; name: string | null; count: number };

const collator = new Intl.Collator("vi", { numeric: true });

type Shelf = Sector & { rows: LookedUp[] };
const sorted = new WeakMap<Catalogue["lookup"], ReadonlyMap<string, Shelf>>();

/** The catalogue by sectors, both in order of their names; sorted once. */
async function findShelves(ctx: Asker): Promise<ReadonlyMap<string, Shelf>> {
  const { lookup } = await findCatalogue(ctx);
  const known = sorted.get(lookup);
  if (known) return known;
  const byName = new Map<string | null, LookedUp[]>();
  for (const entry of lookup.entries) {
    const rows = byName.get(entry.sector);
    if (rows) rows.push(entry);
    else byName.set(entry.sector, [entry]);
  }
  const shelves = [...byName]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : collator.compare(a, b)))
    .map(([name, rows]): Shelf => {
      rows.sort((a, b) => collator.compare(a.name, b.name));
      return { slug: name === null ? NO_SECTOR : slugOf(name), name, count: rows.length, rows };
    });
  const bySlug = new Map<string, Shelf>();
  for (const shelf of shelves) {
    const same = bySlug.get(shelf.slug);
    // Two spellings of one name are one sector.
    if (same) bySlug.set(shelf.slug, { ...same, count: same.count + shelf.count, rows: [...same.rows, ...shelf.rows] });
    else bySlug.set(shelf.slug, shelf);
  }
  sorted.set(lookup, bySlug);
  return bySlug;
}

/** Every sector of the catalogue with how many procedures it has, in order of their names. No query when warm. */
export const listSectors = async (ctx: Asker): Promise<Sector[]> => [...(await findShelves(ctx)).values()];

/** All procedures of a sector, in order of their names. No query when warm. @throws Refusal 404 */
export async function listOfSector(
  ctx: Asker,
  slug: string,
): Promise<{ name: string | null; rows: readonly CatalogueRow[] }> {
  const shelf = (await findShelves(ctx)).get(slug);
  if (!shelf) throw notFound();
  return shelf;
}

const MOST_RELATED = 5;

/**
 * Procedures that people need around the same time: of the same life events first, then of the same sector; those that
 * can be filed here before others, those of other provinces last. No query when warm.
 */
export async function listRelated(ctx: Asker, code: string, named: readonly string[] = []): Promise<CatalogueRow[]> {
  const { lookup, lifeEvents } = await findCatalogue(ctx);
  const rowOf = (one: string): LookedUp[] => {
    const entry = lookup.entries[lookup.byCode.get(one) ?? -1];
    return entry ? [entry] : [];
  };
  const [own] = rowOf(code);
  const sharing = [...lifeEvents.values()].filter(({ codes }) => codes.includes(code)).flatMap(({ codes }) => codes);
  const ofEvents = [...new Set(sharing)].flatMap(rowOf).sort((a, b) => b.priority - a.priority);
  // Another province's own procedure helps nobody here, though it is of the same sector.
  const ofSector = own?.sector
    ? lookup.entries.filter(({ sector, priority }) => sector === own.sector && priority > 0)
    : [];
  const isNear = ({ sector }: LookedUp): boolean => sector === own?.sector;
  const ordered = [
    ...named.flatMap(rowOf),
    ...ofEvents.filter(isNear),
    ...ofSector.slice(0, MOST_RELATED + 1),
    ...ofEvents,
  ];
  const distinct = [...new Map(ordered.map((row) => [row.code, row])).values()].filter((row) => row.code !== code);
  return distinct.slice(0, Math.max(MOST_RELATED, named.length));
}
