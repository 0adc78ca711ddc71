import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Request, type Response, Router } from "express";
import { ZipFile } from "yazl";
import { openPaper } from "#documents/index.ts";
import { findOwnDossier, listHandlers } from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import { contentDisposition } from "#platform/downloads.ts";
import { notFound } from "#platform/refusal.ts";
import { type Renderer, redirect } from "#platform/render.ts";
import { mayHave, openHandedIn } from "#platform/scanning.ts";
import { leaveNotice } from "#platform/session.ts";
import { fieldContext, findVersion, pick } from "#procedures/index.ts";
import { findRating } from "#ratings/index.ts";
import { draftFromDossier } from "../actions.ts";
import { referenceIn } from "../inputs.ts";
import { dossierCopy, dossierRecord, type SeenWhole } from "../pages.ts";
import { paths } from "../paths.ts";
import { findReceivers } from "../queries.ts";
import { citizenOf, speechOf } from "./opening.ts";

/** The citizen's own dossier that the address names, with all that they are told of it. @throws Refusal 404 */
export async function openOwn(req: Request, res: Response): Promise<SeenWhole> {
  const ctx = citizenOf(req);
  const reference = referenceIn(req.params["reference"]);
  if (!reference) throw notFound();
  const dossier = await findOwnDossier(ctx, reference);
  const speech = speechOf(req, res);
  const [loaded, context, handlers, directory, rating] = await Promise.all([
    findVersion(ctx, dossier.procedureVersionId),
    fieldContext(ctx, speech.t),
    listHandlers(ctx, dossier),
    findDirectory(ctx),
    findRating(ctx, dossier.id),
  ]);
  const phoneOf = (agencyId: string): string | null => directory.agencyOf(agencyId)?.phone ?? null;
  return { dossier, loaded, context, handlers, phoneOf, rating, now: ctx.now, ...speech };
}

export const wholeRoutes = Router();

type Entry = { path: string; open: () => Promise<Readable> };

/** Every file of a dossier that its applicant may have, opened when its turn comes. */
function entriesOf(req: Request, { dossier, t }: SeenWhole): Entry[] {
  const ctx = citizenOf(req);
  const folder = (key: "papers" | "issued" | "results"): string => t(`filing.mine.whole.folders.${key}`);
  /** Numbered: two files may bear one name. */
  const named = (key: "papers" | "issued" | "results", index: number, name: string): string =>
    `${folder(key)}/${String(index + 1).padStart(2, "0")}-${name.replace(/[\\/:*?"<>|]/g, "_")}`;
  return [
    ...dossier.attachments
      .filter((file) => mayHave(ctx, file))
      .map((file, i) => ({ path: named("papers", i, file.name), open: () => openHandedIn(ctx, file) })),
    ...dossier.issuedPapers.map(({ id, kind }, i) => ({
      path: named("issued", i, `${kind}.pdf`),
      open: async () => (await openPaper(ctx, id)).stream,
    })),
    ...dossier.results.flatMap(({ fileName, title, storageKey, scanState }, i) =>
      storageKey && mayHave(ctx, { scanState })
        ? [{ path: named("results", i, fileName ?? title), open: () => openHandedIn(ctx, { storageKey, scanState }) }]
        : [],
    ),
  ];
}

/** One file open at a time, nothing kept in memory: a dossier may be as large as the disk. */
wholeRoutes.get("/ho-so/:reference/tai-toan-bo", async (req, res) => {
  const seen = await openOwn(req, res);
  const { dossier, t } = seen;
  const entries = entriesOf(req, seen);
  const list = entries.map(({ path }) => path);
  const zip = new ZipFile();
  const renderer = req.app.get("renderer") as Renderer;
  zip.addBuffer(Buffer.from(renderer.part("filing/whole", dossierCopy(seen, list), t)), "ho-so.html");
  zip.addBuffer(Buffer.from(JSON.stringify(dossierRecord(seen, list), null, 2)), "ho-so.json");
  for (const { path, open } of entries)
    zip.addReadStreamLazy(path, { compress: false }, (take) => {
      open().then(
        (stream) => take(null, stream),
        (error: unknown) => take(error, null as never),
      );
    });
  zip.end();
  const output = zip.outputStream as Readable;
  // A file that cannot be read breaks the answer off: half an archive must not look whole.
  zip.on("error", (error: Error) => output.destroy(error));
  res.set({
    "Content-Type": "application/zip",
    "Content-Disposition": contentDisposition(`${dossier.code ?? dossier.reference}.zip`, "attachment"),
    "Cache-Control": "private, no-store",
  });
  try {
    await pipeline(output, res);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
});

/** A new draft with the answers of a dossier; papers are chosen anew. */
wholeRoutes.post("/ho-so/:reference/soan-moi", async (req, res) => {
  const ctx = citizenOf(req);
  const { dossier, loaded: from, context, language, t } = await openOwn(req, res);
  if (!dossier.mayAct) throw notFound();
  const { loaded: to } = await findReceivers(ctx, dossier.procedure.code);
  // The page where filing begins says why it cannot begin here any more.
  if (!to) return redirect(res, paths.start(dossier.procedure.code));
  const { draftId, dropped } = await draftFromDossier(ctx, dossier, { from, to }, context, { papers: false });
  const fields = from.definition.form.pages.flatMap((page) => page.fields);
  const lost = fields.filter(({ id }) => dropped.includes(id)).map(({ label }) => pick(label, language));
  const told = [
    t("filing.mine.again.begun"),
    ...(lost.length > 0 ? [t("filing.mine.again.dropped", { fields: lost.join("; ") })] : []),
  ];
  leaveNotice(req, "info", told.join(" "));
  redirect(res, paths.draft(draftId));
});
