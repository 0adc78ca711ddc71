import { type Response, Router } from "express";
import { findDirectory, oneStopDeskOf } from "#organizations/index.ts";
import type { Context } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { CatalogueQuery } from "./inputs.ts";
import { configuredPage, listPage, type Place, recordPage } from "./pages.ts";
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

/** A configured procedure without a query when warm, another with one. */
publicRoutes.get("/thu-tuc/:code", async (req, res) => {
  const { code } = req.params;
  const version = await findCurrentVersion(req.ctx, code);
  if (version) {
    const [places, related] = await Promise.all([
      placesOf(req.ctx, code),
      Promise.all(
        version.definition.relatedCodes.map(async (other) => ({ code: other, name: await findName(req.ctx, other) })),
      ),
    ]);
    const known = related.filter(({ name }) => name !== null);
    render(
      res,
      "procedures/show",
      configuredPage(version, places, known, { t: translate(res), language: req.ctx.language }),
    );
    return;
  }
  const record = await findNationalRecord(req.ctx, code);
  if (!record) throw notFound();
  render(res, "procedures/show", recordPage(record, translate(res)));
});
