import type { Request, RequestHandler } from "express";
import {
  askObligation,
  confirmOnTime,
  correctResult,
  explainLateness,
  handOverPapers,
  meetObligation,
  proposeExtension,
  receivePapers,
  reopenDossier,
  showDraft,
} from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { type FieldErrors, type Read, readForm, readValues } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { receiveUpload } from "#platform/uploads.ts";
import {
  correctInput,
  HandInput,
  LatenessInput,
  obligeInput,
  PaidInput,
  PromiseInput,
  ReopenInput,
  TakeInput,
} from "../inputs/life.ts";
import { extendInput } from "../inputs.ts";
import { actIds } from "../pages/act.ts";
import { act, bodyOf, find } from "./dossier.ts";
import { officerOf, translate } from "./speech.ts";

type Handler = RequestHandler<{ id: string }>;
type Asked<T> = { act: string; done: MessageKey; read: (req: Request, ctx: Context<Officer>) => Read<T> };

/** One act on the dossier in the address: read the form, do it, say that it is done. */
const doing =
  <T>(asked: Asked<T>, change: (ctx: Context<Officer>, dossierId: string, input: T) => Promise<unknown>): Handler =>
  async (req, res) => {
    const ctx = officerOf(req as Request);
    const { id } = await find(ctx, req.params.id);
    await act(req, res, asked.act, asked.read(req as Request, ctx), bodyOf(req), async (input) => {
      await change(ctx, id, input);
      return translate(res)(asked.done);
    });
  };

const confirm = doing(
  { act: actIds.foresight, done: "desk.life.foresight.confirmed", read: (req) => readForm(PromiseInput, req) },
  (ctx, dossierId, input) => confirmOnTime(ctx, { dossierId, ...input }),
);
const propose = doing(
  { act: actIds.foresight, done: "desk.life.foresight.proposed", read: (req) => readForm(extendInput, req) },
  (ctx, dossierId, input) => proposeExtension(ctx, { dossierId, ...input }),
);
/** The word that is owed before the due date: by the button that was pressed. */
export const foresee: Handler = (req, res, next) =>
  (bodyOf(req)["word"] === "propose" ? propose : confirm)(req, res, next);

export const explain = doing(
  { act: actIds.lateness, done: "desk.life.late.done", read: (req) => readForm(LatenessInput, req) },
  (ctx, dossierId, input) => explainLateness(ctx, { dossierId, ...input }),
);
export const oblige = doing(
  {
    act: actIds.oblige,
    done: "desk.life.oblige.done",
    read: (req, { now }) => readForm(obligeInput(isoDay(now)), req),
  },
  (ctx, dossierId, input) => askObligation(ctx, { dossierId, ...input }),
);
export const paid = doing(
  { act: actIds.paid, done: "desk.life.paid.done", read: (req) => readForm(PaidInput, req) },
  (ctx, dossierId, input) => meetObligation(ctx, { dossierId, ...input }),
);
export const show = doing(
  { act: actIds.showDraft, done: "desk.life.draft.done", read: (req) => readForm(PromiseInput, req) },
  (ctx, dossierId, input) => showDraft(ctx, { dossierId, ...input }),
);
export const hand = doing(
  { act: actIds.hand, done: "desk.life.hand.done", read: (req) => readForm(HandInput, req) },
  (ctx, dossierId, input) => handOverPapers(ctx, { dossierId, ...input }),
);
export const take = doing(
  { act: actIds.take, done: "desk.life.take.done", read: (req) => readForm(TakeInput, req) },
  (ctx, dossierId, input) => receivePapers(ctx, { dossierId, ...input }),
);
export const reopen = doing(
  { act: actIds.reopen, done: "desk.life.reopen.done", read: (req) => readForm(ReopenInput, req) },
  (ctx, dossierId, input) => reopenDossier(ctx, { dossierId, ...input }),
);

export const correct: Handler = async (req, res) => {
  const ctx = officerOf(req as Request);
  const upload = await receiveUpload(req as Request, res, { fields: ["file"] });
  const { id } = await find(ctx, req.params.id);
  const [file] = upload.files;
  const input = readValues(correctInput(isoDay(ctx.now)), upload.body);
  const empty: FieldErrors =
    input.ok && !file && !input.data.number ? { number: { key: "desk.life.correct.empty" } } : {};
  const wrong: FieldErrors = { ...(upload.ok ? {} : upload.errors), ...(input.ok ? {} : input.form.errors), ...empty };
  // A file that was sent does not come back with the page: that is said, never silent.
  const lost: FieldErrors = file ? { file: { key: "desk.act.errors.fileAgain" } } : {};
  const read: typeof input =
    Object.keys(wrong).length > 0 ? { ok: false, form: { values: upload.body, errors: { ...wrong, ...lost } } } : input;
  await act(
    req,
    res,
    actIds.correct,
    read,
    upload.body,
    async ({ result, ...data }) => {
      await correctResult(ctx, {
        dossierId: id,
        resultId: result,
        ...data,
        file: file ? { staged: file.staged, name: file.name, mediaType: file.mediaType } : null,
      });
      return translate(res)("desk.life.correct.done");
    },
    lost,
  );
};
