import { showCode } from "#platform/codes.ts";
import type { FileUpload, Part } from "#platform/components.ts";
import { errorText, part } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatDate, formatSize } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { fileControl, MAX_FILE_MEGABYTES } from "#platform/received.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Partial } from "../queries/partials.ts";
import type { Reusable } from "../queries/reusable.ts";
import {
  cameraOf,
  controlOf,
  MOST_FILES_A_PAPER,
  PAGES,
  type Paper,
  papersOf,
  replacingOf,
  targetOf,
} from "../rules.ts";
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

/** How the papers page stands: what is wrong, which file is being replaced, what broke off, what was filed before. */
export type PapersState = {
  errors: FieldErrors;
  /** Id of the file that the next one takes the place of. */
  replacing: string | null;
  partials: readonly Partial[];
  reusable: ReadonlyMap<string, readonly Reusable[]>;
};

type DraftFile = Opened["draft"]["files"][number];

const hintOf = (paper: Paper, { t, language }: Opened): string | null =>
  [paper.hint ? pick(paper.hint, language) : "", paper.mayFollowLater ? t("filing.papers.later") : ""]
    .filter(Boolean)
    .join(" ") || null;

const conversionNote = ({ convertedFrom, mediaType }: DraftFile, t: Translate): string | null =>
  convertedFrom === null
    ? null
    : t(convertedFrom === mediaType ? "filing.uploads.reduced" : "filing.uploads.converted");

/** What the script that sends files in pieces says on the way. */
const sendingTexts = (t: Translate): string => {
  const said = ["sending", "waiting", "checking", "retrying", "failed", "sent", "cancel", "resume", "hold"] as const;
  return JSON.stringify(Object.fromEntries(said.map((name) => [name, t(`filing.uploads.${name}`)])));
};

const unfinishedOf = (partials: readonly Partial[], { draft, t }: Opened): NonNullable<FileUpload["unfinished"]> =>
  partials.map(({ id, name, size, received, fileDate }) => ({
    name,
    note: t("filing.uploads.unfinished", { received: formatSize(received), size: formatSize(size) }),
    remove: { name: "bo-do", value: id, text: t("filing.uploads.forget") },
    resume: {
      address: paths.partial(draft.id, id),
      size: String(size),
      date: fileDate ? String(fileDate.getTime()) : "",
    },
  }));

function reuseOf(paper: Paper, reusable: readonly Reusable[], { draft, t }: Opened): FileUpload["reuse"] {
  const held = new Set(
    draft.files.filter(({ requirementId }) => requirementId === paper.id).map(({ sha256 }) => sha256),
  );
  const others = reusable.filter(({ sha256 }) => !held.has(sha256));
  if (others.length === 0) return null;
  return {
    summary: t("filing.uploads.reuse", { count: others.length }),
    items: others.map(({ id, name, dossier }) => ({
      name,
      href: paths.dossierFile(dossier.reference, id),
      about: t("filing.uploads.reuseFrom", {
        day: formatDate(dossier.submittedAt),
        code: dossier.code ?? showCode(dossier.reference),
      }),
      use: { name: "dung-lai", value: `${paper.id}:${id}`, text: t("filing.uploads.use") },
    })),
  };
}

function controlFor(paper: Paper, opened: Opened, state: PapersState): FileUpload {
  const { draft, t, language } = opened;
  const files = draft.files.filter(({ requirementId }) => requirementId === paper.id);
  const replaced = files.find(({ id }) => id === state.replacing);
  const name = replaced ? replacingOf(replaced.id) : controlOf(paper.id);
  const label = pick(paper.name, language);
  const partials = state.partials.filter(
    ({ control }) => targetOf(control, [paper], draft.files)?.requirementId === paper.id,
  );
  const limits = { megabytes: MAX_FILE_MEGABYTES, max: MOST_FILES_A_PAPER };
  return {
    ...fileControl,
    name,
    label,
    labelSize: "m",
    hint: hintOf(paper, opened),
    error: errorText(state.errors, name, t),
    ...(paper.required ? {} : { required: false }),
    limit: t(replaced ? "filing.uploads.limitOne" : "filing.uploads.limit", limits),
    tooLarge: t("filing.papers.tooLarge", { megabytes: MAX_FILE_MEGABYTES }),
    multiple: !replaced,
    notice: replaced
      ? {
          text: t("filing.uploads.replacing", { name: replaced.name }),
          link: { text: t("filing.uploads.keepOld"), href: paths.draftPage(draft.id, PAGES.papers, opened.fromCheck) },
        }
      : null,
    ...(replaced
      ? {}
      : {
          camera: {
            name: cameraOf(paper.id),
            label: t("filing.uploads.camera"),
            about: t("filing.uploads.cameraFor", { paper: label }),
          },
        }),
    files: files.map((file) => ({
      name: file.name,
      size: formatSize(file.size),
      href: paths.draftFile(draft.id, file.id),
      note: conversionNote(file, t),
      replace: { text: t("filing.uploads.replace"), href: paths.replaceFile(draft.id, file.id, opened.fromCheck) },
      remove: { name: "bo", value: file.id },
    })),
    unfinished: unfinishedOf(partials, opened),
    reuse: replaced ? null : reuseOf(paper, state.reusable.get(paper.id) ?? [], opened),
    sending: { address: paths.partials(draft.id), texts: sendingTexts(t) },
  };
}

/** The papers page: one list of files for each paper. */
export function papersPage(opened: Opened, state: PapersState): PapersView {
  const { draft, loaded, t, language } = opened;
  const { uploads, notes } = papersOf(loaded.definition, draft.caseId, draft.content);
  return {
    ...frameOf(opened, {
      page: { slug: PAGES.papers, kind: "papers" },
      title: t("filing.papers.title"),
      lead: t("filing.papers.intro"),
      errors: state.errors,
      version: draft.version,
    }),
    papers: uploads.map((paper) => controlFor(paper, opened, state)),
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
