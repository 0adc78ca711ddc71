import { type Request, type RequestHandler, type Response, Router } from "express";
import { findProfile } from "#accounts/index.ts";
import { paths as accountPaths } from "#accounts/paths.ts";
import { listFilers } from "#companies/index.ts";
import type { Filer } from "#companies/rules.ts";
import { type FieldErrors, type Form, filledForm, readForm } from "#platform/form.ts";
import { requireKind } from "#platform/guards.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { findName, type LoadedVersion, pick } from "#procedures/index.ts";
import { createDraft } from "../actions.ts";
import { startInput } from "../inputs.ts";
import { closedPage, screenedOutPage, screeningPage, startPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { countDrafts, findReceivers, listOwnDrafts, type Receiver } from "../queries.ts";
import { screen, screeningQuery, waysOf } from "../rules.ts";
import { citizenOf, speechOf } from "./opening.ts";

export const startRoutes = Router();
const ADDRESS = "/thu-tuc/:code/nop-ho-so";
const TOO_MANY = "filing.start.tooManyDrafts";
const SCREENING = "/thu-tuc/:code/dieu-kien";

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
  const own = definition?.serviceLevelReason ? pick(definition.serviceLevelReason, speech.language) : null;
  const reason = closed?.reason ?? own;
  const shownName = definition ? pick(definition.name, speech.language) : name;
  if (closed)
    render(
      res.status(req.method === "POST" ? 409 : 200),
      "filing/closed",
      closedPage(shownName, req.params.code, closed, reason, speech),
    );
};
type Found = NonNullable<Express.Locals["filing"]>;
export const found = (res: Response): Found => res.locals.filing as Found;

/** Who has not answered the questions before filing is asked them first, signed in or not. */
const screenFirst: RequestHandler<{ code: string }> = (req, res, next) => {
  const screened = screen(found(res as unknown as Response).loaded.definition.screening ?? [], req.query);
  if (screened.state === "through") return next();
  redirect(res as unknown as Response, `${paths.screening(req.params.code)}${screeningQuery(screened)}`);
};
export const guards = [openOnly, screenFirst, requireKind("citizen", accountPaths.signInFor)] as RequestHandler[];

startRoutes.get(SCREENING, openOnly as RequestHandler, async (req: Request, res: Response) => {
  const { loaded } = found(res);
  const screened = screen(loaded.definition.screening ?? [], req.query);
  const speech = speechOf(req, res);
  if (screened.state === "through") return redirect(res, `${paths.start(loaded.code)}${screeningQuery(screened)}`);
  if (screened.state === "out") {
    const { procedure: code } = screened.exit;
    const name = code ? await findName(req.ctx, code) : null;
    const instead = code && name ? { code, name } : null;
    return render(res, "filing/screened-out", screenedOutPage(loaded, screened, instead, speech));
  }
  const isSent = req.query["cau"] === screened.question.id;
  const errors: FieldErrors = isSent ? { [screened.question.id]: { key: "filing.screening.choose" } } : {};
  const isCitizen = req.ctx.actor.kind === "citizen";
  const hasDrafts = isCitizen && (await countDrafts(citizenOf(req), loaded.procedureId)) > 0;
  render(
    res.status(isSent ? 422 : 200),
    "filing/screening",
    screeningPage(loaded, screened, { hasDrafts, errors }, speech),
  );
});

/** The companies in whose name the citizen may file this procedure. */
export const filersOf = async (req: Request, { definition }: LoadedVersion): Promise<Filer[]> =>
  waysOf(definition).includes("organization") ? listFilers(citizenOf(req)) : [];

/** The company that a page of theirs led here for. */
export const companyIn = ({ query }: Request): string => (typeof query["to-chuc"] === "string" ? query["to-chuc"] : "");

async function answerStart(req: Request, res: Response, form: Form, status: number): Promise<void> {
  const { loaded, receivers } = found(res);
  const [drafts, filers] = await Promise.all([
    listOwnDrafts(citizenOf(req), loaded.procedureId),
    filersOf(req, loaded),
  ]);
  const query = screeningQuery(screen(loaded.definition.screening ?? [], req.query));
  render(
    res.status(status),
    "filing/start",
    startPage(loaded, { receivers, drafts, filers }, form, speechOf(req, res), query),
  );
}

startRoutes.get(ADDRESS, ...guards, async (req: Request, res: Response) => {
  const profile = await findProfile(citizenOf(req));
  const near = found(res).receivers.find(({ unitCode }) => unitCode !== null && unitCode === profile?.communeCode);
  await answerStart(req, res, filledForm({ agency: near?.id ?? "", company: companyIn(req) }), 200);
});

startRoutes.post(ADDRESS, ...guards, async (req: Request, res: Response) => {
  const { loaded, receivers } = found(res);
  const agencies = receivers.map(({ id }) => id);
  const schema = startInput(
    agencies,
    loaded.definition.cases.map(({ id }) => id),
    loaded.definition.receivedAnywhere ? agencies : [],
    (await filersOf(req, loaded)).map(({ id }) => id),
  );
  const input = readForm(schema, req);
  if (!input.ok) return answerStart(req, res, input.form, 422);
  try {
    const { draftId } = await createDraft(citizenOf(req), {
      version: loaded,
      agencyId: input.data.agency,
      receivingAgencyId: input.data.receiving,
      caseId: input.data.case,
      companyId: input.data.company,
    });
    redirect(res, paths.draft(draftId));
  } catch (error) {
    if (!(error instanceof Refusal && error.reason === TOO_MANY)) throw error;
    const errors = { "ban-nhap": { key: TOO_MANY, params: error.params } } as FieldErrors;
    await answerStart(req, res, { values: req.body, errors }, error.status);
  }
});
