import type { Answers, ProcedureDefinition, Submitted } from "#procedures/index.ts";
import { visiblePages } from "#procedures/index.ts";
import { applicantForm } from "./applicant.ts";
import { papersOf } from "./papers.ts";
import { type Renewal, renewalIn } from "./renewal.ts";

/** What stands in a draft beside its procedure, agency and case. */
export type DraftContent = {
  /** Who files, and for whom: answers of the applicant's page. */
  applicant: Answers;
  /** Who helped, where anybody did. */
  helper: Answers;
  /** Answers of the procedure's own form, only right ones. */
  form: Answers;
  /** What was typed on a page and cannot be taken yet, by page: shown again, so that nothing is lost. */
  typed: Readonly<Record<string, Submitted>>;
  /** Pages that were saved whole. */
  done: readonly string[];
  /** The procedure changed since the draft was begun: said until the next save. */
  carriedOver: boolean;
  /** What that changed: said where the whole is looked through, until it is filed. */
  renewal: Renewal | null;
  /** The open page that saved last: its next save follows on its own, even when the answer to that one never arrived. */
  savedBy: string | null;
};

export const emptyContent: DraftContent = {
  applicant: {},
  helper: {},
  form: {},
  typed: {},
  done: [],
  carriedOver: false,
  renewal: null,
  savedBy: null,
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objectOr = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** The draft's stored JSON; what is not of this shape counts as not filled in. */
export function contentOf(stored: unknown): DraftContent {
  const { applicant, helper, form, typed, done, carriedOver, renewal, savedBy } = objectOr(stored);
  return {
    applicant: objectOr(applicant),
    helper: objectOr(helper),
    form: objectOr(form),
    typed: Object.fromEntries(Object.entries(objectOr(typed)).map(([page, values]) => [page, objectOr(values)])),
    done: Array.isArray(done) ? done.filter((page): page is string => typeof page === "string") : [],
    carriedOver: carriedOver === true,
    renewal: renewalIn(renewal),
    savedBy: typeof savedBy === "string" ? savedBy : null,
  };
}

export const PAGES = {
  applicant: "nguoi-nop",
  principal: "nguoi-duoc-nop-thay",
  organization: "to-chuc-nop-ho-so",
  helper: "nguoi-giup",
  papers: "giay-to",
  check: "kiem-tra",
} as const;
/** Words of addresses that no page of a form may take. */
const TAKEN = new Set<string>([...Object.values(PAGES), "xoa", "tep", "cac-phan"]);

type ApplicantPage = "applicant" | "principal" | "organization" | "helper";

/** One page of the wizard: `slug` stands in its address, `formPageId` names the page of the procedure's form. */
export type WizardPage =
  | { slug: string; kind: "applicant"; formPageId: ApplicantPage }
  | { slug: string; kind: "papers" }
  | { slug: string; kind: "check" }
  | { slug: string; kind: "form"; formPageId: string };
export type Section = WizardPage["kind"];

export const slugOf = (formPageId: string): string => (TAKEN.has(formPageId) ? `to-khai-${formPageId}` : formPageId);

type Asked = Pick<ProcedureDefinition, "form" | "requirements" | "returnMethods" | "subjects" | "filedFor" | "owner">;

/** Asked of nobody who does not come to it by themselves. */
export const helperPage = { slug: PAGES.helper, kind: "applicant", formPageId: "helper" } as const satisfies WizardPage;

/** The pages that this draft needs, in order: a page that has nothing to ask is left out. */
export function wizardPages(definition: Asked, caseId: string | null, content: DraftContent): WizardPage[] {
  const papers = papersOf(definition, caseId, content);
  return [
    ...visiblePages(applicantForm(definition), content.applicant).map(({ id }): WizardPage => {
      const formPageId = id as ApplicantPage;
      return { slug: PAGES[formPageId], kind: "applicant", formPageId };
    }),
    ...(Object.keys(content.helper).length > 0 || content.typed[PAGES.helper] ? [helperPage] : []),
    ...visiblePages(definition, content.form).map(
      ({ id }): WizardPage => ({ slug: slugOf(id), kind: "form", formPageId: id }),
    ),
    ...(papers.uploads.length > 0 ? [{ slug: PAGES.papers, kind: "papers" } as const] : []),
    { slug: PAGES.check, kind: "check" },
  ];
}

/** Whether a page that is not done yet could call for papers, where none are asked for so far. */
export function mayAskPapers(
  definition: Asked,
  { caseId, content }: { caseId: string | null; content: DraftContent },
): boolean {
  const left = wizardPages(definition, caseId, content).filter(({ slug }) => !content.done.includes(slug));
  const isLeft = (kind: Section): boolean => left.some((page) => page.kind === kind);
  const isPaper = ({ cases, originals, copies }: Asked["requirements"][number]): boolean =>
    originals + copies > 0 && (!cases || (caseId !== null && cases.includes(caseId)));
  return (
    (isLeft("form") && definition.requirements.some(isPaper)) ||
    (isLeft("applicant") && definition.filedFor?.proxy !== false)
  );
}

/** The page after this one; the check page after the last, and after one that is no longer asked. */
export function pageAfter(pages: readonly WizardPage[], slug: string): string {
  const at = pages.findIndex((page) => page.slug === slug);
  return (at === -1 ? undefined : pages[at + 1]?.slug) ?? PAGES.check;
}

/** The page before this one; none before the first. */
export const pageBefore = (pages: readonly WizardPage[], slug: string): string | null =>
  pages[pages.findIndex((page) => page.slug === slug) - 1]?.slug ?? null;

const OWN_NAMES = new Set(["version", "viec", "sua", "cua-so"]);

/** The texts of a submitted page as they may be kept: no buttons, no NUL, nothing that is not text. */
export function keepable(submitted: Submitted): Submitted {
  const clean = (text: string): string => text.replaceAll("\0", "").replace(/\p{Cs}/gu, "");
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(submitted)) {
    if (OWN_NAMES.has(name) || /^(add|remove|list|unattach):/.test(name)) continue;
    if (typeof value === "string") kept[clean(name)] = clean(value);
    else if (Array.isArray(value)) kept[clean(name)] = value.filter((one) => typeof one === "string").map(clean);
  }
  return kept;
}

/** What a page's save makes of the draft: right answers are kept as answers, a wrong page also as it was typed. */
export function withPage(
  content: DraftContent,
  slug: string,
  saved: Partial<DraftContent>,
  typed: Submitted | null,
): DraftContent {
  const { [slug]: _before, ...others } = content.typed;
  return {
    ...content,
    ...saved,
    typed: typed ? { ...others, [slug]: keepable(typed) } : others,
    done: typed ? content.done.filter((page) => page !== slug) : [...new Set([...content.done, slug])],
    carriedOver: false,
  };
}

/** Characters of a whole draft as JSON: far above any form, below what would burden the database. */
export const MOST_CHARACTERS = 3_000_000;
