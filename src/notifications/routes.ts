import { type Request, type Response, Router } from "express";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { readForm } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findVersion } from "#procedures/index.ts";
import { chooseMail, markAllRead, markRead } from "./actions.ts";
import { MailInput } from "./inputs.ts";
import { destinationOf, mailChoicesPage, noticesPage, type Reading } from "./pages.ts";
import { paths } from "./paths.ts";
import { findMailChoices, findNotice, listNotices } from "./queries.ts";

const readerOf = (req: Request) => req.ctx as Context<Citizen | Officer>;
const translate = (res: Response): Translate => res.locals.t as Translate;

/** The same pages in each territory: everybody reads their own. */
function routesFor(reader: Reading): Router {
  const routes = Router();
  const own = paths[reader];

  routes.get("/thong-bao", async (req, res) => {
    const ctx = readerOf(req);
    const cursor = req.query["truoc"];
    const { rows, ...where } = await listNotices(ctx, typeof cursor === "string" ? cursor : null);
    const loaded = await Promise.all(
      rows.map(async (notice) => ({
        notice,
        loaded: notice.procedureVersionId ? await findVersion(ctx, notice.procedureVersionId) : null,
      })),
    );
    const speech = { t: translate(res), language: ctx.language };
    render(res, "notifications/list", noticesPage({ rows: loaded, ...where }, reader, speech));
  });

  routes.post("/thong-bao/da-doc", async (req, res) => {
    await markAllRead(readerOf(req));
    leaveNotice(req, "success", translate(res)("notifications.list.allRead"));
    redirect(res, own.list);
  });

  routes.get("/thong-bao/cai-dat", async (req, res) => {
    const choices = await findMailChoices(readerOf(req));
    render(res, "notifications/preferences", mailChoicesPage(choices, reader, translate(res)));
  });

  routes.post("/thong-bao/cai-dat", async (req, res) => {
    const input = readForm(MailInput, req);
    if (input.ok) {
      await chooseMail(readerOf(req), input.data.kinds);
      leaveNotice(req, "success", translate(res)("notifications.preferences.saved"));
    }
    redirect(res, own.preferences);
  });

  routes.get("/thong-bao/:id", async (req, res) => {
    const ctx = readerOf(req);
    const notice = await findNotice(ctx, req.params.id);
    await markRead(ctx, notice.id);
    const loaded = notice.procedureVersionId ? await findVersion(ctx, notice.procedureVersionId) : null;
    redirect(res, destinationOf(notice, reader, loaded?.code ?? null));
  });

  routes.post("/thong-bao/:id/da-doc", async (req, res) => {
    await markRead(readerOf(req), req.params.id);
    redirect(res, own.list);
  });

  return routes;
}

/** Under /ca-nhan. */
export const citizenRoutes = routesFor("citizen");
/** Under /mot-cua. */
export const officerRoutes = routesFor("officer");
