import { Router } from "express";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findVersion, pick } from "#procedures/index.ts";
import { revokeConsent } from "../actions/consents.ts";
import { consentsPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { listConsents } from "../queries/consents.ts";
import { citizenOf, speechOf } from "./opening.ts";

export const consentRoutes = Router();

consentRoutes.get("/dong-y", async (req, res) => {
  const ctx = citizenOf(req);
  const speech = speechOf(req, res);
  const named = (await listConsents(ctx)).map(async (consent) => {
    const { definition } = await findVersion(ctx, consent.dossier.procedureVersionId);
    return { ...consent, procedure: pick(definition.name, speech.language) };
  });
  render(res, "filing/consents", consentsPage(await Promise.all(named), speech));
});

consentRoutes.post("/dong-y/:id/rut", async (req, res) => {
  await revokeConsent(citizenOf(req), req.params.id);
  leaveNotice(req, "success", speechOf(req, res).t("filing.consents.page.done"));
  redirect(res, paths.consents);
});
