import type { Request, Response } from "express";
import type { FieldError, FieldErrors } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { pick } from "#procedures/index.ts";
import { reuseFile } from "../actions.ts";
import { type Opened, papersPage, shelfOfDraft } from "../pages.ts";
import { paths } from "../paths.ts";
import { listPartials } from "../queries/partials.ts";
import { findReusable } from "../queries/reusable.ts";
import { controlOf, missingPapers, PAGES, pageAfter, replacingOf, wizardPages } from "../rules.ts";
import { citizenOf, reopen, textIn } from "./opening.ts";
import { pressedOff, takeFiles } from "./shelf.ts";

export async function showPapers(
  req: Request,
  res: Response,
  opened: Opened,
  { errors = {}, replacing = null }: { errors?: FieldErrors; replacing?: string | null } = {},
): Promise<void> {
  const ctx = citizenOf(req);
  const { draft } = opened;
  const [partials, reusable] = await Promise.all([
    listPartials(ctx, { draftId: draft.id }),
    findReusable(ctx, { ...draft, companyId: draft.filer?.id ?? null }, shelfOfDraft(opened).papers),
  ]);
  const asked = draft.files.find(({ id }) => id === (replacing ?? req.query["thay"]));
  render(
    res.status(Object.keys(errors).length > 0 ? 422 : 200),
    "filing/papers",
    papersPage(opened, { errors, replacing: asked?.id ?? null, partials, reusable }),
  );
}

const missingErrors = (opened: Opened): FieldErrors =>
  Object.fromEntries(
    missingPapers(shelfOfDraft(opened).papers, opened.draft.files).map(({ id, name }) => [
      controlOf(id),
      { key: "filing.papers.missing", params: { paper: pick(name, opened.language) } } as FieldError,
    ]),
  );

/** Buttons beside a file: taken off, given up half-way, handed in once more. @returns what was done, in words */
async function pressed(req: Request, before: Opened, body: Record<string, unknown>): Promise<string | null> {
  const { draft, t } = before;
  if (await pressedOff(req, shelfOfDraft(before), body)) return t("filing.papers.removed");
  const reused = textIn(body, "dung-lai");
  if (reused === "") return null;
  const [paperId, fileId] = reused.split(":");
  const paper = shelfOfDraft(before).papers.find(({ id }) => id === paperId);
  if (!paper) throw notFound();
  return t("filing.uploads.reused", { name: await reuseFile(citizenOf(req), draft, paper, fileId ?? "") });
}

/** Keeps the files that are right, says at their control which are not, and goes where the pressed button leads. */
export async function savePapers(req: Request, res: Response, before: Opened): Promise<void> {
  const ctx = citizenOf(req);
  const { draft, loaded, t } = before;
  const here = paths.draftPage(draft.id, PAGES.papers, before.fromCheck);
  const { body, names, wrong } = await takeFiles(req, res, shelfOfDraft(before));
  const done = await pressed(req, before, body);
  if (done !== null) {
    leaveNotice(req, "info", done);
    return redirect(res, here);
  }
  const task = textIn(body, "viec");
  const opened = await reopen(ctx, before);
  const errors: FieldErrors = task === "tiep" || task === "" ? { ...missingErrors(opened), ...wrong } : wrong;
  const replacing = draft.files.find(({ id }) => errors[replacingOf(id)])?.id ?? null;
  if (Object.keys(errors).length > 0) return showPapers(req, res, opened, { errors, replacing });
  if (task === "de-sau") {
    leaveNotice(req, "info", t("filing.draft.saved"));
    return redirect(res, paths.dossiers);
  }
  if (task === "tai-len") {
    if (names.length > 0) leaveNotice(req, "success", t("filing.papers.uploaded", { files: names.join(", ") }));
    return redirect(res, here);
  }
  const pages = wizardPages(loaded.definition, draft.caseId, draft.content);
  redirect(res, paths.draftPage(draft.id, before.fromCheck ? PAGES.check : pageAfter(pages, PAGES.papers)));
}
