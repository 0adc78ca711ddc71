/** Machines that many people use one after the other. */
import { type Request, type RequestHandler, Router } from "express";
import { signOut } from "#accounts/index.ts";
import { KIOSK_SILENT_MS, kioskIn } from "#platform/kiosk.ts";
import { render, useHallLayout } from "#platform/render.ts";
import { selfServicePage } from "../pages.ts";
import { paths } from "../paths.ts";
import { findHall, findHallState } from "../queries.ts";
import { readerOf } from "./speech.ts";

declare module "express-session" {
  interface SessionData {
    /** When somebody last did something at a shared machine, in ms. */
    sharedAt?: number;
  }
}

export const selfServiceRoutes = Router();

selfServiceRoutes.get("/xep-hang/:hall/may-tu-phuc-vu", async (req, res) => {
  const { id } = await findHall(req.ctx, req.params.hall);
  const { slug, name } = await findHallState(req.ctx, id);
  useHallLayout(res);
  const isShared = kioskIn(req.headers.cookie) !== null;
  const isEnded = req.query["xong"] === "1";
  const isSignedIn = req.ctx.actor.kind === "citizen";
  const page = selfServicePage({ slug, name }, { isShared, isSignedIn, isEnded }, readerOf(req as Request, res));
  render(res, "queue/self-service", page);
});

/** Forgets whoever used the machine: their session, and what their browser kept of it. */
const forget: RequestHandler = async (req, res) => {
  const slug = kioskIn(req.headers.cookie);
  if (slug === null) return res.redirect(303, "/");
  if (req.user) await signOut(req);
  await new Promise<void>((resolve, reject) => req.session.destroy((error) => (error ? reject(error) : resolve())));
  res.set("Clear-Site-Data", '"cache", "storage"');
  res.redirect(303, `${paths.selfService(slug)}?xong=1`);
};
selfServiceRoutes.post(paths.endUse, forget);

/** Somebody is typing: what the server thinks of as silence ends. */
selfServiceRoutes.post(paths.stillHere, (_req, res) => void res.status(204).end());

/** At a shared machine nobody stays signed in whose page fell silent; at everybody's own, nothing happens. */
export const watchSharedMachine: RequestHandler = async (req, res, next) => {
  if (kioskIn(req.headers.cookie) !== null && req.user) {
    const at = req.ctx.now.getTime();
    const { sharedAt = at } = req.session;
    if (at - sharedAt > KIOSK_SILENT_MS) {
      await forget(req, res, next);
      return;
    }
    req.session.sharedAt = at;
  }
  next();
};
