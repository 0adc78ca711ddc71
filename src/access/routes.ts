import { Router } from "express";
import { adminSections } from "#admin/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { render } from "#platform/render.ts";
import { PersonQuery } from "./inputs.ts";
import { matrixPage } from "./pages.ts";
import { paths } from "./paths.ts";
import { findHolder } from "./queries.ts";

/** Under /quan-tri. */
export const adminRoutes = Router();

adminRoutes.get("/quyen", async (req, res) => {
  const ctx = req.ctx as Context<Admin>;
  const t = res.locals.t as Translate;
  const { nguoi } = readQuery(PersonQuery, req.query);
  const holder = nguoi ? await findHolder(ctx, nguoi) : null;
  render(res, "access/matrix", matrixPage(nguoi, holder, adminSections(paths.matrix, t, ctx.actor), t));
});
