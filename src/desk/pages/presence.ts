import { formatTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Present } from "../actions/presence.ts";

/** Who else has the dossier open, in a sentence; "" when nobody has. */
export const presenceText = (present: readonly Present[], t: Translate): string =>
  present.length === 0
    ? ""
    : t("desk.presence.here", {
        people: present.map(({ name, seenAt }) => t("desk.presence.one", { name, at: formatTime(seenAt) })).join(", "),
      });
