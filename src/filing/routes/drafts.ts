import { type Request, type Response, Router } from "express";
import { sendFile } from "#platform/downloads.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { openHandedIn } from "#platform/scanning.ts";
import { leaveNotice } from "#platform/session.ts";
import type { Submitted } from "#procedures/index.ts";
import { deleteDraft } from "../actions.ts";
import { deletePage, tasksPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findOwnDraft } from "../queries.ts";
import { checklist, helperPage, PAGES, slugOf, type WizardPage, wizardPages } from "../rules.ts";
import { saveForm, showForm } from "./form.ts";
import { citizenOf, keepLate, openDraft, speechOf } from "./opening.ts";
import { savePapers, showPapers } from "./papers.ts";

export const draftRoutes = Router();

draftRoutes.get("/ban-nhap/:id", async (req, res) => {
  const found = await openDraft(req, res);
  if (!found) return;
  const { draft, loaded } = found.opened;
  const next = checklist(loaded.definition, draft, draft.files, found.context).find(({ state }) => state !== "done");
  redirect(res, paths.draftPage(draft.id, next?.page.slug ?? PAGES.check));
});

draftRoutes.get("/ban-nhap/:id/cac-phan", async (req, res) => {
  const found = await openDraft(req, res);
  if (!found) return;
  const { draft, loaded } = found.opened;
  const checked = checklist(loaded.definition, draft, draft.files, found.context);
  render(res, "filing/incomplete", tasksPage(found.opened, checked));
});

draftRoutes.get("/ban-nhap/:id/xoa", async (req, res) => {
  const found = await openDraft(req, res);
  if (found) render(res, "filing/delete", deletePage(found.opened));
});

draftRoutes.post("/ban-nhap/:id/xoa", async (req, res) => {
  await deleteDraft(citizenOf(req), req.params.id);
  leaveNotice(req, "success", speechOf(req, res).t("filing.dossiers.deleted"));
  redirect(res, paths.dossiers);
});

draftRoutes.get("/ban-nhap/:id/tep/:fileId", async (req, res) => {
  const ctx = citizenOf(req);
  const draft = await findOwnDraft(ctx, req.params.id);
  const file = draft.files.find(({ id }) => id === req.params.fileId);
  if (!file) throw notFound();
  await sendFile(res, await openHandedIn(ctx, file), { ...file, disposition: "inline" });
});

/** The page of the wizard that the address names; one that these answers no longer ask for leads to the check page. */
async function openPage(req: Request, res: Response) {
  const found = await openDraft(req, res);
  if (!found) return null;
  const { draft, loaded } = found.opened;
  const slug = String(req.params["page"]);
  const pages = [...wizardPages(loaded.definition, draft.caseId, draft.content), helperPage];
  const page = pages.find((one) => one.slug === slug);
  if (page && page.kind !== "check") return { ...found, page: page as Exclude<WizardPage, { kind: "check" }> };
  const isKnown =
    loaded.definition.form.pages.some(({ id }) => slugOf(id) === slug) || Object.values<string>(PAGES).includes(slug);
  if (!isKnown && draft.content.renewal) {
    // A page of the older version: what was typed there is told with the rest of what changed.
    await keepLate(citizenOf(req), found.opened, (req.body as Submitted | undefined) ?? {});
    redirect(res, paths.tasks(draft.id));
    return null;
  }
  if (!isKnown) throw notFound();
  redirect(res, paths.draftPage(draft.id, PAGES.check));
  return null;
}

draftRoutes.get("/ban-nhap/:id/:page", async (req, res) => {
  const found = await openPage(req, res);
  if (!found) return;
  if (found.page.kind === "papers") await showPapers(req, res, found.opened);
  else await showForm(req, res, found.opened, found.page, found.context);
});

draftRoutes.post("/ban-nhap/:id/:page", async (req, res) => {
  const found = await openPage(req, res);
  if (!found) return;
  if (found.page.kind === "papers") await savePapers(req, res, found.opened);
  else await saveForm(req, res, found.opened, found.page, found.context);
});
