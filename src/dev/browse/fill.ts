import type { ProcedureDefinition, Submitted } from "#procedures/index.ts";
import { allFields, typeOf } from "#procedures/index.ts";
import { type Sample, sampleAnswers, samplePersonalId } from "../sample-answers.ts";
import { sampleJpeg, samplePdf } from "../sample-files.ts";
import { currentValues, type Page, type Upload, type Value } from "./client.ts";
import type { Effort } from "./effort.ts";
import { attribute, type Element, Reading } from "./html.ts";

/** Typed texts by control name, as a browser would send them. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

const isTyped = (value: unknown): value is string | readonly string[] =>
  [value].flat().every((one) => typeof one === "string");
const textsOf = (submitted: Submitted): Typed =>
  Object.fromEntries(
    Object.entries(submitted).filter((pair): pair is [string, string | readonly string[]] => isTyped(pair[1])),
  );

/** Believable answers for every question of a procedure's form, as somebody would type them. */
export function typedAnswers(definition: ProcedureDefinition, sample: Sample): Typed {
  const answers = sampleAnswers(definition, sample);
  const typed = allFields(definition)
    .filter(({ id }) => id in answers)
    .map((field) => {
      const { type, settings } = typeOf(field);
      return textsOf(type.submit(answers[field.id], field.id, settings));
    });
  return Object.assign({}, ...typed);
}

const typeOfControl = (control: Element): string =>
  control.tagName === "input" ? (attribute(control, "type") ?? "text") : control.tagName;

/** What somebody who has no better answer gives to a control that is asked for: the first choice, or a believable text. */
function guess(page: Page, control: Element): Value | null {
  const name = attribute(control, "name") ?? "";
  const label = page.nameOf(control);
  if (/không bắt buộc|optional/i.test(label)) return null;
  switch (typeOfControl(control)) {
    case "radio": {
      const group = page.controls().filter((other) => attribute(other, "name") === name);
      const isChosen = group.some((other) => attribute(other, "checked") !== undefined);
      return isChosen ? null : (attribute(group[0] ?? control, "value") ?? null);
    }
    case "select": {
      const options = new Reading(control).all("option");
      if (options.some((option) => attribute(option, "selected") !== undefined && attribute(option, "value")))
        return null;
      return options.map((option) => attribute(option, "value") ?? "").find(Boolean) ?? null;
    }
    case "number":
      return attribute(control, "value") ? null : (attribute(control, "min") ?? "1");
    case "email":
      return attribute(control, "value") ? null : "nguoi.khai@example.vn";
    case "text":
    case "tel":
      return attribute(control, "value")
        ? null
        : /\.day$/.test(name)
          ? "12"
          : /\.month$/.test(name)
            ? "6"
            : /\.year$/.test(name)
              ? "1990"
              : label;
    default:
      return null;
  }
}

/**
 * What to send with a page as it really stands: the known answer to each control that it shows, what is filled in
 * already where none is known, and a guess where the page asks for something that nobody foresaw.
 */
export function answersFor(page: Page, known: Typed, guessing = true): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const control of page.controls()) {
    const name = attribute(control, "name");
    if (!name || name in values || typeOfControl(control) === "file") continue;
    const value = known[name] ?? (guessing ? guess(page, control) : null);
    if (value !== null && value !== undefined) values[name] = value;
  }
  return values;
}

/** The file controls of a page that its person must fill: those without "not required", and without a file yet. */
export function neededFiles(page: Page): string[] {
  return page
    .controls()
    .filter((control) => typeOfControl(control) === "file" && !/không bắt buộc|optional/i.test(page.nameOf(control)))
    .map((control) => attribute(control, "name") ?? "");
}

export const pdfUpload = (title: string): Upload => ({
  name: `${title}.pdf`,
  type: "application/pdf",
  content: samplePdf(title),
});
export const jpegUpload = (title: string, bytes = 0): Upload => ({
  name: `${title}.jpg`,
  type: "image/jpeg",
  content: sampleJpeg(title, bytes),
});

