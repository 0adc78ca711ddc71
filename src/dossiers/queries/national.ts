import type { Context } from "#platform/context.ts";
import { findVersion } from "#procedures/index.ts";
import { nationalPayload } from "../rules/national.ts";
import { NationalPayload } from "../rules/payload.ts";
import type { FullDossier } from "./own.ts";
import { namesOf } from "./work.ts";

/** A dossier that somebody may see, as the national portal would be told of it. Nothing is sent. */
export async function renderNational(ctx: Context, dossier: FullDossier): Promise<NationalPayload> {
  const { code, definition } = await findVersion(ctx, dossier.procedureVersionId);
  const names = await namesOf(ctx, [
    ...dossier.events.map(({ actorId }) => actorId),
    ...dossier.supplements.flatMap(({ requestedById, answeredById }) => [requestedById, answeredById]),
  ]);
  const procedure = {
    code,
    name: definition.name.vi,
    sectorCode: null,
    sectorName: definition.sector,
    papers: new Map(definition.requirements.map(({ id, name }) => [id, name.vi])),
  };
  return NationalPayload.parse(nationalPayload(dossier, procedure, (id) => (id && names.get(id)) || null));
}
