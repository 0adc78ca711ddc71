import type { Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { enqueue } from "#platform/jobs.ts";
import { isMailAddress } from "#platform/mail.ts";
import { findScanning } from "../queries.ts";

/** Stands among the settings for as long as an outage lasts. */
const OUTAGE = "scanning.outage";
/** Beyond that the news is old. */
const WORTH_MS = 86_400_000;

/**
 * Tells every administrator of the province by mail that files wait too long for the scanner: once per outage, however
 * often and by however many processes it is noticed. One query while nothing waits too long.
 * @returns how many were told
 */
export async function alarmOfOutage(ctx: Context): Promise<number> {
  const { isLate, waiting, oldest } = await findScanning(ctx);
  if (!isLate || !oldest) return 0;
  return inTransaction(ctx, async (tx) => {
    const { count: isNew } = await tx.setting.createMany({
      data: [{ key: OUTAGE, value: { since: oldest.toISOString(), waiting } }],
      skipDuplicates: true,
    });
    if (isNew === 0) return 0;
    const admins = await tx.account.findMany({
      where: { kind: "admin", disabledAt: null, adminAgencyId: null, email: { not: null } },
      select: { id: true, email: true },
    });
    const told = admins.flatMap(({ id, email }) => (email && isMailAddress(email) ? [{ id, to: email }] : []));
    for (const { id, to } of told)
      await enqueue(tx, "accounts.tell", {
        to,
        language: "vi",
        about: "scanner",
        until: ctx.now.getTime() + WORTH_MS,
        id: `${id}.${oldest.getTime()}`,
      });
    return told.length;
  });
}

/** The scanner has looked through everything that waited: the next outage is a new one. */
export const endOutage = async ({ db }: Pick<Context, "db">): Promise<void> => {
  await db.setting.deleteMany({ where: { key: OUTAGE } });
};
