import { Router } from "express";
import {
  countOwnDossiers,
  findOwnDossier,
  findOwnFile,
  linkDossier,
  listOwnDossiers,
  listOwnVersionIds,
  type OwnSearch,
  surveyOwnDossiers,
} from "#dossiers/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { sendFile } from "#platform/downloads.ts";
import { emptyForm, readForm } from "#platform/form.ts";
import { fold } from "#platform/format.ts";
import { limitOf } from "#platform/limits.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { openHandedIn } from "#platform/scanning.ts";
import { leaveNotice } from "#platform/session.ts";
import { fieldContext, findVersion, pick } from "#procedures/index.ts";
import { draftFromDossier } from "../actions.ts";
import { LinkInput, referenceIn } from "../inputs.ts";
import { dossierPage, dossiersPage, filedPage, isOwnTab, linkPage, OWN_TABS, ownListPage, SURVEYED } from "../pages.ts";
import { paths } from "../paths.ts";
import { findReceivers, isId, listOwnDrafts } from "../queries.ts";
import { citizenOf, speechOf } from "./opening.ts";
import { openOwn } from "./whole.ts";

export const dossierRoutes = Router();

/** A link code has few enough characters to be tried out: ten tries an hour for one account. */
const LINKS = { name: "link-dossier", points: 10, seconds: 3600 };

const textOf = (value: unknown): string => (typeof value === "string" ? value.slice(0, 200).trim() : "");

/** With the name of the procedure in the reader's language. */
async function named<R extends { procedureVersionId: string }>(
  ctx: Context<Citizen>,
  rows: readonly R[],
): Promise<(R & { procedure: string })[]> {
  return Promise.all(
    rows.map(async (row) => {
      const { definition } = await findVersion(ctx, row.procedureVersionId);
      return { ...row, procedure: pick(definition.name, ctx.language) };
    }),
  );
}

/** Which procedures somebody means, by any part of the name in either language. */
async function searchOf(ctx: Context<Citizen>, q: string): Promise<OwnSearch | null> {
  if (q === "") return null;
  const words = fold(q);
  const versions = await named(
    ctx,
    (await listOwnVersionIds(ctx)).map((procedureVersionId) => ({ procedureVersionId })),
  );
  const found = versions.filter(({ procedure }) => words !== "" && fold(procedure).includes(words));
  return { q, versionIds: found.map(({ procedureVersionId }) => procedureVersionId) };
}

dossierRoutes.get("/ho-so", async (req, res) => {
  const ctx = citizenOf(req);
  const { t } = speechOf(req, res);
  const { nhom, truoc } = req.query;
  const q = textOf(req.query["q"]);
  const tab = isOwnTab(nhom) ? nhom : null;
  const counts = await countOwnDossiers(ctx);
  if (tab || q) {
    const cursor = referenceIn(truoc);
    const search = await searchOf(ctx, q);
    const { rows, next } = await listOwnDossiers(ctx, cursor, { ...(tab ? { groups: OWN_TABS[tab] } : {}), search });
    const page = { rows: await named(ctx, rows), next, counts };
    return render(res, "filing/dossiers", ownListPage(page, { tab, q, isFirst: cursor === null }, t));
  }
  const [drafts, filed] = await Promise.all([listOwnDrafts(ctx), surveyOwnDossiers(ctx, SURVEYED)]);
  const page = { drafts: await named(ctx, drafts), filed: await named(ctx, filed), counts };
  render(res, "filing/dossiers", dossiersPage(page, t));
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
  const seen = await openOwn(req, res);
  if (req.query["moi"] === "1" && seen.dossier.status === "submitted") render(res, "filing/filed", filedPage(seen));
  else render(res, "filing/dossier", dossierPage(seen));
});

dossierRoutes.get("/ho-so/:reference/tep/:fileId", async (req, res) => {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params.reference);
  if (!reference || !isId(req.params.fileId)) throw notFound();
  const file = await findOwnFile(ctx, reference, req.params.fileId);
  await sendFile(res, await openHandedIn(ctx, file), { ...file, disposition: "inline" });
});

dossierRoutes.post("/ho-so/:reference/nop-lai", async (req, res) => {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params.reference);
  if (!reference) throw notFound();
  const dossier = await findOwnDossier(ctx, reference, "act");
  const { t } = speechOf(req, res);
  const { loaded: to, receivers } = await findReceivers(ctx, dossier.procedure.code);
  // The page where filing begins says why it cannot begin here any more, or offers who takes it in now.
  if (!to || !receivers.some(({ id }) => id === dossier.receivingAgencyId))
    return redirect(res, paths.start(dossier.procedure.code));
  const [from, context] = await Promise.all([findVersion(ctx, dossier.procedureVersionId), fieldContext(ctx, t)]);
  const { draftId } = await draftFromDossier(ctx, dossier, { from, to }, context, { papers: true });
  leaveNotice(req, "info", t("filing.dossier.again.begun"));
  redirect(res, paths.draft(draftId));
});
