import { Router } from "express";
import { dateOf, timeOf } from "#calendar/index.ts";
import { filledForm } from "#platform/form.ts";
import { render } from "#platform/render.ts";
import { Workflow } from "#workflow/index.ts";
import { proveManuscript } from "../actions/proofs.ts";
import { readPlay } from "../inputs/process.ts";
import { processPlayPage } from "../pages/process-play.ts";
import { findPlay } from "../queries/playing.ts";
import { findReceptions } from "../queries/staffing.ts";
import { adminOf, openManuscript, words } from "./asking.ts";

/** The simulation of a manuscript's workflow, asked for by address: nothing is stored but that it was run. */
export const routes = Router();

/** What the simulation is played with before anything is asked: here and now, at the counter where there is one. */
const proposed = (now: Date, channel: string) => {
  const day = dateOf(now);
  return {
    kenh: channel,
    "ngay.day": String(Number(day.slice(8))),
    "ngay.month": String(Number(day.slice(5, 7))),
    "ngay.year": day.slice(0, 4),
    gio: timeOf(now),
  };
};

routes.get("/soan/:id/mo-phong", async (req, res) => {
  const manuscript = await openManuscript(req);
  const { sketch } = manuscript;
  const { receptions } = await findReceptions(adminOf(req), sketch);
  const usual = sketch.channels.find((channel) => channel === "counter") ?? sketch.channels[0] ?? "counter";
  const values = { ...proposed(req.ctx.now, usual), ...req.query };
  const read = readPlay(values);
  const isBroken = !Workflow.safeParse(sketch.workflow).success;
  const common = {
    form: read.ok ? filledForm(values) : read.form,
    receptions: receptions.map(({ receiving: { id, name } }) => ({ id, name })),
    isBroken,
  };
  if (!read.ok) {
    res.status(422);
    return render(res, "authoring/process-play", processPlayPage(manuscript, { ...common, played: null }, words(res)));
  }
  const { caseId, agencyId, channel, startedAt, choices } = read.data;
  const reception = receptions.find(({ receiving }) => receiving.id === agencyId) ?? receptions[0];
  const known = sketch.cases.find(({ id }) => id === caseId) ?? sketch.cases[0];
  const played =
    reception && !isBroken
      ? await findPlay(adminOf(req), sketch, {
          reception,
          caseId: known?.id ?? null,
          channel: channel ?? usual,
          startedAt,
          choices,
        })
      : null;
  // Opening the page plays a first example; only what was asked for and reached an end is a simulation.
  if (played?.play.ends && "kenh" in req.query) await proveManuscript(adminOf(req), manuscript, "simulated");
  render(res, "authoring/process-play", processPlayPage(manuscript, { ...common, played }, words(res)));
});
