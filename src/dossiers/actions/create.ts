import { randomUUID } from "node:crypto";
import { randomCode } from "#platform/codes.ts";
import { type Context, inside } from "#platform/context.ts";
import type { Prisma, Tx } from "#platform/db.ts";
import { fold, isoDay } from "#platform/format.ts";
import type { IdentityLevel } from "#platform/prisma/enums.ts";
import { Refusal } from "#platform/refusal.ts";
import { insertion, writeTogether } from "#platform/writes.ts";
import { type LoadedVersion, refuseSuspended } from "#procedures/index.ts";
import { jobsAfter, sealEvent } from "../events.ts";
import type { PartyInput } from "../rules.ts";
import { feeLines } from "./fees.ts";

export type NewDossier = {
  version: LoadedVersion;
  draftId: string | null;
  /** What it was filed together with. */
  filingId?: string | null;
  /** Where the matter belongs. */
  agencyId: string;
  /** Another desk that takes it in, where the procedure is received anywhere in the province; absent: the agency itself. */
  receivingAgencyId?: string | null;
  caseId: string | null;
  channel: "online" | "counter" | "post";
  returnMethod: "online" | "counter" | "post";
  applicantAccountId: string | null;
  /** The company whose dossier it is; absent: the applicant's own. */
  companyId?: string | null;
  /** How well the applicant's identity is proven; absent: as they declare it. */
  identityLevel?: IdentityLevel;
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

/**
 * What the agency offers of this procedure today, through this channel, on this portal.
 * @throws Refusal 409 when it does not (any more)
 */
async function findOffering(
  ctx: Context,
  tx: Tx,
  { version, channel }: Pick<NewDossier, "version" | "channel">,
  agencyId: string,
): Promise<{ competentAgencyId: string | null }> {
  const day = isoDay(ctx.now);
  // An agency that is being merged is waited for: what it offers is asked afterwards.
  await tx.$executeRaw`SELECT FROM agencies WHERE id = ${agencyId}::uuid FOR KEY SHARE`;
  const offering = await tx.offering.findFirst({
    where: {
      procedureId: version.procedureId,
      agencyId,
      validFrom: { lte: day },
      OR: [{ validTo: null }, { validTo: { gte: day } }],
    },
    orderBy: { validFrom: "desc" },
    select: { competentAgencyId: true, filedAt: true, channels: true },
  });
  if (offering?.filedAt !== "own" || !offering.channels.includes(channel))
    throw new Refusal("dossiers.refused.notOffered");
  return offering;
}

/**
 * Writes a submitted dossier with its parties, answers and fees, and its first event.
 * @throws Refusal 409 when the procedure is suspended, or the agency does not take it in (any more) through this channel
 */
export async function createDossier(
  ctx: Context,
  tx: Tx,
  input: NewDossier,
): Promise<{ id: string; reference: string }> {
  await refuseSuspended(inside(ctx, tx), input.version.code);
  const id = randomUUID();
  const reference = randomCode(60);
  const parties = [partyRow("applicant", input.applicant), partyRow("owner", input.owner ?? input.applicant)];
  const event = sealEvent(
    ctx,
    { id, lastEventSeq: 0, lastEventHash: "" },
    {
      type: "dossier.submitted",
      status: "submitted",
      agencyId: input.receivingAgencyId ?? input.agencyId,
      payload: {
        versionId: input.version.id,
        channel: input.channel,
        revision: 1,
        ...(input.companyId ? { companyId: input.companyId } : {}),
      },
    },
  );
  const receivingAgencyId = input.receivingAgencyId ?? input.agencyId;
  const offering = await findOffering(ctx, tx, input, input.agencyId);
  if (receivingAgencyId !== input.agencyId) {
    if (!input.version.definition.receivedAnywhere) throw new Refusal("dossiers.refused.notOffered");
    await findOffering(ctx, tx, input, receivingAgencyId);
  }
  const dossier = {
    id,
    reference,
    draftId: input.draftId,
    identityLevel: input.identityLevel ?? "declared",
    filingId: input.filingId ?? null,
    procedureId: input.version.procedureId,
    procedureVersionId: input.version.id,
    receivingAgencyId,
    forAgencyId: receivingAgencyId === input.agencyId ? null : input.agencyId,
    competentAgencyId: offering.competentAgencyId ?? input.agencyId,
    caseId: input.caseId,
    channel: input.channel,
    returnMethod: input.returnMethod,
    applicantAccountId: input.applicantAccountId,
    companyId: input.companyId ?? null,
    linkCodeHash: input.linkCodeHash,
    status: "submitted" as const,
    lastEventSeq: event.seq,
    lastEventHash: event.hash,
    submittedAt: input.submittedAt,
    enteredAt: ctx.now,
  };
  const answers = {
    dossierId: id,
    number: 1,
    answers: input.answers as Prisma.InputJsonObject,
    at: ctx.now,
    byId: "accountId" in ctx.actor ? ctx.actor.accountId : null,
  };
  const fees = feeLines(input, input.feeQuantities).map((fee) => ({ ...fee, dossierId: id }));
  await writeTogether(
    tx,
    {
      dossier: insertion("dossiers", [dossier]),
      parties: insertion(
        "dossier_parties",
        parties.map((party) => ({ ...party, dossierId: id })),
      ),
      answers: insertion("answer_revisions", [answers]),
      fees: fees.length > 0 ? insertion("fee_lines", fees) : undefined,
      event: insertion("dossier_events", [event]),
    },
    jobsAfter(event),
  );
  return { id, reference };
}
