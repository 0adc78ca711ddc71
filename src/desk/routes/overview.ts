/** The leaders' board: under /mot-cua for who leads an agency, under /quan-tri for who administers it. */
import { Readable } from "node:stream";
import type { Request, RequestHandler } from "express";
import { dateOf, findCalendar, nextWorkingDay } from "#calendar/index.ts";
import { ledBy, readTallies } from "#dossiers/index.ts";
import { type Directory, findDirectory } from "#organizations/index.ts";
import type { Admin, Context, Officer } from "#platform/context.ts";
import { sendFile } from "#platform/downloads.ts";
import { readQuery } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { OverviewQuery } from "../inputs/overview.ts";
import { type OverviewInput, overviewLines, overviewPage } from "../pages/overview.ts";
import { paths } from "../paths.ts";
import { monthsOf, ordered, shiftMonth } from "../rules.ts";
import { translate } from "./speech.ts";

const YEAR = 12;

/** Whose figures somebody reads: of where they lead or administer and all below; an auditor the whole province's. */
function agenciesFor(actor: Officer | Admin, { agencies, familyOf }: Directory): string[] {
  const all = agencies.map(({ id }) => id);
  if (actor.kind === "admin") return actor.agencyId === undefined ? all : familyOf(actor.agencyId);
  return actor.audits ? all : [...new Set(ledBy(actor).flatMap(familyOf))];
}

/** @throws Refusal 404 for who leads nothing */
async function readOverview(req: Request): Promise<OverviewInput> {
  const ctx = req.ctx as Context<Officer | Admin>;
  const [directory, calendar] = await Promise.all([findDirectory(ctx), findCalendar(ctx)]);
  const ids = agenciesFor(ctx.actor, directory);
  if (ids.length === 0) throw notFound();
  const today = dateOf(ctx.now);
  const { tu, den, xep: order = "overdue" } = readQuery(OverviewQuery, req.query);
  const [from = "", to = ""] =
    tu || den ? [tu ?? den ?? "", den ?? tu ?? ""].sort() : Object.values(monthsOf("thisMonth", today));
  const { agencies, months } = await readTallies(
    ctx,
    ids,
    { period: { from, to }, year: { from: shiftMonth(to, 1 - YEAR), to } },
    { today, soon: nextWorkingDay(today, calendar) },
  );
  const named = agencies.map((row) => ({ ...row, name: directory.agencyOf(row.agencyId)?.shortName ?? "" }));
  return { base: paths.overview, period: { from, to }, order, rows: ordered(named, order), months, now: ctx.now };
}

const showAt =
  (base: string): RequestHandler =>
  async (req, res) =>
    render(res, "desk/overview", overviewPage({ ...(await readOverview(req as Request)), base }, translate(res)));

export const showOverview = showAt(paths.overview);
export const showAdminOverview = showAt(paths.adminOverview);

export const sendOverview: RequestHandler = async (req, res) => {
  const input = await readOverview(req as Request);
  const { writeCsv } = await import("hucre/csv");
  const bytes = Buffer.from(writeCsv(overviewLines(input, translate(res)), { bom: true }));
  const name = `tinh-hinh-ho-so-${input.period.from}-${input.period.to}.csv`;
  await sendFile(res, Readable.from([bytes]), { name, mediaType: "text/csv; charset=utf-8", size: bytes.length });
};
