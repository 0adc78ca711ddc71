import { buffer } from "node:stream/consumers";
import { Router } from "express";
import { notFound } from "#platform/refusal.ts";
import { ResultTemplate } from "../documents/filling/result.ts";
import { drawPaper } from "../documents/printing/papers.ts";
import { registerPdf } from "../documents/printing/register.ts";
import { samplePaper, sampleRegister } from "../documents/printing/samples.ts";
import { listForms } from "../documents/queries.ts";
import { PAPER_KINDS } from "../documents/rules.ts";
import { fingerprintOf } from "../documents/snapshot.ts";

/** Every form of the portal as PDF, filled in with invented people, under the title that is in force. */
export const paperRoutes = Router();

paperRoutes.get("/dev/giay-to/:kind", async (req, res) => {
  const forms = await listForms(req.ctx);
  const form = forms.findLast(({ kind }) => kind === req.params.kind);
  if (!form) throw notFound();
  const kind = PAPER_KINDS.find((one) => one === form.kind);
  const send = (bytes: Buffer): unknown =>
    res.set({ "Content-Type": "application/pdf", "Content-Disposition": "inline" }).send(bytes);
  if (!kind) {
    const { head, rows } = sampleRegister(form.title);
    return void send(await buffer(registerPdf(head, rows).stream));
  }
  const paper =
    kind === "result" ? samplePaper(form, kind, ResultTemplate.parse(form.content)) : samplePaper(form, kind);
  send(await drawPaper(paper, fingerprintOf(paper)));
});
