import type { NotificationBanner } from "#platform/components.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Scanning } from "./queries.ts";

/** What an administrator must know of the scanner; null: all is well. */
export function scanningBanner(
  { isOn, isLate, waiting, failed, oldest }: Scanning,
  t: Translate,
): NotificationBanner | null {
  if (!isOn) return { kind: "info", text: t("scanning.off") };
  if (isLate && oldest)
    return {
      kind: "warning",
      text: t("scanning.late", { waiting: formatNumber(waiting), since: formatDateTime(oldest) }),
    };
  return failed > 0 ? { kind: "warning", text: t("scanning.failed", { failed: formatNumber(failed) }) } : null;
}
