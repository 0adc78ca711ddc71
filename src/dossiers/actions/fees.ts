import type { Tx } from "#platform/db.ts";
import { type Answers, feeQuantities, feesFor, type LoadedVersion } from "#procedures/index.ts";
import type { LockedDossier } from "../events.ts";

export type DueFee = { feeId: string; name: string; amount: bigint; quantity: number };
type Asked = {
  version: LoadedVersion;
  caseId: string | null;
  channel: "online" | "counter" | "post";
  answers: Answers;
};

/** Fees known of a dossier, one line each even when 0; an amount that nobody knows makes no line, nor do no units. */
export function feeLines({ version, ...asked }: Asked, counted: Readonly<Record<string, number>> = {}): DueFee[] {
  const fees = feesFor(version.definition, asked);
  const quantities = { ...feeQuantities(fees, asked.answers), ...counted };
  return fees.flatMap((fee) => {
    const quantity = quantities[fee.id] ?? 1;
    if (fee.amount === null || quantity === 0) return [];
    return [{ feeId: fee.id, name: fee.name.vi, amount: BigInt(fee.amount), quantity }];
  });
}

/** A fee that is another one than before, in đồng; null: it is not, or was not, due. */
export type FeeChange = { feeId: string; from: string | null; to: string | null };

const totalOf = (fee: Pick<DueFee, "amount" | "quantity">): bigint => fee.amount * BigInt(fee.quantity);

/**
 * Brings the fees of a dossier in line with changed answers. Only what the answers changed: units that the desk counted
 * by hand stay.
 * @returns what changed
 */
export async function changeFees(
  tx: Tx,
  dossier: Pick<LockedDossier, "id" | "caseId" | "channel">,
  version: LoadedVersion,
  before: Answers,
  after: Answers,
): Promise<FeeChange[]> {
  const { caseId, channel } = dossier;
  const asBefore = new Map(feeLines({ version, caseId, channel, answers: before }).map((fee) => [fee.feeId, fee]));
  const asNow = new Map(feeLines({ version, caseId, channel, answers: after }).map((fee) => [fee.feeId, fee]));
  const changes: FeeChange[] = [];
  for (const feeId of new Set([...asBefore.keys(), ...asNow.keys()])) {
    const [old, now] = [asBefore.get(feeId), asNow.get(feeId)];
    if (old && now && old.amount === now.amount && old.quantity === now.quantity) continue;
    const where = { dossierId_feeId: { dossierId: dossier.id, feeId } };
    const line = await tx.feeLine.findUnique({ where });
    if (now) await tx.feeLine.upsert({ where, create: { dossierId: dossier.id, ...now }, update: now });
    else if (line) await tx.feeLine.delete({ where });
    changes.push({ feeId, from: line ? totalOf(line).toString() : null, to: now ? totalOf(now).toString() : null });
  }
  return changes;
}
