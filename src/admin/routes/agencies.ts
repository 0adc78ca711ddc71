import { type Request, type Response, Router } from "express";
import { listAgencies } from "#organizations/index.ts";
import { emptyForm, type Form, filledForm, readForm, readQuery } from "#platform/form.ts";
import { formatPartialDate, isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { changeContact, createAgency, organizeAgency } from "../actions/agencies.ts";
import { closeAgency } from "../actions/closing.ts";
import { cancelFounding, cancelPlan, planClosing, planFounding, planOrganizing } from "../actions/plans.ts";
import { undoDeed } from "../actions/undo.ts";
import { changeUnit, closeUnit, createUnit } from "../actions/units.ts";
import {
  AgencyQuery,
  ClosingInput,
  ContactInput,
  FoundingInput,
  OrganizeInput,
  partsIn,
  UnitInput,
} from "../inputs.ts";
import { agencyListPage, foundingPage, organizingPage } from "../pages/agencies.ts";
import { agencyPage } from "../pages/agency.ts";
import { closingPage, closingPreviewPage } from "../pages/closing.ts";
import { foundingPreviewPage, plansPage } from "../pages/plans.ts";
import { paths } from "../paths.ts";
import { findAgencyDetails, findKeptAgency, isIdentifierTaken, listAgencyRows } from "../queries/agencies.ts";
import { previewClosing } from "../queries/closing.ts";
import { findLast, listDeeds } from "../queries/history.ts";
import { isId } from "../queries/people.ts";
import { listPlans } from "../queries/plans.ts";
import { adminOf, namesOf, param, sentBy, words, wrongForm } from "./asking.ts";

/** Agencies, their parts, and how they begin and end. */
export const routes = Router();

routes.get("/co-quan", async (req, res) => {
  const query = readQuery(AgencyQuery, req.query);
  const ctx = adminOf(req);
  const filter = { q: query.q, level: query.cap, state: query["tinh-trang"], page: query.trang };
  const [rows, plans] = await Promise.all([listAgencyRows(ctx, filter), listPlans(ctx)]);
  render(res, "admin/page", agencyListPage(rows, { filter, plans, admin: ctx.actor }, words(res)));
});

routes.get("/co-quan/moi", async (req, res) => {
  const above = req.query["tren"];
  const form = filledForm({
    effectiveOn: isoDay(req.ctx.now),
    level: "commune",
    ...(isId(above) ? { parentId: above } : {}),
  });
  render(res, "admin/page", foundingPage(await listAgencies(req.ctx), form, words(res)));
});

/** What is to be so from a later day on is planned. */
const isLater = ({ now }: { now: Date }, { effectiveOn }: { effectiveOn: string }): boolean =>
  effectiveOn > isoDay(now);
const planned = (day: string, res: Response): string =>
  words(res)("admin.plans.saved", { day: formatPartialDate(day) });

routes.post("/co-quan/moi", async (req, res) => {
  const ctx = adminOf(req);
  const agencies = await listAgencies(ctx);
  const answer = (form: Form, status = 422) =>
    render(res.status(status), "admin/page", foundingPage(agencies, form, words(res)));
  const { act } = sentBy(req);
  if (act === "edit") return answer(filledForm(sentBy(req)), 200);
  const input = readForm(FoundingInput, req);
  if (!input.ok) return answer(input.form);
  if (await isIdentifierTaken(ctx, input.data.identifier))
    return answer(wrongForm(sentBy(req), "identifier", "admin.errors.identifierTaken"));
  if (isLater(ctx, input.data)) {
    const { parentId, effectiveOn } = input.data;
    if (act !== "apply") {
      const parent = agencies.find((agency) => agency.id === parentId) ?? null;
      const plans = parent ? await listPlans(ctx, parent.id) : [];
      const ending = plans.find((plan) => plan.kind !== "organized" && plan.effectiveOn <= effectiveOn) ?? null;
      const page = foundingPreviewPage(input.data, { parent, ending }, filledForm(sentBy(req)), words(res));
      return render(res, "admin/page", page);
    }
    await planFounding(ctx, input.data);
    leaveNotice(req, "success", planned(effectiveOn, res));
    return redirect(res, paths.plans);
  }
  const { id } = await createAgency(ctx, input.data);
  leaveNotice(req, "success", words(res)("admin.founding.done", { name: input.data.name }));
  redirect(res, paths.agency(id));
});

routes.get("/co-quan/ke-hoach", async (req, res) => {
  const ctx = adminOf(req);
  const [plans, names] = await Promise.all([listPlans(ctx), namesOf(ctx)]);
  render(res, "admin/page", plansPage(plans, names, words(res)));
});

routes.post("/co-quan/ke-hoach/:id/huy", async (req, res) => {
  const plan = param(req, "id");
  if (!isId(plan)) throw notFound();
  await cancelFounding(adminOf(req), plan);
  leaveNotice(req, "success", words(res)("admin.plans.cancelled"));
  redirect(res, paths.plans);
});

async function showAgency(req: Request, res: Response, forms: Parameters<typeof agencyPage>[2] = {}) {
  const ctx = adminOf(req);
  const details = await findAgencyDetails(ctx, param(req, "id"));
  const of = { agencyId: details.agency.id };
  const [deeds, seen, names, [plan = null]] = await Promise.all([
    listDeeds(ctx, of),
    findLast(ctx, of),
    namesOf(ctx),
    listPlans(ctx, of.agencyId),
  ]);
  const status = forms.unit || forms.contact ? 422 : 200;
  render(
    res.status(status),
    "admin/page",
    agencyPage(details, { deeds, seen, names, plan, admin: ctx.actor }, forms, words(res)),
  );
}

routes.get("/co-quan/:id", (req, res) => showAgency(req, res));

const done = (req: Request, res: Response, id: string, text: string): void => {
  leaveNotice(req, "success", text);
  redirect(res, paths.agency(id));
};

routes.post("/co-quan/:id/lien-he", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await findKeptAgency(ctx, param(req, "id"));
  const input = readForm(ContactInput, req);
  if (!input.ok) return showAgency(req, res, { contact: input.form });
  const today = isoDay(ctx.now);
  const changed = await changeContact(ctx, { agencyId: id, reason: "", effectiveOn: today, ...input.data });
  done(req, res, id, words(res)(changed ? "admin.agency.saved" : "admin.agency.unchanged"));
});

