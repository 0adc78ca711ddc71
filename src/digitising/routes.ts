/**
 * Digitising: papers that came over the counter become electronic. *Scans* wait beside a dossier or in their desk's tray;
 * their *pages* are given to papers, turned and ordered, and each paper becomes one PDF named by the rule. Somebody says
 * that it agrees with the original. A result that is electronic already is used instead of a scan.
 */

import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { listEntries, textOfEntry } from "#lists/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { type FieldErrors, readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { fileControl, MAX_FILE_MEGABYTES } from "#platform/received.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { receiveUpload } from "#platform/uploads.ts";
import { findVersion } from "#procedures/index.ts";
import { addScans, composePapers, confirmPapers, dropScans, reuseResult } from "./actions.ts";
import { isId, readOne, readPlaced, SearchQuery } from "./inputs.ts";
import { digitisingPage, type PaperChoice, searchPage } from "./pages.ts";
import { paths } from "./paths.ts";
import { type Digitising, findByWords, findDigitising, listReusable, listWaiting } from "./queries.ts";
import type { NewScan } from "./rules.ts";

/** Mounted at /mot-cua, for officers. */
export const officerRoutes = Router();

type OfOne = RequestHandler<{ id: string }>;
const officerOf = (req: Pick<Request, "ctx">): Context<Officer> => req.ctx as Context<Officer>;
const words = (res: Response): Translate => res.locals.t as Translate;
const say = (req: unknown, text: string): void => leaveNotice(req as Request, "success", text);

function find(req: Request<{ id: string }>): Promise<Digitising> {
  if (!isId(req.params.id)) throw notFound();
  return findDigitising(officerOf(req), req.params.id);
}

async function papersOf(ctx: Context<Officer>, dossier: Digitising): Promise<PaperChoice[]> {
  const [{ definition }, types] = await Promise.all([
    findVersion(ctx, dossier.procedureVersionId),
    listEntries(ctx, "documentType"),
  ]);
  return definition.requirements
    .filter(({ originals, copies }) => originals + copies > 0)
    .filter(({ cases }) => !cases?.length || (dossier.caseId !== null && cases.includes(dossier.caseId)))
    .map(({ id, name, documentType, replacedByResult }) => ({
      id,
      name: name.vi,
      documentType: documentType ?? null,
      typeName: documentType ? textOfEntry(types, documentType) : null,
      replacedByResult: replacedByResult ?? null,
    }));
}

async function show(req: Request<{ id: string }>, res: Response, errors: FieldErrors): Promise<void> {
  const ctx = officerOf(req);
  const dossier = await find(req);
  const [papers, scans, reusable] = await Promise.all([
    papersOf(ctx, dossier),
    listWaiting(ctx, dossier),
    listReusable(ctx, dossier),
  ]);
  const limit = { ...fileControl, megabytes: MAX_FILE_MEGABYTES };
  render(res, "digitising/dossier", digitisingPage({ dossier, papers, scans, reusable, errors, limit }, words(res)));
}

officerRoutes.get("/so-hoa", async (req, res) => {
  const { q } = readQuery(SearchQuery, req.query);
  const found = q ? await findByWords(officerOf(req), q) : [];
  render(res, "digitising/search", searchPage(q, found, words(res)));
});

officerRoutes.get("/so-hoa/:id", ((req, res) => show(req, res, {})) as OfOne);

officerRoutes.post("/so-hoa/:id/ban-quet", (async (req, res) => {
  const ctx = officerOf(req);
  const dossier = await find(req);
  const upload = await receiveUpload(req as unknown as Request, res, { fields: ["scan"] });
  const scans: NewScan[] = [];
  for (const { name, mediaType, staged } of upload.files) {
    const bytes = await readFile(staged.path);
    await ctx.files.discard(staged);
    scans.push({ name, mediaType, bytes });
  }
  if (!upload.ok) return show(req, res.status(422), upload.errors);
  if (scans.length === 0) return show(req, res.status(422), { scan: { key: "digitising.noFile" } });
  try {
    await addScans(ctx, { dossierId: dossier.id, agencyId: dossier.receivingAgencyId }, scans);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(req, res.status(422), { scan: { key: error.reason, params: error.params } });
  }
  say(req, words(res)("digitising.uploaded"));
  redirect(res, paths.dossier(dossier.id));
}) as OfOne);

officerRoutes.get("/so-hoa/:id/ban-quet/:scanId", (async (req, res) => {
  const { id, scanId } = req.params as { id: string; scanId: string };
  const dossier = await find(req as unknown as Request<{ id: string }>);
  const scan = isId(scanId)
    ? await req.ctx.db.scan.findFirst({
        where: { id: scanId, agencyId: dossier.receivingAgencyId, OR: [{ dossierId: id }, { dossierId: null }] },
      })
    : null;
  if (!scan) throw notFound();
  const { showPage } = await import("./pdf.ts");
  const number = Number.parseInt(String(req.query["trang"] ?? "1"), 10);
  const shown = await showPage(await buffer(await req.ctx.files.open(scan.storageKey)), number);
  if (!shown) throw notFound();
  res.set({
    "Content-Type": shown.mediaType,
    "Content-Disposition": "inline",
    "Cache-Control": "private, max-age=3600",
  });
  res.send(Buffer.from(shown.bytes));
}) as RequestHandler);

officerRoutes.post("/so-hoa/:id/ghep", (async (req, res) => {
  const ctx = officerOf(req);
  const dossier = await find(req);
  const papers = new Set((await papersOf(ctx, dossier)).map(({ id }) => id));
  const placed = readPlaced(req.body, papers);
  const count = placed.length > 0 ? await composePapers(ctx, dossier, placed) : 0;
  say(req, words(res)(count > 0 ? "digitising.composed" : "digitising.nothing", { count }));
  redirect(res, paths.dossier(dossier.id));
}) as OfOne);

officerRoutes.post("/so-hoa/:id/bo", (async (req, res) => {
  const dossier = await find(req);
  const scanId = readOne(req.body, "scan");
  if (isId(scanId)) await dropScans(officerOf(req), dossier, [scanId]);
  say(req, words(res)("digitising.dropped"));
  redirect(res, paths.dossier(dossier.id));
}) as OfOne);

officerRoutes.post("/so-hoa/:id/xac-nhan", (async (req, res) => {
  const dossier = await find(req);
  await confirmPapers(officerOf(req), dossier);
  say(req, words(res)("digitising.confirmedNotice"));
  redirect(res, paths.dossier(dossier.id));
}) as OfOne);

officerRoutes.post("/so-hoa/:id/dung-lai", (async (req, res) => {
  const ctx = officerOf(req);
  const dossier = await find(req);
  const [papers, reusable] = await Promise.all([papersOf(ctx, dossier), listReusable(ctx, dossier)]);
  const result = reusable.find(({ id }) => id === readOne(req.body, "result"));
  const paper = papers.find(({ id }) => id === readOne(req.body, "paper"));
  if (!result || !paper) throw notFound();
  await reuseResult(ctx, dossier, { requirementId: paper.id, result });
  say(req, words(res)("digitising.reuse.done"));
  redirect(res, paths.dossier(dossier.id));
}) as OfOne);
