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

type FoundRow = Omit<RegisterRow, "procedure"> & { versionId: string };

const PAGE = 500;

const spanOf = ({ firstDay, lastDay }: RegisterQuestion) => ({
  from: new Date(`${firstDay}T00:00:00+07:00`),
  until: new Date(new Date(`${lastDay}T00:00:00+07:00`).getTime() + DAY_MS),
});

const DAY_MS = 86_400_000;

export type RegisterQuestion = { agencyId: string; firstDay: string; lastDay: string; requestedById: string };

/** About how many lines a register will have: restricted dossiers are counted whoever asks. One query. */
export const countRegister = ({ db }: Pick<Context, "db">, question: RegisterQuestion): Promise<number> => {
  const { from, until } = spanOf(question);
  return db.dossier.count({ where: { receivingAgencyId: question.agencyId, acceptedAt: { gte: from, lt: until } } });
};

/**
 * What an agency took in between two days in Viet Nam (yyyy-MM-dd, both included), in the order of acceptance, five
 * hundred at a time: as much as is held at once, however long the register is. Restricted dossiers only their readers find
 * in it.
 */
export async function* readRegister(
  { db }: Pick<Context, "db">,
  question: RegisterQuestion,
): AsyncGenerator<RegisterRow> {
  const { agencyId, requestedById } = question;
  const { from, until } = spanOf(question);
  const names = new Map<string, string>();
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
    const rows: FoundRow[] = await db.$queryRaw<FoundRow[]>`
      SELECT d.id, d.code, d."procedureVersionId" AS "versionId", p."fullName" AS applicant, p.address, p.phone,
        a.name AS handler, d."acceptedAt", d."dueAt", d."finishedAt", d."deliveredAt", d."returnMethod"::text,
        d.status::text,
        (SELECT n.text FROM dossier_notes n WHERE n."dossierId" = d.id AND n.kind = 'received_by' ORDER BY n.at DESC LIMIT 1)
          AS "receivedBy"
      FROM dossiers d
        JOIN agencies a ON a.id = d."competentAgencyId"
        JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
      WHERE d."receivingAgencyId" = ${agencyId}::uuid AND d."acceptedAt" >= ${from} AND d."acceptedAt" < ${until} ${after}
        AND d.id <> ALL(${left}::uuid[])
      ORDER BY d."acceptedAt", d.id LIMIT ${PAGE}`;
    await learnNames(db, rows, names);
    for (const { versionId, ...row } of rows) yield { ...row, procedure: names.get(versionId) ?? "" };
    const end: FoundRow | undefined = rows.at(-1);
    if (!end || rows.length < PAGE) return;
    last = { at: end.acceptedAt, id: end.id };
  }
}

/** A definition is large: its name is read once, not with every dossier. */
async function learnNames(db: Context["db"], rows: readonly FoundRow[], names: Map<string, string>): Promise<void> {
  const unknown = [...new Set(rows.map(({ versionId }) => versionId))].filter((id) => !names.has(id));
  if (unknown.length === 0) return;
  const found = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, definition->'name'->>'vi' AS name FROM procedure_versions WHERE id = ANY(${unknown}::uuid[])`;
  for (const { id, name } of found) names.set(id, name);
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
