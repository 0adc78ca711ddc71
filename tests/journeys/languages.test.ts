import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ConfigData, HtmlValidate } from "html-validate";
import { beforeAll, describe, expect, test } from "vitest";
import { beginDraft, fillDraft, typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoCitizens } from "#dev/demo.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { Client, Page } from "../support/client.ts";
import { attribute, type Element } from "../support/html.ts";
import { provinceDatabase } from "../support/province.ts";

const BIRTH = "1.001193";
const sample = {
  today: "2026-11-22",
  provinceCode: "20",
  communeCode: "05977",
  communeName: "phường Đông Kinh",
  number: 7,
};
const LETTERS = /[ăâđêôơưàáãèéìíòóõùúýĩũ\u1ea1-\u1ef9]/iu;
const READ = new Set(["aria-label", "placeholder", "alt", "title"]);

let portal: TestApp;
let lan: Client;
/** Every page of a citizen and of the public, each as it looks in English. */
const pages = new Map<string, Page>();
/** Names that stand inside English sentences as they are. */
let names: string[];

async function collect(): Promise<void> {
  const version = await findCurrentVersion(portal.system(), BIRTH);
  if (!version) throw new Error("the seed lacks the registration of births");
  const first = await beginDraft(await lan.get(`/thu-tuc/${BIRTH}/nop-ho-so`), "Đông Kinh");
  const draft = first.path.replace(/\/[^/]+$/, "");
  const typed = { ...typedAnswers(version.definition, sample), ...typedApplicant(sample) };
  const steps = ["nguoi-nop", ...version.definition.form.pages.map(({ id }) => id), "giay-to"];
  lan.cookies.set("lang", "en");
  const keep = async (path: string, browser = lan): Promise<void> => void pages.set(path, await browser.get(path));
  await keep(`${draft}/kiem-tra`);
  pages.set("a page with errors", await lan.post(`${draft}/nguoi-nop`, { version: "0", viec: "tiep", phone: "1" }));
  pages.set("a conflict", await lan.post(`${draft}/nguoi-nop`, { version: "0", viec: "tiep", phone: "1" }));
  lan.cookies.set("lang", "vi");
  const check = await fillDraft(await lan.get(draft), typed);
  lan.cookies.set("lang", "en");
  for (const step of [...steps, "nguoi-giup", "cac-phan", "kiem-tra", "xoa"]) await keep(`${draft}/${step}`);
  for (const step of steps.slice(1, -1))
    pages.set(`${step} with errors`, await lan.post(`${draft}/${step}`, { version: "999", viec: "tiep" }));
  pages.set("undeclared", await lan.post(`${draft}/kiem-tra`, { version: "999" }));
  lan.cookies.set("lang", "vi");
  const filed = await check.submit("Nộp hồ sơ");
  const reference = /ho-so\/([A-Z0-9]+)/.exec(filed.path)?.[1] ?? "";
  lan.cookies.set("lang", "en");
  const visitor = portal.client();
  visitor.cookies.set("lang", "en");
  const open = ["/", "/thu-tuc", "/thu-tuc?q=khai+sinh", "/thu-tuc?q=zzzz", `/thu-tuc/${BIRTH}`, "/tra-cuu"];
  const doors = ["/dang-nhap", "/dang-ky", "/kha-nang-tiep-can", "/khong-co", "/ngoai-tuyen"];
  const about = ["/lien-he", "/thong-bao", "/thu-tuc/linh-vuc", "/thu-tuc/1.000894/dieu-kien"];
  for (const path of [...open, ...doors, ...about, `/tra-cuu?ma=${reference}`, "/tra-cuu?ma=x"])
    await keep(path, visitor);
  pages.set("signing in with errors", await visitor.post("/dang-nhap", {}));
  pages.set("signing up with errors", await visitor.post("/dang-ky", {}));
  const own = ["ho-so", "tai-khoan", "tai-khoan/sua", "dong-y", "thong-bao/cai-dat"];
  for (const path of [...own, `ho-so/${reference}`, `ho-so/${reference}?moi=1`, `ho-so/${reference}/danh-gia`])
    await keep(`/ca-nhan/${path}`);
  for (const path of [`/thu-tuc/${BIRTH}/nop-ho-so`, "/ca-nhan/thong-bao", "/mat-khau", "/ca-nhan/lien-ket-ho-so"])
    await keep(path);
  await keep(`/ca-nhan/ho-so/${reference}/rut`);
}

