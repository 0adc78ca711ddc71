import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { beginDraft } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoCitizens } from "#dev/demo.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { BUSY_MS, browserTest, hasBrowser, openBrowser, QUICK_PAUSES } from "../support/browser.ts";
import { Client } from "../support/client.ts";
import { provinceDatabase } from "../support/province.ts";

const BIRTH = "1.001193";
const LAN = demoCitizens.lan.phone;

let portal: TestApp;

beforeAll(async () => {
  if (!hasBrowser) return;
  portal = await startTestApp({ database: await provinceDatabase() });
}, 60_000);

/** Somebody who signed in before, in a browser of their own. */
async function enter(
  path: string,
  { client, isQuick = true }: { client?: Client; isQuick?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const lan = client ?? (await signedIn());
  const context = await (await openBrowser()).newContext({ baseURL: portal.base });
  if (isQuick) await context.addInitScript(QUICK_PAUSES);
  await context.addCookies([...lan.cookies].map(([name, value]) => ({ name, value, url: portal.base })));
  const page = await context.newPage();
  page.setDefaultTimeout(BUSY_MS);
  await page.goto(path);
  return { context, page };
}

async function signedIn(): Promise<Client> {
  const lan = new Client(portal.base);
  await lan.post("/dang-nhap", { username: LAN, password: DEMO_PASSWORD });
  return lan;
}

async function signInHere(page: Page): Promise<void> {
  await page.fill("[name=username]", LAN);
  await page.fill("[name=password]", DEMO_PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
}

/** A draft that nobody touched yet, open at its first page. */
async function open(
  options: { isQuick?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page; path: string }> {
  await portal.db.draft.deleteMany();
  const client = await signedIn();
  const { path } = await beginDraft(await client.get(`/thu-tuc/${BIRTH}/nop-ho-so`), "Đông Kinh");
  const opened = await enter(path, { client, ...options });
  // Shown by the behaviour itself: from now on it keeps what is typed.
  await opened.page.locator(".own-device").waitFor();
  return { ...opened, path };
}

/** Once the service worker is there: the addresses of everything that it keeps. */
const KEPT_BY_WORKER = `navigator.serviceWorker.ready.then(async () => {
  const open = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = (await Promise.all(open.map((one) => one.keys()))).flat();
  return requests.map(({ url }) => new URL(url).pathname);
})`;

/** What waits until a test lets it go on. */
function hold(): { held: Promise<void>; release: () => void } {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { held, release };
}

const said = (page: Page, text: RegExp): Promise<void> => page.locator(".autosave", { hasText: text }).waitFor();
const nameOn = (page: Page): Promise<string> => page.locator("[name=fullName]").inputValue();

describe("a person who is in the middle of a filing", () => {
  browserTest("loses nothing but the field being typed when the browser is killed", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open();
    await page.fill("[name=fullName]", "Nguyễn Thị Gõ Dở");
    await said(page, /^Đã lưu lúc \d\d:\d\d$/);
    await page.fill("[name=phone]", "09");
    await context.close();
    const { context: again, page: later } = await enter(path);
    expect(new URL(later.url()).pathname).toBe(path);
    expect(await nameOn(later)).toBe("Nguyễn Thị Gõ Dở");
    await again.close();
  });

  browserTest("saves also when the page is left before a pause in typing", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open({ isQuick: false });
    await page.fill("[name=fullName]", "Nguyễn Thị Bỏ Đi");
    await page.goto("/tra-cuu");
    await page.goto(path);
    expect(await nameOn(page)).toBe("Nguyễn Thị Bỏ Đi");
    await context.close();
  });

  browserTest("signs in again and finds every word when the session is gone", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open();
    await page.fill("[name=fullName]", "Nguyễn Thị Một");
    await said(page, /Đã lưu/);
    await portal.db.session.deleteMany();
    await page.fill("[name=fullName]", "Nguyễn Thị Một Hai");
    await said(page, /Phiên đăng nhập đã hết/);
    await page.fill("[name=email]", "mot@example.com");
    await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    await page.waitForURL(/dang-nhap/);
    await signInHere(page);
    await page.waitForURL(`**${path}`);
    expect([await nameOn(page), await page.locator("[name=email]").inputValue()]).toEqual([
      "Nguyễn Thị Một Hai",
      "mot@example.com",
    ]);
    await said(page, /Đã lưu/);
    await context.close();
  });

  browserTest("goes on typing while the server is stopped and started", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open();
    await page.fill("[name=fullName]", "Nguyễn Thị Trước");
    await said(page, /Đã lưu/);
    expect(await page.evaluate(KEPT_BY_WORKER)).toEqual(expect.arrayContaining(["/ngoai-tuyen"]));
    expect(String(await page.evaluate(KEPT_BY_WORKER))).not.toMatch(/ca-nhan|thu-tuc/);
    const startAgain = await portal.kill();
    await page.fill("[name=fullName]", "Nguyễn Thị Sau");
    await said(page, /Mất kết nối mạng\. .* đừng đóng trang/);
    const elsewhere = await context.newPage();
    await elsewhere.goto("/ca-nhan/ho-so");
    expect(await elsewhere.locator("h1").innerText()).toBe("Không có kết nối mạng");
    expect(await elsewhere.getByText("Nguyễn Thị Lan").count()).toBe(0);
    await elsewhere.close();
    await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    expect([new URL(page.url()).pathname, await nameOn(page)]).toEqual([path, "Nguyễn Thị Sau"]);
    await startAgain();
    await page.evaluate("window.dispatchEvent(new Event('online'))");
    await said(page, /Đã lưu/);
    await page.reload();
    expect(await nameOn(page)).toBe("Nguyễn Thị Sau");
    await context.close();
  });

  browserTest("is told when another window saved first, and nothing is overwritten", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open();
    const other = await context.newPage();
    await other.goto(path);
    await page.fill("[name=fullName]", "Cửa sổ một");
    await said(page, /Đã lưu/);
    await other.fill("[name=fullName]", "Cửa sổ hai");
    await said(other, /vừa được sửa ở cửa sổ khác/);
    expect(await nameOn(other)).toBe("Cửa sổ hai");
    await page.reload();
    expect(await nameOn(page)).toBe("Cửa sổ một");
    await other.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    await other.getByText("Hồ sơ này vừa được sửa ở cửa sổ khác").waitFor();
    expect(await nameOn(other)).toBe("Cửa sổ hai");
    await context.close();
  });

  browserTest("types before the page's scripts arrive: that is saved, too", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open();
    const { held, release } = hold();
    await context.route(/\/autosave-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(path);
    await page.fill("[name=fullName]", "Nguyễn Thị Nhanh Tay");
    release();
    await said(page, /Đã lưu/);
    await page.reload();
    expect(await nameOn(page)).toBe("Nguyễn Thị Nhanh Tay");
    await context.close();
  });

  browserTest("may send the form while it is saving itself", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open();
    const { held, release } = hold();
    await page.route(`**${path}`, async (route) => {
      if (route.request().postData()?.includes("tu-luu")) await held;
      await route.continue();
    });
    await page.fill("[name=fullName]", "Nguyễn Thị Nhanh");
    await page.waitForRequest((request) => request.postData()?.includes("tu-luu") ?? false);
    await page.fill("[name=phone]", "0912000001");
    await page.locator("[name=actingFor]").first().check();
    await page.locator("[name=returnMethod]").first().check();
    await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    release();
    await page.waitForURL((url) => url.pathname !== path);
    const { answers } = await portal.db.draft.findFirstOrThrow();
    expect(JSON.stringify(answers)).toContain("Nguyễn Thị Nhanh");
    await context.close();
  });
});

