import { paths as accountPaths } from "#accounts/paths.ts";
import { paths as appointmentPaths } from "#appointments/paths.ts";
import type { InsetText } from "#platform/components.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Reader } from "./words.ts";

export type SelfServicePage = Page & {
  place: string;
  heading: string;
  lead: string;
  notice: InsetText | null;
  items: readonly { text: string; href: string }[];
};

declare module "#platform/render.ts" {
  interface Views {
    "queue/self-service": SelfServicePage;
  }
}

/** Where everybody begins at a shared machine. @param isShared this browser was set up as one */
export function selfServicePage(
  hall: { slug: string; name: string },
  { isShared, isSignedIn, isEnded }: { isShared: boolean; isSignedIn: boolean; isEnded: boolean },
  { t }: Reader,
): SelfServicePage {
  const items = [
    { text: t("queue.selfService.find"), href: "/thu-tuc" },
    { text: t("queue.selfService.track"), href: "/tra-cuu" },
    isSignedIn
      ? { text: t("queue.selfService.mine"), href: accountPaths.home.citizen }
      : { text: t("queue.selfService.signIn"), href: accountPaths.signIn },
    { text: t("queue.selfService.book"), href: appointmentPaths.book({}) },
    { text: t("queue.selfService.take"), href: paths.kiosk(hall.slug) },
  ];
  return {
    title: `${t("queue.selfService.title")} – ${hall.name}`,
    place: hall.name,
    heading: t("queue.selfService.title"),
    lead: t("queue.selfService.lead"),
    notice: !isShared
      ? { text: t("queue.selfService.notSet"), tone: "warning" }
      : isEnded
        ? { text: t("queue.selfService.ended"), tone: "info" }
        : null,
    items: isShared ? items : [],
  };
}
