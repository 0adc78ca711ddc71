import type { CookieOptions, Response } from "express";

/**
 * A browser that many people use one after the other: set up by an officer, known by a cookie that only makes things
 * stricter. Nothing is kept on it, and whoever stops using it is forgotten.
 */
const nameOf = (isSecure: boolean): string => (isSecure ? "__Host-may-chung" : "may-chung");
const YEAR_MS = 365 * 86_400_000;

/** Which hall's machine this browser is, by the hall's word; null for everybody's own. @param cookies the whole Cookie header */
export const kioskIn = (cookies: string | undefined): string | null =>
  /(?:^|;\s*)(?:__Host-)?may-chung=([a-z0-9-]{1,60})(?:;|$)/.exec(cookies ?? "")?.[1] ?? null;

const options = (isSecure: boolean): CookieOptions => ({
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  secure: isSecure,
});

export const setKiosk = (res: Response, slug: string, isSecure: boolean): void =>
  void res.cookie(nameOf(isSecure), slug, { ...options(isSecure), maxAge: YEAR_MS });
export const clearKiosk = (res: Response, isSecure: boolean): void =>
  void res.clearCookie(nameOf(isSecure), options(isSecure));

/** Without anything done for so long, a person is taken to have left; before that they are warned. In seconds. */
export const KIOSK_IDLE = 60;
export const KIOSK_WARNING = 40;
/** The server's own limit, should the page not have said that its reader left. */
export const KIOSK_SILENT_MS = 180_000;

/** The bar on top of every page of a shared machine. */
export type KioskBar = {
  text: string;
  home: { text: string; href: string };
  end: { text: string; action: string };
  alive: string;
  idle: string;
  warnAfter: string;
  warning: { title: string; text: string; stay: string };
};
