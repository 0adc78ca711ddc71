import type { Request, RequestHandler, Response } from "express";
import { listForms } from "#documents/index.ts";
import { formOn } from "#documents/rules.ts";
import {
  acceptDossier,
  advanceStep,
  assignStep,
  type Colleague,
  declineDossier,
  deliverResult,
  type FullDossier,
  findDeadlineSettings,
  findReaders,
  findReasons,
  findWorkDossier,
  findWorkFile,
  listColleagues,
  namesOf,
  recordResult,
  takeOverStep,
} from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { sendFile } from "#platform/downloads.ts";
import { type FieldErrors, type Read, readForm, readValues } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { openHandedIn } from "#platform/scanning.ts";
import { leaveNotice } from "#platform/session.ts";
import { receiveUpload } from "#platform/uploads.ts";
import { displayAnswers, fieldContext, findVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { noteVisit } from "../actions/presence.ts";
import {
  AcceptInput,
  AdvanceInput,
  AssignInput,
  DeclineInput,
  DeliverInput,
  isId,
  resultInput,
  TakeOverInput,
} from "../inputs.ts";
import { type ActForm, type ActInput, actIds, noForm } from "../pages/act.ts";
import { dossierPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { officerOf, translate, wordsOf } from "./speech.ts";

type Shown = { form: ActForm; problem: ActInput["problem"] };
type WithId = Request<{ id: string }>;

/** The dossier that the address names; one that the officer may not see does not exist. */
export const find = (ctx: Context<Officer>, id: unknown): Promise<FullDossier> => {
  if (!isId(id)) throw notFound();
  return findWorkDossier(ctx, id);
};

/** For each open step that somebody of the officer's agencies may pass on: who could have it. */
async function listTakers(ctx: Context<Officer>, dossier: FullDossier): Promise<Map<string, readonly Colleague[]>> {
  const own = new Set(ctx.actor.postings.map(({ agencyId }) => agencyId));
  const open = dossier.stepRuns.filter((run) => run.closedAt === null && own.has(run.agencyId));
  const readers = dossier.restricted ? await findReaders(ctx.db, dossier.id) : null;
  return new Map(
    await Promise.all(
      open.map(async (run) => {
        const colleagues = await listColleagues(ctx, run.agencyId, run.role);
        return [run.id, colleagues.filter(({ accountId }) => readers?.has(accountId) ?? true)] as const;
      }),
    ),
  );
}

async function show(req: Request, res: Response, dossier: FullDossier, shown: Shown): Promise<void> {
  const ctx = officerOf(req);
  const actors = dossier.events.flatMap(({ actorId, payload }) => [
    actorId,
    (payload as { assigneeId?: string | null })?.assigneeId ?? null,
    (payload as { onBehalfOf?: string })?.onBehalfOf ?? null,
  ]);
  const [version, names, colleagues, { agencyOf, heirOf }, words, fields, settings, reasons, forms, present] =
    await Promise.all([
      findVersion(ctx, dossier.procedureVersionId),
      namesOf(ctx, [
        ...actors,
        ...dossier.supplements.map(({ requestedById }) => requestedById),
        ...dossier.notes.map(({ authorId }) => authorId),
        ...dossier.handOvers.flatMap(({ givenById, receivedById }) => [givenById, receivedById]),
      ]),
      listTakers(ctx, dossier),
      findDirectory(ctx),
      wordsOf(req, res),
      fieldContext(ctx, translate(res)),
      findDeadlineSettings(ctx),
      findReasons(ctx),
      listForms(ctx),
      noteVisit(ctx, dossier.id),
    ]);
  const answers = displayAnswers(
    version.definition,
    (dossier.answers[0]?.answers ?? {}) as Record<string, unknown>,
    fields,
  );
  const agencyNames = (id: string): string => agencyOf(id)?.name ?? "";
  render(
    res,
    "desk/dossier",
    dossierPage(
      {
        dossier,
        version,
        officer: ctx.actor,
        colleagues,
        names,
        agencyNames,
        heirOf,
        answers,
        context: fields,
        settings,
        reasons,
        present,
        hasTemplate: formOn(forms, "result", isoDay(ctx.now), dossier.procedure.code) !== undefined,
        ...shown,
      },
      words,
    ),
  );
}

export const showDossier: RequestHandler<{ id: string }> = async (req, res) => {
  const dossier = await find(officerOf(req as Request), req.params.id);
  await show(req as Request, res, dossier, { form: noForm, problem: null });
};

export const showFile: RequestHandler<{ id: string; fileId: string }> = async (req, res) => {
  const { id, fileId } = req.params;
  if (!isId(id) || !isId(fileId)) throw notFound();
  const file = await findWorkFile(officerOf(req as Request), id, fileId);
  const disposition = req.query["luu"] === "1" ? "attachment" : "inline";
  await sendFile(res, await openHandedIn(req.ctx, file), { ...file, disposition });
};

/** What a refused act tells at the control it is about: the note, or the result that must be recorded first. */
function toldAt(refusal: Refusal, form: ActForm): Shown & { status: number } {
  const { reason, params } = refusal;
  if (reason === "workflow.refused.noteMissing")
    return { status: 422, form: { ...form, errors: { note: { key: reason, params } } }, problem: null };
  if (reason === "dossiers.refused.groundMissing")
    return { status: 422, form: { ...form, errors: { ground: { key: reason, params } } }, problem: null };
  if (reason === "workflow.refused.resultMissing")
    return { status: 422, form, problem: { reason, params, href: `#${actIds.record}` } };
  if (reason === "workflow.refused.unknownOutcome") return { status: 422, form, problem: { reason, params } };
  return { status: refusal.status, form, problem: { reason, params } };
}

/**
 * Does one act on a dossier that the officer may see. What is refused is told on the dossier's own page as it stands
 * now, with what was typed kept: an officer's note is never lost to somebody else's click.
 */
export async function act<T>(
  req: WithId,
  res: Response,
  id: string,
  input: Read<T>,
  values: Record<string, unknown>,
  change: (data: T) => Promise<string>,
  lost: FieldErrors = {},
): Promise<void> {
  const ctx = officerOf(req as Request);
  const again = async (status: number, shown: Shown) =>
    show(req as Request, res.status(status), await find(ctx, req.params.id), shown);
  if (!input.ok) return again(422, { form: { ...input.form, act: id }, problem: null });
  try {
    const done = await change(input.data);
    leaveNotice(req as Request, "success", done);
    redirect(res, paths.dossier(req.params.id));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 404) throw error;
    const { status, ...shown } = toldAt(error, { act: id, values, errors: lost });
    await again(status, shown);
  }
}

export const bodyOf = (req: Request<{ id: string }>): Record<string, unknown> =>
  (req.body as Record<string, unknown> | undefined) ?? {};

/** The dossier of the address, for an act that itself looks whether the officer may do it there. */
const idIn = (req: WithId): string => {
  if (!isId(req.params.id)) throw notFound();
  return req.params.id;
};

export const accept: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const id = idIn(req);
  await act(req, res, actIds.accept, readForm(AcceptInput, req), bodyOf(req), async ({ version }) => {
    const { code } = await acceptDossier(ctx, { dossierId: id, version });
    return translate(res)("desk.act.done.accepted", { code });
  });
};

