import { listEntries } from "#lists/index.ts";
import { findDirectory, findUnitLists, isOpen } from "#organizations/index.ts";
import type { Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { FieldContext } from "../fields/index.ts";

/** What the field types need to read and show answers: words, today, provinces and communes. No query when warm. */
export async function fieldContext(ctx: Pick<Context, "db" | "now" | "language">, t: Translate): Promise<FieldContext> {
  const [lists, { agencies }, groups] = await Promise.all([
    findUnitLists(ctx),
    findDirectory(ctx),
    listEntries(ctx, "ethnicGroup"),
  ]);
  const homeProvince =
    agencies.find(({ level, unitCode }) => level === "province" && unitCode !== null)?.unitCode ?? null;
  const today = isoDay(ctx.now);
  const agenciesNow = () =>
    agencies
      .filter((agency) => isOpen(agency, today))
      .map(({ id: value, name: text, kind }) => ({ value, text, kind }))
      .sort((a, b) => a.text.localeCompare(b.text, "vi"));
  const own = groups.map(({ key: value, text, removed }) => ({ value, text, removed }));
  return {
    t,
    language: ctx.language,
    today,
    homeProvince,
    lists: { ...lists, agencies: agenciesNow, ...(own.length > 0 ? { ethnicGroups: () => own } : {}) },
  };
}
