import { openToWhere } from "#dossiers/rules.ts";
import type { Context, Officer } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";

/** One accepted dossier as a line of the register (form 07). */
export type RegisterRow = {
  id: string;
  code: string;
  procedure: string;
  applicant: string;
  address: string | null;
  phone: string | null;
  handler: string;
  acceptedAt: Date;
  dueAt: Date | null;
  finishedAt: Date | null;
  deliveredAt: Date | null;
  returnMethod: "online" | "counter" | "post";
  receivedBy: string | null;
  status: string;
};

const PAGE = 500;

export type RegisterQuestion = { agencyId: string; firstDay: string; lastDay: string; requestedById: string };

/**
 * What an agency took in between two days in Viet Nam (yyyy-MM-dd, both included), in the order of acceptance, five
 * hundred at a time: as much as is held at once, however long the register is. Restricted dossiers only their readers find
 * in it.
 */
export async function* readRegister(
  { db }: Pick<Context, "db">,
  { agencyId, firstDay, lastDay, requestedById }: RegisterQuestion,
): AsyncGenerator<RegisterRow> {
  const from = new Date(`${firstDay}T00:00:00+07:00`);
  const until = new Date(new Date(`${lastDay}T00:00:00+07:00`).getTime() + 86_400_000);
  const hidden = await db.dossier.findMany({
    where: { receivingAgencyId: agencyId, restricted: true, NOT: openToWhere({ accountId: requestedById }) },
    select: { id: true },
  });
  const left = hidden.map(({ id }) => id);
  let last: { at: Date; id: string } | null = null;
  for (;;) {
    const after: Prisma.Sql = last
      ? Prisma.sql`AND (d."acceptedAt", d.id) > (${last.at}, ${last.id}::uuid)`
      : Prisma.empty;
    const rows: RegisterRow[] = await db.$queryRaw<RegisterRow[]>`
      SELECT d.id, d.code, v.definition->'name'->>'vi' AS procedure, p."fullName" AS applicant, p.address, p.phone,
        a.name AS handler, d."acceptedAt", d."dueAt", d."finishedAt", d."deliveredAt", d."returnMethod"::text,
        d.status::text,
        (SELECT n.text FROM dossier_notes n WHERE n."dossierId" = d.id AND n.kind = 'received_by' ORDER BY n.at DESC LIMIT 1)
          AS "receivedBy"
      FROM dossiers d
        JOIN procedure_versions v ON v.id = d."procedureVersionId"
        JOIN agencies a ON a.id = d."competentAgencyId"
        JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
      WHERE d."receivingAgencyId" = ${agencyId}::uuid AND d."acceptedAt" >= ${from} AND d."acceptedAt" < ${until} ${after}
        AND d.id <> ALL(${left}::uuid[])
      ORDER BY d."acceptedAt", d.id LIMIT ${PAGE}`;
    yield* rows;
    const end: RegisterRow | undefined = rows.at(-1);
    if (!end || rows.length < PAGE) return;
    last = { at: end.acceptedAt, id: end.id };
  }
}

const LISTED = 20;

/** The registers that an officer asked for, newest first. */
export const listRegisterFiles = (ctx: Context<Officer>) =>
  ctx.db.registerFile.findMany({
    where: { requestedById: ctx.actor.accountId },
    orderBy: { createdAt: "desc" },
    take: LISTED,
  });

/** A register that the officer asked for and whose agency's desk they still hold. @throws Refusal 404 for any other */
export async function findRegisterFile(ctx: Context<Officer>, id: string) {
  const file = await ctx.db.registerFile.findFirst({ where: { id, requestedById: ctx.actor.accountId } });
  const isHeld = ctx.actor.postings.some(({ agencyId }) => agencyId === file?.agencyId);
  if (!file?.storageKey || file.size === null || !isHeld) throw notFound();
  return { ...file, storageKey: file.storageKey, size: file.size };
}
