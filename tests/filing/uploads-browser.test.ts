import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect } from "vitest";
import { createDraft } from "#filing/index.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { emptyContent } from "../../src/filing/rules.ts";
import type { TestApp } from "../support/app.ts";
import { mustBeUsable, mustFit } from "../support/axe.ts";
import { BUSY_MS, browserTest, hasBrowser, openBrowser } from "../support/browser.ts";
import { BIRTH, home, PASSWORD, startPortal } from "./people.ts";
import { pdfOf } from "./pieces.ts";

const PHONE = { width: 360, height: 740 };
const HEIC = readFileSync(join(import.meta.dirname, "samples/anh-dien-thoai.heic"));

let portal: TestApp;
let draftId: string;
beforeAll(async () => {
  if (hasBrowser) ({ portal } = await startPortal());
}, 60_000);

beforeEach(async () => {
  if (!hasBrowser) return;
  const version = await findCurrentVersion(portal.system(), BIRTH);
  if (!version) throw new Error("the seed lacks the registration of births");
  await portal.db.draft.deleteMany();
  const { id } = await portal.db.account.findFirstOrThrow({ where: { displayName: "Nguyễn Thị Lan" } });
  const form = { childSituation: "usual", birthProofKind: "certificate" };
  ({ draftId } = await createDraft(
    { ...portal.system(), actor: { kind: "citizen", accountId: id, name: "Nguyễn Thị Lan" } },
    {
      version,
      agencyId: (await home(portal)).agencyId,
      caseId: null,
      content: { ...emptyContent, applicant: { actingFor: "self" }, form },
    },
  ));
});

