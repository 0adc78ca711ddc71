import { randomUUID } from "node:crypto";
import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { enqueue } from "#platform/jobs.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { listForms } from "../queries/forms.ts";
import { countRegister, type RegisterQuestion, readRegister } from "../queries/register.ts";
import { formOn } from "../rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** A register that somebody asked for is made. */
    "documents.register": { fileId: string };
  }
}

export type RegisterOrder = { agencyId: string; firstDay: string; lastDay: string; format: "pdf" | "xlsx" | "csv" };

/**
 * Asks for the register (form 07) of an agency at whose one-stop desk the officer sits, or that they lead; a job makes it.
 * @throws Refusal 403 for any other agency
 */
export async function orderRegister(ctx: Context<Officer>, order: RegisterOrder): Promise<{ fileId: string }> {
  if (!registerAgencies(ctx.actor).includes(order.agencyId)) throw new Refusal("platform.refused.forbidden", 403);
  const fileId = randomUUID();
  await inTransaction(ctx, async (tx) => {
    await tx.registerFile.create({
      data: { id: fileId, ...order, requestedById: ctx.actor.accountId, createdAt: ctx.now },
    });
    await enqueue(tx, "documents.register", { fileId }, `documents.register:${fileId}`);
  });
  return { fileId };
}

/** The agencies whose register an officer may ask for: where they sit at the desk, or lead. */
export const registerAgencies = ({ postings }: Officer): string[] => [
  ...new Set(postings.filter(({ role }) => role === "desk" || role === "leader").map(({ agencyId }) => agencyId)),
];

/** Larger than any register of a year; a runaway file ends there. */
const MOST_BYTES = 2 * 1024 ** 3;

/**
 * Makes a register that was asked for, from what stands in the database now. May run twice: the later one throws its
 * copy away.
 * @throws Refusal 404 when nobody asked for it
 */
export async function makeRegister(ctx: Pick<Context, "db" | "files" | "now">, fileId: string): Promise<void> {
  const order = await ctx.db.registerFile.findUnique({ where: { id: fileId } });
  if (!order) throw notFound();
  if (order.storageKey) return;
  const agency = (await findDirectory(ctx)).agencyOf(order.agencyId);
  const form = formOn(await listForms(ctx), "register", isoDay(ctx.now));
  if (!agency || !form) throw notFound();
  const { registerCsv, registerPdf, registerXlsx } = await import("../printing/register.ts");
  const head = {
    title: form.title,
    agency: agency.name,
    firstDay: order.firstDay,
    lastDay: order.lastDay,
    at: order.createdAt,
  };
  const rows = noteProgress(ctx, order, readRegister(ctx, order));
  const make = { pdf: registerPdf, xlsx: registerXlsx, csv: registerCsv }[order.format];
  const { stream, count } = await make(head, rows);
  const staged = await ctx.files.stage(stream, MOST_BYTES);
  if (!staged) throw new Error(`register ${fileId} is larger than any should be`);
  const storageKey = await ctx.files.keep(staged);
  const { count: kept } = await ctx.db.registerFile.updateMany({
    where: { id: fileId, storageKey: null },
    data: { storageKey, size: staged.size, rows: count(), readyAt: ctx.now },
  });
  if (kept === 0) await ctx.files.remove(storageKey);
}

/** So many lines are written between two words about how far a register has come. */
const TELL_EVERY = 2000;

/** The same lines; whoever waits for the register reads how many there are so far. */
async function* noteProgress<Row>(
  ctx: Pick<Context, "db">,
  order: RegisterQuestion & { id: string },
  rows: AsyncIterable<Row>,
): AsyncGenerator<Row> {
  const tell = (data: { written: number; expected?: number }) =>
    ctx.db.registerFile.updateMany({ where: { id: order.id, storageKey: null }, data });
  await tell({ written: 0, expected: await countRegister(ctx, order) });
  let written = 0;
  for await (const row of rows) {
    yield row;
    if (++written % TELL_EVERY === 0) await tell({ written });
  }
}
