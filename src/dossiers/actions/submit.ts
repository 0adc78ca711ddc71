import { memberWith, ownedBy } from "#companies/rules.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction, Prisma, type Tx } from "#platform/db.ts";
import type { IdentityLevel } from "#platform/prisma/enums.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { insertion, writeTogether } from "#platform/writes.ts";
import { findVersion } from "#procedures/index.ts";
import type { ConsentInput, HelperInput, PartyInput } from "../rules.ts";
import { createDossier } from "./create.ts";

export type Submission = {
  draftId: string;
  /** The version of the draft whose answers these are: what was checked is what is filed. */
  draftVersion: number;
  /** The draft's files that were checked with the answers; absent: whichever it has. */
  fileIds?: readonly string[];
  /** What it is filed together with. */
  filingId?: string | null;
  procedureVersionId: string;
  /** Where the matter belongs. */
  agencyId: string;
  /** Another desk that takes it in, where the procedure is received anywhere. */
  receivingAgencyId?: string | null;
  caseId: string | null;
  returnMethod: "online" | "counter" | "post";
  answers: Record<string, unknown>;
  applicant: PartyInput;
  owner: PartyInput | null;
  /** Who helped to fill it in. */
  helper?: HelperInput | null;
  /** What the applicant agreed to beyond what the procedure needs. */
  consents?: readonly ConsentInput[];
};

/** The company of a draft, with where it has its seat. @throws Refusal 404 when the citizen may not file for it any more */
async function findCompany(ctx: Context<Citizen>, tx: Tx, id: string) {
  const company = await tx.company.findFirst({
    where: { id, members: { some: memberWith(ctx.actor.accountId, "act") } },
    select: { id: true, communeCode: true, address: true },
  });
  if (!company) throw notFound();
  const { communeCode, address } = company;
  return { id: company.id, seat: { communeCode, address } };
}

/**
 * Files a citizen's draft: dossier, answers, papers and event at once, and the draft is gone. Filing the same draft
 * again, however many times at once, answers with the dossier that it became.
 * @throws Refusal 404 when the draft, or the right to file for its company, is not the citizen's; 409 when it or its files were changed after they were checked
 */
export async function submitDossier(
  ctx: Context<Citizen>,
  submission: Submission,
): Promise<{ dossierId: string; reference: string }> {
  const version = await findVersion(ctx, submission.procedureVersionId);
  return inTransaction(ctx, async (tx) => {
    const [draft] = await tx.$queryRaw<{ version: number; companyId: string | null; identity: IdentityLevel | null }[]>`
      SELECT d.version, d."companyId", p."identityLevel"::text AS identity
      FROM drafts d LEFT JOIN citizen_profiles p ON p."accountId" = d."accountId"
      WHERE d.id = ${submission.draftId}::uuid AND d."accountId" = ${ctx.actor.accountId}::uuid FOR UPDATE OF d`;
    if (!draft) {
      const filed = await tx.dossier.findFirst({
        where: { draftId: submission.draftId, ...ownedBy(ctx.actor.accountId, "see") },
        select: { id: true, reference: true },
      });
      if (!filed) throw notFound();
      return { dossierId: filed.id, reference: filed.reference };
    }
    if (draft.version !== submission.draftVersion) throw new Refusal("dossiers.refused.draftChanged");
    const { fileIds } = submission;
    const files = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM attachments WHERE "draftId" = ${submission.draftId}::uuid FOR UPDATE`;
    if (fileIds && (files.length !== fileIds.length || files.some(({ id }) => !fileIds.includes(id))))
      throw new Refusal("dossiers.refused.draftChanged");
    const company = draft.companyId ? await findCompany(ctx, tx, draft.companyId) : null;
    const { owner } = submission;
    const { id, reference } = await createDossier(ctx, tx, {
      ...submission,
      owner: company && owner?.kind === "organization" ? { ...owner, ...company.seat } : owner,
      companyId: company?.id ?? null,
      identityLevel: draft.identity ?? "declared",
      version,
      channel: "online",
      applicantAccountId: ctx.actor.accountId,
      linkCodeHash: null,
      submittedAt: ctx.now,
    });
    const { helper, consents = [] } = submission;
    if (helper) await tx.dossierHelper.create({ data: { ...helper, dossierId: id, at: ctx.now } });
    const given = { accountId: ctx.actor.accountId, dossierId: id, givenAt: ctx.now };
    await writeTogether(tx, {
      files: Prisma.sql`
        UPDATE attachments SET "draftId" = NULL, "dossierId" = ${id}::uuid WHERE "draftId" = ${submission.draftId}::uuid`,
      draft: Prisma.sql`DELETE FROM drafts WHERE id = ${submission.draftId}::uuid`,
      consents:
        consents.length > 0
          ? insertion(
              "consents",
              consents.map((consent) => ({ ...consent, ...given })),
            )
          : undefined,
    });
    return { dossierId: id, reference };
  });
}
