import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { type Change, listChanges } from "../queries.ts";
import { emptySketch, readSketch, type Sketch } from "../rules.ts";

/** What a change did, as the history tells it: a text under `authoring.did` and what stands in its places. */
export type Did = { did: string; params?: Readonly<Record<string, string>> };

/** What a manuscript begins as: a copy of a published version, an empty page, or a definition from a file. */
export type Beginning = { versionId: string } | { code: string; name: string } | { definition: Sketch };

const asJson = (sketch: Sketch) => JSON.parse(JSON.stringify(sketch));

async function note(ctx: Context, tx: Tx, id: string, number: number, sketch: Sketch, what: Did): Promise<void> {
  const byId = "accountId" in ctx.actor ? ctx.actor.accountId : null;
  await tx.manuscriptChange.create({
    data: {
      manuscriptId: id,
      number,
      at: ctx.now,
      byId,
      did: what.did,
      params: { ...what.params },
      definition: asJson(sketch),
    },
  });
}

async function sketchFrom(ctx: Context<Admin>, from: Beginning): Promise<Sketch> {
  if ("versionId" in from) return (await findVersion(ctx, from.versionId)).definition;
  return "definition" in from ? from.definition : emptySketch(from.code, from.name);
}

/**
 * Opens a manuscript; of one procedure there is one at a time, and whoever begins another is led to the one that stands.
 * @returns `isNew` false: another one was open already, and is given instead
 */
export async function beginManuscript(ctx: Context<Admin>, from: Beginning): Promise<{ id: string; isNew: boolean }> {
  const sketch = await sketchFrom(ctx, from);
  const code = sketch.code;
  const open = () =>
    ctx.db.manuscript.findFirst({ where: { procedureCode: code, state: "open" }, select: { id: true } });
  const standing = await open();
  if (standing) return { id: standing.id, isNew: false };
  try {
    const id = await inTransaction(ctx, async (tx) => {
      const made = await tx.manuscript.create({
        data: {
          procedureCode: code,
          basedOnId: "versionId" in from ? from.versionId : null,
          definition: asJson(sketch),
          createdAt: ctx.now,
          createdById: ctx.actor.accountId,
          changedAt: ctx.now,
        },
        select: { id: true },
      });
      await note(ctx, tx, made.id, 0, sketch, { did: "begun" });
      return made.id;
    });
    return { id, isNew: true };
  } catch (error) {
    // Two began at the same moment: the one that came second joins the first.
    const other = isUniqueViolation(error) ? await open() : null;
    if (!other) throw error;
    return { id: other.id, isNew: false };
  }
}

/** Either the new version number, or what others did since the form was opened: nothing was changed then. */
export type Changed = { ok: true; version: number } | { ok: false; version: number; sketch: Sketch; since: Change[] };

/**
 * Changes a manuscript by one step that can be gone back to.
 * @param seen the version number that the writer's form was opened with
 * @param edit the new whole; it may be incomplete, `problemsOf` says what is missing
 * @throws Refusal 404; 409 when it is no longer open
 */
export async function changeManuscript(
  ctx: Context<Admin>,
  { id, seen }: { id: string; seen: number },
  what: Did,
  edit: (sketch: Sketch) => Sketch,
): Promise<Changed> {
  const changed = await inTransaction(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM manuscripts WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.manuscript.findUnique({
      where: { id },
      select: { state: true, version: true, definition: true },
    });
    if (!row) throw notFound();
    if (row.state !== "open") throw new Refusal("authoring.refused.closed");
    const sketch = readSketch(row.definition);
    if (row.version !== seen) return { ok: false as const, version: row.version, sketch };
    // The code is what dossiers and places hang on: it is chosen when the manuscript begins.
    const after = { ...edit(sketch), code: sketch.code };
    const version = row.version + 1;
    await tx.manuscript.update({ where: { id }, data: { definition: asJson(after), version, changedAt: ctx.now } });
    await note(ctx, tx, id, version, after, what);
    return { ok: true as const, version };
  });
  return changed.ok ? changed : { ...changed, since: await listChanges(ctx, id, seen) };
}

/** Puts a manuscript away unpublished; it stays readable. @throws Refusal 404; 409 when it is no longer open */
export async function discardManuscript(ctx: Context<Admin>, id: string): Promise<void> {
  const { count } = await ctx.db.manuscript.updateMany({
    where: { id, state: "open" },
    data: { state: "discarded", changedAt: ctx.now },
  });
  if (count === 0) throw new Refusal("authoring.refused.closed");
}
