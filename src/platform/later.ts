/** The answer that asks to come again: 503 with Retry-After, a page for a person, and nothing typed is lost. */
import type { Request, Response } from "express";
import { readForms } from "./limits.ts";
import { type Page, render } from "./render.ts";

export type LaterPage = Page & {
  text: string;
  /** Where the same is asked again. */
  retry: string | null;
  /** What was sent, to be sent again as it is. */
  resend: { action: string; fields: readonly { name: string; value: string }[] } | null;
};

declare module "./render.ts" {
  interface Views {
    "errors/later": LaterPage;
  }
}

type Later = {
  seconds: number;
  why: "platform.later.crowded" | "platform.later.away";
  /** What was typed, where it may stand on the page. */
  typed: LaterPage["resend"];
};

export function answerLater(req: Request, res: Response, { seconds, why, typed }: Later): void {
  const { t } = res.locals;
  if (!t) throw new Error("answerLater() needs the request's texts");
  res.status(503).set("Retry-After", String(seconds)).set("Cache-Control", "no-store");
  const isRead = req.method === "GET" || req.method === "HEAD";
  render(res, "errors/later", {
    title: t("platform.later.title"),
    text: t(why, { seconds }),
    retry: isRead ? req.originalUrl : null,
    resend: typed,
    ...(isRead ? { refresh: { seconds } } : {}),
  });
}

const WORKPLACES = /^\/(?:ca-nhan|mot-cua|quan-tri)\//;
/** Never repeated on a page. */
const SECRET = /password|secret|otp|one-?time/i;
const MOST_FIELDS = 500;

/**
 * What a simple form brought, for sending it again; null for anything else, and for anything secret. The form may not
 * have been read when the failure came.
 */
export async function typedIn(req: Request, res: Response): Promise<LaterPage["resend"]> {
  if (req.method !== "POST" || !WORKPLACES.test(req.originalUrl)) return null;
  if (req.body === undefined && req.is("application/x-www-form-urlencoded"))
    for (const read of readForms) await new Promise((done) => read(req, res, done));
  const fields = Object.entries((req.body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: String(one) })),
  );
  const isFit = fields.length > 0 && fields.length <= MOST_FIELDS && !fields.some(({ name }) => SECRET.test(name));
  return isFit ? { action: req.originalUrl, fields } : null;
}
