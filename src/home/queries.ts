import type { Context } from "#platform/context.ts";
import { countCatalogue, listWellKnown } from "#procedures/index.ts";

/** What the home page tells of the catalogue: how many procedures by level of online service, and the best known. */
export async function readFrontDoor(ctx: Context) {
  const [counts, wellKnown] = await Promise.all([countCatalogue(ctx), listWellKnown(ctx)]);
  return { counts, wellKnown };
}
