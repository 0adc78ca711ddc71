import type { Request, RequestHandler } from "express";
import { readForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { runBatch } from "../actions/batch.ts";
import { BatchInput } from "../inputs/batch.ts";
import { isId } from "../inputs.ts";
import { batchPage } from "../pages/batch.ts";
import { paths } from "../paths.ts";
import { findBatch } from "../queries/batch.ts";
import { officerOf, translate } from "./speech.ts";
import { readAddress } from "./views.ts";

export const startBatch: RequestHandler = async (req, res) => {
  const input = readForm(BatchInput, req);
  if (!input.ok) {
    const [error] = Object.values(input.form.errors);
    if (error) leaveNotice(req, "info", translate(res)(error.key, error.params));
    return redirect(res, paths.work({ ...readAddress(input.form.values["address"]), chon: "1" }));
  }
  const { batchId } = await runBatch(officerOf(req), input.data);
  redirect(res, paths.batch(batchId));
};

export const showBatch: RequestHandler<{ id: string }> = async (req, res) => {
  if (!isId(req.params.id)) throw notFound();
  render(res, "desk/batch", batchPage(await findBatch(officerOf(req as Request), req.params.id), translate(res)));
};
