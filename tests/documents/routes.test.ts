import { beforeAll, describe, expect, test } from "vitest";
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
      paper.fingerprint.slice(0, 32),
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