routes.get("/co-quan/:id/to-chuc", async (req, res) => {
  const ctx = adminOf(req);
  const agency = await findKeptAgency(ctx, param(req, "id"));
  const form = filledForm({
    ...agency,
    parentId: agency.parentId ?? "",
    unitCode: agency.unitCode ?? "",
    effectiveOn: isoDay(ctx.now),
    seen: await findLast(ctx, { agencyId: agency.id }),
  });
  render(res, "admin/page", organizingPage(agency, await listAgencies(ctx), form, words(res)));
});

routes.post("/co-quan/:id/to-chuc", async (req, res) => {
  const ctx = adminOf(req);
  const agency = await findKeptAgency(ctx, param(req, "id"));
  const input = readForm(OrganizeInput, req);
  if (!input.ok)
    return render(
      res.status(422),
      "admin/page",
      organizingPage(agency, await listAgencies(ctx), input.form, words(res)),
    );
  if (isLater(ctx, input.data)) {
    const isPlanned = await planOrganizing(ctx, { agencyId: agency.id, ...input.data });
    const { effectiveOn } = input.data;
    return done(req, res, agency.id, isPlanned ? planned(effectiveOn, res) : words(res)("admin.agency.unchanged"));
  }
  const changed = await organizeAgency(ctx, { agencyId: agency.id, ...input.data });
  done(req, res, agency.id, words(res)(changed ? "admin.agency.saved" : "admin.agency.unchanged"));
});

