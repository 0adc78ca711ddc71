import type { ProcedureDefinition } from "#procedures/index.ts";
import type { Client, Page, Upload, Value } from "../browse/client.ts";
import { answersFor, neededFiles, type Typed, typedAnswers } from "../browse/fill.ts";
import { attribute } from "../browse/html.ts";
import { samplePersonalId } from "../sample-answers.ts";
import { sampleJpeg, samplePdf } from "../sample-files.ts";
import { type Filing, type Plan, sampleOf } from "./plan.ts";
import { must, mustBe, step } from "./walk.ts";

export const pdfUpload = (title: string): Upload => ({
  name: `${title}.pdf`,
  type: "application/pdf",
  content: samplePdf(title),
});
const jpegUpload = (title: string): Upload => ({
  name: `${title}.jpg`,
  type: "image/jpeg",
  content: sampleJpeg(title),
});

/** Who files, as typed on the page before the procedure's own form. */
const applicantOf = ({ province, commune }: Plan, number: number): Typed => ({
  fullName: "Nông Thị Hành Trình",
  personalId: samplePersonalId("female", 1990, number),
  "birthDate.day": "2",
  "birthDate.month": "9",
  "birthDate.year": "1990",
  phone: "0912 345 678",
  email: "",
  "address.province": province,
  "address.commune": commune.code,
  "address.line": "Số 8, đường Trần Đăng Ninh",
  actingFor: "self",
  returnMethod: "online",
});

/** A visitor finds the procedure without typing one mark, and reads what it asks for. */
export async function find(
  visitor: Client,
  filing: Pick<Filing, "code" | "search">,
  definition: ProcedureDefinition,
): Promise<Page> {
  const home = await step("opens the home page", async () => mustBe(await visitor.get("/"), 200, "the home page"));
  must(home.all("form").length > 0, "the home page has a search", home);
  const found = await step(`looks for “${filing.search}”`, () =>
    visitor.get(`/thu-tuc?q=${encodeURIComponent(filing.search)}`),
  );
  const names = found.listByRole("link").map((link) => attribute(link, "href") ?? "");
  const codes = [...new Set(names.flatMap((href) => /^\/thu-tuc\/([^/?]+)$/.exec(href)?.[1] ?? []))];
  must(
    codes.slice(0, 3).includes(filing.code),
    `${filing.code} is among the first three found`,
    found,
    codes.slice(0, 5).join(", "),
  );
  return step(`reads about “${definition.name.vi}”`, async () => {
    const page = mustBe(await visitor.get(`/thu-tuc/${filing.code}`), 200, "the procedure's page");
    must(page.heading.includes(definition.name.vi), "the page is of this procedure", page);
    for (const { name } of definition.requirements.slice(0, 3))
      must(page.text.includes(name.vi), `the page names “${name.vi}”`, page);
    return page;
  });
}

/** Fills one page of the wizard as it stands. @returns the next page */
async function fillPage(page: Page, known: Typed, files: number): Promise<Page> {
  const values: Record<string, Value> = answersFor(page, known);
  for (const [i, name] of neededFiles(page).entries())
    values[name] = [(i + files) % 2 === 0 ? pdfUpload(`Giấy tờ ${i + 1}`) : jpegUpload(`Ảnh chụp ${i + 1}`)];
  const next = await page.submit("Lưu và tiếp tục", values);
  must(next.status === 200, `“${page.heading}” is accepted as filled in`, next);
  return next;
}

/** A draft from its start to the check page, page by page. */
export async function fillDraft(
  citizen: Client,
  { code }: Filing,
  definition: ProcedureDefinition,
  plan: Plan,
  number: number,
): Promise<Page> {
  const known: Typed = { ...typedAnswers(definition, sampleOf(plan, number)), ...applicantOf(plan, number) };
  const start = await step("begins a draft", async () => {
    const page = mustBe(await citizen.get(`/thu-tuc/${code}/nop-ho-so`), 200, "where filing begins");
    const agencies = page.within(page.byRole("combobox")).all("option");
    const here = agencies.find((option) => page.within(option).text.includes(plan.commune.name.replace(/^\S+ /, "")));
    must(here !== undefined, `${plan.commune.name} receives it`, page);
    const agency = attribute(here as NonNullable<typeof here>, "value") ?? "";
    const first = await page.submit("Bắt đầu kê khai", { ...answersFor(page, {}), agency });
    must(/^\/ca-nhan\/ban-nhap\//.test(first.path) && first.status === 200, "a draft begins", first);
    return first;
  });
  let page = start;
  for (let asked = 0; asked < 30 && !page.path.endsWith("/kiem-tra"); asked++) {
    const here = page;
    page = await step(`fills “${here.heading}”`, () => fillPage(here, known, asked));
    must(page.path !== here.path, `“${here.heading}” leads on`, page);
  }
  must(page.heading === "Kiểm tra và nộp hồ sơ", "everything is filled in", page);
  return page;
}

/** Presses "submit" twice at the same moment. @returns the page after it, and the reference */
export async function submitTwice(check: Page): Promise<{ page: Page; reference: string }> {
  return step("submits twice at once: one dossier", async () => {
    // A declaration that the check page asks for is ticked by name; the rest stands in the form already.
    const fields = new URLSearchParams();
    for (const input of check
      .all("form")
      .flatMap((form) => (attribute(form, "action")?.endsWith("/kiem-tra") ? check.within(form).all("input") : [])))
      fields.append(attribute(input, "name") ?? "", attribute(input, "value") ?? "on");
    const answers = await Promise.all([1, 2].map(() => check.client.once("POST", check.path, fields)));
    const places = answers.map((answer) => `${answer.status} ${answer.headers.get("location")}`);
    must(
      new Set(places).size === 1 && answers[0]?.status === 303,
      "both clicks lead to one dossier",
      check,
      places.join(", "),
    );
    const page = mustBe(
      await check.client.get(answers[0]?.headers.get("location") ?? ""),
      200,
      "the page after submitting",
    );
    must(page.heading === "Đã nộp hồ sơ", "the dossier is filed", page);
    const reference = /ho-so\/([^/?]+)/.exec(page.path)?.[1] ?? "";
    must(reference.length >= 12, "there is a reference", page);
    return { page, reference };
  });
}
