import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { type DeadlineSettings, deadlineSettings } from "../rules/foresight.ts";

/** The settings' row that holds warnings and waiting times. */
const KEY = "deadlines";
const KNOWN_MS = 60_000;

const known = remember(KNOWN_MS, async (ctx: Pick<Context, "db">, key: string) =>
  deadlineSettings((await ctx.db.setting.findUnique({ where: { key }, select: { value: true } }))?.value),
);

/** Warnings and waiting times as this installation set them, remembered for a minute. */
export const findDeadlineSettings = (ctx: Pick<Context, "db">): Promise<DeadlineSettings> => known.find(ctx, KEY);

/** Reasons offered ready-made for one kind of act, in their order. */
export type ReasonKind = "supplement" | "decline" | "lateness" | "extension" | "stop";

const reasons = remember(KNOWN_MS, async (ctx: Pick<Context, "db">, _all: "all") => {
  const rows = await ctx.db.presetReason.findMany({ orderBy: [{ position: "asc" }, { text: "asc" }] });
  return rows.map(({ kind, text }) => ({ kind, text }));
});

/** Reasons offered ready-made where officers must give one, by kind; remembered for a minute. */
export async function findReasons(ctx: Pick<Context, "db">): Promise<(kind: ReasonKind) => string[]> {
  const all = await reasons.find(ctx, "all");
  return (kind) => all.filter((one) => one.kind === kind).map(({ text }) => text);
}
