import { openToWhere } from "#dossiers/index.ts";
import type { Status } from "#dossiers/rules.ts";
import type { Context, Officer } from "#platform/context.ts";
import { deskAgencies } from "../queries.ts";

const MOST = 5;

export type EarlierHere = {
  id: string;
  code: string | null;
  reference: string;
  procedure: string;
  status: Status;
  at: Date;
};
export type KnownHere = {
  person: {
    fullName: string;
    personalId: string | null;
    birthDate: string | null;
    gender: string | null;
    phone: string | null;
    email: string | null;
    communeCode: string | null;
    address: string | null;
  } | null;
  dossiers: EarlierHere[];
};

/**
 * What the officer's own agencies know of somebody by personal id or telephone: how they were written last, and their
 * newest dossiers here. What other agencies know is not looked at.
 */
export async function findKnownHere(
  ctx: Context<Officer>,
  by: { personalId: string } | { phone: string },
): Promise<KnownHere> {
  const agencies = deskAgencies(ctx.actor);
  const here = {
    OR: [{ receivingAgencyId: { in: agencies } }, { stepRuns: { some: { agencyId: { in: agencies } } } }],
    AND: openToWhere(ctx.actor),
  };
  const rows = await ctx.db.dossierParty.findMany({
    where: { ...by, role: "applicant", kind: "person", dossier: here },
    orderBy: { dossier: { submittedAt: "desc" } },
    take: MOST,
    select: {
      fullName: true,
      personalId: true,
      birthDate: true,
      gender: true,
      phone: true,
      email: true,
      communeCode: true,
      address: true,
      dossier: {
        select: {
          id: true,
          code: true,
          reference: true,
          status: true,
          submittedAt: true,
          procedureVersion: { select: { definition: true } },
        },
      },
    },
  });
  const [first] = rows;
  return {
    person: first ? { ...first, ...({ dossier: undefined } as object) } : null,
    dossiers: rows.map(({ dossier: { submittedAt: at, procedureVersion, ...dossier } }) => ({
      ...dossier,
      at,
      procedure: (procedureVersion.definition as { name: { vi: string } }).name.vi,
    })),
  };
}
