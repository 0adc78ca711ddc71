import type { Request, RequestHandler, Response } from "express";
import {
  agenciesOfDossier,
  type FullDossier,
  findReaders,
  liftRestriction,
  listCandidates,
  restrictDossier,
} from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { LiftInput, RestrictInput } from "../inputs/restricting.ts";
import { mayRestrict, restrictPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { bodyOf, find } from "./dossier.ts";
import { officerOf, translate, wordsOf } from "./speech.ts";

type WithId = Request<{ id: string }>;

async function show(req: WithId, res: Response, dossier: FullDossier, form: Form, isLifting = false): Promise<void> {
  const ctx = officerOf(req as Request);
  if (!mayRestrict({ dossier, officer: ctx.actor })) throw new Refusal("dossiers.refused.leaderOnly", 403);
  const [candidates, readers, { agencyOf }, words] = await Promise.all([
    agenciesOfDossier(ctx, dossier).then((agencies) => listCandidates(ctx, agencies)),
    findReaders(ctx.db, dossier.id),
    findDirectory(ctx),
    wordsOf(req as Request, res),
  ]);
  const agencyNames = (id: string): string => agencyOf(id)?.name ?? "";
  const input = { candidates, readers, agencyNames, form, isLifting };
  render(res, "desk/restrict", restrictPage({ dossier, officer: ctx.actor }, input, words));
}

export const showRestriction: RequestHandler<{ id: string }> = async (req, res) =>
  show(req, res, await find(officerOf(req as Request), req.params.id), emptyForm);

/** Changes who sees a dossier; what was typed stays on the page that says why it could not be done. */
async function change(
  req: WithId,
  res: Response,
  dossier: FullDossier,
  { isLifting, done }: { isLifting: boolean; done: MessageKey },
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== "dossiers.refused.nobodyGoesOn") throw error;
    const errors = { readers: { key: error.reason } };
    return show(req, res.status(422) as Response, dossier, { values: bodyOf(req), errors }, isLifting);
  }
  leaveNotice(req as Request, "success", translate(res)(done));
  redirect(res, paths.dossier(dossier.id));
}

export const restrict: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const input = readForm(RestrictInput, req);
  if (!input.ok) return show(req, res.status(422) as Response, dossier, input.form);
  await change(req, res, dossier, { isLifting: false, done: "desk.restricting.done" }, () =>
    restrictDossier(ctx, { dossierId: dossier.id, ...input.data }),
  );
};

export const lift: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const input = readForm(LiftInput, req);
  if (!input.ok) return show(req, res.status(422) as Response, dossier, input.form, true);
  await change(req, res, dossier, { isLifting: true, done: "desk.restricting.lifted" }, () =>
    liftRestriction(ctx, { dossierId: dossier.id, ...input.data }),
  );
};
