/** Booking and keeping appointments, arranging them, and arriving with one at the hall's machine. */
import { type Request, type Response, Router } from "express";
import { findDirectory } from "#organizations/index.ts";
import { isWellFormedCode, readCode } from "#platform/codes.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { emptyForm, type Form, filledForm, readForm, readQuery } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { qrSvg } from "#platform/qr.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findName } from "#procedures/index.ts";
import {
  blockTime,
  bookAppointment,
  cancelAppointment,
  liftBlock,
  moveAppointment,
  requireArranged,
  savePlan,
  setMeeting,
  settleAppointment,
} from "./actions.ts";
import { BlockInput, BookInput, BookQuery, DayQuery, isId, MeetingInput, MoveInput, PlanInput } from "./inputs.ts";
import { type Around, bookPage, dayPage, movePage, ownListPage, ownPage, plansPage, type Reader } from "./pages.ts";
import { paths } from "./paths.ts";
import {
  arrangingAgencies,
  findOwn,
  findPlan,
  listArranged,
  listDay,
  listFree,
  listOwn,
  listPlans,
  listProcedures,
  listQueues,
} from "./queries.ts";
import { arrivalRoutes } from "./routes/arrival.ts";

const words = (res: Response): Translate => res.locals.t as Translate;
const readerOf = (req: Request, res: Response): Reader => ({ t: words(res), language: req.ctx.language });
const citizenOf = (req: Request): Context<Citizen> => req.ctx as Context<Citizen>;
const officerOf = (req: Request): Context<Officer> => req.ctx as Context<Officer>;
const bodyOf = (req: Request): Record<string, unknown> => (req.body as Record<string, unknown> | undefined) ?? {};

/** Names of agencies, and of the procedures with these codes. */
async function aroundOf(req: Request, codes: readonly string[]): Promise<Around> {
  const [{ agencyOf }, names] = await Promise.all([
    findDirectory(req.ctx),
    Promise.all([...new Set(codes)].map(async (code) => [code, await findName(req.ctx, code)] as const)),
  ]);
  const known = new Map(names);
  return {
    agencyName: (id) => agencyOf(id)?.name ?? "",
    procedureName: (code) => known.get(code) ?? code,
  };
}

/** For everybody at the hall's machine. */
export const publicRoutes = arrivalRoutes;

/** Under /ca-nhan. */
export const citizenRoutes = Router();

citizenRoutes.get("/lich-hen", async (req, res) => {
  const rows = await listOwn(citizenOf(req));
  const around = await aroundOf(
    req,
    rows.map(({ procedure }) => procedure.code),
  );
  render(res, "appointments/list", ownListPage(rows, around, readerOf(req, res)));
});

async function showBooking(req: Request, res: Response, form: Form): Promise<void> {
  const query = readQuery(BookQuery, req.query);
  const code = query["thu-tuc"] ?? null;
  const plan = query.noi ? await findPlan(req.ctx, query.noi) : null;
  const [plans, free, procedures, around] = await Promise.all([
    plan ? [] : listPlans(req.ctx, code),
    plan ? listFree(req.ctx, plan) : new Map(),
    plan ? listProcedures(req.ctx, plan) : [],
    aroundOf(req, code ? [code] : []),
  ]);
  const asked = { code, plan, day: query.ngay ?? null };
  render(res, "appointments/book", bookPage(asked, { plans, free, procedures }, around, form, readerOf(req, res)));
}

citizenRoutes.get("/lich-hen/moi", (req, res) => showBooking(req, res, emptyForm));

citizenRoutes.post("/lich-hen/moi", async (req, res) => {
  const input = readForm(BookInput, req);
  if (!input.ok) return showBooking(req, res.status(422), input.form);
  const code = await bookAppointment(citizenOf(req), input.data);
  leaveNotice(req, "success", words(res)("appointments.book.done"));
  redirect(res, paths.own(code));
});

const codeOf = (req: Request): string => {
  const code = readCode(String(req.params["id"]));
  if (!isWellFormedCode(code)) throw notFound();
  return code;
};

citizenRoutes.get("/lich-hen/:id", async (req, res) => {
  const own = await findOwn(citizenOf(req), codeOf(req));
  const svg = await qrSvg(`${req.ctx.publicUrl}${paths.own(own.code)}`);
  const qr = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const around = await aroundOf(req, [own.procedure.code]);
  render(res, "appointments/show", ownPage(own, qr, around, req.ctx.now, readerOf(req, res)));
});

async function showMove(req: Request, res: Response, form: Form): Promise<void> {
  const own = await findOwn(citizenOf(req), codeOf(req));
  const { ngay = null } = readQuery(BookQuery, req.query);
  const [free, around] = await Promise.all([listFree(req.ctx, own.plan), aroundOf(req, [])]);
  render(res, "appointments/book", movePage(own, ngay, free, around, form, readerOf(req, res)));
}

