import { listNotices } from "#content/index.ts";
import type { Context } from "#platform/context.ts";
import { countCatalogue, findFigures, listWellKnown } from "#procedures/index.ts";

/** What the home page tells of the catalogue, of the year so far, and of what is new. No query when warm. */
export async function readFrontDoor(ctx: Context) {
  const [counts, wellKnown, year, notices] = await Promise.all([
    countCatalogue(ctx),
    listWellKnown(ctx),
    findFigures(ctx),
    listNotices(ctx),
  ]);
  return { counts, wellKnown, year, notices };
}
