import type { Request, RequestHandler } from "express";
import { NationalPayload, namesOf, nationalPayload } from "#dossiers/index.ts";
import { findVersion } from "#procedures/index.ts";
import { find } from "./dossier.ts";
import { officerOf } from "./speech.ts";

/** The dossier as the national portal would be told of it, to look at. */
export const showNational: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const { code, definition } = await findVersion(ctx, dossier.procedureVersionId);
  const names = await namesOf(ctx, [
    ...dossier.events.map(({ actorId }) => actorId),
    ...dossier.supplements.flatMap(({ requestedById, answeredById }) => [requestedById, answeredById]),
  ]);
  const payload = nationalPayload(
    dossier,
    { code, name: definition.name.vi, sectorCode: null, sectorName: definition.sector },
    (id) => (id && names.get(id)) || null,
  );
  res.json(NationalPayload.parse(payload));
};
