import { z } from "zod";
import { isWellFormedCode, readCode } from "#platform/codes.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { cleanTyped } from "#platform/typed.ts";
import { NO_COMPANY } from "./rules/filer.ts";

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

/**
 * Where the matter belongs, in which case, and which other desk is to take it in, among those offered; what there is only
 * one of is not asked. `receiving` is null where the agency itself takes it in,
 * `company` where it is filed for none of the citizen's own.
 */
export const startInput = (
  agencies: readonly string[],
  cases: readonly string[],
  desks: readonly string[],
  companies: readonly string[],
) =>
  z.record(z.string(), z.unknown()).transform((sent, refuse) => {
    const refuseAt = (path: string, key: MessageKey): never => {
      refuse.addIssue({ code: "custom", path: [path], message: key });
      return z.NEVER;
    };
    const agency = agencies.length === 1 ? agencies[0] : agencies.find((id) => id === sent["agency"]);
    const chosen = cases.find((id) => id === sent["case"]);
    const elsewhere = desks.length === 0 || !sent["receiving"] ? null : desks.find((id) => id === sent["receiving"]);
    const named = companies.length === 0 || sent["company"] === NO_COMPANY ? null : sent["company"];
    const company = named === null ? null : companies.find((id) => id === named);
    return {
      company: company === undefined ? refuseAt("company", "filing.start.chooseCompany") : company,
      agency: agency ?? refuseAt("agency", "filing.start.chooseAgency"),
      case: cases.length === 0 ? null : (chosen ?? refuseAt("case", "filing.start.chooseCase")),
      receiving:
        elsewhere === undefined
          ? refuseAt("receiving", "filing.start.chooseElsewhere")
          : elsewhere === agency
            ? null
            : elsewhere,
    };
  });

/** A reference as somebody may write it, as it is stored; null for what cannot be one. */
export const referenceIn = (typed: unknown): string | null => {
  if (typeof typed !== "string" || typed.length > 60) return null;
  const reference = readCode(typed);
  return isWellFormedCode(reference) ? reference : null;
};

const MOST_REASON = 2000;

/** A word on the draft result: an objection says what is wrong. */
export const DraftAnswerInput = z
  .object({
    version: z.coerce.number().int().min(0).max(2_147_483_647).catch(-1),
    answer: z.enum(["agree", "object"]).catch("object"),
    objection: z.string().optional(),
  })
  .transform(({ version, answer, objection: typed }, refuse) => {
    if (answer === "agree") return { version, objection: null };
    const objection = cleanTyped(typed ?? "");
    const fault = objection === "" ? "missing" : objection.length > MOST_REASON ? "long" : null;
    if (fault)
      refuse.addIssue({
        code: "custom",
        path: ["objection"],
        message: say(`filing.moves.draft.${fault}`),
        params: { max: MOST_REASON },
      });
    return { version, objection };
  });

/** Why somebody takes a dossier back: the agency is owed a word. */
export const WithdrawInput = z.object({
  reason: line.transform((typed, refuse) => {
    const reason = cleanTyped(typed);
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
