import type { Tag } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";

/** Whether a code that was sent there came back. */
export const provenTag = (at: Date | null, t: Translate): Tag =>
  at ? { text: t("accounts.contact.proven"), tone: "done" } : { text: t("accounts.contact.unproven"), tone: "neutral" };
