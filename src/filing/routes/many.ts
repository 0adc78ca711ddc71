/** Many dossiers of one procedure: a template is filled in, looked through, and confirmed. */
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { type Request, type Response, Router } from "express";
import { sendFile } from "#platform/downloads.ts";
import type { StagedFile } from "#platform/files.ts";
import { type FieldError, type FieldErrors, type Form, filledForm, readForm, readValues } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { receiveOne } from "#platform/uploads.ts";
import { fieldContext } from "#procedures/index.ts";
import { confirmBatch, deleteBatch, keepBatch, keepBatchPapers, runBatch } from "../actions/many.ts";
import { readArchive } from "../inputs/archive.ts";
import { confirmInput, manyInput } from "../inputs/many.ts";
import { readSheet } from "../inputs/sheet.ts";
import { resultCsv, templateCsv, templateXlsx } from "../pages/sheet.ts";
import {
  judgeAll,
  manyPreviewPage,
  manyResultPage,
  manyRowPage,
  manyStartPage,
  resultLines,
  type SeenBatch,
} from "../pages.ts";
import { paths } from "../paths.ts";
import { findJudging, findMade, findOwnAnswers, findOwnBatch, listOwnBatches } from "../queries/many.ts";
import {
  ARCHIVE,
  lackingOf,
  MOST_SHEET_BYTES,
  numberedPapers,
  screen,
  screeningQuery,
  sheetColumns,
  sortNamed,
} from "../rules.ts";
import { citizenOf, speechOf } from "./opening.ts";
import { companyIn, filersOf, found, guards } from "./start.ts";

/** Under /thu-tuc. */
export const manyRoutes = Router();
const START = "/thu-tuc/:code/nop-nhieu";
const MEGABYTES = MOST_SHEET_BYTES / 1024 / 1024;

async function answerStart(req: Request, res: Response, form: Form, status: number): Promise<void> {
  const ctx = citizenOf(req);
  const { loaded, receivers } = found(res);
  const speech = speechOf(req, res);
  const [own, open, filers] = await Promise.all([
    findOwnAnswers(ctx, loaded, await fieldContext(ctx, speech.t)),
    listOwnBatches(ctx, loaded.procedureId),
    filersOf(req, loaded),
  ]);
  const query = screeningQuery(screen(loaded.definition.screening ?? [], req.query));
  const page = manyStartPage(loaded, receivers, { own, open, filers }, form, speech, query);
  render(res.status(status), "filing/many-start", page);
}

manyRoutes.get(START, ...guards, (req: Request, res: Response) =>
  answerStart(req, res, filledForm({ company: companyIn(req) }), 200),
);

manyRoutes.get(
  "/thu-tuc/:code/nop-nhieu/mau.:kind",
  ...guards.slice(0, 1),
  ...guards.slice(2),
  async (req: Request, res: Response) => {
    const { loaded } = found(res);
    const speech = speechOf(req, res);
    const kind = req.params["kind"];
    if (kind !== "xlsx" && kind !== "csv") throw notFound();
    const columns = sheetColumns(loaded.definition, await fieldContext(req.ctx, speech.t));
    const bytes =
      kind === "xlsx" ? await templateXlsx(loaded, columns, speech) : await templateCsv(loaded, columns, speech);
    await sendTable(res, bytes, `${speech.t("filing.many.sheet.fileName", { code: loaded.code })}.${kind}`, kind);
  },
);

const MEDIA = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
} as const;
const sendTable = (res: Response, bytes: Uint8Array, name: string, kind: keyof typeof MEDIA): Promise<void> =>
  sendFile(res, Readable.from([bytes]), { name, mediaType: MEDIA[kind], size: bytes.length });

manyRoutes.post(START, ...guards, async (req: Request, res: Response) => {
  const ctx = citizenOf(req);
  const { loaded, receivers } = found(res);
  const { definition } = loaded;
  const { body, file } = await receiveOne(req, res, { field: "table", maxBytes: MOST_SHEET_BYTES });
  const context = await fieldContext(ctx, speechOf(req, res).t);
  if (lackingOf(definition, await findOwnAnswers(ctx, loaded, context)).length > 0)
    return answerStart(req, res, filledForm(body), 422);
  const agencies = receivers.map(({ id }) => id);
  const cases = definition.cases.map(({ id }) => id);
  const desks = definition.receivedAnywhere ? agencies : [];
  const companies = (await filersOf(req, loaded)).map(({ id }) => id);
  const schema = manyInput(agencies, cases, desks, companies, definition.returnMethods);
  const input = readValues(schema, body);
  const sheet =
    file === null || file === "tooLarge"
      ? null
      : await readSheet(await readFile(file.staged.path), {
          code: loaded.code,
          version: loaded.number,
          columns: sheetColumns(definition, context),
        });
  const fault =
    file === null
      ? { key: "filing.many.chooseFile" as const }
      : file === "tooLarge"
        ? { key: "filing.many.tooLarge" as const, params: { megabytes: MEGABYTES } }
        : sheet && !sheet.ok
          ? sheet.error
          : null;
  if (!input.ok || fault || !sheet?.ok || file === null || file === "tooLarge") {
    const errors: FieldErrors = { ...(input.ok ? {} : input.form.errors), ...(fault ? { table: fault } : {}) };
    return answerStart(req, res, { values: body, errors }, 422);
  }
  const { agency, receiving, case: caseId, company, returnMethod } = input.data;
  const { batchId } = await keepBatch(ctx, {
    version: loaded,
    agencyId: agency,
    receivingAgencyId: receiving,
    caseId,
    companyId: company,
    returnMethod,
    fileName: file.name,
    rows: sheet.rows,
  });
  redirect(res, paths.batch(batchId));
});

