import { afterAll, describe, expect, test } from "vitest";
import { isAway } from "#platform/away.ts";
import { createDb, createPool } from "#platform/db.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "../../src/dev/demo.ts";
import { openWire } from "../../src/dev/drills/wire.ts";
import { startTestApp } from "../support/app.ts";
import { provinceDatabase } from "../support/province.ts";

const database = await provinceDatabase();
const wire = await openWire(database.url);
const pool = createPool(wire.through(database.url), 4);
const db = createDb(pool);
const crowd = { isTooLarge: false };
const portal = await startTestApp({ database: { ...database, pool, db }, crowd });
afterAll(async () => {
  wire.mend();
  await db.$disconnect();
  await pool.end();
  await wire.end();
});

const citizen = await portal.signIn(demoCitizens.lan.phone, DEMO_PASSWORD);
const officer = await portal.signIn(demoOfficers.dongKinhDesk.username, DEMO_PASSWORD);

describe("when too many come at once", () => {
  test("readers of public pages are asked to come back, with the time to wait", async () => {
    crowd.isTooLarge = true;
    for (const path of ["/", "/thu-tuc?q=khai%20sinh", "/tra-cuu"]) {
      const page = await portal.client().get(path);
      expect(page.status, path).toBe(503);
      expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(page.link("Thử lại")).toBe(path);
    }
    crowd.isTooLarge = false;
    expect((await portal.client().get("/")).status).toBe(200);
  });

  test("officers, people who file, everything that is sent, and checks of health are answered all the same", async () => {
    crowd.isTooLarge = true;
    expect((await officer.get("/mot-cua")).status).toBe(200);
    expect((await citizen.get("/ca-nhan/ho-so")).status).toBe(200);
    expect((await portal.client().post("/dang-nhap", { username: "khong.co.ai", password: "sai" })).status).toBe(422);
    expect((await portal.client().get("/healthz")).status).toBe(200);
    crowd.isTooLarge = false;
  });
});

describe("when the database is away", () => {
  test("one that still refuses changes, as a copy that takes over, is away; one that refuses a wrong change is not", async () => {
    const row = { key: "drill", value: true };
    const refused = (isReadOnly: boolean) =>
      database.db
        .$transaction(async (tx) => {
          if (isReadOnly) await tx.$executeRaw`SET TRANSACTION READ ONLY`;
          await tx.setting.createMany({ data: [row, row] });
        })
        .then(
          () => null,
          (error: unknown) => isAway(error),
        );
    expect(await refused(true)).toBe(true);
    expect(await refused(false)).toBe(false);
  });

  const profile = { fullName: "Nguyễn Thị Lan", phone: "0912000001", note: "chữ đã gõ “giữ nguyên”" };

  test("a reader gets a page that says when to come back, and the portal comes back by itself", async () => {
    wire.cut();
    const page = await citizen.get("/ca-nhan/ho-so");
    expect(page.status).toBe(503);
    expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(page.link("Thử lại")).toBe("/ca-nhan/ho-so");
    wire.mend();
    expect((await citizen.get("/ca-nhan/ho-so")).status).toBe(200);
  });

  test("what somebody typed stands on the page and is sent again by a button", async () => {
    wire.cut();
    const page = await citizen.post("/ca-nhan/thong-tin", profile);
    expect(page.status).toBe(503);
    const button = page.byRole("button", "Gửi lại");
    const form = page.all("form").find((one) => page.within(one).listByRole("button").includes(button));
    const kept = new URLSearchParams();
    for (const { attrs } of form ? page.within(form).all("input") : []) {
      const of = (name: string) => attrs.find((one) => one.name === name)?.value ?? "";
      kept.set(of("name"), of("value"));
    }
    expect(Object.fromEntries(kept)).toEqual(profile);
    expect(form?.attrs.find(({ name }) => name === "action")?.value).toBe("/ca-nhan/thong-tin");
    wire.mend();
  });

  test("a password is never written into a page", async () => {
    wire.cut();
    const page = await citizen.post("/ca-nhan/mat-khau", { currentPassword: "bí mật của tôi", note: "khác" });
    expect(page.status).toBe(503);
    expect(page.html).not.toContain("bí mật của tôi");
    expect(page.listByRole("button", "Gửi lại")).toEqual([]);
    wire.mend();
  });
});

test("a bug is still a bug: only what is away is answered so", async () => {
  const page = await portal.client().get("/khong-co-trang-nay");
  expect(page.status).toBe(404);
});
