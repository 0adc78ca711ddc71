import { randomUUID } from "node:crypto";
import { randomCode } from "#platform/codes.ts";
import type { Context } from "#platform/context.ts";
import type { Prisma, Tx } from "#platform/db.ts";
import { fold, isoDay } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import { feeQuantities, feesFor, type LoadedVersion } from "#procedures/index.ts";
import { sealEvent, writeEvent } from "../events.ts";
import type { PartyInput } from "../rules.ts";

export type NewDossier = {
  version: LoadedVersion;
  draftId: string | null;
  agencyId: string;
  caseId: string | null;
  channel: "online" | "counter" | "post";
  returnMethod: "online" | "counter" | "post";
  applicantAccountId: string | null;
  linkCodeHash: string | null;
  answers: Record<string, unknown>;
  applicant: PartyInput;
  /** Null: the applicant's own matter. */
  owner: PartyInput | null;
  submittedAt: Date;
  /** How many units of a fee that is charged by the page or copy; as the answers say when not named. */
  feeQuantities?: Readonly<Record<string, number>>;
};

/** A party's name as it is kept. */
export const partyName = ({ fullName }: PartyInput): string => fullName.normalize("NFC").trim();

const partyRow = (role: "applicant" | "owner", party: PartyInput) => ({
  role,
  ...party,
  fullName: partyName(party),
  searchName: fold(party.fullName),
});

/** Fees known at filing, one line each even when 0; an amount that nobody knows makes no line, nor do no units. */
const feeLines = (input: NewDossier) => {
  const fees = feesFor(input.version.definition, input);
  const quantities = { ...feeQuantities(fees, input.answers), ...input.feeQuantities };
  return fees.flatMap((fee) => {
    const quantity = quantities[fee.id] ?? 1;
    if (fee.amount === null || quantity === 0) return [];
    return [{ feeId: fee.id, name: fee.name.vi, amount: BigInt(fee.amount), quantity }];
  });
};

/**
 * Writes a submitted dossier with its parties, answers and fees, and its first event.
 * @throws Refusal 409 when the agency does not take this procedure in (any more) through this channel
 */
export async function createDossier(
  ctx: Context,
  tx: Tx,
  input: NewDossier,
): Promise<{ id: string; reference: string }> {
  const id = randomUUID();
  const reference = randomCode(60);
  const parties = [partyRow("applicant", input.applicant), partyRow("owner", input.owner ?? input.applicant)];
  const event = sealEvent(
    ctx,
    { id, lastEventSeq: 0, lastEventHash: "" },
    {
      type: "dossier.submitted",
      status: "submitted",
      agencyId: input.agencyId,
      payload: { versionId: input.version.id, channel: input.channel, revision: 1 },
    },
  );
  const day = isoDay(ctx.now);
  const offering = await tx.offering.findFirst({
    where: {
      procedureId: input.version.procedureId,
      agencyId: input.agencyId,
      validFrom: { lte: day },
      OR: [{ validTo: null }, { validTo: { gte: day } }],
    },
    orderBy: { validFrom: "desc" },
    select: { competentAgencyId: true, filedAt: true, channels: true },
  });
  if (offering?.filedAt !== "own" || !offering.channels.includes(input.channel))
    throw new Refusal("dossiers.refused.notOffered");
  await tx.dossier.create({
    data: {
      id,
      reference,
      draftId: input.draftId,
      procedureId: input.version.procedureId,
      procedureVersionId: input.version.id,
      receivingAgencyId: input.agencyId,
      competentAgencyId: offering.competentAgencyId ?? input.agencyId,
      caseId: input.caseId,
      channel: input.channel,
      returnMethod: input.returnMethod,
      applicantAccountId: input.applicantAccountId,
      linkCodeHash: input.linkCodeHash,
      status: "submitted",
      lastEventSeq: event.seq,
      lastEventHash: event.hash,
      submittedAt: input.submittedAt,
      enteredAt: ctx.now,
    },
  });
  await tx.dossierParty.createMany({ data: parties.map((party) => ({ ...party, dossierId: id })) });
  await tx.answerRevision.create({
    data: {
      dossierId: id,
      number: 1,
      answers: input.answers as Prisma.InputJsonObject,
      at: ctx.now,
      byId: "accountId" in ctx.actor ? ctx.actor.accountId : null,
    },
  });
  const fees = feeLines(input);
  if (fees.length > 0) await tx.feeLine.createMany({ data: fees.map((fee) => ({ ...fee, dossierId: id })) });
  await writeEvent(tx, event);
  return { id, reference };
}
