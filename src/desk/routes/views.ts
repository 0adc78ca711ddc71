import type { Request, RequestHandler } from "express";
import { readForm, readQuery } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { rememberColumns, removeView, saveView } from "../actions/views.ts";
import { addressOf, ColumnsInput, ViewInput, WorkQuery } from "../inputs/work.ts";
import { isId } from "../inputs.ts";
import { viewsPage } from "../pages/views.ts";
import { paths } from "../paths.ts";
import { listViews } from "../queries/views.ts";
import { officerOf, translate } from "./speech.ts";

export const showViews: RequestHandler = async (req, res) =>
  render(res, "desk/views", viewsPage(await listViews(officerOf(req)), translate(res)));

/** The address that a form carries, read as an address is: what does not fit is left out. */
export const readAddress = (typed: unknown) =>
  addressOf(
    readQuery(
      WorkQuery,
      Object.fromEntries(new URLSearchParams(typeof typed === "string" ? typed.slice(0, 2000) : "")),
    ),
  );

export const keepView: RequestHandler = async (req, res) => {
  const input = readForm(ViewInput, req);
  const t = translate(res);
  const query = readAddress((req.body as { address?: unknown } | undefined)?.address);
  if (!input.ok) {
    // The name is asked for again where the list was narrowed.
    const [error] = Object.values(input.form.errors);
    if (error) leaveNotice(req, "info", t(error.key, error.params));
    return redirect(res, paths.work({ ...query, loc: "1" }));
  }
  const { name, chiaSe } = input.data;
  await saveView(officerOf(req), { name, query: new URLSearchParams(query).toString(), isShared: chiaSe });
  leaveNotice(req, "success", t("desk.views.saved", { name }));
  redirect(res, paths.work(query));
};

export const dropView: RequestHandler<{ id: string }> = async (req, res) => {
  if (!isId(req.params.id)) throw notFound();
  await removeView(officerOf(req as Request), req.params.id);
  leaveNotice(req as Request, "success", translate(res)("desk.views.removed"));
  redirect(res, paths.views);
};

export const keepColumns: RequestHandler = async (req, res) => {
  const input = readForm(ColumnsInput, req);
  await rememberColumns(officerOf(req), input.ok ? input.data.cot : []);
  leaveNotice(req, "success", translate(res)("desk.views.columnsKept"));
  redirect(res, paths.worklist);
};
