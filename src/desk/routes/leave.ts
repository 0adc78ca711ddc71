import type { Request, RequestHandler } from "express";
import { emptyForm, readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { delegate, revokeDelegation } from "../actions/leave.ts";
import { leaveInput } from "../inputs/leave.ts";
import { isId } from "../inputs.ts";
import { leavePage } from "../pages/leave.ts";
import { paths } from "../paths.ts";
import { findLeave } from "../queries/leave.ts";
import { officerOf, translate } from "./speech.ts";

export const showLeave: RequestHandler = async (req, res) =>
  render(res, "desk/leave", leavePage(await findLeave(officerOf(req)), emptyForm, translate(res)));

export const beginLeave: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const input = readForm(leaveInput(isoDay(ctx.now)), req);
  if (!input.ok)
    return render(res.status(422), "desk/leave", leavePage(await findLeave(ctx), input.form, translate(res)));
  await delegate(ctx, input.data);
  leaveNotice(req, "success", translate(res)("desk.leave.saved"));
  redirect(res, paths.leave);
};

export const endLeave: RequestHandler<{ id: string }> = async (req, res) => {
  if (!isId(req.params.id)) throw notFound();
  await revokeDelegation(officerOf(req as Request), req.params.id);
  leaveNotice(req as Request, "success", translate(res)("desk.leave.revoked"));
  redirect(res, paths.leave);
};
