import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { ownedBy } from "#companies/rules.ts";
import { openToWhere } from "#dossiers/rules.ts";
import type { Actor, Context } from "#platform/context.ts";
import { inTransaction, type Prisma } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import type { FilingCopy } from "../printing/filing.ts";
import { isPaperId } from "../rules.ts";
import { fingerprintOf, PaperSnapshot } from "../snapshot.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "documents.print": { paperId: string };
  }
}

export type PrintedPaper = { storageKey: string; size: number };

/** A paper as it was issued. @throws when what is stored is not what was issued */
export function readSnapshot(paper: { id: string; snapshot: unknown; fingerprint: string }): PaperSnapshot {
  const snapshot = PaperSnapshot.parse(paper.snapshot);
  if (fingerprintOf(snapshot) !== paper.fingerprint) throw new Error(`paper ${paper.id} is not as it was issued`);
  return snapshot;
}

/**
 * Draws an issued paper from its frozen content and stores the file. May run twice, and twice at once: the job and the
 * counter both ask; the later one throws its copy away. A result made by the portal gets its file with it.
 * @throws Refusal 404 when there is no such paper
 */
export async function printPaper(ctx: Pick<Context, "db" | "files" | "now">, paperId: string): Promise<PrintedPaper> {
  const select = { id: true, snapshot: true, fingerprint: true, state: true, storageKey: true, size: true } as const;
  const paper = await ctx.db.issuedPaper.findUnique({ where: { id: paperId }, select });
  if (!paper) throw notFound();
  const printed = readyCopy(paper);
  if (printed) return printed;
  const snapshot = readSnapshot(paper);
  // Fonts and the drawing take memory and time to load that most processes' first request should not wait for.
  const { drawPaper } = await import("../printing/papers.ts");
  const bytes = await drawPaper(snapshot, paper.fingerprint);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const storageKey = await ctx.files.write(bytes);
  const isOurs = await inTransaction(ctx, async (tx) => {
    const { count } = await tx.issuedPaper.updateMany({
      where: { id: paperId, state: "pending" },
      data: {
        state: "ready",
        storageKey,
        size: bytes.length,
        readyAt: ctx.now,
      },
    });
    if (count === 0) return false;
    await tx.$executeRaw`
      UPDATE issued_papers SET "fileHashes" = array_append("fileHashes", ${sha256})
      WHERE id = ${paperId}::uuid AND NOT ${sha256} = ANY("fileHashes")`;
    await tx.result.updateMany({
      where: { paperId },
      data: {
        storageKey,
        size: bytes.length,
        sha256,
        mediaType: "application/pdf",
        fileName: fileNameOf(snapshot),
      },
    });
    return true;
  });
  if (isOurs) return { storageKey, size: bytes.length };
  await ctx.files.remove(storageKey);
  const other = await ctx.db.issuedPaper.findUnique({ where: { id: paperId }, select });
  const theirs = other && readyCopy(other);
  if (!theirs) throw new Error(`paper ${paperId} is neither pending nor ready`);
  return theirs;
}

const readyCopy = (paper: { state: string; storageKey: string | null; size: number | null }): PrintedPaper | null =>
  paper.state === "ready" && paper.storageKey !== null && paper.size !== null
    ? { storageKey: paper.storageKey, size: paper.size }
    : null;

const fileNameOf = ({ title, code, reference }: PaperSnapshot): string => `${title} ${code ?? reference}.pdf`;

/**
 * Whose papers the viewer may open: an officer those of dossiers that the agency took in or works on, an applicant their
 * own, but not what officers hand to each other, nor a result before it is handed over.
 */
export const papersVisibleTo = (actor: Actor): Prisma.IssuedPaperWhereInput | null => {
  if (actor.kind === "citizen")
    return {
      dossier: ownedBy(actor.accountId, "see"),
      kind: { not: "control_slip" },
      OR: [{ kind: { not: "result" } }, { dossier: { status: "delivered" } }],
    };
  if (actor.kind !== "officer") return null;
  const agencies = actor.postings.map(({ agencyId }) => agencyId);
  return {
    dossier: {
      OR: [{ receivingAgencyId: { in: agencies } }, { stepRuns: { some: { agencyId: { in: agencies } } } }],
      AND: openToWhere(actor),
    },
  };
};

export type OpenedPaper = { name: string; mediaType: string; size: number; stream: Readable };

/**
 * An issued paper as a file. Where the job has not drawn it yet (the worker stands still), it is drawn on the spot.
 * @throws Refusal 404 for other people's papers and for those that do not exist alike; 409 while it cannot be drawn
 */
export async function openPaper(ctx: Context, paperId: string): Promise<OpenedPaper> {
  const scope = papersVisibleTo(ctx.actor);
  if (!scope || !isPaperId(paperId)) throw notFound();
  const paper = await ctx.db.issuedPaper.findFirst({ where: { id: paperId, ...scope }, select: { snapshot: true } });
  if (!paper) throw notFound();
  const snapshot = PaperSnapshot.safeParse(paper.snapshot);
  // What it said is gone with its time of keeping.
  if (!snapshot.success) throw notFound();
  const name = fileNameOf(snapshot.data);
  return { name, mediaType: "application/pdf", ...(await openCopy(ctx, paperId)) };
}

/** The disk is full or its folder gone: what the paper says is safe, and the job tries again. */
const isStorageFault = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "ENOENT", "ENOTDIR", "EIO", "EMFILE"].includes(
    (error as NodeJS.ErrnoException | null)?.code ?? "",
  );

/** The drawn paper; where its file was lost, drawn once more from what was frozen: it says the same. */
async function openCopy(ctx: Context, paperId: string): Promise<Pick<OpenedPaper, "size" | "stream">> {
  try {
    const { storageKey, size } = await printPaper(ctx, paperId);
    try {
      return { size, stream: await ctx.files.open(storageKey) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await ctx.db.issuedPaper.updateMany({
        where: { id: paperId, storageKey },
        data: { state: "pending", storageKey: null, size: null },
      });
      const again = await printPaper(ctx, paperId);
      return { size: again.size, stream: await ctx.files.open(again.storageKey) };
    }
  } catch (error) {
    if (isStorageFault(error)) throw new Refusal("documents.refused.beingMade", 409);
    throw error;
  }
}

/** The applicant's copy of what they filed, drawn on the spot: it is numbered and kept nowhere. */
export async function printFiling(copy: FilingCopy): Promise<Buffer> {
  const { drawFiling } = await import("../printing/filing.ts");
  return drawFiling(copy);
}
