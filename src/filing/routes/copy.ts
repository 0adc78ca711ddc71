import { Readable } from "node:stream";
import { Router } from "express";
import { printFiling } from "#documents/index.ts";
import { findOwnDossier } from "#dossiers/index.ts";
import { sendFile } from "#platform/downloads.ts";
import { notFound } from "#platform/refusal.ts";
import { fieldContext, findVersion } from "#procedures/index.ts";
import { referenceIn } from "../inputs.ts";
import { filingCopy } from "../pages.ts";
import { citizenOf, speechOf } from "./opening.ts";

export const copyRoutes = Router();

copyRoutes.get("/ho-so/:reference/ban-sao", async (req, res) => {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params.reference);
  if (!reference) throw notFound();
  const dossier = await findOwnDossier(ctx, reference);
  const speech = speechOf(req, res);
  const [loaded, context] = await Promise.all([
    findVersion(ctx, dossier.procedureVersionId),
    fieldContext(ctx, speech.t),
  ]);
  const copy = filingCopy({ dossier, loaded, context, now: ctx.now, ...speech }, ctx.publicUrl);
  const bytes = await printFiling(copy);
  await sendFile(res, Readable.from([bytes]), {
    name: `${copy.title} ${reference}.pdf`,
    mediaType: "application/pdf",
    size: bytes.length,
    disposition: "attachment",
  });
});
