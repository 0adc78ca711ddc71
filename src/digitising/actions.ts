import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { recordCertified, recordDigitised } from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { judgeFile, MAX_FILE_BYTES } from "#platform/received.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { MOST_PAGES, type Placed, paperName, papersOf, type ScanFacts } from "./rules.ts";

export type NewScan = { name: string; mediaType: string; bytes: Uint8Array };
/** Loaded by whoever digitises: most processes never do. */
const pdfs = () => import("./pdf.ts");

const KINDS = ["application/pdf", "image/jpeg", "image/png"];

/**
 * A scan that was handed in, as PDF with what it says of its pages.
 * @throws Refusal 409 in words for a damaged file, one of too many pages, and what is no scan
 */
async function readScan({ name, mediaType, bytes }: NewScan): Promise<{ pdf: Uint8Array; facts: ScanFacts }> {
  if (!KINDS.includes(mediaType)) throw new Refusal("digitising.errors.kind", 409, { name });
  const { asPdf, inspectPdf } = await pdfs();
  let read: { pdf: Uint8Array; facts: ScanFacts };
  try {
    const pdf = await asPdf(bytes, mediaType);
    read = { pdf, facts: await inspectPdf(pdf) };
  } catch {
    throw new Refusal("digitising.errors.damaged", 409, { name });
  }
  const { length } = read.facts.pages;
  if (length > MOST_PAGES)
    throw new Refusal("digitising.errors.tooMany", 409, { name, pages: length, most: MOST_PAGES });
  return read;
}

/** Puts scans beside a dossier of the officer's desk: pages that wait for their papers. */
export async function addScans(
  ctx: Context<Officer>,
  { dossierId, agencyId }: { dossierId: string; agencyId: string },
  scans: readonly NewScan[],
): Promise<void> {
  for (const scan of scans) {
    const { pdf, facts } = await readScan(scan);
    await ctx.db.scan.create({
      data: {
        agencyId,
        dossierId,
        source: "upload",
        name: scan.name,
        mediaType: "application/pdf",
        size: pdf.length,
        sha256: createHash("sha256").update(pdf).digest("hex"),
        storageKey: await ctx.files.write(pdf),
        pages: facts.pages.length,
        createdAt: ctx.now,
        byId: ctx.actor.accountId,
      },
    });
  }
}

type OfDossier = { id: string; code: string | null; reference: string; receivingAgencyId: string };

/** Writes one digitised paper: its file under the name of the rule, and what is known of it. */
async function attach(
  ctx: Context<Officer>,
  dossier: OfDossier,
  paper: { requirementId: string; pdf: Uint8Array; facts: ScanFacts; resultId: string | null },
): Promise<void> {
  const { requirementId, pdf, facts, resultId } = paper;
  const storageKey = await ctx.files.write(pdf);
  const sha256 = createHash("sha256").update(pdf).digest("hex");
  const keep = async (tx: Tx) => {
    const number = 1 + (await tx.digitisedPaper.count({ where: { dossierId: dossier.id, requirementId } }));
    const { id: attachmentId } = await tx.attachment.create({
      data: {
        dossierId: dossier.id,
        requirementId,
        kind: "paper",
        name: paperName(dossier.code ?? dossier.reference, requirementId, number),
        size: pdf.length,
        mediaType: "application/pdf",
        sha256,
        storageKey,
        uploadedById: ctx.actor.accountId,
        createdAt: ctx.now,
        ...newScan(ctx),
      },
    });
    await askForScan(ctx, tx);
    const dpis = facts.pages.flatMap(({ dpi }) => dpi ?? []);
    await tx.digitisedPaper.create({
      data: {
        attachmentId,
        dossierId: dossier.id,
        requirementId,
        number,
        pages: facts.pages.length,
        dpi: dpis.length > 0 ? Math.min(...dpis) : null,
        colour: facts.pages.every(({ colour }) => colour),
        resultId,
      },
    });
    await tx.receivedPaper.upsert({
      where: { dossierId_requirementId: { dossierId: dossier.id, requirementId } },
      create: { dossierId: dossier.id, requirementId, electronic: 1 },
      update: { electronic: { increment: 1 } },
    });
    return { attachmentId, requirementId, sha256, pages: facts.pages.length, resultId };
  };
  try {
    await inTransaction(ctx, (tx) => recordDigitised(ctx, tx, dossier.id, () => keep(tx)));
  } catch (error) {
    await ctx.files.remove(storageKey);
    throw error;
  }
}

/**
 * Makes papers of scanned pages: those given to one paper become one PDF in the order given, turned as said, named by the
 * rule. A scan of which a page was used is not waiting any more.
 * @returns how many papers were made
 * @throws Refusal 404 for pages that do not wait at this desk
 */
