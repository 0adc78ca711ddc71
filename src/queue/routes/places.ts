/** The halls of an officer's agency: giving numbers, ending the day, figures; and setting up shared machines. */
import { Readable } from "node:stream";
import { type Request, Router } from "express";
import { signOut } from "#accounts/index.ts";
import { addDays } from "#calendar/index.ts";
import { sendFile } from "#platform/downloads.ts";
import { readQuery } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { clearKiosk, kioskIn, setKiosk } from "#platform/kiosk.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { endDay, setTaking } from "../actions/halls.ts";
import { isId, StatisticsQuery } from "../inputs.ts";
import { placesPage, type StatisticsAsked, statisticsLines, statisticsPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { listStatistics } from "../queries/statistics.ts";
import { findHallState, findOwnHall, listOwnHalls } from "../queries.ts";
import { officerOf, words } from "./speech.ts";

export const placeRoutes = Router();

placeRoutes.get("/sanh", async (req, res) => {
  const ctx = officerOf(req);
  const halls = await listOwnHalls(ctx);
  const states = await Promise.all(halls.map(({ id }) => findHallState(ctx, id)));
  const agencies = ctx.actor.postings.map(({ agencyId }) => agencyId);
  const runs = new Set(halls.filter(({ agencyId }) => agencies.includes(agencyId)).map(({ id }) => id));
  render(res, "queue/places", placesPage(states, runs, kioskIn(req.headers.cookie) !== null, words(res)));
});

const ownHall = (req: Request): ReturnType<typeof findOwnHall> => {
  const { id } = req.params;
  if (!isId(id)) throw notFound();
  return findOwnHall(officerOf(req), id);
};

placeRoutes.post("/sanh/:id/ngung-nhan", async (req, res) => {
  await setTaking(req.ctx, (await ownHall(req)).id, false);
  leaveNotice(req, "success", words(res)("queue.places.stopped"));
  redirect(res, paths.places);
});

placeRoutes.post("/sanh/:id/nhan-so", async (req, res) => {
  await setTaking(req.ctx, (await ownHall(req)).id, true);
  leaveNotice(req, "success", words(res)("queue.places.started"));
  redirect(res, paths.places);
});

placeRoutes.post("/sanh/:id/ket-thuc", async (req, res) => {
  const count = await endDay(req.ctx, (await ownHall(req)).id);
  leaveNotice(req, "success", words(res)("queue.places.ended", { count }));
  redirect(res, paths.places);
});

placeRoutes.post("/sanh/:id/may-nay", async (req, res) => {
  const { slug } = await ownHall(req);
  await signOut(req);
  res.set("Clear-Site-Data", '"cache", "storage"');
  setKiosk(res, slug, req.ctx.publicUrl.startsWith("https:"));
  redirect(res, paths.selfService(slug));
});

placeRoutes.post("/sanh/thoi-may-tu-phuc-vu", (req, res) => {
  clearKiosk(res, req.ctx.publicUrl.startsWith("https:"));
  leaveNotice(req, "success", words(res)("queue.places.machineIsOff"));
  redirect(res, paths.places);
});

/** The figures that an officer asks for: of their own halls alone, of the last week where they say nothing else. */
async function askedFigures(req: Request) {
  const ctx = officerOf(req);
  const query = readQuery(StatisticsQuery, req.query);
  const today = isoDay(ctx.now);
  const [from = "", to = ""] = [query.tu ?? addDays(today, -6), query.den ?? today].sort();
  const halls = await listOwnHalls(ctx);
  const chosen = halls.find(({ id }) => id === query.sanh) ?? halls[0];
  const asked: StatisticsAsked = { from, to, by: query.theo ?? "queue", hallId: chosen?.id ?? "" };
  const ids = asked.by === "hall" ? halls.map(({ id }) => id) : chosen ? [chosen.id] : [];
  return { halls, asked, rows: ids.length > 0 ? await listStatistics(ctx, ids, asked) : [] };
}

placeRoutes.get("/sanh/thong-ke", async (req, res) => {
  const { halls, asked, rows } = await askedFigures(req);
  render(res, "queue/statistics", statisticsPage(rows, asked, halls, words(res)));
});

placeRoutes.get("/sanh/thong-ke.csv", async (req, res) => {
  const { asked, rows } = await askedFigures(req);
  const { writeCsv } = await import("hucre/csv");
  const bytes = Buffer.from(writeCsv(statisticsLines(rows, asked.by, words(res)), { bom: true }));
  const name = `thoi-gian-cho-${asked.from}-${asked.to}.csv`;
  await sendFile(res, Readable.from([bytes]), { name, mediaType: "text/csv; charset=utf-8", size: bytes.length });
});
