import { Router } from "express";
import { clearFactors, endSessionsOf } from "#accounts/index.ts";
import { adminSections } from "#admin/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { PersonQuery } from "./inputs.ts";
import { matrixPage } from "./pages.ts";
import { paths } from "./paths.ts";
import { findHolder } from "./queries.ts";

/** Under /quan-tri. */
export const adminRoutes = Router();

/** For who lost the telephone and the recovery codes; the administrator makes sure of the person first. */
adminRoutes.post("/quyen/bo-buoc-hai", async (req, res) => {
  const ctx = req.ctx as Context<Admin>;
  const { nguoi } = readQuery(PersonQuery, (req.body as Record<string, unknown> | undefined) ?? {});
  const holder = nguoi ? await findHolder(ctx, nguoi) : null;
  if (!holder || holder.id === ctx.actor.accountId) throw notFound();
  await clearFactors(ctx, holder.id);
  leaveNotice(req, "success", (res.locals.t as Translate)("access.cleared"));
  redirect(res, paths.of(holder.username));
});

adminRoutes.post("/quyen/dang-xuat", async (req, res) => {
  const ctx = req.ctx as Context<Admin>;
  const { nguoi } = readQuery(PersonQuery, (req.body as Record<string, unknown> | undefined) ?? {});
  const holder = nguoi ? await findHolder(ctx, nguoi) : null;
  if (!holder) throw notFound();
  await endSessionsOf(ctx, holder.id);
  leaveNotice(req, "success", (res.locals.t as Translate)("access.ended"));
  redirect(res, paths.of(holder.username));
});

adminRoutes.get("/quyen", async (req, res) => {
  const ctx = req.ctx as Context<Admin>;
  const t = res.locals.t as Translate;
  const { nguoi } = readQuery(PersonQuery, req.query);
  const holder = nguoi ? await findHolder(ctx, nguoi) : null;
  render(res, "access/matrix", matrixPage(nguoi, holder, adminSections(paths.matrix, t, ctx.actor), t));
});
