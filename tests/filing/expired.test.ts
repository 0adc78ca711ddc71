import { beforeEach, describe, expect, test } from "vitest";
import type { Client, Page } from "../support/client.ts";
import { begin, birthPages, home, PASSWORD, startPortal } from "./people.ts";

const { portal, lan, other } = await startPortal();
const { commune, agencyId } = await home(portal);
const typed = { ...birthPages(commune)["nguoi-nop"], fullName: "Nguyễn Thị Lan gõ dở", email: "chua-xong@" };

/** As when an evening passed: the cookie is still there, its session is not. */
const endSessions = () => portal.db.session.deleteMany();
const as = (page: Page, username: string) => page.submit("Đăng nhập", { username, password: PASSWORD });

let draft: string;
beforeEach(async () => {
  await portal.db.draft.deleteMany();
  await other.post("/dang-nhap", { username: "0912000102", password: PASSWORD });
  await lan.post("/dang-nhap", { username: "0912000101", password: PASSWORD });
  const first = await begin(lan, agencyId);
  draft = first.path;
});

const send = async (client: Client, values: object = typed): Promise<Page> => {
  await endSessions();
  return client.post(draft, { version: "0", viec: "tiep", ...values });
};

describe("who typed past the end of the session", () => {
  test("signs in again and finds every word, told that it is not saved; saving it then goes on as usual", async () => {
    const signIn = await send(lan);
    expect(signIn.path).toBe(`/dang-nhap?tiep=${encodeURIComponent(draft)}`);
    expect(signIn.html).not.toContain("gõ dở");
    const page = await as(signIn, "0912000101");
    expect(page.path).toBe(draft);
    expect(page.text).toContain("Những gì bạn vừa nhập vẫn còn đây, nhưng chưa được lưu");
    expect(page.html).toContain('value="Nguyễn Thị Lan gõ dở"');
    expect(page.html).toContain('value="chua-xong@"');
    expect((await lan.get(draft)).html).toContain("gõ dở");

    const told = await page.submit("Lưu và tiếp tục");
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["email"]]);
    const next = await told.submit("Lưu và tiếp tục", { email: "" });
    expect(next.path).not.toBe(draft);
    const saved = await lan.get(draft);
    expect(saved.html).toContain("gõ dở");
    expect(saved.text).not.toContain("chưa được lưu");
  });

  test("never shows it to another account that signs in at the same computer, nor afterwards to anybody there", async () => {
    const signIn = await send(lan);
    const stranger = await as(signIn, "0912000102");
    expect(stranger.status).toBe(404);
    expect(stranger.html).not.toContain("gõ dở");
    const sessions = await portal.db.session.findMany();
    expect(JSON.stringify(sessions)).not.toContain("gõ dở");
    await lan.post("/dang-xuat", {});
    const again = await lan.get(draft);
    expect((await as(again, "0912000101")).html).not.toContain("gõ dở");
  });

  test("finds it for half an hour, not longer", async () => {
    const signIn = await send(lan);
    await portal.db.$executeRaw`
      UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{typed,at}', to_jsonb((sess->'typed'->>'at')::bigint - 1900000))::json`;
    expect((await as(signIn, "0912000101")).html).not.toContain("gõ dở");
  });

  test("is told when the draft was saved elsewhere meanwhile, before anything is overwritten", async () => {
    const signIn = await send(lan);
    await portal.db.draft.updateMany({ data: { version: 7 } });
    const page = await as(signIn, "0912000101");
    const answer = await page.submit("Lưu và tiếp tục", { email: "" });
    expect([answer.status, answer.text.includes("vừa được sửa ở cửa sổ khác")]).toEqual([409, true]);
    expect(answer.html).toContain("gõ dở");
  });

  test.each([
    ["a draft that does not exist", "/ca-nhan/ban-nhap/00000000-0000-7000-8000-000000000000/nguoi-nop", {}],
    ["an id that is none", "/ca-nhan/ban-nhap/x/nguoi-nop", {}],
    ["more than a form can hold", null, { fullName: "A".repeat(150_000) }],
    ["the deletion of a draft", "xoa", {}],
  ])("keeps nothing of %s", async (_what, path, values) => {
    await endSessions();
    const address = path === null ? draft : path === "xoa" ? draft.replace(/[^/]+$/, "xoa") : path;
    const answer = await portal.client().post(address, { version: "0", fullName: "Người lạ", ...values });
    expect(answer.path).toMatch(/^\/dang-nhap/);
    expect(await portal.db.session.count()).toBe(0);
    expect(await portal.db.draft.count()).toBe(1);
  });
});
