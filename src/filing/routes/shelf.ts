import type { Request, Response } from "express";
import { MOST_FILES_A_PAPER } from "#dossiers/index.ts";
import type { FieldError, FieldErrors } from "#platform/form.ts";
import { type ReceivedFile, receiveUpload } from "#platform/uploads.ts";
import { dropPartial, keepFiles, removeFile } from "../actions.ts";
import type { Shelf } from "../pages.ts";
import { controlOf, type Target, targetOf } from "../rules.ts";
import { citizenOf, textIn } from "./opening.ts";

/** What is wrong at a camera's control is said where its paper's files are chosen. */
const shownAt = (control: string, { requirementId, replaces }: Target): string =>
  replaces ? control : controlOf(requirementId);

type Aimed = Omit<ReceivedFile, "field"> & Target & { control: string };

/** Files that fit their paper's number, and the controls where there were too many. */
function sort(files: readonly Aimed[], shelf: Shelf): { fitting: Aimed[]; errors: FieldErrors } {
  const count = new Map<string, number>();
  for (const { requirementId } of shelf.files) count.set(requirementId, (count.get(requirementId) ?? 0) + 1);
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

/** Keeps what came with a form and is right. @returns the kept files' names, and what is wrong, by control */
export async function takeFiles(
  req: Request,
  res: Response,
  shelf: Shelf,
): Promise<{ body: Record<string, unknown>; names: string[]; wrong: FieldErrors }> {
  const ctx = citizenOf(req);
  const targets = new Map<string, Target>();
  const upload = await receiveUpload(req, res, {
    fields: (name) => {
      const target = targetOf(name, shelf.papers, shelf.files);
      if (target) targets.set(name, target);
      return target !== null;
    },
  });
  const aimed = upload.files.map(({ field, ...file }): Aimed => {
    const target = targets.get(field) as Target;
    return { ...file, ...target, control: shownAt(field, target) };
  });
  const { fitting, errors } = sort(aimed, shelf);
  const added = fitting.filter(({ replaces }) => !replaces);
  if (added.length > 0) await keepFiles(ctx, shelf.beside, added);
  for (const file of fitting.filter(({ replaces }) => replaces))
    await keepFiles(ctx, shelf.beside, [file], { replaces: file.replaces });
  const told = upload.ok
    ? {}
    : Object.fromEntries(
        Object.entries(upload.errors).map(([name, error]) => [shownAt(name, targets.get(name) as Target), error]),
      );
  return { body: upload.body, names: fitting.map(({ name }) => name), wrong: { ...told, ...errors } };
}

/** Buttons beside a file: taken off, or given up half-way. @returns whether one of them was pressed */
export async function pressedOff(req: Request, { beside }: Shelf, body: Record<string, unknown>): Promise<boolean> {
  const [removed, given] = [textIn(body, "bo"), textIn(body, "bo-do")];
  if (removed !== "") await removeFile(citizenOf(req), beside, removed);
  else if (given !== "") await dropPartial(citizenOf(req), beside, given);
  return removed !== "" || given !== "";
}
