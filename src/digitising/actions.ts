import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { recordCertified, recordDigitised } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { enqueue } from "#platform/jobs.ts";
import { notFound } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { readScan } from "./actions/reading.ts";
import { type NewScan, type Placed, paperName, papersOf, type ScanFacts } from "./rules.ts";

export { readMailbox, watchFolder } from "./actions/arriving.ts";
export { readPapers } from "./actions/reading.ts";

/** Loaded by whoever digitises: most processes never do. */
const pdfs = () => import("./pdf.ts");

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
    await enqueue(tx, "digitising.read", {}, "digitising.read");
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
