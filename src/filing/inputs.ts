import { z } from "zod";
import { isWellFormedCode, readCode } from "#platform/codes.ts";
import type { MessageKey } from "#platform/i18n.ts";

const say = (key: MessageKey): MessageKey => key;
/** One typed line; a field that is absent or sent twice is as if it were empty. */
const line = z.preprocess((value) => (typeof value === "string" ? value.trim() : ""), z.string());

/** The code and the one-time code of a receipt. Codes are compared as stored: upper case, no spaces. */
export const LinkInput = z.object({
  code: line
    .pipe(z.string().min(1, say("filing.link.codeMissing")).max(60, say("dossiers.refused.wrongLinkCode")))
    .transform((code) => code.normalize("NFKC").toUpperCase().replace(/\s+/gu, "")),
  linkCode: line.pipe(
    z.string().min(1, say("filing.link.linkCodeMissing")).max(60, say("dossiers.refused.wrongLinkCode")),
  ),
});

/** Where to file, and in which case, among those offered; what there is only one of is not asked. */
export const startInput = (agencies: readonly string[], cases: readonly string[]) =>
  z.object({ agency: z.unknown().optional(), case: z.unknown().optional() }).transform((sent, refuse) => {
    const refuseAt = (path: string, key: MessageKey): never => {
      refuse.addIssue({ code: "custom", path: [path], message: key });
      return z.NEVER;
    };
    const agency = agencies.length === 1 ? agencies[0] : agencies.find((id) => id === sent.agency);
    const chosen = cases.find((id) => id === sent.case);
    return {
      agency: agency ?? refuseAt("agency", "filing.start.chooseAgency"),
      case: cases.length === 0 ? null : (chosen ?? refuseAt("case", "filing.start.chooseCase")),
    };
  });

/** A reference as somebody may write it, as it is stored; null for what cannot be one. */
export const referenceIn = (typed: unknown): string | null => {
  if (typeof typed !== "string" || typed.length > 60) return null;
  const reference = readCode(typed);
  return isWellFormedCode(reference) ? reference : null;
};

const MOST_REASON = 2000;
// Lone surrogates and NUL cannot be stored; the rest cannot be seen and may deceive a reader.
const UNFIT = /(?![\t\n\r])\p{Cc}|[\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Why somebody takes a dossier back: the agency is owed a word. */
export const WithdrawInput = z.object({
  reason: line.transform((typed, refuse) => {
    const reason = typed.replace(UNFIT, "").normalize("NFC").replace(/\r\n?/g, "\n").trim();
    if (reason === "") refuse.addIssue({ code: "custom", message: say("filing.moves.withdraw.missing") });
    if (reason.length > MOST_REASON)
      refuse.addIssue({
        code: "custom",
        message: say("filing.moves.withdraw.long"),
        params: { max: MOST_REASON },
      });
    return reason;
  }),
});
