import { type Request, type Response, Router } from "express";
import { paths as deskPaths } from "#desk/paths.ts";
import { endIssuedPaper, type FullDossier, findWorkDossier, issueControlSlip, issueResult } from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { contentDisposition, sendFile } from "#platform/downloads.ts";
import { emptyForm, type Form, filledForm, readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { displayAnswers, fieldContext, findVersion } from "#procedures/index.ts";
import { composeResult, orderRegister, printTogether, registerAgencies } from "../actions.ts";
import { knownOf, ResultTemplate, resultFields } from "../filling/result.ts";
import { BatchInput, EndInput, RegisterInput } from "../inputs.ts";
import { endPage, makePage, registerPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findEndable, findRegisterFile, listForms, listRegisterFiles, verifyPaper } from "../queries.ts";
import { formOn, isPaperId, type PaperForm } from "../rules.ts";
import { fingerprintOf } from "../snapshot.ts";

/** Under /mot-cua. */
export const officerPapers = Router();

const officerOf = (req: Pick<Request, "ctx">): Context<Officer> => req.ctx as Context<Officer>;
const words = (res: Response): Translate => res.locals.t as Translate;

officerPapers.post("/giay-to/in", async (req, res) => {
  const input = readForm(BatchInput, req);
  if (!input.ok) throw new Refusal("platform.refused.badRequest", 400);
  const { paper: paperIds, dossier: dossierIds } = input.data;
  const { stream } = await printTogether(officerOf(req), { paperIds, dossierIds });
  const name = `${words(res)("documents.batch.title")} ${isoDay(req.ctx.now)}.pdf`;
  res.set({ "Content-Type": "application/pdf", "Content-Disposition": contentDisposition(name, "inline") });
  stream.once("error", () => res.destroy());
  stream.pipe(res);
});

const showEnd = async (req: Request<{ id: string }>, res: Response, form: Form): Promise<void> => {
  const { id, kind, dossierId, token } = await findEndable(officerOf(req), req.params.id);
  const back = deskPaths.dossier(dossierId);
  render(
    res,
    "documents/page",
    endPage({ id, kind, back, paper: await verifyPaper(req.ctx, token) }, form, words(res)),
  );
};

officerPapers.get("/thu-hoi-giay/:id", (req, res) => showEnd(req, res, emptyForm));

officerPapers.post("/thu-hoi-giay/:id", async (req, res) => {
  const ctx = officerOf(req);
  const { id, dossierId } = await findEndable(ctx, req.params.id);
  const input = readForm(EndInput, req);
  if (!input.ok) return showEnd(req, res.status(422), input.form);
  const replace = input.data.act === "replace";
  await endIssuedPaper(ctx, { paperId: id, reason: input.data.reason, replace });
  leaveNotice(
    req as unknown as Request,
    "success",
    words(res)(replace ? "documents.end.replaced" : "documents.end.revoked"),
  );
  redirect(res, deskPaths.dossier(dossierId));
});

const findDossier = (ctx: Context<Officer>, id: string): Promise<FullDossier> => {
  if (!isPaperId(id)) throw notFound();
  return findWorkDossier(ctx, id);
};

officerPapers.post("/ho-so/:id/phieu-kiem-soat", async (req, res) => {
  const ctx = officerOf(req);
  const { id } = await findDossier(ctx, req.params.id);
  await issueControlSlip(ctx, id);
  leaveNotice(req as unknown as Request, "success", words(res)("documents.make.controlMade"));
  redirect(res, deskPaths.dossier(id));
});

type Making = { dossier: FullDossier; form: PaperForm; template: ResultTemplate };

/** The template of a dossier's result. @throws Refusal 409 where the procedure has none */
async function findMaking(ctx: Context<Officer>, id: string): Promise<Making> {
  const dossier = await findDossier(ctx, id);
  const form = formOn(await listForms(ctx), "result", isoDay(ctx.now), dossier.procedure.code);
  if (!form) throw new Refusal("documents.make.noTemplate");
  return { dossier, form, template: ResultTemplate.parse(form.content) };
}

/** What was declared, as people read it, for the fields of the template that it may fill. */
async function declared(ctx: Context<Officer>, { dossier, template }: Making, t: Translate): Promise<Form> {
  const [{ definition }, fields] = await Promise.all([
    findVersion(ctx, dossier.procedureVersionId),
    fieldContext({ ...ctx, language: "vi" }, t),
  ]);
  const given = (dossier.answers[0]?.answers ?? {}) as Record<string, unknown>;
  const lines = new Map([
    ...knownOf(dossier.parties.find(({ role }) => role === "applicant")),
    ...displayAnswers(definition, given, fields)
      .flatMap(({ rows }) => rows)
      .filter(({ fieldId }) => given[fieldId] !== undefined && given[fieldId] !== "")
      .map((row) => [row.fieldId, row.lines.join(", ")] as const),
  ]);
  const first = (...names: (string | undefined)[]): string =>
    names.map((name) => (name ? lines.get(name) : "")).find(Boolean) ?? "";
  return filledForm(Object.fromEntries(template.fields.map(({ id, answer, orElse }) => [id, first(answer, orElse)])));
}

const showMaking = (res: Response, { dossier, form, template }: Making, typed: Form): void =>
  render(
    res,
    "documents/page",
    makePage(
      { dossierId: dossier.id, title: form.title, back: deskPaths.dossier(dossier.id), template },
      typed,
      words(res),
    ),
  );

officerPapers.get("/lap-ket-qua/:id", async (req, res) => {
  const ctx = officerOf(req);
  const making = await findMaking(ctx, req.params.id);
  showMaking(res, making, await declared(ctx, making, words(res)));
});

officerPapers.post("/lap-ket-qua/:id", async (req, res) => {
  const ctx = officerOf(req);
  const making = await findMaking(ctx, req.params.id);
  const body = (req.body ?? {}) as Record<string, unknown>;
  const read = resultFields(making.template).safeParse(body);
  if (!read.success) {
    const key: MessageKey = "documents.make.required";
    const errors = Object.fromEntries(read.error.issues.map(({ path }) => [String(path[0]), { key }]));
    showMaking(res.status(422), making, { values: body, errors });
    return;
  }
  const { signer, act } = body;
  const signerName = typeof signer === "string" && signer.trim() ? signer.trim().slice(0, 120) : null;
  const values = read.data as Record<string, string>;
  if (act === "preview") {
    const snapshot = await composeResult(ctx, making.dossier.id, {
      agencyId: making.dossier.competentAgencyId,
      values,
      signerName,
    });
    const { drawPaper } = await import("../printing/papers.ts");
    const bytes = await drawPaper(snapshot, fingerprintOf(snapshot));
    res.set({ "Content-Type": "application/pdf", "Content-Disposition": "inline" }).send(bytes);
    return;
  }
  await issueResult(ctx, { dossierId: making.dossier.id, title: making.form.title, values, signerName });
  leaveNotice(req as unknown as Request, "success", words(res)("documents.make.issued"));
  redirect(res, deskPaths.dossier(making.dossier.id));
});

const showRegister = async (req: Request, res: Response, form: Form): Promise<void> => {
  const ctx = officerOf(req);
  const [{ agencyOf }, files] = await Promise.all([findDirectory(ctx), listRegisterFiles(ctx)]);
  const agencies = registerAgencies(ctx.actor).flatMap((id) => agencyOf(id) ?? []);
  render(res, "documents/page", registerPage({ agencies, files, today: isoDay(ctx.now) }, form, words(res)));
};

officerPapers.get("/so-theo-doi", (req, res) => showRegister(req, res, emptyForm));

officerPapers.post("/so-theo-doi", async (req, res) => {
  const input = readForm(RegisterInput, req);
  if (!input.ok) return showRegister(req, res.status(422), input.form);
  const { agency: agencyId, from: firstDay, to: lastDay, format } = input.data;
  await orderRegister(officerOf(req), { agencyId, firstDay, lastDay, format });
  leaveNotice(req, "success", words(res)("documents.register.asked"));
  redirect(res, paths.register);
});

const MEDIA = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
} as const;

officerPapers.get("/so-theo-doi/:id", async (req, res) => {
  if (!isPaperId(req.params.id)) throw notFound();
  const file = await findRegisterFile(officerOf(req), req.params.id);
  const name = `So theo doi ho so ${file.firstDay} ${file.lastDay}.${file.format}`;
  await sendFile(res, await req.ctx.files.open(file.storageKey), {
    name,
    mediaType: MEDIA[file.format],
    size: file.size,
  });
});
