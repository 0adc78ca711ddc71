import type { Request, Response } from "express";
import type { Admin, Context } from "#platform/context.ts";
import type { Translate } from "#platform/i18n.ts";
import { type Changed, changeManuscript, type Did } from "../actions.ts";
import { findManuscript, type Manuscript } from "../queries.ts";
import type { Sketch } from "../rules.ts";

export type Sent = Readonly<Record<string, unknown>>;

export const adminOf = (req: Request): Context<Admin> => req.ctx as Context<Admin>;
export const words = (res: Response): Translate => res.locals.t as Translate;
export const sentBy = (req: Request): Sent => (req.body as Sent | undefined) ?? {};
export const textIn = (sent: Sent, name: string): string => (typeof sent[name] === "string" ? sent[name] : "");
/** The version that a form was opened with; what is no number fits no version. */
export const seenIn = (sent: Sent): number => (/^\d{1,9}$/.test(textIn(sent, "seen")) ? Number(sent["seen"]) : -1);
export const param = (req: Request, name: string): string => String(req.params[name] ?? "");

/** The manuscript that the address names. @throws Refusal 404 */
export const openManuscript = (req: Request): Promise<Manuscript> => findManuscript(adminOf(req), param(req, "id"));

/** One change of the manuscript that the address names, made from the state that the sent form was opened with. */
export const step = (req: Request, what: Did, edit: (sketch: Sketch) => Sketch): Promise<Changed> =>
  changeManuscript(adminOf(req), { id: param(req, "id"), seen: seenIn(sentBy(req)) }, what, edit);
