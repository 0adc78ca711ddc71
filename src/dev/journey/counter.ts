import type { Value } from "../browse/client.ts";
import { answersFor, pdfUpload, typedAnswers } from "../browse/fill.ts";
import { attribute } from "../browse/html.ts";
import { samplePersonalId } from "../sample-answers.ts";
import { codeIn } from "./pdf.ts";
import type { People } from "./people.ts";
import { definitionOf, type Plan, sampleOf } from "./plan.ts";
import { must, mustBe, step } from "./walk.ts";
import { readReceipt } from "./work.ts";

/** A paper dossier of somebody who stands there: registered on one page, later followed from an account of their own. */
export async function walkCounter(people: People, plan: Plan): Promise<void> {
  const { code, search } = plan.counter;
  const definition = definitionOf(code);
  const desk = await people.officer(plan.desk);
  const form = await step(`the desk finds “${search}”`, async () => {
    const found = mustBe(await desk.get(`/mot-cua/tiep-nhan?q=${encodeURIComponent(search)}`), 200, "the counter");
    const href = found
      .listByRole("link")
      .map((link) => attribute(link, "href") ?? "")
      .find((one) => one.startsWith(`/mot-cua/tiep-nhan/${code}`));
    must(href !== undefined, `${code} is taken in at the counter`, found);
    return mustBe(await desk.get(href ?? ""), 200, "the counter's form");
  });
  const done = await step("the desk registers the dossier of a person who stands there", async () => {
    const person = {
      applicant_fullName: "Bế Thị Quầy",
      applicant_personalId: samplePersonalId("female", 1988, people.number),
      "applicant_birthDate.year": "1988",
      "applicant_birthDate.month": "",
      "applicant_birthDate.day": "",
      applicant_phone: "0987 654 321",
    };
    const values: Record<string, Value> = answersFor(
      form,
      { ...typedAnswers(definition, sampleOf(plan, people.number)), ...person },
      false,
    );
    for (const { id, originals, required } of definition.requirements) {
      if (!required || !form.controls().some((control) => attribute(control, "name") === `paper-${id}.received`))
        continue;
      values[`paper-${id}.received`] = "1";
      if (originals > 0) values[`paper-${id}.originals`] = "1";
      values[`paper-${id}.file`] = pdfUpload("Bản quét");
    }
    values["returnMethod"] = "counter";
    const page = await form.submit("Tiếp nhận và cấp mã", values);
    must(page.status === 200 && page.heading === "Đã tiếp nhận hồ sơ", "the dossier is taken in", page);
    return page;
  });
  const dossierCode = /[A-Z][A-Z0-9.]+-\d{6}-\d{4,}/.exec(done.text)?.[0] ?? "";
  must(dossierCode !== "", "the dossier has a code", done);
  const text = await readReceipt(desk, done.link("In giấy tiếp nhận"), [dossierCode, "Bế Thị Quầy"]);
  if (text === null) {
    process.stdout.write(
      "             pdftotext is not installed: the code on the receipt is not read, the dossier not linked\n",
    );
    return;
  }
  const citizen = await people.citizen(plan.counter.citizen);
  const linkCode = codeIn(text);
  const linkPage = mustBe(await citizen.get("/ca-nhan/lien-ket-ho-so"), 200, "the page for linking");
  await step("a wrong code links nothing", async () => {
    const told = await linkPage.submit("Thêm hồ sơ", { code: dossierCode, linkCode: "0000-0000-0000" });
    must(told.status === 422 && told.errors().length > 0, "a wrong code is told", told);
  });
  await step("the code on the receipt links the dossier to an account", async () => {
    const linked = await linkPage.submit("Thêm hồ sơ", { code: dossierCode, linkCode });
    must(
      linked.status === 200 && linked.path.startsWith("/ca-nhan/ho-so/") && linked.text.includes(dossierCode),
      "the dossier is there",
      linked,
    );
  });
  await step("the code works once", async () => {
    const other = await people.citizen("new");
    const page = await other.get("/ca-nhan/lien-ket-ho-so");
    const told = await page.submit("Thêm hồ sơ", { code: dossierCode, linkCode });
    must(told.status === 422, "the code is used up", told);
  });
}
