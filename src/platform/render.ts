import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import ejs from "ejs";
import type { Request, Response } from "express";
import type { NotificationBanner } from "./components.ts";
import { type Language, languageOf, type Translate } from "./i18n.ts";
import type { KioskBar } from "./kiosk.ts";
import type { Look, LookSwitch } from "./looks.ts";
import { isVietnamese, withLanguages } from "./speech.ts";

/** Every template under views/ and the data it takes; rooms extend it from their pages.ts. */
export interface Views {
  "errors/refused": ErrorPage;
  "errors/bug": ErrorPage;
  "errors/offline": Page;
}
/** `retry`: where the same may be asked again. */
export type ErrorPage = Page & { text: string; requestId?: string; retry?: string };

/** What every whole page says of itself to its layout. */
export type Page = {
  title: string;
  /** The layout marks the page as erroneous in its <title>. */
  hasErrors?: boolean;
  /** Where the "back" link leads; none when absent. */
  back?: { href: string; text?: string };
  /** `wide`: for tables and two columns; `bleed`: bands as wide as the window, as on the home page. */
  width?: "wide" | "bleed";
  /** Where no scripts run, the page is asked for again after so many seconds, or another instead. */
  refresh?: { seconds: number; to?: string };
};

export type Include = <V extends keyof Views>(view: V, it: Views[V]) => string;
type Template = (it: unknown, t: Translate) => string;

/** What a layout takes beside the page: made once per request by the app. */
/** `after`: seconds without a sign of anybody; `who`: whose page it is, so that pages of one browser agree. */
export type IdleCover = {
  after: string;
  who: string;
  title: string;
  text: string;
  link: { text: string; href: string };
};

export type Shell = {
  language: Language;
  path: string;
  /** `count`: what waits there unread. */
  nav: readonly { href: string; text: string; current: boolean; count?: string | null }[];
  /** `agency`: where an officer works, shown beside the name. */
  person: { name: string; href: string; agency?: string | null } | null;
  layout: "layouts/public" | "layouts/desk" | "layouts/hall";
  notice: { kind: "success" | "info"; text: string } | null;
  province: string;
  /** Whose portal it is, where that is not the province's committee. */
  agency?: string | null;
  hotline: string | null;
  look?: Look & { switches: readonly LookSwitch[] };
  /** This page in the other language; no switch when absent. */
  otherLanguage?: { language: Language; href: string } | null;
  /** Planned outages, on top of every page while they are announced. */
  outages?: readonly NotificationBanner[];
  /** At a machine that many people use one after the other. */
  kiosk?: KioskBar | null;
  /** What covers the page of an officer or administrator who has left. */
  idle?: IdleCover | null;
  /** The desk's own search, in its header. */
  search?: { action: string; name: string; value: string } | null;
};

declare global {
  namespace Express {
    interface Locals {
      shell?: Shell;
      t?: Translate;
    }
  }
}

export type Renderer = {
  /** The HTML of one template without layout: parts, mails, tests. */
  part<V extends keyof Views>(view: V, it: Views[V], t: Translate): string;
  page<V extends keyof Views>(view: V, it: Views[V] & Page, shell: Shell, t: Translate): string;
};

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const escapeHtml = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  const text = String(value);
  // Most words of a page hold nothing to escape.
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c) : text;
};

/** On a Vietnamese page nothing needs to be said. */
const sameLanguage = (): string => "";
const langOf = (value: unknown): string => (typeof value === "string" && isVietnamese(value) ? ' lang="vi"' : "");

type Compiled = (
  it: unknown,
  t: Translate,
  include: (view: string, it: unknown) => string,
  escapeFn: typeof escapeHtml,
  langOf: (value: unknown) => string,
) => string;
type EjsTemplate = new (text: string, options: object) => { source: string; generateSource(): void };

/**
 * One template as a function of exactly what templates may use. EJS only writes the source: its own compile() would
 * copy the data at every include and look included files up on disk.
 */
