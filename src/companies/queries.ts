import type { Citizen, Context, Officer } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { type CompanyRole, type Filer, isMeant, type KnownAs, mayDo, memberWith, RIGHTS, type Right } from "./rules.ts";

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What could be an id; anything else names nothing, and the database must not be asked about it. */
export const isId = (text: unknown): text is string => typeof text === "string" && ID.test(text);

/** The companies that the citizen belongs to, by name, each with their part in it. */
export async function listOwnCompanies({ db, actor }: Context<Citizen>) {
  const parts = await db.companyMember.findMany({
    where: memberWith(actor.accountId, "see"),
    select: { role: true, company: { select: { id: true, name: true, taxCode: true, confirmedAt: true } } },
  });
  return parts
    .map(({ role, company }) => ({ ...company, role }))
    .sort((a, b) => a.name.localeCompare(b.name, "vi") || a.id.localeCompare(b.id));
}
export type OwnCompany = Awaited<ReturnType<typeof listOwnCompanies>>[number];

/** A company of the citizen's, with who belongs to it and the invitations still open; anybody else's does not exist. */
export async function findOwnCompany({ db, actor, now }: Context<Citizen>, id: unknown, right: Right = "see") {
  const company = isId(id)
    ? await db.company.findFirst({
        where: { id, members: { some: memberWith(actor.accountId, right) } },
        include: {
          agency: { select: { name: true } },
          members: {
            where: { endedAt: null, OR: [{ accountId: { not: null } }, { expiresAt: { gt: now } }] },
            orderBy: { createdAt: "asc" },
            include: { account: { select: { displayName: true } } },
          },
          _count: { select: { dossiers: { where: { finishedAt: null } } } },
        },
      })
    : null;
  if (!company) throw notFound();
  const { members, _count, ...own } = company;
  const joined = members.filter(({ accountId }) => accountId !== null);
  const role = joined.find(({ accountId }) => accountId === actor.accountId)?.role ?? "viewer";
  return {
    ...own,
    role,
    members: joined,
    invitations: mayDo(role, "administer") ? members.filter(({ accountId }) => accountId === null) : [],
    openDossiers: _count.dossiers,
  };
}
export type WholeCompany = Awaited<ReturnType<typeof findOwnCompany>>;

/** As what the citizen's account is known, and which of it is proven. */
export async function knownAs({ db, actor }: Pick<Context<Citizen>, "db" | "actor">): Promise<KnownAs> {
  const { username, phoneProvenAt, email, emailProvenAt, profile } = await db.account.findUniqueOrThrow({
    where: { id: actor.accountId },
    include: { profile: { select: { personalId: true, identityLevel: true } } },
  });
  return {
    phone: { value: username, proven: phoneProvenAt !== null },
    email: { value: email, proven: emailProvenAt !== null },
    personalId: { value: profile?.personalId ?? null, proven: profile?.identityLevel === "verified" },
  };
}

/** Open invitations that mean the citizen by what they proved: a number that somebody only declares shows none (D10). */
export async function listInvitations(ctx: Context<Citizen>) {
  const known = await knownAs(ctx);
  const values = Object.values(known).flatMap(({ value }) => value ?? []);
  const found = await ctx.db.companyMember.findMany({
    where: { accountId: null, endedAt: null, expiresAt: { gt: ctx.now }, invitedTo: { in: values } },
    include: { company: { select: { name: true } } },
    orderBy: { createdAt: "desc" },
  });
  return found.filter((invitation) => isMeant(invitation, known, { proven: true }));
}
export type Invitation = Awaited<ReturnType<typeof listInvitations>>[number];

/** Names of those who invited, by account. */
export async function namesOf(
  { db }: Pick<Context, "db">,
  invitations: readonly Pick<Invitation, "invitedById">[],
): Promise<Map<string, string>> {
  const ids = invitations.flatMap(({ invitedById }) => invitedById ?? []);
  const people = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });
  return new Map(people.map(({ id, displayName }) => [id, displayName]));
}

