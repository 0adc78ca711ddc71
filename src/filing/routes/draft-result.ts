import { Router } from "express";
import { answerDraft } from "#dossiers/index.ts";
import { readForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { DraftAnswerInput, referenceIn } from "../inputs.ts";
import { dossierPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { citizenOf, speechOf } from "./opening.ts";
import { openOwn } from "./whole.ts";

export const draftResultRoutes = Router();

/** The citizen agrees with the draft result, or says what is wrong with it. */
draftResultRoutes.post("/ho-so/:reference/du-thao", async (req, res) => {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params.reference);
  if (!reference) throw notFound();
  const speech = speechOf(req, res);
  const input = readForm(DraftAnswerInput, req);
  if (!input.ok) return render(res.status(422), "filing/dossier", dossierPage(await openOwn(req, res), input.form));
  await answerDraft(ctx, { reference, ...input.data });
  leaveNotice(req, "success", speech.t(`filing.moves.draft.${input.data.objection === null ? "agreed" : "objected"}`));
  redirect(res, paths.dossier(reference));
});