citizenRoutes.get("/lich-hen/:id/doi", (req, res) => showMove(req, res, emptyForm));

citizenRoutes.post("/lich-hen/:id/doi", async (req, res) => {
  const code = codeOf(req);
  const input = readForm(MoveInput, req);
  if (!input.ok) return showMove(req, res.status(422), input.form);
  await moveAppointment(citizenOf(req), code, input.data.startsAt);
  leaveNotice(req, "success", words(res)("appointments.show.moved"));
  redirect(res, paths.own(code));
});

citizenRoutes.post("/lich-hen/:id/huy", async (req, res) => {
  const code = codeOf(req);
  await cancelAppointment(citizenOf(req), code);
  leaveNotice(req, "success", words(res)("appointments.show.cancelled"));
  redirect(res, paths.own(code));
});

/** Under /mot-cua. */
export const officerRoutes = Router();

async function showDay(req: Request, res: Response, day: string, form: Form): Promise<void> {
  const ctx = officerOf(req);
  const [found, plans] = await Promise.all([listDay(ctx, day), listArranged(ctx)]);
  const around = await aroundOf(
    req,
    found.appointments.map(({ procedure }) => procedure.code),
  );
  render(res, "appointments/day", dayPage(day, { ...found, plans }, around, { form, now: ctx.now }, words(res)));
}

officerRoutes.get("/lich-hen", (req, res) => {
  const { ngay } = readQuery(DayQuery, req.query);
  return showDay(req, res, ngay ?? isoDay(req.ctx.now), emptyForm);
});

officerRoutes.post("/lich-hen/khoa-gio", async (req, res) => {
  const body = bodyOf(req);
  const day = readQuery(DayQuery, { ngay: body["day"] }).ngay ?? isoDay(req.ctx.now);
  const input = readForm(BlockInput, req);
  if (!input.ok) return showDay(req, res.status(422), day, input.form);
  const standing = await blockTime(officerOf(req), input.data);
  if (standing > 0) {
    const told = { key: "appointments.errors.standing" as const, params: { count: standing } };
    return showDay(req, res.status(422), day, { ...filledForm(body), errors: { cancels: told } });
  }
  leaveNotice(req, "success", words(res)("appointments.day.blockDone"));
  redirect(res, paths.dayOf({ ngay: day }));
});

const idOf = (req: Request): string => {
  const { id } = req.params;
  if (!isId(id)) throw notFound();
  return id;
};

officerRoutes.post("/lich-hen/khoa-gio/:id/bo", async (req, res) => {
  await liftBlock(officerOf(req), idOf(req));
  leaveNotice(req, "success", words(res)("appointments.day.lifted"));
  redirect(res, paths.day);
});

async function showPlans(
  req: Request,
  res: Response,
  returned: { id: string | null; form: Form } | null,
): Promise<void> {
  const ctx = officerOf(req);
  const [plans, queues, { agencyOf }] = await Promise.all([listArranged(ctx), listQueues(ctx), findDirectory(ctx)]);
  const agencies = arrangingAgencies(ctx.actor).map((id) => ({ id, name: agencyOf(id)?.name ?? "" }));
  render(res, "appointments/plans", plansPage(plans, { agencies, queues }, returned, words(res)));
}

officerRoutes.get("/lich-hen/khung", (req, res) => showPlans(req, res, null));

officerRoutes.post("/lich-hen/khung", async (req, res) => {
  const { id } = bodyOf(req);
  const input = readForm(PlanInput, req);
  if (!input.ok) return showPlans(req, res.status(422), { id: isId(id) ? id : null, form: input.form });
  await savePlan(officerOf(req), input.data);
  leaveNotice(req, "success", words(res)("appointments.plans.saved"));
  redirect(res, paths.plans);
});

officerRoutes.post("/lich-hen/:id/da-gap", async (req, res) => {
  await settleAppointment(officerOf(req), idOf(req), "held");
  leaveNotice(req, "success", words(res)("appointments.day.settled"));
  redirect(res, paths.day);
});

officerRoutes.post("/lich-hen/:id/khong-den", async (req, res) => {
  await settleAppointment(officerOf(req), idOf(req), "no_show");
  leaveNotice(req, "success", words(res)("appointments.day.settled"));
  redirect(res, paths.day);
});

officerRoutes.post("/lich-hen/:id/lien-ket", async (req, res) => {
  const id = idOf(req);
  await requireArranged(officerOf(req), id);
  const input = readForm(MeetingInput, req);
  if (!input.ok || input.data.meetingUrl === null) {
    const told = { key: "appointments.errors.link" as const };
    return showDay(req, res.status(422), isoDay(req.ctx.now), {
      values: {},
      errors: { [`meetingUrl-${id}`]: told },
    });
  }
  await setMeeting(officerOf(req), id, input.data.meetingUrl);
  leaveNotice(req, "success", words(res)("appointments.day.settled"));
  redirect(res, paths.day);
});
