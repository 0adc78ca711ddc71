import { type Request, type Response, Router } from "express";
import {
  addEntry,
  changeEntry,
  countEntries,
  LISTS,
  type ListEntry,
  type ListName,
  listEntries,
  listEntryChanges,
} from "#lists/index.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { EntryForm } from "../inputs/lists.ts";
import { entryPage, listPage, listsPage } from "../pages/lists.ts";
import { paths } from "../paths.ts";
import { adminOf, param, sentBy, textIn, words } from "./asking.ts";

/** Lists that administrators own. */
export const routes = Router();

function listIn(req: Request): ListName {
  const name = LISTS.find((one) => one === param(req, "list"));
  if (!name) throw notFound();
  return name;
}

async function entryIn(req: Request): Promise<{ name: ListName; entry: ListEntry }> {
  const name = listIn(req);
  const entry = (await listEntries(adminOf(req), name)).find(({ key }) => key === param(req, "key"));
  if (!entry) throw notFound();
  return { name, entry };
}

async function showList(req: Request, res: Response, form: Form = emptyForm) {
  const ctx = adminOf(req);
  const name = listIn(req);
  const [entries, changes] = await Promise.all([listEntries(ctx, name), listEntryChanges(ctx, name)]);
  const isWrong = Object.keys(form.errors).length > 0;
  render(res.status(isWrong ? 422 : 200), "authoring/page", listPage(name, entries, changes, form, words(res)));
}

routes.get("/danh-sach", async (req, res) => {
  render(res, "authoring/page", listsPage(await countEntries(adminOf(req)), words(res)));
});

routes.get("/danh-sach/:list", (req, res) => showList(req, res));

routes.post("/danh-sach/:list", async (req, res) => {
  const name = listIn(req);
  const input = readForm(EntryForm, req);
  if (!input.ok) return showList(req, res, input.form);
  await addEntry(adminOf(req), name, input.data.text);
  leaveNotice(req, "success", words(res)("lists.saved", input.data));
  redirect(res, paths.list(name));
});

/** Puts an entry back as it was before a change of its history. */
routes.post("/danh-sach/:list/dat-lai", async (req, res) => {
  const ctx = adminOf(req);
  const name = listIn(req);
  const id = textIn(sentBy(req), "id");
  const change = (await listEntryChanges(ctx, name)).find((one) => one.id === id);
  if (!change) throw notFound();
  const before = change.before ?? { ...change.after, removed: true };
  await changeEntry(ctx, name, { key: change.key, seen: null }, before);
  leaveNotice(req, "success", words(res)("lists.saved", { text: before.text }));
  redirect(res, paths.list(name));
});

routes.get("/danh-sach/:list/:key", async (req, res) => {
  const { name, entry } = await entryIn(req);
  render(res, "authoring/page", entryPage(name, entry, emptyForm, words(res)));
});

routes.post("/danh-sach/:list/:key", async (req, res) => {
  const ctx = adminOf(req);
  const { name, entry } = await entryIn(req);
  const act = textIn(sentBy(req), "viec");
  const at = { key: entry.key, seen: textIn(sentBy(req), "seen") };
  if (act === "bo" || act === "dung-lai") await changeEntry(ctx, name, at, { removed: act === "bo" });
  else {
    const input = readForm(EntryForm, req);
    if (!input.ok) return render(res.status(422), "authoring/page", entryPage(name, entry, input.form, words(res)));
    await changeEntry(ctx, name, at, { text: input.data.text });
  }
  leaveNotice(req, "success", words(res)("lists.saved", { text: textIn(sentBy(req), "text") || entry.text }));
  redirect(res, paths.list(name));
});
