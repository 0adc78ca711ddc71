import { isAtDesk, openTo, openToWhere, payObligation, unpayObligation } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findDues, openReceipts } from "./queries.ts";
import { obligationsIn, receiptNumber, totalOf } from "./rules.ts";

function mustBeAtDesk(ctx: Context<Officer>, agencyId: string): void {
  if (!isAtDesk(ctx.actor, agencyId)) throw new Refusal("platform.refused.forbidden", 403);
}

/**
 * Opens a book of receipts at the officer's desk; the one before is closed, its last number stays the last.
 * @throws Refusal 409 when the agency had a book of this symbol before
 */
export async function openBook(
  ctx: Context<Officer>,
  { agencyId, form, symbol, first }: { agencyId: string; form: string; symbol: string; first: number },
): Promise<void> {
  mustBeAtDesk(ctx, agencyId);
  await inTransaction(ctx, async (tx) => {
    if ((await tx.receiptBook.count({ where: { agencyId, form, symbol } })) > 0)
      throw new Refusal("cash.refused.bookTaken");
    await tx.receiptBook.updateMany({ where: { agencyId, closedAt: null }, data: { closedAt: ctx.now } });
    await tx.receiptBook.create({
      data: { agencyId, form, symbol, first, value: first - 1, openedAt: ctx.now, openedById: ctx.actor.accountId },
    });
  });
}

/** The next number of the open book, given back when the transaction is. @throws Refusal 409 when there is none */
async function nextReceipt(
  tx: Tx,
  agencyId: string,
): Promise<{ bookId: string; number: number; form: string; symbol: string }> {
  const [row] = await tx.$queryRaw<{ id: string; value: number; form: string; symbol: string }[]>`
    UPDATE receipt_books SET value = value + 1
    WHERE "agencyId" = ${agencyId}::uuid AND "closedAt" IS NULL AND (last IS NULL OR value < last)
    RETURNING id::text, value, form, symbol`;
  if (!row) throw new Refusal("cash.refused.noBook");
  return { bookId: row.id, number: row.value, form: row.form, symbol: row.symbol };
}

/**
 * Records that everything owed of a dossier, or what was chosen of it, was taken at the counter: a receipt with the next
 * number of the agency's book. Sent twice it is one receipt. An obligation among it is met by it, and the dossier goes on.
 * @param input.feeIds what is paid; nothing that is on a receipt already is taken again
 * @throws Refusal 409 when nothing of it is owed, or no book is open
 */
export async function takeFees(
  ctx: Context<Officer>,
  input: {
    dossierId: string;
    payerName: string;
    method: "cash" | "transfer";
    feeIds: readonly string[];
    formKey: string;
  },
): Promise<{ receiptId: string }> {
  const { dossierId, payerName, method, feeIds, formKey } = input;
  return inTransaction(ctx, async (tx) => {
    // Two clerks who take the same fee at once: the second finds it paid.
    const [dossier] = await tx.$queryRaw<{ agencyId: string }[]>`
      SELECT d."receivingAgencyId"::text AS "agencyId" FROM dossiers d
      WHERE d.id = ${dossierId}::uuid AND ${openTo(ctx.actor)} FOR UPDATE`;
    if (!dossier || !isAtDesk(ctx.actor, dossier.agencyId)) throw notFound();
    const before = await tx.feeReceipt.findUnique({ where: { formKey }, select: { id: true, officerId: true } });
    if (before) {
      if (before.officerId !== ctx.actor.accountId) throw notFound();
      return { receiptId: before.id };
    }
    const lines = (await findDues(tx, dossierId)).filter(({ feeId }) => feeIds.includes(feeId));
    if (lines.length === 0) throw new Refusal("cash.refused.nothingOwed");
    const { bookId, number, form, symbol } = await nextReceipt(tx, dossier.agencyId);
    const { id } = await tx.feeReceipt.create({
      data: {
        bookId,
        number,
        agencyId: dossier.agencyId,
        dossierId,
        payerName,
        method,
        amount: totalOf(lines),
        formKey,
        officerId: ctx.actor.accountId,
        at: ctx.now,
      },
    });
    await tx.feeReceiptLine.createMany({ data: lines.map((line, position) => ({ receiptId: id, position, ...line })) });
    const proof = `${form} ${symbol} ${receiptNumber(number)}`;
    for (const one of obligationsIn(lines)) await payObligation(ctx, tx, { dossierId, number: one, proof });
    return { receiptId: id };
  });
}

/**
 * Voids a receipt with a reason: its number stays, what it took is owed again, and a dossier that went on with it waits
 * again. By the desk that gave it, until the drawer of that day was closed.
 * @throws Refusal 409 when it was voided or closed before, or the dossier went on too far
 */
export async function voidReceipt(
  ctx: Context<Officer>,
  { receiptId, reason }: { receiptId: string; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const receipt = await tx.feeReceipt.findUnique({
      where: { id: receiptId, dossier: openToWhere(ctx.actor) },
      include: { lines: true },
    });
    if (!receipt || !isAtDesk(ctx.actor, receipt.agencyId)) throw notFound();
    const { count } = await tx.feeReceipt.updateMany({
      where: { id: receiptId, voidedAt: null, closingId: null },
      data: { voidedAt: ctx.now, voidedById: ctx.actor.accountId, voidReason: reason },
    });
    if (count === 0) throw new Refusal("cash.refused.receiptEnded");
    const { dossierId, lines } = receipt;
    for (const number of obligationsIn(lines)) await unpayObligation(ctx, tx, { dossierId, number });
  });
}

/**
 * Closes the officer's own drawer at a desk: every receipt since the last closing, voided ones too, goes on one sheet with
 * what they counted.
 * @param input.counted đồng in the drawer, by the clerk's count
 * @throws Refusal 409 when there is nothing to close
 */
export async function closeDrawer(
  ctx: Context<Officer>,
  { agencyId, counted, remark }: { agencyId: string; counted: bigint; remark: string | null },
): Promise<{ closingId: string }> {
  mustBeAtDesk(ctx, agencyId);
  const officerId = ctx.actor.accountId;
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${officerId}:${agencyId}`}, 0))`;
    const receipts = await openReceipts(tx, { officerId, agencyId });
    if (receipts.length === 0) throw new Refusal("cash.refused.nothingToClose");
    const day = isoDay(ctx.now);
    const sum = (method: "cash" | "transfer"): bigint =>
      receipts
        .filter((one) => one.voidedAt === null && one.method === method)
        .reduce((all, { amount }) => all + amount, 0n);
    const number = 1 + (await tx.cashClosing.count({ where: { officerId, agencyId, day } }));
    const { id } = await tx.cashClosing.create({
      data: {
        agencyId,
        officerId,
        day,
        number,
        cash: sum("cash"),
        transfers: sum("transfer"),
        counted,
        remark,
        at: ctx.now,
      },
    });
    await tx.feeReceipt.updateMany({
      where: { id: { in: receipts.map((one) => one.id) } },
      data: { closingId: id },
    });
    return { closingId: id };
  });
}
