/** The life of a request, top to bottom. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from "express";
import type pg from "pg";
import { ownerOfSession, readSignedIn } from "#accounts/index.ts";
import { paths as accountPaths } from "#accounts/paths.ts";
import { DEFAULT_POLICY, type IdentityProvider } from "#accounts/rules.ts";
import { paths as auditPaths } from "#audit/paths.ts";
import { listOutages, outageBanners } from "#content/index.ts";
import { readAssets } from "#platform/assets.ts";
import { isAway } from "#platform/away.ts";
import { now } from "#platform/clock.ts";
import type { Surroundings } from "#platform/context.ts";
import { type Crowd, turnAway } from "#platform/crowd.ts";
import { requireKind } from "#platform/guards.ts";
import { keepErrorPrivate, keepPagesPrivate, securityHeaders, sharePages } from "#platform/headers.ts";
import { healthRoutes } from "#platform/health.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import { installRoutes } from "#platform/install.ts";
import { KIOSK_IDLE, KIOSK_WARNING, kioskIn } from "#platform/kiosk.ts";
import { answerLater, typedIn } from "#platform/later.ts";
import { addressOf, limitUploads, readForms, refuseForeignOrigins, refuseOddAddresses } from "#platform/limits.ts";
import { createLive } from "#platform/live.ts";
import { type Log, logRequests } from "#platform/log.ts";
import { lookIn, lookSwitches } from "#platform/looks.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { createRenderer, type IdleCover, render, type Shell } from "#platform/render.ts";
import { root } from "#platform/root.ts";
import type { Sandboxes } from "#platform/sandboxes.ts";
import { createSeal } from "#platform/seal.ts";
import { sessions, TERMS, takeNotice } from "#platform/session.ts";
import type { Watch } from "#platform/watch.ts";
import { paths as queuePaths } from "#queue/paths.ts";
import * as access from "./access/routes.ts";
import * as accounts from "./accounts/routes.ts";
import * as admin from "./admin/routes.ts";
import * as appointments from "./appointments/routes.ts";
import * as audit from "./audit/routes.ts";
import * as authoring from "./authoring/routes.ts";
import * as calendar from "./calendar/routes.ts";
import * as cash from "./cash/routes.ts";
import * as companies from "./companies/routes.ts";
import type { Config } from "./config.ts";
import * as content from "./content/routes.ts";
import * as desk from "./desk/routes.ts";
import * as digitising from "./digitising/routes.ts";
import * as documents from "./documents/routes.ts";
import * as filing from "./filing/routes.ts";
import * as home from "./home/routes.ts";
import * as notifications from "./notifications/routes.ts";
import * as organizations from "./organizations/routes.ts";
import * as privacy from "./privacy/routes.ts";
import * as procedures from "./procedures/routes.ts";
import * as queue from "./queue/routes.ts";
import * as ratings from "./ratings/routes.ts";
import { createTexts } from "./texts.ts";
import * as tracking from "./tracking/routes.ts";

export type AppParts = Surroundings & {
  config: Pick<Config, "env" | "hotline" | "trustProxy" | "rateLimits"> &
    Partial<Pick<Config, "agency" | "emblem" | "signIn" | "terms" | "sms" | "mail" | "securityContact">>;
  /** Who proves electronic identities; absent: nobody. */
  identityProvider?: IdentityProvider | null;
  /** Name of the province, as it stands behind "Cổng dịch vụ công". */
  province: string;
  /** For sessions, limits and readiness. */
  pool: pg.Pool;
  sessionSecret: string;
  log: Log;
  /** Told of requests and their queries; without it nothing is measured. */
  watch?: Watch | undefined;
  /** Where administrators try a procedure before it is published. */
  sandboxes: Sandboxes;
  /** Absent: nobody is ever turned away. */
  crowd?: Crowd;
};

const texts = createTexts();