const filing = (accountId: string) => ({
  where: { endedAt: null, accountId: { not: null }, OR: [{ role: "representative" as const }, { accountId }] },
  orderBy: { createdAt: "asc" as const },
  select: { accountId: true, role: true, position: true, account: { select: { displayName: true } } },
});

/** Companies in whose name the citizen may file today, by name, as forms are filled in with them. */
export async function listFilers(
  { db, actor: { accountId } }: Pick<Context<Citizen>, "db" | "actor">,
  id?: string,
): Promise<Filer[]> {
  const companies = await db.company.findMany({
    where: { ...(id ? { id } : {}), members: { some: memberWith(accountId, "act") } },
    select: {
      id: true,
      name: true,
      taxCode: true,
      confirmedAt: true,
      phone: true,
      email: true,
      members: filing(accountId),
    },
  });
  return companies
    .map(({ members, confirmedAt, ...company }) => {
      const own = members.find((member) => member.accountId === accountId);
      const speaking = members.filter(({ role }) => role === "representative");
      const speaker = own?.role === "representative" ? own : speaking[0];
      return {
        ...company,
        isConfirmed: confirmedAt !== null,
        role: own?.role === "representative" ? ("representative" as const) : ("filer" as const),
        representative: speaker?.account?.displayName ?? null,
        position: speaker?.position ?? null,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, "vi") || a.id.localeCompare(b.id));
}

/** The company in whose name a draft is written; null when the citizen may not file for it (any more). */
export const findFiler = async (ctx: Pick<Context<Citizen>, "db" | "actor">, id: string): Promise<Filer | null> =>
  (await listFilers(ctx, id))[0] ?? null;

/**
 * Who is told what becomes of a dossier: who filed it; of a company's its representatives, and who filed it as long as
 * they may file for it.
 */
export async function listFollowers(
  tx: Tx,
  { applicantAccountId, companyId }: { applicantAccountId: string | null; companyId: string | null },
): Promise<string[]> {
  if (companyId === null) return applicantAccountId === null ? [] : [applicantAccountId];
  const members = await tx.companyMember.findMany({
    where: {
      companyId,
      endedAt: null,
      accountId: { not: null },
      OR: [
        { role: "representative" },
        ...(applicantAccountId ? [{ role: { in: [...RIGHTS.act] }, accountId: applicantAccountId }] : []),
      ],
    },
    select: { accountId: true },
  });
  return members.flatMap(({ accountId }) => accountId ?? []);
}

const asked = {
  agency: { select: { name: true } },
  members: {
    where: { endedAt: null, accountId: { not: null }, role: "representative" as CompanyRole },
    orderBy: { createdAt: "asc" as const },
    select: {
      position: true,
      account: {
        select: { displayName: true, profile: { select: { personalId: true, identityLevel: true } } },
      },
    },
  },
} as const;

/** Companies that declare a tax code, the confirmed one first: for an officer who sees the papers. */
export const listByTaxCode = ({ db }: Context<Officer>, taxCode: string) =>
  db.company.findMany({
    where: { taxCode },
    include: asked,
    orderBy: [{ confirmedAt: { sort: "asc", nulls: "last" } }, { createdAt: "desc" }],
    take: 20,
  });

/** A company as the desk confirms it, and whether another one with its tax code is confirmed. @throws Refusal 404 */
export async function findToConfirm({ db }: Context<Officer>, id: unknown) {
  const company = isId(id) ? await db.company.findUnique({ where: { id }, include: asked }) : null;
  if (!company) throw notFound();
  const { taxCode } = company;
  const others = await db.company.count({ where: { taxCode, id: { not: company.id }, confirmedAt: { not: null } } });
  return { ...company, hasOther: others > 0 };
}
export type AskedCompany = Awaited<ReturnType<typeof findToConfirm>>;
export type FoundCompany = Awaited<ReturnType<typeof listByTaxCode>>[number];
