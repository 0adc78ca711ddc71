import { findDirectory } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { fold, isoDay } from "#platform/format.ts";
import type { LibraryWords, Section, Sketch, Sought } from "../rules.ts";

/** Where a procedure uses it: the part, and what it is called there. */
export type Use = { section: Section; name: string };
export type Found = { code: string; name: string; uses: readonly Use[]; receivedBy: number };

export const FOUND_A_PAGE = 20;
export const TEMPLATES_A_PAGE = 20;

const SECTION_OF = {
  fieldType: "form",
  field: "form",
  paper: "requirements",
  role: "workflow",
  agency: "workflow",
} as const;

/** The kinds of questions, or the places of steps, that are in use at all. */
const kindsOf = async ({ db }: Context<Admin>, what: "field" | "step", column: "key" | "kind"): Promise<string[]> =>
  (
    await db.$queryRaw<{ one: string }[]>(
      Prisma.sql`SELECT DISTINCT ${Prisma.raw(`"${column}"`)} AS one FROM procedure_uses WHERE what = ${what}`,
    )
  ).map(({ one }) => one);

/** Which rows of uses are meant: by a part of the name, diacritics or not, or by the id itself. */
async function meant(ctx: Context<Admin>, sought: Sought, words: string, names: LibraryWords): Promise<Prisma.Sql> {
  const wanted = fold(words);
  const fits = (text: string): boolean => fold(text).includes(wanted);
  switch (sought) {
    case "field":
    case "paper":
      return Prisma.sql`u.what = ${sought} AND (u.key = ${words} OR u.folded LIKE ${`%${wanted}%`})`;
    case "fieldType": {
      const types = await kindsOf(ctx, "field", "kind");
      const chosen = types.filter((type) => type === words || fits(names.typeName(type)));
      return Prisma.sql`u.what = 'field' AND u.kind = ANY(${chosen})`;
    }
    case "role": {
      const roles = (await kindsOf(ctx, "step", "key")).filter((role) => fits(names.roleName(role)));
      return Prisma.sql`u.what = 'step' AND u.key = ANY(${roles})`;
    }
    case "agency": {
      const places = (await kindsOf(ctx, "step", "kind")).filter((kind) =>
        fits(names.agencyName(JSON.parse(kind) as Sketch["workflow"]["steps"][number]["agency"])),
      );
      return Prisma.sql`u.what = 'step' AND u.kind = ANY(${places})`;
    }
  }
}

/** Agencies of this name: who takes something in is found by them, too. */
async function agenciesCalled(ctx: Context<Admin>, sought: Sought, words: string): Promise<string[]> {
  if (sought !== "agency") return [];
  const { agencies } = await findDirectory(ctx);
  return agencies
    .filter(({ name, shortName }) => [name, shortName].some((one) => fold(one).includes(fold(words))))
    .map(({ id }) => id);
}

type Hit = { code: string; name: string; names: string[]; receivedBy: number; total: number };

/**
 * Procedures of this portal that use a question, a kind of question, a paper, a role or an agency, by code, 20 a page.
 * @param page from 1
 */
export async function findUses(
  ctx: Context<Admin>,
  { sought, words: typed, page }: { sought: Sought; words: string; page: number },
  names: LibraryWords,
): Promise<{ total: number; page: number; found: Found[] }> {
  const words = typed.trim();
  if (fold(words) === "") return { total: 0, page, found: [] };
  const [which, agencyIds] = await Promise.all([meant(ctx, sought, words, names), agenciesCalled(ctx, sought, words)]);
  const day = isoDay(ctx.now);
  const rows = await ctx.db.$queryRaw<Hit[]>`
    WITH used AS (SELECT u."procedureId", array_agg(u.name ORDER BY u.at) AS names FROM procedure_uses u WHERE ${which} GROUP BY 1),
      offered AS (SELECT o."procedureId", count(DISTINCT o."agencyId")::int AS agencies FROM offerings o
        WHERE o."agencyId" = ANY(${agencyIds}::uuid[]) AND o."validFrom" <= ${day} AND (o."validTo" IS NULL OR o."validTo" >= ${day}) GROUP BY 1)
    SELECT p.code, coalesce(c.name, p.code) AS name, coalesce(used.names, '{}') AS names, coalesce(offered.agencies, 0) AS "receivedBy",
      count(*) OVER ()::int AS total
    FROM used FULL JOIN offered USING ("procedureId") JOIN procedures p ON p.id = "procedureId"
    LEFT JOIN catalogue_entries c ON c.code = p.code
    ORDER BY p.code LIMIT ${FOUND_A_PAGE} OFFSET ${(page - 1) * FOUND_A_PAGE}`;
  return {
    total: rows[0]?.total ?? 0,
    page,
    found: rows.map(({ names: used, total: _total, ...row }) => ({
      ...row,
      uses: used.map((name) => ({ section: SECTION_OF[sought], name })),
    })),
  };
}

export type Template = {
  code: string;
  name: string;
  pages: { id: string; title: string; fields: number }[];
  steps: string[];
};
export type TemplatePage = { templates: Template[]; total: number; page: number; q: string };

/**
 * What can be begun from: procedures by code, 20 a page, each with the pages of its form and the steps of its process.
 * @param q part of the name, diacritics or not, or the beginning of the code
 */
export async function listTemplates(
  { db }: Context<Admin>,
  { q, page, except = "" }: { q: string; page: number; except?: string },
): Promise<TemplatePage> {
  const wanted = fold(q);
  const rows = await db.$queryRaw<{ code: string; definition: Sketch; total: number }[]>`
    WITH listed AS (SELECT p.id, p.code, count(*) OVER ()::int AS total FROM procedures p LEFT JOIN catalogue_entries c ON c.code = p.code
      WHERE p.code <> ${except} AND EXISTS (SELECT FROM procedure_versions v WHERE v."procedureId" = p.id)
        AND (${wanted} = '' OR c."searchName" LIKE ${`%${wanted}%`} OR starts_with(p.code, ${q.trim()}))
      ORDER BY p.code LIMIT ${TEMPLATES_A_PAGE} OFFSET ${(page - 1) * TEMPLATES_A_PAGE})
    SELECT l.code, l.total, v.definition FROM listed l
    CROSS JOIN LATERAL (SELECT definition FROM procedure_versions WHERE "procedureId" = l.id ORDER BY number DESC LIMIT 1) v ORDER BY l.code`;
  return {
    total: rows[0]?.total ?? 0,
    page,
    q,
    templates: rows.map(({ code, definition }) => ({
      code,
      name: definition.name.vi,
      pages: definition.form.pages.map(({ id, title, fields }) => ({ id, title: title.vi, fields: fields.length })),
      steps: definition.workflow.steps.map(({ name }) => name.vi),
    })),
  };
}
