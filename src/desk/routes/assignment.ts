import type { Request, RequestHandler } from "express";
import { readForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { setAreas, setRule } from "../actions/assignment.ts";
import { areasIn, RuleInput } from "../inputs/assignment.ts";
import { isId } from "../inputs.ts";
import { areasPage, assignmentPage } from "../pages/assignment.ts";
import { paths } from "../paths.ts";
import { findAreas, findAssignment } from "../queries/assignment.ts";
import { officerOf, translate } from "./speech.ts";

export const showAssignment: RequestHandler = async (req, res) =>
  render(res, "desk/assignment", assignmentPage(await findAssignment(officerOf(req)), translate(res)));

export const keepRule: RequestHandler = async (req, res) => {
  const input = readForm(RuleInput, req);
  const t = translate(res);
  if (input.ok) await setRule(officerOf(req), input.data.scope, input.data.method);
  leaveNotice(req, input.ok ? "success" : "info", t(input.ok ? "desk.assignment.saved" : "desk.assignment.error"));
  redirect(res, paths.assignment);
};

export const showAreas: RequestHandler<{ id: string }> = async (req, res) => {
  if (!isId(req.params.id)) throw notFound();
  render(res, "desk/areas", areasPage(await findAreas(officerOf(req as Request), req.params.id), translate(res)));
};

export const keepAreas: RequestHandler<{ id: string }> = async (req, res) => {
  if (!isId(req.params.id)) throw notFound();
  await setAreas(officerOf(req as Request), req.params.id, areasIn((req.body ?? {}) as Record<string, unknown>));
  leaveNotice(req as Request, "success", translate(res)("desk.assignment.saved"));
  redirect(res, paths.areas(req.params.id));
};
