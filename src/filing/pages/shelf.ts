import type { Beside } from "#dossiers/index.ts";
import { MOST_FILES_A_PAPER } from "#dossiers/index.ts";
import { showCode } from "#platform/codes.ts";
import type { FileUpload } from "#platform/components.ts";
import { errorText } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatDate, formatSize } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import { fileControl, MAX_FILE_MEGABYTES } from "#platform/received.ts";
import { type ScanState, scanAdvice } from "#platform/scanning.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Partial } from "../queries/partials.ts";
import type { Reusable } from "../queries/reusable.ts";
import { cameraOf, controlOf, type Paper, replacingOf, targetOf } from "../rules.ts";

export type ShelvedFile = {
  id: string;
  requirementId: string;
  name: string;
  size: number;
  mediaType: string;
  convertedFrom: string | null;
  scanState: ScanState;
  sha256?: string;
};

/** Papers that are being handed in, with the files that stand beside a draft or an answer, and where its controls send. */
export type Shelf = {
  beside: Beside;
  papers: readonly Paper[];
  files: readonly ShelvedFile[];
  /** Where files go that are sent in pieces, and one of them. */
  pieces: string;
  piecesOf: (partialId: string) => string;
  fileAt: (fileId: string) => string;
};

/** How a shelf stands: what is wrong, what broke off, what was filed before, which file is being replaced. */
export type ShelfState = {
  errors: FieldErrors;
  partials: readonly Partial[];
  reusable?: ReadonlyMap<string, readonly Reusable[]>;
  /** Id of the file that the next one takes the place of, and the addresses for beginning and leaving that. */
  replacing?: { id: string | null; address: (fileId: string) => string; keepOld: string };
};

type Look = { t: Translate; language: Language; hint: string | null; labelSize: "s" | "m" };

const noteOf = ({ convertedFrom, mediaType, scanState }: ShelvedFile, t: Translate): string | null =>
  scanAdvice(scanState, t) ??
  (convertedFrom === null
    ? null
    : t(convertedFrom === mediaType ? "filing.uploads.reduced" : "filing.uploads.converted"));

/** What the script that sends files in pieces says on the way. */
const sendingTexts = (t: Translate): string => {
  const said = ["sending", "waiting", "checking", "retrying", "failed", "sent", "cancel", "resume", "hold"] as const;
  return JSON.stringify(Object.fromEntries(said.map((name) => [name, t(`filing.uploads.${name}`)])));
};

const unfinishedOf = (partials: readonly Partial[], { piecesOf }: Shelf, t: Translate): FileUpload["unfinished"] =>
  partials.map(({ id, name, size, received, fileDate }) => ({
    name,
    note: t("filing.uploads.unfinished", { received: formatSize(received), size: formatSize(size) }),
    remove: { name: "bo-do", value: id, text: t("filing.uploads.forget") },
    resume: { address: piecesOf(id), size: String(size), date: fileDate ? String(fileDate.getTime()) : "" },
  }));

function reuseOf(
  paper: Paper,
  files: readonly ShelvedFile[],
  reusable: readonly Reusable[],
  t: Translate,
): FileUpload["reuse"] {
  const held = new Set(files.map(({ sha256 }) => sha256));
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

/** The control of one paper: its files, what broke off, and where the next one is chosen. */
export function paperControl(paper: Paper, shelf: Shelf, state: ShelfState, look: Look): FileUpload {
  const { t, language } = look;
  const { replacing } = state;
  const files = shelf.files.filter(({ requirementId }) => requirementId === paper.id);
  const replaced = replacing && files.find(({ id }) => id === replacing.id);
  const name = replaced ? replacingOf(replaced.id) : controlOf(paper.id);
  const label = pick(paper.name, language);
  const partials = state.partials.filter(
    ({ control }) => targetOf(control, [paper], shelf.files)?.requirementId === paper.id,
  );
  const limits = { megabytes: MAX_FILE_MEGABYTES, max: MOST_FILES_A_PAPER };
  return {
    ...fileControl,
    name,
    label,
    labelSize: look.labelSize,
    hint: look.hint,
    error: errorText(state.errors, name, t),
    ...(paper.required ? {} : { required: false }),
    limit: t(replaced ? "filing.uploads.limitOne" : "filing.uploads.limit", limits),
    tooLarge: t("filing.papers.tooLarge", { megabytes: MAX_FILE_MEGABYTES }),
    multiple: !replaced,
    notice: replaced
      ? {
          text: t("filing.uploads.replacing", { name: replaced.name }),
          link: { text: t("filing.uploads.keepOld"), href: replacing.keepOld },
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
      href: shelf.fileAt(file.id),
      note: noteOf(file, t),
      ...(replacing ? { replace: { text: t("filing.uploads.replace"), href: replacing.address(file.id) } } : {}),
      remove: { name: "bo", value: file.id },
    })),
    unfinished: unfinishedOf(partials, shelf, t) ?? [],
    reuse: replaced ? null : reuseOf(paper, files, state.reusable?.get(paper.id) ?? [], t),
    sending: { address: shelf.pieces, texts: sendingTexts(t) },
  };
}
