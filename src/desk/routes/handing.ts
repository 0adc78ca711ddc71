import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { printSlip } from "#documents/index.ts";
import { handOverBatch, receiveBatch } from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { contentDisposition } from "#platform/downloads.ts";
import { readForm } from "#platform/form.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findVersion } from "#procedures/index.ts";
import { HandingInput, remarksIn } from "../inputs/handing.ts";
import { isId } from "../inputs.ts";
import { handingPage, handingPaper, handingSlipPage } from "../pages/handing.ts";
import { paths } from "../paths.ts";
import { findBatch, listBatches, listResultsToHandOver, listToHandOver, type ToHandOver } from "../queries/handing.ts";
import { officerOf, translate } from "./speech.ts";

type OfSlip = RequestHandler<{ id: string }>;
const asRequest = (req: Request<{ id: string }>): Request => req as unknown as Request;

async function namesOf(req: Request, res: Response) {
  const t = translate(res);
  const { agencyOf } = await findDirectory(req.ctx);
  return {
    agency: (id: string) => agencyOf(id)?.name ?? "",
    role: (role: string) => t(`workflow.roles.${role}` as Parameters<typeof t>[0]),
  };
}

/** The papers of a dossier in words, as the procedure calls them. */
async function linesOf(req: Request, res: Response, row: ToHandOver): Promise<string> {
  const t = translate(res);
  const { papers, results, procedureVersionId } = row;
  if (results.length > 0)
    return results
      .map(({ title, number }) => (number ? t("desk.handing.result", { title, number }) : title))
      .join("; ");
  const { definition } = await findVersion(req.ctx, procedureVersionId);
  return papers
    .map(({ requirementId, originals, copies }) => {
      const name = definition.requirements.find(({ id }) => id === requirementId)?.name.vi ?? requirementId;
      const counts = [
        originals > 0 ? t("desk.handing.originals", { n: originals }) : "",
        copies > 0 ? t("desk.handing.copies", { n: copies }) : "",
      ].filter(Boolean);
      return t("desk.handing.line", { name, count: counts.join(", ") });
    })
    .join("; ");
}

const listAll = async (ctx: Context<Officer>): Promise<ToHandOver[]> =>
  (await Promise.all([listToHandOver(ctx), listResultsToHandOver(ctx)])).flat();

export const showHanding: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const [rows, batches, names] = await Promise.all([listAll(ctx), listBatches(ctx), namesOf(req, res)]);
  const named: (ToHandOver & { lines: string })[] = [];
  for (const row of rows) named.push({ ...row, lines: await linesOf(req, res, row) });
  render(res, "desk/handing", handingPage(named, batches, names, randomUUID, translate(res)));
};

export const handMany: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const input = readForm(HandingInput, req);
  if (!input.ok) throw new Refusal("platform.refused.badRequest", 400);
  const { formKey, from, to, role, dossier } = input.data;
  const rows = await listAll(ctx);
  const dossiers = [];
  for (const id of dossier) {
    const row = rows.find((one) => one.id === id);
    // Gone from the list since the page was shown: what stands in its history says why.
    dossiers.push({ id, papers: row ? await linesOf(req, res, row) : "" });
  }
  const { batchId } = await handOverBatch(ctx, { formKey, fromAgencyId: from, toAgencyId: to, toRole: role, dossiers });
  leaveNotice(req, "success", translate(res)("desk.handing.made"));
  redirect(res, paths.handingSlip(batchId));
};

const find = (req: Request<{ id: string }>) => {
  if (!isId(req.params.id)) throw notFound();
  return findBatch(officerOf(asRequest(req)), req.params.id);
};

export const showHandingSlip: OfSlip = async (req, res) => {
  const batch = await find(req);
  const { accountId, postings } = officerOf(asRequest(req)).actor;
  const mayConfirm =
    batch.givenById !== accountId &&
    postings.some(({ agencyId, role }) => agencyId === batch.toAgencyId && role === batch.toRole);
  const names = await namesOf(asRequest(req), res);
  render(res, "desk/handing-slip", handingSlipPage(batch, mayConfirm, names, translate(res)));
};

export const printHandingSlip: OfSlip = async (req, res) => {
  const batch = await find(req);
  const paper = handingPaper(batch, await namesOf(asRequest(req), res), translate(res));
  const pdf = await printSlip(req.ctx, batch.fromAgencyId, paper);
  const name = `${paper.title} ${batch.number}-${batch.year}.pdf`;
  res.set({ "Content-Type": "application/pdf", "Content-Disposition": contentDisposition(name, "inline") }).send(pdf);
};

export const receiveMany: OfSlip = async (req, res) => {
  const { id } = await find(req);
  await receiveBatch(officerOf(asRequest(req)), { batchId: id, remarks: remarksIn(req.body) });
  leaveNotice(asRequest(req), "success", translate(res)("desk.handing.confirmed"));
  redirect(res, paths.handingSlip(id));
};
