import { type Request, type Response, Router } from "express";
import type { Context, Officer } from "#platform/context.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { confirmCompany } from "../actions.ts";
import { codeIn, confirmInput } from "../inputs.ts";
import { deskPage, toConfirmPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findToConfirm, listByTaxCode } from "../queries.ts";

/** Under /mot-cua: companies are confirmed by whichever desk their representative comes to. */
export const officerRoutes = Router();

const words = (res: Response): Translate => res.locals.t as Translate;

/** The officer's context and the desk at which they sit. @throws Refusal 403 for who sits at none */
function atDesk(req: Request): { ctx: Context<Officer>; agencyId: string } {
  const ctx = req.ctx as Context<Officer>;
  const desk = ctx.actor.postings.find(({ role }) => role === "desk");
  if (!desk) throw new Refusal("platform.refused.forbidden", 403);
  return { ctx, agencyId: desk.agencyId };
}

officerRoutes.get("/to-chuc", async (req, res) => {
  const { ctx } = atDesk(req);
  const asked = codeIn(req.query["q"]);
  render(res, "companies/page", deskPage(asked, asked ? await listByTaxCode(ctx, asked) : [], words(res)));
});

async function show(req: Request, res: Response, form: Form = emptyForm): Promise<void> {
  const { ctx } = atDesk(req);
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  const company = await findToConfirm(ctx, req.params["id"]);
  render(res.status(status), "companies/page", toConfirmPage(company, form, words(res)));
}

officerRoutes.get("/to-chuc/:id", (req, res) => show(req as unknown as Request, res));

officerRoutes.post("/to-chuc/:id/xac-nhan", async (req, res) => {
  const request = req as unknown as Request;
  const { ctx, agencyId } = atDesk(request);
  const { hasOther } = await findToConfirm(ctx, req.params.id);
  const input = readForm(confirmInput(hasOther), req);
  if (!input.ok) return show(request, res, input.form);
  const { id, name } = await confirmCompany(ctx, req.params.id, { ...input.data, agencyId });
  leaveNotice(request, "success", words(res)("companies.desk.done", { name }));
  redirect(res, paths.deskCompany(id));
});
