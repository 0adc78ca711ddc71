import type { SubNavigation } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";

/** The two pages by which a leader follows work: how steps were done, and how agencies stand. */
export const followingNav = (current: string, t: Translate): SubNavigation => ({
  label: t("desk.overview.sections"),
  items: [
    { text: t("desk.life.performance.link"), href: paths.performance },
    { text: t("desk.overview.link"), href: paths.overview },
  ].map((item) => ({ ...item, current: item.href === current })),
});
