import { type Request, type RequestHandler, type Response, Router } from "express";
import { requireProof } from "#accounts/index.ts";
import { showCode } from "#platform/codes.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { emptyForm, type FieldErrors, type Form, filledForm, readForm } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { limitOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { type Answers, controlsOf, fieldContext, pressedInPage, readPage, type Submitted } from "#procedures/index.ts";
import {
  changeCompany,
  changeRole,
  declineInvitation,
  endMembership,
  inviteMember,
  joinByCode,
  joinCompany,
  leaveCompany,
  makeCompany,
} from "../actions.ts";
import { answersOf, describedIn, describing } from "../inputs/describing.ts";
import { InviteInput, RoleInput } from "../inputs.ts";
import { companyPage, describePage, invitedPage, invitePage, listPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findOwnCompany, listInvitations, listOwnCompanies, namesOf, type WholeCompany } from "../queries.ts";

/** Under /ca-nhan. */
export const citizenRoutes = Router();

const CODES = { name: "company-codes", points: 20, seconds: 3600 };
const MADE = { name: "companies-made", points: 20, seconds: 86_400 };
const INVITED = { name: "company-invitations", points: 100, seconds: 86_400 };

const citizenOf = (req: Request): Context<Citizen> => req.ctx as Context<Citizen>;
const words = (res: Response): Translate => res.locals.t as Translate;
const bodyOf = (req: Request): Submitted => (req.body as Record<string, unknown> | undefined) ?? {};
const administering = requireProof("administerCompany");

/** Counts a try of the account's. @throws Refusal 429 after too many */
const limited =
  (rule: Parameters<typeof limitOf>[1]): RequestHandler =>
  async (req, _res, next) => {
    const seconds = await limitOf(req, rule).count(citizenOf(req).actor.accountId);
    if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
    next();
  };

async function showList(req: Request, res: Response, form: Form = emptyForm): Promise<void> {
  const ctx = citizenOf(req);
  const [own, invitations] = await Promise.all([listOwnCompanies(ctx), listInvitations(ctx)]);
  const names = await namesOf(ctx, invitations);
  const named = invitations.map((one) => ({ ...one, inviter: names.get(one.invitedById ?? "") ?? "" }));
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  render(res.status(status), "companies/page", listPage(own, named, form, words(res)));
}

citizenRoutes.get("/to-chuc", (req, res) => showList(req, res));

citizenRoutes.post("/to-chuc/ma-moi", limited(CODES), async (req, res) => {
  const { code } = bodyOf(req);
  const joined = await joinByCode(citizenOf(req), typeof code === "string" ? code.slice(0, 100) : "");
  if (!joined) return showList(req, res, { values: {}, errors: { code: { key: "companies.errors.code" } } });
  leaveNotice(req, "success", words(res)("companies.done.joined", { name: joined.name }));
  redirect(res, paths.company(joined.id));
});

citizenRoutes.post("/to-chuc/loi-moi/:id/nhan", async (req, res) => {
  const { id, name } = await joinCompany(citizenOf(req as unknown as Request), req.params.id);
  leaveNotice(req as unknown as Request, "success", words(res)("companies.done.joined", { name }));
  redirect(res, paths.company(id));
});

citizenRoutes.post("/to-chuc/loi-moi/:id/tu-choi", async (req, res) => {
  await declineInvitation(citizenOf(req as unknown as Request), req.params.id);
  leaveNotice(req as unknown as Request, "success", words(res)("companies.done.declined"));
  redirect(res, paths.mine);
});

type Filled = { answers: Answers; submitted?: Submitted; errors?: FieldErrors; status?: number };

async function showDescribing(
  req: Request,
  res: Response,
  company: WholeCompany | null,
  filled: Filled,
): Promise<void> {
  const context = await fieldContext(req.ctx, words(res));
  const { errors = {}, status = 200, ...given } = filled;
  const controls = controlsOf(describing(company !== null).page, given, errors, context);
  const form: Form = { ...filledForm(given.submitted ?? {}), errors };
  render(res.status(status), "companies/page", describePage(company, controls, form, words(res)));
}

/** What was typed of a company; null when it was shown again, with what is wrong or for a button inside the form. */
async function readDescribed(req: Request, res: Response, company: WholeCompany | null) {
  const submitted = bodyOf(req);
  const form = describing(company !== null);
  if (pressedInPage(form, form.page.id, submitted)) {
    await showDescribing(req, res, company, { answers: {}, submitted });
    return null;
  }
  const context = await fieldContext(req.ctx, words(res));
  const { answers, errors } = readPage(form, form.page.id, submitted, {}, context);
  if (Object.keys(errors).length === 0) return describedIn(answers);
  await showDescribing(req, res, company, { answers, submitted, errors, status: 422 });
  return null;
}

