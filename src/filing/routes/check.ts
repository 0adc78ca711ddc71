import { type Request, type Response, Router } from "express";
import { findCalendar } from "#calendar/index.ts";
import { submitDossier } from "#dossiers/index.ts";
import { type FieldErrors, readForm } from "#platform/form.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import type { FieldContext } from "#procedures/index.ts";
import { agreedIn, checkInput } from "../inputs/check.ts";
import { checkPage, incompletePage, type Opened } from "../pages.ts";
import { paths } from "../paths.ts";
import {
  checklist,
  chosenMethod,
  consentsTo,
  filedOf,
  needsDeclaration,
  PAGES,
  type Purpose,
  wayOf,
} from "../rules.ts";
import { citizenOf, openDraft, versionIn } from "./opening.ts";

export const checkRoutes = Router();

/** The check page, or what is still missing before it may be shown. */
async function answerCheck(
  req: Request,
  res: Response,
  { opened, context }: { opened: Opened; context: FieldContext },
  {
    errors = {},
    changed = false,
    status = 200,
    agreed = [],
  }: { errors?: FieldErrors; changed?: boolean; status?: number; agreed?: readonly Purpose[] } = {},
): Promise<void> {
  const { draft, loaded } = opened;
  if (loaded.definition.cases.length > 0 && draft.caseId === null) throw new Refusal("filing.refused.caseGone");
  const checked = checklist(loaded.definition, draft, draft.files, context);
  if (checked.some(({ state }) => state !== "done"))
    return render(res.status(status), "filing/incomplete", incompletePage(opened, checked));
  const calendar = await findCalendar(req.ctx);
  render(
    res.status(status),
    "filing/check",
    checkPage(opened, { calendar, now: req.ctx.now, context, errors, changed, agreed }),
  );
}

checkRoutes.get(`/ban-nhap/:id/${PAGES.check}`, async (req, res) => {
  const found = await openDraft(req, res);
  if (found) await answerCheck(req, res, found);
});

checkRoutes.post(`/ban-nhap/:id/${PAGES.check}`, async (req, res) => {
  const found = await openDraft(req, res);
  if (!found) return;
  const { draft, loaded } = found.opened;
  const ctx = citizenOf(req);
  if (draft.filer && wayOf(loaded.definition, draft.content.applicant) !== "organization")
    throw new Refusal("companies.refused.notForCompanies");
  const body = (req.body as Record<string, unknown> | undefined) ?? {};
  const method = chosenMethod(loaded.definition, draft.returnMethod);
  const isWhole = checklist(loaded.definition, draft, draft.files, found.context).every(
    ({ state }) => state === "done",
  );
  if (!isWhole || !method || (loaded.definition.cases.length > 0 && draft.caseId === null))
    return answerCheck(req, res, found, { status: 422 });
  const input = readForm(checkInput(needsDeclaration(loaded.definition)), req);
  const agreed = input.ok ? input.data.consents : agreedIn(body["consents"]);
  if (versionIn(body) !== draft.version) return answerCheck(req, res, found, { changed: true, status: 409, agreed });
  if (!input.ok) return answerCheck(req, res, found, { errors: input.form.errors, status: 422, agreed });
  const { reference } = await submitDossier(ctx, {
    draftId: draft.id,
    draftVersion: draft.version,
    fileIds: draft.files.map(({ id }) => id),
    procedureVersionId: loaded.id,
    agencyId: draft.agencyId,
    receivingAgencyId: draft.receiving?.id ?? null,
    caseId: draft.caseId,
    returnMethod: method,
    ...filedOf(loaded.definition, draft.content),
    consents: consentsTo(agreed, ctx.language),
  });
  redirect(res, paths.filed(reference));
});
