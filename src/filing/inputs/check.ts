import { z } from "zod";
import type { MessageKey } from "#platform/i18n.ts";
import { PURPOSES, type Purpose } from "../rules.ts";

const say = (key: MessageKey): MessageKey => key;

/** The purposes that a form agrees to: one ticked box comes as a text, several as a list. */
const ticked = z.preprocess(
  (sent) => (sent === undefined ? [] : [sent].flat()),
  z.array(z.enum(PURPOSES), say("filing.consents.unknown")).max(PURPOSES.length, say("filing.consents.unknown")),
);

/** What was ticked and is asked, to be shown again beside what is wrong. */
export const agreedIn = (sent: unknown): Purpose[] => PURPOSES.filter((purpose) => [sent].flat().includes(purpose));

/** The last page: the declaration, where it is asked here, and consents that nobody has to give. */
export const checkInput = (asksDeclaration: boolean) =>
  z.object({ declare: z.unknown().optional(), consents: z.unknown().optional() }).transform((sent, refuse) => {
    if (asksDeclaration && sent.declare !== "yes")
      refuse.addIssue({ code: "custom", path: ["declare"], message: say("filing.check.declareMissing") });
    const consents = ticked.safeParse(sent.consents);
    if (consents.success) return { consents: [...new Set(consents.data)] };
    refuse.addIssue({ code: "custom", path: ["consents"], message: say("filing.consents.unknown") });
    return z.NEVER;
  });
