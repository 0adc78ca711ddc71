/**
 * The cash drawer: fees that are taken at the counter, each on a *receipt* with the next number of its agency's *book*. A
 * receipt is never changed; a mistake is voided and its number stays. A clerk's receipts since the last time go on a
 * *closing* sheet.
 */
import { randomUUID } from "node:crypto";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { printSlip, type Slip } from "#documents/index.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { contentDisposition } from "#platform/downloads.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { closeDrawer, openBook, takeFees, voidReceipt } from "./actions.ts";
import { BookInput, CloseInput, isId, TakeInput, VoidInput } from "./inputs.ts";
import { closingPaper, drawerPage, receiptPage, receiptPaper, takePage } from "./pages.ts";
import { paths } from "./paths.ts";
import { desksOf, findClosing, findPaying, findReceipt, listBooks, listClosings, listOpenReceipts } from "./queries.ts";
import { receiptNumber } from "./rules.ts";

/** Mounted at /mot-cua, for officers. */
export const officerRoutes = Router();

type OfOne = RequestHandler<{ id: string }>;
const officerOf = (req: Pick<Request, "ctx">): Context<Officer> => req.ctx as Context<Officer>;
const words = (res: Response): Translate => res.locals.t as Translate;
const asRequest = (req: Request<{ id: string }>): Request => req as unknown as Request;
const idOf = (req: Request<{ id: string }>): string => {
  if (!isId(req.params.id)) throw notFound();
  return req.params.id;
};

async function showDrawer(req: Request, res: Response, form: Form): Promise<void> {
  const ctx = officerOf(req);
  const [books, closings, receipts, { agencyOf }] = await Promise.all([
    listBooks(ctx),
    listClosings(ctx),
    listOpenReceipts(ctx),
    findDirectory(ctx),
  ]);
  const desks = desksOf(ctx.actor).map((id) => ({
    id,
    name: agencyOf(id)?.name ?? "",
    book: books.find(({ agencyId }) => agencyId === id),
    receipts: receipts.filter(({ agencyId }) => agencyId === id),
  }));
  render(res, "cash/drawer", drawerPage(desks, closings, form, words(res)));
}

officerRoutes.get("/thu-phi", (req, res) => showDrawer(req, res, emptyForm));

officerRoutes.post("/thu-phi/so-bien-lai", async (req, res) => {
  const input = readForm(BookInput, req);
  if (!input.ok) return showDrawer(req, res.status(422), input.form);
  const { agency: agencyId, ...book } = input.data;
  await openBook(officerOf(req), { agencyId, ...book });
  leaveNotice(req, "success", words(res)("cash.book.done"));
  redirect(res, paths.drawer);
});

officerRoutes.post("/thu-phi/chot", async (req, res) => {
  const input = readForm(CloseInput, req);
  if (!input.ok) return showDrawer(req, res.status(422), input.form);
  const { agency: agencyId, counted, remark } = input.data;
  const { closingId } = await closeDrawer(officerOf(req), { agencyId, counted, remark });
  leaveNotice(req, "success", words(res)("cash.close.done"));
  redirect(res, paths.closing(closingId));
});

async function showTake(req: Request<{ id: string }>, res: Response, form: Form): Promise<void> {
  const paying = await findPaying(officerOf(req), idOf(req));
  render(res, "cash/take", takePage(paying, randomUUID(), form, words(res)));
}

officerRoutes.get("/thu-phi/:id", ((req, res) => showTake(req, res, emptyForm)) as OfOne);

officerRoutes.post("/thu-phi/:id", (async (req, res) => {
  const ctx = officerOf(req);
  const { id: dossierId } = await findPaying(ctx, idOf(req));
  const input = readForm(TakeInput, req);
  if (!input.ok) return showTake(req, res.status(422), input.form);
  const { fee: feeIds, ...taken } = input.data;
  const { receiptId } = await takeFees(ctx, { dossierId, feeIds, ...taken });
  const { number } = await findReceipt(ctx, receiptId);
  leaveNotice(asRequest(req), "success", words(res)("cash.take.done", { number: receiptNumber(number) }));
  redirect(res, paths.receipt(receiptId));
}) as OfOne);

const showReceipt = async (req: Request<{ id: string }>, res: Response, form: Form): Promise<void> =>
  render(res, "cash/receipt", receiptPage(await findReceipt(officerOf(req), idOf(req)), form, words(res)));

officerRoutes.get("/bien-lai/:id", ((req, res) => showReceipt(req, res, emptyForm)) as OfOne);

officerRoutes.post("/bien-lai/:id/huy", (async (req, res) => {
  const { id: receiptId } = await findReceipt(officerOf(req), idOf(req));
  const input = readForm(VoidInput, req);
  if (!input.ok) return showReceipt(req, res.status(422), input.form);
  await voidReceipt(officerOf(req), { receiptId, reason: input.data.reason });
  leaveNotice(asRequest(req), "success", words(res)("cash.receipt.voidDone"));
  redirect(res, paths.receipt(receiptId));
}) as OfOne);

async function sendPaper(req: Pick<Request, "ctx">, res: Response, agencyId: string, slip: Slip): Promise<void> {
  const pdf = await printSlip(req.ctx, agencyId, slip);
  const name = `${slip.title} ${slip.about ?? ""}.pdf`;
  res.set({ "Content-Type": "application/pdf", "Content-Disposition": contentDisposition(name, "inline") }).send(pdf);
}

officerRoutes.get("/bien-lai/:id/in", (async (req, res) => {
  const receipt = await findReceipt(officerOf(req), idOf(req));
  await sendPaper(req, res, receipt.agencyId, receiptPaper(receipt, words(res)));
}) as OfOne);

officerRoutes.get("/chot-quy/:id", (async (req, res) => {
  const closing = await findClosing(officerOf(req), idOf(req));
  await sendPaper(req, res, closing.agencyId, closingPaper(closing, words(res)));
}) as OfOne);
