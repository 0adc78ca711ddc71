import type { Context } from "#platform/context.ts";
import { Prisma, unnamed } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import { remember } from "#platform/memory.ts";
import { type CatalogueQuery, LEVEL_WORDS, SERVICE_WORDS } from "../inputs.ts";
import type { Facts } from "../rules/facts.ts";
import { codeTyped, type Plan, planSearch, slugOf, type Term, tsqueryOf } from "../rules/search.ts";
import { type Catalogue, findCatalogue, onForgetCatalogue } from "./vocabulary.ts";

type Asker = Pick<Context, "db">;

export const PAGE_SIZE = 20;
const MOST_FACETS = 12;
const { sql, empty, join } = Prisma;

export type CatalogueRow = {
  code: string;
  name: string;
  sector: string | null;
  agencyName: string | null;
  levels: string[];
  serviceLevel: "full" | "partial" | "information";
  configured: boolean;
  filedAt: "own" | "national" | "ministry" | null;
  facts: Facts;
};
export type FacetCount = { value: string; count: number };
export type CatalogueResult = {
  total: number;
  rows: CatalogueRow[];
  facets: Record<"sector" | "level" | "agency" | "subject" | "service", FacetCount[]>;
  /** What was understood, when it is not what was typed. */
  corrected: string | null;
  /** Nothing had the words; these names look alike. */
  alike: boolean;
  lifeEvent: string | null;
};

/** The choices of a query as the database knows them; an unknown one matches nothing. */
type Choices = {
  sector: string | null;
  agency: string | null;
  subject: string | null;
  level: string | null;
  service: string | null;
  codes: readonly string[] | null;
};
type Facet = "sector" | "agency" | "subject" | "level" | "service";

function choicesOf(query: CatalogueQuery, catalogue: Catalogue): Choices {
  const named = (names: ReadonlyMap<string, string>, slug: string | undefined): string | null =>
    slug === undefined ? null : (names.get(slugOf(slug)) ?? `\u2205${slug}`);
  const event = query["su-kien"];
  return {
    sector: named(catalogue.sectors, query["linh-vuc"]),
    agency: named(catalogue.agencies, query["co-quan"]),
    subject: named(catalogue.subjects, query["doi-tuong"]),
    level: query.cap === undefined ? null : LEVEL_WORDS[query.cap],
    service: query.muc === undefined ? null : SERVICE_WORDS[query.muc],
    codes: event === undefined ? null : (catalogue.lifeEvents.get(event)?.codes ?? []),
  };
}

/** The choices as conditions, that of `except` left out: a facet counts what choosing another of its values would give. */
function conditions(choices: Choices, except?: Facet): Prisma.Sql {
  const parts: Prisma.Sql[] = [sql`true`];
  if (choices.sector !== null && except !== "sector") parts.push(sql`sector = ${choices.sector}`);
  if (choices.agency !== null && except !== "agency") parts.push(sql`"agencyName" = ${choices.agency}`);
  if (choices.subject !== null && except !== "subject") parts.push(sql`subjects @> ARRAY[${choices.subject}]`);
  if (choices.level !== null && except !== "level") parts.push(sql`levels @> ARRAY[${choices.level}]`);
  if (choices.service !== null && except !== "service") parts.push(sql`"serviceLevel" = ${choices.service}`);
  return join(parts, " AND ");
}

const WEIGHT_OF_KEYWORDS = 0.92;
const WEIGHT_OF_TEXT = 0.3;
const LENGTH_SHARE = 0.3;
/** A hit must reach this share of the best hit: "đăng ký" alone is no answer to "đăng ký khai sinh". */
const LEAST_SHARE = 0.42;

const termScore = (term: Term): Prisma.Sql => sql`CASE
  WHEN NOT (vector @@ ${tsqueryOf(term)}::tsquery) THEN 0
  WHEN vector @@ ${tsqueryOf(term, "A")}::tsquery THEN ${term.weight}::float8
  WHEN vector @@ ${tsqueryOf(term, "B")}::tsquery THEN ${term.weight * WEIGHT_OF_KEYWORDS}::float8
  ELSE ${term.weight * WEIGHT_OF_TEXT}::float8 END`;

