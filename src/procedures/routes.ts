import { type Response, Router } from "express";
import { findDirectory, oneStopDeskOf } from "#organizations/index.ts";
import type { Context } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { remember } from "#platform/memory.ts";
import { notFound } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { CatalogueQuery } from "./inputs.ts";
import { configuredPage, listPage, type Place, recordPage, type ShowPage } from "./pages.ts";
import { findName, findNationalRecord } from "./queries/records.ts";
import { searchCatalogue } from "./queries/search.ts";
import { findCurrentVersion, findEnglishNames, listOfferings } from "./queries/versions.ts";

export const publicRoutes = Router();

const translate = (res: Response): Translate => res.locals.t as Translate;
/** Made once: making it costs as much as sorting with it. */
const byName = new Intl.Collator("vi");

publicRoutes.get("/thu-tuc", async (req, res) => {
  const query = readQuery(CatalogueQuery, req.query);
  const result = await searchCatalogue(req.ctx, query);
  const { language } = req.ctx;
  const english = language === "en" ? await findEnglishNames(req.ctx, result.rows) : new Map<string, string>();
  render(res, "procedures/list", listPage(query, result, { t: translate(res), language }, english));
});

async function placesOf(ctx: Context, code: string): Promise<Place[]> {
  const [directory, offerings] = await Promise.all([findDirectory(ctx), listOfferings(ctx, code)]);
  const places = offerings.flatMap(({ agencyId, competentAgencyId, filedAt, externalUrl }): Place[] => {
    const agency = directory.agencyOf(agencyId);
    if (!agency) return [];
    const decidedBy = competentAgencyId === agencyId ? null : (directory.agencyOf(competentAgencyId)?.name ?? null);
    return [{ agency, desk: oneStopDeskOf(agency)?.name ?? null, decidedBy, filedAt, externalUrl }];
  });
  return places.sort((a, b) => byName.compare(a.agency.name, b.agency.name));
}

type Asker = Context & { t: Translate };

async function pageOf(ctx: Asker, code: string): Promise<ShowPage | null> {
  const version = await findCurrentVersion(ctx, code);
  if (!version) {
    const record = await findNationalRecord(ctx, code);
    return record && recordPage(record, ctx.t);
  }
  const { relatedCodes } = version.definition;
  const [places, related] = await Promise.all([
    placesOf(ctx, code),
    Promise.all(relatedCodes.map(async (other) => ({ code: other, name: await findName(ctx, other) }))),
  ]);
  const known = related.filter(({ name }) => name !== null);
  return configuredPage(version, places, known, { t: ctx.t, language: ctx.language });
}

const SHOWN_MS = 30_000;
const MOST_SHOWN = 300;
/** A procedure reads the same to everybody: its page is put together once in half a minute for each language. */
const pages = remember(SHOWN_MS, (ctx: Asker, key: string) => pageOf(ctx, key.slice(key.indexOf(":") + 1)), MOST_SHOWN);

/** No query when warm. */
publicRoutes.get("/thu-tuc/:code", async (req, res) => {
  const { ctx } = req;
  const page = await pages.find({ ...ctx, t: translate(res) }, `${ctx.language}:${req.params.code}`);
  if (!page) throw notFound();
  render(res, "procedures/show", page);
});
