import { type Request, type RequestHandler, type Response, Router } from "express";
import { paths as accountPaths } from "#accounts/paths.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { redirect } from "#platform/render.ts";
import { keepTyped } from "#platform/session.ts";
import { readTexts } from "#platform/uploads.ts";
import { referenceIn } from "../inputs.ts";
import { paths } from "../paths.ts";
import { findApplicant, findDraftOwner } from "../queries.ts";
import { keepable, PAGES } from "../rules.ts";
import { textIn } from "./opening.ts";

export const typedRoutes = Router();

/** Whoever is not signed in makes the portal keep things here: enough for a classroom behind one address. */
const KEPT = { name: "keep-typed-from", points: 60, seconds: 900 };
/** Nothing is typed there, or nothing that may be sent without being read again. */
const WITHOUT_TEXT = new Set<string>(["xoa", PAGES.papers, PAGES.check]);

/** Keeps what was typed for the account that the form belongs to. Files are not kept: they are chosen again. */
async function keepFor(req: Request, res: Response, accountId: string | null, path: string): Promise<void> {
  if (!accountId || (await limitOf(req, KEPT).count(addressOf(req))) > 0) return;
  const body = await readTexts(req, res);
  keepTyped(req, { path, accountId, values: { ...keepable(body), version: textIn(body, "version") } });
}

/** The page of a draft that was sent after the session ended: what was typed waits for its owner to sign in again. */
const keepForOwner: RequestHandler<{ id: string; page: string }> = async (req, res, next) => {
  const { id, page } = req.params;
  if (req.ctx.actor.kind !== "visitor" || WITHOUT_TEXT.has(page)) return next();
  await keepFor(req, res, await findDraftOwner(req.ctx, id), paths.draftPage(id.toLowerCase(), page));
  redirect(res, accountPaths.signInFor(paths.draftPage(id, page, req.query["sua"] === "1")));
};
typedRoutes.post("/ca-nhan/ban-nhap/:id/:page", keepForOwner);

/** What was being written of a supplement, likewise. */
typedRoutes.post("/ca-nhan/ho-so/:reference/bo-sung", async (req, res, next) => {
  const reference = referenceIn(req.params.reference);
  if (req.ctx.actor.kind !== "visitor" || !reference) return next();
  await keepFor(req, res, await findApplicant(req.ctx, reference), paths.supplement(reference));
  redirect(res, accountPaths.signInFor(paths.supplement(reference)));
});
