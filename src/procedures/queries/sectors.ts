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
const slugOfEntry = ({ sector }: LookedUp): string => (sector === null ? NO_SECTOR : slugOf(sector));

const counted = new WeakMap<Catalogue["lookup"], Sector[]>();

/** Every sector of the catalogue with how many procedures it has, in order of their names. No query when warm. */
export async function listSectors(ctx: Asker): Promise<Sector[]> {
  const { lookup } = await findCatalogue(ctx);
  const known = counted.get(lookup);
  if (known) return known;
  const bySlug = new Map<string, Sector>();
  for (const entry of lookup.entries) {
    const slug = slugOfEntry(entry);
    const sector = bySlug.get(slug);
    if (sector) sector.count++;
    else bySlug.set(slug, { slug, name: entry.sector, count: 1 });
  }
  const sectors = [...bySlug.values()].sort((a, b) =>
    a.name === null ? 1 : b.name === null ? -1 : collator.compare(a.name, b.name),
  );
  counted.set(lookup, sectors);
  return sectors;
}

/** All procedures of a sector, in order of their names. No query when warm. @throws Refusal 404 */
export async function listOfSector(ctx: Asker, slug: string): Promise<{ name: string | null; rows: CatalogueRow[] }> {
  const { lookup } = await findCatalogue(ctx);
  const rows = lookup.entries.filter((entry) => slugOfEntry(entry) === slug);
  const first = rows[0];
  if (!first) throw notFound();
  return { name: first.sector, rows: rows.sort((a, b) => collator.compare(a.name, b.name)) };
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
