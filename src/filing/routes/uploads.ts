/**
 * Files that arrive in pieces (tus 1.0.0: core, creation, termination, expiration): whoever is cut off asks how much
 * arrived and sends the rest. A script of the papers page speaks this; without it files come with the form.
 */
import { type Request, type RequestHandler, type Response, Router } from "express";
import { Refusal } from "#platform/refusal.ts";
import { addPiece, beginPartial, dropPartial, finishPartial } from "../actions.ts";
import { paths } from "../paths.ts";
import { findOwnPartial } from "../queries/partials.ts";
import { type Target, targetOf } from "../rules.ts";
import { citizenOf, papersOfDraft, speechOf } from "./opening.ts";

export const uploadRoutes = Router();
const ADDRESS = "/ban-nhap/:id/tai-len";
const ONE = `${ADDRESS}/:upload`;
const DAY_MS = 24 * 3_600_000;
const PIECE = "application/offset+octet-stream";

const refuse = (): Refusal => new Refusal("platform.refused.badRequest", 400);

/** Refusals as one plain sentence: a script reads them, and shows them at the file. */
const plainly =
  (handle: (req: Request, res: Response) => Promise<void>): RequestHandler =>
  async (req, res) => {
    res.set("Tus-Resumable", "1.0.0");
    try {
      await handle(req, res);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      req.resume();
      res.status(error.status).type("text/plain").send(speechOf(req, res).t(error.reason, error.params));
    }
  };

const idsOf = (req: Request): [string, string] => [String(req.params["id"]), String(req.params["upload"])];

const numberIn = (req: Request, header: string): number => {
  const value = req.get(header) ?? "";
  if (!/^\d{1,12}$/.test(value)) throw refuse();
  return Number(value);
};

/** "filename dGVw,control dGVwLmE=" */
function metadataIn(req: Request): Map<string, string> {
  const pairs = (req.get("Upload-Metadata") ?? "").split(",").map((pair) => pair.trim().split(" "));
  return new Map(
    pairs.map(([key = "", value = ""]) => [key, Buffer.from(value, "base64").toString().replace(/\0/g, "")]),
  );
}

/** Where a file chosen at this control goes, as the draft stands now. */
async function findTarget(req: Request, draftId: string, control: string): Promise<Target> {
  const { draft, papers } = await papersOfDraft(citizenOf(req), draftId);
  const target = targetOf(control, papers, draft.files);
  if (!target) throw refuse();
  return target;
}

uploadRoutes.post(
  ADDRESS,
  plainly(async (req, res) => {
    const ctx = citizenOf(req);
    const draftId = String(req.params["id"]);
    const metadata = metadataIn(req);
    const control = metadata.get("control") ?? "";
    await findTarget(req, draftId, control);
    const at = Number(metadata.get("date") || Number.NaN);
    const { id } = await beginPartial(ctx, draftId, {
      control,
      name: metadata.get("filename") ?? "",
      size: numberIn(req, "Upload-Length"),
      fileDate: Number.isSafeInteger(at) && Math.abs(at) < 1e14 ? new Date(at) : null,
    });
    res
      .status(201)
      .set({
        Location: paths.partial(draftId, id),
        "Upload-Expires": new Date(ctx.now.getTime() + DAY_MS).toUTCString(),
      })
      .end();
  }),
);

uploadRoutes.head(
  ONE,
  plainly(async (req, res) => {
    const { received, size } = await findOwnPartial(citizenOf(req), ...idsOf(req));
    res.set({ "Upload-Offset": String(received), "Upload-Length": String(size) }).end();
  }),
);

uploadRoutes.patch(
  ONE,
  plainly(async (req, res) => {
    if (req.get("Content-Type") !== PIECE) throw new Refusal("platform.refused.badRequest", 415);
    const from = numberIn(req, "Upload-Offset");
    const received = await addPiece(citizenOf(req), ...idsOf(req), { from, source: req }).catch((error: unknown) => {
      // Who is cut off comes back for the rest.
      throw error instanceof Refusal || req.complete ? error : new Refusal("platform.refused.uploadBroken", 409);
    });
    if (received === null) throw new Refusal("platform.refused.uploadBroken", 409);
    res.status(204).set("Upload-Offset", String(received)).end();
  }),
);

uploadRoutes.delete(
  ONE,
  plainly(async (req, res) => {
    await dropPartial(citizenOf(req), ...idsOf(req));
    res.status(204).end();
  }),
);

/** All of it arrived: it becomes a file of the draft, or what is wrong with it is said. */
uploadRoutes.post(
  `${ONE}/xong`,
  plainly(async (req, res) => {
    const [draftId, id] = idsOf(req);
    const ctx = citizenOf(req);
    const { control, attachmentId } = await findOwnPartial(ctx, draftId, id);
    // Asked again after the answer was lost: what it replaced is gone by now.
    if (attachmentId !== null) return void res.status(204).end();
    const error = await finishPartial(ctx, draftId, id, await findTarget(req, draftId, control));
    if (error) return void res.status(422).type("text/plain").send(speechOf(req, res).t(error.key, error.params));
    res.status(204).end();
  }),
);
