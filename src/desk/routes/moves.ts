import type { Request, RequestHandler, Response } from "express";
import { findCalendar } from "#calendar/index.ts";
import {
  answerSupplement,
  extendDossier,
  type FullDossier,
  fileMarks,
  findDeadlineSettings,
  findReasons,
  type MarkablePart,
  markableParts,
  marksOf,
  mayReturn,
  pausePolicy,
  requestSupplement,
  stopDossier,
  voidAcceptance,
} from "#dossiers/index.ts";
import { mayLeave } from "#dossiers/rules.ts";
import { emptyForm, type FieldErrors, type Form, readForm } from "#platform/form.ts";
import { formatDate, isoDay } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { type Answers, findVersion } from "#procedures/index.ts";
import { VoidInput } from "../inputs/counter.ts";
import { askInput, extendInput, ReceiveInput, StopInput } from "../inputs.ts";
import { actIds } from "../pages/act.ts";
import { askPage, markValue, mayAsk } from "../pages.ts";
import { act, bodyOf, find } from "./dossier.ts";
import { officerOf, translate, wordsOf } from "./speech.ts";

type WithId = Request<{ id: string }>;

async function partsOf(req: WithId, dossier: FullDossier) {
  const version = await findVersion(officerOf(req as Request), dossier.procedureVersionId);
  const answers = (dossier.answers[0]?.answers ?? {}) as Answers;
  const parts = markableParts(version.definition, { ...dossier, answers });
  return { version, parts };
}

async function showForm(req: WithId, res: Response, dossier: FullDossier, form: Form): Promise<void> {
  const ctx = officerOf(req as Request);
  const [{ version, parts }, words, calendar, settings, reasons] = await Promise.all([
    partsOf(req, dossier),
    wordsOf(req as Request, res),
    findCalendar(ctx),
    findDeadlineSettings(ctx),
    findReasons(ctx),
  ]);
  if (!mayAsk({ dossier, officer: ctx.actor })) throw new Refusal("dossiers.refused.notYours", 403);
  const isIntake = mayLeave("requestAtIntake", dossier.status);
  const { returnDays } = settings;
  const returns =
    !isIntake && mayReturn(dossier.clockStartedAt, ctx.now, calendar, version.definition.counting, returnDays);
  const clock = isIntake ? ("intake" as const) : pausePolicy(version.definition, "supplement");
  render(
    res,
    "desk/ask",
    askPage(
      {
        dossier,
        definition: version.definition,
        parts,
        form,
        clock,
        returns,
        returnDays,
        reasons: reasons("supplement"),
      },
      words,
    ),
  );
}

export const showAsk: RequestHandler<{ id: string }> = async (req, res) => {
  const dossier = await find(officerOf(req as Request), req.params.id);
  await showForm(req, res, dossier, emptyForm);
};

/** The marks that were ticked, each with its note; one without a note is wrong at its control. */
function readMarks(values: Record<string, unknown>, parts: readonly MarkablePart[]) {
  const ticked = new Set([values["mark"]].flat());
  const errors: Record<string, FieldErrors[string]> = {};
  const marks = parts
    .filter((one) => ticked.has(markValue(one)))
    .map(({ kind, id, name }) => {
      const key = `note.${markValue({ kind, id })}`;
      const typed = values[key];
      const note =
        typeof typed === "string"
          ? typed
              .normalize("NFC")
              .replace(/\p{Cs}/gu, "")
              .trim()
          : "";
      if (note === "") errors[key] = { key: "desk.moves.ask.errors.note", params: { part: name.vi } };
      if (note.length > 1000) errors[key] = { key: "desk.act.errors.long", params: { max: 1000 } };
      return { kind, id, note };
    });
  if (marks.length === 0) errors["mark"] = { key: "desk.moves.ask.errors.marks" };
  return { marks, errors };
}

export const ask: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const values = bodyOf(req);
  const { parts } = await partsOf(req, dossier);
  const { marks, errors: wrongMarks } = readMarks(values, parts);
  const input = readForm(askInput(isoDay(ctx.now)), req);
  const unconfirmed: FieldErrors =
    dossier.supplements.length > 0 && values["confirm"] !== "yes"
      ? { confirm: { key: "desk.moves.ask.errors.confirm" } }
      : {};
  const errors: FieldErrors = { ...wrongMarks, ...(input.ok ? {} : input.form.errors), ...unconfirmed };
  if (!input.ok || Object.keys(errors).length > 0)
    return showForm(req, res.status(422) as Response, dossier, { values, errors });
  await act(
    req,
    res,
    actIds.ask,
    { ok: true, data: input.data },
    { ...values, reason: [input.data.reason, ...marks.map(({ note }) => note)].join("\n") },
    async (data) => {
      await requestSupplement(ctx, { dossierId: dossier.id, marks, confirmed: values["confirm"] === "yes", ...data });
      return translate(res)("desk.moves.ask.done");
    },
  );
};

export const extend: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const { id } = await find(ctx, req.params.id);
  await act(req, res, actIds.extend, readForm(extendInput, req), bodyOf(req), async (input) => {
    const { dueAt } = await extendDossier(ctx, { dossierId: id, ...input });
    return translate(res)("desk.moves.extend.done", { due: formatDate(dueAt) });
  });
};

export const stop: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const { id } = await find(ctx, req.params.id);
  await act(req, res, actIds.stop, readForm(StopInput, req), bodyOf(req), async (input) => {
    await stopDossier(ctx, { dossierId: id, ...input });
    return translate(res)("desk.moves.stop.done");
  });
};

export const voidAccepted: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const { id } = await find(ctx, req.params.id);
  await act(req, res, actIds.void, readForm(VoidInput, req), bodyOf(req), async (input) => {
    await voidAcceptance(ctx, { dossierId: id, ...input });
    return translate(res)("desk.intake.void.done");
  });
};

export const receive: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const input = readForm(ReceiveInput, req);
  const request = dossier.supplements.find(({ id }) => input.ok && id === input.data.request);
  const version = await findVersion(ctx, dossier.procedureVersionId);
  const owed = fileMarks(version.definition, marksOf(request?.marks));
  const lacks = input.ok && owed.some((id) => !input.data.paper.includes(id));
  const read = lacks
    ? {
        ok: false as const,
        form: { values: bodyOf(req), errors: { paper: { key: "desk.moves.receive.error" as const } } },
      }
    : input;
  await act(req, res, actIds.receive, read, bodyOf(req), async (data) => {
    await answerSupplement(ctx, {
      dossierId: dossier.id,
      requestId: data.request,
      typedVersion: data.typed,
      answers: (dossier.answers[0]?.answers ?? {}) as Answers,
      onPaper: owed,
    });
    return translate(res)("desk.moves.receive.done");
  });
};
