import type { Request, Response } from "express";
import { now } from "#platform/clock.ts";
import type { Admin, Context, Officer } from "#platform/context.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Live } from "#platform/live.ts";
import { topicOf } from "../actions/day.ts";
import type { Reader } from "../pages/words.ts";
import { findHallState, type HallState } from "../queries.ts";

export const officerOf = (req: Request): Context<Officer> => req.ctx as Context<Officer>;
export const adminOf = (req: Request): Context<Admin> => req.ctx as Context<Admin>;
export const words = (res: Response): Translate => res.locals.t as Translate;
export const readerOf = (req: Request, res: Response): Reader => ({ t: words(res), language: req.ctx.language });

/** Answers with what somebody is shown of a hall, now and whenever it changes. */
export function followHall(req: Request, res: Response, hallId: string, show: (state: HallState) => unknown): void {
  const { db } = req.ctx;
  (req.app.get("live") as Live).follow(res, {
    topic: topicOf(hallId),
    load: () => findHallState({ db, now: now() }, hallId),
    show,
  });
}
