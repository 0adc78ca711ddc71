import { Readable } from "node:stream";
import type { Request, RequestHandler } from "express";
import { printSlip } from "#documents/index.ts";
import { findWorkDossier, signReceipt } from "#dossiers/index.ts";
import { contentDisposition, sendFile } from "#platform/downloads.ts";
import { readForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { SignatureInput } from "../inputs/counter.ts";
import { isId } from "../inputs.ts";
import { filingSlip } from "../pages/filing-slip.ts";
import { paths } from "../paths.ts";
import { listTogether } from "../queries/together.ts";
import { officerOf, translate } from "./speech.ts";

const MOST_BYTES = 500_000;

const findSigned = async (req: Request<{ id: string }>) => {
  if (!isId(req.params.id)) throw notFound();
  return findWorkDossier(officerOf(req as unknown as Request), req.params.id);
};

/** Keeps what was drawn on the pad. */
export const keepSignature: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as unknown as Request);
  const { id } = await findSigned(req);
  const input = readForm(SignatureInput, req);
  const staged = input.ok ? await ctx.files.stage(Readable.from([input.data.picture]), MOST_BYTES) : null;
  const say = (kind: "success" | "info", key: "done" | "unreadable") =>
    leaveNotice(req as unknown as Request, kind, translate(res)(`desk.intake.signature.${key}`));
  if (!staged) say("info", "unreadable");
  else {
    await signReceipt(ctx, id, staged);
    say("success", "done");
  }
  redirect(res, paths.registered(id));
};

export const showSignature: RequestHandler<{ id: string }> = async (req, res) => {
  const { id } = await findSigned(req);
  const kept = await req.ctx.db.receiptSignature.findUnique({ where: { dossierId: id } });
  if (!kept) throw notFound();
  const { size } = kept;
  await sendFile(res, await req.ctx.files.open(kept.storageKey), {
    name: "chu-ky.png",
    mediaType: "image/png",
    size,
    disposition: "inline",
  });
};

/** One slip for all that a person handed in together. */
export const printFilingSlip: RequestHandler<{ id: string }> = async (req, res) => {
  const ctx = officerOf(req as unknown as Request);
  const rows = isId(req.params.id) ? await listTogether(ctx, req.params.id) : [];
  const [first] = rows;
  if (!first) throw notFound();
  const slip = filingSlip(rows, { officer: ctx.actor.name, at: ctx.now }, translate(res));
  const pdf = await printSlip(ctx, first.receivingAgencyId, slip);
  res.set({
    "Content-Type": "application/pdf",
    "Content-Disposition": contentDisposition(`${slip.title}.pdf`, "inline"),
  });
  res.send(pdf);
};
