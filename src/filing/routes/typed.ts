import { type RequestHandler, Router } from "express";
import { paths as accountPaths } from "#accounts/paths.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { redirect } from "#platform/render.ts";
import { keepTyped } from "#platform/session.ts";
import { paths } from "../paths.ts";
import { findDraftOwner } from "../queries.ts";
import { keepable, PAGES } from "../rules.ts";
import { textIn } from "./opening.ts";

export const typedRoutes = Router();

/** Whoever is not signed in makes the portal keep things here: enough for a classroom behind one address. */
const KEPT = { name: "keep-typed-from", points: 60, seconds: 900 };
/** Nothing is typed there, or nothing that may be sent without being read again. */
const WITHOUT_TEXT = new Set<string>(["xoa", PAGES.papers, PAGES.check]);

/** The page of a draft that was sent after the session ended: what was typed waits for its owner to sign in again. */
const keepForOwner: RequestHandler<{ id: string; page: string }> = async (req, res, next) => {
  const { id, page } = req.params;
  if (req.ctx.actor.kind !== "visitor" || WITHOUT_TEXT.has(page)) return next();
  const body = (req.body as Record<string, unknown> | undefined) ?? {};
  const accountId = await findDraftOwner(req.ctx, id);
  if (accountId && (await limitOf(req, KEPT).count(addressOf(req))) === 0)
    keepTyped(req, {
      path: paths.draftPage(id.toLowerCase(), page),
      accountId,
      values: { ...keepable(body), version: textIn(body, "version") },
    });
  redirect(res, accountPaths.signInFor(paths.draftPage(id, page, req.query["sua"] === "1")));
};
typedRoutes.post("/ca-nhan/ban-nhap/:id/:page", keepForOwner);