/**
 * The rows that have the words, and how well: what their name, keywords and text hold of the plan's terms, over the length
 * of the name; more when the whole phrase stands in the name, most when it is the name.
 */
function matching(plan: Plan, averageLength: number, code: string | null): Prisma.Sql {
  const anchors = plan.anchors.map((term) => `(${tsqueryOf(term)})`).join(" | ");
  const held = join(plan.terms.map(termScore), " + ");
  const phrase = ` ${plan.phrase} `;
  const isCode = code === null ? sql`false` : sql`(code = ${code} OR code LIKE ${`${code}%`})`;
  return sql`
    SELECT * FROM (
      SELECT *, max(held) OVER () AS best FROM (
        SELECT code, sector, "agencyName", levels, subjects, "serviceLevel", priority, length("searchName") AS long, ${held} + CASE WHEN ${isCode} THEN 1000 ELSE 0 END AS held,
          CASE WHEN "searchName" = ${plan.phrase} THEN ${plan.total * 0.9}::float8
               WHEN position(' ' || "searchName" || ' ' IN ${phrase}) > 0 AND "searchName" LIKE '% % %' THEN ${plan.total * 0.35}::float8
               WHEN starts_with("searchName" || ' ', ltrim(${phrase})) THEN ${plan.total * 0.3}::float8
               WHEN position(${phrase} IN ' ' || "searchName" || ' ') > 0 THEN ${plan.total * 0.2}::float8
               WHEN position(${phrase} IN ' ' || keywords || ' ') > 0 THEN ${plan.total * 0.2}::float8 ELSE 0 END AS exact,
          ${1 - LENGTH_SHARE}::float8 + ${LENGTH_SHARE / averageLength}::float8 * least(60, 1 + length("searchName") - length(replace("searchName", ' ', ''))) AS norm
        FROM (
          -- Copied once a row: compared where it lies, a long vector would be unpacked for every term anew.
          SELECT *, "searchVector" || ''::tsvector AS vector FROM catalogue_entries WHERE "searchVector" @@ ${anchors}::tsquery OR ${isCode} OFFSET 0
        ) fetched
      ) looked
    ) judged WHERE held >= ${LEAST_SHARE}::float8 * best`;
}

const everything = sql`SELECT code, sector, "agencyName", levels, subjects, "serviceLevel", priority, length("searchName") AS long, 0::float8 AS held, 0::float8 AS exact, 1::float8 AS norm FROM catalogue_entries`;
const lookingAlike = (phrase: string): Prisma.Sql => sql`
  SELECT code, sector, "agencyName", levels, subjects, "serviceLevel", priority, length("searchName") AS long, word_similarity(${phrase}, "searchName")::float8 AS held, 0::float8 AS exact, 1::float8 AS norm
  FROM catalogue_entries WHERE ${phrase} <% "searchName"`;

/** By priority 0, 1, 2: another province's own procedure steps back, one that can be filed here comes forward. */
const SHARES = [0.9, 1, 1.2] as const;
const order = sql`(held + exact) / norm * (CASE priority WHEN 0 THEN ${SHARES[0]}::float8 WHEN 2 THEN ${SHARES[2]}::float8 ELSE ${SHARES[1]}::float8 END) DESC, priority DESC, long, code`;

const facet = (value: Prisma.Sql, from: Prisma.Sql, choices: Choices, name: Facet): Prisma.Sql => sql`
  (SELECT coalesce(json_agg(json_build_object('value', value, 'count', count) ORDER BY count DESC, value), '[]') FROM (
    SELECT ${value} AS value, count(*)::int AS count FROM ${from} WHERE ${conditions(choices, name)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_FACETS + 1}
  ) counted WHERE value IS NOT NULL)`;

type Answer = {
  total: number;
  rows: CatalogueRow[];
  sector: FacetCount[];
  agency: FacetCount[];
  subject: FacetCount[];
  level: FacetCount[];
  service: FacetCount[];
};

