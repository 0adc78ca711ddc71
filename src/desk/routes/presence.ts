import type { Request, RequestHandler } from "express";
import { notFound } from "#platform/refusal.ts";
import { noteVisit } from "../actions/presence.ts";
import { isId } from "../inputs.ts";
import { presenceText } from "../pages/presence.ts";
import { officerOf, translate } from "./speech.ts";

/** An open dossier page says every half minute that it is still looked at, and learns who else looks. */
export const stayHere: RequestHandler<{ id: string }> = async (req, res) => {
  if (!isId(req.params.id)) throw notFound();
  const present = await noteVisit(officerOf(req as Request), req.params.id);
  res.json({ text: presenceText(present, translate(res)) });
};
