import { ownedBy } from "#companies/rules.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import type { ScanState } from "#platform/scanning.ts";
import { type Mark, marksOf } from "../rules/supplement.ts";

export type PendingFile = {
  id: string;
  requirementId: string;
  name: string;
  size: number;
  mediaType: string;
  convertedFrom: string | null;
  scanState: ScanState;
};

/** A request that waits for its answer, with what was typed and uploaded for it so far. */
export type OpenSupplement = {
  id: string;
  number: number;
  marks: Mark[];
  answerBy: string | null;
  requestedAt: Date;
  reasonNoteId: string;
  typed: Record<string, unknown> | null;
  typedVersion: number;
  files: PendingFile[];
};

const PENDING = {
  attachments: {
    where: { dossierId: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      requirementId: true,
      name: true,
      size: true,
      mediaType: true,
      convertedFrom: true,
      scanState: true,
    },
  },
} as const satisfies Prisma.SupplementRequestInclude;

const isOpen = { status: { in: ["intake_supplement", "awaiting_supplement"] } } satisfies Prisma.DossierWhereInput;

type Row = Prisma.SupplementRequestGetPayload<{ include: typeof PENDING }>;
const openOf = ({ attachments, marks, typed, ...rest }: Row): OpenSupplement => ({
  ...rest,
  marks: marksOf(marks),
  typed: typed as Record<string, unknown> | null,
  files: attachments,
});

/**
 * What a dossier that the caller may see is waiting for; null when nothing. The caller has shown that it is theirs.
 * One query.
 */
export async function findOpenSupplement(
  ctx: Context<Citizen> | Context<Officer>,
  dossierId: string,
): Promise<OpenSupplement | null> {
  const request = await ctx.db.supplementRequest.findFirst({
    where: { dossierId, answeredAt: null, dossier: isOpen },
    relationLoadStrategy: "join",
    include: PENDING,
  });
  return request && openOf(request);
}

/**
 * What the citizen's own dossier of this reference is waiting for, and the version that it stands under.
 * @throws Refusal 404 for anybody else's, and when nothing is waited for
 */
export async function findOwnSupplement(
  ctx: Context<Citizen>,
  reference: string,
): Promise<OpenSupplement & { procedureVersionId: string }> {
  const request = await ctx.db.supplementRequest.findFirst({
    where: { answeredAt: null, dossier: { ...isOpen, reference, ...ownedBy(ctx.actor.accountId, "act") } },
    relationLoadStrategy: "join",
    include: { ...PENDING, dossier: { select: { procedureVersionId: true } } },
  });
  if (!request) throw notFound();
  const { dossier, ...row } = request;
  return { ...openOf(row), ...dossier };
}
