import type { FileUpload, Part } from "#platform/components.ts";
import { part } from "#platform/components.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import { PAGES, type Paper, papersOf } from "../rules.ts";
import { paperControl, type Shelf, type ShelfState } from "./shelf.ts";
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

/** The papers that a draft asks for, with what stands beside it. */
export const shelfOfDraft = ({ draft, loaded }: Pick<Opened, "draft" | "loaded">): Shelf => ({
  beside: { draftId: draft.id },
  papers: papersOf(loaded.definition, draft.caseId, draft.content).uploads,
  files: draft.files,
  pieces: paths.partials(draft.id),
  piecesOf: (id) => paths.partial(draft.id, id),
  fileAt: (id) => paths.draftFile(draft.id, id),
});

const hintOf = (paper: Paper, { t, language }: Opened): string | null =>
  [paper.hint ? pick(paper.hint, language) : "", paper.mayFollowLater ? t("filing.papers.later") : ""]
    .filter(Boolean)
    .join(" ") || null;

/**
 * The papers page: one list of files for each paper.
 * @param replacing id of the file that the next one takes the place of
 */
export function papersPage(
  opened: Opened,
  { replacing, ...state }: Omit<ShelfState, "replacing"> & { replacing: string | null },
): PapersView {
  const { draft, loaded, fromCheck, t, language } = opened;
  const shelf = shelfOfDraft(opened);
  const { notes } = papersOf(loaded.definition, draft.caseId, draft.content);
  const standing: ShelfState = {
    ...state,
    replacing: {
      id: replacing,
      address: (id) => paths.replaceFile(draft.id, id, fromCheck),
      keepOld: paths.draftPage(draft.id, PAGES.papers, fromCheck),
    },
  };
  return {
    ...frameOf(opened, {
      page: { slug: PAGES.papers, kind: "papers" },
      title: t("filing.papers.title"),
      lead: t("filing.papers.intro"),
      errors: state.errors,
      version: draft.version,
    }),
    papers: shelf.papers.map((paper) =>
      paperControl(paper, shelf, standing, { t, language, hint: hintOf(paper, opened), labelSize: "m" }),
    ),
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
