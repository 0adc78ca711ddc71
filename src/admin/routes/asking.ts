import type { Request, RequestHandler, Response } from "express";
import { findDirectory } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import type { Form } from "#platform/form.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { Refusal } from "#platform/refusal.ts";
import type { Names } from "../pages/parts.ts";
import { reachOf } from "../rules.ts";

export const adminOf = (req: Request): Context<Admin> => req.ctx as Context<Admin>;
export const words = (res: Response): Translate => res.locals.t as Translate;
export const sentBy = (req: Request): Readonly<Record<string, unknown>> =>
  (req.body as Record<string, unknown> | undefined) ?? {};
export const param = (req: Request, name: string): string => String(req.params[name] ?? "");

/** Turns back whoever keeps one agency from what is the whole province's (src/admin/rules/reach.ts). */
export const keepWithinReach: RequestHandler = (req, _res, next) => {
  if (adminOf(req).actor.agencyId !== undefined && reachOf(req.path) === "province")
    throw new Refusal("admin.refused.provinceOnly", 403);
  next();
};

export const wrongForm = (values: Readonly<Record<string, unknown>>, name: string, key: MessageKey): Form => ({
  values,
  errors: { [name]: { key } },
});

/** What a history's ids are called. */
export async function namesOf(ctx: Context<Admin>): Promise<Names> {
  const { agencies, agencyOf } = await findDirectory(ctx);
  const units = new Map(agencies.flatMap((agency) => agency.units.map(({ id, name }) => [id, name] as const)));
  return { agency: (id) => agencyOf(id)?.name ?? null, unit: (id) => units.get(id) ?? null };
}
