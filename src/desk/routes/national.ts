import type { Request, RequestHandler } from "express";
import { renderNational } from "#dossiers/index.ts";
import { find } from "./dossier.ts";
import { officerOf } from "./speech.ts";

/** The dossier as the national portal would be told of it, to look at. */
export const showNational: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  res.json(await renderNational(ctx, await find(ctx, req.params.id)));
};
