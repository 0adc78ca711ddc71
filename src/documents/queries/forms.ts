import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { FORM_KINDS, type PaperForm } from "../rules.ts";

type Asker = Pick<Context, "db">;
const KNOWN_MS = 10_000;

const forms = remember(KNOWN_MS, async ({ db }: Asker, _key: "all"): Promise<PaperForm[]> => {
  const rows = await db.paperTemplate.findMany({
    orderBy: [{ kind: "asc" }, { procedureCode: "asc" }, { from: "asc" }],
  });
  return rows.flatMap(({ kind, confirmedAt, confirmedByName, confirmedById: _by, ...form }) => {
    const known = FORM_KINDS.find((one) => one === kind);
    return known
      ? [{ ...form, kind: known, confirmed: confirmedAt && { at: confirmedAt, name: confirmedByName ?? "" } }]
      : [];
  });
});

/** Every form of every kind, by kind and day, at most ten seconds old. No query when warm. */
export const listForms = (ctx: Asker): Promise<PaperForm[]> => forms.find(ctx, "all");

export const forgetForms = (ctx: Asker): void => forms.forget(ctx);

/** How far each register has come, newest year first: what an administrator looks at. */
export const listSeries = ({
  db,
}: Asker): Promise<{ series: string; year: number; value: number; closedAt: Date | null }[]> =>
  db.numberSeries.findMany({ orderBy: [{ year: "desc" }, { series: "asc" }], take: 200 });
