import type { Request, Response } from "express";
import { findCalendar } from "#calendar/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Words } from "../pages/words.ts";

/** The officer's context: the territory let nobody else in. */
export const officerOf = (req: Request): Context<Officer> => req.ctx as Context<Officer>;

export function translate(res: Response): Translate {
  const { t } = res.locals;
  if (!t) throw new Error("an officer's page needs the request's texts");
  return t;
}

export const wordsOf = async (req: Request, res: Response): Promise<Words> => ({
  t: translate(res),
  now: req.ctx.now,
  calendar: await findCalendar(req.ctx),
});
