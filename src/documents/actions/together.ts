import type { Readable } from "node:stream";
import type { Context, Officer } from "#platform/context.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import type { PaperSnapshot } from "../snapshot.ts";
import { papersVisibleTo, readSnapshot } from "./print.ts";

/** As many papers as go into one file. */
const MOST_TOGETHER = 200;

/**
 * Papers in one file for printing, each on pages of its own, in the order in which they were issued: those named, and of
 * each dossier named its valid ones, if it has any. Read and drawn one by one, so that two hundred take no more memory than a few.
 * @throws Refusal 404 when one of the papers is not the officer's to see, 409 when there are none or more than two hundred
 */
export async function printTogether(
  ctx: Context<Officer>,
  { paperIds, dossierIds }: { paperIds: readonly string[]; dossierIds: readonly string[] },
): Promise<{ stream: Readable; count: number }> {
  const scope = papersVisibleTo(ctx.actor);
  if (!scope) throw notFound();
  const tooMany = new Refusal("documents.batch.tooMany", 409, { most: MOST_TOGETHER });
  if (paperIds.length > MOST_TOGETHER || dossierIds.length > MOST_TOGETHER) throw tooMany;
  const found = await ctx.db.issuedPaper.findMany({
    where: {
      AND: [scope, { OR: [{ id: { in: [...paperIds] } }, { dossierId: { in: [...dossierIds] }, standing: "valid" }] }],
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, dossierId: true },
    take: MOST_TOGETHER + 1,
  });
  if (found.length > MOST_TOGETHER) throw tooMany;
  const ids = new Set(found.map(({ id }) => id));
  if (paperIds.some((id) => !ids.has(id))) throw notFound();
  if (found.length === 0) throw new Refusal("documents.batch.none");
  const papers = async function* (): AsyncGenerator<{ snapshot: PaperSnapshot; fingerprint: string }> {
    for (const { id } of found) {
      const paper = await ctx.db.issuedPaper.findUniqueOrThrow({
        where: { id },
        select: { id: true, snapshot: true, fingerprint: true },
      });
      yield { snapshot: readSnapshot(paper), fingerprint: paper.fingerprint };
    }
  };
  const { drawTogether } = await import("../printing/papers.ts");
  const stream = await drawTogether({ title: "Giấy tờ in gộp", author: ctx.actor.name, at: ctx.now }, papers());
  return { stream, count: found.length };
}