async function ask({ db }: Asker, hits: Prisma.Sql, choices: Choices, page: number): Promise<Answer> {
  const within = choices.codes === null ? empty : sql`WHERE code = ANY(${[...choices.codes]})`;
  const [answer] = await db.$queryRaw<Answer[]>(sql`${unnamed}
    WITH hits AS MATERIALIZED (SELECT * FROM (${hits}) found ${within}),
    chosen AS (SELECT * FROM hits WHERE ${conditions(choices)})
    SELECT (SELECT count(*)::int FROM chosen) AS total,
      (SELECT coalesce(json_agg(json_build_object('code', e.code, 'name', e.name, 'sector', e.sector, 'agencyName', e."agencyName", 'levels', e.levels,
          'serviceLevel', e."serviceLevel", 'configured', e.configured, 'filedAt', e."filedAt", 'facts', e.facts) ORDER BY shown.place), '[]')
        FROM (SELECT code, row_number() OVER (ORDER BY ${order}) AS place FROM chosen ORDER BY ${order} LIMIT ${PAGE_SIZE} OFFSET ${(page - 1) * PAGE_SIZE}) shown
        JOIN catalogue_entries e USING (code)) AS rows,
      ${facet(sql`sector`, sql`hits`, choices, "sector")} AS sector,
      ${facet(sql`"agencyName"`, sql`hits`, choices, "agency")} AS agency,
      ${facet(sql`subject`, sql`hits CROSS JOIN LATERAL unnest(subjects) AS subject`, choices, "subject")} AS subject,
      ${facet(sql`level`, sql`hits CROSS JOIN LATERAL unnest(levels) AS level`, choices, "level")} AS level,
      ${facet(sql`"serviceLevel"`, sql`hits`, choices, "service")} AS service`);
  if (!answer) throw new Error("a query without a row");
  return answer;
}

/** Lists without words change only with the catalogue: what the menu leads to needs no query when warm. */
const browsing = remember(
  20_000,
  async (ctx: Asker, key: string): Promise<Answer> => {
    const { choices, page } = JSON.parse(key) as { choices: Choices; page: number };
    return ask(ctx, everything, choices, page);
  },
  100,
);
onForgetCatalogue((ctx) => browsing.forget(ctx));

/**
 * Procedures of the catalogue by words and filters, 20 a page. Words count without regard to diacritics, case and order,
 * mistyped ones are taken as meant, everyday ones as official; names that merely look alike are shown when nothing fits.
 * One query with words (two when nothing fits), none without when warm, and at most one small one each 20 s.
 */
export async function searchCatalogue(ctx: Asker, query: CatalogueQuery): Promise<CatalogueResult> {
  const catalogue = await findCatalogue(ctx);
  const choices = choicesOf(query, catalogue);
  const lifeEvent = query["su-kien"] === undefined ? null : (catalogue.lifeEvents.get(query["su-kien"])?.label ?? null);
  const resultOf = ({ total, rows, ...facets }: Answer, corrected: string | null, alike = false): CatalogueResult => ({
    total,
    rows,
    facets,
    corrected,
    alike,
    lifeEvent,
  });
  if (query.q === "") return resultOf(await browsing.find(ctx, JSON.stringify({ choices, page: query.trang })), null);
  const plan = planSearch(query.q, catalogue.vocabulary);
  if (!plan) return resultOf({ total: 0, rows: [], sector: [], agency: [], subject: [], level: [], service: [] }, null);
  const found = await ask(
    ctx,
    matching(plan, catalogue.vocabulary.averageLength, codeTyped(query.q)),
    choices,
    query.trang,
  );
  if (found.total > 0 || query.trang > 1) return resultOf(found, plan.corrected);
  const alike = await ask(ctx, lookingAlike(fold(query.q)), choices, query.trang);
  return alike.total > 0 ? resultOf(alike, null, true) : resultOf(found, plan.corrected);
}
