import type {
  LinkButton,
  NotificationBanner,
  PageHeading,
  ProgressSteps,
  Tag,
  TaskList,
} from "#platform/components.ts";
import type { Page } from "#platform/render.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import { applicantForm, type Checked, helperForm, PAGES, type PageState, type WizardPage } from "../rules.ts";
import { around } from "./check.ts";
import { type Opened, renewalBanner } from "./wizard.ts";

export type IncompletePage = Page & {
  heading: PageHeading;
  steps: ProgressSteps;
  banner: NotificationBanner | null;
  tasks: TaskList;
  resume: LinkButton;
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/incomplete": IncompletePage;
  }
}

const tagOf = (state: PageState, { t }: Opened): Tag =>
  state === "done"
    ? { text: t("filing.check.done"), tone: "done" }
    : state === "wrong"
      ? { text: t("filing.check.wrong"), tone: "refused" }
      : { text: t("filing.check.missing"), tone: "waiting" };

const titleOf = (page: WizardPage, { loaded, t, language }: Opened): string => {
  if (page.kind === "papers" || page.kind === "check") return t(`filing.${page.kind}.title`);
  const isHelper = page.kind === "applicant" && page.formPageId === "helper";
  const ofApplicant = isHelper ? helperForm : applicantForm(loaded.definition);
  const { form } = page.kind === "applicant" ? ofApplicant : loaded.definition;
  const found = form.pages.find(({ id }) => id === page.formPageId);
  return found ? pick(found.title, language) : page.slug;
};

/** All parts of the dossier with how far each is: to jump to any of them, and back. */
export function tasksPage(opened: Opened, checked: readonly Checked[]): IncompletePage {
  const { draft, t } = opened;
  const page = incompletePage(opened, checked);
  const isWhole = checked.every(({ state }) => state === "done");
  const title = t("filing.tasks.title");
  return {
    ...page,
    ...around(opened, title),
    heading: { ...page.heading, title, lead: t("filing.tasks.lead") },
    resume: isWhole ? { text: t("filing.check.title"), href: paths.draftPage(draft.id, PAGES.check) } : page.resume,
  };
}

/** Somebody came to the check page too early: what is missing, and the way there. */
export function incompletePage(opened: Opened, checked: readonly Checked[]): IncompletePage {
  const { draft, t } = opened;
  const hrefOf = ({ page, state }: Checked): string => paths.draftPage(draft.id, page.slug, state !== "missing");
  const first = checked.find(({ state }) => state !== "done");
  const page = around(opened, t("filing.check.incompleteTitle"));
  return {
    ...page,
    heading: { ...page.heading, lead: t("filing.check.incomplete") },
    banner: renewalBanner(opened),
    tasks: {
      label: t("filing.sections.label"),
      items: checked.map((one) => ({
        title: titleOf(one.page, opened),
        href: hrefOf(one),
        status: tagOf(one.state, opened),
      })),
    },
    resume: { text: t("filing.check.resume"), href: first ? hrefOf(first) : paths.draft(draft.id) },
  };
}
