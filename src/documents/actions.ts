import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { findDirectory, findUnitLists } from "#organizations/index.ts";
import { now as readClock } from "#platform/clock.ts";
import { randomCode } from "#platform/codes.ts";
import { type Actor, type Context, inside, type Surroundings, systemContext } from "#platform/context.ts";
import { Prisma, type Tx } from "#platform/db.ts";
import type { Swept } from "#platform/files.ts";
import { isoDay } from "#platform/format.ts";
import { enqueue, type JobHandlers } from "#platform/jobs.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { fingerprintOf, RECEIPT_SELECT, receiptSnapshot } from "./receipt.ts";
import { seriesOf } from "./rules.ts";
import { ReceiptSnapshot } from "./snapshot.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "documents.print": { paperId: string };
    "files.sweep": Record<string, never>;
  }
}

const nameOf = (actor: Actor): string => (actor.kind === "visitor" ? "" : actor.name);

/** The next number of the series, taken inside the transaction: a rollback gives it back, so that none is missing. */
async function nextNumber(tx: Tx, series: string, year: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO number_series (series, year, value) VALUES (${series}, ${year}, 1)
    ON CONFLICT (series, year) DO UPDATE SET value = number_series.value + 1 RETURNING value`;
  if (!row) throw new Error("a number series was neither made nor raised");
  return row.value;
}

/**
 * Issues form 01 (giấy tiếp nhận hồ sơ và hẹn trả kết quả) for an accepted dossier, inside the accepting transaction:
 * numbers it in the yearly series of its agency, freezes what it says, and leaves the drawing to a job. A dossier has
 * one slip: asked again, the same is given.
 * @param linkCode one-time code to print, of a dossier that no account has yet (D10)
 */
export async function issueReceiptSlip(
  ctx: Context,
  tx: Tx,
  dossierId: string,
  { linkCode = null }: { linkCode?: string | null } = {},
): Promise<{ paperId: string }> {
  const issued = await tx.issuedPaper.findFirst({
    where: { dossierId, kind: "receipt_slip", standing: "valid" },
    select: { id: true },
  });
  if (issued) return { paperId: issued.id };
  const within = inside(ctx, tx);
  const dossier = await tx.dossier.findUnique({ where: { id: dossierId }, select: RECEIPT_SELECT });
  if (!dossier) throw notFound();
  const { definition } = await findVersion(within, dossier.procedureVersionId);
  const directory = await findDirectory(within);
  const agency = directory.agencyOf(dossier.receivingAgencyId);
  if (!agency) throw notFound();
  const parent = agency.parentId ? directory.agencyOf(agency.parentId) : undefined;
  const place = agency.unitCode ? placeName((await findUnitLists(within)).nameOf("unit", agency.unitCode)) : null;
  const series = seriesOf("receipt_slip", agency.id);
  const year = Number(isoDay(ctx.now).slice(0, 4));
  const number = await nextNumber(tx, series, year);
  const token = randomCode();
  const snapshot = receiptSnapshot({
    dossier,
    definition,
    agency,
    parent,
    place,
    number,
    token,
    linkCode,
    publicUrl: ctx.publicUrl,
    officer: nameOf(ctx.actor),
    now: ctx.now,
  });
  const paperId = randomUUID();
  await tx.issuedPaper.create({
    data: {
      id: paperId,
      dossierId,
      kind: snapshot.kind,
      agencyId: agency.id,
      number,
      year,
      series,
      templateVersion: snapshot.templateVersion,
      snapshot,
      fingerprint: fingerprintOf(snapshot),
      token,
      createdAt: ctx.now,
    },
  });
  await enqueue(tx, "documents.print", { paperId }, `documents.print:${paperId}`);
  return { paperId };
}

/** "Kỳ Lừa" of "Phường Kỳ Lừa": a place is named without its kind (NĐ 30/2020 Phụ lục I). */
const placeName = (fullName: string | null): string | null =>
  fullName?.replace(/^(tỉnh|thành phố|phường|xã|đặc khu)\s+/iu, "") ?? null;

export type PrintedPaper = { storageKey: string; size: number };

/**
 * Draws an issued paper from its frozen content and stores the file. May run twice, and twice at once: the job and the
 * counter both ask; the later one throws its copy away.
 * @throws Refusal 404 when there is no such paper
 */
export async function printPaper(ctx: Pick<Context, "db" | "files" | "now">, paperId: string): Promise<PrintedPaper> {
  const select = { snapshot: true, fingerprint: true, state: true, storageKey: true, size: true } as const;
  const paper = await ctx.db.issuedPaper.findUnique({ where: { id: paperId }, select });
  if (!paper) throw notFound();
  const printed = readyCopy(paper);
  if (printed) return printed;
  const snapshot = ReceiptSnapshot.parse(paper.snapshot);
  if (fingerprintOf(snapshot) !== paper.fingerprint) throw new Error(`paper ${paperId} is not as it was issued`);
  // Fonts and the drawing take memory and time to load that most processes' first request should not wait for.
  const { drawReceipt } = await import("./printing/receipt.ts");
  const bytes = await drawReceipt(snapshot, paper.fingerprint);
  const storageKey = await ctx.files.write(bytes);
  const { count } = await ctx.db.issuedPaper.updateMany({
    where: { id: paperId, state: "pending" },
    data: { state: "ready", storageKey, size: bytes.length, readyAt: ctx.now },
  });
  if (count === 1) return { storageKey, size: bytes.length };
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

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whose papers the viewer may open: an officer those of dossiers that the agency took in or works on, an applicant their own. */
const visibleTo = (actor: Actor): Prisma.DossierWhereInput | null => {
  if (actor.kind === "citizen") return { applicantAccountId: actor.accountId };
  if (actor.kind !== "officer") return null;
  const agencies = actor.postings.map(({ agencyId }) => agencyId);
  return { OR: [{ receivingAgencyId: { in: agencies } }, { stepRuns: { some: { agencyId: { in: agencies } } } }] };
};

export type OpenedPaper = { name: string; mediaType: string; size: number; stream: Readable };

/**
 * An issued paper as a file. Where the job has not drawn it yet (the worker stands still), it is drawn on the spot.
 * @throws Refusal 404 for other people's papers and for those that do not exist alike
 */
export async function openPaper(ctx: Context, paperId: string): Promise<OpenedPaper> {
  const scope = visibleTo(ctx.actor);
  if (!scope || !ID.test(paperId)) throw notFound();
  const paper = await ctx.db.issuedPaper.findFirst({
    where: { id: paperId, dossier: scope },
    select: { id: true, snapshot: true },
  });
  if (!paper) throw notFound();
  const { title, code } = ReceiptSnapshot.parse(paper.snapshot);
  return { name: `${title} ${code}.pdf`, mediaType: "application/pdf", ...(await openCopy(ctx, paper.id)) };
}

/** The drawn paper; where its file was lost, drawn once more from what was frozen: it says the same. */
async function openCopy(ctx: Context, paperId: string): Promise<Pick<OpenedPaper, "size" | "stream">> {
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
}

const DAY_MS = 86_400_000;

/** Removes what no row names and is older than a day: uploads cut off, files whose transaction was rolled back. */
export const sweepFiles = ({ db, files, now }: Pick<Context, "db" | "files" | "now">): Promise<Swept> =>
  files.sweep(new Date(now.getTime() - DAY_MS), async (keys) => {
    const rows = await db.$queryRaw<{ key: string }[]>(Prisma.sql`
      SELECT "storageKey" AS key FROM attachments WHERE "storageKey" = ANY(${keys})
      UNION ALL SELECT "storageKey" FROM issued_papers WHERE "storageKey" = ANY(${keys})
      UNION ALL SELECT "storageKey" FROM register_files WHERE "storageKey" = ANY(${keys})
      UNION ALL SELECT "storageKey" FROM results WHERE "storageKey" = ANY(${keys})`);
    return rows.map(({ key }) => key);
  });

/** What this room does outside of requests. */
export const documentJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, "documents.print" | "files.sweep"> => ({
  "documents.print": async ({ paperId }) =>
    void (await printPaper(systemContext(surroundings, now(), "documents.print"), paperId)),
  "files.sweep": async () => void (await sweepFiles(systemContext(surroundings, now(), "files.sweep"))),
});
