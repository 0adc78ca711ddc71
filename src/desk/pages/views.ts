import type { EmptyState, PageHeading } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { SavedView } from "../queries/views.ts";

type ViewsPage = Page & {
  heading: PageHeading;
  views: readonly {
    name: string;
    href: string;
    note: string | null;
    remove: { action: string; text: string; about: string } | null;
  }[];
  empty: EmptyState | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/views": ViewsPage;
  }
}

/** The lists that an officer kept, and those that the unit shares. */
export function viewsPage(views: readonly SavedView[], t: Translate): ViewsPage {
  const title = t("desk.views.title");
  return {
    title,
    back: { href: paths.worklist, text: t("desk.show.back") },
    heading: { title, lead: t("desk.views.lead") },
    views: views.map(({ id, name, query, isShared, by }) => ({
      name,
      href: `${paths.worklist}?${query}`,
      note: by ? t("desk.views.by", { name: by }) : isShared ? t("desk.views.shared") : null,
      remove: by ? null : { action: paths.dropView(id), text: t("desk.views.remove"), about: name },
    })),
    empty: views.length === 0 ? { title: t("desk.views.none"), text: t("desk.views.noneText") } : null,
  };
}
