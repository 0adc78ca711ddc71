import type { Citizen, Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { isId } from "../queries.ts";
import { freshSince } from "../rules.ts";

export type Partial = {
  id: string;
  control: string;
  name: string;
  size: number;
  fileDate: Date | null;
  place: string;
  attachmentId: string | null;
  createdAt: Date;
  /** How many of its bytes arrived. */
  received: number;
};

/** A file of the citizen's own draft that is on its way; anybody else's does not exist, nor one that was begun a day ago. */
export async function findOwnPartial(ctx: Context<Citizen>, draftId: string, id: string): Promise<Partial> {
  if (!isId(draftId) || !isId(id)) throw notFound();
  const partial = await ctx.db.partialUpload.findFirst({
    where: {
      id,
      draftId,
      draft: { accountId: ctx.actor.accountId },
      createdAt: { gt: freshSince(ctx.now) },
    },
  });
  if (!partial) throw notFound();
  if (partial.attachmentId !== null) return { ...partial, received: partial.size };
  const received = await ctx.files.partials.lengthOf(partial.place);
  if (received === null) throw notFound();
  return { ...partial, received };
}

/** What of a draft's files is still on its way, the first begun first. */
export async function listPartials(ctx: Context<Citizen>, draftId: string): Promise<Partial[]> {
  const partials = await ctx.db.partialUpload.findMany({
    where: {
      draftId,
      draft: { accountId: ctx.actor.accountId },
      attachmentId: null,
      createdAt: { gt: freshSince(ctx.now) },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const lengths = await Promise.all(partials.map(({ place }) => ctx.files.partials.lengthOf(place)));
  return partials.flatMap((partial, i) => {
    const received = lengths[i];
    return received === null || received === undefined ? [] : [{ ...partial, received }];
  });
}
