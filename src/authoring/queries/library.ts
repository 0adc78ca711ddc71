import type { Admin, Context } from "#platform/context.ts";
import { fold, isoDay } from "#platform/format.ts";
import { type LibraryWords, type Sketch, type Sought, type Use, usesIn } from "../rules.ts";

export type Found = { code: string; name: string; uses: readonly Use[]; receivedBy: number };

const BATCH = 100;

/** The newest version of every procedure that is configured here, a batch at a time. */
async function* newestVersions({ db }: Context<Admin>): AsyncGenerator<{ code: string; definition: Sketch }> {
  for (let after = ""; ; ) {
    const rows = await db.$queryRaw<{ code: string; definition: Sketch }[]>`
      SELECT p.code, v.definition FROM procedures p
      CROSS JOIN LATERAL (SELECT definition FROM procedure_versions WHERE "procedureId" = p.id ORDER BY number DESC LIMIT 1) v
      WHERE p.code > ${after} ORDER BY p.code LIMIT ${BATCH}`;
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.code;
  }
}

/** Codes of procedures that agencies of this name take in today, with how many agencies. */
async function receivedBy({ db, now }: Context<Admin>, words: string): Promise<Map<string, number>> {
  const day = isoDay(now);
  const rows = await db.offering.findMany({
    where: { validFrom: { lte: day }, OR: [{ validTo: null }, { validTo: { gte: day } }] },
    relationLoadStrategy: "join",
    select: { procedure: { select: { code: true } }, agency: { select: { name: true, shortName: true } } },
  });
  const found = new Map<string, number>();
  for (const { procedure, agency } of rows)
    if ([agency.name, agency.shortName].some((name) => fold(name).includes(fold(words.trim()))))
      found.set(procedure.code, (found.get(procedure.code) ?? 0) + 1);
  return found;
}

/** Every procedure of this portal that uses a field, a kind of field, a paper, a role or an agency. */
export async function findUses(
  ctx: Context<Admin>,
  sought: Sought,
  words: string,
  names: LibraryWords,
): Promise<Found[]> {
  if (words.trim() === "") return [];
  const offered = sought === "agency" ? await receivedBy(ctx, words) : new Map<string, number>();
  const found: Found[] = [];
  for await (const { code, definition } of newestVersions(ctx)) {
    const uses = usesIn(definition, sought, words, names);
    const agencies = offered.get(code) ?? 0;
    if (uses.length > 0 || agencies > 0) found.push({ code, name: definition.name.vi, uses, receivedBy: agencies });
  }
  return found;
}

/** What can be begun from: each procedure with the pages of its form and the steps of its process. */
export async function listTemplates(
  ctx: Context<Admin>,
): Promise<{ code: string; name: string; pages: { id: string; title: string; fields: number }[]; steps: string[] }[]> {
  const listed = [];
  for await (const { code, definition } of newestVersions(ctx))
    listed.push({
      code,
      name: definition.name.vi,
      pages: definition.form.pages.map(({ id, title, fields }) => ({ id, title: title.vi, fields: fields.length })),
      steps: definition.workflow.steps.map(({ name }) => name.vi),
    });
  return listed;
}