routes.get("/co-quan/:id/ket-thuc", async (req, res) => {
  const ctx = adminOf(req);
  const agency = await findKeptAgency(ctx, param(req, "id"));
  const seen = await findLast(ctx, { agencyId: agency.id });
  const form = filledForm({ kind: "merged", effectiveOn: isoDay(ctx.now), seen });
  render(res, "admin/page", closingPage(agency, await listAgencies(ctx), form, words(res)));
});

routes.post("/co-quan/:id/ket-thuc", async (req, res) => {
  const ctx = adminOf(req);
  const t = words(res);
  const agency = await findKeptAgency(ctx, param(req, "id"));
  const agencies = await listAgencies(ctx);
  const answer = (form: Form, status = 422) =>
    render(res.status(status), "admin/page", closingPage(agency, agencies, form, t));
  if (sentBy(req)["act"] === "edit") return answer(filledForm(sentBy(req)), 200);
  const input = readForm(ClosingInput, req);
  if (!input.ok) return answer(input.form);
  const { kind, successorId, effectiveOn, reason, seen, act } = input.data;
  const successor = agencies.find(({ id }) => id === successorId) ?? null;
  if (successorId !== null && (successor === null || successor.id === agency.id))
    return answer(wrongForm(sentBy(req), "successorId", "admin.errors.successor"));
  if (act !== "apply") {
    const preview = await previewClosing(ctx, agency, successor);
    if (!successor && (preview.moving.byStatus.length > 0 || preview.moving.steps > 0 || preview.below.length > 0))
      return answer(wrongForm(sentBy(req), "successorId", "admin.errors.successor"));
    const form = filledForm(sentBy(req));
    return render(
      res,
      "admin/page",
      closingPreviewPage(agency, successor, { ...preview, isPlan: isLater(ctx, input.data) }, form, t),
    );
  }
  const units = partsIn(sentBy(req)).filter(({ fromId, toId }) => isId(fromId) && (toId === null || isId(toId)));
  const closing = { agencyId: agency.id, kind, successorId, effectiveOn, reason, seen, units };
  if (isLater(ctx, closing)) {
    await planClosing(ctx, closing);
    return done(req, res, agency.id, planned(effectiveOn, res));
  }
  const closed = await closeAgency(ctx, closing);
  done(req, res, agency.id, t("admin.closing.done", { name: agency.name, ...closed }));
});

routes.post("/co-quan/:id/ke-hoach/huy", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await findKeptAgency(ctx, param(req, "id"));
  await cancelPlan(ctx, id);
  done(req, res, id, words(res)("admin.plans.cancelled"));
});

routes.post("/co-quan/:id/bo-phan", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await findKeptAgency(ctx, param(req, "id"));
  const input = readForm(UnitInput, req);
  if (!input.ok) return showAgency(req, res, { unit: input.form });
  await createUnit(ctx, id, input.data);
  done(req, res, id, words(res)("admin.units.added"));
});

const unitOf = (req: Request): string => {
  const unit = param(req, "unit");
  if (!isId(unit)) throw notFound();
  return unit;
};

routes.post("/co-quan/:id/bo-phan/:unit", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await findKeptAgency(ctx, param(req, "id"));
  const input = readForm(UnitInput, req);
  if (!input.ok) return showAgency(req, res, { unit: { ...emptyForm, errors: input.form.errors } });
  await changeUnit(ctx, id, unitOf(req), input.data);
  done(req, res, id, words(res)("admin.units.changed"));
});

routes.post("/co-quan/:id/bo-phan/:unit/dong", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await findKeptAgency(ctx, param(req, "id"));
  await closeUnit(ctx, id, unitOf(req));
  done(req, res, id, words(res)("admin.units.closedDone"));
});

routes.post("/co-quan/:id/hoan-tac", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await findKeptAgency(ctx, param(req, "id"));
  const { deed } = sentBy(req);
  if (!isId(deed)) throw notFound();
  await undoDeed(ctx, { agencyId: id }, deed);
  done(req, res, id, words(res)("admin.history.undone"));
});
