/** Rating a dossier, and reading how an agency was rated. */
import { type Request, type Response, Router } from "express";
import { findOwnDossier } from "#dossiers/index.ts";
import { referenceIn } from "#filing/index.ts";
import { paths as filingPaths } from "#filing/paths.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { limitOf } from "#platform/limits.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findVersion, pick } from "#procedures/index.ts";
import { rateDossier } from "./actions.ts";
import { RatingInput } from "./inputs.ts";
import { figuresPage, ratePage, ratingForm, thanksText } from "./pages.ts";
import { findRating, listComments, listOwnFigures, mayReadComments, namesOf } from "./queries.ts";

const words = (res: Response): Translate => res.locals.t as Translate;

/** The citizen's own dossier that the address names, with its rating. @throws Refusal 404 */
async function openRated(req: Request, res: Response) {
  const ctx = req.ctx as Context<Citizen>;
  const reference = referenceIn(req.params["reference"]);
  if (!reference) throw notFound();
  const dossier = await findOwnDossier(ctx, reference, "act");
  const [given, { definition }] = await Promise.all([
    findRating(ctx, dossier.id),
    findVersion(ctx, dossier.procedureVersionId),
  ]);
  return { dossier, procedure: pick(definition.name, ctx.language), given, now: ctx.now, t: words(res) };
}

/** More opinions than a person has in an hour. */
const GIVEN = { name: "ratings-of", points: 20, seconds: 3600 };

/** Under /ca-nhan. */
export const citizenRoutes = Router();

citizenRoutes.get("/ho-so/:reference/danh-gia", async (req, res) => {
  const opened = await openRated(req, res);
  const form: Form = opened.given ? ratingForm(opened.given) : emptyForm;
  render(res, "ratings/rate", ratePage(opened, form));
});

citizenRoutes.post("/ho-so/:reference/danh-gia", async (req, res) => {
  const opened = await openRated(req, res);
  const input = readForm(RatingInput, req);
  if (!input.ok) return render(res.status(422), "ratings/rate", ratePage(opened, input.form));
  const seconds = await limitOf(req, GIVEN).count((req.ctx as Context<Citizen>).actor.accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const { reference } = opened.dossier;
  await rateDossier(req.ctx as Context<Citizen>, reference, input.data);
  leaveNotice(req, "success", thanksText(opened.given?.firstAt ?? req.ctx.now, words(res)));
  redirect(res, filingPaths.dossier(reference));
});

/** Under /mot-cua. */
export const officerRoutes = Router();

officerRoutes.get("/danh-gia", async (req, res) => {
  const ctx = req.ctx as Context<Officer>;
  const since = new Date(`${isoDay(ctx.now).slice(0, 4)}-01-01T00:00:00+07:00`);
  const { truoc } = req.query;
  const cursor = typeof truoc === "string" ? truoc : null;
  const [figures, comments] = await Promise.all([
    listOwnFigures(ctx, since),
    mayReadComments(ctx.actor) ? listComments(ctx, cursor) : null,
  ]);
  const told = figures.procedures.map(({ procedureId }) => procedureId);
  const names = await namesOf(ctx, told);
  const nameOf = (id: string): string => names.get(id) ?? "";
  const shown = comments && { ...comments, isFirst: cursor === null };
  render(res, "ratings/figures", figuresPage(figures, shown, { since, nameOf }, words(res)));
});
