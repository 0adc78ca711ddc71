import { type Request, type Response, Router } from "express";
import { requireReach } from "#admin/index.ts";
import { previewDueDates } from "#dossiers/index.ts";
import { findDirectory, listAgencies } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { contentDisposition } from "#platform/downloads.ts";
import { emptyForm, type Form, type Read, readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { changeCalendar } from "./actions.ts";
import { CalendarQuery, readDayEdit, readImport, type Sent } from "./inputs.ts";
import { dayForm, dayPage, importPage, type Looked, previewPage, yearPage } from "./pages.ts";
import { paths } from "./paths.ts";
import {
  exportDays,
  findCalendar,
  findDay,
  findLastChangeId,
  findMissingYear,
  listChanges,
  listScope,
  listStanding,
} from "./queries.ts";
import { type CalendarEdit, calendarTable, dateOf, effectOf, isLocalDate, rowsAfter } from "./rules.ts";

/** Under /quan-tri. */
export const adminRoutes = Router();

const adminOf = (req: Request): Context<Admin> => req.ctx as Context<Admin>;
const words = (res: Response): Translate => res.locals.t as Translate;

/** Whose calendar it is about. @throws Refusal 404 when there is no such agency */
async function lookedAt(req: Request, agencyId: string | undefined): Promise<Looked> {
  if (!agencyId) return { agencyId: null, agencyName: null };
  const agency = (await findDirectory(req.ctx)).agencyOf(agencyId);
  if (!agency) throw notFound();
  return { agencyId, agencyName: agency.name };
}

adminRoutes.get("/lich", async (req, res) => {
  const query = readQuery(CalendarQuery, req.query);
  const year = query.nam ?? Number(dateOf(req.ctx.now).slice(0, 4));
  const looked = await lookedAt(req, query["co-quan"]);
  const [own, common, agencies, missing, changes] = await Promise.all([
    listScope(req.ctx, looked.agencyId),
    looked.agencyId ? listScope(req.ctx, null) : [],
    listAgencies(req.ctx),
    findMissingYear(req.ctx),
    listChanges(req.ctx),
  ]);
  const ownDates = new Set(own.map(({ date }) => date));
  const days = [
    ...own.map((day) => ({ ...day, isOwn: true })),
    ...common.filter(({ date }) => !ownDates.has(date)).map((day) => ({ ...day, isOwn: false })),
  ]
    .filter(({ date }) => date.startsWith(`${year}-`))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  render(res, "calendar/year", yearPage({ year, looked, days, agencies, missing, changes }, words(res)));
});

adminRoutes.get("/lich/ngay", async (req, res) => {
  const { ngay: date, ...query } = readQuery(CalendarQuery, req.query);
  const looked = await lookedAt(req, query["co-quan"]);
  const own = date ? await findDay(req.ctx, looked.agencyId, date) : null;
  // A day of the province opened for an agency becomes the agency's own.
  const known = own ?? (date && looked.agencyId ? await findDay(req.ctx, null, date) : null);
  const form = known ? dayForm(known) : emptyForm;
  render(res, "calendar/day", dayPage(looked, own?.date ?? null, form, words(res)));
});

adminRoutes.get("/lich/nhap", async (req, res) => {
  const looked = await lookedAt(req, readQuery(CalendarQuery, req.query)["co-quan"]);
  render(res, "calendar/import", importPage(looked, emptyForm, words(res)));
});

adminRoutes.get("/lich/xuat", async (req, res) => {
  const { agencyId } = await lookedAt(req, readQuery(CalendarQuery, req.query)["co-quan"]);
  const table = await exportDays(req.ctx, agencyId, words(res)("calendar.admin.exportSource"));
  res.set("Content-Disposition", contentDisposition(`lich-${dateOf(req.ctx.now)}.json`, "attachment"));
  res.type("application/json").send(`${JSON.stringify(table, null, 2)}\n`);
});

const sentBy = (req: Request): Sent => (req.body as Sent | undefined) ?? {};
const textIn = (sent: Sent, name: string): string => (typeof sent[name] === "string" ? sent[name] : "");

type Asked = { looked: Looked; sent: Sent; read: Read<CalendarEdit> };

/** What a form asks for: a day entered or removed, or a whole table. What is so already is told as a mistake of the form. */
async function readAsked(req: Request): Promise<Asked> {
  const sent = sentBy(req);
  const agency = readQuery(CalendarQuery, { "co-quan": textIn(sent, "agency") || undefined })["co-quan"];
  const looked = await lookedAt(req, agency);
  await requireReach(adminOf(req), looked.agencyId);
  const standing = await listScope(req.ctx, looked.agencyId);
  const isImport = textIn(sent, "act") === "import";
  const read = isImport
    ? readImport(sent, looked.agencyId, standing)
    : readDayEdit(sent, looked.agencyId, looked.agencyId ? await findCalendar(req.ctx) : null);
  if (!read.ok) return { looked, sent, read };
  const edit = effectOf(standing, read.data);
  if (edit.set.length + edit.remove.length > 0) return { looked, sent, read: { ok: true, data: edit } };
  const form = {
    values: { ...sent },
    errors: { [isImport ? "table" : "name"]: { key: "calendar.errors.same" as const } },
  };
  return { looked, sent, read: { ok: false, form } };
}

function answerForm(res: Response, { looked, sent }: Asked, form: Form): void {
  const former = textIn(sent, "former");
  res.status(422);
  if (textIn(sent, "act") === "import") render(res, "calendar/import", importPage(looked, form, words(res)));
  else render(res, "calendar/day", dayPage(looked, isLocalDate(former) ? former : null, form, words(res)));
}

adminRoutes.post("/lich/xem-truoc", async (req, res) => {
  const asked = await readAsked(req);
  if (!asked.read.ok) return answerForm(res, asked, asked.read.form);
  const edit = asked.read.data;
  const ctx = adminOf(req);
  const dates = [...edit.set.map(({ date }) => date), ...edit.remove].sort();
  const [rows, standing, seen, { agencyOf }] = await Promise.all([
    listStanding(ctx),
    listScope(ctx, edit.agencyId),
    findLastChangeId(ctx),
    findDirectory(ctx),
  ]);
  const then = calendarTable(rowsAfter(rows, edit));
  const touched = { agencyId: edit.agencyId, firstDate: dates.at(0) ?? "", lastDate: dates.at(-1) ?? "" };
  const due = await previewDueDates(ctx, touched, then.of);
  const sent = Object.entries(asked.sent)
    .filter(([name]) => name !== "seen")
    .map(([name, value]) => ({ name, value: typeof value === "string" ? value : "" }));
  const agencyName = (id: string): string => agencyOf(id)?.name ?? "";
  render(
    res,
    "calendar/preview",
    previewPage(
      {
        looked: asked.looked,
        edit,
        standing,
        due,
        agencyName,
        sent: [...sent, { name: "seen", value: seen ?? "" }],
      },
      words(res),
    ),
  );
});

adminRoutes.post("/lich", async (req, res) => {
  const asked = await readAsked(req);
  if (!asked.read.ok) return answerForm(res, asked, asked.read.form);
  const edit = asked.read.data;
  const days = await changeCalendar(adminOf(req), edit, textIn(asked.sent, "seen") || null);
  leaveNotice(req, "success", words(res)("calendar.preview.applied", { days }));
  const year = (edit.set[0]?.date ?? edit.remove[0])?.slice(0, 4);
  redirect(res, paths.year(edit.agencyId, year ? Number(year) : undefined));
});