citizenRoutes.get("/to-chuc/them", (req, res) => showDescribing(req, res, null, { answers: {} }));

citizenRoutes.post("/to-chuc/them", limited(MADE), async (req, res) => {
  const described = await readDescribed(req, res, null);
  if (!described) return;
  const made = await makeCompany(citizenOf(req), described);
  if (made === "own") {
    const errors = { taxCode: { key: "companies.errors.own" } } as const;
    return showDescribing(req, res, null, { answers: {}, submitted: bodyOf(req), errors, status: 422 });
  }
  leaveNotice(req, "success", words(res)("companies.done.made"));
  redirect(res, paths.company(made.id));
});

citizenRoutes.get("/to-chuc/:id", async (req, res) => {
  const ctx = citizenOf(req as unknown as Request);
  const company = await findOwnCompany(ctx, req.params.id);
  const byIdentity = Boolean(req.app.get("identityProvider"));
  render(res, "companies/page", companyPage(company, { accountId: ctx.actor.accountId, byIdentity }, words(res)));
});

citizenRoutes.get("/to-chuc/:id/sua", async (req, res) => {
  const ctx = citizenOf(req as unknown as Request);
  const company = await findOwnCompany(ctx, req.params.id, "administer");
  const context = await fieldContext(ctx, words(res));
  await showDescribing(req as unknown as Request, res, company, {
    answers: answersOf(company, ctx.actor.accountId, context),
  });
});

citizenRoutes.post("/to-chuc/:id/sua", async (req, res) => {
  const request = req as unknown as Request;
  const company = await findOwnCompany(citizenOf(request), req.params.id, "administer");
  const described = await readDescribed(request, res, company);
  if (!described) return;
  const { taxCode: _fixed, ...changed } = described;
  await changeCompany(citizenOf(request), company.id, Number(bodyOf(request)["version"]), changed);
  leaveNotice(request, "success", words(res)("companies.done.changed"));
  redirect(res, paths.company(company.id));
});

/** Nobody learns from being asked for a proof whether a company is there. */
const represented: RequestHandler = async (req, _res, next) => {
  await findOwnCompany(citizenOf(req), req.params["id"], "administer");
  next();
};

citizenRoutes.get("/to-chuc/:id/moi", represented, administering, async (req: Request, res: Response) => {
  const company = await findOwnCompany(citizenOf(req), req.params["id"], "administer");
  render(res, "companies/page", invitePage(company, emptyForm, words(res)));
});

citizenRoutes.post("/to-chuc/:id/moi", represented, administering, async (req: Request, res: Response) => {
  const company = await findOwnCompany(citizenOf(req), req.params["id"], "administer");
  const input = readForm(InviteInput, req);
  if (!input.ok) return render(res.status(422), "companies/page", invitePage(company, input.form, words(res)));
  const seconds = await limitOf(req, INVITED).count(citizenOf(req).actor.accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const { code, until, isMailed } = await inviteMember(citizenOf(req), company.id, input.data);
  const shown = { code: showCode(code), until, by: input.data.by, isMailed: isMailed && req.app.get("mail") === true };
  render(res, "companies/page", invitedPage(company, shown, words(res)));
});

const ROLE = "/to-chuc/:id/thanh-vien/:member/vai-tro";
citizenRoutes.post(ROLE, represented, administering, async (req: Request, res: Response) => {
  const { id, member } = req.params;
  const input = readForm(RoleInput, req);
  if (!input.ok) throw new Refusal("platform.refused.badRequest", 400);
  await changeRole(citizenOf(req), id, member, input.data.role);
  leaveNotice(req, "success", words(res)("companies.done.role"));
  redirect(res, paths.company(String(id)));
});

const END = "/to-chuc/:id/thanh-vien/:member/thoi";
citizenRoutes.post(END, represented, administering, async (req: Request, res: Response) => {
  const { id, member } = req.params;
  await endMembership(citizenOf(req), id, member);
  leaveNotice(req, "success", words(res)("companies.done.ended"));
  redirect(res, paths.company(String(id)));
});

/** Whoever goes needs no proof: it gives nobody a right. */
citizenRoutes.post("/to-chuc/:id/roi", async (req, res) => {
  await leaveCompany(citizenOf(req as unknown as Request), req.params.id);
  leaveNotice(req as unknown as Request, "success", words(res)("companies.done.left"));
  redirect(res, paths.mine);
});
