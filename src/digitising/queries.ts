import { buffer } from "node:stream/consumers";
import { openToWhere } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { fold } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import type { ScanFacts } from "./rules.ts";

const desksOf = ({ postings }: Officer): string[] =>
  postings.filter(({ role }) => role === "desk").map(({ agencyId }) => agencyId);

/** A dossier whose papers are made electronic at one of the officer's desks. @throws Refusal 404 elsewhere */
export async function findDigitising(ctx: Context<Officer>, id: string) {
  const dossier = await ctx.db.dossier.findFirst({
    where: { id, receivingAgencyId: { in: desksOf(ctx.actor) }, ...openToWhere(ctx.actor) },
    select: {
      id: true,
      code: true,
      reference: true,
      caseId: true,
      receivingAgencyId: true,
      procedureVersionId: true,
      parties: { select: { personalId: true } },
      digitised: { include: { attachment: { select: { id: true, name: true } } }, orderBy: { attachmentId: "asc" } },
    },
  });
  if (!dossier) throw notFound();
  const people = await ctx.db.account.findMany({
    where: { id: { in: dossier.digitised.flatMap(({ confirmedById }) => confirmedById ?? []) } },
    select: { id: true, displayName: true },
  });
  return {
    ...dossier,
    nameOf: (accountId: string | null) => people.find((one) => one.id === accountId)?.displayName ?? "",
  };
}
export type Digitising = Awaited<ReturnType<typeof findDigitising>>;

const MOST_FOUND = 50;

/** Digitised papers of the officer's desks in which a program read these words, the newest first. */
export async function findByWords(ctx: Context<Officer>, q: string): Promise<Found[]> {
  const words = fold(q);
  // Nothing but signs: every paper would be found.
  if (words === "") return [];
  return ctx.db.$queryRaw<Found[]>`
    SELECT d.id AS "dossierId", coalesce(d.code, d.reference) AS code, a.id AS "attachmentId", a.name,
      (SELECT x."fullName" FROM dossier_parties x WHERE x."dossierId" = d.id AND x.role = 'applicant') AS applicant,
      a."createdAt" AS at
    FROM digitised_papers p JOIN attachments a ON a.id = p."attachmentId" JOIN dossiers d ON d.id = p."dossierId"
    WHERE p.folded LIKE ${`%${words}%`} AND d."receivingAgencyId" = ANY(${desksOf(ctx.actor)}::uuid[])
      AND (NOT d.restricted OR EXISTS (SELECT FROM dossier_readers r
        WHERE r."dossierId" = d.id AND r."accountId" = ${ctx.actor.accountId}::uuid))
    ORDER BY a.id DESC LIMIT ${MOST_FOUND}`;
}
export type Found = {
  dossierId: string;
  code: string;
  attachmentId: string;
  name: string;
  applicant: string | null;
  at: Date;
};

/** What waits for its paper: the dossier's own scans, and those in the tray of its desk; the newest twenty. */
export async function listWaiting(ctx: Context<Officer>, { id, receivingAgencyId }: Digitising) {
  const scans = await ctx.db.scan.findMany({
    where: { agencyId: receivingAgencyId, OR: [{ dossierId: id }, { dossierId: null }] },
    orderBy: { createdAt: "asc" },
    take: 20,
  });
  const { inspectPdf } = await import("./pdf.ts");
  const seen: ((typeof scans)[number] & { facts: ScanFacts })[] = [];
  for (const scan of scans)
    seen.push({ ...scan, facts: await inspectPdf(await buffer(await ctx.files.open(scan.storageKey))) });
  return seen;
}
export type Waiting = Awaited<ReturnType<typeof listWaiting>>[number];

/** Electronic results of the same person that the desk's agency issued or received: what need not be scanned again. */
export async function listReusable(ctx: Context<Officer>, { id, parties, receivingAgencyId }: Digitising) {
  const personalIds = parties.flatMap(({ personalId }) => personalId ?? []);
  if (personalIds.length === 0) return [];
  const rows = await ctx.db.result.findMany({
    where: {
      state: "issued",
      mediaType: "application/pdf",
      storageKey: { not: null },
      dossier: {
        id: { not: id },
        status: { in: ["completed", "delivered"] },
        receivingAgencyId,
        AND: openToWhere(ctx.actor),
        parties: { some: { personalId: { in: personalIds } } },
      },
    },
    orderBy: { createdAt: "desc" },
    take: 10,
    select: {
      id: true,
      code: true,
      title: true,
      number: true,
      storageKey: true,
      dossier: { select: { procedureVersionId: true } },
    },
  });
  return Promise.all(
    rows.flatMap(({ storageKey, dossier, ...row }) =>
      storageKey ? [resultWithType(ctx, dossier.procedureVersionId, { ...row, storageKey, name: row.title })] : [],
    ),
  );
}

/** A result with the type of document that its procedure says it is. */
async function resultWithType<T extends { code: string | null }>(ctx: Context<Officer>, versionId: string, result: T) {
  const { results } = (await findVersion(ctx, versionId)).definition;
  const kind = results.find(({ code }) => code !== undefined && code === result.code) ?? results[0];
  return { ...result, documentType: kind?.documentType ?? null };
}
export type Reusable = Awaited<ReturnType<typeof listReusable>>[number];
