import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import { printPaper } from "#documents/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { addDossier, issue, makeWorld, paperOf, type World } from "./world.ts";

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startTestApp();
  world = await makeWorld(app);
});

describe("the verification page", () => {
  test("tells anybody what the paper is, and nothing about a person", async () => {
    const paper = await paperOf(app.db, await issue(world.desk, await addDossier(world)));
    const page = await app.client().get(`/xac-minh/${paper.token}`);
    expect(page.status).toBe(200);
    for (const text of [
      "Hợp lệ",
      "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
      "Ủy ban nhân dân phường Kỳ Lừa",
      "03/02/2026",
      "/TNHS",
      paper.fingerprint.slice(0, 16),
    ])
      expect(page.text).toContain(text);
    expect(page.html).not.toMatch(/Tuyết|0912345678|020190001234|Bà Triệu|Hoàng Gia Bảo/);
  });

  test("says in plain words what to do when there is no such paper", async () => {
    for (const token of ["22222222222222", "x", "%F0%9F%99%82", "a".repeat(3000)]) {
      const page = await app.client().get(`/xac-minh/${token}`);
      expect(page.status).toBe(404);
      expect(page.text).toContain("Không có giấy nào mang mã xác minh này");
    }
  });
});

test("a visitor who asks for a paper is sent to sign in", async () => {
  const paperId = await issue(world.desk, await addDossier(world));
  for (const path of [`/mot-cua/giay-to/${paperId}`, `/ca-nhan/giay-to/${paperId}`]) {
    const answer = await app.client().once("GET", path);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toContain("/dang-nhap");
  }
});

test("tries at the verification page are limited per address", async () => {
  const limited = await startTestApp({ config: { rateLimits: true }, database: app });
  const client = limited.client();
  const statuses = new Set<number>();
  for (let i = 0; i < 62; i++) statuses.add((await client.once("GET", "/xac-minh/22222222222222")).status);
  expect([...statuses].sort()).toEqual([404, 429]);
});

describe("checking a file", () => {
  const check = async (token: string, bytes: Uint8Array | null): Promise<{ status: number; text: string }> => {
    const form = new FormData();
    form.set("file", new Blob(bytes ? [bytes as Uint8Array<ArrayBuffer>] : []), "giay.pdf");
    const answer = await fetch(`${app.base}/xac-minh/${token}`, { method: "POST", body: form });
    return { status: answer.status, text: await answer.text() };
  };

  test("says whether it is the one that the portal gave out, and keeps nothing of it", async () => {
    const paperId = await issue(world.desk, await addDossier(world));
    const { storageKey } = await printPaper(world.desk, paperId);
    const { token } = await paperOf(app.db, paperId);
    const bytes = await buffer(await app.files.open(storageKey));
    expect((await check(token, bytes)).text).toContain("trùng khớp với bản do cổng cấp.");
    const changed = Buffer.from(bytes);
    changed[changed.length - 10] = (changed[changed.length - 10] ?? 0) ^ 1;
    const other = await check(token, changed);
    expect([other.status, other.text.includes("không trùng khớp")]).toEqual([200, true]);
    expect(await check(token, null)).toMatchObject({ status: 422, text: expect.stringContaining("Hãy chọn tệp PDF") });
    const large = await check(token, new Uint8Array(20 * 1024 * 1024 + 1));
    expect(large).toMatchObject({ status: 422, text: expect.stringContaining("lớn hơn 20 MB") });
    expect((await check("22222222222222", bytes)).status).toBe(404);
    expect(await app.files.sweep(new Date(Date.now() + 1000), async (keys) => keys)).toMatchObject({ staged: 0 });
  });
});