export const decline: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const id = idIn(req);
  await act(req, res, actIds.decline, readForm(DeclineInput, req), bodyOf(req), async (input) => {
    await declineDossier(ctx, { dossierId: id, ...input });
    return translate(res)("desk.act.done.declined");
  });
};

/** The run is named by the form: it must be one of the dossier in the address. */
const runIn = (dossier: FullDossier, runId: string): FullDossier["stepRuns"][number] => {
  const run = dossier.stepRuns.find(({ id }) => id === runId);
  if (!run) throw notFound();
  return run;
};

export const assign: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const input = readForm(AssignInput, req);
  const id = actIds.assign(input.ok ? input.data.run : "");
  await act(req, res, id, input, bodyOf(req), async ({ run, version, take, assignee }) => {
    const assigneeId = take === undefined ? assignee || null : ctx.actor.accountId;
    await assignStep(ctx, { stepRunId: runIn(dossier, run).id, version, assigneeId });
    return translate(res)(take === undefined ? "desk.act.done.assigned" : "desk.act.done.taken");
  });
};

/** Takes a step out of a colleague's hands, with a reason that both can read. */
export const takeOver: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const input = readForm(TakeOverInput, req);
  const { run: named } = bodyOf(req);
  const id = actIds.takeOver(isId(named) ? named : "");
  await act(req, res, id, input, bodyOf(req), async ({ run, version, reason }) => {
    await takeOverStep(ctx, { stepRunId: runIn(dossier, run).id, version, reason });
    return translate(res)("desk.act.done.taken");
  });
};

export const advance: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const dossier = await find(ctx, req.params.id);
  const input = readForm(AdvanceInput, req);
  const { run: named } = bodyOf(req);
  const id = actIds.advance(isId(named) ? named : "");
  await act(req, res, id, input, bodyOf(req), async ({ run: runId, version, outcome, note, ground }) => {
    const run = runIn(dossier, runId);
    await advanceStep(ctx, { stepRunId: run.id, version, outcomeId: outcome, note, ground });
    const { definition } = await findVersion(ctx, dossier.procedureVersionId);
    const chosen = findStep(definition.workflow, run.stepId)?.outcomes.find((one) => one.id === outcome);
    return translate(res)("desk.act.done.advanced", { outcome: chosen?.name.vi ?? outcome });
  });
};

export const record: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const upload = await receiveUpload(req as Request, res, { fields: ["file"] });
  const dossier = await find(ctx, req.params.id);
  const [file] = upload.files;
  const input = readValues(resultInput(isoDay(ctx.now)), upload.body);
  const read: typeof input = upload.ok
    ? input
    : {
        ok: false,
        form: { values: upload.body, errors: { ...upload.errors, ...(input.ok ? {} : input.form.errors) } },
      };
  const hasFile =
    file !== undefined || dossier.results.some(({ state, storageKey }) => state === "draft" && storageKey !== null);
  const fault =
    read.ok && !hasFile && !read.data.number ? { number: { key: "desk.act.errors.resultEmpty" as const } } : {};
  // A file that was sent does not come back with the page: that is said, never silent.
  const lost: FieldErrors = file ? { file: { key: "desk.act.errors.fileAgain" } } : {};
  const wrong: FieldErrors = read.ok ? fault : read.form.errors;
  const errors: FieldErrors = Object.keys(wrong).length > 0 ? { ...wrong, ...lost } : {};
  const told: typeof input =
    Object.keys(errors).length > 0 ? { ok: false, form: { values: upload.body, errors } } : read;
  await act(
    req,
    res,
    actIds.record,
    told,
    upload.body,
    async (result) => {
      await recordResult(ctx, {
        dossierId: dossier.id,
        ...result,
        file: file ? { staged: file.staged, name: file.name, mediaType: file.mediaType } : null,
      });
      return translate(res)("desk.act.done.recorded");
    },
    lost,
  );
};

export const deliver: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as Request);
  const { id } = await find(ctx, req.params.id);
  await act(req, res, actIds.deliver, readForm(DeliverInput, req), bodyOf(req), async (input) => {
    await deliverResult(ctx, { dossierId: id, ...input });
    return translate(res)("desk.act.done.delivered");
  });
};
