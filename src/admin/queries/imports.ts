import { findDirectory, isOpen } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { holdOver, type JudgedLine, judgeLines, keeps, type SheetLine } from "../rules.ts";
import { isId } from "./people.ts";

type Asker = Context<Admin>;
const BATCH = 2000;

/** Judges the lines of a sheet by what stands in the database now. */
export async function judgeSheet(ctx: Asker, lines: readonly SheetLine[]): Promise<JudgedLine[]> {
  const directory = await findDirectory(ctx);
  const day = isoDay(ctx.now);
  const agencies = new Map(
    directory.agencies
      .filter((agency) => isOpen(agency, day) && keeps(ctx.actor, agency.id, directory))
      .map((agency) => [agency.identifier, agency] as const),
  );
  const usernames = [...new Set(lines.map(({ cells }) => (cells.username ?? "").toLowerCase()))];
  const emails = [...new Set(lines.flatMap(({ cells }) => (cells.email ? [cells.email.toLowerCase()] : [])))];
  const standing = new Map<string, "kept" | "taken">();
  const owners = new Map<string, string>();
  for (let at = 0; at < Math.max(usernames.length, emails.length); at += BATCH) {
    const found = await ctx.db.account.findMany({
      where: {
        OR: [{ username: { in: usernames.slice(at, at + BATCH) } }, { email: { in: emails.slice(at, at + BATCH) } }],
      },
      select: { username: true, email: true, kind: true, postings: true },
    });
    for (const account of found) {
      // Who has no place any more is the province's to take in again.
      const isKept = account.kind === "officer" && holdOver(ctx.actor, account, directory, day) === "keep";
      standing.set(account.username, isKept ? "kept" : "taken");
      if (account.email) owners.set(account.email, account.username);
    }
  }
  return judgeLines(lines, {
    agencies,
    standing: (username) => standing.get(username) ?? "free",
    ownerOf: (email) => owners.get(email),
  });
}

export type SheetImport = {
  id: string;
  fileName: string;
  at: Date;
  byName: string;
  lines: SheetLine[];
  appliedAt: Date | null;
  applied: { created: number; changed: number; postings: number } | null;
};

/** A sheet that this administrator uploaded. @throws Refusal 404 */
export async function findImport({ db, actor }: Asker, id: string): Promise<SheetImport> {
  const found = isId(id)
    ? await db.officeImport.findFirst({
        where: { id, byId: actor.accountId },
        include: { by: { select: { displayName: true } } },
      })
    : null;
  if (!found) throw notFound();
  return {
    id: found.id,
    fileName: found.fileName,
    at: found.at,
    byName: found.by.displayName,
    lines: found.rows as SheetLine[],
    appliedAt: found.appliedAt,
    applied: found.applied as SheetImport["applied"],
  };
}
