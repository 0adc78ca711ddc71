import type { Request, Response } from "express";
import { findProfile } from "#accounts/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import type { FieldErrors } from "#platform/form.ts";
import { redirect, render } from "#platform/render.ts";
import { forgetTyped, leaveNotice, typedFor } from "#platform/session.ts";
import { receiveUpload } from "#platform/uploads.ts";
import {
  type Answers,
  controlsOf,
  type FieldContext,
  type FormPage,
  type ProcedureDefinition,
  pick,
  pressedInPage,
  readPage,
  type Submitted,
} from "#procedures/index.ts";
import { keepDraftFiles, removeDraftFile, saveDraft } from "../actions.ts";
import { formPage, type Opened, withSources } from "../pages.ts";
import { paths } from "../paths.ts";
import { listEarlier } from "../queries/earlier.ts";
import {
  applicantForm,
  type DraftContent,
  filerAnswers,
  helperForm,
  type Prefilled,
  pageAfter,
  prefilled,
  type ReturnMethod,
  uploadFields,
  type WizardPage,
  withMethod,
  withoutKnown,
  withoutMethod,
  withPage,
  wizardPages,
} from "../rules.ts";
import { answerAutosave, citizenOf, isAutosave, keepLate, reopen, textIn, versionIn, windowIn } from "./opening.ts";

export type AskingPage = Extract<WizardPage, { kind: "applicant" | "form" }>;
type Asked = { form: Pick<ProcedureDefinition, "form">; page: FormPage; answers: Answers };

/** The questions behind a page of the wizard, and the answers that belong to their form. */
function askedBy({ draft, loaded }: Opened, page: AskingPage): Asked {
  if (page.kind === "applicant") {
    const isHelper = page.formPageId === "helper";
    const form = isHelper ? helperForm : applicantForm(loaded.definition);
    const found = form.form.pages.find(({ id }) => id === page.formPageId) as FormPage;
    const asked = draft.filer ? withoutKnown(found, draft.filer) : found;
    const answers = isHelper ? draft.content.helper : withMethod(draft.content.applicant, draft.returnMethod);
    return { form, page: asked, answers };
  }
  const found = loaded.definition.form.pages.find(({ id }) => id === page.formPageId) as FormPage;
  return { form: loaded.definition, page: found, answers: draft.content.form };
}

type Answering = {
  /** Where answers came from that nobody has saved yet, by field. */
  sources?: Prefilled["sources"];
  submitted?: Submitted;
  answers?: Answers;
  errors: FieldErrors;
  version: number;
  status: number;
  conflict?: boolean;
  restored?: boolean;
  /** A button inside the page was pressed: what is shown is not saved. */
  pressed?: boolean;
};

function answerForm(res: Response, opened: Opened, page: AskingPage, context: FieldContext, given: Answering): void {
  const asked = askedBy(opened, page);
  const controls = controlsOf(
    withSources(asked.page, given.sources ?? {}, opened),
    { answers: { ...asked.answers, ...given.answers }, ...(given.submitted ? { submitted: given.submitted } : {}) },
    given.errors,
    context,
  );
  const lead = asked.page.intro ? pick(asked.page.intro, opened.language) : null;
  const framing = { page, title: pick(asked.page.title, opened.language), lead, ...given };
  render(
    res.status(given.status),
    "filing/form",
    formPage(opened, framing, controls, uploadFields({ form: { pages: [asked.page] } }).length > 0),
  );
}

/** What a page that nobody has filled in begins with; earlier dossiers are read only where a question asks for them. */
async function firstAnswers(
  ctx: Context<Citizen>,
  { draft }: Opened,
  page: FormPage,
  context: FieldContext,
): Promise<Prefilled> {
  const isAsked = page.fields.some(({ prefill }) => prefill !== undefined);
  if (!isAsked) return { answers: {}, sources: {} };
  const [known, earlier] = await Promise.all([findProfile(ctx), listEarlier(ctx, draft.filer?.id ?? null)]);
  const { applicant, form } = draft.content;
  return prefilled(page, { known, applicant, form, earlier }, context);
}

/** A page of questions as it was left: as answered, as typed, or filled in from what is known of the person. */
export async function showForm(
  req: Request,
  res: Response,
  opened: Opened,
  page: AskingPage,
  context: FieldContext,
): Promise<void> {
  const { content, version } = opened.draft;
  const asked = askedBy(opened, page);
  const unsaved = typedFor(req, citizenOf(req).actor.accountId);
  if (unsaved?.path === paths.draftPage(opened.draft.id, page.slug))
    return answerForm(res, opened, page, context, {
      submitted: unsaved.values,
      errors: {},
      version: versionIn(unsaved.values),
      status: 200,
      restored: true,
    });
  const typed = content.typed[page.slug];
  if (typed) {
    // Whoever comes from the check page was told that something is wrong here, and is shown what.
    const errors = opened.fromCheck ? readPage(asked.form, asked.page.id, typed, asked.answers, context).errors : {};
    return answerForm(res, opened, page, context, { submitted: typed, errors, version, status: 200 });
  }
  const isNew = !content.done.includes(page.slug);
  const first = isNew ? await firstAnswers(citizenOf(req), opened, asked.page, context) : null;
  const sources = Object.fromEntries(
    Object.entries(first?.sources ?? {}).filter(([id]) => asked.answers[id] === undefined),
  );
  const answers = { ...first?.answers, ...asked.answers };
  answerForm(res, opened, page, context, { answers, sources, errors: {}, version, status: 200 });
}

