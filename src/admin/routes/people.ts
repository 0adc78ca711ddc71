import { type Request, type Response, Router } from "express";
import { findDirectory, type KnownAgency, listAgencies } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { emptyForm, type Form, filledForm, readForm, readQuery } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { grantLeave, revokeLeave } from "../actions/leave.ts";
import {
  changePerson,
  createAdministrator,
  createPerson,
  endPosting,
  grantPosting,
  resetPassword,
  switchPerson,
  transferPerson,
} from "../actions/people.ts";
import { undoDeed } from "../actions/undo.ts";
import {
  AdministratorInput,
  DetailsInput,
  leaveInput,
  PeopleQuery,
  PersonInput,
  PostingInput,
  SwitchInput,
  TransferInput,
} from "../inputs.ts";
import { newAdministratorPage, newPersonPage, passwordPage, peopleListPage } from "../pages/people.ts";
import { type PersonForms, personPage } from "../pages/person.ts";
import { paths } from "../paths.ts";
import { findLast, listDeeds } from "../queries/history.ts";
import { findPerson, isId, isTaken, listColleagues, listPeople } from "../queries/people.ts";
import { keeps } from "../rules.ts";
import { adminOf, namesOf, param, sentBy, words, wrongForm } from "./asking.ts";

/** Officers and administrators: who they are, where they work, who acts for them. */
export const routes = Router();

/** Open agencies within reach, to choose from. */
async function choices(ctx: Context<Admin>): Promise<KnownAgency[]> {
  const [agencies, directory] = await Promise.all([listAgencies(ctx), findDirectory(ctx)]);
  return agencies.filter(({ id }) => keeps(ctx.actor, id, directory));
}

routes.get("/nguoi-dung", async (req, res) => {
  const ctx = adminOf(req);
  const query = readQuery(PeopleQuery, req.query);
  const filter = {
    q: query.q,
    agency: query["co-quan"],
    role: query["vai-tro"],
    state: query["tinh-trang"],
    after: query.sau,
  };
  const [found, { agencyOf }] = await Promise.all([listPeople(ctx, filter), findDirectory(ctx)]);
  const agency = agencyOf(filter.agency) ?? null;
  render(res, "admin/page", peopleListPage(found, filter, { agency, admin: ctx.actor }, words(res)));
});

async function showNew(req: Request, res: Response, form: Form, status = 200) {
  const ctx = adminOf(req);
  const agencies = await choices(ctx);
  const chosen = agencies.find(({ id }) => id === form.values["agencyId"]);
  render(res.status(status), "admin/page", newPersonPage(agencies, chosen, form, ctx.actor, words(res)));
}

routes.get("/nguoi-dung/moi", (req, res) => {
  const at = req.query["co-quan"];
  return showNew(req, res, isId(at) ? filledForm({ agencyId: at }) : emptyForm);
});

routes.post("/nguoi-dung/moi", async (req, res) => {
  const ctx = adminOf(req);
  const sent = sentBy(req);
  if (sent["act"] === "units") return showNew(req, res, filledForm(sent));
  const input = readForm(PersonInput, req);
  if (!input.ok) return showNew(req, res, input.form, 422);
  const { username, displayName, email, ...posting } = input.data;
  if (await isTaken(ctx, username))
    return showNew(req, res, wrongForm(sent, "username", "admin.errors.usernameTaken"), 422);
  const { accountId: id, password } = await createPerson(ctx, { username, displayName, email, posting });
  render(res, "admin/page", passwordPage({ id, username, displayName }, password, ctx.actor, words(res)));
});

routes.get("/nguoi-dung/quan-tri-vien", async (req, res) => {
  render(res, "admin/page", newAdministratorPage(await choices(adminOf(req)), emptyForm, words(res)));
});

routes.post("/nguoi-dung/quan-tri-vien", async (req, res) => {
  const ctx = adminOf(req);
  const answer = async (form: Form) =>
    render(res.status(422), "admin/page", newAdministratorPage(await choices(ctx), form, words(res)));
  const input = readForm(AdministratorInput, req);
  if (!input.ok) return answer(input.form);
  const { username, displayName } = input.data;
  if (await isTaken(ctx, username)) return answer(wrongForm(sentBy(req), "username", "admin.errors.usernameTaken"));
  const { accountId: id, password } = await createAdministrator(ctx, input.data);
  render(res, "admin/page", passwordPage({ id, username, displayName }, password, ctx.actor, words(res)));
});

async function showPerson(req: Request, res: Response, forms: PersonForms = {}, status = 200) {
  const ctx = adminOf(req);
  const person = await findPerson(ctx, param(req, "id"));
  const of = { accountId: person.id };
  const [deeds, seen, names, agencies, colleagues] = await Promise.all([
    listDeeds(ctx, of),
    findLast(ctx, of),
    namesOf(ctx),
    choices(ctx),
    listColleagues(ctx, person),
  ]);
  const shown = { deeds, seen, names, admin: ctx.actor, agencies, colleagues, today: isoDay(ctx.now) };
  render(res.status(status), "admin/page", personPage(person, shown, forms, words(res)));
}

