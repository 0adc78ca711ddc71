import { openToWhere } from "#dossiers/index.ts";
import type { Status } from "#dossiers/rules.ts";
import type { Context, Officer } from "#platform/context.ts";
import { deskAgencies } from "../queries.ts";

export type HandedIn = {
  id: string;
  code: string | null;
  reference: string;
  status: Status;
  dueAt: Date | null;
  receivingAgencyId: string;
  procedure: string;
  applicant: string;
  /** đồng */
  fees: bigint;
};

/** What one person handed in together at one of the officer's desks, in the order in which it was. */
export async function listTogether(ctx: Context<Officer>, filingId: string): Promise<HandedIn[]> {
  const rows = await ctx.db.dossier.findMany({
    where: {
      filingId,
      receivingAgencyId: { in: deskAgencies(ctx.actor) },
      channel: { not: "online" },
      ...openToWhere(ctx.actor),
    },
    orderBy: { enteredAt: "asc" },
    select: {
      id: true,
      code: true,
      reference: true,
      status: true,
      dueAt: true,
      receivingAgencyId: true,
      procedureVersion: { select: { definition: true } },
      parties: { where: { role: "applicant" }, select: { fullName: true } },
      fees: { select: { amount: true, quantity: true } },
    },
  });
  return rows.map(({ procedureVersion, parties, fees, ...dossier }) => ({
    ...dossier,
    procedure: (procedureVersion.definition as { name: { vi: string } }).name.vi,
    applicant: parties[0]?.fullName ?? "",
    fees: fees.reduce((sum, { amount, quantity }) => sum + amount * BigInt(quantity), 0n),
  }));
}
