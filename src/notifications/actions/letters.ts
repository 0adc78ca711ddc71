/** The plain letter to whoever a dossier was filed for: to an address that the applicant named and nobody has proven. */
import { authorizerIn } from "#dossiers/rules.ts";
import type { Context } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { enqueue } from "#platform/jobs.ts";
import { isMailAddress } from "#platform/mail.ts";
import { isNews, languageOf } from "../rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "notifications.letter": { dossierId: string };
  }
}

/** In whose name a dossier was filed by somebody else; null: in the applicant's own. */
async function findPrincipal(
  tx: Tx,
  dossierId: string,
): Promise<{ personalId: string | null; email: string | null } | null> {
  const { parties, answers } = await tx.dossier.findUniqueOrThrow({
    where: { id: dossierId },
    select: {
      parties: {
        select: { role: true, fullName: true, personalId: true, email: true, relationship: true, kind: true },
      },
      answers: { where: { number: 1 }, select: { answers: true } },
    },
  });
  const owner = parties.find(({ role }) => role === "owner");
  const isFiledFor = owner?.kind === "organization" || Boolean(owner?.relationship);
  return authorizerIn(answers[0]?.answers) ?? (owner && isFiledFor ? owner : null);
}

/**
 * Accounts that may be told that somebody filed in their name: of proven identity, and never by a personal id that
 * somebody only declared (D10).
 */
export async function principalAccounts(
  tx: Tx,
  { dossierId, dossier }: { dossierId: string; dossier: { applicantAccountId: string | null } },
): Promise<string[]> {
  const principal = await findPrincipal(tx, dossierId);
  if (!principal?.personalId) return [];
  const proven = await tx.citizenProfile.findMany({
    where: { personalId: principal.personalId, identityLevel: "verified" },
    select: { accountId: true },
  });
  return proven.map(({ accountId }) => accountId).filter((id) => id !== dossier.applicantAccountId);
}

/** Leaves one letter to the address that the applicant named for the principal, if there is one; asked again, the same. */
export async function leaveLetter(
  ctx: Pick<Context, "now">,
  tx: Tx,
  { dossierId, at, dossier }: { dossierId: string; at: Date; dossier: { applicantAccountId: string | null } },
): Promise<void> {
  const email = (await findPrincipal(tx, dossierId))?.email;
  if (!email || !isMailAddress(email)) return;
  const applicant = dossier.applicantAccountId
    ? await tx.account.findUnique({ where: { id: dossier.applicantAccountId }, select: { language: true } })
    : null;
  const { count } = await tx.ownerLetter.createMany({
    data: [
      {
        dossierId,
        email,
        language: languageOf(applicant?.language ?? "vi"),
        at,
        mail: isNews(at, ctx.now) ? "waiting" : "too_late",
      },
    ],
    skipDuplicates: true,
  });
  if (count === 1 && isNews(at, ctx.now))
    await enqueue(tx, "notifications.letter", { dossierId }, `notifications.letter:${dossierId}`);
}