export function createApp({
  config,
  province,
  pool,
  sessionSecret,
  log,
  watch,
  db,
  files,
  publicUrl,
  scanner,
  sandboxes,
  identityProvider = null,
  crowd = { isTooLarge: false },
}: AppParts): Express {
  const app = express();
  const isSecure = publicUrl.startsWith("https:");
  const assets = readAssets(join(root, "dist/public"), config.emblem ?? null);
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.set("trust proxy", config.trustProxy ? 1 : false);
  app.set("renderer", createRenderer(join(root, "views"), assets.manifest));
  app.set("limitPool", config.rateLimits ? pool : null);
  app.set("signInPolicy", config.signIn ?? DEFAULT_POLICY);
  app.set("sessionTerms", config.terms ?? TERMS);
  app.set("factorSeal", createSeal(sessionSecret, "second factors"));
  app.set("identityProvider", identityProvider);
  app.set("sms", config.sms === "console");
  app.set("mail", Boolean(config.mail));
  app.set(
    "live",
    createLive(pool, (error) => log.error({ err: error }, "live")),
  );
  app.set("sandboxes", sandboxes);

  app.use(
    beginRequest({ db, files, publicUrl, ...(scanner ? { scanner } : {}) }),
    dress({ province, agency: config.agency ?? null, hotline: config.hotline }),
    logRequests(log, watch),
    securityHeaders(isSecure, identityProvider ? [identityProvider.origin] : []),
  );
  app.use(
    assets.serve,
    healthRoutes(pool, join(root, "prisma/migrations")),
    installRoutes(assets.manifest, config.securityContact ?? null),
  );

  app.use(turnAway(crowd), refuseOddAddresses, refuseForeignOrigins(publicUrl));
  const storeFailed = (error: unknown) => log.error({ err: error }, "session store");
  app.use(sessions(pool, sessionSecret, isSecure, storeFailed, ownerOfSession, isOwnAsking));
  const notNoted = (error: unknown) => log.error({ err: error }, "an event of security could not be noted");
  app.use(
    readSignedIn,
    recognise,
    audit.noteReadings(notNoted),
    readOutages,
    keepPagesPrivate,
    queue.watchSharedMachine,
    ...readForms,
    accounts.firstThingsFirst,
    accounts.proveBeforeDeciding,
    limitUploads,
    authoring.enterTrial,
  );

  const territory = (kind: "citizen" | "officer" | "admin", ...routers: Router[]): void => {
    const keep = kind === "citizen" ? [] : [accounts.keepForOwner(kind)];
    app.use(accountPaths.home[kind], ...keep, requireKind(kind, accountPaths.signInFor), ...routers);
  };
  // Before the public's many addresses, since officers wait for these all day.
  territory(
    "officer",
    desk.officerRoutes,
    companies.officerRoutes,
    cash.officerRoutes,
    digitising.officerRoutes,
    documents.officerRoutes,
    notifications.officerRoutes,
    queue.officerRoutes,
    appointments.officerRoutes,
    ratings.officerRoutes,
  );
  app.use(sharePages, home.publicRoutes, procedures.publicRoutes, content.publicRoutes);
  app.use(
    keepPagesPrivate,
    accounts.publicRoutes,
    documents.publicRoutes,
    tracking.publicRoutes,
    organizations.publicRoutes,
    filing.publicRoutes,
    queue.publicRoutes,
    appointments.publicRoutes,
    audit.auditorRoutes,
  );
  territory(
    "citizen",
    accounts.citizenRoutes,
    appointments.citizenRoutes,
    audit.citizenRoutes,
    companies.citizenRoutes,
    documents.citizenRoutes,
    filing.citizenRoutes,
    privacy.citizenRoutes,
    notifications.citizenRoutes,
    ratings.citizenRoutes,
  );
  territory(
    "admin",
    admin.adminRoutes,
    access.adminRoutes,
    calendar.adminRoutes,
    documents.adminRoutes,
    content.adminRoutes,
    privacy.adminRoutes,
    procedures.adminRoutes,
    authoring.adminRoutes,
    queue.adminRoutes,
    desk.adminRoutes,
  );

  if (config.env !== "production") app.use("/dev", showGallery);

  app.use(() => {
    throw notFound();
  });
  app.use(audit.noteRefusals(notNoted), answerErrors(log));
  return app;
}

const languageOf = (req: Request): Language | null =>
  (/(?:^|;\s*)(?:__Host-)?lang=(vi|en)(?:;|$)/.exec(req.headers.cookie ?? "")?.[1] as Language | undefined) ?? null;

/** Loaded when it is first looked at: production has no part in it. */
const showGallery: RequestHandler = async (req, res, next) => {
  const { galleryRoutes } = await import("#dev/gallery.ts");
  req.url = `/dev${req.url === "/" ? "" : req.url}`;
  galleryRoutes(req, res, next);
};

/** Until the session is read, everybody is a visitor: an error on the way there still finds a page and its words. */
const beginRequest =
  (surroundings: Surroundings): RequestHandler =>
  (req, res, next) => {
    const requestId = randomUUID();
    res.locals.requestId = requestId;
    res.set("X-Request-Id", requestId);
    req.ctx = {
      ...surroundings,
      actor: { kind: "visitor" },
      now: now(),
      requestId,
      language: languageOf(req) ?? "vi",
      from: { address: addressOf(req), device: req.headers["user-agent"] ?? "" },
    };
    next();
  };

const recognise: RequestHandler = (req, _res, next) => {
  if (req.user) {
    req.ctx.actor = req.user.actor;
    req.ctx.language = languageOf(req) ?? req.user.language;
  }
  next();
};

