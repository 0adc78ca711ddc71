import { zipSync } from "fflate";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { makeCompany } from "#companies/index.ts";
import type { Typed } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoCitizens, demoCompany } from "#dev/demo.ts";
import { acceptDossier, deliverResult, type Mark, requestSupplement } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { BY_AUTHORIZATION, finish, officerOf } from "../filing/people.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { mustBeUsable } from "../support/axe.ts";
import { browserTest, hasBrowser } from "../support/browser.ts";
import { provinceDatabase } from "../support/province.ts";
import { numberOf } from "../support/second-step.ts";
import { fillByKeyboard, pressByKeyboard } from "./keyboard.ts";
import { BIRTH, birthAnswers, chooseAgency, fileBirth, fillPage, open, paper, signIn } from "./walking.ts";

const START = `/thu-tuc/${BIRTH}/nop-ho-so`;
const { lan, pao, mui } = demoCitizens;

let portal: TestApp;
let known: Typed;
let officer: (at?: Date) => Context<Officer>;

beforeAll(async () => {
  if (!hasBrowser) return;
  portal = await startTestApp({ database: await provinceDatabase() });
  known = await birthAnswers(portal);
  const desk = await portal.db.agency.findUniqueOrThrow({ where: { identifier: "H37.05977" } });
  officer = await officerOf(portal, desk.id, "canbo.hanh-trinh");
}, 60_000);

const dossierOf = (reference: string) => portal.db.dossier.findUniqueOrThrow({ where: { reference } });
const referenceIn = (page: Page): string => /ho-so\/([A-Z0-9]+)/.exec(page.url())?.[1] ?? "";
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const pageOf = (page: Page): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";

/** A dossier of this person, filed without a look. */
async function filed(page: Page): Promise<string> {
  await page.goto(START);
  return fileBirth(page, known);
}

/** The desk asks once more, and the same person answers where no scripts run. */
async function completeBare(page: Page, reference: string, marks: readonly Mark[]): Promise<void> {
  const { id, version } = await dossierOf(reference);
  const reason = "Tên vẫn chưa đúng.";
  await requestSupplement(officer(), { dossierId: id, version, marks, reason, answerBy: null, confirmed: true });
  const storageState = await page.context().storageState();
  const bare = await open(portal, { javaScriptEnabled: false, storageState });
  await bare.goto(`/ca-nhan/ho-so/${reference}/bo-sung`);
  await bare.fill("[name=childName]", "Nguyễn Thị Không Kịch Bản");
  await bare.locator('[name="tep.birthProof"]').setInputFiles([paper("trang 1"), paper("trang 2")]);
  await press(bare, "Tải tệp lên");
  await bare.getByRole("link", { name: "trang 2.pdf", exact: true }).waitFor();
  await bare.getByRole("button", { name: /^Xóa trang 2.pdf/ }).click();
  await bare.getByRole("link", { name: "trang 2.pdf", exact: true }).waitFor({ state: "detached" });
  expect(await bare.inputValue("[name=childName]")).toBe("Nguyễn Thị Không Kịch Bản");
  await press(bare, "Gửi bổ sung");
  await bare.getByText("Đã gửi bổ sung.").waitFor();
  expect((await dossierOf(reference)).status).toBe("submitted");
  await bare.context().close();
}

/** As it is seen by who needs more contrast and larger letters. */
async function mustBeUsableInEveryLook(page: Page, name: string): Promise<void> {
  const wear = (value: string) => page.context().addCookies([{ name: "look", value, url: portal.base }]);
  await wear("tuong-phan-chu-lon");
  await page.reload();
  expect(await page.locator("html").getAttribute("class")).toContain("look-contrast look-large");
  await mustBeUsable(page, `${name} in high contrast and large letters`);
  await wear("thuong");
}

