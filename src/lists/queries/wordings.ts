import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import type { Texts } from "../rules/wordings.ts";

type Asker = Pick<Context, "db">;

export type WordingVersion = {
  number: number;
  texts: Texts;
  at: Date;
  byName: string | null;
  stands: boolean;
};

const KNOWN_MS = 30_000;
const standing = remember(KNOWN_MS, async ({ db }: Asker, _all: "all"): Promise<ReadonlyMap<string, Texts>> => {
  const rows = await db.wording.findMany({ where: { replacedAt: null }, select: { kind: true, texts: true } });
  return new Map(rows.map(({ kind, texts }) => [kind, texts as Texts]));
});

/** What administrators worded anew, by kind; half a minute old at most, no query when warm. */
export const findWordings = (ctx: Asker): Promise<ReadonlyMap<string, Texts>> => standing.find(ctx, "all");

export const forgetWordings = (ctx: Asker): void => standing.forget(ctx);

/** Every version of the words of a thing, the newest first, at most 50. */
export const listWordings = ({ db }: Asker, kind: string): Promise<WordingVersion[]> =>
  db.$queryRaw<WordingVersion[]>`
    SELECT w.number, w.texts, w.at, a."displayName" AS "byName", w."replacedAt" IS NULL AS stands
    FROM wordings w LEFT JOIN accounts a ON a.id = w."byId" WHERE w.kind = ${kind} ORDER BY w.number DESC LIMIT 50`;