describe("while the line is down", () => {
  browserTest("on a person's own device what was typed outlives the browser's tab", { timeout: 90_000 }, async () => {
    const { context, page, path } = await open();
    await page.getByLabel(/Đây là máy của tôi/).check();
    await context.setOffline(true);
    await page.fill("[name=fullName]", "Nguyễn Thị Mất Mạng");
    await said(page, /được giữ trên máy này/);
    await page.close();
    await context.setOffline(false);
    const back = await context.newPage();
    await back.goto(path);
    await said(back, /Đã lưu/);
    expect(await nameOn(back)).toBe("Nguyễn Thị Mất Mạng");
    const { answers } = await portal.db.draft.findFirstOrThrow();
    expect(JSON.stringify(answers)).toContain("Mất Mạng");
    await context.close();
  });

  browserTest(
    "what differs from what was saved elsewhere meanwhile is for its owner to decide",
    { timeout: 90_000 },
    async () => {
      const { context, page, path } = await open();
      await page.getByLabel(/Đây là máy của tôi/).check();
      await context.setOffline(true);
      await page.fill("[name=fullName]", "Trên máy này");
      await said(page, /được giữ trên máy này/);
      await page.close();
      await context.setOffline(false);
      const { context: elsewhere, page: desk } = await enter(path);
      await desk.fill("[name=fullName]", "Trên máy khác");
      await said(desk, /Đã lưu/);
      await elsewhere.close();
      const back = await context.newPage();
      await back.goto(path);
      const use = back.getByRole("button", { name: "Dùng nội dung trên máy này" });
      await use.waitFor();
      expect(await nameOn(back)).toBe("Trên máy khác");
      await use.click();
      await said(back, /Đã lưu/);
      expect(await nameOn(back)).toBe("Trên máy này");
      await context.close();
    },
  );

  browserTest(
    "on a device that is not said to be one's own nothing is kept, and signing out clears the rest",
    { timeout: 90_000 },
    async () => {
      const { context, page } = await open();
      await context.setOffline(true);
      await page.fill("[name=fullName]", "Nguyễn Thị Nhờ Máy");
      await said(page, /đừng đóng trang/);
      expect(await page.evaluate("JSON.stringify(localStorage)")).toBe("{}");
      await page.getByLabel(/Đây là máy của tôi/).check();
      await page.fill("[name=fullName]", "Nguyễn Thị Có Máy");
      await said(page, /được giữ trên máy này/);
      expect(await page.evaluate("JSON.stringify(localStorage)")).toContain("Nguy");
      await context.setOffline(false);
      await said(page, /Đã lưu/);
      await page.getByRole("button", { name: "Đăng xuất" }).click();
      await page.waitForURL(`${portal.base}/`);
      expect(await page.evaluate("JSON.stringify(localStorage)")).toBe("{}");
      expect(await page.evaluate("caches.keys()")).toEqual([]);
      await context.close();
    },
  );
});
