import { type Request, type Response, Router } from "express";
import { paths as accountPaths } from "#accounts/paths.ts";
import { importUnits, listAgencies, UnitFile } from "#organizations/index.ts";
import { contentDisposition } from "#platform/downloads.ts";
import { type FieldErrors, readQuery } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { smallFileReader } from "#platform/small-files.ts";
import { applySheet, keepSheet, linkSheet } from "../actions/imports.ts";
import { ListQuery, readOfficers } from "../inputs.ts";
import { areasPage } from "../pages/areas.ts";
import { linksCsv, reportCsv, sheetPage, sheetPreviewPage, templateCsv, templateXlsx } from "../pages/sheet.ts";
import { paths } from "../paths.ts";
import { type AreaDifference, compareAreas, listAreas } from "../queries/areas.ts";
import { findImport, judgeSheet } from "../queries/imports.ts";
import { findReach } from "../queries/reach.ts";
import { adminOf, param, sentBy, words } from "./asking.ts";

/** What comes in as files: officers as a spreadsheet, administrative units as JSON. */
export const routes = Router();

const readFile = smallFileReader(5 * 1024 * 1024);
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const sendCsv = (res: Response, name: string, bytes: Uint8Array): void => {
  res.set("Content-Disposition", contentDisposition(name, "attachment"));
  res.type("text/csv; charset=utf-8").send(Buffer.from(bytes));
};

routes.get("/nguoi-dung/nhap", (req, res) => render(res, "admin/page", sheetPage({}, adminOf(req).actor, words(res))));

routes.get("/nguoi-dung/nhap/mau.csv", async (_req, res) => sendCsv(res, "mau-can-bo.csv", await templateCsv()));

routes.get("/nguoi-dung/nhap/mau.xlsx", async (req, res) => {
  const ctx = adminOf(req);
  const reach = await findReach(ctx);
  const agencies = (await listAgencies(ctx)).filter(({ id }) => reach === null || reach.includes(id));
  res.set("Content-Disposition", contentDisposition("mau-can-bo.xlsx", "attachment"));
  res.type(XLSX).send(Buffer.from(await templateXlsx(agencies, words(res))));
});

routes.post("/nguoi-dung/nhap", async (req, res) => {
  const ctx = adminOf(req);
  const answer = (errors: FieldErrors) =>
    render(res.status(422), "admin/page", sheetPage(errors, ctx.actor, words(res)));
  const file = await readFile(req, res);
  if (file === null) return answer({ file: { key: "admin.errors.file" } });
  if (file === "tooLarge") return answer({ file: { key: "admin.errors.fileTooLarge" } });
  const read = await readOfficers(file.bytes);
  if (!read.ok) return answer({ file: { key: `admin.sheet.faults.${read.fault}` } });
  redirect(res, paths.sheet(await keepSheet(ctx, { fileName: file.name, lines: read.lines })));
});

routes.get("/nguoi-dung/nhap/:id", async (req, res) => {
  const ctx = adminOf(req);
  const sheet = await findImport(ctx, param(req, "id"));
  const judged = sheet.appliedAt ? [] : await judgeSheet(ctx, sheet.lines);
  render(res, "admin/page", sheetPreviewPage(sheet, judged, ctx.actor, words(res)));
});

routes.get("/nguoi-dung/nhap/:id/bao-cao.csv", async (req, res) => {
  const ctx = adminOf(req);
  const sheet = await findImport(ctx, param(req, "id"));
  sendCsv(res, "dong-sai.csv", await reportCsv(await judgeSheet(ctx, sheet.lines), words(res)));
});

routes.post("/nguoi-dung/nhap/:id", async (req, res) => {
  const id = param(req, "id");
  await findImport(adminOf(req), id);
  await applySheet(adminOf(req), id);
  leaveNotice(req, "success", words(res)("admin.sheet.done"));
  redirect(res, paths.sheet(id));
});

routes.post("/nguoi-dung/nhap/:id/kich-hoat", async (req, res) => {
  const ctx = adminOf(req);
  const links = await linkSheet(ctx, param(req, "id"));
  const rows = links.map(({ token, ...person }) => ({ ...person, href: ctx.publicUrl + accountPaths.activate(token) }));
  sendCsv(res, `kich-hoat-${isoDay(ctx.now)}.csv`, await linksCsv(rows, words(res)));
});

type AreasShown = { fault?: string; difference?: AreaDifference };
async function showAreas(req: Request, res: Response, shown: AreasShown = {}) {
  const { q } = readQuery(ListQuery, req.query);
  const areas = await listAreas(adminOf(req), q);
  render(res.status(shown.fault ? 422 : 200), "admin/page", areasPage(areas, { q, ...shown }, words(res)));
}

routes.get("/co-quan/don-vi-hanh-chinh", (req, res) => showAreas(req, res));

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return null;
  }
}

routes.post("/co-quan/don-vi-hanh-chinh", async (req, res) => {
  const ctx = adminOf(req);
  const t = words(res);
  const file = await readFile(req, res);
  if (file === null) return showAreas(req, res, { fault: t("admin.errors.file") });
  if (file === "tooLarge") return showAreas(req, res, { fault: t("admin.errors.fileTooLarge") });
  const units = UnitFile.safeParse(parse(file.bytes));
  if (!units.success) {
    const issue = units.error.issues[0];
    const fault = [issue?.path.join("."), issue?.message].filter(Boolean).join(": ");
    return showAreas(req, res, { fault: t("admin.areas.wrong", { fault }) });
  }
  if (sentBy(req)["act"] !== "apply") return showAreas(req, res, { difference: await compareAreas(ctx, units.data) });
  const { changed } = await importUnits(ctx, units.data);
  leaveNotice(req, "success", t("admin.areas.done", { count: changed }));
  redirect(res, paths.areas);
});
