import type { ErrorSummary, Link, NotificationBanner, PageHeading, SubNavigation } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import { problemsOf, type Section, sections } from "../rules.ts";

/** What stands above every page of a manuscript: what it is of, its parts, what is wrong here, what others did meanwhile. */
export type Frame = {
  heading: PageHeading;
  parts: SubNavigation;
  problems: ErrorSummary | null;
  conflict: NotificationBanner | null;
};
export type Framed = Page & { frame: Frame; seen: string };
declare module "#platform/render.ts" {
  interface Views {
    "authoring/_frame": Frame;
  }
}

/** What somebody did to a manuscript, in words. */
export const saidOf = ({ did, params }: Pick<Change, "did" | "params">, t: Translate): string =>
  t(`authoring.did.${did}` as MessageKey, params);

/** Said to who saved a form that was made from an older state: who did what since. */
export const conflictBanner = (since: readonly Change[], t: Translate): NotificationBanner => ({
  kind: "warning",
  title: t("authoring.frame.conflictTitle"),
  text: [
    ...since.slice(0, 5).map((change) =>
      t("authoring.frame.conflictLine", {
        name: change.byName ?? t("authoring.frame.somebody"),
        at: formatDateTime(change.at),
        did: saidOf(change, t),
      }),
    ),
    t("authoring.frame.conflictText"),
  ].join(" "),
});

type More = {
  title: string;
  lead?: string | null;
  /** What was wrong with what was typed, or with what stands here. */
  problems?: readonly Link[];
  problemsTitle?: string;
  since?: readonly Change[] | null;
  back?: { href: string; text?: string };
  width?: "wide";
};

/** The frame of a page of a manuscript; `section` null: its own overview. */
export function framedPage(manuscript: Manuscript, section: Section | null, more: More, t: Translate): Framed {
  const { id, code, sketch, version } = manuscript;
  const wrong = problemsOf(sketch);
  const countOf = (one: Section) => wrong.filter((problem) => problem.section === one).length;
  const problems = more.problems ?? [];
  return {
    title: `${more.title} – ${code}`,
    hasErrors: problems.length > 0,
    back: more.back ?? { href: paths.manuscript(id), text: t("authoring.frame.back") },
    width: "wide",
    seen: String(version),
    frame: {
      heading: {
        title: more.title,
        caption: `${code} · ${sketch.name.vi || t("authoring.frame.unnamed")}`,
        lead: more.lead ?? null,
      },
      parts: {
        label: t("authoring.frame.parts"),
        items: sections.map((one) => ({
          text: t(`authoring.sections.${one}`),
          href: paths.part(id, one),
          current: one === section,
          count: countOf(one) > 0 ? String(countOf(one)) : null,
        })),
      },
      problems:
        problems.length > 0 ? { ...(more.problemsTitle ? { title: more.problemsTitle } : {}), errors: problems } : null,
      conflict: more.since ? conflictBanner(more.since, t) : null,
    },
  };
}