function compileTemplate(name: string, text: string): Compiled {
  const Template = (ejs as unknown as { Template: EjsTemplate }).Template;
  const written = new Template(withLanguages(text), { strict: true, _with: false, compileDebug: true });
  written.generateSource();
  // Indentation is for who reads the template; a page without it is a third smaller on the way to an old phone.
  const source = written.source.replace(/__append\("(?:[^"\\]|\\.)*"\)/g, (append) =>
    append.replace(/[ \t]*(?:\\n[ \t]*)+/g, "\\n"),
  );
  const body = `"use strict"; let __line = 1, __output = "";
const __append = (text) => { if (text !== undefined && text !== null) __output += text; };
try { ${source}
  return __output;
} catch (error) {
  if (error instanceof Error && !error.message.startsWith("views/")) error.message = ${JSON.stringify(`views/${name}.ejs:`)} + __line + ": " + error.message;
  throw error;
}`;
  return new Function("it", "t", "include", "escapeFn", "langOf", body) as Compiled;
}

/**
 * Compiles every template under `root` once, as plain functions of (it, t): no `with`, no file lookups in a request.
 * @param assets logical name -> address of the built asset, for layouts
 */
export function createRenderer(root: string, assets: Readonly<Record<string, string>>): Renderer {
  const templates = new Map<string, Template>();
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ejs")) continue;
    const name = relative(root, join(root, file)).replaceAll("\\", "/").slice(0, -4);
    const compiled = compileTemplate(name, readFileSync(join(root, file), "utf8"));
    templates.set(name, (it, t) =>
      compiled(
        it,
        t,
        (view, data) => template(view)(data, t),
        escapeHtml,
        languageOf(t) === "vi" ? sameLanguage : langOf,
      ),
    );
  }
  const template = (name: string): Template => {
    const found = templates.get(name);
    if (!found) throw new Error(`views/${name}.ejs does not exist`);
    return found;
  };
  return {
    part: (view, it, t) => template(view)(it, t),
    page: (view, it, shell, t) => template(shell.layout)({ body: template(view)(it, t), page: it, shell, assets }, t),
  };
}

/** What views/layouts/*.ejs take. */
export type LayoutPage = { body: string; page: Page; shell: Shell; assets: Readonly<Record<string, string>> };
declare module "#platform/render.ts" {
  interface Views {
    "layouts/public": LayoutPage;
    "layouts/desk": LayoutPage;
    "layouts/hall": LayoutPage;
    "layouts/kiosk": KioskBar;
    "layouts/idle": IdleCover;
  }
}

/** Answers with a whole page in the layout of the territory. */
export function render<V extends keyof Views>(res: Response, view: V, page: Views[V] & Page): void {
  const renderer = res.app.get("renderer") as Renderer;
  const { shell, t } = res.locals;
  if (!shell || !t) throw new Error("render() needs the request's shell");
  sendHtml(res, renderer.page(view, page, shell, t));
}

/** One part of a page in the reader's language, to be put into a page that is open already. */
export function renderPart<V extends keyof Views>(res: Response, view: V, it: Views[V]): string {
  const { t } = res.locals;
  if (!t) throw new Error("renderPart() needs the request's texts");
  return (res.app.get("renderer") as Renderer).part(view, it, t);
}

/** Shows this answer in the layout of a hall's screens and machines. */
export function useHallLayout(res: Response): void {
  const { shell } = res.locals;
  if (shell) res.locals.shell = { ...shell, layout: "layouts/hall" };
}

const WORTH_COMPRESSING = 1024;

/** A page is small and whole: compressing it in one go costs a tenth of what a stream does. */
function sendHtml(res: Response, html: string): void {
  res.type("html").vary("Accept-Encoding");
  if (html.length < WORTH_COMPRESSING || !/\bgzip\b/.test(String(res.req.headers["accept-encoding"] ?? ""))) {
    res.send(html);
    return;
  }
  res.set("Content-Encoding", "gzip").send(gzipSync(html, { level: 1 }));
}

/**
 * After a change: the browser asks for the next page anew (303). What the session carries to that page is stored first:
 * express-session lets the answer go while it is still storing, and a quick browser would find neither message nor text.
 */
export function redirect(res: Response, path: string): void {
  const { session } = res.req as { session?: Request["session"] };
  if (!session?.notice && !session?.typed) return void res.redirect(303, path);
  session.save((error) => (error ? res.req.next?.(error) : res.redirect(303, path)));
}
