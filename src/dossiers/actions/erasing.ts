import { erasePapers } from "#documents/index.ts";
import { Prisma, type Tx } from "#platform/db.ts";

/** What stands where a name stood. */
const NOBODY = "(đã ẩn danh)";

/**
 * Takes out of a finished dossier what it says of people: parties, answers, notes, papers handed in, signatures. Its
 * history stays, which names nobody; `delete` takes results and the portal's own papers along, `anonymise` leaves them to
 * the archive. Money receipts stay: accounting law keeps them.
 * @returns the stored files that nobody names any more, to be removed after the transaction
 */
export async function eraseDossier(tx: Tx, dossierId: string, act: "anonymise" | "delete"): Promise<string[]> {
  const where = { dossierId };
  const of = { OR: [{ dossierId }, { supplement: { dossierId } }] };
  const files = await tx.attachment.findMany({ where: of, select: { storageKey: true } });
  await tx.attachment.deleteMany({ where: of });
  await tx.dossierParty.updateMany({
    where,
    data: {
      fullName: NOBODY,
      searchName: "",
      personalId: null,
      taxCode: null,
      birthDate: null,
      gender: null,
      phone: null,
      email: null,
      communeCode: null,
      address: null,
      representative: null,
      position: null,
      relationship: null,
    },
  });
  await tx.answerRevision.updateMany({ where, data: { answers: {} } });
  await tx.dossierNote.updateMany({ where, data: { text: NOBODY } });
  await tx.supplementRequest.updateMany({ where, data: { typed: Prisma.DbNull } });
  await tx.resultDelivery.updateMany({
    where,
    data: { receiverName: null, receiverPaper: null, receiverPhone: null, proxyPaper: null },
  });
  await tx.dossierHelper.deleteMany({ where });
  await tx.ownerLetter.deleteMany({ where });
  const signatures = await tx.receiptSignature.findMany({ where, select: { storageKey: true } });
  await tx.receiptSignature.deleteMany({ where });
  const keys = [...files, ...signatures].map(({ storageKey }) => storageKey);
  if (act === "anonymise") return keys;
  const results = await tx.result.findMany({ where, select: { storageKey: true } });
  await tx.result.updateMany({
    where,
    data: { storageKey: null, fileName: null, size: null, mediaType: null, sha256: null, signerName: null },
  });
  return [...keys, ...results.flatMap(({ storageKey }) => storageKey ?? []), ...(await erasePapers(tx, dossierId))];
}