routes.get("/nguoi-dung/:id", (req, res) => showPerson(req, res));

/** The person that the address names, whom the administrator keeps. @throws Refusal 404, 403 */
async function kept(req: Request): Promise<string> {
  const { id, hold } = await findPerson(adminOf(req), param(req, "id"));
  if (hold === "look") throw new Refusal("admin.refused.worksElsewhere", 403);
  return id;
}

const done = (req: Request, res: Response, id: string, text: string): void => {
  leaveNotice(req, "success", text);
  redirect(res, paths.person(id));
};

routes.post("/nguoi-dung/:id/sua", async (req, res) => {
  const accountId = await kept(req);
  const input = readForm(DetailsInput, req);
  if (!input.ok) return showPerson(req, res, { details: input.form }, 422);
  const { seen, ...after } = input.data;
  await changePerson(adminOf(req), { accountId, seen }, after);
  done(req, res, accountId, words(res)("admin.person.saved"));
});

routes.post("/nguoi-dung/:id/vi-tri", async (req, res) => {
  const accountId = await kept(req);
  if (sentBy(req)["act"] === "units") return showPerson(req, res, { posting: filledForm(sentBy(req)) });
  const input = readForm(PostingInput, req);
  if (!input.ok) return showPerson(req, res, { posting: input.form }, 422);
  const { seen, ...posting } = input.data;
  await grantPosting(adminOf(req), { accountId, seen }, posting);
  done(req, res, accountId, words(res)("admin.person.addedPlace"));
});

const seenIn = (req: Request): string => {
  const { seen } = sentBy(req);
  return typeof seen === "string" ? seen : "";
};
const idIn = (req: Request, name: string): string => {
  const id = param(req, name);
  if (!isId(id)) throw notFound();
  return id;
};

routes.post("/nguoi-dung/:id/vi-tri/:posting/ket-thuc", async (req, res) => {
  const accountId = await kept(req);
  const { released } = await endPosting(adminOf(req), { accountId, seen: seenIn(req) }, idIn(req, "posting"));
  done(req, res, accountId, words(res)("admin.person.endedPlace", { count: released }));
});

routes.post("/nguoi-dung/:id/chuyen", async (req, res) => {
  const accountId = await kept(req);
  const input = readForm(TransferInput, req);
  if (!input.ok) return showPerson(req, res, { transfer: input.form }, 422);
  const { seen, ...move } = input.data;
  const { released } = await transferPerson(adminOf(req), { accountId, seen }, { ...move, unitId: null });
  done(req, res, accountId, words(res)("admin.person.transferred", { count: released }));
});

for (const [act, disabled] of [
  ["khoa", true],
  ["mo-khoa", false],
] as const)
  routes.post(`/nguoi-dung/:id/${act}`, async (req: Request, res: Response) => {
    const accountId = await kept(req);
    const input = readForm(SwitchInput, req);
    if (!input.ok) return showPerson(req, res, { switching: input.form }, 422);
    const { seen, reason } = input.data;
    const { released } = await switchPerson(adminOf(req), { accountId, seen }, { disabled, reason });
    const t = words(res);
    const said = disabled ? t("admin.person.disabledDone", { count: released }) : t("admin.person.enabledDone");
    done(req, res, accountId, said);
  });

routes.post("/nguoi-dung/:id/mat-khau", async (req, res) => {
  const ctx = adminOf(req);
  const accountId = await kept(req);
  const { password } = await resetPassword(ctx, { accountId, seen: seenIn(req) });
  render(res, "admin/page", passwordPage(await findPerson(ctx, accountId), password, ctx.actor, words(res)));
});

routes.post("/nguoi-dung/:id/vang-mat", async (req, res) => {
  const ctx = adminOf(req);
  const absentId = await kept(req);
  const input = readForm(leaveInput(isoDay(ctx.now)), req);
  if (!input.ok) return showPerson(req, res, { leave: input.form }, 422);
  if (input.data.deputyId === absentId)
    return showPerson(req, res, { leave: wrongForm(sentBy(req), "deputyId", "admin.errors.deputy") }, 422);
  await grantLeave(ctx, { absentId, ...input.data });
  done(req, res, absentId, words(res)("admin.person.leaveSaved"));
});

routes.post("/nguoi-dung/:id/vang-mat/:leave/ket-thuc", async (req, res) => {
  const absentId = await kept(req);
  await revokeLeave(adminOf(req), absentId, idIn(req, "leave"));
  done(req, res, absentId, words(res)("admin.person.leaveEnded"));
});

routes.post("/nguoi-dung/:id/hoan-tac", async (req, res) => {
  const accountId = await kept(req);
  const { deed } = sentBy(req);
  if (!isId(deed)) throw notFound();
  await undoDeed(adminOf(req), { accountId }, deed);
  done(req, res, accountId, words(res)("admin.history.undone"));
});
