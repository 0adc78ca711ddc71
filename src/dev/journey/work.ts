import type { ProcedureDefinition } from "#procedures/index.ts";
import { findStep, makesResult, needsResult, type Outcome, type Step } from "#workflow/index.ts";
import type { Client, Page, Upload } from "../browse/client.ts";
import { attribute } from "../browse/html.ts";
import { demoOfficers } from "../demo.ts";
import { mustBePdf } from "./pdf.ts";
import type { People, Who } from "./people.ts";
import { must, mustBe, step, Unlike } from "./walk.ts";

/** The desk finds the dossier by its reference and takes it in. @returns its code and its page's address */
export async function accept(
  desk: Client,
  reference: string,
): Promise<{ code: string; path: string; receipt: string }> {
  const page = await step("the desk finds the dossier by its reference", async () => {
    const list = mustBe(await desk.get(`/mot-cua?q=${reference}`), 200, "the worklist");
    const href = list
      .listByRole("link")
      .map((link) => attribute(link, "href") ?? "")
      .find((one) => /^\/mot-cua\/ho-so\/[0-9a-f-]{36}$/.test(one));
    must(href !== undefined, "the dossier is on the worklist", list);
    return mustBe(await desk.get(href ?? ""), 200, "the dossier's page");
  });
  const accepted = await step("the desk accepts it", () => page.submit("Tiếp nhận hồ sơ"));
  const code = /Mã hồ sơ: ([A-Z0-9.]+-\d{6}-\d{4,})/.exec(accepted.text)?.[1] ?? "";
  must(accepted.status === 200 && code !== "", "the dossier has a code", accepted);
  return { code, path: accepted.path, receipt: accepted.link(/In giấy tiếp nhận/) };
}

export const readReceipt = (browser: Client, path: string, words: readonly string[]): Promise<string | null> =>
  step("the receipt slip is a PDF", async () => mustBePdf(await browser.get(path), words));

const holders = (role: string): Who[] =>
  (Object.keys(demoOfficers) as Who[]).filter((who) =>
    demoOfficers[who].postings.some((posting) => posting.role === role),
  );

/** The button of an outcome, where this officer's page offers it. */
const offers = (page: Page, outcome: Outcome): boolean =>
  page.status === 200 &&
  page
    .listByRole("button")
    .some((button) => attribute(button, "name") === "outcome" && attribute(button, "value") === outcome.id);

/** Whoever of the cast the portal lets do this: the first to whom the dossier's page offers the outcome. */
async function findOfficer(
  people: People,
  step: Step,
  outcome: Outcome,
  path: string,
): Promise<{ who: Who; page: Page }> {
  for (const who of holders(step.role)) {
    const page = await (await people.officer(who)).get(path);
    must(page.status === 200 || page.status === 404, `${who} sees the dossier or nothing`, page);
    if (offers(page, outcome)) return { who, page };
  }
  throw new Unlike(
    `somebody may do “${outcome.name.vi}” at “${step.name.vi}”`,
    "nobody of the cast is offered it",
    path,
  );
}

const today = (): Record<string, string> => {
  const [year = "", month = "", day = ""] = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10).split("-");
  return { "issuedOn.day": String(Number(day)), "issuedOn.month": String(Number(month)), "issuedOn.year": year };
};

async function record(page: Page, file: Upload): Promise<Page> {
  const recorded = await page.submit("Lưu kết quả", { number: "27/KQ", ...today(), signer: "Hoàng Đức Minh", file });
  must(recorded.status === 200 && recorded.text.includes("Đã lưu kết quả"), "the result is recorded", recorded);
  return recorded;
}

async function press(page: Page, outcome: Outcome): Promise<Page> {
  const form = page.all("form").find((one) => page.within(one).listByRole("button", outcome.name.vi).length > 0);
  const hasNote =
    form !== undefined &&
    page
      .within(form)
      .controls()
      .some((control) => attribute(control, "name") === "note");
  const done = await page.submit(
    outcome.name.vi,
    hasNote ? { note: "Đã xem xét hồ sơ, đồng ý với nội dung đề nghị." } : {},
  );
  must(done.status === 200 && done.text.includes(`Đã xử lý: ${outcome.name.vi}`), `“${outcome.name.vi}” is done`, done);
  return done;
}

/** Where the dossier goes next: opinions once where the workflow knows them, else straight ahead. */
function chooseOutcome({ outcomes }: Step, consulted: ReadonlySet<string>): Outcome | undefined {
  return (
    outcomes.find(({ consult }) => consult?.some((id) => !consulted.has(id))) ??
    outcomes.find(({ kind, consult }) => (kind === "complete" || kind === "forward" || kind === "answer") && !consult)
  );
}

/** Every step at its role and agency, from the first to the last, opinions asked and answered, the result recorded. */
export async function carryOn(
  people: People,
  { workflow }: ProcedureDefinition,
  path: string,
  file: Upload,
): Promise<void> {
  const open = [workflow.start];
  const consulted = new Set<string>();
  for (let moves = 0; open.length > 0; moves++) {
    const at = findStep(workflow, open.pop() ?? "");
    const outcome = at && chooseOutcome(at, consulted);
    if (!at || !outcome || moves > 30)
      throw new Unlike("the workflow leads to an end", `after ${moves} moves nothing is open to do`, path);
    const { who, page } = await step(`“${at.name.vi}” is somebody's`, () => findOfficer(people, at, outcome, path));
    await step(`${who}: ${outcome.name.vi}`, async () =>
      press(makesResult(workflow, at) && needsResult(at, outcome) ? await record(page, file) : page, outcome),
    );
    if (outcome.to) open.push(outcome.to);
    // Opinions are answered before the dossier goes on.
    for (const id of outcome.consult ?? []) {
      consulted.add(id);
      open.push(id);
    }
  }
}

/** The desk hands the result over. */
export async function deliver(desk: Client, path: string): Promise<void> {
  await step("the desk hands the result over", async () => {
    const page = mustBe(await desk.get(path), 200, "the dossier's page");
    const done = await page.submit("Xác nhận đã trả kết quả", { receivedBy: "Người nộp hồ sơ" });
    must(done.status === 200 && done.text.includes("Đã ghi việc trả kết quả"), "the result is handed over", done);
  });
}
