import type { Filer } from "#companies/rules.ts";
import type { FieldError } from "#platform/form.ts";
import type { Answers, FieldContext, FormPage, ProcedureDefinition, Submitted } from "#procedures/index.ts";
import { missingOf, readPage, typeOf, visiblePages } from "#procedures/index.ts";
import { applicantForm, METHOD, type ReturnMethod, withMethod, withoutMethod } from "./applicant.ts";
import { checklist } from "./checklist.ts";
import { type DraftContent, emptyContent, PAGES, slugOf } from "./draft.ts";
import { sentBy } from "./filer.ts";
import { missingPapers, type Paper, papersOf } from "./papers.ts";
import { type Cells, columnOf, isDeclaration, isOwn, type Part, type SheetColumn, submittedFor } from "./sheet.ts";

/** A line of the sheet as it is judged: filed as it stands, a draft that lacks something, or wrong. */
export type JudgedRow = {
  state: "file" | "draft" | "wrong";
  content: DraftContent;
  errors: { column: SheetColumn | null; typed: string; error: FieldError }[];
  /** Papers that a draft of it still lacks. */
  papers: Paper[];
  /** All that it calls for. */
  asked: Paper[];
};

/** How a table is filed: the same for all its lines. */
export type Judging = {
  definition: ProcedureDefinition;
  caseId: string | null;
  returnMethod: ReturnMethod;
  /** What the account says of who files. */
  own: Answers;
  columns: readonly SheetColumn[];
  /** The company in whose name all lines are filed. */
  filer: Filer | null;
  /** The reader's language first. */
  contexts: readonly [FieldContext, ...FieldContext[]];
};

/** What the account must say before anybody can file with it: labels of the questions that it leaves open. */
export function lackingOf(definition: ProcedureDefinition, own: Answers): readonly FormPage["fields"][number][] {
  const lacking = new Set(missingOf(applicantForm(definition), own).map(({ fieldId }) => fieldId));
  const [page] = applicantForm(definition).form.pages;
  return (page?.fields ?? []).filter((field) => isOwn(field) && field.id !== METHOD && lacking.has(field.id));
}

const ownSubmitted = ({ fields }: FormPage, own: Answers): Submitted =>
  Object.assign(
    {},
    ...fields.filter(isOwn).map((field) => {
      const { type, settings } = typeOf(field);
      return type.submit(own[field.id], field.id, settings);
    }),
  );

/**
 * Judges a line by the same field types as the form's pages, page after page as its answers call for them.
 * @param row what stands in it, and the papers that came for it
 * @param declared what is declared is ticked for all lines at once; a draft is declared when it is filed
 */
export function judgeRow(
  judging: Judging,
  { cells, papers: held }: { cells: Cells; papers: readonly { requirementId: string }[] },
  { declared }: { declared: boolean },
): JudgedRow {
  const { definition, caseId, returnMethod, own, columns, filer, contexts } = judging;
  const [context] = contexts;
  const errors: JudgedRow["errors"] = [];
  const done: string[] = [];
  const refuse = (part: Part, name: string, error: FieldError): void => {
    const column = columnOf(part, name, columns);
    errors.push({ column, typed: column ? (cells[column.id] ?? "") : "", error });
  };
  const readForm = (part: Part, form: Pick<ProcedureDefinition, "form">, slug: (pageId: string) => string): Answers => {
    let answers: Answers = {};
    for (const page of form.form.pages) {
      if (!visiblePages(form, answers).includes(page)) continue;
      const declarations = page.fields.filter(isDeclaration);
      const sent = submittedFor(part, page.fields, cells, contexts);
      const known = part === "applicant" && filer ? sentBy(filer, page, sent) : { submitted: sent, contradicted: [] };
      for (const name of known.contradicted)
        refuse(part, name, { key: "filing.many.company.other", params: { name: filer?.name ?? "" } });
      const submitted = {
        ...known.submitted,
        ...(part === "applicant" ? ownSubmitted(page, withMethod(own, returnMethod)) : {}),
        ...(declared ? Object.fromEntries(declarations.map(({ id }) => [id, "yes"])) : {}),
      };
      const read = readPage(form, page.id, submitted, answers, context);
      answers = read.answers;
      const later = new Set(
        page.fields.filter((field) => isDeclaration(field) || typeOf(field).type.uploads).map(({ id }) => id),
      );
      const wrong = Object.entries(read.errors).filter(([name]) => !later.has(name.split(".")[0] ?? ""));
      for (const [name, error] of wrong) refuse(part, name, error);
      if (Object.keys(read.errors).length === 0) done.push(slug(page.id));
    }
    return answers;
  };
  const answered = readForm("applicant", applicantForm(definition), (id) => PAGES[id as "applicant"]);
  const form = readForm("form", definition, slugOf);
  const content = { ...emptyContent, applicant: withoutMethod(answered).applicant, form, done };
  const checked = checklist(definition, { caseId, returnMethod, content }, held, context);
  const { uploads: asked } = papersOf(definition, caseId, content);
  const isWhole = checked.every(({ state }) => state === "done");
  const state = errors.length > 0 ? "wrong" : isWhole ? "file" : "draft";
  return { state, content, errors, papers: missingPapers(asked, held), asked };
}

/** How many lines of each kind there are. */
export const countRows = (rows: readonly JudgedRow[]): Record<JudgedRow["state"], number> => {
  const count = (state: JudgedRow["state"]): number => rows.filter((row) => row.state === state).length;
  return { file: count("file"), draft: count("draft"), wrong: count("wrong") };
};
