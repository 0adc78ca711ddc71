import { type Request, type RequestHandler, type Response, Router } from "express";
import { closeAccount, requireProof } from "#accounts/index.ts";
import { paths as accountPaths } from "#accounts/paths.ts";
import type { Admin, Citizen, Context } from "#platform/context.ts";
import { sendFile } from "#platform/downloads.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { limitOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { askForArchive } from "./actions/archive.ts";
import { answerCorrection, askForCorrection } from "./actions/corrections.ts";
import { addRule, removeRule } from "./actions/retention.ts";
import { AnswerInput, CloseInput, CorrectionInput, RuleInput } from "./inputs.ts";
import { adminPage, ownPage } from "./pages.ts";
import { paths } from "./paths.ts";
import { findArchive, findOwnRequests, findRetention, listCorrections } from "./queries.ts";

const citizenOf = (req: Request): Context<Citizen> => req.ctx as Context<Citizen>;
const adminOf = (req: Request): Context<Admin> => req.ctx as Context<Admin>;
const words = (res: Response): Translate => res.locals.t as Translate;

/** Each is read and answered by a person. */
const CORRECTIONS = { name: "corrections-of", points: 10, seconds: 86_400 };

/** Under /ca-nhan. */
export const citizenRoutes = Router();

const showOwn = async (req: Request, res: Response, form: Form = emptyForm): Promise<void> => {
  const own = await findOwnRequests(citizenOf(req));
  const isWrong = Object.keys(form.errors).length > 0;
  render(res.status(isWrong ? 422 : 200), "privacy/page", ownPage(own, form, words(res)));
};

citizenRoutes.get("/du-lieu", (req, res) => showOwn(req, res));

citizenRoutes.post("/du-lieu/tai", requireProof("downloadData"), async (req, res) => {
  await askForArchive(citizenOf(req));
  leaveNotice(req, "success", words(res)("privacy.own.asked"));
  redirect(res, paths.own);
});

citizenRoutes.get("/du-lieu/:id", requireProof("downloadData") as RequestHandler<{ id: string }>, async (req, res) => {
  const { storageKey, size } = await findArchive(citizenOf(req as Request), req.params.id);
  const name = `du-lieu-ca-nhan-${new Date(req.ctx.now).toISOString().slice(0, 10)}.zip`;
  await sendFile(res, await req.ctx.files.open(storageKey), { name, mediaType: "application/zip", size });
});

citizenRoutes.post("/du-lieu/sua", async (req, res) => {
  const input = readForm(CorrectionInput, req);
  if (!input.ok) return showOwn(req, res, input.form);
  const seconds = await limitOf(req, CORRECTIONS).count(citizenOf(req).actor.accountId);
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  await askForCorrection(citizenOf(req), input.data.text);
  leaveNotice(req, "success", words(res)("privacy.own.sent"));
  redirect(res, paths.own);
});

citizenRoutes.post("/du-lieu/dong", async (req, res) => {
  const input = readForm(CloseInput, req);
  if (!input.ok) return showOwn(req, res, { ...input.form, values: {} });
  if (!(await closeAccount(citizenOf(req), input.data.password)))
    return showOwn(req, res, { values: {}, errors: { password: { key: "privacy.errors.password" } } });
  redirect(res, accountPaths.signIn);
});

/** Under /quan-tri. */
export const adminRoutes = Router();

const showAdmin = async (req: Request, res: Response, form: Form = emptyForm): Promise<void> => {
  const ctx = adminOf(req);
  const [retention, asked] = await Promise.all([findRetention(ctx), listCorrections(ctx)]);
  const isWrong = Object.keys(form.errors).length > 0;
  render(res.status(isWrong ? 422 : 200), "privacy/page", adminPage({ retention, asked }, words(res), form));
};

adminRoutes.get("/du-lieu-ca-nhan", (req, res) => showAdmin(req, res));

adminRoutes.post("/du-lieu-ca-nhan/quy-tac", async (req, res) => {
  const input = readForm(RuleInput, req);
  if (!input.ok) return showAdmin(req, res, input.form);
  await addRule(adminOf(req), input.data);
  leaveNotice(req, "success", words(res)("privacy.admin.added"));
  redirect(res, paths.admin);
});

adminRoutes.post("/du-lieu-ca-nhan/quy-tac/:id/xoa", async (req, res) => {
  await removeRule(adminOf(req as unknown as Request), req.params.id);
  leaveNotice(req as unknown as Request, "success", words(res)("privacy.admin.removed"));
  redirect(res, paths.admin);
});

adminRoutes.post("/du-lieu-ca-nhan/yeu-cau/:id", async (req, res) => {
  const input = readForm(AnswerInput, req);
  if (!input.ok) return showAdmin(req as unknown as Request, res, input.form);
  await answerCorrection(adminOf(req as unknown as Request), req.params.id, input.data.answer);
  leaveNotice(req as unknown as Request, "success", words(res)("privacy.admin.answeredNotice"));
  redirect(res, paths.admin);
});
