import { Router } from "express";
import { notFound } from "#platform/refusal.ts";
import { paths } from "./paths.ts";
import { findUnitLists } from "./queries.ts";

export const publicRoutes = Router();

/** Units change by law, a few times in a decade: a browser may keep its list for a day. */
const DAY_S = 86_400;

/** The communes of a province as choices, for address controls where scripts run. No query when warm. */
publicRoutes.get(`${paths.communes}/:province`, async (req, res) => {
  const { communesOf } = await findUnitLists(req.ctx);
  const communes = communesOf(req.params.province);
  if (communes.length === 0) throw notFound();
  res.set("Cache-Control", `public, max-age=${DAY_S}`);
  res.json(communes.map(({ value, text }) => ({ value, text })));
});
