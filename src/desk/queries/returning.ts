import { listWork, openToWhere } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { scannedCode } from "#queue/rules.ts";
import { deskAgencies } from "../queries.ts";

const MOST = 50;

/** Results that wait at the officer's desks: all, or those that a scanned code, a name or a number means. */
export async function listReady(ctx: Context<Officer>, q: string) {
  const asked = scannedCode(q).trim();
  const fromTicket = /^[A-Z]{1,2}\d{1,4}$/i.test(asked) ? await dossiersOfTicket(ctx, asked.toUpperCase()) : [];
  const filter = asked && fromTicket.length === 0 ? { q: asked } : {};
  const { rows } = await listWork(ctx, { list: "delivery", filter }, null, MOST);
  const shown = fromTicket.length > 0 ? rows.filter(({ dossierId }) => fromTicket.includes(dossierId)) : rows;
  const more = await ctx.db.dossier.findMany({
    where: { id: { in: shown.map(({ dossierId }) => dossierId) } },
    select: {
      id: true,
      finishedAt: true,
      returnMethod: true,
      // Made elsewhere, and not in the desk's hands yet.
      handOvers: { where: { toRole: "desk", receivedAt: null }, select: { id: true } },
    },
  });
  return shown.map((row) => {
    const found = more.find(({ id }) => id === row.dossierId);
    return {
      ...row,
      finishedAt: found?.finishedAt ?? null,
      returnMethod: found?.returnMethod ?? "counter",
      isOnItsWay: (found?.handOvers.length ?? 0) > 0,
    };
  });
}
export type Ready = Awaited<ReturnType<typeof listReady>>[number];

/** The dossiers that today's ticket of this number was taken for, or served, in halls of the officer's agencies. */
async function dossiersOfTicket(ctx: Context<Officer>, number: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT x."dossierId"::text AS id FROM queue_tickets t
      JOIN queue_halls h ON h.id = t."hallId"
      JOIN queue_ticket_dossiers x ON x."ticketId" = t.id
    WHERE t.day = ${isoDay(ctx.now)} AND t.number = ${number} AND h."agencyId" = ANY(${deskAgencies(ctx.actor)}::uuid[])`;
  return rows.map(({ id }) => id);
}

/** What is still to be paid of a dossier's fees, in đồng: its lines without what receipts say was taken. */
export async function owedOf(ctx: Pick<Context, "db">, dossierIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await ctx.db.$queryRaw<{ id: string; owed: bigint }[]>`
    SELECT d.id::text, coalesce((SELECT sum(f.amount * f.quantity) FROM fee_lines f WHERE f."dossierId" = d.id), 0)::bigint
      - coalesce((SELECT sum(l.amount * l.quantity) FROM fee_receipts r JOIN fee_receipt_lines l ON l."receiptId" = r.id
          WHERE r."dossierId" = d.id AND r."voidedAt" IS NULL AND l."feeId" NOT LIKE 'obligation:%'), 0)::bigint AS owed
    FROM dossiers d WHERE d.id = ANY(${[...dossierIds]}::uuid[])`;
  return new Map(rows.map(({ id, owed }) => [id, owed > 0n ? owed : 0n]));
}

/** Results that their owners want by post and that are on no sheet yet. */
export const listToPost = (ctx: Context<Officer>) =>
  ctx.db.dossier.findMany({
    where: {
      status: "completed",
      returnMethod: "post",
      receivingAgencyId: { in: deskAgencies(ctx.actor) },
      AND: openToWhere(ctx.actor),
      postalOrder: null,
    },
    orderBy: { finishedAt: "asc" },
    take: 200,
    select: {
      id: true,
      code: true,
      receivingAgencyId: true,
      parties: { where: { role: "applicant" } },
      procedureVersion: { select: { definition: true } },
    },
  });
export type ToPost = Awaited<ReturnType<typeof listToPost>>[number];

/** The newest sheets of the officer's desks. */
export const listSheets = (ctx: Context<Officer>) =>
  ctx.db.postalSheet.findMany({
    where: { agencyId: { in: deskAgencies(ctx.actor) } },
    orderBy: { createdAt: "desc" },
    take: 20,
    include: { _count: { select: { orders: true } } },
  });

/** A sheet with its letters. @throws Refusal 404 for other desks */
export async function findSheet(ctx: Context<Officer>, id: string) {
  const sheet = await ctx.db.postalSheet.findFirst({
    where: { id, agencyId: { in: deskAgencies(ctx.actor) } },
    include: {
      orders: {
        where: { dossier: openToWhere(ctx.actor) },
        orderBy: { number: "asc" },
        include: { dossier: { select: { id: true, code: true, status: true, version: true } } },
      },
    },
  });
  if (!sheet) throw notFound();
  return sheet;
}
export type Sheet = Awaited<ReturnType<typeof findSheet>>;
