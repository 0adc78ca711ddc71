import { type Request, type Response, Router } from "express";
import { findDirectory, oneStopDeskOf } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { emptyForm, type Form, readForm, readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { createOwnLimit } from "#platform/limits.ts";
import { remember } from "#platform/memory.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { addSynonym, changeSynonym, removeSynonym } from "./actions/synonyms.ts";
import { CatalogueQuery, SuggestionQuery, SynonymForm, SynonymQuery, SynonymRemoval } from "./inputs.ts";
import {
  configuredPage,
  listPage,
  type Place,
  recordPage,
  type ShowPage,
  type Surroundings,
  sectorPage,
  sectorsPage,
  suggestionsOf,
  synonymForm,
  synonymPage,
  synonymsPage,
} from "./pages.ts";
import { paths } from "./paths.ts";
import { findFigures } from "./queries/figures.ts";
import { findNationalRecord } from "./queries/records.ts";
import { searchCatalogue, suggestProcedures, understandSearch } from "./queries/search.ts";
import { listOfSector, listRelated, listSectors } from "./queries/sectors.ts";
import { findSynonym, listSynonymChanges, listSynonyms } from "./queries/synonyms.ts";
import { findCurrentVersion, findEnglishNames, findSuspension, listOfferings } from "./queries/versions.ts";
import { onForgetCatalogue } from "./queries/vocabulary.ts";

export const publicRoutes = Router();
/** Under /quan-tri. */
export const adminRoutes = Router();

const translate = (res: Response): Translate => res.locals.t as Translate;
/** Made once: making it costs as much as sorting with it. */
const byName = new Intl.Collator("vi");

/** A quick typist asks four times a second; an office behind one address has many of them. */
const ASKED = { points: 600, seconds: 60 };
const mayAsk = createOwnLimit(ASKED);

publicRoutes.get("/thu-tuc", async (req, res) => {
  const query = readQuery(CatalogueQuery, req.query);
  if (query.q !== "" && !(await mayAsk(req)))
    throw new Refusal("platform.refused.tooManyRequests", 429, { seconds: ASKED.seconds });
  const result = await searchCatalogue(req.ctx, query);
  const { language } = req.ctx;
  const english = language === "en" ? await findEnglishNames(req.ctx, result.rows) : new Map<string, string>();
  render(res, "procedures/list", listPage(query, result, { t: translate(res), language }, english));
});

const SUGGESTED_SECONDS = 60;

publicRoutes.get("/thu-tuc/goi-y", async (req, res) => {
  if (!(await mayAsk(req))) return void res.status(429).json([]);
  const { q } = readQuery(SuggestionQuery, req.query);
  const found = q === "" ? { rows: [], total: 0 } : await suggestProcedures(req.ctx, q);
  const { language } = req.ctx;
  const english = language === "en" ? await findEnglishNames(req.ctx, found.rows) : new Map<string, string>();
  // The same letters are typed again and again: the browser keeps what it was told, in each language apart.
  if (req.ctx.actor.kind === "visitor") res.set("Cache-Control", `private, max-age=${SUGGESTED_SECONDS}`);
  res.vary("Cookie").json(suggestionsOf(q, found, { t: translate(res), language }, english));
});

publicRoutes.get("/thu-tuc/linh-vuc", async (req, res) => {
  const reader = { t: translate(res), language: req.ctx.language };
  render(res, "procedures/sectors", sectorsPage(await listSectors(req.ctx), reader));
});

publicRoutes.get("/thu-tuc/linh-vuc/:sector", async (req, res) => {
  const { sector: slug } = req.params;
  const { language } = req.ctx;
  const sector = await listOfSector(req.ctx, slug);
  const english = language === "en" ? await findEnglishNames(req.ctx, sector.rows) : new Map<string, string>();
  render(res, "procedures/sector", sectorPage(sector, slug, { t: translate(res), language }, english));
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

async function surroundingsOf(ctx: Asker, code: string, named: readonly string[]): Promise<Surroundings> {
  const [related, figures, record, suspension] = await Promise.all([
    listRelated(ctx, code, named),
    findFigures(ctx),
    findNationalRecord(ctx, code),
    findSuspension(ctx, code),
  ]);
  const english = ctx.language === "en" ? await findEnglishNames(ctx, related) : new Map<string, string>();
  return { related, english, figures, record, suspension, publicUrl: ctx.publicUrl };
}

async function pageOf(ctx: Asker, code: string): Promise<ShowPage | null> {
  const version = await findCurrentVersion(ctx, code);
  const around = await surroundingsOf(ctx, code, version?.definition.relatedCodes ?? []);
  if (version) return configuredPage(version, await placesOf(ctx, code), around, ctx);
  return around.record && recordPage(around.record, around, ctx);
}

const SHOWN_MS = 30_000;
const MOST_SHOWN = 300;
/** A procedure reads the same to everybody: its page is put together once in half a minute for each language. */
const pages = remember(SHOWN_MS, (ctx: Asker, key: string) => pageOf(ctx, key.slice(key.indexOf(":") + 1)), MOST_SHOWN);

// What an administrator publishes or suspends shows at once.
onForgetCatalogue((ctx) => pages.forget(ctx));

/** No query when warm. */
publicRoutes.get("/thu-tuc/:code", async (req, res) => {
  const { ctx } = req;
  const page = await pages.find({ ...ctx, t: translate(res) }, `${ctx.language}:${req.params.code}`);
  if (!page) throw notFound();
  render(res, "procedures/show", page);
});

const adminOf = (req: Request): Context<Admin> => req.ctx as Context<Admin>;
const TAKEN: Form["errors"] = { say: { key: "procedures.synonyms.errors.taken" } };

adminRoutes.get("/tu-dong-nghia", async (req, res) => {
  const ctx = adminOf(req);
  const query = readQuery(SynonymQuery, req.query);
  const [listed, changes, understood] = await Promise.all([
    listSynonyms(ctx, query.q, query.trang),
    listSynonymChanges(ctx),
    query.thu === "" ? null : understandSearch(ctx, query.thu),
  ]);
  render(res, "procedures/synonyms", synonymsPage(query, listed, changes, understood, translate(res)));
});

adminRoutes.get("/tu-dong-nghia/them", (_req, res) => {
  render(res, "procedures/synonym", synonymPage(null, emptyForm, translate(res)));
});

adminRoutes.post("/tu-dong-nghia/them", async (req, res) => {
  const input = readForm(SynonymForm, req);
  const isAdded = input.ok && (await addSynonym(adminOf(req), input.data));
  if (!input.ok || !isAdded) {
    const form = input.ok ? { values: req.body as Form["values"], errors: TAKEN } : input.form;
    return render(res.status(422), "procedures/synonym", synonymPage(null, form, translate(res)));
  }
  leaveNotice(req, "success", translate(res)("procedures.synonyms.saved", { say: input.data.say }));
  redirect(res, paths.synonyms());
});

adminRoutes.get("/tu-dong-nghia/:id", async (req, res) => {
  const synonym = await findSynonym(adminOf(req), req.params.id);
  render(res, "procedures/synonym", synonymPage(synonym, synonymForm(synonym), translate(res)));
});

adminRoutes.post("/tu-dong-nghia/:id", async (req, res) => {
  const synonym = await findSynonym(adminOf(req), req.params.id);
  const input = readForm(SynonymForm, req);
  const isChanged = input.ok && (await changeSynonym(adminOf(req), synonym.id, input.data));
  if (!input.ok || !isChanged) {
    const form = input.ok ? { values: req.body as Form["values"], errors: TAKEN } : input.form;
    return render(res.status(422), "procedures/synonym", synonymPage(synonym, form, translate(res)));
  }
  leaveNotice(req, "success", translate(res)("procedures.synonyms.saved", { say: input.data.say }));
  redirect(res, paths.synonyms());
});

adminRoutes.post("/tu-dong-nghia/:id/bo", async (req, res) => {
  const synonym = await findSynonym(adminOf(req), req.params.id);
  const input = readForm(SynonymRemoval, req);
  await removeSynonym(adminOf(req), synonym.id, input.ok ? input.data.seen : "");
  leaveNotice(req, "success", translate(res)("procedures.synonyms.removed", { say: synonym.say }));
  redirect(res, paths.synonyms());
});
