import type { Request, Response } from "express";
import type { Citizen, Context } from "#platform/context.ts";
import { formatTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect } from "#platform/render.ts";
import {
  type FieldContext,
  fieldContext,
  findCurrentVersion,
  findVersion,
  type LoadedVersion,
  type Submitted,
} from "#procedures/index.ts";
import { renewDraft, saveDraft } from "../actions.ts";
import { type Opened, type Shelf, shelfOfDraft } from "../pages.ts";
import { paths } from "../paths.ts";
import { type Draft, findDraftIfThere, findFiled, findOwnDraft } from "../queries.ts";
import { uploadFields, withLate } from "../rules.ts";

export const citizenOf = (req: Request): Context<Citizen> => req.ctx as Context<Citizen>;

export const speechOf = (req: Request, res: Response): { t: Translate; language: Language } => ({
  t: res.locals.t as Translate,
  language: req.ctx.language,
});

export const textIn = (values: Record<string, unknown> | undefined, name: string): string => {
  const value = values?.[name];
  return typeof value === "string" ? value : "";
};

/** The version of the draft that a form was made from; what is no number fits no draft. */
export const versionIn = (body: Record<string, unknown>): number => {
  const text = textIn(body, "version");
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
};

/** What a form that saves itself sends as its button: nothing is judged, nothing is left. */
export const isAutosave = (body: Record<string, unknown>): boolean => textIn(body, "viec") === "tu-luu";

/** The open page that a form was sent from, by a word that it made up itself; null without JavaScript. */
export const windowIn = (body: Record<string, unknown>): string | null =>
  /^[\w-]{16,40}$/.exec(textIn(body, "cua-so"))?.[0] ?? null;

/** Answers a form that saved itself; `version` is what its next save is made from. */
export function answerAutosave(req: Request, res: Response, version: number | null): void {
  const { t } = speechOf(req, res);
  const text =
    version === null
      ? t("platform.autosave.conflict")
      : t("platform.autosave.saved", { time: formatTime(req.ctx.now) });
  res.status(version === null ? 409 : 200).json({ version, text });
}

/** Uploads inside the form are answers, too: whatever is stored beside the draft for such a field. */
function withFiles(draft: Draft, { definition }: LoadedVersion): Draft {
  const form: Record<string, unknown> = { ...draft.content.form };
  for (const { id } of uploadFields(definition)) {
    const files = draft.files
      .filter(({ requirementId }) => requirementId === id)
      .map(({ id: fileId, name }) => ({ id: fileId, name }));
    if (files.length > 0) form[id] = files;
    else delete form[id];
  }
  return { ...draft, content: { ...draft.content, form } };
}

/** The draft as it is now, with what was uploaded meanwhile. */
export async function reopen(ctx: Context<Citizen>, opened: Opened): Promise<Opened> {
  return { ...opened, draft: withFiles(await findOwnDraft(ctx, opened.draft.id), opened.loaded) };
}

/** What was typed on a page of the older version and sent after the draft was renewed: kept where it has no place any more. */
export async function keepLate(ctx: Context<Citizen>, { draft }: Opened, sent: Submitted): Promise<void> {
  const { content, returnMethod } = draft;
  if (!content.renewal || !content.carriedOver) return;
  const renewal = withLate(content.renewal, sent);
  if (renewal !== content.renewal)
    await saveDraft(ctx, draft, draft.version, { content: { ...content, renewal }, returnMethod });
}

/** The papers of the citizen's own draft as it stands. */
export async function openShelf(ctx: Context<Citizen>, draftId: string): Promise<Shelf> {
  const draft = await findOwnDraft(ctx, draftId);
  const loaded = await findVersion(ctx, draft.procedureVersionId);
  return shelfOfDraft({ draft: withFiles(draft, loaded), loaded });
}

/**
 * Opens the draft that the address names, brought to the version in force. A draft that was filed meanwhile leads to its
 * dossier, so that a second click and the "back" button find what became of it; then there is nothing to open.
 */
export async function openDraft(
  req: Request,
  res: Response,
): Promise<{ opened: Opened; context: FieldContext } | null> {
  const ctx = citizenOf(req);
  const id = String(req.params["id"]);
  let draft = await findDraftIfThere(ctx, id);
  if (!draft) {
    const reference = await findFiled(ctx, id);
    if (!reference) throw notFound();
    redirect(res, paths.filed(reference));
    return null;
  }
  const speech = speechOf(req, res);
  const context = await fieldContext(ctx, speech.t);
  let loaded = await findVersion(ctx, draft.procedureVersionId);
  const current = await findCurrentVersion(ctx, draft.code);
  if (current && current.number > loaded.number) {
    await renewDraft(ctx, draft, loaded, current, context);
    draft = await findOwnDraft(ctx, id);
    loaded = await findVersion(ctx, draft.procedureVersionId);
  }
  const fromCheck = req.query["sua"] === "1";
  return { opened: { draft: withFiles(draft, loaded), loaded, ...speech, fromCheck }, context };
}
