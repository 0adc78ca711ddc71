import { type Request, type RequestHandler, type Response, Router } from "express";
import { findSignedIn } from "#accounts/index.ts";
import { paths as accountPaths } from "#accounts/paths.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import type { Sandboxes } from "#platform/sandboxes.ts";
import { leaveNotice } from "#platform/session.ts";
import { paths as procedurePaths } from "#procedures/paths.ts";
import { beginTrial, endTrial, noteFinished } from "../actions/trials.ts";
import { trialBanner, trialPage } from "../pages/trial.ts";
import { paths } from "../paths.ts";
import { findReceptions } from "../queries/staffing.ts";
import { findOpenTrial, findTrial, findTrialPerson, listTrialDossiers, listTrialPeople } from "../queries/trials.ts";
import { adminOf, openManuscript, sentBy, textIn, words } from "./asking.ts";

declare module "express-session" {
  interface SessionData {
    /** Whose place an administrator takes in which trial. */
    acting?: { trialId: string; accountId: string };
  }
}

/** Trying a manuscript before it is published. */
export const routes = Router();

export const sandboxesOf = (req: Request): Sandboxes => req.app.get("sandboxes") as Sandboxes;

routes.get("/soan/:id/thu-nghiem", async (req, res) => {
  const ctx = adminOf(req);
  const manuscript = await openManuscript(req);
  const trial = await findOpenTrial(ctx, manuscript.id);
  if (!trial) {
    const { receptions } = await findReceptions(ctx, manuscript.sketch);
    const agencies = receptions.map(({ receiving: { id, name } }) => ({ id, name }));
    return render(res, "authoring/page", trialPage(manuscript, null, agencies, words(res)));
  }
  const sandboxes = sandboxesOf(req);
  await sandboxes.work(trial.place);
  const finishedAt = await noteFinished(ctx, sandboxes, trial);
  const { db } = sandboxes.at(trial.place);
  const [people, dossiers] = await Promise.all([listTrialPeople(db), listTrialDossiers(db)]);
  const open = { trial: { ...trial, finishedAt }, people, dossiers };
  render(res, "authoring/page", trialPage(manuscript, open, [], words(res)));
});

routes.post("/soan/:id/thu-nghiem", async (req, res) => {
  const t = words(res);
  const { id } = await openManuscript(req);
  const asked = { manuscriptId: id, agencyId: textIn(sentBy(req), "co-quan") };
  await beginTrial(adminOf(req), sandboxesOf(req), asked, {
    mark: t("authoring.trial.mark"),
    citizen: t("authoring.trial.citizen"),
    roleOf: (role) => t(`workflow.roles.${role as "desk"}`),
  });
  delete req.session.acting;
  leaveNotice(req, "success", t("authoring.trial.begun"));
  redirect(res, paths.trial(id));
});

routes.post("/soan/:id/thu-nghiem/vai", async (req, res) => {
  const ctx = adminOf(req);
  const { id, code } = await openManuscript(req);
  const trial = await findOpenTrial(ctx, id);
  if (!trial) throw new Refusal("authoring.trial.gone", 410);
  const person = await findTrialPerson(sandboxesOf(req).at(trial.place).db, textIn(sentBy(req), "nguoi"));
  req.session.acting = { trialId: trial.id, accountId: person.accountId };
  redirect(res, person.kind === "citizen" ? procedurePaths.procedure(code) : accountPaths.home.officer);
});

routes.post("/soan/:id/thu-nghiem/huy", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await openManuscript(req);
  const trial = await findOpenTrial(ctx, id);
  if (trial) {
    await noteFinished(ctx, sandboxesOf(req), trial);
    await endTrial(ctx, sandboxesOf(req), trial);
  }
  delete req.session.acting;
  leaveNotice(req, "success", words(res)("authoring.trial.ended"));
  redirect(res, paths.manuscript(id));
});

/** Administration and the account itself stay the administrator's own, in whose place ever they act elsewhere. */
const OWN = /^\/(quan-tri|dang-nhap|dang-xuat|dang-ky|mat-khau|kich-hoat|ngon-ngu|giao-dien|dev)(\/|$)/;

/**
 * Takes an administrator who acts in a trial into its sandbox: from here on the request knows nothing but the sandbox's
 * database, files and person. Whoever is no administrator never comes here.
 */
export const enterTrial: RequestHandler = async (req, res, next) => {
  const { actor } = req.ctx;
  const acting = req.session?.acting;
  if (actor.kind !== "admin" || !acting || OWN.test(req.path)) return next();
  const trial = await findTrial(req.ctx, acting.trialId);
  const sandboxes = sandboxesOf(req);
  const surroundings = trial && sandboxes.at(trial.place);
  const person = surroundings && (await findSignedIn({ db: surroundings.db, now: req.ctx.now }, acting.accountId));
  if (!trial || !surroundings || !person) {
    delete req.session.acting;
    return redirect(res, accountPaths.home.admin);
  }
  await sandboxes.work(trial.place);
  req.user = person;
  req.ctx = { ...req.ctx, ...surroundings, actor: person.actor };
  markTrial(res, trial.manuscriptId, person.actor.name);
  next();
};

declare global {
  namespace Express {
    interface Locals {
      /** What makes every page of a trial known as one. */
      trial?: { mark: string; banner: ReturnType<typeof trialBanner> };
    }
  }
}

function markTrial(res: Response, manuscriptId: string, name: string): void {
  const t = words(res);
  res.locals.trial = { mark: t("authoring.trial.mark"), banner: trialBanner(manuscriptId, name, t) };
}
