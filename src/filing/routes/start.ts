import { type Request, type RequestHandler, type Response, Router } from "express";
import { findProfile } from "#accounts/index.ts";
import { paths as accountPaths } from "#accounts/paths.ts";
import { type Form, filledForm, readForm } from "#platform/form.ts";
import { requireKind } from "#platform/guards.ts";
import { redirect, render } from "#platform/render.ts";
import { type LoadedVersion, pick } from "#procedures/index.ts";
import { createDraft } from "../actions.ts";
import { startInput } from "../inputs.ts";
import { closedPage, startPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findReceivers, listOwnDrafts, type Receiver } from "../queries.ts";
import { citizenOf, speechOf } from "./opening.ts";

export const startRoutes = Router();
const ADDRESS = "/thu-tuc/:code/nop-ho-so";

declare global {
  namespace Express {
    interface Locals {
      filing?: { loaded: LoadedVersion; receivers: Receiver[] };
    }
  }
}

/** Nobody signs in only to learn that the procedure is not filed here. */
const openOnly: RequestHandler<{ code: string }> = async (req, res, next) => {
  const { loaded, name, receivers, closed } = await findReceivers(req.ctx, req.params.code);
  if (loaded && !closed) {
    res.locals.filing = { loaded, receivers };
    return next();
  }
  const speech = speechOf(req as unknown as Request, res);
  const definition = loaded?.definition;
  const reason = definition?.serviceLevelReason ? pick(definition.serviceLevelReason, speech.language) : null;
  const shownName = definition ? pick(definition.name, speech.language) : name;
  if (closed)
    render(
      res.status(req.method === "POST" ? 409 : 200),
      "filing/closed",
      closedPage(shownName, req.params.code, closed, reason, speech),
    );
};
const guards = [openOnly, requireKind("citizen", accountPaths.signInFor)] as RequestHandler[];

async function answerStart(req: Request, res: Response, form: Form, status: number): Promise<void> {
  const { loaded, receivers } = res.locals.filing as NonNullable<typeof res.locals.filing>;
  const drafts = await listOwnDrafts(citizenOf(req), loaded.procedureId);
  render(res.status(status), "filing/start", startPage(loaded, receivers, drafts, form, speechOf(req, res)));
}

startRoutes.get(ADDRESS, ...guards, async (req: Request, res: Response) => {
  const { receivers } = res.locals.filing as NonNullable<typeof res.locals.filing>;
  const profile = await findProfile(citizenOf(req));
  const near = receivers.find(({ unitCode }) => unitCode !== null && unitCode === profile?.communeCode);
  await answerStart(req, res, filledForm({ agency: near?.id ?? "" }), 200);
});

startRoutes.post(ADDRESS, ...guards, async (req: Request, res: Response) => {
  const { loaded, receivers } = res.locals.filing as NonNullable<typeof res.locals.filing>;
  const schema = startInput(
    receivers.map(({ id }) => id),
    loaded.definition.cases.map(({ id }) => id),
  );
  const input = readForm(schema, req);
  if (!input.ok) return answerStart(req, res, input.form, 422);
  const { draftId } = await createDraft(citizenOf(req), {
    version: loaded,
    agencyId: input.data.agency,
    caseId: input.data.case,
  });
  redirect(res, paths.draft(draftId));
});
