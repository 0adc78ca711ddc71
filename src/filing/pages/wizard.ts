import type {
  Button,
  ErrorSummary,
  Link,
  NotificationBanner,
  PageHeading,
  ProgressSteps,
} from "#platform/components.ts";
import { errorSummary } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { type LoadedVersion, pick, type ShownControl } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Draft } from "../queries.ts";
import { mayAskPapers, PAGES, pageBefore, type Section, type WizardPage, wizardPages } from "../rules.ts";

/** What every page of the wizard has around its questions. */
export type Frame = Page & {
  heading: PageHeading;
  steps: ProgressSteps;
  banner: NotificationBanner | null;
  errors: ErrorSummary | null;
  action: string;
  version: number;
  /** Whether the page saves itself, and whether what it shows is saved; null after a conflict, which its owner decides. */
  autosave: "saved" | "unsaved" | null;
  save: Button;
  leave: Button;
  tasks: Link;
};
export type FormView = Frame & { controls: readonly ShownControl[]; hasFiles: boolean };
export type DeletePage = Page & {
  heading: PageHeading;
  text: string;
  action: string;
  confirm: Button;
  cancel: { text: string; href: string };
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/form": FormView;
    "filing/delete": DeletePage;
    "filing/_frame": Frame;
    "filing/_buttons": Frame;
  }
}

/** An open draft and how it is being looked at. */
export type Opened = {
  draft: Draft;
  loaded: LoadedVersion;
  t: Translate;
  language: Language;
  /** Opened from the check page by "Sửa": saving leads back there. */
  fromCheck: boolean;
};

const SECTIONS: readonly Section[] = ["applicant", "form", "papers", "check"];

export function progressSteps({ draft, loaded, t }: Opened, current: Section): ProgressSteps {
  const kinds = new Set(wizardPages(loaded.definition, draft.caseId, draft.content).map(({ kind }) => kind));
  // What is still to be answered may call for papers: the step is shown, and how many there are is not said.
  const isOpen = current !== "check" && !kinds.has("papers") && mayAskPapers(loaded.definition, draft);
  const there = SECTIONS.filter((section) => kinds.has(section) || (isOpen && section === "papers"));
  const at = there.indexOf(current);
  return {
    label: t("filing.sections.label"),
    steps: there.map((section, i) => ({
      text: t(`filing.sections.${section === "papers" && isOpen ? "papersPerhaps" : section}`),
      state: i < at ? "done" : i === at ? "current" : "todo",
    })),
    isOpen,
  };
}

type Framing = {
  page: WizardPage;
  title: string;
  lead: string | null;
  errors: FieldErrors;
  version: number;
  conflict?: boolean;
  /** What is shown was typed before signing in again, and is not saved. */
  restored?: boolean;
  pressed?: boolean;
};

/** What the newer version of the procedure changed for this draft. */
export function renewalBanner({ draft, t, language }: Opened, isUnsaved = false): NotificationBanner | null {
  const { carriedOver, renewal } = draft.content;
  if (!carriedOver && !renewal) return null;
  const names = (texts: readonly Parameters<typeof pick>[0][]) => texts.map((text) => pick(text, language)).join("; ");
  const told = [
    t("filing.draft.carriedOver"),
    renewal && renewal.asked.length > 0 ? t("filing.draft.renewal.asked", { names: names(renewal.asked) }) : null,
    renewal && renewal.left.length > 0
      ? t("filing.draft.renewal.left", {
          names: renewal.left
            .map(({ label, lines }) =>
              t("filing.draft.renewal.answer", { label: pick(label, language), answer: lines.join(", ") }),
            )
            .join("; "),
        })
      : null,
    renewal && renewal.papers.length > 0 ? t("filing.draft.renewal.papers", { names: names(renewal.papers) }) : null,
    renewal && renewal.papersGone.length > 0
      ? t("filing.draft.renewal.papersGone", { names: names(renewal.papersGone) })
      : null,
    renewal?.fees ? t("filing.draft.renewal.fees") : null,
    isUnsaved ? t("filing.draft.renewal.keep") : null,
  ];
  return { kind: isUnsaved ? "warning" : "info", text: told.filter(Boolean).join(" ") };
}

const bannerOf = (opened: Opened, { page, conflict, restored }: Framing): NotificationBanner | null => {
  const { draft, t, fromCheck } = opened;
  if (conflict && draft.content.carriedOver) return renewalBanner(opened, true);
  if (conflict)
    return {
      kind: "warning",
      title: t("filing.draft.conflictTitle"),
      text: `${t("filing.draft.conflict")} ${t("filing.draft.conflictKeep")}`,
      link: { text: t("filing.draft.conflictReload"), href: paths.draftPage(draft.id, page.slug, fromCheck) },
    };
  if (restored) return { kind: "warning", title: t("filing.draft.restoredTitle"), text: t("filing.draft.restored") };
  return draft.content.carriedOver ? renewalBanner(opened) : null;
};

/** The frame of one page: where it stands, what is wrong, what its buttons do. */
export function frameOf(opened: Opened, framing: Framing): Frame {
  const { draft, loaded, t, language, fromCheck } = opened;
  const before = pageBefore(wizardPages(loaded.definition, draft.caseId, draft.content), framing.page.slug);
  return {
    title: `${framing.title} – ${pick(loaded.definition.name, language)}`,
    hasErrors: Object.keys(framing.errors).length > 0,
    back: fromCheck
      ? { href: paths.draftPage(draft.id, PAGES.check), text: t("filing.draft.backToCheck") }
      : { href: before ? paths.draftPage(draft.id, before) : paths.start(draft.code), text: t("filing.draft.back") },
    heading: { title: framing.title, caption: pick(loaded.definition.name, language), lead: framing.lead },
    steps: progressSteps(opened, framing.page.kind),
    banner: bannerOf(opened, framing),
    errors: errorSummary(framing.errors, t),
    action: paths.draftPage(draft.id, framing.page.slug, fromCheck),
    version: framing.version,
    autosave: framing.conflict ? null : framing.restored || framing.pressed ? "unsaved" : "saved",
    save: { text: t(fromCheck ? "filing.draft.saveForCheck" : "filing.draft.continue"), name: "viec", value: "tiep" },
    tasks: { text: t("filing.tasks.link"), href: paths.tasks(draft.id) },
    leave: { text: t("filing.draft.leave"), kind: "secondary", name: "viec", value: "de-sau", novalidate: true },
  };
}

/** A page of questions: the applicant's, or one of the procedure's form. */
export const formPage = (
  opened: Opened,
  framing: Framing,
  controls: readonly ShownControl[],
  hasFiles: boolean,
): FormView => ({
  ...frameOf(opened, framing),
  controls,
  hasFiles,
});

export function deletePage({ draft, loaded, t, language }: Opened): DeletePage {
  return {
    title: t("filing.remove.title"),
    back: { href: paths.dossiers },
    heading: { title: t("filing.remove.title"), caption: pick(loaded.definition.name, language) },
    text: t("filing.remove.text", { files: draft.files.length }),
    action: paths.deleteDraft(draft.id),
    confirm: { text: t("filing.remove.confirm"), kind: "warning" },
    cancel: { text: t("filing.remove.cancel"), href: paths.draft(draft.id) },
  };
}
