import { type Request, type Response, Router } from "express";
import { findDirectory } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { confirmForm, renameForm } from "../actions.ts";
import { ResultTemplate } from "../filling/result.ts";
import { RenameInput } from "../inputs.ts";
import { formPage, formsPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { listForms, listSeries } from "../queries.ts";
import type { PaperForm } from "../rules.ts";
import { fingerprintOf } from "../snapshot.ts";

/** Under /quan-tri. */
export const adminRoutes = Router();

const adminOf = (req: Pick<Request, "ctx">): Context<Admin> => req.ctx as Context<Admin>;
const words = (res: Response): Translate => res.locals.t as Translate;

async function findForm(ctx: Context, id: string): Promise<PaperForm> {
  const form = (await listForms(ctx)).find((one) => one.id === id);
  if (!form) throw notFound();
  return form;
}

adminRoutes.get("/bieu-mau", async (req, res) => {
  const [forms, series, { agencyOf }] = await Promise.all([
    listForms(req.ctx),
    listSeries(req.ctx),
    findDirectory(req.ctx),
  ]);
  const agencyName = (id: string): string => agencyOf(id)?.name ?? "";
  render(res, "documents/page", formsPage({ forms, series, agencyName }, words(res)));
});

const showForm = async (req: Request<{ id: string }>, res: Response, typed: Form): Promise<void> =>
  render(
    res,
    "documents/page",
    formPage(await findForm(req.ctx, req.params.id), typed, isoDay(req.ctx.now), words(res)),
  );

adminRoutes.get("/bieu-mau/:id", (req, res) => showForm(req, res, emptyForm));

adminRoutes.get("/bieu-mau/:id/xem", async (req, res) => {
  const form = await findForm(req.ctx, req.params.id);
  if (form.kind === "register") throw notFound();
  const { samplePaper } = await import("../printing/samples.ts");
  const { drawPaper } = await import("../printing/papers.ts");
  const paper =
    form.kind === "result"
      ? samplePaper(form, form.kind, ResultTemplate.parse(form.content))
      : samplePaper(form, form.kind);
  const bytes = await drawPaper(paper, fingerprintOf(paper));
  res.set({ "Content-Type": "application/pdf", "Content-Disposition": "inline" }).send(bytes);
});

adminRoutes.post("/bieu-mau/:id/xac-nhan", async (req, res) => {
  const { id } = await findForm(req.ctx, req.params.id);
  await confirmForm(adminOf(req), id);
  leaveNotice(req as unknown as Request, "success", words(res)("documents.forms.confirmDone"));
  redirect(res, paths.form(id));
});

adminRoutes.post("/bieu-mau/:id/doi-ten", async (req, res) => {
  const { id } = await findForm(req.ctx, req.params.id);
  const input = readForm(RenameInput, req);
  if (!input.ok) return showForm(req, res.status(422), input.form);
  await renameForm(adminOf(req), id, input.data);
  leaveNotice(req as unknown as Request, "success", words(res)("documents.forms.renamed"));
  redirect(res, paths.forms);
});
