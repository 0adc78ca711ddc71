import { z } from "zod";
import { isPersonalId, normalizePhone } from "#accounts/rules.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { cleanTyped } from "#platform/typed.ts";
import { COMPANY_ROLES, FORMER, INVITED_BY } from "./rules.ts";

const say = (key: MessageKey): MessageKey => key;
const line = z.preprocess((value) => (typeof value === "string" ? value.trim() : ""), z.string().max(500).catch(""));

const role = z.enum(COMPANY_ROLES, { error: say("companies.errors.roleMissing") });
export const RoleInput = z.object({ role });

const readers = {
  phone: { read: normalizePhone, wrong: say("companies.errors.toPhone") },
  email: {
    read: (text: string) => (z.email().safeParse(text.toLowerCase()).success ? text.toLowerCase() : null),
    wrong: say("companies.errors.toEmail"),
  },
  personalId: {
    read: (text: string) => (isPersonalId(text.replace(/\s/g, "")) ? text.replace(/\s/g, "") : null),
    wrong: say("companies.errors.toPersonalId"),
  },
} as const;

/** Whom an invitation means: the number or address as accounts keep it. */
export const InviteInput = z
  .object({ by: z.enum(INVITED_BY, { error: say("companies.errors.byMissing") }), to: line, role })
  .transform(({ by, to, ...rest }, refuse) => {
    const known = readers[by].read(to);
    if (known) return { by, to: known, ...rest };
    refuse.addIssue({ code: "custom", path: ["to"], message: readers[by].wrong });
    return z.NEVER;
  });

const MOST_PAPERS = 500;

/** What the desk says to have seen; `former` is asked only where a company of the same tax code is confirmed. */
export const confirmInput = (hasOther: boolean) =>
  z.object({
    papers: z
      .preprocess((value) => (typeof value === "string" ? cleanTyped(value) : ""), z.string())
      .pipe(z.string().min(1, say("companies.errors.papers")).max(MOST_PAPERS, say("companies.errors.papersLong"))),
    checked: z.literal("yes", { error: say("companies.errors.checked") }),
    former: hasOther ? z.enum(FORMER, { error: say("companies.errors.former") }) : z.literal("stay").catch("stay"),
  });

const LONGEST_CODE = 20;
/** A tax code as an officer types it to find a company; null for nothing. */
export const codeIn = (typed: unknown): string | null => {
  const plain = typeof typed === "string" ? typed.replace(/[\s.]/g, "").slice(0, LONGEST_CODE) : "";
  return plain === "" ? null : plain.replace(/^(\d{10})(\d{3})$/, "$1-$2");
};
