import type { Tx } from "#platform/db.ts";
import { composed, DeliverySnapshot } from "../snapshot.ts";
import { type Facts, headOf, matterOf, partNames, shorten } from "./matter.ts";

/** Fills in the receipt of delivery from the handing over that was written in this transaction. */
export async function fillDelivery(facts: Facts, tx: Tx, deliveryId: string): Promise<DeliverySnapshot> {
  const delivery = await tx.resultDelivery.findUniqueOrThrow({ where: { id: deliveryId } });
  const { dossier, definition } = facts;
  const results = await tx.result.findMany({
    where: { dossierId: dossier.id, state: "issued" },
    orderBy: { createdAt: "asc" },
    select: { title: true, number: true, issuedOn: true },
  });
  const names = partNames(definition);
  return DeliverySnapshot.parse(
    composed({
      ...headOf(facts, "desk"),
      ...matterOf(facts),
      kind: "delivery_receipt",
      results,
      receiver: {
        fullName: delivery.receiverName ?? "",
        paper: delivery.receiverPaper,
        phone: delivery.receiverPhone,
        proxyPaper: delivery.proxyPaper,
      },
      returned: dossier.papers
        .filter(({ returned }) => returned > 0)
        .map(({ requirementId, returned }) => ({
          name: shorten(names.get(requirementId) ?? requirementId),
          originals: returned,
        })),
      deliveredAt: delivery.at.toISOString(),
      officer: facts.officer,
    }),
  );
}
