import { Router } from "express";
import { findMissingYear } from "#calendar/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { render } from "#platform/render.ts";
import { findScanning } from "#scanning/index.ts";
import { ListQuery } from "./inputs.ts";
import { adminHomePage, agencyListPage, agencyPage, peopleListPage, procedureListPage } from "./pages.ts";
import { countHoldings, findAgencyDetails, listAgencyRows, listPeople, listProcedureRows } from "./queries.ts";

/** Under /quan-tri. */
export const adminRoutes = Router();

const asAdmin = (ctx: Context): Context<Admin> => ctx as Context<Admin>;

adminRoutes.get("/", async (req, res) => {
  const [counts, missingYear, scanning] = await Promise.all([
    countHoldings(asAdmin(req.ctx)),
    findMissingYear(req.ctx),
    findScanning(req.ctx),
  ]);
  render(res, "admin/home", adminHomePage(counts, { missingYear, scanning }, res.locals.t as Translate));
});

adminRoutes.get("/co-quan", async (req, res) => {
  const { q, trang } = readQuery(ListQuery, req.query);
  render(
    res,
    "admin/list",
    agencyListPage(await listAgencyRows(asAdmin(req.ctx), q, trang), q, res.locals.t as Translate),
  );
});

adminRoutes.get("/co-quan/:id", async (req, res) => {
  render(
    res,
    "admin/agency",
    agencyPage(await findAgencyDetails(asAdmin(req.ctx), req.params.id), res.locals.t as Translate),
  );
});

adminRoutes.get("/nguoi-dung", async (req, res) => {
  const { q, trang } = readQuery(ListQuery, req.query);
  render(res, "admin/list", peopleListPage(await listPeople(asAdmin(req.ctx), q, trang), q, res.locals.t as Translate));
});

adminRoutes.get("/thu-tuc", async (req, res) => {
  const { trang } = readQuery(ListQuery, req.query);
  render(
    res,
    "admin/list",
    procedureListPage(await listProcedureRows(asAdmin(req.ctx), trang), res.locals.t as Translate),
  );
});
