import { Readable } from "node:stream";
import type { Request, RequestHandler, Response } from "express";
import { printSlip } from "#documents/index.ts";
import { deliverResult, findWorkDossier, isAtDesk } from "#dossiers/index.ts";
import { sendFile } from "#platform/downloads.ts";
import { emptyForm, type Form, readForm, readQuery } from "#platform/form.ts";
import { fold } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { csvBytes } from "#platform/spreadsheets.ts";
import { findVersion } from "#procedures/index.ts";
import { linkTicket } from "#queue/index.ts";
import { handSheetOver, makePostalSheet } from "../actions/posting.ts";
import { handInput, PostingInput, ReturningQuery } from "../inputs/returning.ts";
import { isId, readCount } from "../inputs.ts";
import { handPage, postingPage, readyPage, sheetLines, sheetPage, sheetPaper } from "../pages/returning.ts";
import { receiptHref } from "../pages/words.ts";
import { paths } from "../paths.ts";
import { findSheet, listReady, listSheets, listToPost, owedOf } from "../queries/returning.ts";
import { officerOf, translate } from "./speech.ts";

type OfOne = RequestHandler<{ id: string }>;
const asRequest = (req: Request<{ id: string }>): Request => req as unknown as Request;

/** Results that wait; a scanned code that means one opens it at once. */
export const showReady: RequestHandler = async (req, res) => {
  const { q = "" } = readQuery(ReturningQuery, req.query);
  const rows = await listReady(officerOf(req), q);
  const [one] = rows;
  if (q && rows.length === 1 && one) return redirect(res, paths.returnResult(one.dossierId));
  render(res, "desk/ready", readyPage(q, rows, translate(res)));
};

async function findReady(req: Request<{ id: string }>) {
  const ctx = officerOf(asRequest(req));
  if (!isId(req.params.id)) throw notFound();
  const dossier = await findWorkDossier(ctx, req.params.id);
  if (!isAtDesk(ctx.actor, dossier.receivingAgencyId)) throw notFound();
  return dossier;
}

async function showForm(req: Request<{ id: string }>, res: Response, form: Form): Promise<void> {
  const dossier = await findReady(req);
  // Handed over already: its page says by whom and when.
  if (dossier.status !== "completed") return redirect(res, paths.dossier(dossier.id));
  const { definition } = await findVersion(req.ctx, dossier.procedureVersionId);
  const nameOf = (id: string): string => definition.requirements.find((one) => one.id === id)?.name.vi ?? id;
  const owed = (await owedOf(req.ctx, [dossier.id])).get(dossier.id) ?? 0n;
  render(res, "desk/hand", handPage({ dossier, owed, form, nameOf }, translate(res)));
}

export const showHand: OfOne = (req, res) => showForm(req, res, emptyForm);

export const handResult: OfOne = async (req, res) => {
  const ctx = officerOf(asRequest(req));
  const dossier = await findReady(req);
  const names = dossier.parties.flatMap(({ fullName, representative }) => [fullName, representative ?? ""]).map(fold);
  const input = readForm(
    handInput((name) => names.includes(fold(name))),
    req,
  );
  if (!input.ok) return showForm(req, res.status(422), input.form);
  const body = (req.body ?? {}) as Record<string, unknown>;
  const returned = Object.fromEntries(
    dossier.papers.flatMap(({ requirementId, originals }) => {
      const count = readCount(body[`returned-${requirementId}`], originals);
      return count ? [[requirementId, count]] : [];
    }),
  );
  await deliverResult(ctx, { dossierId: dossier.id, method: "counter", ...input.data, returned });
  await linkTicket(ctx, dossier.id);
  const receipt = await ctx.db.issuedPaper.findFirst({
    where: { dossierId: dossier.id, kind: "delivery_receipt", standing: "valid" },
    select: { id: true },
  });
  leaveNotice(asRequest(req), "success", translate(res)("desk.returning.hand.done"));
  redirect(res, receipt ? receiptHref(receipt.id) : paths.dossier(dossier.id));
};

export const showPosting: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const [rows, sheets] = await Promise.all([listToPost(ctx), listSheets(ctx)]);
  const owed = await owedOf(
    ctx,
    rows.map(({ id }) => id),
  );
  render(res, "desk/posting", postingPage(rows, sheets, owed, translate(res)));
};

export const makeSheet: RequestHandler = async (req, res) => {
  const t = translate(res);
  const input = readForm(PostingInput, req);
  if (!input.ok) throw new Refusal("platform.refused.badRequest", 400);
  const { agency: agencyId, dossier: dossierIds } = input.data;
  const description = t("desk.returning.posting.description");
  const { sheetId } = await makePostalSheet(officerOf(req), { agencyId, dossierIds, description });
  leaveNotice(req, "success", t("desk.returning.posting.made"));
  redirect(res, paths.postingSheet(sheetId));
};

const find = (req: Request<{ id: string }>) => {
  if (!isId(req.params.id)) throw notFound();
  return findSheet(officerOf(asRequest(req)), req.params.id);
};

export const showSheet: OfOne = async (req, res) =>
  render(res, "desk/posting-sheet", sheetPage(await find(req), translate(res)));

const MEDIA = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
} as const;

async function xlsxBytes(lines: string[][]): Promise<Uint8Array> {
  const { writeXlsx } = await import("hucre/xlsx");
  return writeXlsx({ sheets: [{ name: "BuuGui", rows: lines, columns: lines[0]?.map(() => ({ width: 24 })) ?? [] }] });
}

/** The sheet as a file: what another system of the postal service takes over, or what is printed. */
const sendSheet =
  (kind: keyof typeof MEDIA): OfOne =>
  async (req, res) => {
    const sheet = await find(req);
    const t = translate(res);
    const lines = sheetLines(sheet, t);
    const bytes =
      kind === "pdf"
        ? await printSlip(req.ctx, sheet.agencyId, sheetPaper(sheet, officerOf(asRequest(req)).actor.name, t))
        : kind === "csv"
          ? await csvBytes(lines)
          : await xlsxBytes(lines);
    await sendFile(res, Readable.from([bytes]), {
      name: `buu-chinh-${sheet.year}-${sheet.number}.${kind}`,
      mediaType: MEDIA[kind],
      size: bytes.length,
      disposition: kind === "pdf" ? "inline" : "attachment",
    });
  };
export const sendSheetCsv = sendSheet("csv");
export const sendSheetXlsx = sendSheet("xlsx");
export const printSheet = sendSheet("pdf");

export const handSheet: OfOne = async (req, res) => {
  const { id } = await find(req);
  await handSheetOver(officerOf(asRequest(req)), id);
  leaveNotice(asRequest(req), "success", translate(res)("desk.returning.posting.handed"));
  redirect(res, paths.postingSheet(id));
};
