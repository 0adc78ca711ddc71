import { Router } from "express";
import { findOwnDossier, findOwnFile, linkDossier, listOwnDossiers } from "#dossiers/index.ts";
import { sendFile } from "#platform/downloads.ts";
import { emptyForm, readForm } from "#platform/form.ts";
import { limitOf } from "#platform/limits.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { fieldContext, findVersion, pick } from "#procedures/index.ts";
import { draftFromDeclined } from "../actions.ts";
import { LinkInput, referenceIn } from "../inputs.ts";
import { dossierPage, dossiersPage, filedPage, linkPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { type DraftLine, findReceivers, isId, listOwnDrafts } from "../queries.ts";
import { citizenOf, speechOf } from "./opening.ts";

export const dossierRoutes = Router();

/** A link code has few enough characters to be tried out: ten tries an hour for one account. */
const LINKS = { name: "link-dossier", points: 10, seconds: 3600 };

dossierRoutes.get("/ho-so", async (req, res) => {
  const ctx = citizenOf(req);
  const { t, language } = speechOf(req, res);
  const cursor = referenceIn(req.query["truoc"]);
  const [drafts, { rows, next }] = await Promise.all([
    cursor ? ([] as DraftLine[]) : listOwnDrafts(ctx),
    listOwnDossiers(ctx, cursor),
  ]);
  const withName = async <R extends { procedureVersionId: string }>(row: R): Promise<R & { procedure: string }> => {
    const { definition } = await findVersion(ctx, row.procedureVersionId);
    return { ...row, procedure: pick(definition.name, language) };
  };
  const [unfinished, filed] = await Promise.all([
    Promise.all(drafts.map((row) => withName(row))),
    Promise.all(rows.map((row) => withName(row))),
  ]);
  render(
    res,
    "filing/dossiers",
    dossiersPage(
      unfinished,
      filed.map(({ receivingAgency, ...row }) => ({ ...row, agencyName: receivingAgency.name })),
      next,
      cursor === null,
      t,
    ),
  );
});

dossierRoutes.get("/lien-ket-ho-so", (req, res) =>
  render(res, "filing/link", linkPage(emptyForm, speechOf(req, res).t)),
);

dossierRoutes.post("/lien-ket-ho-so", async (req, res) => {
  const ctx = citizenOf(req);
  const { t } = speechOf(req, res);
  const input = readForm(LinkInput, req);
  if (!input.ok) return render(res.status(422), "filing/link", linkPage(input.form, t));
  const seconds = await limitOf(req, LINKS).count(ctx.actor.accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  try {
    const { reference } = await linkDossier(ctx, input.data);
    leaveNotice(req, "success", t("filing.dossiers.linked"));
    redirect(res, paths.dossier(reference));
  } catch (error) {
    // A mistyped code is bad input to whoever typed it: the form again, with what was typed.
    if (!(error instanceof Refusal) || error.reason !== "dossiers.refused.wrongLinkCode") throw error;
    const values = req.body as Record<string, unknown>;
    render(res.status(422), "filing/link", linkPage({ values, errors: { linkCode: { key: error.reason } } }, t));
  }
});

dossierRoutes.get("/ho-so/:reference", async (req, res) => {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params.reference);
  if (!reference) throw notFound();
  const dossier = await findOwnDossier(ctx, reference);
  const speech = speechOf(req, res);
  const [loaded, context] = await Promise.all([
    findVersion(ctx, dossier.procedureVersionId),
    fieldContext(ctx, speech.t),
  ]);
  const seen = { dossier, loaded, context, now: ctx.now, ...speech };
  if (req.query["moi"] === "1" && dossier.status === "submitted") render(res, "filing/filed", filedPage(seen));
  else render(res, "filing/dossier", dossierPage(seen));
});

dossierRoutes.get("/ho-so/:reference/tep/:fileId", async (req, res) => {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params.reference);
  if (!reference || !isId(req.params.fileId)) throw notFound();
  const file = await findOwnFile(ctx, reference, req.params.fileId);
  await sendFile(res, await ctx.files.open(file.storageKey), { ...file, disposition: "inline" });
});

dossierRoutes.post("/ho-so/:reference/nop-lai", async (req, res) => {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params.reference);
  if (!reference) throw notFound();
  const dossier = await findOwnDossier(ctx, reference);
  const { t } = speechOf(req, res);
  const { loaded: to, receivers } = await findReceivers(ctx, dossier.procedure.code);
  // The page where filing begins says why it cannot begin here any more, or offers who takes it in now.
  if (!to || !receivers.some(({ id }) => id === dossier.receivingAgencyId))
    return redirect(res, paths.start(dossier.procedure.code));
  const [from, context] = await Promise.all([findVersion(ctx, dossier.procedureVersionId), fieldContext(ctx, t)]);
  const { draftId } = await draftFromDeclined(ctx, dossier, { from, to }, context);
  leaveNotice(req, "info", t("filing.dossier.again.begun"));
  redirect(res, paths.draft(draftId));
});
