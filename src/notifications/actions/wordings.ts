import { filledIn, findWordings } from "#lists/index.ts";
import type { Context } from "#platform/context.ts";
import type { MessageParams, Translate } from "#platform/i18n.ts";
import { mailKind } from "../rules/wordings.ts";

const NOTICE = /^notifications\.notice\.(\w+)\.(title|text)$/;

/** A translator that says notices in the words that administrators left, everything else as it is. */
export async function wordsForMails(ctx: Pick<Context, "db">, t: Translate, language: "vi" | "en"): Promise<Translate> {
  const kept = await findWordings(ctx);
  if (kept.size === 0) return t;
  return (key, params?: MessageParams) => {
    const [, name = "", part = ""] = NOTICE.exec(key) ?? [];
    const text = kept.get(mailKind(name))?.[`${part}${language === "vi" ? "Vi" : "En"}`];
    return text ? filledIn(text, params ?? {}) : t(key, params);
  };
}
