import { Router } from "express";
import { findMissingYear } from "#calendar/index.ts";
import { findDirectory } from "#organizations/index.ts";
import { readQuery } from "#platform/form.ts";
import { render } from "#platform/render.ts";
import { findScanning } from "#scanning/index.ts";
import { ListQuery } from "./inputs.ts";
import { adminHomePage, procedureListPage } from "./pages.ts";
import { countHoldings, listProcedureRows } from "./queries.ts";
import { routes as agencies } from "./routes/agencies.ts";
import { adminOf, keepWithinReach, words } from "./routes/asking.ts";
import { routes as offerings } from "./routes/offerings.ts";
import { routes as people } from "./routes/people.ts";
import { routes as sheets } from "./routes/sheets.ts";

/** Under /quan-tri; the first of its routers, so that nobody's reach is forgotten in another room. */
export const adminRoutes = Router();

adminRoutes.use(keepWithinReach);

adminRoutes.get("/", async (req, res) => {
  const ctx = adminOf(req);
  const { agencyId } = ctx.actor;
  const [counts, missingYear, scanning, { agencyOf }] = await Promise.all([
    countHoldings(ctx),
    findMissingYear(req.ctx),
    findScanning(req.ctx),
    findDirectory(ctx),
  ]);
  const keptAgency = agencyId === undefined ? null : (agencyOf(agencyId)?.name ?? "");
  render(res, "admin/home", adminHomePage(counts, { missingYear, scanning, admin: ctx.actor, keptAgency }, words(res)));
});

adminRoutes.get("/thu-tuc", async (req, res) => {
  const { trang } = readQuery(ListQuery, req.query);
  render(res, "admin/page", procedureListPage(await listProcedureRows(adminOf(req), trang), words(res)));
});

// Files first: "nhap" and "don-vi-hanh-chinh" are nobody's id.
adminRoutes.use(sheets, agencies, people, offerings);
