import type { Admin, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { forgetPublished, ProcedureDefinition, writeVersion } from "#procedures/index.ts";
import { problemsOf, readSketch } from "../rules.ts";

export type PublicationInput = {
  /** yyyy-MM-dd in Vietnam; today: from now on. */
  effectiveDay: string;
  reason: string;
  /** What changed, in words. */
  changes: readonly string[];
  /** What the publisher vouched for. */
  checks: readonly string[];
};

/** The moment from which a version holds: today at once, another day from its beginning in Vietnam. */
const momentOf = (day: string, now: Date): Date => (day <= isoDay(now) ? now : new Date(`${day}T00:00:00+07:00`));

/**
 * Makes a manuscript the next version of its procedure and closes it; dossiers under way keep theirs.
 * @param seen the version of the manuscript that was looked through
 * @throws Refusal 404; 409 when it is closed, was changed meanwhile, has problems, changes nothing, or would be in force before the newest version
 */
export async function publishManuscript(
  ctx: Context<Admin>,
  { id, seen }: { id: string; seen: number },
  { effectiveDay, reason, changes, checks }: PublicationInput,
): Promise<{ code: string; number: number }> {
  const effectiveFrom = momentOf(effectiveDay, ctx.now);
  const published = await inTransaction(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM manuscripts WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.manuscript.findUnique({
      where: { id },
      select: { state: true, version: true, definition: true, procedureCode: true },
    });
    if (!row) throw notFound();
    if (row.state !== "open") throw new Refusal("authoring.refused.closed");
    if (row.version !== seen) throw new Refusal("authoring.refused.changedSince");
    const sketch = readSketch(row.definition);
    if (problemsOf(sketch).length > 0) throw new Refusal("authoring.refused.problems");
    const newest = await tx.procedureVersion.findFirst({
      where: { procedure: { code: row.procedureCode } },
      orderBy: { number: "desc" },
      select: { effectiveFrom: true },
    });
    if (newest && newest.effectiveFrom > effectiveFrom) throw new Refusal("authoring.refused.earlier");
    const definition = ProcedureDefinition.parse(sketch);
    const version = await writeVersion(ctx, tx, definition, effectiveFrom, { reason, changes, checks });
    if (!version.isNew) throw new Refusal("authoring.refused.nothingNew");
    await tx.manuscript.update({
      where: { id },
      data: { state: "published", publishedId: version.versionId, changedAt: ctx.now },
    });
    return { code: definition.code, number: version.number };
  });
  forgetPublished(ctx);
  return published;
}
