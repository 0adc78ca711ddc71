import { endLeave, type NewLeave, noteLeave } from "#desk/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { findPerson } from "../queries/people.ts";
import { noteDeed } from "./deeds.ts";

/** Says who acts for a person while they are away; the deputy is told. @throws Refusal 404 for a person out of reach or a deputy from elsewhere */
export async function grantLeave(ctx: Context<Admin>, leave: NewLeave): Promise<void> {
  const { from, to, absentId: accountId } = leave;
  await noteLeave(ctx, leave);
  const { absences } = await findPerson(ctx, accountId);
  const deputy = absences.find((one) => one.from === from && one.to === to)?.deputy.displayName ?? "";
  await inTransaction(ctx, (tx) => noteDeed(ctx, tx, { did: "leave_granted", accountId, after: { deputy, from, to } }));
}

/** Ends such an absence before its last day. @throws Refusal 404 */
export async function revokeLeave(ctx: Context<Admin>, accountId: string, leaveId: string): Promise<void> {
  const { absences } = await findPerson(ctx, accountId);
  const leave = absences.find(({ id }) => id === leaveId);
  if (!leave) throw notFound();
  await endLeave(ctx, leave.id);
  const { from, to, deputy } = leave;
  await inTransaction(ctx, (tx) =>
    noteDeed(ctx, tx, { did: "leave_revoked", accountId, after: { deputy: deputy.displayName, from, to } }),
  );
}
