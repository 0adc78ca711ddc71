import { type Request, Router } from "express";
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

const pageIn = (value: unknown): number => {
  const page = Number(value);
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
};
const typedIn = (req: Request, name: string): string => textIn(req.query, name).normalize("NFC").slice(0, MOST_WORDS);
/** Which procedures are listed to begin from, or to take from. */
const narrowedIn = (req: Request) => ({ q: typedIn(req, "mau"), page: pageIn(req.query["trang-mau"]) });

routes.get("/thu-vien", async (req, res) => {
  const ctx = adminOf(req);
  const t = words(res);
  const sought: Sought = SOUGHT.find((one) => one === req.query["loai"]) ?? "field";
  const asked = { sought, words: typedIn(req, "tu"), page: pageIn(req.query["trang"]) };
  const [uses, listed] = await Promise.all([
    findUses(ctx, asked, libraryWords(t)),
    listTemplates(ctx, narrowedIn(req)),
  ]);
  render(res, "authoring/page", libraryPage(asked, uses, listed, t));
});

routes.get("/soan/:id/to-khai/lay", async (req, res) => {
  const manuscript = await openManuscript(req);
  const listed = await listTemplates(adminOf(req), { ...narrowedIn(req), except: manuscript.code });
  render(res, "authoring/page", takePage(manuscript, listed, null, words(res)));
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
    const manuscript = await openManuscript(req);
    const listed = await listTemplates(ctx, { ...narrowedIn(req), except: manuscript.code });
    return render(res.status(409), "authoring/page", takePage(manuscript, listed, changed.since, words(res)));
  }
  leaveNotice(req, "success", words(res)("authoring.library.taken", { title: page.title.vi }));
  redirect(res, paths.formPage(id, pageId));
});