export async function composePapers(
  ctx: Context<Officer>,
  dossier: OfDossier,
  placed: readonly Placed[],
): Promise<number> {
  const papers = papersOf(placed);
  const used = [...new Set([...papers.values()].flat().map(({ scanId }) => scanId))];
  const scans = await ctx.db.scan.findMany({
    where: {
      id: { in: used },
      agencyId: dossier.receivingAgencyId,
      OR: [{ dossierId: dossier.id }, { dossierId: null }],
    },
  });
  if (scans.length !== used.length) throw notFound();
  const bytes = new Map<string, Uint8Array>();
  for (const { id, storageKey } of scans) bytes.set(id, await buffer(await ctx.files.open(storageKey)));
  const { inspectPdf, joinPages } = await pdfs();
  for (const [requirementId, pages] of papers) {
    const parts = pages.map(({ scanId, page, turn }) => ({ bytes: bytes.get(scanId) ?? new Uint8Array(), page, turn }));
    const pdf = await joinPages(parts);
    await attach(ctx, dossier, { requirementId, pdf, facts: await inspectPdf(pdf), resultId: null });
  }
  await dropScans(ctx, dossier, used);
  return papers.size;
}

/** Takes scans away that are not needed any more. */
export async function dropScans(ctx: Context<Officer>, dossier: OfDossier, ids: readonly string[]): Promise<void> {
  const where = { id: { in: [...ids] }, agencyId: dossier.receivingAgencyId };
  const gone = await ctx.db.scan.findMany({ where, select: { storageKey: true } });
  await ctx.db.scan.deleteMany({ where });
  await Promise.all(gone.map(({ storageKey }) => ctx.files.remove(storageKey)));
}

/** Somebody compared every digitised paper of the dossier with its original and says that they agree. Said once of each. */
export async function confirmPapers(ctx: Context<Officer>, dossier: OfDossier): Promise<void> {
  await inTransaction(ctx, (tx) =>
    recordCertified(ctx, tx, dossier.id, async () => {
      const confirmed = await tx.digitisedPaper.updateManyAndReturn({
        where: { dossierId: dossier.id, confirmedAt: null },
        data: { confirmedAt: ctx.now, confirmedById: ctx.actor.accountId },
        select: { attachmentId: true },
      });
      return { attachmentIds: confirmed.map(({ attachmentId }) => attachmentId) };
    }),
  );
}

/** Uses an electronic result in place of a scan. @param result one that `listReusable` named */
export async function reuseResult(
  ctx: Context<Officer>,
  dossier: OfDossier,
  { requirementId, result }: { requirementId: string; result: { id: string; storageKey: string; name: string } },
): Promise<void> {
  const bytes = await buffer(await ctx.files.open(result.storageKey));
  const { pdf, facts } = await readScan({ name: result.name, mediaType: "application/pdf", bytes });
  await attach(ctx, dossier, { requirementId, pdf, facts, resultId: result.id });
}

const TAKEN = "da-nhan";
const BROKEN = "loi";

/**
 * Takes what a scanner laid into an agency's folder (`{folder}/{identifier}/`) into its tray, and moves each file aside:
 * taken, or not readable. A file that is still being written is left for the next time.
 * @returns how many scans were taken
 */
export async function watchFolder(
  ctx: Pick<Context, "db" | "files" | "now">,
  folder: string,
  settledMs = 5000,
): Promise<number> {
  const { now } = ctx;
  const { agencies } = await findDirectory(ctx);
  const wanted = new Map(agencies.map(({ identifier, id }) => [identifier, id]));
  let taken = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const agencyId = wanted.get(entry.name);
    if (!entry.isDirectory() || !agencyId) continue;
    const place = join(folder, entry.name);
    for (const file of await readdir(place, { withFileTypes: true })) {
      const path = join(place, file.name);
      if (!file.isFile() || now.getTime() - (await stat(path)).mtimeMs < settledMs) continue;
      const isTaken = await takeFile(ctx, agencyId, path, file.name);
      const aside = join(place, isTaken ? TAKEN : BROKEN);
      await mkdir(aside, { recursive: true });
      await rename(path, join(aside, file.name));
      if (isTaken) taken++;
    }
  }
  return taken;
}

async function takeFile(
  { db, files, now }: Pick<Context, "db" | "files" | "now">,
  agencyId: string,
  path: string,
  name: string,
): Promise<boolean> {
  const staged = await files.stage(createReadStream(path), MAX_FILE_BYTES);
  const judged = staged && (await judgeFile(files, staged, name));
  if (!staged || !judged?.ok) {
    if (staged) await files.discard(staged);
    return false;
  }
  const { mediaType } = judged.file;
  const bytes = await buffer(createReadStream(judged.file.staged.path));
  await Promise.all([files.discard(judged.file.staged), files.discard(staged)]);
  try {
    const { pdf, facts } = await readScan({ name, mediaType, bytes });
    await db.scan.createMany({
      data: [
        {
          agencyId,
          source: "folder",
          name: judged.file.name,
          mediaType: "application/pdf",
          size: pdf.length,
          sha256: createHash("sha256").update(pdf).digest("hex"),
          storageKey: await files.write(pdf),
          pages: facts.pages.length,
          createdAt: now,
        },
      ],
      skipDuplicates: true,
    });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