describe("a citizen", () => {
  browserTest(
    "files on a phone without JavaScript, from home to the reference: mistakes, Back and Change lose nothing",
    { timeout: 180_000 },
    async () => {
      const page = await open(portal, { javaScriptEnabled: false });
      await page.goto("/");
      await page.locator("#tim-thu-tuc").fill("dang ky khai sinh");
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "Đăng ký khai sinh", exact: true }).first().click();
      await page
        .getByRole("link", { name: /Nộp hồ sơ/ })
        .first()
        .click();
      await signIn(page, mui.phone);
      expect(new URL(page.url()).pathname).toBe(START);
      await page.locator("[name=agency]").selectOption("");
      await press(page, "Bắt đầu kê khai");
      expect(await page.title()).toMatch(/^Lỗi: /);
      await page.locator(".govuk-error-summary a").click();
      expect(page.url()).toMatch(/#agency$/);
      await chooseAgency(page);
      await press(page, "Bắt đầu kê khai");

      await fillPage(page, { ...known, phone: "0912" });
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === "POST"),
        press(page, "Lưu và tiếp tục"),
      ]);
      expect([answer.status(), await page.title()]).toEqual([422, expect.stringMatching(/^Lỗi: /)]);
      expect(await page.inputValue("[name=phone]")).toBe("0912");
      expect(await page.locator(".govuk-error-summary a").getAttribute("href")).toBe("#phone");
      await page.fill("[name=phone]", String(known["phone"]));
      await press(page, "Lưu và tiếp tục");

      await fillPage(page, known);
      await page.getByRole("link", { name: /Quay lại/ }).click();
      expect([pageOf(page), await page.inputValue("[name=phone]")]).toEqual(["nguoi-nop", "0912345678"]);
      await press(page, "Lưu và tiếp tục");
      for (let asked = 0; asked < 10 && pageOf(page) !== "giay-to"; asked++) {
        await fillPage(page, known);
        await press(page, "Lưu và tiếp tục");
      }
      await press(page, "Lưu và tiếp tục");
      expect([pageOf(page), await page.title()]).toEqual(["giay-to", expect.stringMatching(/^Lỗi: /)]);
      await fillPage(page, known);
      await press(page, "Tải tệp lên");
      await page.getByRole("link", { name: "Giấy chứng sinh.pdf", exact: true }).waitFor();
      await press(page, "Lưu và tiếp tục");
      expect(pageOf(page)).toBe("kiem-tra");

      await page.locator('a[href$="#childName"]').click();
      await page.fill("[name=childName]", "Nguyễn Thị Đổi Tên");
      await press(page, "Lưu và về trang kiểm tra");
      expect([pageOf(page), await page.getByText("Nguyễn Thị Đổi Tên").count()]).toEqual(["kiem-tra", 1]);
      await press(page, "Nộp hồ sơ");
      expect(await page.locator("h1").innerText()).toBe("Đã nộp hồ sơ");
      expect((await dossierOf(referenceIn(page))).status).toBe("submitted");
      await page.context().close();
    },
  );

  browserTest(
    "files for somebody else with the keyboard alone, and always sees where it stands",
    { timeout: 180_000 },
    async () => {
      const page = await open(portal);
      await signIn(page, pao.phone);
      await page.goto(`/thu-tuc/${BIRTH}`);
      await pressByKeyboard(page, /^Nộp hồ sơ/);
      const agency = await page.locator("[name=agency] option", { hasText: "Đông Kinh" }).first().getAttribute("value");
      const proxy = Object.assign({}, ...Object.values(BY_AUTHORIZATION)) as Typed;
      const typed = { ...known, ...proxy, relation: "proxy", agency: agency ?? "" };
      await fillByKeyboard(page, typed, /^Bắt đầu kê khai$/);
      const walked: string[] = [];
      for (let asked = 0; asked < 12 && pageOf(page) !== "kiem-tra"; asked++) {
        walked.push(pageOf(page));
        await fillByKeyboard(page, typed, /^Lưu và tiếp tục$/);
      }
      expect(walked).toContain("nguoi-duoc-nop-thay");
      await mustBeUsable(page, "check page of a proxy");
      await fillByKeyboard(page, {}, /^Nộp hồ sơ$/);
      await page.locator(".govuk-panel").waitFor();
      const { id } = await dossierOf(referenceIn(page));
      const papers = await portal.db.attachment.findMany({ where: { dossierId: id }, select: { requirementId: true } });
      expect(papers.map(({ requirementId }) => requirementId).sort()).toEqual(["birthProof", "proxyPaper"]);
      await page.context().close();
    },
  );

  browserTest("completes what the desk asks for, and withdraws another dossier", { timeout: 180_000 }, async () => {
    const page = await open(portal);
    await signIn(page, lan.phone);
    const reference = await filed(page);
    const { id, version } = await dossierOf(reference);
    const marks: Mark[] = [
      { kind: "field", id: "childName", note: "Viết đúng như giấy chứng sinh." },
      { kind: "paper", id: "birthProof", note: "Ảnh mờ, hãy chụp lại." },
    ];
    await requestSupplement(officer(), {
      dossierId: id,
      version,
      marks,
      reason: "Giấy chứng sinh không đọc được số.",
      answerBy: "2099-12-31",
      confirmed: false,
    });
    await page.goto("/ca-nhan/ho-so");
    await mustBeUsable(page, "my dossiers with something to do");
    await page
      .getByRole("link", { name: /^Bổ sung/ })
      .first()
      .click();
    if (!page.url().endsWith("/bo-sung")) await page.getByRole("link", { name: "Bổ sung hồ sơ" }).first().click();
    await mustBeUsableInEveryLook(page, "supplement");
    await page.fill("[name=childName]", "");
    await press(page, "Gửi bổ sung");
    await page.locator(".govuk-error-summary").waitFor();
    await mustBeUsable(page, "supplement with errors");
    await page.fill("[name=childName]", "Nguyễn Thị Bổ Sung");
    await page.locator('[name="tep.birthProof"]').setInputFiles(paper("Giấy chứng sinh rõ hơn"));
    await press(page, "Gửi bổ sung");
    await page.getByText("Đã gửi bổ sung.").waitFor();
    expect((await dossierOf(reference)).status).toBe("submitted");
    await mustBeUsable(page, "dossier after its supplement");
    await completeBare(page, reference, marks);
    await page.goto(`/ca-nhan/ho-so/${reference}`);
    await page.getByRole("link", { name: "Ai đã xem hồ sơ này" }).click();
    await mustBeUsable(page, "who looked at the dossier");
    await page.goBack();

    await page.getByRole("link", { name: "Rút hồ sơ" }).click();
    await press(page, "Rút hồ sơ");
    await page.locator(".govuk-error-summary").waitFor();
    await mustBeUsable(page, "withdrawal with errors");
    await page.getByRole("link", { name: "Giữ lại hồ sơ" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/rut"));
    // Back leads to the form again, not to the browser's own question whether to send it twice.
    await page.goBack();
    await page.fill("[name=reason]", "Tôi nộp nhầm nơi.");
    await press(page, "Rút hồ sơ");
    await page.waitForURL((url) => url.pathname === `/ca-nhan/ho-so/${reference}`);
    expect((await dossierOf(reference)).status).toBe("withdrawn");
    await mustBeUsable(page, "withdrawn dossier");
    await page.context().close();
  });

  browserTest(
    "does all of it in English: finds, files, downloads the result, rates",
    { timeout: 180_000 },
    async () => {
      const page = await open(portal);
      const look = async (name: string) => {
        expect([name, await page.locator("html").getAttribute("lang")]).toEqual([name, "en"]);
        await mustBeUsable(page, `${name} in English`);
      };
      await page.goto("/");
      await page.locator(".top__menu summary").click();
      await page.getByRole("link", { name: "English", exact: true }).first().click();
      await look("home");
      await page.locator("#tim-thu-tuc").fill("birth certificate");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/thu-tuc\?/);
      await page.getByRole("link", { name: "Birth registration", exact: true }).first().click();
      await look("procedure");
      await page.getByRole("link", { name: /^File/ }).first().click();
      await signIn(page, lan.phone);
      const judged = new Set(["start", "nguoi-nop", "tre", "cam-doan", "giay-to", "kiem-tra", "filed"]);
      const reference = await fileBirth(page, known, {
        language: "en",
        look: async (name) => void (judged.has(name) && (await look(name))),
      });
      const { id, version } = await dossierOf(reference);
      await acceptDossier(officer(), { dossierId: id, version });
      await finish(portal, officer, id);
      const { version: ready } = await dossierOf(reference);
      await deliverResult(officer(), { dossierId: id, version: ready, method: "online", receivedBy: null });
      await page.goto(`/ca-nhan/ho-so/${reference}`);
      await look("dossier with its result");
      const result = page.getByRole("link", { name: /^Download Giấy khai sinh$/ });
      const download = await page.request.get((await result.getAttribute("href")) ?? "");
      expect([download.status(), download.headers()["content-type"]]).toEqual([200, "application/pdf"]);
      await page.goto(`/ca-nhan/ho-so/${reference}/danh-gia`);
      await look("rating");
      await page.locator("main form button[type=submit]").click();
      await page.locator(".govuk-error-summary").waitFor();
      await look("rating with errors");
      await page.locator("[name=overall]").first().check();
      await page.locator("main form button[type=submit]").click();
      await page.getByText(/Thank you/).waitFor();
      await look("rated dossier");
      await page.context().close();
    },
  );
});