async function openPapers({ javaScriptEnabled = true, viewport = PHONE } = {}): Promise<Page> {
  const context = await (await openBrowser()).newContext({
    viewport,
    javaScriptEnabled,
    baseURL: portal.base,
    locale: "vi-VN",
    hasTouch: viewport === PHONE,
    isMobile: viewport === PHONE,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(BUSY_MS);
  await page.goto(`/dang-nhap?tiep=${encodeURIComponent(`/ca-nhan/ban-nhap/${draftId}/giay-to`)}`);
  await page.fill("[name=username]", "0912000101");
  await page.fill("[name=password]", PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL(/giay-to/);
  return page;
}

/** What a machine sees of WCAG 2.2 AA; and a picture, where one is asked for. */
async function look(page: Page, name: string): Promise<void> {
  await mustBeUsable(page, name);
  const folder = process.env["PICTURES"];
  for (const width of folder ? [360, 768, 1280] : [360]) {
    if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 900 });
    await mustFit(page, `${name} at ${width}`);
    if (!folder) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}-${width}.png`), await page.screenshot({ fullPage: true }));
  }
  await page.setViewportSize(PHONE);
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const filesOf = () => portal.db.attachment.findMany({ where: { draftId }, orderBy: { createdAt: "asc" } });
const chooser = (page: Page) => page.locator('[id="tep.birthProof"]');

describe("files on a poor line", () => {
  browserTest(
    "a file whose line breaks twice is there once and whole, and the page goes on by itself",
    { timeout: 120_000 },
    async () => {
      const page = await openPapers();
      await look(page, "empty");
      let pieces = 0;
      let release = (): void => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route(/\/tai-len\/[0-9a-f-]+$/, async (route) => {
        if (route.request().method() !== "PATCH") return route.continue();
        pieces++;
        if (pieces === 2 || pieces === 3) return route.abort("connectionreset");
        if (pieces === 4) await released;
        await route.continue();
      });
      const whole = pdfOf(5_000_000);
      await chooser(page).setInputFiles({ name: "Sổ hộ khẩu cũ.pdf", mimeType: "application/pdf", buffer: whole });
      await page.getByText("Mất kết nối").waitFor();
      await look(page, "uploading");
      await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
      await page.getByText("Trang sẽ tự chuyển tiếp khi gửi xong").waitFor();
      release();
      await page.waitForURL(/kiem-tra/, { timeout: BUSY_MS });
      expect((await filesOf()).map(({ name, size, sha256: hash }) => [name, size, hash])).toEqual([
        ["Sổ hộ khẩu cũ.pdf", whole.length, sha256(whole)],
      ]);
      expect(pieces).toBeGreaterThanOrEqual(5);
      await page.context().close();
    },
  );

  browserTest(
    "after a reload the same file, chosen again, is not sent from the beginning",
    { timeout: 120_000 },
    async () => {
      const page = await openPapers();
      const whole = pdfOf(5_000_000);
      const file = { name: "giấy chứng sinh.pdf", mimeType: "application/pdf", buffer: whole };
      // A file of the device keeps its date; one made here would be new each time.
      const path = join(portal.folder, file.name);
      writeFileSync(path, whole);
      let pieces = 0;
      let isDown = true;
      await page.route(/\/tai-len\/[0-9a-f-]+$/, (route) =>
        route.request().method() === "PATCH" && isDown && ++pieces > 1
          ? route.abort("connectionreset")
          : route.continue(),
      );
      await chooser(page).setInputFiles(path);
      await page.getByText("Mất kết nối").waitFor();
      await page.reload();
      await page.getByText("Chưa gửi xong (2,0 MB trên 4,8 MB)").waitFor();
      // Only now: the page before would have gone on by itself.
      isDown = false;
      await look(page, "unfinished");
      const sent: number[] = [];
      page.on("request", (request) => {
        if (request.method() === "PATCH") sent.push(Number(request.headers()["upload-offset"]));
      });
      await chooser(page).setInputFiles(path);
      await page.getByRole("link", { name: file.name, exact: true }).waitFor();
      expect(Math.min(...sent)).toBe(2 * 1024 * 1024);
      expect((await filesOf()).map(({ sha256: hash }) => hash)).toEqual([sha256(whole)]);
      expect(await page.getByText("Chưa gửi xong").count()).toBe(0);
      await page.context().close();
    },
  );

  browserTest(
    "a photo becomes a JPEG; a bad file is told at its control and loses nothing else",
    { timeout: 120_000 },
    async () => {
      const page = await openPapers();
      await page.locator('[id="chup.birthProof"]').waitFor({ state: "visible" });
      await chooser(page).setInputFiles([
        { name: "IMG_0001.HEIC", mimeType: "image/heic", buffer: HEIC },
        { name: "hỏng.HEIC", mimeType: "image/heic", buffer: HEIC.subarray(0, 1500) },
        { name: "trống.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
        { name: "trang 2.pdf", mimeType: "application/pdf", buffer: pdfOf(1000) },
      ]);
      await page.getByRole("link", { name: "trang 2.pdf", exact: true }).waitFor();
      await page.getByText("Ảnh đã được chuyển thành JPEG.").waitFor();
      expect(await page.getByRole("alert").allInnerTexts()).toEqual([
        expect.stringContaining("Tệp “hỏng.HEIC” bị hỏng"),
        expect.stringContaining("Tệp “trống.pdf” không có nội dung"),
      ]);
      expect((await filesOf()).map(({ name, mediaType }) => [name, mediaType])).toEqual([
        ["IMG_0001.jpg", "image/jpeg"],
        ["trang 2.pdf", "application/pdf"],
      ]);
      await look(page, "several-and-error");
      // By its path: the bytes themselves are of no interest to anybody.
      const large = join(portal.folder, "quét cả tập.pdf");
      writeFileSync(large, "");
      truncateSync(large, 20 * 1024 * 1024 + 1);
      await chooser(page).setInputFiles(large);
      await page.getByRole("alert").filter({ hasText: "quét cả tập.pdf" }).first().waitFor();
      await look(page, "too-large");
      await page.getByRole("link", { name: "Thay trang 2.pdf" }).click();
      await look(page, "replacing");
      await page
        .locator("input[type=file]")
        .first()
        .setInputFiles({ name: "trang 2 mới.pdf", mimeType: "application/pdf", buffer: pdfOf(1000) });
      await page.getByRole("link", { name: "trang 2 mới.pdf", exact: true }).waitFor();
      expect((await filesOf()).map(({ name }) => name)).toEqual(["IMG_0001.jpg", "trang 2 mới.pdf"]);
      await page.context().close();
    },
  );

  browserTest("without JavaScript the same files come with the form", { timeout: 120_000 }, async () => {
    const page = await openPapers({ javaScriptEnabled: false });
    await chooser(page).setInputFiles([
      { name: "IMG_0001.HEIC", mimeType: "image/heic", buffer: HEIC },
      { name: "hóa đơn.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ") },
    ]);
    await page.getByRole("button", { name: "Tải tệp lên" }).last().click();
    expect(await page.locator(".govuk-error-summary a").allInnerTexts()).toEqual([
      expect.stringContaining("Không nhận được tệp “hóa đơn.pdf”"),
    ]);
    expect(await page.getByText("Ảnh đã được chuyển thành JPEG.").count()).toBe(1);
    await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    await page.waitForURL(/kiem-tra/);
    await page.context().close();
  });
});
