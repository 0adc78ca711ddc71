import type { Request, Response } from "express";
import type { FieldError, FieldErrors } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { type ReceivedFile, receiveUpload } from "#platform/uploads.ts";
import { pick } from "#procedures/index.ts";
import { dropPartial, keepDraftFiles, removeDraftFile, reuseFile } from "../actions.ts";
import { type Opened, papersPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { listPartials } from "../queries/partials.ts";
import { findReusable } from "../queries/reusable.ts";
import {
  controlOf,
  MOST_FILES_A_PAPER,
  missingPapers,
  PAGES,
  type Paper,
  pageAfter,
  papersOf,
  replacingOf,
  type Target,
  targetOf,
  wizardPages,
} from "../rules.ts";
import { citizenOf, reopen, textIn } from "./opening.ts";

const papersAsked = ({ draft, loaded }: Opened): Paper[] =>
  papersOf(loaded.definition, draft.caseId, draft.content).uploads;

export async function showPapers(
  req: Request,
  res: Response,
  opened: Opened,
  { errors = {}, replacing = null }: { errors?: FieldErrors; replacing?: string | null } = {},
): Promise<void> {
  const ctx = citizenOf(req);
  const { draft } = opened;
  const [partials, reusable] = await Promise.all([
    listPartials(ctx, draft.id),
    findReusable(ctx, draft, papersAsked(opened)),
  ]);
  const asked = draft.files.find(({ id }) => id === (replacing ?? req.query["thay"]));
  render(
    res.status(Object.keys(errors).length > 0 ? 422 : 200),
    "filing/papers",
    papersPage(opened, { errors, replacing: asked?.id ?? null, partials, reusable }),
  );
}

/** What is wrong at a camera's control is said where its paper's files are chosen. */
const shownAt = (control: string, { requirementId, replaces }: Target): string =>
  replaces ? control : controlOf(requirementId);

type Aimed = Omit<ReceivedFile, "field"> & Target & { control: string };

/** Files that fit their paper's number, and the controls where there were too many. */
function sort(files: readonly Aimed[], { draft }: Opened): { fitting: Aimed[]; errors: FieldErrors } {
  const count = new Map<string, number>();
  for (const { requirementId } of draft.files) count.set(requirementId, (count.get(requirementId) ?? 0) + 1);
  const errors: Record<string, FieldError> = {};
  const fitting = files.filter(({ requirementId, replaces, control }) => {
    if (replaces) return true;
    const held = (count.get(requirementId) ?? 0) + 1;
    count.set(requirementId, held);
    if (held > MOST_FILES_A_PAPER)
      errors[control] = { key: "filing.papers.tooMany", params: { max: MOST_FILES_A_PAPER } };
    return held <= MOST_FILES_A_PAPER;
  });
  return { fitting, errors };
}

const missingErrors = (opened: Opened): FieldErrors =>
  Object.fromEntries(
    missingPapers(papersAsked(opened), opened.draft.files).map(({ id, name }) => [
      controlOf(id),
      { key: "filing.papers.missing", params: { paper: pick(name, opened.language) } } as FieldError,
    ]),
  );

/** Keeps what was sent and is right. @returns the kept files' names, and what is wrong, by control */
async function takeFiles(req: Request, res: Response, before: Opened) {
  const ctx = citizenOf(req);
  const { draft } = before;
  const papers = papersAsked(before);
  const targets = new Map<string, Target>();
  const upload = await receiveUpload(req, res, {
    fields: (name) => {
      const target = targetOf(name, papers, draft.files);
      if (target) targets.set(name, target);
      return target !== null;
    },
  });
  const aimed = upload.files.map(({ field, ...file }): Aimed => {
    const target = targets.get(field) as Target;
    return { ...file, ...target, control: shownAt(field, target) };
  });
  const { fitting, errors } = sort(aimed, before);
  const added = fitting.filter(({ replaces }) => !replaces);
  if (added.length > 0)
    await keepDraftFiles(
      ctx,
      draft.id,
      added.map((file) => ({ ...file, kind: "paper" })),
    );
  for (const file of fitting.filter(({ replaces }) => replaces))
    await keepDraftFiles(ctx, draft.id, [{ ...file, kind: "paper" }], { replaces: file.replaces });
  const told = upload.ok
    ? {}
    : Object.fromEntries(
        Object.entries(upload.errors).map(([name, error]) => [shownAt(name, targets.get(name) as Target), error]),
      );
  return { body: upload.body, names: fitting.map(({ name }) => name), wrong: { ...told, ...errors } as FieldErrors };
}

/** Buttons beside a file: taken off, given up half-way, handed in once more. @returns what was done, in words */
async function pressed(req: Request, before: Opened, body: Record<string, unknown>): Promise<string | null> {
  const ctx = citizenOf(req);
  const { draft, t } = before;
  const removed = textIn(body, "bo");
  if (removed !== "") {
    await removeDraftFile(ctx, draft.id, removed);
    return t("filing.papers.removed");
  }
  const given = textIn(body, "bo-do");
  if (given !== "") {
    await dropPartial(ctx, draft.id, given);
    return t("filing.papers.removed");
  }
  const reused = textIn(body, "dung-lai");
  if (reused === "") return null;
  const [paperId, fileId] = reused.split(":");
  const paper = papersAsked(before).find(({ id }) => id === paperId);
  if (!paper) throw notFound();
  return t("filing.uploads.reused", { name: await reuseFile(ctx, draft, paper, fileId ?? "") });
}

/** Keeps the files that are right, says at their control which are not, and goes where the pressed button leads. */
export async function savePapers(req: Request, res: Response, before: Opened): Promise<void> {
  const ctx = citizenOf(req);
  const { draft, loaded, t } = before;
  const here = paths.draftPage(draft.id, PAGES.papers, before.fromCheck);
  const { body, names, wrong } = await takeFiles(req, res, before);
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
