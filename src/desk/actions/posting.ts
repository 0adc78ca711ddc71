import { nextNumber } from "#documents/index.ts";
import { deliverResult, isAtDesk } from "#dossiers/index.ts";
import { findAgency } from "#organizations/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import { findSheet, listToPost, owedOf } from "../queries/returning.ts";

/**
 * Puts results on a sheet for the postal service, each with an order number, its address as it is now, and what is
 * collected with it (domain: CODAmount). A result is on one sheet only.
 * @throws Refusal 409 when none of them waits for the post at this desk
 */
export async function makePostalSheet(
  ctx: Context<Officer>,
  { agencyId, dossierIds, description }: { agencyId: string; dossierIds: readonly string[]; description: string },
): Promise<{ sheetId: string }> {
  if (!isAtDesk(ctx.actor, agencyId)) throw new Refusal("platform.refused.forbidden", 403);
  return inTransaction(ctx, async (tx) => {
    const within = inside(ctx, tx);
    const year = Number(isoDay(ctx.now).slice(0, 4));
    // Held until the end: two sheets made at once never share a result.
    const number = await nextNumber(tx, `postal_sheet:${agencyId}`, year, ctx.now);
    const ready = (await listToPost(within)).filter(
      (one) => one.receivingAgencyId === agencyId && dossierIds.includes(one.id) && one.parties[0]?.address,
    );
    if (ready.length === 0) throw new Refusal("desk.returning.posting.errors.none");
    const owed = await owedOf(
      within,
      ready.map(({ id }) => id),
    );
    const { identifier } = await findAgency(within, agencyId);
    const sheet = await tx.postalSheet.create({
      data: { agencyId, year, number, createdAt: ctx.now, byId: ctx.actor.accountId },
    });
    const orderNumber = (i: number): string =>
      [identifier.replace(/\W/g, ""), year, String(number).padStart(3, "0"), String(i + 1).padStart(3, "0")].join("-");
    await tx.postalOrder.createMany({
      data: ready.map(({ id, code, parties }, i) => ({
        sheetId: sheet.id,
        dossierId: id,
        number: orderNumber(i),
        receiverName: parties[0]?.fullName ?? "",
        receiverPhone: parties[0]?.phone ?? null,
        receiverAddress: parties[0]?.address ?? "",
        communeCode: parties[0]?.communeCode ?? null,
        codAmount: owed.get(id) ?? 0n,
        description: `${description} ${code}`,
      })),
    });
    return { sheetId: sheet.id };
  });
}

/** The postal service signed for a sheet: each result on it that still waits is handed over by post. Done again, nothing. */
export async function handSheetOver(ctx: Context<Officer>, sheetId: string): Promise<void> {
  const { orders } = await findSheet(ctx, sheetId);
  for (const { number, dossier } of orders)
    if (dossier.status === "completed")
      await deliverResult(ctx, {
        dossierId: dossier.id,
        version: dossier.version,
        method: "post",
        receivedBy: null,
        trackingNumber: number,
      });
}
