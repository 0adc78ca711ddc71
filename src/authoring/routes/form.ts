import { type Request, type Response, Router } from "express";
import { emptyForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { type FormPage, fieldContext } from "#procedures/index.ts";
import { proveManuscript } from "../actions/proofs.ts";
import { pressedInCondition } from "../inputs/conditions.ts";
import { readNewPage, readPageForm } from "../inputs/form.ts";
import { pageForm, pageValues, removePage as removalPage, type Shown } from "../pages/field.ts";
import { formOverview, formPageShown } from "../pages/form.ts";
import { previewOf, previewPage } from "../pages/preview.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import {
  addPage,
  candidatesFor,
  changePage,
  findPage,
  movePage,
  referrersOfPage,
  removePage,
  type Sketch,
} from "../rules.ts";
import { adminOf, openManuscript, param, sentBy, step, textIn, words } from "./asking.ts";

/** The pages of a form. Each click is a form of its own: what it adds, moves or leaves out is a step of the history. */
export const routes = Router();
const AT = "/soan/:id/to-khai";
const PAGE = `${AT}/trang/:page`;

/** @throws Refusal 404 */
export function pageIn(sketch: Sketch, id: string): FormPage {
  const page = findPage(sketch, id);
  if (!page) throw notFound();
  return page;
}

/** The questions of a page beside what the citizen will see of them. */
export async function showPage(
  req: Request,
  res: Response,
  manuscript: Manuscript,
  page: FormPage,
  since: readonly Change[] | null = null,
): Promise<void> {
  const context = await fieldContext(req.ctx, words(res));
  const preview = previewOf(manuscript.id, page, context);
  render(res, "authoring/form-page", formPageShown(manuscript, page, preview, words(res), since));
}

routes.get(AT, async (req, res) => {
  render(res, "authoring/form", formOverview(await openManuscript(req), words(res)));
});

routes.post(AT, async (req, res) => {
  const manuscript = await openManuscript(req);
  const values = sentBy(req);
  const read = readNewPage(values, manuscript.sketch);
  if (!read.ok)
    return render(
      res.status(422),
      "authoring/form",
      formOverview(manuscript, words(res), { values, errors: read.errors }),
    );
  const page = read.data;
  const changed = await step(req, { did: "pageAdded", params: { title: page.title.vi } }, (sketch) =>
    addPage(sketch, page),
  );
  if (changed.ok) return redirect(res, paths.formPage(manuscript.id, page.id));
  const { since } = changed;
  render(res.status(409), "authoring/form", formOverview(await openManuscript(req), words(res), { values, since }));
});

routes.get(PAGE, async (req, res) => {
  const manuscript = await openManuscript(req);
  await showPage(req, res, manuscript, pageIn(manuscript.sketch, param(req, "page")));
});

routes.post(`${PAGE}/chuyen`, async (req, res) => {
  const { id, sketch } = await openManuscript(req);
  const page = pageIn(sketch, param(req, "page"));
  const by = textIn(sentBy(req), "viec") === "len" ? -1 : 1;
  const changed = await step(req, { did: "pageMoved", params: { title: page.title.vi } }, (now) =>
    movePage(now, page.id, by),
  );
  if (changed.ok) return redirect(res, `${paths.form(id)}#trang-${page.id}`);
  const { since } = changed;
  render(res.status(409), "authoring/form", formOverview(await openManuscript(req), words(res), { since }));
});

const showPageForm = (res: Response, manuscript: Manuscript, page: FormPage, shown: Shown): void => {
  const candidates = candidatesFor(manuscript.sketch, { page: page.id });
  render(res, "authoring/form-edit", pageForm(manuscript, page, candidates, shown, words(res)));
};

routes.get(`${PAGE}/sua`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const page = pageIn(manuscript.sketch, param(req, "page"));
  const values = pageValues(page);
  // What no longer fits says so where it stands.
  const read = page.showWhen ? readPageForm(values, page, manuscript.sketch) : null;
  showPageForm(res, manuscript, page, { values, errors: read && !read.ok ? read.errors : {} });
});

routes.post(`${PAGE}/sua`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const page = pageIn(manuscript.sketch, param(req, "page"));
  const sent = sentBy(req);
  const pressed = pressedInCondition(sent, "when");
  if (pressed) return showPageForm(res, manuscript, page, { ...emptyForm, values: pressed });
  const read = readPageForm(sent, page, manuscript.sketch);
  if (!read.ok) return showPageForm(res.status(422), manuscript, page, { values: sent, errors: read.errors });
  const { id, fields } = page;
  const changed = await step(req, { did: "pageChanged", params: { title: read.data.title.vi } }, (sketch) =>
    changePage(sketch, id, (now) => ({ ...read.data, id, fields: now.fields ?? fields })),
  );
  if (changed.ok) {
    leaveNotice(req, "success", words(res)("authoring.form.saved"));
    return redirect(res, paths.formPage(manuscript.id, id));
  }
  const latest = await openManuscript(req);
  const standing = findPage(latest.sketch, id);
  const { since } = changed;
  if (!standing) return render(res.status(409), "authoring/form", formOverview(latest, words(res), { since }));
  showPageForm(res.status(409), latest, standing, { values: sent, errors: {}, since });
});

function showRemoval(res: Response, manuscript: Manuscript, page: FormPage, since: readonly Change[] | null): void {
  const t = words(res);
  const asked = {
    title: t("authoring.form.removePageTitle", { title: page.title.vi }),
    text: t("authoring.form.removePageText", { count: page.fields.length }),
    action: paths.formPageRemove(manuscript.id, page.id),
    back: paths.form(manuscript.id),
    referrers: referrersOfPage(manuscript.sketch, page.id),
  };
  render(res, "authoring/form-remove", removalPage(manuscript, asked, t, since));
}

routes.get(`${PAGE}/xoa`, async (req, res) => {
  const manuscript = await openManuscript(req);
  showRemoval(res, manuscript, pageIn(manuscript.sketch, param(req, "page")), null);
});

routes.post(`${PAGE}/xoa`, async (req, res) => {
  const { id, sketch } = await openManuscript(req);
  const page = pageIn(sketch, param(req, "page"));
  const changed = await step(req, { did: "pageRemoved", params: { title: page.title.vi } }, (now) =>
    removePage(now, page.id),
  );
  if (changed.ok) {
    leaveNotice(req, "success", words(res)("authoring.form.removed"));
    return redirect(res, paths.form(id));
  }
  const latest = await openManuscript(req);
  const standing = findPage(latest.sketch, page.id);
  if (standing) return showRemoval(res.status(409), latest, standing, changed.since);
  render(res.status(409), "authoring/form", formOverview(latest, words(res), { since: changed.since }));
});

routes.get(`${PAGE}/xem-thu`, async (req, res) => {
  const { id, sketch } = await openManuscript(req);
  redirect(res, paths.formPage(id, pageIn(sketch, param(req, "page")).id));
});

/** Nothing is kept of what is typed here. */
routes.post(`${PAGE}/xem-thu`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const page = pageIn(manuscript.sketch, param(req, "page"));
  const context = await fieldContext(req.ctx, words(res));
  const shown = previewPage(manuscript, page, sentBy(req), context);
  await proveManuscript(adminOf(req), manuscript, "previewed", page.id);
  render(res.status(shown.hasErrors ? 422 : 200), "authoring/form-preview", shown);
});
