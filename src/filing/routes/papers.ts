import type { Request, Response } from "express";
import type { FieldError, FieldErrors } from "#platform/form.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { type ReceivedFile, receiveUpload } from "#platform/uploads.ts";
import { pick } from "#procedures/index.ts";
import { keepDraftFiles, removeDraftFile } from "../actions.ts";
import { controlOf, type Opened, paperOf, papersPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { MOST_FILES_A_PAPER, missingPapers, PAGES, pageAfter, papersOf, wizardPages } from "../rules.ts";
import { citizenOf, reopen, textIn } from "./opening.ts";

export const showPapers = (res: Response, opened: Opened, errors: FieldErrors = {}, status = 200): void =>
  render(res.status(status), "filing/papers", papersPage(opened, opened.draft.version, errors));

/** Files that fit their paper's number, and the controls where there were too many. */
function sort(files: readonly ReceivedFile[], { draft }: Opened): { fitting: ReceivedFile[]; errors: FieldErrors } {
  const count = new Map<string, number>();
  for (const { requirementId } of draft.files)
    count.set(controlOf(requirementId), (count.get(controlOf(requirementId)) ?? 0) + 1);
  const errors: Record<string, FieldError> = {};
  const fitting = files.filter(({ field }) => {
    const held = (count.get(field) ?? 0) + 1;
    count.set(field, held);
    if (held > MOST_FILES_A_PAPER)
      errors[field] = { key: "filing.papers.tooMany", params: { max: MOST_FILES_A_PAPER } };
    return held <= MOST_FILES_A_PAPER;
  });
  return { fitting, errors };
}

const missingErrors = ({ draft, loaded, language }: Opened): FieldErrors => {
  const { uploads } = papersOf(loaded.definition, draft.caseId, draft.content);
  return Object.fromEntries(
    missingPapers(uploads, draft.files).map(({ id, name }) => [
      controlOf(id),
      { key: "filing.papers.missing", params: { paper: pick(name, language) } } as FieldError,
    ]),
  );
};

/** Keeps the files that are right, says at their control which are not, and goes where the pressed button leads. */
export async function savePapers(req: Request, res: Response, before: Opened): Promise<void> {
  const ctx = citizenOf(req);
  const { draft, loaded, t } = before;
  const here = paths.draftPage(draft.id, PAGES.papers, before.fromCheck);
  const { uploads } = papersOf(loaded.definition, draft.caseId, draft.content);
  const known = new Set(uploads.map(({ id }) => id));
  const upload = await receiveUpload(req, res, { fields: (name) => known.has(paperOf(name) ?? "") });
  const { fitting, errors: tooMany } = sort(upload.files, before);
  if (fitting.length > 0)
    await keepDraftFiles(
      ctx,
      draft.id,
      fitting.map(({ field, ...file }) => ({ ...file, requirementId: paperOf(field) ?? "", kind: "paper" })),
    );
  const removed = textIn(upload.body, "bo");
  if (removed !== "") {
    await removeDraftFile(ctx, draft.id, removed);
    leaveNotice(req, "info", t("filing.papers.removed"));
    return redirect(res, here);
  }
  const wrong: FieldErrors = { ...(upload.ok ? {} : upload.errors), ...tooMany };
  const task = textIn(upload.body, "viec");
  const opened = await reopen(ctx, before);
  const errors: FieldErrors = task === "tiep" || task === "" ? { ...missingErrors(opened), ...wrong } : wrong;
  if (Object.keys(errors).length > 0) return showPapers(res, opened, errors, 422);
  if (task === "de-sau") {
    leaveNotice(req, "info", t("filing.draft.saved"));
    return redirect(res, paths.dossiers);
  }
  if (task === "tai-len") {
    if (fitting.length > 0)
      leaveNotice(req, "success", t("filing.papers.uploaded", { files: fitting.map(({ name }) => name).join(", ") }));
    return redirect(res, here);
  }
  const pages = wizardPages(loaded.definition, draft.caseId, draft.content);
  redirect(res, paths.draftPage(draft.id, before.fromCheck ? PAGES.check : pageAfter(pages, PAGES.papers)));
}
