import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from "express";
import { findDirectory } from "#organizations/index.ts";
import type { Admin, Citizen, Context, Officer } from "#platform/context.ts";
import { readQuery } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { recordReading, recordSecurity } from "./actions.ts";
import { EventQuery } from "./inputs.ts";
import { eventLine, logPage, looksPage } from "./pages.ts";
import { paths } from "./paths.ts";
import { type EventSearch, listLooks, searchEvents, streamEvents } from "./queries.ts";
import { readingAt } from "./rules.ts";

export const auditorRoutes = Router();
/** Under /ca-nhan. */
export const citizenRoutes = Router();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOST_WORDS = 200;

const routeOf = (req: Request): string =>
  `${req.baseUrl}${String((req.route as { path?: unknown } | undefined)?.path ?? "")}`;

/**
 * After a page was sent, notes whose data it showed to an officer or administrator; the page does not wait for it. What
 * could not be noted is logged, never lost in silence.
 */
export const noteReadings =
  (failed: (error: unknown) => void): RequestHandler =>
  (req, res, next) => {
    const { actor } = req.ctx;
    if (req.method === "GET" && (actor.kind === "officer" || actor.kind === "admin"))
      res.once("finish", () => {
        const reading = res.statusCode < 300 ? readingAt(routeOf(req)) : null;
        if (!reading) return;
        const { q } = req.query;
        const words = typeof q === "string" ? q.trim().slice(0, MOST_WORDS) : "";
        if (reading.search && !words) return;
        const { id, fileId } = req.params as Record<string, string | undefined>;
        const thing = reading.thing && id && UUID.test(id) ? { of: reading.thing, id } : null;
        const params = {
          ...(words ? { q: words } : {}),
          ...(fileId ? { file: fileId } : {}),
          ...(!thing && id ? { id: id.slice(0, MOST_WORDS) } : {}),
        };
        recordReading(req.ctx, { kind: reading.kind, thing, params }).catch(failed);
      });
    next();
  };

/** Notes that somebody who is signed in was refused what they have no right to; the refusal is answered as ever. */
export const noteRefusals =
  (failed: (error: unknown) => void): ErrorRequestHandler =>
  (error: unknown, req: Request, _res, next) => {
    const { actor, db } = req.ctx;
    if (error instanceof Refusal && error.status === 403 && actor.kind !== "visitor")
      recordSecurity(
        req.ctx,
        { kind: "access.refused", params: { method: req.method, route: req.path.slice(0, MOST_WORDS) } },
        db,
      ).catch(failed);
    next(error);
  };

type Auditor = Context<Officer | Admin>;

/** The log is its own readers' alone: neither work nor administration opens it. */
function auditorOf(req: Request): Auditor {
  const { actor } = req.ctx;
  if ((actor.kind === "officer" || actor.kind === "admin") && actor.audits) return req.ctx as Auditor;
  throw actor.kind === "visitor" ? notFound() : new Refusal("platform.refused.forbidden", 403);
}

function searchOf(req: Request): { search: EventSearch; before: bigint | null } {
  const { nguoi, hoso, loai, tu, den, truoc } = readQuery(EventQuery, req.query);
  return {
    search: { person: nguoi, dossier: hoso, kind: loai || null, from: tu, to: den },
    before: truoc ? BigInt(truoc) : null,
  };
}

auditorRoutes.get(paths.log, async (req, res) => {
  const ctx = auditorOf(req);
  const { search, before } = searchOf(req);
  const found = await searchEvents(ctx, search, before);
  const { person, dossier, kind } = search;
  await recordSecurity(ctx, { kind: "audit.read", params: { person, dossier, kind } }, ctx.db);
  render(res, "audit/log", logPage(found, search, res.locals.t as Translate));
});

auditorRoutes.get(paths.export, async (req, res) => {
  const ctx = auditorOf(req);
  const { search } = searchOf(req);
  const { person, dossier, kind, from, to } = search;
  await recordSecurity(ctx, { kind: "audit.exported", params: { person, dossier, kind, from, to } }, ctx.db);
  res.attachment("nhat-ky-an-toan.jsonl").type("application/x-ndjson");
  for await (const rows of streamEvents(ctx, search)) {
    if (res.destroyed) return;
    const isTaken = res.write(rows.map(eventLine).join(""));
    if (!isTaken) await new Promise((resume) => res.once("drain", resume).once("close", resume));
  }
  res.end();
});

citizenRoutes.get("/ho-so/:reference/nguoi-da-xem", async (req, res) => {
  const ctx = req.ctx as Context<Citizen>;
  const looks = await listLooks(ctx, req.params.reference);
  if (!looks) throw notFound();
  const directory = await findDirectory(ctx);
  const named = looks.map(({ agencyId, ...look }) => ({
    ...look,
    agency: (agencyId && directory.agencyOf(agencyId)?.name) || null,
  }));
  render(res, "audit/looks", looksPage(req.params.reference, named, res.locals.t as Translate));
});
