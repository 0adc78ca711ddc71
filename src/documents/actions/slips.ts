import { findDirectory, findUnitLists } from "#organizations/index.ts";
import type { Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { deskOf } from "../filling/matter.ts";
import type { Slip } from "../printing/slip.ts";
import { placeName } from "./issue.ts";

/** A working paper of an agency's one-stop desk as PDF. @throws Refusal 404 when there is no such agency */
export async function printSlip(ctx: Pick<Context, "db">, agencyId: string, slip: Slip): Promise<Buffer> {
  const { agencyOf } = await findDirectory(ctx);
  const agency = agencyOf(agencyId);
  if (!agency) throw notFound();
  const { name, address, phone, unitCode, parentId } = agency;
  const place = unitCode ? placeName((await findUnitLists(ctx)).nameOf("unit", unitCode)) : null;
  const { drawSlip } = await import("../printing/slip.ts");
  return drawSlip(slip, { ...deskOf(agency, parentId ? agencyOf(parentId) : undefined), name, address, phone, place });
}
