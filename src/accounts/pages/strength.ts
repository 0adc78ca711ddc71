import type { Translate } from "#platform/i18n.ts";

/** Says beside a new password how hard it is to guess, where scripts run. `words`: JSON of easy, fair and hard. */
export type Strength = { for: string; label: string; words: string };

declare module "#platform/render.ts" {
  interface Views {
    "accounts/_strength": Strength;
  }
}

/** @param control id of the password's control */
export const strengthOf = (control: string, t: Translate): Strength => ({
  for: control,
  label: t("accounts.policy.strength"),
  words: JSON.stringify([t("accounts.policy.weak"), t("accounts.policy.fair"), t("accounts.policy.strong")]),
});
