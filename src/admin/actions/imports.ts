import { newActivation } from "#accounts/index.ts";
import { recordSecurity } from "#audit/index.ts";
import { type Admin, type Context, inside } from "#platform/context.ts";
import { inTransaction, Prisma } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { findImport, judgeSheet } from "../queries/imports.ts";
import type { OfficerLine, SheetLine } from "../rules.ts";
import { noteDeed } from "./deeds.ts";

/** Keeps a sheet as it was read until it is confirmed. @returns its id */
export async function keepSheet(
  ctx: Context<Admin>,
  { fileName, lines }: { fileName: string; lines: readonly SheetLine[] },
): Promise<string> {
  const { id } = await ctx.db.officeImport.create({
    data: { byId: ctx.actor.accountId, at: ctx.now, fileName: fileName.slice(0, 200), rows: lines as object[] },
    select: { id: true },
  });
  return id;
}

/**
 * Applies a sheet whose lines are all right, in one transaction: accounts that are not there are opened (they wait for
 * their activation link), those that are take the sheet's name and address, and every line's place holds. Known by work
 * name and by place, the same sheet changes nothing a second time.
 * @throws Refusal 404; 409 when it was applied, or a line is wrong (any more)
 */
export async function applySheet(ctx: Context<Admin>, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT FROM office_imports WHERE id = ${id}::uuid FOR UPDATE`;
    const within = inside(ctx, tx);
    const sheet = await findImport(within, id);
    if (sheet.appliedAt) throw new Refusal("admin.refused.sheetApplied");
    const judged = await judgeSheet(within, sheet.lines);
    const right = judged.flatMap((line) => (line.ok ? [line] : []));
    if (right.length < judged.length)
      throw new Refusal("admin.refused.sheetWrong", 409, { count: judged.length - right.length });
    const officers = right.map(({ officer }) => officer);
    const people = [...new Map(officers.map((one) => [one.username, one])).values()];
    const news = new Set(right.filter(({ isNew }) => isNew).map(({ officer }) => officer.username));
    const rows = (list: readonly OfficerLine[]): string => JSON.stringify(list);
    const changed = await tx.$executeRaw(Prisma.sql`
      INSERT INTO accounts AS known (id, kind, username, "displayName", email, "createdAt")
      SELECT gen_random_uuid(), 'officer', username, "displayName", email, ${ctx.now}
      FROM jsonb_to_recordset(${rows(people)}::jsonb) AS r(username text, "displayName" text, email text)
      ON CONFLICT (username) DO UPDATE SET "displayName" = excluded."displayName", email = coalesce(excluded.email, known.email)
      WHERE known.kind = 'officer' AND (known."displayName", known.email) IS DISTINCT FROM (excluded."displayName", coalesce(excluded.email, known.email))`);
    const postings = await tx.$executeRaw(Prisma.sql`
      INSERT INTO postings AS known (id, "accountId", "agencyId", "unitId", role, title, "validFrom", "validTo")
      SELECT gen_random_uuid(), a.id, r."agencyId", r."unitId", r.role, r.title, r."validFrom", r."validTo"
      FROM jsonb_to_recordset(${rows(officers)}::jsonb) AS r(username text, "agencyId" uuid, "unitId" uuid, role text, title text, "validFrom" text, "validTo" text)
      JOIN accounts a ON a.username = r.username
      ON CONFLICT ("accountId", "agencyId", role) DO UPDATE SET "unitId" = excluded."unitId", title = excluded.title,
        "validFrom" = excluded."validFrom", "validTo" = excluded."validTo"
      WHERE (known."unitId", known.title, known."validFrom", known."validTo")
        IS DISTINCT FROM (excluded."unitId", excluded.title, excluded."validFrom", excluded."validTo")`);
    const opened = await tx.account.findMany({
      where: { username: { in: [...news] } },
      select: { id: true, username: true },
    });
    const idOf = new Map(opened.map((one) => [one.username, one.id]));
    const data = officers.flatMap(({ username, displayName, role, agencyId }) => {
      const accountId = idOf.get(username);
      const after = { username, displayName, role };
      return accountId
        ? [{ at: ctx.now, byId: ctx.actor.accountId, did: "person_created", agencyId, accountId, after }]
        : [];
    });
    if (data.length > 0) await tx.officeEvent.createMany({ data });
    const applied = { created: news.size, changed: changed - news.size, postings };
    await noteDeed(ctx, tx, { did: "imported", after: { ...applied, importId: id, fileName: sheet.fileName } });
    await recordSecurity(ctx, { kind: "roles.changed", params: { importId: id, ...applied } }, tx);
    await tx.officeImport.update({ where: { id }, data: { appliedAt: ctx.now, applied } });
  });
}

/** A fresh activation link for everybody of an applied sheet who cannot sign in yet; those of before no longer hold. */
export async function linkSheet(
  ctx: Context<Admin>,
  id: string,
): Promise<{ username: string; displayName: string; token: string }[]> {
  const sheet = await findImport(ctx, id);
  if (!sheet.appliedAt) throw new Refusal("admin.refused.sheetNotApplied");
  const usernames = sheet.lines.map(({ cells }) => (cells.username ?? "").toLowerCase());
  return inTransaction(ctx, async (tx) => {
    const waiting = await tx.account.findMany({
      where: { username: { in: usernames }, kind: "officer", passwordHash: null, disabledAt: null },
      select: { id: true, username: true, displayName: true },
      orderBy: { username: "asc" },
    });
    const links = waiting.map((person) => ({ ...person, ...newActivation(ctx) }));
    const rows = links.map((link) => ({ id: link.id, hash: link.columns.activationTokenHash }));
    const expires = newActivation(ctx).columns.activationExpiresAt;
    await tx.$executeRaw(Prisma.sql`
      UPDATE accounts a SET "activationTokenHash" = r.hash, "activationExpiresAt" = ${expires}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, hash text) WHERE a.id = r.id`);
    return links.map(({ username, displayName, token }) => ({ username, displayName, token }));
  });
}