/** What somebody comes across beside the way that the journeys take: each as it is opened, or as it answers to nothing. */
describe("on a phone, every other page of a citizen is usable", () => {
  /** Sends the page's own form as it stands. */
  const sendNothing = async (page: Page): Promise<void> => {
    await page.evaluate(
      "[...document.querySelectorAll('main input:not([type=hidden])')].forEach((one) => (one.type === 'radio' || one.type === 'checkbox' ? (one.checked = false) : one.type === 'file' || (one.value = '')))",
    );
    const next = page.locator("main button[name=viec][value=tiep]");
    const last = page.locator("main form[method=post] button[type=submit]:not([tabindex='-1'])").last();
    await ((await next.count()) > 0 ? next : last).click();
    await page.locator(".govuk-error-summary").waitFor();
  };

  browserTest("what the portal says of itself, and ways that lead nowhere", { timeout: 180_000 }, async () => {
    const page = await open(portal);
    const about = ["huong-dan", "cau-hoi-thuong-gap", "lien-he", "quyen-rieng-tu", "dieu-khoan-su-dung"];
    const found = [
      "thu-tuc?q=zzzz",
      "thu-tuc/linh-vuc",
      "thu-tuc/1.000894/dieu-kien",
      "tra-cuu?ma=x",
      "ngoai-tuyen",
      "kich-hoat/khong-co",
    ];
    for (const path of [...about, "kha-nang-tiep-can", "thong-bao", ...found, "dang-ky", "khong-co"]) {
      await page.goto(`/${path}`);
      await mustBeUsable(page, path);
    }
    for (const path of ["dang-ky", "dang-nhap"]) {
      await page.goto(`/${path}`);
      await sendNothing(page);
      await mustBeUsable(page, `${path} with errors`);
    }
    await page.context().close();
  });

  browserTest("how they keep their account, and an organisation that they file for", { timeout: 180_000 }, async () => {
    const phone = "0912000888";
    const made = await createCitizen(portal.system(), {
      fullName: "Nông Thị Nhung",
      phone,
      password: DEMO_PASSWORD,
    });
    if ("taken" in made) throw new Error(`${phone} is taken`);
    const actor = { kind: "citizen" as const, accountId: made.accountId, name: "Nông Thị Nhung" };
    await makeCompany({ ...portal.system(), actor }, { ...demoCompany, taxCode: "4900777124" });
    const page = await open(portal);
    await signIn(page, phone);
    const look = async (path: string) => {
      await page.goto(path);
      await mustBeUsable(page, path);
    };
    await look("/ca-nhan/tai-khoan/lien-lac");
    await look("/ca-nhan/to-chuc");
    await look("/ca-nhan/to-chuc/them");
    await sendNothing(page);
    await mustBeUsable(page, "an organisation with errors");
    await page.goto("/ca-nhan/to-chuc");
    await page.getByRole("link", { name: /Hoa Hồi/ }).click();
    await mustBeUsable(page, "an organisation");
    const company = page.url();
    await look(`${company}/sua`);
    await look(`${company}/moi`);
    expect(await page.locator("h1").innerText()).toContain("cần xác thực hai bước");
    await look("/bao-mat");
    await look("/bao-mat/khoa-truy-cap");
    await look("/bao-mat/ung-dung");
    const secret = (await page.locator("code, [translate=no]").first().innerText()).replaceAll(" ", "");
    await page.getByLabel("6 chữ số trong ứng dụng").fill("000000");
    await page.locator("main form button[type=submit]").last().click();
    await page.locator(".govuk-error-summary").waitFor();
    await mustBeUsable(page, "a wrong number");
    await page.getByLabel("6 chữ số trong ứng dụng").fill(numberOf(secret));
    await page.locator("main form button[type=submit]").last().click();
    await page.getByRole("link", { name: /Tôi đã cất mã/ }).waitFor();
    await mustBeUsable(page, "recovery codes");
    await look("/bao-mat");
    await look(`${company}/moi`);
    await sendNothing(page);
    await mustBeUsable(page, "an invitation with errors");
    await page.getByLabel("Số điện thoại đăng nhập").check();
    await page.getByLabel("Số hoặc địa chỉ đó").fill(demoCitizens.nam.phone);
    await page.getByLabel("Chỉ xem").check();
    await page.getByRole("button", { name: "Lập lời mời" }).click();
    await page.getByText("Mã mời vào").waitFor();
    await mustBeUsable(page, "an invitation's code");
    await page.context().clearCookies();
    await page.goto("/dang-nhap");
    await page.getByLabel(/tên đăng nhập$/).fill(phone);
    await page.getByLabel("Mật khẩu", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await page.getByLabel("Mã xác thực hoặc mã dự phòng").waitFor();
    await mustBeUsable(page, "the second step");
    await page.context().close();
  });

  browserTest("what is theirs, and each page of a dossier that is being written", { timeout: 180_000 }, async () => {
    const page = await open(portal);
    await signIn(page, demoCitizens.nam.phone);
    const own = ["ho-so", "lien-ket-ho-so", "dong-y", "thong-bao", "thong-bao/cai-dat", "tai-khoan", "tai-khoan/sua"];
    for (const path of [...own.map((one) => `/ca-nhan/${one}`), "/mat-khau"]) {
      await page.goto(path);
      await mustBeUsable(page, path);
    }
    await page.goto(START);
    await chooseAgency(page);
    await press(page, "Bắt đầu kê khai");
    const draft = page.url().replace(/[^/]+$/, "");
    const wrong = async (name: string) => {
      if (pageOf(page) !== name) await page.goto(draft + name);
      await sendNothing(page);
      await mustBeUsable(page, `${name} with errors`);
    };
    await wrong("nguoi-nop");
    await fillPage(page, { ...known, actingFor: "other" });
    await press(page, "Lưu và tiếp tục");
    for (const name of ["nguoi-duoc-nop-thay", "nguoi-giup", "tre", "nguoi-me", "cam-doan"]) await wrong(name);
    for (const name of ["cac-phan", "kiem-tra", "xoa"]) {
      await page.goto(draft + name);
      await mustBeUsable(page, name);
    }
    for (const name of ["nguoi-nop", "tre", "giay-to", "kiem-tra"]) {
      await page.goto(draft + name);
      await mustBeUsableInEveryLook(page, name);
    }
    await page.goto(START);
    await mustBeUsable(page, "an unfinished one is offered");
    await page.goto("/thu-tuc/1.012753/nop-ho-so");
    await page.locator("[name=agency]").selectOption({ index: 1 });
    await press(page, "Bắt đầu kê khai");
    await page.goto(page.url().replace(/[^/]+$/, "to-chuc-nop-ho-so"));
    await sendNothing(page);
    await mustBeUsable(page, "page of an organisation with errors");
    await page.context().close();
  });

  browserTest("many of one procedure from a table, with mistakes in it", { timeout: 180_000 }, async () => {
    const page = await open(portal);
    await signIn(page, demoCitizens.lan.phone);
    const start = "/thu-tuc/2.000635/nop-nhieu";
    await page.goto(start);
    await mustBeUsable(page, "many: start");
    const read = page.getByRole("button", { name: "Tải lên và kiểm tra" });
    await read.click();
    await page.locator(".govuk-error-summary").waitFor();
    await mustBeUsable(page, "many: nothing chosen");
    await chooseAgency(page);
    await page.locator("[name=returnMethod]").first().check();
    const csv = (await (await page.request.get(`${start}/mau.csv`)).text()).trimEnd();
    const wrong = `\r\n${csv
      .split(/\r?\n/)
      .at(-1)
      ?.replace(/[^;,]+/g, "x")}`;
    await page
      .locator("[name=table]")
      .setInputFiles({ name: "bang.csv", mimeType: "text/csv", buffer: Buffer.from(csv + wrong) });
    await read.click();
    await page.waitForURL(/\/ca-nhan\/nop-nhieu\//);
    await mustBeUsable(page, "many: lines with mistakes");
    await page.locator("main a[href*='/dong/']").first().click();
    await page.waitForURL(/\/dong\//);
    await mustBeUsable(page, "many: one line");

    const answers: Record<string, string> = {
      "nop.actingFor": "Cho mình hoặc người thân, với tư cách người có trách nhiệm đi làm thủ tục",
      "khai.requesterKind": "Đại diện cơ quan, tổ chức",
      "khai.relation": "bản thân",
      "khai.eventKind": "Giấy khai sinh",
      "khai.registeredName": "Vi Thị Một",
      "khai.registeredBirthDate": "05/03/1990",
      "khai.registeredAt": "Phường Chi Lăng",
      "khai.registeredOn": "1990",
      "khai.copyCount": "2",
    };
    const ids = csv.split(/\r?\n/).at(-1)?.split(",") ?? [];
    const line = ids.map((id) => `"${answers[id.replaceAll('"', "")] ?? ""}"`).join(",");
    await page.goto(start);
    await chooseAgency(page);
    await page.locator("[name=returnMethod]").first().check();
    const good = { name: "bang.csv", mimeType: "text/csv", buffer: Buffer.from(`${csv}\r\n${line}`) };
    await page.locator("[name=table]").setInputFiles(good);
    await read.click();
    await page.waitForURL(/\/ca-nhan\/nop-nhieu\//);
    const papers = { "4-2.pdf": paper("Văn bản yêu cầu").buffer, "9-1.pdf": paper("Thừa").buffer };
    for (const [name, bytes] of [
      ["hong.zip", Buffer.from("PK")],
      ["giay-to.zip", Buffer.from(zipSync(papers))],
    ] as const) {
      await page.locator("[name=papers]").setInputFiles({ name, mimeType: "application/zip", buffer: bytes });
      await page.getByRole("button", { name: "Gửi và ghép giấy tờ" }).click();
      await page.locator(name === "hong.zip" ? ".govuk-error-summary" : "#giay-to details").waitFor();
      await mustBeUsable(page, `many: papers from ${name}`);
    }
    expect(await page.getByText("Đã có Văn bản yêu cầu").count()).toBe(1);
    await page.context().close();
  });
});
