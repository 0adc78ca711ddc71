/** The officer at their counter. */
import { type Request, type RequestHandler, type Response, Router } from "express";
import type { FieldErrors } from "#platform/form.ts";
import { readForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render, renderPart } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import {
  actOnCurrent,
  callBack,
  callNext,
  closeCounter,
  type Outcome,
  openCounter,
  transfer,
  type Verb,
} from "../actions/counter.ts";
import { CallBackInput, CounterInput, SeenInput, TransferInput } from "../inputs.ts";
import { choosePage, panelPage, waitingPart } from "../pages.ts";
import { paths } from "../paths.ts";
import { findCurrentTicket, findHallState, findOwnCounter, listLinked, listOwnHalls } from "../queries.ts";
import { followHall, officerOf, words } from "./speech.ts";

export const panelRoutes = Router();

async function showPanel(req: Request, res: Response, errors: FieldErrors): Promise<void> {
  const ctx = officerOf(req);
  const counter = await findOwnCounter(ctx);
  if (!counter) return render(res, "queue/choose", choosePage(await listOwnHalls(ctx), words(res)));
  const [state, current] = await Promise.all([findHallState(ctx, counter.hallId), findCurrentTicket(ctx)]);
  const linked = current ? await listLinked(ctx, current.dossierIds) : [];
  render(res, "queue/panel", panelPage(state, counter, current, linked, errors, words(res)));
}

panelRoutes.get("/quay", (req, res) => showPanel(req, res, {}));

panelRoutes.get("/quay/truc-tiep", async (req, res) => {
  const counter = await findOwnCounter(officerOf(req));
  if (!counter) throw notFound();
  const t = words(res);
  followHall(req, res, counter.hallId, (state) => ({
    html: renderPart(res, "queue/_waiting", waitingPart(state, counter, t)),
  }));
});

panelRoutes.post("/quay/mo", async (req, res) => {
  const input = readForm(CounterInput, req);
  if (!input.ok || input.data.counter === null) throw notFound();
  const ctx = officerOf(req);
  await openCounter(ctx, input.data.counter);
  const counter = await findOwnCounter(ctx);
  leaveNotice(req, "success", words(res)("queue.panel.opened", { number: counter?.number ?? "" }));
  redirect(res, paths.panel);
});

panelRoutes.post("/quay/dong", async (req, res) => {
  await closeCounter(officerOf(req));
  leaveNotice(req, "success", words(res)("queue.panel.left"));
  redirect(res, paths.panel);
});

function answer(req: Request, res: Response, outcome: Outcome): void {
  const t = words(res);
  if (outcome.did === "called") leaveNotice(req, "success", t("queue.panel.called", { number: outcome.number }));
  else if (outcome.did === "nobody") leaveNotice(req, "info", t("queue.panel.nobody"));
  else if (outcome.did === "stale") leaveNotice(req, "info", t("queue.panel.stale"));
  redirect(res, paths.panel);
}

/** Whom the officer saw at their counter; what cannot be an id was nobody. */
const seenIn = (req: Request): string | null => {
  const input = readForm(SeenInput, req);
  return input.ok ? input.data.seen : null;
};

panelRoutes.post("/quay/goi", async (req, res) => answer(req, res, await callNext(officerOf(req), seenIn(req))));

const act =
  (verb: Verb): RequestHandler =>
  async (req, res) => {
    const seen = seenIn(req);
    answer(req, res, seen === null ? { did: "stale" } : await actOnCurrent(officerOf(req), verb, seen));
  };
panelRoutes.post("/quay/goi-lai", act("again"));
panelRoutes.post("/quay/de-rieng", act("set_aside"));
panelRoutes.post("/quay/khong-den", act("no_show"));
panelRoutes.post("/quay/xong", act("served"));

panelRoutes.post("/quay/goi-lai-so", async (req, res) => {
  const input = readForm(CallBackInput, req);
  if (!input.ok || input.data.ticket === null) throw notFound();
  answer(req, res, await callBack(officerOf(req), input.data.seen, input.data.ticket));
});

panelRoutes.post("/quay/chuyen", async (req, res) => {
  const input = readForm(TransferInput, req);
  if (!input.ok) return showPanel(req, res.status(422), input.form.errors);
  const { seen, to } = input.data;
  answer(req, res, seen === null ? { did: "stale" } : await transfer(officerOf(req), seen, to));
});
