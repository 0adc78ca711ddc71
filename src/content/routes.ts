/** Public pages and notices, and their administration. */
import { type Request, type Response, Router } from "express";
import { findCalendar } from "#calendar/index.ts";
import { listAgencies } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { emptyForm, type Form, filledForm, type Read } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { changeNotice, publishNotice, publishPage } from "./actions.ts";
import { readNotice, readWords, type Sent, seenIn, textIn } from "./inputs.ts";
import {
  contentHomePage,
  contentPage,
  type Edited,
  editForm,
  editPage,
  noticePage,
  noticesPage,
  previewPage,
  versionPage,
} from "./pages.ts";
import { paths } from "./paths.ts";
import {
  findEdited,
  findNotice,
  findPage,
  findVersionOf,
  listEdited,
  listVersions,
  pageThroughNotices,
} from "./queries.ts";
import { isAnnouncedLate, isPageKey, type NoticeKind, PAGE_KEYS, type Times, type Words } from "./rules.ts";

const shownTo = (req: Request, res: Response) => {
  const { shell } = res.locals;
  if (!shell) throw new Error("a page needs the request's shell");
  const { province, hotline } = shell;
  return { province, hotline, language: req.ctx.language, t: res.locals.t as Translate };
};

export const publicRoutes = Router();

for (const key of PAGE_KEYS) {
  publicRoutes.get(paths.page[key], async (req, res) => {
    const [text, agencies] = await Promise.all([
      findPage(req.ctx, key),
      key === "contact" ? listAgencies(req.ctx) : null,
    ]);
    render(res, "content/page", contentPage(text, agencies, shownTo(req, res)));
  });
}

publicRoutes.get(paths.notices, async (req, res) => {
  const { truoc } = req.query;
  const cursor = typeof truoc === "string" ? truoc : null;
  const page = await pageThroughNotices(req.ctx, cursor);
  render(res, "content/notices", noticesPage(page, cursor === null, shownTo(req, res)));
});

publicRoutes.get(paths.notice(":id"), async (req, res) => {
  const text = await findNotice(req.ctx, String(req.params["id"]));
  render(res, "content/notice", noticePage(text, shownTo(req, res)));
});

/** Under /quan-tri. */
export const adminRoutes = Router();

const adminOf = (req: Request): Context<Admin> => req.ctx as Context<Admin>;
const words = (res: Response): Translate => res.locals.t as Translate;
const sentBy = (req: Request): Sent => (req.body as Sent | undefined) ?? {};

adminRoutes.get("/noi-dung", async (req, res) => {
  render(res, "content/home", contentHomePage(await listEdited(adminOf(req)), req.ctx.now, words(res)));
});

/** What the address names, as it stands now. @throws Refusal 404 */
async function openEdited(req: Request, of: "page" | "notice"): Promise<Edited> {
  const subject = String(req.params["key"] ?? req.params["id"] ?? "");
  if (of === "page" && !isPageKey(subject)) throw notFound();
  const standing = await findEdited(adminOf(req), subject, of);
  return { of, standing, versions: await listVersions(adminOf(req), subject) };
}

const newNotice: Edited = { of: "notice", standing: null, versions: [] };

const showForm = (req: Request, res: Response, edited: Edited, form: Form, conflict: number | null = null): void =>
  render(res, "content/edit", editPage(edited, form, conflict, req.ctx.now, words(res)));

type Asked = Words & Partial<Times> & { kind?: NoticeKind };

/** The three things that a form asks for: a look at it, the form again, or that it be published. */
async function answer(
  req: Request,
  res: Response,
  edited: Edited,
  read: Read<Asked>,
  publish: (seen: number) => Promise<boolean>,
): Promise<void> {
  const sent = sentBy(req);
  if (textIn(sent, "act") === "edit") return showForm(req, res, edited, filledForm({ ...sent }));
  if (!read.ok) return showForm(req, res.status(422), edited, read.form);
  const { standing } = edited;
  if (textIn(sent, "act") === "publish") {
    if (await publish(seenIn(sent))) {
      leaveNotice(req, "success", words(res)("content.admin.published"));
      return redirect(res, paths.admin);
    }
    const now = standing ? await openEdited(req, edited.of) : edited;
    return showForm(req, res.status(409), now, filledForm({ ...sent }), now.standing?.number ?? 0);
  }
  const { outageFrom, shownFrom } = read.data;
  const isLate = outageFrom
    ? isAnnouncedLate(shownFrom ?? req.ctx.now, outageFrom, await findCalendar(req.ctx))
    : false;
  const hidden = Object.entries(sent)
    .filter(([name]) => name !== "act")
    .map(([name, value]) => ({ name, value: typeof value === "string" ? value : "" }));
  const { province } = shownTo(req, res);
  render(res, "content/preview", previewPage(edited, { words: read.data, hidden, isLate }, province, words(res)));
}

adminRoutes.get("/noi-dung/trang/:key", async (req, res) => {
  const edited = await openEdited(req, "page");
  showForm(req, res, edited, edited.standing ? editForm(edited.standing) : emptyForm);
});

adminRoutes.post("/noi-dung/trang/:key", async (req, res) => {
  const edited = await openEdited(req, "page");
  const read = readWords(sentBy(req));
  await answer(req, res, edited, read, async (seen) => {
    const key = edited.standing?.subject;
    return read.ok && isPageKey(key) && publishPage(adminOf(req), key, seen, read.data);
  });
});

adminRoutes.get("/noi-dung/thong-bao", (req, res) => showForm(req, res, newNotice, emptyForm));

adminRoutes.post("/noi-dung/thong-bao", async (req, res) => {
  const read = readNotice(sentBy(req), req.ctx.now, null);
  await answer(req, res, newNotice, read, async () => {
    if (read.ok) await publishNotice(adminOf(req), read.data);
    return read.ok;
  });
});

adminRoutes.get("/noi-dung/thong-bao/:id", async (req, res) => {
  const edited = await openEdited(req, "notice");
  showForm(req, res, edited, edited.standing ? editForm(edited.standing) : emptyForm);
});

adminRoutes.post("/noi-dung/thong-bao/:id", async (req, res) => {
  const edited = await openEdited(req, "notice");
  const { standing } = edited;
  if (!standing) throw notFound();
  const ctx = adminOf(req);
  if (textIn(sentBy(req), "act") === "remove") {
    const { titleVi, bodyVi, titleEn, bodyEn, shownFrom, outageFrom, outageTo, subject } = standing;
    const kind = standing.kind === "outage" ? "outage" : "news";
    const asItStands = { titleVi, bodyVi, titleEn, bodyEn, kind, shownFrom, outageFrom, outageTo } as const;
    const isDone = await changeNotice(ctx, subject, seenIn(sentBy(req)), { ...asItStands, shownUntil: ctx.now });
    if (!isDone) return showForm(req, res.status(409), edited, editForm(standing), standing.number);
    leaveNotice(req, "success", words(res)("content.admin.removed"));
    return redirect(res, paths.admin);
  }
  const read = readNotice(sentBy(req), ctx.now, standing.shownFrom);
  await answer(req, res, edited, read, async (seen) => {
    return read.ok && changeNotice(ctx, standing.subject, seen, read.data);
  });
});

adminRoutes.get("/noi-dung/phien-ban/:subject/:number", async (req, res) => {
  const { subject, number } = req.params;
  if (!/^\d{1,9}$/.test(number)) throw notFound();
  const version = await findVersionOf(adminOf(req), subject, Number(number));
  render(res, "content/version", versionPage(version, shownTo(req, res).province, words(res)));
});
