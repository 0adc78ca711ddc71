import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startTestApp } from "../support/app.ts";

const portal = await startTestApp();
const PASSWORD = "con trâu đi trước";
const phone = "0912000001";
await portal.client().post("/dang-ky", {
  fullName: "Nguyễn Thị Lan",
  phone,
  password: PASSWORD,
  passwordAgain: PASSWORD,
});

/** A form whose last bytes are sent only when told: the session is read at its beginning and saved at its end. */
async function slowly(cookies: ReadonlyMap<string, string>, path: string, fields: Record<string, string>) {
  const body = new URLSearchParams(fields).toString();
  const { hostname, port, host } = new URL(portal.base);
  const socket = connect(Number(port), hostname);
  const answer = text(socket);
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nCookie: ${cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  await wait(300);
  return async (): Promise<string> => {
    socket.write(body.slice(5));
    return answer;
  };
}

const profile = { fullName: "Nguyễn Thị Lan", phone, email: "", personalId: "", gender: "", addressLine: "" };

test.each([
  [
    "the owner changed the password meanwhile",
    async () => {
      const other = await portal.signIn(phone, PASSWORD);
      const next = "một mật khẩu khác hẳn";
      const page = await other.post("/mat-khau", { current: PASSWORD, password: next, passwordAgain: next });
      expect(page.path).toBe("/ca-nhan/tai-khoan");
      await other.post("/mat-khau", { current: next, password: PASSWORD, passwordAgain: PASSWORD });
    },
  ],
  [
    "it was signed out meanwhile",
    async (_: unknown, browser: Awaited<ReturnType<typeof portal.signIn>>) => {
      const twin = portal.client();
      for (const [name, value] of browser.cookies) twin.cookies.set(name, value);
      await twin.post("/dang-xuat");
    },
  ],
])("a session stays ended when a request that began in it ends later: %s", async (_why, end) => {
  const browser = await portal.signIn(phone, PASSWORD);
  const finish = await slowly(browser.cookies, "/ca-nhan/tai-khoan/sua", profile);
  await end(null, browser);
  expect(await finish()).toMatch(/^HTTP\/1\.1 303/);
  expect((await browser.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
});
