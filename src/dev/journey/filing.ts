import type { ProcedureDefinition } from "#procedures/index.ts";
import type { Client, Page } from "../browse/client.ts";
import { Effort } from "../browse/effort.ts";
import { beginDraft, countPage, fillDraft, typedAnswers, typedApplicant } from "../browse/fill.ts";
import { attribute } from "../browse/html.ts";
import { type Filing, type Plan, sampleOf } from "./plan.ts";
import { must, mustBe, step } from "./walk.ts";

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

/** A draft from its start to the check page, page by page; how long it would take a person is printed. */
export async function walkDraft(
  citizen: Client,
  { code, short }: Filing,
  definition: ProcedureDefinition,
  plan: Plan,
  number: number,
): Promise<Page> {
  const sample = sampleOf(plan, number);
  const effort = new Effort();
  const first = await step("begins a draft", async () => {
    const start = mustBe(await citizen.get(`/thu-tuc/${code}/nop-ho-so`), 200, "where filing begins");
    countPage(effort, start, { agency: plan.commune.name });
    return beginDraft(start, plan.commune.name.replace(/^\S+ /, ""));
  });
  const check = await fillDraft(
    first,
    { ...typedAnswers(definition, sample), ...typedApplicant(sample) },
    (name, work) => step(`fills “${name}”`, work),
    effort,
  );
  must(check.heading === "Kiểm tra và nộp hồ sơ", "everything is filled in", check);
  countPage(effort, check, {});
  process.stdout.write(`             by hand, from start to sending: ${effort}\n`);
  if (short) must(effort.seconds <= short.seconds && effort.pages <= short.pages, "it is short", check, String(effort));
  return check;
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
