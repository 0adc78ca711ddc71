import { type Request, type Response, Router } from "express";
import { requireProof } from "#accounts/index.ts";
import {
  answerSupplement,
  findOpenSupplement,
  findOwnDossier,
  saveSupplement,
  withdrawDossier,
} from "#dossiers/index.ts";
import { mayLeave } from "#dossiers/rules.ts";
import { emptyForm, type FieldError, type FieldErrors, readForm } from "#platform/form.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { forgetTyped, leaveNotice, typedFor } from "#platform/session.ts";
import {
  fieldContext,
  findVersion,
  pick,
  pressedInAmendment,
  readAmendment,
  type Submitted,
} from "#procedures/index.ts";
import { referenceIn, WithdrawInput } from "../inputs.ts";
import {
  answersOf,
  fieldMarks,
  type Seen,
  type SupplementForm,
  type Supplementing,
  shelfOfSupplement,
  supplementPage,
  withdrawPage,
} from "../pages.ts";
import { paths } from "../paths.ts";
import { listPartials } from "../queries/partials.ts";
import { controlOf, keepable, MOST_CHARACTERS, missingPapers } from "../rules.ts";
import { answerAutosave, citizenOf, isAutosave, speechOf, textIn, versionIn } from "./opening.ts";
import { pressedOff, takeFiles } from "./shelf.ts";

export const supplementRoutes = Router();
const ADDRESS = "/ho-so/:reference/bo-sung";
const WITHDRAW = "/ho-so/:reference/rut";

/** The citizen's own dossier that the address names, with what its pages speak with. */
async function see(req: Request, res: Response): Promise<Seen> {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params["reference"]);
  if (!reference) throw notFound();
  const dossier = await findOwnDossier(ctx, reference, "act");
  const speech = speechOf(req, res);
  const [loaded, context] = await Promise.all([
    findVersion(ctx, dossier.procedureVersionId),
    fieldContext(ctx, speech.t),
  ]);
  return { dossier, loaded, context, now: ctx.now, ...speech };
}

/** What the dossier waits for; a person who comes too late is led to the dossier and told. */
async function openSupplement(req: Request, res: Response): Promise<Supplementing | null> {
  const seen = await see(req, res);
  const request = await findOpenSupplement(citizenOf(req), seen.dossier.id);
  if (request) return { ...seen, request };
  leaveNotice(req, "info", seen.t("filing.moves.supplement.over"));
  redirect(res, paths.dossier(seen.dossier.reference));
  return null;
}

async function show(
  req: Request,
  res: Response,
  view: Supplementing,
  form: Omit<SupplementForm, "partials">,
  status = 200,
): Promise<void> {
  const partials = await listPartials(citizenOf(req), { supplementId: view.request.id });
  render(res.status(status), "filing/supplement", supplementPage(view, { ...form, partials }));
}

supplementRoutes.get(ADDRESS, async (req, res) => {
  const view = await openSupplement(req, res);
  if (!view) return;
  const unsaved = typedFor(req, citizenOf(req).actor.accountId);
  if (unsaved?.path === paths.supplement(view.dossier.reference))
    return await show(req, res, view, {
      submitted: unsaved.values,
      errors: {},
      version: versionIn(unsaved.values),
      restored: true,
    });
  await show(req, res, view, { submitted: view.request.typed, errors: {}, version: view.request.typedVersion });
});

/** Marked parts that are answered with files and have none yet, each at its control. */
const missingFiles = ({ dossier, loaded, request, language }: Supplementing): FieldErrors =>
  Object.fromEntries(
    missingPapers(shelfOfSupplement(dossier.reference, loaded, request).papers, request.files).map(({ id, name }) => [
      controlOf(id),
      { key: "filing.moves.supplement.missing", params: { part: pick(name, language) } } as FieldError,
    ]),
  );

/** The request as it is now, with what was uploaded meanwhile. */
async function again(req: Request, view: Supplementing): Promise<Supplementing> {
  const request = await findOpenSupplement(citizenOf(req), view.dossier.id);
  if (!request) throw new Refusal("dossiers.refused.nothingAsked");
  return { ...view, request };
}

/** Keeps what was typed whatever it is, then does what the pressed button says. */
async function save(req: Request, res: Response, before: Supplementing): Promise<void> {
  const ctx = citizenOf(req);
  const { dossier, loaded, context, t } = before;
  forgetTyped(req, paths.supplement(dossier.reference));
  const shelf = shelfOfSupplement(dossier.reference, loaded, before.request);
  const { body, wrong } = await takeFiles(req, res, shelf);
  const isOff = await pressedOff(req, shelf, body);
  const fields = new Set(fieldMarks(before));
  const given = answersOf(before);
  const inside = pressedInAmendment(loaded.definition, given, [...fields], body);
  const submitted: Submitted = inside ?? body;
  const typed = keepable(submitted);
  if (JSON.stringify(typed).length > MOST_CHARACTERS) throw new Refusal("filing.refused.draftTooLarge", 413);
  const version = versionIn(body);
  const isSaved = await saveSupplement(ctx, before.request.id, version, typed);
  if (isAutosave(body)) return answerAutosave(req, res, isSaved ? version + 1 : null);
  const view = await again(req, before);
  if (!isSaved)
    return show(req, res, view, { submitted, errors: {}, version: view.request.typedVersion, conflict: true }, 409);

  const task = textIn(body, "viec");
  const next = { submitted, version: version + 1 };
  const isWrong = Object.keys(wrong).length > 0;
  if (task === "de-sau" && !isWrong) {
    leaveNotice(req, "info", t("filing.moves.supplement.saved"));
    return redirect(res, paths.dossier(dossier.reference));
  }
  if (task !== "gui" || inside || isOff)
    return isWrong
      ? show(req, res, view, { ...next, errors: wrong }, 422)
      : inside
        ? show(req, res, view, { ...next, errors: {} })
        : redirect(res, paths.supplement(dossier.reference));

  const read = readAmendment(loaded.definition, [...fields], submitted, given, context);
  const errors: FieldErrors = { ...read.errors, ...missingFiles(view), ...wrong };
  if (Object.keys(errors).length > 0) return show(req, res, view, { ...next, errors }, 422);
  await answerSupplement(ctx, {
    dossierId: dossier.id,
    requestId: view.request.id,
    typedVersion: version + 1,
    answers: read.answers,
  });
  leaveNotice(req, "success", t("filing.moves.supplement.sent"));
  redirect(res, paths.dossier(dossier.reference));
}

supplementRoutes.post(ADDRESS, async (req, res) => {
  const view = await openSupplement(req, res);
  if (view) await save(req, res, view);
});

supplementRoutes.get(WITHDRAW, requireProof("withdrawDossier"), async (req, res) => {
  const seen = await see(req, res);
  if (!mayLeave("withdraw", seen.dossier.status)) return redirect(res, paths.dossier(seen.dossier.reference));
  render(res, "filing/withdraw", withdrawPage(seen, emptyForm));
});

supplementRoutes.post(WITHDRAW, requireProof("withdrawDossier"), async (req, res) => {
  const seen = await see(req, res);
  const input = readForm(WithdrawInput, req);
  if (!input.ok) return render(res.status(422), "filing/withdraw", withdrawPage(seen, input.form));
  await withdrawDossier(citizenOf(req), {
    reference: seen.dossier.reference,
    version: versionIn((req.body as Record<string, unknown> | undefined) ?? {}),
    reason: input.data.reason,
  });
  leaveNotice(req, "success", seen.t("filing.moves.withdraw.done"));
  redirect(res, paths.dossier(seen.dossier.reference));
});
