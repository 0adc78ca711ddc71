import { z } from "zod";
import type { Admin, Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { readSketch, type Sketch } from "./rules.ts";

export type Manuscript = {
  id: string;
  code: string;
  sketch: Sketch;
  state: "open" | "published" | "discarded";
  /** Optimistic: what a form must have seen to change it. */
  version: number;
  /** The published version that it began as a copy of. */
  basedOnId: string | null;
  changedAt: Date;
};
export type Change = { number: number; at: Date; byName: string | null; did: string; params: Record<string, string> };

const columns = {
  id: true,
  procedureCode: true,
  definition: true,
  state: true,
  version: true,
  basedOnId: true,
  changedAt: true,
} as const;

/** A manuscript as an administrator works on it. @throws Refusal 404 */
export async function findManuscript({ db }: Context<Admin>, id: string): Promise<Manuscript> {
  const row = z.uuid().safeParse(id).success
    ? await db.manuscript.findUnique({ where: { id }, select: columns })
    : null;
  if (!row) throw notFound();
  const { procedureCode: code, definition, ...rest } = row;
  return { ...rest, code, sketch: readSketch(definition) };
}

/** What was done to a manuscript, the newest first, at most 100; `after`: only what is newer than this number. */
export async function listChanges({ db }: Context<Admin>, id: string, after = -1): Promise<Change[]> {
  const rows = await db.manuscriptChange.findMany({
    where: { manuscriptId: id, number: { gt: after } },
    relationLoadStrategy: "join",
    select: { number: true, at: true, did: true, params: true, by: { select: { displayName: true } } },
    orderBy: { number: "desc" },
    take: 100,
  });
  return rows.map(({ by, params, ...row }) => ({
    ...row,
    byName: by?.displayName ?? null,
    params: params as Record<string, string>,
  }));
}

/** The whole as it stood after a change. @throws Refusal 404 */
export async function findSketchAt({ db }: Context<Admin>, id: string, number: number): Promise<Sketch> {
  const row = await db.manuscriptChange.findUnique({
    where: { manuscriptId_number: { manuscriptId: id, number } },
    select: { definition: true },
  });
  if (!row) throw notFound();
  return readSketch(row.definition);
}
