import { Router } from "express";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { libraryPage, libraryWords, takePage } from "../pages/library.ts";
import { paths } from "../paths.ts";
import { findUses, listTemplates } from "../queries/library.ts";
import { findNewestVersion } from "../queries/procedures.ts";
import { findPage, SOUGHT, type Sought, withPageOf } from "../rules.ts";
import { adminOf, openManuscript, sentBy, step, textIn, words } from "./asking.ts";

/** What procedures here are made of, and what of it a manuscript takes over. */
export const routes = Router();

const MOST_WORDS = 200;

routes.get("/thu-vien", async (req, res) => {
  const ctx = adminOf(req);
  const t = words(res);
  const sought: Sought = SOUGHT.find((one) => one === req.query["loai"]) ?? "field";
  const asked = { sought, words: textIn(req.query, "tu").normalize("NFC").slice(0, MOST_WORDS) };
  const [found, templates] = await Promise.all([
    findUses(ctx, asked.sought, asked.words, libraryWords(t)),
    listTemplates(ctx),
  ]);
  render(res, "authoring/page", libraryPage(asked, found, templates, t));
});

routes.get("/soan/:id/to-khai/lay", async (req, res) => {
  const manuscript = await openManuscript(req);
  render(res, "authoring/page", takePage(manuscript, await listTemplates(adminOf(req)), null, words(res)));
});

routes.post("/soan/:id/to-khai/lay", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await openManuscript(req);
  const code = textIn(sentBy(req), "ma");
  const source = await findNewestVersion(ctx, code);
  const page = source && findPage(source.definition, textIn(sentBy(req), "trang"));
  if (!page) throw notFound();
  let pageId = page.id;
  const changed = await step(req, { did: "pageTaken", params: { title: page.title.vi, code } }, (sketch) => {
    const taken = withPageOf(sketch, page);
    pageId = taken.pageId;
    return taken.sketch;
  });
  if (!changed.ok) {
    const shown = takePage(await openManuscript(req), await listTemplates(ctx), changed.since, words(res));
    return render(res.status(409), "authoring/page", shown);
  }
  leaveNotice(req, "success", words(res)("authoring.library.taken", { title: page.title.vi }));
  redirect(res, paths.formPage(id, pageId));
});
