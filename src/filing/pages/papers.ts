import type { FileUpload, Part } from "#platform/components.ts";
import { errorText, part } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatSize } from "#platform/format.ts";
import { fileControl, MAX_FILE_MEGABYTES } from "#platform/uploads.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import { PAGES, type Paper, papersOf } from "../rules.ts";
import { type Frame, frameOf, type Opened } from "./wizard.ts";

export type PapersView = Frame & {
  papers: readonly FileUpload[];
  upload: { text: string; name: string; value: string };
  notes: Part | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/papers": PapersView;
  }
}

/** The name of a paper's control; the paper's id cannot be taken for another field's. */
export const controlOf = (paperId: string): string => `tep.${paperId}`;
export const paperOf = (control: string): string | null => (control.startsWith("tep.") ? control.slice(4) : null);

const hintOf = (paper: Paper, { t, language }: Opened): string | null =>
  [paper.hint ? pick(paper.hint, language) : "", paper.mayFollowLater ? t("filing.papers.later") : ""]
    .filter(Boolean)
    .join(" ") || null;

/** The papers page: one list of files for each paper. */
export function papersPage(opened: Opened, version: number, errors: FieldErrors): PapersView {
  const { draft, loaded, t, language } = opened;
  const { uploads, notes } = papersOf(loaded.definition, draft.caseId, draft.content);
  const filesOf = (paper: Paper) =>
    draft.files
      .filter(({ requirementId }) => requirementId === paper.id)
      .map(({ id, name, size }) => ({
        name,
        size: formatSize(size),
        href: paths.draftFile(draft.id, id),
        remove: { name: "bo", value: id },
      }));
  const control = (paper: Paper): FileUpload => ({
    ...fileControl,
    name: controlOf(paper.id),
    label: pick(paper.name, language),
    labelSize: "m",
    hint: hintOf(paper, opened),
    error: errorText(errors, controlOf(paper.id), t),
    ...(paper.required ? {} : { required: false }),
    limit: t("platform.upload.limit", { megabytes: MAX_FILE_MEGABYTES }),
    tooLarge: t("filing.papers.tooLarge", { megabytes: MAX_FILE_MEGABYTES }),
    multiple: true,
    files: filesOf(paper),
  });
  return {
    ...frameOf(opened, {
      page: { slug: PAGES.papers, kind: "papers" },
      title: t("filing.papers.title"),
      lead: t("filing.papers.intro"),
      errors,
      version,
    }),
    papers: uploads.map(control),
    upload: { text: t("filing.papers.upload"), name: "viec", value: "tai-len" },
    notes:
      notes.length === 0
        ? null
        : part("components/details", {
            summary: t("filing.papers.notes"),
            text: notes.map((note) => pick(note, language)),
            open: true,
          }),
  };
}
