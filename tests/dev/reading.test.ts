import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "../support/client.ts";
import { Reading } from "../support/html.ts";

const PAGE = `<!doctype html><title>Nộp hồ sơ</title><h1>Khai  sinh</h1><script>not read</script>
<div class="govuk-error-summary"><ul><li><a href="#name">Nhập họ tên</a></li></ul></div>
<form method="post" action="/send"><input type="hidden" name="version" value="3">
<label for="name">Họ và tên</label><input id="name" name="name" value="An">
<fieldset><legend>Giới tính</legend>
<label><input type="radio" name="sex" value="male" checked> Nam</label><label><input type="radio" name="sex" value="female"> Nữ</label></fieldset>
<label for="place">Nơi ở</label><select id="place" name="place"><option value="">Chọn</option><option value="20">Lạng Sơn</option></select>
<label><input type="checkbox" name="agree"> Đồng ý</label>
<label for="note">Ghi chú</label><textarea id="note" name="note">cũ</textarea>
<button name="act" value="go">Gửi</button></form>
<dl><dt>Mã</dt><dd>H01</dd></dl><table><tr><th>Ngày</th></tr><tr><td>1/7</td></tr></table><a href="/x">Xem</a><p hidden>ẩn</p>`;

let server: Server;
let base: string;
const seen: { method: string; url: string; cookie: string; origin: string; body: string }[] = [];

const bodyOf = async (req: IncomingMessage): Promise<string> => {
  let body = "";
  for await (const chunk of req) body += chunk;
  return body;
};

beforeAll(async () => {
  server = createServer((req, res) => {
    void bodyOf(req).then((body) => {
      const { cookie = "", origin = "" } = req.headers;
      seen.push({ method: req.method ?? "", url: req.url ?? "", cookie, origin, body });
      if (req.method === "POST")
        res.writeHead(303, { location: "/after", "set-cookie": "sid=1; Path=/; HttpOnly" }).end();
      else res.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe("a page is read as a person reads it", () => {
  const page = Reading.of(PAGE);

  test("title, heading and text, without what is hidden", () => {
    expect(page.title).toBe("Nộp hồ sơ");
    expect(page.heading).toBe("Khai sinh");
    expect(page.text).not.toMatch(/not read|ẩn/);
  });

  test("controls by label, links and buttons by name", () => {
    expect(page.byLabel("Nữ").tagName).toBe("input");
    expect(page.link("Xem")).toBe("/x");
    expect(page.has("button", "Gửi")).toBe(true);
    expect(page.has("group", "Giới tính")).toBe(true);
  });

  test("what is not there is named, with what is", () => {
    expect(() => page.link("Xoá")).toThrow(/nothing found for link Xoá; there are:.*"Xem"/);
  });

  test("summaries, tables and the error summary", () => {
    expect(page.summary()).toEqual({ Mã: "H01" });
    expect(page.rows()).toEqual([["Ngày"], ["1/7"]]);
    expect(page.errors()).toEqual([{ text: "Nhập họ tên", field: "name" }]);
  });
});

test("a form sends what a browser would: kept values, given ones by label, the pressed button; cookies stay", async () => {
  const client = new Client(base);
  const page = await client.get("/");
  const after = await page.submit("Gửi", { "Họ và tên": "Bình", Nữ: true, "Nơi ở": "20" });
  const sent = seen.find(({ method }) => method === "POST");
  expect(Object.fromEntries(new URLSearchParams(sent?.body))).toEqual({
    version: "3",
    name: "Bình",
    sex: "female",
    place: "20",
    note: "cũ",
    act: "go",
  });
  expect(sent?.origin).toBe(base);
  expect(after.path).toBe("/after");
  expect(seen.at(-1)?.cookie).toBe("sid=1");
});
