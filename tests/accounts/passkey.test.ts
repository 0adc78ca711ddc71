import { expect } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { startTestApp } from "../support/app.ts";
import { browserTest, openBrowser } from "../support/browser.ts";

const portal = await startTestApp({ hostname: "localhost" });
const PASSWORD = "con trâu đi trước";

browserTest(
  "a passkey is made, asked for at the next sign-in, and lets its owner in; none but theirs does",
  async () => {
    await createCitizen(portal.system(), { fullName: "Nguyễn Thị Lan", phone: "0912000501", password: PASSWORD });
    const context = await (await openBrowser()).newContext({ baseURL: portal.base });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const signIn = async () => {
      await page.goto("/dang-nhap");
      await page.getByLabel("Số điện thoại, thư điện tử hoặc tên đăng nhập").fill("0912000501");
      await page.getByLabel("Mật khẩu", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Đăng nhập" }).click();
    };
    try {
      await signIn();
      await page.waitForURL("**/ca-nhan/**");
      await page.goto("/bao-mat/khoa-truy-cap");
      await page.getByRole("button", { name: "Tạo khóa truy cập" }).click();
      await page.getByRole("heading", { name: "Mã dự phòng" }).waitFor();
      expect(await portal.db.secondFactor.findMany()).toMatchObject([{ kind: "passkey", label: "Máy này" }]);

      await context.clearCookies();
      await signIn();
      await page.waitForURL("**/dang-nhap/buoc-hai");
      // Somebody who cannot unlock the device does not get in with it.
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
      await page.getByRole("button", { name: "Dùng khóa truy cập" }).click();
      await page.getByText("Chưa dùng được khóa truy cập").waitFor();
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
      await page.getByRole("button", { name: "Dùng khóa truy cập" }).click();
      await page.waitForURL("**/ca-nhan/**");
      const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
      expect(credentials).toHaveLength(1);
    } finally {
      await context.close();
    }
  },
);
