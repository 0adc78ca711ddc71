import { type Request, type Response, Router } from "express";
import { findDirectory } from "#organizations/index.ts";
import { type Form, filledForm, readForm, readQuery } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { endOfferings, offer, undoOfferings } from "../actions/offerings.ts";
import { endingInput, ListQuery, offeringInput } from "../inputs.ts";
import { offeringListPage, offeringsPage } from "../pages/offerings.ts";
import { paths } from "../paths.ts";
import { findOfferingsOf, listOffered } from "../queries/offerings.ts";
import { isId } from "../queries/people.ts";
import { findReach } from "../queries/reach.ts";
import { adminOf, param, sentBy, words, wrongForm } from "./asking.ts";

/** Which agencies take a procedure in, and who decides on it. */
export const routes = Router();

routes.get("/noi-tiep-nhan", async (req, res) => {
  const ctx = adminOf(req);
  const { q, trang: page } = readQuery(ListQuery, req.query);
  const listed = await listOffered(ctx, await findReach(ctx), { q, page });
  render(res, "admin/page", offeringListPage(listed, q, ctx.actor, words(res)));
});

async function show(req: Request, res: Response, forms: { adding?: Form; ending?: Form } = {}) {
  const ctx = adminOf(req);
  const offerings = await findOfferingsOf(ctx, param(req, "code"));
  const today = isoDay(ctx.now);
  const fresh = filledForm({
    group: "chosen",
    competent: "receiving",
    channels: offerings.version?.definition.channels ?? ["online", "counter"],
    validFrom: today,
  });
  const adding = forms.adding ?? fresh;
  const ending = forms.ending ?? filledForm({ lastDay: today });
  const status = forms.adding || forms.ending ? 422 : 200;
  render(res.status(status), "admin/page", offeringsPage(offerings, { adding, ending }, ctx.actor, words(res)));
}

routes.get("/noi-tiep-nhan/:code", (req, res) => show(req, res));

const done = (req: Request, res: Response, text: string): void => {
  leaveNotice(req, "success", text);
  redirect(res, paths.offeringsOf(param(req, "code")));
};

routes.post("/noi-tiep-nhan/:code", async (req, res) => {
  const ctx = adminOf(req);
  const code = param(req, "code");
  const { agencies, rows } = await findOfferingsOf(ctx, code);
  const input = readForm(offeringInput(isoDay(ctx.now)), req);
  if (!input.ok) return show(req, res, { adding: input.form });
  const { group, agencies: chosen, competent, ...terms } = input.data;
  const known = new Set([...agencies.map(({ id }) => id), ...rows.map(({ agencyId }) => agencyId)]);
  const agencyIds =
    group === "chosen"
      ? chosen.filter((id) => known.has(id))
      : agencies.filter(({ kind }) => kind === group).map(({ id }) => id);
  if (agencyIds.length === 0)
    return show(req, res, { adding: wrongForm(sentBy(req), "agencies", "admin.errors.noAgencies") });
  const { agencyOf } = await findDirectory(ctx);
  if (!["receiving", "parent"].includes(competent) && !agencyOf(competent))
    return show(req, res, { adding: wrongForm(sentBy(req), "competent", "admin.errors.agency") });
  const competentOf = (id: string): string | null =>
    competent === "receiving" ? null : competent === "parent" ? (agencyOf(id)?.parentId ?? null) : competent;
  const count = await offer(ctx, code, { agencyIds, competentOf, ...terms });
  done(req, res, words(res)("admin.offerings.added", { count }));
});

routes.post("/noi-tiep-nhan/:code/thoi", async (req, res) => {
  const ctx = adminOf(req);
  const code = param(req, "code");
  const { rows } = await findOfferingsOf(ctx, code);
  const input = readForm(endingInput(isoDay(ctx.now)), req);
  if (!input.ok) return show(req, res, { ending: input.form });
  const { ending, lastDay, reason } = input.data;
  const agencyIds = rows.filter(({ agencyId }) => ending.includes(agencyId)).map(({ agencyId }) => agencyId);
  if (agencyIds.length === 0)
    return show(req, res, { ending: wrongForm(sentBy(req), "ending", "admin.errors.noAgencies") });
  await endOfferings(ctx, code, { agencyIds: [...new Set(agencyIds)], lastDay, reason });
  done(req, res, words(res)("admin.offerings.ended", { count: agencyIds.length }));
});

routes.post("/noi-tiep-nhan/:code/hoan-tac", async (req, res) => {
  const { event } = sentBy(req);
  if (!isId(event)) throw notFound();
  await undoOfferings(adminOf(req), param(req, "code"), event);
  done(req, res, words(res)("admin.offerings.undone"));
});