/** Under /ca-nhan. */
export const batchRoutes = Router();
const BATCH = "/nop-nhieu/:id";

/** The table that the address names, with its lines judged by today's rules. */
async function openBatch(req: Request, res: Response): Promise<SeenBatch> {
  const ctx = citizenOf(req);
  const batch = await findOwnBatch(ctx, String(req.params["id"]));
  const speech = speechOf(req, res);
  const context = await fieldContext(ctx, speech.t);
  const judging = await findJudging(ctx, batch, context);
  return { ...speech, batch, judging, context, judged: judgeAll(judging, batch.rows) };
}

batchRoutes.get(BATCH, async (req, res) => {
  const seen = await openBatch(req, res);
  if (seen.batch.act === null) return render(res, "filing/many-preview", manyPreviewPage(seen, {}));
  render(res, "filing/many-result", manyResultPage(seen, await findMade(citizenOf(req), seen.batch)));
});

batchRoutes.post(BATCH, async (req, res) => {
  const ctx = citizenOf(req);
  const seen = await openBatch(req, res);
  const { judged, judging } = seen;
  let { batch } = seen;
  if (batch.act === null) {
    const input = readForm(confirmInput, req);
    if (!input.ok) return render(res.status(422), "filing/many-preview", manyPreviewPage(seen, input.form.errors));
    batch = { ...batch, ...(await confirmBatch(ctx, batch, input.data.act, judged)) };
  }
  await runBatch(ctx, batch, judging);
  redirect(res, paths.batch(batch.id));
});

batchRoutes.post(`${BATCH}/giay-to`, async (req, res) => {
  const ctx = citizenOf(req);
  const seen = await openBatch(req, res);
  const { batch, t } = seen;
  if (batch.act !== null) return redirect(res, paths.batch(batch.id));
  const { file } = await receiveOne(req, res, { field: "papers", maxBytes: ARCHIVE.bytes });
  const refuse = (error: FieldError, wrong: readonly FieldError[] = []) =>
    render(res.status(422), "filing/many-preview", manyPreviewPage(seen, { papers: error }, wrong));
  if (file === null) return refuse({ key: "filing.many.archive.choose" });
  if (file === "tooLarge")
    return refuse({ key: "filing.many.archive.tooLarge", params: { megabytes: ARCHIVE.bytes / 1024 / 1024 } });
  const lines = new Map(batch.rows.map(({ line, number }) => [line, number]));
  const papers = numberedPapers(batch.loaded.definition);
  const staged: StagedFile[] = [];
  try {
    const read = await readArchive(file.staged.path, ctx.files, staged, (name) => sortNamed(name, lines, papers));
    if (!read.ok) return refuse(read.error, read.wrong);
    await keepBatchPapers(ctx, batch.id, { name: file.name, found: read.found, strays: read.strays });
  } finally {
    await Promise.all(staged.map((one) => ctx.files.discard(one)));
  }
  leaveNotice(req, "success", t("filing.many.archive.taken"));
  redirect(res, `${paths.batch(batch.id)}#giay-to`);
});

batchRoutes.get(`${BATCH}/dong/:number`, async (req, res) => {
  const seen = await openBatch(req, res);
  const at = seen.batch.rows.findIndex(({ number }) => String(number) === req.params["number"]);
  const [row, judged] = [seen.batch.rows[at], seen.judged[at]];
  if (!row || !judged) throw notFound();
  render(res, "filing/many-row", manyRowPage(seen, row, judged));
});

batchRoutes.get(`${BATCH}/ket-qua.csv`, async (req, res) => {
  const seen = await openBatch(req, res);
  const { head, rows } = resultLines(seen, await findMade(citizenOf(req), seen.batch));
  const name = seen.t("filing.many.sheet.resultName", { code: seen.batch.loaded.code });
  await sendTable(res, await resultCsv(head, rows), `${name}.csv`, "csv");
});

batchRoutes.post(`${BATCH}/xoa`, async (req, res) => {
  const ctx = citizenOf(req);
  const { loaded } = await findOwnBatch(ctx, String(req.params["id"]));
  await deleteBatch(ctx, String(req.params["id"]));
  leaveNotice(req, "info", speechOf(req, res).t("filing.many.preview.removed"));
  redirect(res, paths.many(loaded.code));
});
