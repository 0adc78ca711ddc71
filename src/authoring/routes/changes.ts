import { Router } from "express";
import { render } from "#platform/render.ts";
import { changesPage } from "../pages/changes.ts";
import { HISTORY_KINDS, listHistory } from "../queries/history.ts";
import { adminOf, textIn, words } from "./asking.ts";

/** The history of everything that administrators configure. */
export const routes = Router();

routes.get("/lich-su", async (req, res) => {
  const kind = HISTORY_KINDS.find((one) => one === req.query["loai"]) ?? null;
  const until = new Date(textIn(req.query, "truoc"));
  const rows = await listHistory(adminOf(req), { kind, until: Number.isNaN(until.getTime()) ? null : until });
  render(res, "authoring/page", changesPage(rows, kind, words(res)));
});
