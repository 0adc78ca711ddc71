import type { Admin, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import type { MessageParams, Translate } from "#platform/i18n.ts";
import { remember } from "#platform/memory.ts";
import { Refusal } from "#platform/refusal.ts";
import { filledIn, ownWording, type Wording, type WordingName } from "../rules/wordings.ts";

export type WordingVersion = Wording & {
  kind: string;
  number: number;
  at: Date;
  byName: string | null;
  stands: boolean;
};

const KNOWN_MS = 30_000;
const standing = remember(KNOWN_MS, async ({ db }: Pick<Context, "db">, _all: "all") => {
  const rows = await db.mailTemplate.findMany({ where: { replacedAt: null } });
  return new Map(rows.map((row) => [row.kind, row as Wording]));
});

/** The words of a mail as an administrator left them, else the portal's own. */
export async function findWording(ctx: Pick<Context, "db">, name: WordingName): Promise<Wording> {
  const own = ownWording(name);
  const kept = (await standing.find(ctx, "all")).get(name);
  // A version without words says: the portal's own again.
  return kept && kept.titleVi !== "" ? kept : own;
}

/** Every version of a mail's words, the newest first. */
export const listWordings = ({ db }: Pick<Context, "db">, name: WordingName): Promise<WordingVersion[]> =>
  db.$queryRaw<WordingVersion[]>`
    SELECT m.kind, m.number, m."titleVi", m."textVi", m."titleEn", m."textEn", m.at, a."displayName" AS "byName",
      m."replacedAt" IS NULL AS stands
    FROM mail_templates m LEFT JOIN accounts a ON a.id = m."byId" WHERE m.kind = ${name} ORDER BY m.number DESC LIMIT 50`;

/**
 * Words a mail anew; every version is kept.
 * @param seen the number of the version that was looked at; 0: none
 * @throws Refusal 409 when somebody was faster
 */
export async function wordMail(ctx: Context<Admin>, name: WordingName, seen: number, words: Wording): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`mail ${name}`}))`;
    const last = await tx.mailTemplate.findFirst({
      where: { kind: name },
      orderBy: { number: "desc" },
      select: { number: true },
    });
    if ((last?.number ?? 0) !== seen) throw new Refusal("authoring.mails.changedMeanwhile");
    await tx.mailTemplate.updateMany({ where: { kind: name, replacedAt: null }, data: { replacedAt: ctx.now } });
    const { titleVi, textVi, titleEn, textEn } = words;
    const row = { titleVi, textVi, titleEn, textEn, at: ctx.now, byId: ctx.actor.accountId };
    await tx.mailTemplate.create({ data: { kind: name, number: seen + 1, ...row } });
  });
  standing.forget(ctx);
}

const NOTICE = /^notifications\.notice\.(\w+)\.(title|text)$/;

/** A translator that says notices in the words that administrators left, everything else as it is. */
export async function wordsForMails(ctx: Pick<Context, "db">, t: Translate, language: "vi" | "en"): Promise<Translate> {
  const kept = await standing.find(ctx, "all");
  if (kept.size === 0) return t;
  return (key, params?: MessageParams) => {
    const [, name = "", part = ""] = NOTICE.exec(key) ?? [];
    const words = kept.get(name);
    if (!words || words.titleVi === "") return t(key, params);
    const [title, text] = language === "vi" ? [words.titleVi, words.textVi] : [words.titleEn, words.textEn];
    return filledIn(part === "title" ? title : text, params ?? {});
  };
}
