import type { Link } from "#platform/components.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { PLACE_KEYS } from "../messages/publish.ts";
import { paths } from "../paths.ts";
import type { Manuscript } from "../queries.ts";
import { fieldAt, type Listed, type Problem, placeWords, problemsOf, type Section, type Sketch } from "../rules.ts";

/** Where something stands, in words: "Khoản thu “Lệ phí” – số tiền". */
export const placeText = (sketch: Sketch, path: readonly PropertyKey[], t: Translate): string =>
  placeWords(sketch, path)
    .flatMap((word) => {
      if ("item" in word) return [t(`authoring.places.items.${word.item}`, { name: word.name })];
      return word.key in PLACE_KEYS ? [t(`authoring.places.keys.${word.key}` as MessageKey)] : [];
    })
    .join(" – ");

/** What is wrong and where, in plain words. */
export const problemText = (sketch: Sketch, { path, message }: Problem, t: Translate): string => {
  const place = placeText(sketch, path, t);
  return place === "" ? message : `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${message}`;
};

/** Where a member of a list of the record is edited. */
export const LIST_SLUGS: Partial<Record<Listed, string>> = {
  steps: "buoc",
  conditions: "dieu-kien",
  legalBasis: "can-cu",
  cases: "truong-hop",
  screening: "sang-loc",
  timeLimits: "thoi-han",
  fees: "khoan-thu",
  requirements: "giay-to",
  results: "ket-qua",
};

function hrefOf({ id, sketch }: Pick<Manuscript, "id" | "sketch">, problem: Problem): string {
  const { path, section } = problem;
  const [top, at] = path;
  if (section === "form") {
    const field = fieldAt(sketch, problem);
    const page = typeof path[2] === "number" ? sketch.form.pages[path[2]]?.id : undefined;
    return field ? paths.field(id, field) : page ? paths.formPage(id, page) : paths.form(id);
  }
  if (section === "workflow") return paths.part(id, section);
  const slug = LIST_SLUGS[top as Listed];
  if (slug && typeof at === "number") return paths.item(id, section, slug, at);
  const control = path.map(String).join(".");
  return `${paths.part(id, section)}#${slug ?? control}`;
}

/** Everything that keeps a manuscript from being published, each linking to where it is mended. */
export const problemLinks = (
  manuscript: Pick<Manuscript, "id" | "sketch">,
  section: Section | null,
  t: Translate,
): Link[] =>
  problemsOf(manuscript.sketch)
    .filter((problem) => section === null || problem.section === section)
    .map((problem) => ({ text: problemText(manuscript.sketch, problem, t), href: hrefOf(manuscript, problem) }));

/** What is wrong with a file that was not taken in, in words; nothing of it stands anywhere that could be linked to. */
export const placeFaults = (sketch: Sketch, problems: readonly Problem[], t: Translate): Link[] =>
  problems.map((problem) => ({ text: problemText(sketch, problem, t), href: "#file" }));
