import { type Request, type Response, Router } from "express";
import { findHeldRoles, listAgencies } from "#organizations/index.ts";
import { emptyForm, type FieldErrors, type Form } from "#platform/form.ts";
import { formatDate, isoDay } from "#platform/format.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { noteFinished } from "../actions/trials.ts";
import { publishManuscript } from "../actions.ts";
import { readPublication } from "../inputs/publish.ts";
import { comparisonPage, confirmName, differenceLines, publicationPage } from "../pages/publication.ts";
import { paths } from "../paths.ts";
import { findNewestVersion, findNumbered, findProcedureOverview } from "../queries/procedures.ts";
import { findReceptions } from "../queries/staffing.ts";
import { findOpenTrial, listProofs } from "../queries/trials.ts";
import type { Manuscript } from "../queries.ts";
import { type CheckItem, checklistOf, provenOf } from "../rules.ts";
import { adminOf, openManuscript, param, seenIn, sentBy, words } from "./asking.ts";
import { sandboxesOf } from "./trial.ts";

/** Publishing a manuscript, and what a version changed. */
export const routes = Router();

async function checked(req: Request, { id, code, sketch }: Manuscript): Promise<CheckItem[]> {
  const ctx = adminOf(req);
  const trial = await findOpenTrial(ctx, id);
  if (trial) await noteFinished(ctx, sandboxesOf(req), trial);
  const [{ receptions, isOffered }, agencies, isHeld, newest, proofs] = await Promise.all([
    findReceptions(ctx, sketch),
    listAgencies(ctx),
    findHeldRoles(ctx),
    findNewestVersion(ctx, code),
    listProofs(ctx, id),
  ]);
  const named = receptions.map((reception) => ({ ...reception, name: reception.receiving.name }));
  const staffing = { receptions: named, isOffered, agencies, isHeld };
  return checklistOf(sketch, staffing, provenOf(sketch, newest?.definition ?? null, proofs));
}

async function showPublication(req: Request, res: Response, manuscript: Manuscript, form: Form = emptyForm) {
  const ctx = adminOf(req);
  const [checks, newest] = await Promise.all([checked(req, manuscript), findNewestVersion(ctx, manuscript.code)]);
  const publishing = {
    form,
    today: isoDay(ctx.now),
    newest: newest && { number: newest.number, sketch: newest.definition },
  };
  const status =
    Object.keys(form.errors).length > 0 || (req.method === "POST" && checks.some(({ state }) => state === "wrong"));
  render(res.status(status ? 422 : 200), "authoring/page", publicationPage(manuscript, checks, publishing, words(res)));
}

routes.get("/soan/:id/cong-bo", async (req, res) => showPublication(req, res, await openManuscript(req)));

routes.post("/soan/:id/cong-bo", async (req, res) => {
  const ctx = adminOf(req);
  const t = words(res);
  const manuscript = await openManuscript(req);
  const { id, code, sketch } = manuscript;
  const sent = sentBy(req);
  const [checks, newest] = await Promise.all([checked(req, manuscript), findNewestVersion(ctx, code)]);
  const read = readPublication(sent, isoDay(ctx.now));
  const errors: Record<string, FieldErrors[string]> = { ...read.errors };
  if (newest && !errors["effective"] && read.day < isoDay(newest.effectiveFrom))
    errors["effective"] = {
      key: "authoring.publication.errors.earlier",
      params: { number: newest.number, date: formatDate(newest.effectiveFrom) },
    };
  const asked = checks.filter(({ state }) => state === "ask");
  for (const { key, params } of asked)
    if (sent[confirmName(key)] !== "co")
      errors[confirmName(key)] = {
        key: "authoring.publication.errors.unconfirmed",
        params: { what: t(`authoring.publication.items.${key}`, params) },
      };
  if (Object.keys(errors).length > 0 || checks.some(({ state }) => state === "wrong"))
    return showPublication(req, res, manuscript, { values: sent, errors });
  const lines = newest ? differenceLines(newest.definition, sketch, t).map(({ text }) => text) : [];
  const published = await publishManuscript(
    ctx,
    { id, seen: seenIn(sent) },
    {
      effectiveDay: read.day,
      reason: read.reason,
      changes: lines.length > 0 || !newest ? lines : [t("authoring.publication.otherChanges")],
      checks: asked.map(({ key }) => key),
    },
  );
  leaveNotice(req, "success", t("authoring.publication.done", { number: published.number }));
  redirect(res, paths.procedure(published.code));
});

routes.get("/thu-tuc/:code/so-sanh", async (req, res) => {
  const ctx = adminOf(req);
  const overview = await findProcedureOverview(ctx, param(req, "code"));
  const [from, to] = await Promise.all([
    findNumbered(ctx, overview, req.query["tu"]),
    findNumbered(ctx, overview, req.query["den"]),
  ]);
  render(res, "authoring/page", comparisonPage(overview, from, to, words(res)));
});
