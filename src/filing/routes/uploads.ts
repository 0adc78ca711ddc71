/**
 * Files that arrive in pieces (tus 1.0.0: core, creation, termination, expiration): whoever is cut off asks how much
 * arrived and sends the rest. A script of the pages with papers speaks this; without it files come with the form.
 */
import { type Request, type RequestHandler, type Response, Router } from "express";
import { type Beside, findOwnSupplement } from "#dossiers/index.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { addPiece, beginPartial, dropPartial, finishPartial } from "../actions.ts";
import { referenceIn } from "../inputs.ts";
import { type Shelf, shelfOfSupplement } from "../pages.ts";
import { findOwnPartial } from "../queries/partials.ts";
import { type Target, targetOf } from "../rules.ts";
import { citizenOf, openShelf, speechOf } from "./opening.ts";

export const uploadRoutes = Router();
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

/** Where a file chosen at this control goes, as the papers stand now. */
function aim(control: string, { papers, files }: Shelf): Target {
  const target = targetOf(control, papers, files);
  if (!target) throw refuse();
  return target;
}

/** The protocol at one address: `open` finds the caller's own papers there, `beside` only what they are beside. */
function takePieces(
  address: string,
  open: (req: Request) => Promise<Shelf>,
  beside: (req: Request) => Promise<Beside> = async (req) => (await open(req)).beside,
): void {
  const one = `${address}/:upload`;
  const placeOf = async (req: Request): Promise<[Beside, string]> => [await beside(req), String(req.params["upload"])];

  uploadRoutes.post(
    address,
    plainly(async (req, res) => {
      const ctx = citizenOf(req);
      const metadata = metadataIn(req);
      const control = metadata.get("control") ?? "";
      const shelf = await open(req);
      aim(control, shelf);
      const at = Number(metadata.get("date") || Number.NaN);
      const { id } = await beginPartial(ctx, shelf.beside, {
        control,
        name: metadata.get("filename") ?? "",
        size: numberIn(req, "Upload-Length"),
        fileDate: Number.isSafeInteger(at) && Math.abs(at) < 1e14 ? new Date(at) : null,
      });
      const expires = new Date(ctx.now.getTime() + DAY_MS).toUTCString();
      res
        .status(201)
        .set({ Location: shelf.piecesOf(id), "Upload-Expires": expires })
        .end();
    }),
  );

  uploadRoutes.head(
    one,
    plainly(async (req, res) => {
      const { received, size } = await findOwnPartial(citizenOf(req), ...(await placeOf(req)));
      res.set({ "Upload-Offset": String(received), "Upload-Length": String(size) }).end();
    }),
  );

  uploadRoutes.patch(
    one,
    plainly(async (req, res) => {
      if (req.get("Content-Type") !== PIECE) throw new Refusal("platform.refused.badRequest", 415);
      const piece = { from: numberIn(req, "Upload-Offset"), source: req };
      const received = await addPiece(citizenOf(req), ...(await placeOf(req)), piece).catch((error: unknown) => {
        // Who is cut off comes back for the rest.
        throw error instanceof Refusal || req.complete ? error : new Refusal("platform.refused.uploadBroken", 409);
      });
      if (received === null) throw new Refusal("platform.refused.uploadBroken", 409);
      res.status(204).set("Upload-Offset", String(received)).end();
    }),
  );

  uploadRoutes.delete(
    one,
    plainly(async (req, res) => {
      await dropPartial(citizenOf(req), ...(await placeOf(req)));
      res.status(204).end();
    }),
  );

  /** All of it arrived: it becomes a file there, or what is wrong with it is said. */
  uploadRoutes.post(
    `${one}/xong`,
    plainly(async (req, res) => {
      const ctx = citizenOf(req);
      const place = await placeOf(req);
      const { control, attachmentId } = await findOwnPartial(ctx, ...place);
      // Asked again after the answer was lost: what it replaced is gone by now.
      if (attachmentId !== null) return void res.status(204).end();
      const error = await finishPartial(ctx, ...place, aim(control, await open(req)));
      if (error) return void res.status(422).type("text/plain").send(speechOf(req, res).t(error.key, error.params));
      res.status(204).end();
    }),
  );
}

takePieces(
  "/ban-nhap/:id/tai-len",
  (req) => openShelf(citizenOf(req), String(req.params["id"])),
  async (req) => ({ draftId: String(req.params["id"]) }),
);
takePieces("/ho-so/:reference/bo-sung/tai-len", async (req) => {
  const reference = referenceIn(String(req.params["reference"]));
  if (!reference) throw notFound();
  const ctx = citizenOf(req);
  const request = await findOwnSupplement(ctx, reference);
  return shelfOfSupplement(reference, await findVersion(ctx, request.procedureVersionId), request);
});
