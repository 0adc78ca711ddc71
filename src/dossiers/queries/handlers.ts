import type { Citizen, Context } from "#platform/context.ts";
import type { FullDossier } from "./own.ts";

/** An officer by name, with what they are at an agency. */
export type Handler = { name: string; titleAt: (agencyId: string | null) => string | null };

/**
 * Who of the officers had a part in a dossier that the caller has shown to be theirs, by account: an applicant is told
 * who handles their dossier (NĐ 224/2026 Đ15.1.g). One query.
 */
export async function listHandlers(ctx: Context<Citizen>, dossier: FullDossier): Promise<Map<string, Handler>> {
  const ids = new Set([
    ...dossier.events.flatMap(({ actorKind, actorId }) => (actorKind === "officer" && actorId ? [actorId] : [])),
    ...dossier.stepRuns.flatMap(({ assigneeId }) => (assigneeId ? [assigneeId] : [])),
  ]);
  if (ids.size === 0) return new Map();
  const people = await ctx.db.account.findMany({
    where: { id: { in: [...ids] }, kind: "officer" },
    relationLoadStrategy: "join",
    select: { id: true, displayName: true, postings: { select: { agencyId: true, title: true } } },
  });
  return new Map(
    people.map(({ id, displayName, postings }) => [
      id,
      {
        name: displayName,
        titleAt: (agencyId) =>
          postings.find((posting) => posting.agencyId === agencyId && posting.title)?.title ?? null,
      },
    ]),
  );
}