/** Planned outages stand on every page. That they could not be read must not take a page away that could be shown. */
const readOutages: RequestHandler = async (req, res, next) => {
  res.locals.outages = await listOutages(req.ctx).catch(() => []);
  next();
};

/** What a page asks again and again by itself: nobody need sit there. */
const isOwnAsking = (req: Request): boolean => /^\/mot-cua\/ho-so\/[^/]+\/co-mat$/.test(req.path);

/** Beyond it the exact number of unread notices says nothing more. */
const MOST_COUNTED = 99;

/** The words and the frame of pages, made only when a page is shown. */
const dress =
  (portal: Pick<Shell, "province" | "agency" | "hotline">): RequestHandler =>
  (req, res, next) => {
    let shell: Shell | undefined;
    Object.defineProperties(res.locals, {
      t: { get: () => texts[req.ctx.language] },
      shell: {
        get: () => {
          shell ??= shellOf(req, portal);
          shell.outages ??= [
            ...(res.locals.trial ? [res.locals.trial.banner] : []),
            ...outageBanners(res.locals.outages ?? [], req.ctx.now, shell.language, texts[shell.language]),
          ];
          return shell;
        },
        set: (other: Shell) => {
          shell = other;
        },
      },
    });
    next();
  };

function shellOf(req: Request, portal: Pick<Shell, "province" | "agency" | "hotline">): Shell {
  const { actor, language } = req.ctx;
  const t = texts[language];
  const path = req.originalUrl.split("?")[0] ?? "/";
  const item = (href: string, text: string) => ({
    href,
    text,
    current: href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`),
  });
  const isDesk =
    (actor.kind === "officer" || actor.kind === "admin") &&
    /^\/(mot-cua|quan-tri|mat-khau|nhat-ky-an-toan|bao-mat)(\/|$)/.test(path);
  const unread = req.user?.unread ?? 0;
  const notices = (href: string) => ({
    ...item(href, t("accounts.nav.notices")),
    count: unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread > 0 ? String(unread) : null,
  });
  const forPublic = () => [
    item("/", t("accounts.nav.home")),
    item("/thu-tuc", t("accounts.nav.procedures")),
    item("/tra-cuu", t("accounts.nav.track")),
  ];
  const nav = {
    visitor: forPublic,
    citizen: () => [
      ...forPublic(),
      {
        ...item("/ca-nhan", t("accounts.nav.myDossiers")),
        current: /^\/ca-nhan(?!\/(?:thong-bao|lich-hen))(\/|$)/.test(path),
      },
      item("/ca-nhan/lich-hen", t("appointments.nav")),
      notices("/ca-nhan/thong-bao"),
    ],
    officer: () => [
      { ...item("/mot-cua", t("accounts.nav.work")), current: /^\/mot-cua(\/ho-so(\/|$)|$)/.test(path) },
      item("/mot-cua/tiep-nhan", t("accounts.nav.counter")),
      item("/mot-cua/quay", t("queue.panel.nav")),
      item("/mot-cua/lich-hen", t("appointments.nav")),
      item("/mot-cua/so-theo-doi", t("documents.register.nav")),
      item("/mot-cua/ket-qua-xu-ly", t("desk.life.performance.link")),
      item("/mot-cua/danh-gia", t("ratings.figures.nav")),
      notices("/mot-cua/thong-bao"),
      item("/thu-tuc", t("accounts.nav.procedures")),
    ],
    admin: () => [item("/quan-tri", t("accounts.nav.admin")), item("/thu-tuc", t("accounts.nav.procedures"))],
    system: forPublic,
  }[actor.kind]();
  const isAuditor = (actor.kind === "officer" || actor.kind === "admin") && actor.audits;
  const auditing = isAuditor ? [item(auditPaths.log, t("audit.log.nav"))] : [];
  const look = lookIn(req.headers.cookie);
  const machine = kioskIn(req.headers.cookie);
  const other: Language = language === "vi" ? "en" : "vi";
  const person = req.user
    ? {
        name: req.user.actor.name,
        href: actor.kind === "citizen" ? accountPaths.profile : accountPaths.security,
        agency: req.user.agencyName,
      }
    : null;
  return {
    language,
    path,
    nav: [...nav, ...auditing],
    person,
    layout: isDesk ? "layouts/desk" : "layouts/public",
    notice: takeNotice(req),
    ...portal,
    ...(req.res?.locals.trial ? { province: `${portal.province} – ${req.res.locals.trial.mark}` } : {}),
    look: { ...look, switches: lookSwitches(look, accountPaths.look, t) },
    kiosk: machine === null ? null : kioskBar(machine, t),
    idle: isDesk ? idleCover(req, t) : null,
    otherLanguage: { language: other, href: accountPaths.language(other) },
    search: isDesk && actor.kind === "officer" ? deskSearch(req, path) : null,
  };
}

/** So long before the server locks it, the page of somebody who has left is covered, ms. */
const COVER_BEFORE = 30_000;

/** Citizens leave their own machines; officers and administrators see what is others'. */
function idleCover({ ctx: { actor }, session: { idleMs }, originalUrl }: Request, t: Translate): IdleCover | null {
  if ((actor.kind !== "officer" && actor.kind !== "admin") || !idleMs) return null;
  return {
    after: String(Math.max(1, Math.round((idleMs - COVER_BEFORE) / 1000))),
    who: actor.accountId,
    title: t("platform.idle.title"),
    text: t("platform.idle.text"),
    link: { text: t("platform.idle.signIn"), href: accountPaths.signInFor(originalUrl) },
  };
}

/** What stands on top of every page of a machine that many people use one after the other. */
const kioskBar = (slug: string, t: Translate): NonNullable<Shell["kiosk"]> => ({
  text: t("queue.selfService.bar"),
  home: { text: t("queue.selfService.title"), href: queuePaths.selfService(slug) },
  end: { text: t("queue.selfService.end"), action: queuePaths.endUse },
  alive: queuePaths.stillHere,
  idle: String(KIOSK_IDLE),
  warnAfter: String(KIOSK_WARNING),
  warning: {
    title: t("queue.selfService.warning"),
    text: t("queue.selfService.warningText", { seconds: KIOSK_IDLE - KIOSK_WARNING }),
    stay: t("queue.selfService.stay"),
  },
});

/** An officer finds a dossier from every page of the desk. */
function deskSearch(req: Request, path: string): NonNullable<Shell["search"]> {
  const { q } = req.query;
  const home = accountPaths.home.officer;
  return { action: home, name: "q", value: path === home && typeof q === "string" ? q : "" };
}

/** What a failed request is, in words for a person: a refusal, something unreadable, or a bug. */
function refusalIn(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  const { status, type, name } = (error ?? {}) as { status?: unknown; type?: unknown; name?: unknown };
  if (status === 413 || type === "entity.too.large" || type === "parameters.too.many")
    return new Refusal("platform.refused.bodyTooLarge", 413);
  if (
    name === "MulterError" ||
    error instanceof URIError ||
    (typeof status === "number" && status >= 400 && status < 500)
  )
    return new Refusal("platform.refused.badRequest", 400);
  return null;
}

/** The page of the portal that somebody came from, as their browser says; null where it does not, or from elsewhere. */
function wayBack(req: Request): { href: string } | null {
  const from = URL.canParse(req.get("referer") ?? "") ? new URL(req.get("referer") ?? "") : null;
  if (from?.host !== req.get("host")) return null;
  const href = `${from?.pathname}${from?.search}`;
  return req.method === "GET" && href === req.originalUrl ? null : { href };
}

/** What no page of ours sends: unreadable, too large, too often, from elsewhere, or without the right. */
const ODD = new Set([400, 403, 413, 415, 429]);

/** How long somebody is asked to wait for what the portal leans on. */
const AWAY_SECONDS = 15;

const answerErrors =
  (log: Log): ErrorRequestHandler =>
  async (error: unknown, req: Request, res: Response, _next) => {
    const refusal = refusalIn(error);
    const { requestId } = res.locals;
    if (!refusal) log.error({ err: error, requestId }, "bug");
    else if (ODD.has(refusal.status))
      log.warn({ requestId, status: refusal.status, reason: refusal.reason }, "refused");
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (!refusal && isAway(error)) {
      answerLater(req, res, { seconds: AWAY_SECONDS, why: "platform.later.away", typed: await typedIn(req, res) });
      return;
    }
    const t = texts[req.ctx.language];
    keepErrorPrivate(res);
    const back = wayBack(req);
    if (refusal) {
      const seconds = Number(refusal.params["seconds"] ?? 60);
      if (refusal.status === 429) res.set("Retry-After", String(seconds));
      const title = t(refusal.status === 404 ? "platform.errors.notFoundTitle" : "platform.errors.title");
      const text = t(refusal.reason, { ...refusal.params, minutes: Math.ceil(seconds / 60) });
      render(res.status(refusal.status), "errors/refused", { title, text, ...(back ? { back } : {}) });
      return;
    }
    render(res.status(500), "errors/bug", {
      title: t("platform.errors.bugTitle"),
      text: t("platform.errors.bugText"),
      requestId,
      ...(back ? { back } : {}),
      ...(req.method === "GET" ? { retry: req.originalUrl } : {}),
    });
  };