/** Who files, as typed on the pages around the procedure's own form. */
export const typedApplicant = ({ provinceCode, communeCode, number = 0 }: Sample): Typed => ({
  fullName: "Nông Thị Hành Trình",
  personalId: samplePersonalId("female", 1990, number),
  "birthDate.day": "2",
  "birthDate.month": "9",
  "birthDate.year": "1990",
  phone: "0912 345 678",
  email: "",
  "address.province": provinceCode,
  "address.commune": communeCode,
  "address.line": "Số 8, đường Trần Đăng Ninh",
  actingFor: "self",
  organizationName: "Công ty TNHH Hành Trình",
  organizationTaxCode: "4900777124",
  organizationRole: "representative",
  organizationPosition: "Giám đốc",
  returnMethod: "online",
});

/** What a page costs whoever fills it in with these values and presses its button. */
export function countPage(effort: Effort, page: Page, values: Readonly<Record<string, Value>>): void {
  effort.page(page.heading);
  for (const [name, value] of Object.entries(values)) {
    const named = page.controls().filter((control) => attribute(control, "name") === name);
    const [first] = named;
    if (!first) continue;
    const type = typeOfControl(first);
    const isChosen = type === "radio" || type === "checkbox";
    const stands = isChosen
      ? named.filter((one) => attribute(one, "checked") !== undefined).map((one) => attribute(one, "value") ?? "on")
      : type === "file"
        ? []
        : currentValues(first);
    effort.give(type, value, stands);
  }
  effort.point();
}

const CHECK = "/kiem-tra";
const MOST_PAGES = 30;

/**
 * Fills a draft page by page, as the portal asks, papers included.
 * @param first its first page
 * @param around each page's work, for whoever tells of it
 * @param effort counts what is typed and pointed at
 * @returns the check page
 * @throws when a page does not take what was filled in
 */
export async function fillDraft(
  first: Page,
  known: Typed,
  around: (name: string, work: () => Promise<Page>) => Promise<Page> = (_, work) => work(),
  effort?: Effort,
): Promise<Page> {
  let page = first;
  for (let asked = 0; asked < MOST_PAGES && !page.path.endsWith(CHECK); asked++) {
    const here = page;
    const values = answersFor(here, known);
    for (const [i, name] of neededFiles(here).entries())
      values[name] = [(i + asked) % 2 === 0 ? pdfUpload(`Giấy tờ ${i + 1}`) : jpegUpload(`Ảnh chụp ${i + 1}`)];
    if (effort) countPage(effort, here, values);
    page = await around(here.heading, () => here.submit("Lưu và tiếp tục", values));
    const told = page.errors().map(({ field, text }) => `${field}: ${text}`);
    if (page.status !== 200 || page.path === here.path)
      throw new Error(`${here.path} “${here.heading}” leads to ${page.status} ${page.path}: ${told.join("; ")}`);
  }
  return page;
}

const SCREENING = /\/dieu-kien(\?|$)/;

/** Answers the questions before filing, each so that it leads on. @returns the page where filing begins */
async function passScreening(first: Page): Promise<Page> {
  let page = first;
  for (let asked = 0; asked < MOST_PAGES && SCREENING.test(page.path); asked++) {
    const radios = page.controls().filter((control) => typeOfControl(control) === "radio");
    const here = page;
    for (const radio of radios) {
      page = await here.submit("Tiếp tục", { [attribute(radio, "name") ?? ""]: attribute(radio, "value") ?? "" });
      if (!SCREENING.test(page.path) || page.controls().some((control) => typeOfControl(control) === "radio")) break;
    }
    if (page === here) throw new Error(`${here.path}: nothing leads on`);
  }
  return page;
}

/** Begins a draft at the agency of this name, or at the only one that receives it. @returns its first page */
export async function beginDraft(first: Page, agencyName: string): Promise<Page> {
  const start = await passScreening(first);
  const selects = start.controls().filter((control) => attribute(control, "name") === "agency");
  const agencies = selects.flatMap((control) => start.within(control).all("option"));
  const here = agencies.find((option) => start.within(option).text.includes(agencyName));
  if (!here && selects.length > 0) throw new Error(`${start.path}: ${agencyName} does not receive it`);
  const begun = await start.submit("Bắt đầu kê khai", {
    ...answersFor(start, {}),
    ...(here ? { agency: attribute(here, "value") ?? "" } : {}),
  });
  if (begun.status !== 200 || !begun.path.startsWith("/ca-nhan/ban-nhap/"))
    throw new Error(`${start.path}: no draft begins, ${begun.status} ${begun.path}`);
  return begun;
}