beforeAll(async () => {
  portal = await startTestApp({ database: await provinceDatabase() });
  lan = await portal.signIn(demoCitizens.lan.phone, DEMO_PASSWORD);
  await collect();
  const [agencies, units, accounts, procedures, days] = await Promise.all([
    portal.db.agency.findMany({ select: { name: true } }),
    portal.db.administrativeUnit.findMany({ select: { name: true, fullName: true } }),
    portal.db.account.findMany({ select: { displayName: true } }),
    portal.db.procedure.findMany({ include: { versions: { select: { definition: true } } } }),
    portal.db.calendarDay.findMany({ select: { name: true } }),
  ]);
  names = [
    ...agencies.map(({ name }) => name),
    ...units.flatMap(({ name, fullName }) => [fullName, fullName.charAt(0).toLowerCase() + fullName.slice(1), name]),
    ...accounts.map(({ displayName }) => displayName),
    ...procedures.flatMap(({ versions }) => versions.map(({ definition }) => nameIn(definition))),
    // A holiday between today and the due date is named in how that is counted.
    ...days.map(({ name }) => name),
    // The currency, and examples of what the Vietnamese catalogue is searched for.
    "đồng",
    "khai sinh, bằng lái, sổ đỏ",
  ].sort((a, b) => b.length - a.length);
}, 60_000);

const nameIn = (definition: unknown): string => (definition as { name: { vi: string } }).name.vi;

/** What would be read out in English: texts and spoken attributes outside of anything marked as Vietnamese. */
function* spoken(element: Element, isMarked = false): Generator<string> {
  const lang = attribute(element, "lang");
  const here = lang === undefined ? isMarked : lang === "vi";
  if (["script", "style"].includes(element.tagName)) return;
  if (!here)
    for (const { name, value } of element.attrs)
      if (READ.has(name) || (name === "value" && attribute(element, "type") === "submit")) yield value;
  for (const child of element.childNodes) {
    if (child.nodeName === "#text" && !here) yield (child as { value: string }).value;
    if ("tagName" in child) yield* spoken(child, here);
  }
}

/** Numbers of documents (224/2026/NĐ-CP) are the same in every language. */
const withoutNames = (text: string): string =>
  names.reduce((rest, name) => rest.replaceAll(name, ""), text.replace(/\d+(?:\/\d+)?\/[\p{L}\d-]+/gu, ""));

describe("who may keep a public page", () => {
  test("a shared cache only what was asked without any cookie; an error and a signed-in person's page nobody", async () => {
    const bare = await fetch(`${portal.base}/thu-tuc/${BIRTH}`);
    expect([bare.headers.get("cache-control"), bare.headers.get("vary")]).toEqual([
      "public, max-age=60",
      expect.stringMatching(/Cookie/),
    ]);
    const english = await fetch(`${portal.base}/`, { headers: { cookie: "lang=en" } });
    expect([english.headers.get("cache-control"), english.headers.get("vary")]).toEqual([
      "private, no-cache",
      expect.stringMatching(/Cookie/),
    ]);
    expect((await fetch(`${portal.base}/thu-tuc/9.999999`)).headers.get("cache-control")).toBe("private, no-cache");
    expect((await lan.get("/")).headers.get("cache-control")).toBe("no-store");
    expect((await fetch(`${portal.base}/dang-nhap`)).headers.get("cache-control")).toBe("private, no-cache");
  });
});

describe("in English", () => {
  test("no interface text is Vietnamese, and what is Vietnamese says so", () => {
    const found: string[] = [];
    for (const [name, page] of pages) {
      const [html] = page.all("html");
      expect([name, html && attribute(html, "lang")]).toEqual([name, "en"]);
      for (const text of html ? spoken(html) : [])
        if (LETTERS.test(text) && LETTERS.test(withoutNames(text.normalize("NFC"))))
          found.push(`${name}: ${text.trim()}`);
    }
    expect([...new Set(found)]).toEqual([]);
    expect(pages.size).toBeGreaterThan(35);
  });

  test("no page shows the key of a text, or a place that was not filled in", () => {
    const KEY =
      /\b(?:platform|accounts|dossiers|fields|filing|home|notifications|procedures|tracking|content)\.\w+\.\w+/;
    const found = [...pages].filter(([, page]) => KEY.test(page.text) || /\{\{|undefined|\[object|NaN/.test(page.text));
    expect(found.map(([name]) => name)).toEqual([]);
  });

  test("every page is valid markup, in every state", async () => {
    const config = readFileSync(join(import.meta.dirname, "../../.config/htmlvalidate.json"), "utf8");
    const validator = new HtmlValidate(JSON.parse(config) as ConfigData);
    const found: string[] = [];
    for (const [name, page] of pages) {
      const { results } = await validator.validateString(page.html);
      for (const { messages } of results)
        for (const { ruleId, message } of messages) found.push(`${name}: ${ruleId} ${message}`);
    }
    expect(found).toEqual([]);
  });
});
