/** Drives a running portal through the whole path of a dossier, for every workflow shape, over HTTP alone. */
import { createHash } from "node:crypto";
import type { Client } from "../browse/client.ts";
import { pdfUpload } from "../browse/fill.ts";
import { attribute } from "../browse/html.ts";
import { walkCounter } from "./counter.ts";
import { find, submitTwice, walkDraft } from "./filing.ts";
import { mustNotSee, People } from "./people.ts";
import { definitionOf, type Filing, type Plan, readPlan } from "./plan.ts";
import { must, mustBe, step, stepCount } from "./walk.ts";
import { accept, carryOn, deliver, readReceipt } from "./work.ts";

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

async function walkOnline(people: People, plan: Plan, filing: Filing, number: number): Promise<void> {
  const definition = definitionOf(filing.code);
  const visitor = people.visitor();
  await find(visitor, filing, definition);
  const citizen = await step(filing.citizen === "new" ? "a new citizen signs up" : "a citizen signs in", () =>
    people.citizen(filing.citizen),
  );
  const check = await walkDraft(citizen, filing, definition, plan, number);
  const { reference } = await submitTwice(check);
  const own = `/ca-nhan/ho-so/${reference}`;
  await step("the citizen follows it", async () => {
    const page = mustBe(await citizen.get(own), 200, "the dossier's page");
    must(page.text.includes("Đã nộp, chờ tiếp nhận"), "it says that it waits", page, page.text.slice(0, 300));
    const list = await citizen.get("/ca-nhan/ho-so");
    must(
      list.listByRole("link").some((link) => attribute(link, "href") === own),
      "the list names it",
      list,
    );
  });
  await track(visitor, reference, { says: ["Đã nộp"], hides: [] });
  const stranger = await people.citizen(filing.citizen === "mui" ? "nam" : "mui");
  await step("another citizen sees nothing of it", () => mustNotSee(stranger, [own, check.path]));

  const desk = await people.officer(plan.desk);
  const { code, path, receipt } = await accept(desk, reference);
  await readReceipt(desk, receipt, [code, "Nông Thị Hành Trình"]);
  const foreign = await people.officer(plan.foreignDesk);
  await step("an officer of another agency sees nothing of it", () => mustNotSee(foreign, [path, receipt]));

  const file = pdfUpload(`Kết quả ${code}`);
  await carryOn(people, definition, path, file);
  await deliver(desk, path);
  const title = definition.results[0]?.name.vi ?? "Kết quả";
  await step("the citizen downloads the result: the same bytes", () =>
    download(citizen, own, title, sha256(file.content)),
  );
  await track(visitor, code, { says: [code], hides: ["Nông Thị Hành Trình", reference, definition.name.vi] });
  await track(visitor, reference, { says: [code, "Hẹn trả kết quả"], hides: ["Nông Thị Hành Trình"] });
}

/** What anybody may learn by a code or a reference, and no more. */
const track = (visitor: Client, typed: string, { says, hides }: { says: string[]; hides: string[] }) =>
  step(`looked up by ${typed}`, async () => {
    const page = mustBe(await visitor.get(`/tra-cuu?ma=${encodeURIComponent(typed)}`), 200, "tracking");
    const seen = page.within(page.byRole("main")).text;
    for (const word of says) must(seen.includes(word), `it says “${word}”`, page, seen);
    for (const word of hides) must(!seen.includes(word), `it keeps “${word}” to itself`, page, seen);
  });

async function download(citizen: Client, own: string, title: string, expected: string): Promise<void> {
  const page = mustBe(await citizen.get(own), 200, "the dossier's page");
  const link = page
    .listByRole("link")
    .find((one) => attribute(one, "href")?.startsWith(`${own}/tep/`) && page.nameOf(one).includes(title));
  must(link !== undefined, "the result is there to download", page, page.text.slice(0, 400));
  const file = mustBe(await citizen.get((link && attribute(link, "href")) ?? ""), 200, "the result");
  must(
    sha256(file.body) === expected,
    "the result is what the officer recorded",
    file,
    `${file.body.length} bytes of other contents`,
  );
}

/**
 * Walks every path of prisma/seed/journey.json at a portal that holds the demo people.
 * @returns whether all of it was so; what was not is printed
 */
export async function walk(base: string): Promise<boolean> {
  const started = performance.now();
  const plan = readPlan();
  const number = Math.floor(Date.now() / 100) % 10_000_000;
  const people = new People(base, number);
  try {
    for (const [i, filing] of plan.online.entries()) {
      process.stdout.write(`\n${filing.shape}: ${filing.code}\n`);
      await walkOnline(people, plan, filing, number + i);
    }
    process.stdout.write(`\nat the counter: ${plan.counter.code}\n`);
    await walkCounter(people, plan);
  } catch (error) {
    process.stderr.write(`\nNOT SO: ${(error as Error).message}\n`);
    return false;
  }
  process.stdout.write(`\n${stepCount()} steps, all so, in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return true;
}
