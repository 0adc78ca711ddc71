/** Short messages for trying out: they stand on the terminal from which the portal was started. */
import type { Sms } from "#accounts/rules.ts";

export const consoleSms = (say: (line: string) => void): Sms => ({
  send: async (to, text) => say(`SMS ${to}: ${text}`),
});
