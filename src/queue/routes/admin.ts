/** Setting up halls, queues and counters. */
import { type Request, type Response, Router } from "express";
import { listAgencies } from "#organizations/index.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { createHall, type Saved, saveCounter, saveHall, saveQueue } from "../actions/setup.ts";
import { CounterSetup, HallInput, isId, NewHallInput, QueueInput } from "../inputs.ts";
import { adminHallPage, adminHallsPage, type Returned } from "../pages.ts";
import { paths } from "../paths.ts";
import { findHallState, listEveryHall } from "../queries.ts";
import { adminOf, words } from "./speech.ts";

export const adminRoutes = Router();

async function showHalls(req: Request, res: Response, form: Form): Promise<void> {
  const halls = await listEveryHall(req.ctx);
  render(res, "queue/admin-halls", adminHallsPage(halls, await listAgencies(req.ctx), form, words(res)));
}

const bodyOf = (req: Request): Record<string, unknown> => (req.body as Record<string, unknown> | undefined) ?? {};
const withTaken = (req: Request, name: string, key: "slugTaken" | "prefixTaken" | "numberTaken"): Form => ({
  values: bodyOf(req),
  errors: { [name]: { key: `queue.errors.${key}` } },
});

adminRoutes.get("/sanh", (req, res) => showHalls(req, res, emptyForm));

adminRoutes.post("/sanh", async (req, res) => {
  const input = readForm(NewHallInput, req);
  if (!input.ok) return showHalls(req, res.status(422), input.form);
  const saved = await createHall(adminOf(req), input.data);
  if ("taken" in saved) return showHalls(req, res.status(422), withTaken(req, "slug", "slugTaken"));
  leaveNotice(req, "success", words(res)("queue.admin.saved"));
  redirect(res, paths.adminHall(saved.id));
});

const idOf = (req: Request): string => {
  const { id } = req.params;
  if (!isId(id)) throw notFound();
  return id;
};

async function showHall(req: Request, res: Response, returned: Returned | null): Promise<void> {
  const [hall, agencies] = await Promise.all([findHallState(req.ctx, idOf(req)), listAgencies(req.ctx)]);
  render(returned ? res.status(422) : res, "queue/admin-hall", adminHallPage(hall, agencies, returned, words(res)));
}

adminRoutes.get("/sanh/:id", (req, res) => showHall(req, res, null));

function answerSaved(req: Request, res: Response): void {
  leaveNotice(req, "success", words(res)("queue.admin.saved"));
  redirect(res, paths.adminHall(idOf(req)));
}

adminRoutes.post("/sanh/:id", async (req, res) => {
  const id = idOf(req);
  const input = readForm(HallInput, req);
  if (!input.ok) return showHall(req, res, { of: "hall", form: input.form });
  await saveHall(adminOf(req), id, input.data);
  answerSaved(req, res);
});

/** The form that came, and which one of the page it was. */
const returnedAs = (of: "queue" | "counter", req: Request, form: Form): Returned => {
  const { id } = bodyOf(req);
  return { of, id: isId(id) ? id : null, form };
};

adminRoutes.post("/sanh/:id/hang", async (req, res) => {
  const id = idOf(req);
  const input = readForm(QueueInput, req);
  if (!input.ok) return showHall(req, res, returnedAs("queue", req, input.form));
  const saved: Saved = await saveQueue(adminOf(req), id, input.data);
  if ("taken" in saved) return showHall(req, res, returnedAs("queue", req, withTaken(req, "prefix", "prefixTaken")));
  answerSaved(req, res);
});

adminRoutes.post("/sanh/:id/quay", async (req, res) => {
  const id = idOf(req);
  const input = readForm(CounterSetup, req);
  if (!input.ok) return showHall(req, res, returnedAs("counter", req, input.form));
  const saved: Saved = await saveCounter(adminOf(req), id, input.data);
  if ("taken" in saved) return showHall(req, res, returnedAs("counter", req, withTaken(req, "number", "numberTaken")));
  answerSaved(req, res);
});