/** Buttons inside the page: another row, another province's communes, a file taken off. Nothing is judged or saved. */
async function pressed(req: Request, asked: Asked, body: Submitted, draftId: string): Promise<Submitted | null> {
  const off = uploadFields({ form: { pages: [asked.page] } }).find(({ id }) => textIn(body, `unattach:${id}`) !== "");
  if (!off) return pressedInPage(asked.form, asked.page.id, body);
  await removeDraftFile(citizenOf(req), draftId, textIn(body, `unattach:${off.id}`));
  return body;
}

/** What the draft becomes by this page's answers. */
function changed(
  opened: Opened,
  page: AskingPage,
  answers: Answers,
  typed: Submitted | null,
): { content: DraftContent; returnMethod: ReturnMethod | null } {
  const { content, returnMethod } = opened.draft;
  if (page.kind === "form") return { content: withPage(content, page.slug, { form: answers }, typed), returnMethod };
  if (page.formPageId === "helper")
    return { content: withPage(content, page.slug, { helper: answers }, typed), returnMethod };
  const given = withoutMethod(answers);
  return {
    content: withPage(content, page.slug, { applicant: given.applicant }, typed),
    returnMethod: given.returnMethod,
  };
}

/** The version that a save is made from: the draft's own when the same open page saved last, else what its form says. */
const versionOf = ({ draft }: Opened, body: Submitted): number =>
  windowIn(body) !== null && windowIn(body) === draft.content.savedBy ? draft.version : versionIn(body);

/** Saves a page of questions: right answers as answers, a wrong page also as it was typed, so that nothing is lost. */
export async function saveForm(
  req: Request,
  res: Response,
  before: Opened,
  page: AskingPage,
  context: FieldContext,
): Promise<void> {
  const ctx = citizenOf(req);
  forgetTyped(req, paths.draftPage(before.draft.id, page.slug));
  const fileFields = uploadFields({ form: { pages: [askedBy(before, page).page] } }).map(({ id }) => id);
  const upload = await receiveUpload(req, res, { fields: fileFields });
  const { filer } = before.draft;
  const body = page.kind === "applicant" && filer ? { ...upload.body, ...filerAnswers(filer) } : upload.body;
  if (upload.files.length > 0)
    await keepDraftFiles(
      ctx,
      before.draft.id,
      upload.files.map(({ field, ...file }) => ({ ...file, requirementId: field, kind: "field" })),
    );
  const inside = await pressed(req, askedBy(before, page), body, before.draft.id);
  const opened = fileFields.length > 0 ? await reopen(ctx, before) : before;
  if (inside)
    return answerForm(res, opened, page, context, {
      submitted: inside,
      errors: {},
      version: versionOf(before, body),
      status: 200,
      pressed: true,
    });

  const asked = askedBy(opened, page);
  const read = readPage(asked.form, asked.page.id, body, asked.answers, context);
  const errors = upload.ok ? read.errors : { ...read.errors, ...upload.errors };
  const isRight = Object.keys(errors).length === 0;
  const isQuiet = isAutosave(body);
  const version = versionOf(opened, body);
  // A page that saved itself is not done before its owner says so.
  const isDone = isRight && (!isQuiet || opened.draft.content.done.includes(page.slug));
  const next = changed(opened, page, read.answers, isDone ? null : body);
  const isSaved = await saveDraft(ctx, opened.draft, version, {
    ...next,
    content: { ...next.content, savedBy: windowIn(body) },
  });
  if (!isSaved) await keepLate(ctx, await reopen(ctx, opened), body);
  if (isQuiet) return answerAutosave(req, res, isSaved ? version + 1 : null);
  if (!isSaved) {
    const latest = await reopen(ctx, opened);
    return answerForm(res, latest, page, context, {
      submitted: body,
      errors: {},
      version: latest.draft.version,
      status: 409,
      conflict: true,
    });
  }
  if (textIn(body, "viec") === "de-sau") {
    leaveNotice(req, "info", opened.t("filing.draft.saved"));
    return redirect(res, paths.dossiers);
  }
  if (!isRight)
    return answerForm(res, opened, page, context, { submitted: body, errors, version: version + 1, status: 422 });
  const pages = wizardPages(opened.loaded.definition, opened.draft.caseId, next.content);
  redirect(res, paths.draftPage(opened.draft.id, opened.fromCheck ? "kiem-tra" : pageAfter(pages, page.slug)));
}
