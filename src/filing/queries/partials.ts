import { draftedBy, ownedBy } from "#companies/rules.ts";
import type { Beside } from "#dossiers/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
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

/** Everything of the citizen's own that is on its way, beside whatever. */
export const ownPartials = ({
  actor: { accountId },
  now,
}: Pick<Context<Citizen>, "actor" | "now">): Prisma.PartialUploadWhereInput => ({
  OR: [{ draft: draftedBy(accountId) }, { supplement: { answeredAt: null, dossier: ownedBy(accountId, "act") } }],
  createdAt: { gt: freshSince(now) },
});

/** A file that is on its way to the citizen's own; anybody else's does not exist, nor one that was begun a day ago. */
export async function findOwnPartial(ctx: Context<Citizen>, beside: Beside, id: string): Promise<Partial> {
  if (![...Object.values(beside), id].every(isId)) throw notFound();
  const partial = await ctx.db.partialUpload.findFirst({ where: { ...ownPartials(ctx), ...beside, id } });
  if (!partial) throw notFound();
  if (partial.attachmentId !== null) return { ...partial, received: partial.size };
  const received = await ctx.files.partials.lengthOf(partial.place);
  if (received === null) throw notFound();
  return { ...partial, received };
}

/** What is still on its way, the first begun first. */
export async function listPartials(ctx: Context<Citizen>, beside: Beside): Promise<Partial[]> {
  const partials = await ctx.db.partialUpload.findMany({
    where: { ...ownPartials(ctx), ...beside, attachmentId: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const lengths = await Promise.all(partials.map(({ place }) => ctx.files.partials.lengthOf(place)));
  return partials.flatMap((partial, i) => {
    const received = lengths[i];
    return received === null || received === undefined ? [] : [{ ...partial, received }];
  });
}
