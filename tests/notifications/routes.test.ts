import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ConfigData, HtmlValidate } from "html-validate";
import { beforeAll, describe, expect, test } from "vitest";
import { demoOfficers } from "#dev/demo.ts";
import { assignStep } from "#dossiers/index.ts";
import { NOTICE_KINDS } from "#notifications/rules.ts";
import type { Client, Page } from "../support/client.ts";
import { asOfficer } from "../support/province.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
let lan: Client;
let pao: Client;
let desk: Client;
let filed: { dossierId: string; reference: string };
let code: string;

beforeAll(async () => {
  world = await startWorld();
  await world.settle("pao", { language: "en" });
  filed = await world.file("lan");
  ({ code } = await world.accept(filed.dossierId));
  await world.work(null);
  [lan, pao, desk] = [
    await world.citizen("lan"),
    await world.citizen("pao"),
    await world.officer(demoOfficers.dongKinhDesk),
  ];
}, 60_000);

const validator = new HtmlValidate(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../.config/htmlvalidate.json"), "utf8")) as ConfigData,
);
const complaints = async (page: Page): Promise<string[]> =>
  (await validator.validateString(page.html)).results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
  );
const unreadOf = async (client: Client): Promise<string | undefined> =>
  /Thông báo (\d+\+?) chưa đọc/.exec((await client.get("/thu-tuc")).text)?.[1];

describe("the list of notices", () => {
  test("says in plain words what happened, newest first, and the menu counts what is unread", async () => {
    const page = await lan.get("/ca-nhan/thong-bao");
    expect(page.status).toBe(200);
    expect(page.text.indexOf(`Hồ sơ ${code} đã được tiếp nhận`)).toBeGreaterThan(0);
    expect(page.text.indexOf("Cổng đã nhận được hồ sơ bạn nộp")).toBeGreaterThan(
      page.text.indexOf(`Hồ sơ ${code} đã được tiếp nhận`),
    );
    expect(page.text).toMatch(/Hẹn trả kết quả: \d\d:\d\d \d\d\/\d\d\/\d{4}/);
    expect(await unreadOf(lan)).toBe("2");
    expect(await complaints(page)).toEqual([]);
  });

  test("opening a notice reads it and leads to the dossier", async () => {
    const page = await lan.get("/ca-nhan/thong-bao");
    const dossier = await page.follow(`Hồ sơ ${code} đã được tiếp nhận`);
    expect([dossier.status, dossier.path]).toEqual([200, `/ca-nhan/ho-so/${filed.reference}`]);
    expect(await unreadOf(lan)).toBe("1");
  });

  test("the button reads the rest; when it was first read stays", async () => {
    const before = await world.noticesOf(filed.dossierId, "accepted");
    const page = await (await lan.get("/ca-nhan/thong-bao")).submit("Đánh dấu tất cả đã đọc");
    expect(page.text).toContain("Đã đánh dấu mọi thông báo là đã đọc.");
    expect(page.has("button", "Đánh dấu tất cả đã đọc")).toBe(false);
    expect(await unreadOf(lan)).toBeUndefined();
    expect(await world.noticesOf(filed.dossierId, "accepted")).toEqual(before);
    expect(await complaints(page)).toEqual([]);
  });

  test("an empty list says when something will stand there, in the account's language", async () => {
    const page = await pao.get("/ca-nhan/thong-bao");
    expect(page.heading).toBe("Notifications");
    expect(page.text).toContain("No notifications yet");
    expect(await complaints(page)).toEqual([]);
  });

  test("shows twenty at a time, each once", async () => {
    const [one] = await world.noticesOf(filed.dossierId, "submitted");
    if (!one) throw new Error("no notice");
    const mui = await world.db.account.findUniqueOrThrow({ where: { username: "0912000003" } });
    await world.db.notification.createMany({
      data: Array.from({ length: 45 }, (_, i) => ({
        accountId: mui.id,
        causeId: crypto.randomUUID(),
        kind: "submitted",
        procedureVersionId: one.procedureVersionId,
        facts: { reference: "ABCDEFGH" },
        at: new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 3))),
        mail: "no_address" as const,
      })),
    });
    const client = await world.citizen("mui");
    const seen: string[] = [];
    for (let page = await client.get("/ca-nhan/thong-bao"); ; page = await page.follow(/Cũ hơn/)) {
      seen.push(...[...page.html.matchAll(/id="thong-bao-([0-9a-f-]+)"/g)].map(([, id]) => id ?? ""));
      if (!page.has("link", /Cũ hơn/)) break;
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45]);
  });
});

describe("an officer", () => {
  test("finds what arrived, and is led to the desk's page of it", async () => {
    const page = await desk.get("/mot-cua/thong-bao");
    expect(page.text).toContain("Có hồ sơ mới chờ tiếp nhận");
    expect(await complaints(page)).toEqual([]);
    expect((await page.follow("Có hồ sơ mới chờ tiếp nhận")).path).toBe(`/mot-cua/ho-so/${filed.dossierId}`);
  });

  test("is told of work that somebody else gave them, not of what they took themselves", async () => {
    const run = await world.db.stepRun.findFirstOrThrow({ where: { dossierId: filed.dossierId, closedAt: null } });
    const posting = await world.db.posting.findFirstOrThrow({
      where: { agencyId: run.agencyId, role: run.role, validTo: null },
      include: { account: true },
    });
    const leader = await asOfficer(world.portal, demoOfficers.dongKinhLeader);
    const self = await asOfficer(world.portal, { ...demoOfficers.dongKinhDesk, username: posting.account.username });
    await assignStep(leader, { stepRunId: run.id, version: run.version, assigneeId: posting.accountId });
    await assignStep(self, { stepRunId: run.id, version: run.version + 1, assigneeId: posting.accountId });
    await world.work(null);
    expect(await world.noticesOf(filed.dossierId, "assigned")).toMatchObject([{ accountId: posting.accountId }]);
    const page = await (await world.officer({ username: posting.account.username })).get("/mot-cua/thong-bao");
    expect(page.text).toContain(`Bạn được phân công hồ sơ ${code}`);
    expect(page.text).toMatch(/Bước: \p{L}+/u);
  });
});

describe("mails by choice", () => {
  test("what is ticked stays ticked, and goes to the account's address", async () => {
    const page = await lan.get("/ca-nhan/thong-bao/cai-dat");
    expect(page.text).toContain("Thư được gửi đến lan@example.com.");
    expect(await complaints(page)).toEqual([]);
    const saved = await page.submit("Lưu", { "Hồ sơ được tiếp nhận": false, "Hồ sơ chuyển sang bước tiếp theo": true });
    expect(saved.text).toContain("Đã lưu lựa chọn của bạn.");
    const isTicked = (label: string) => saved.byLabel(label).attrs.some(({ name }) => name === "checked");
    expect([
      isTicked("Hồ sơ được tiếp nhận"),
      isTicked("Hồ sơ chuyển sang bước tiếp theo"),
      isTicked("Hồ sơ có kết quả"),
    ]).toEqual([false, true, true]);
    expect(await complaints(saved)).toEqual([]);
  });

  test("without an address the page says how to add one", async () => {
    const page = await pao.get("/ca-nhan/thong-bao/cai-dat");
    expect(page.text).toContain("Your account has no e-mail address");
    expect((await page.follow("Add an e-mail address")).path).toBe("/ca-nhan/tai-khoan/lien-lac");
  });

  test("what is no kind, or another sort of person's, is not kept", async () => {
    await lan.post("/ca-nhan/thong-bao/cai-dat", { kinds: ["accepted", "to_accept", "__proto__", "x"] });
    const account = await world.db.account.findUniqueOrThrow({
      where: { username: "0912000001" },
      include: { mailChoices: { where: { wanted: true } } },
    });
    expect(account.mailChoices.map(({ kind }) => kind)).toEqual(["accepted"]);
  });
});

test("other people's notices do not exist", async () => {
  const [notice] = await world.noticesOf(filed.dossierId, "submitted");
  const path = `/ca-nhan/thong-bao/${notice?.id}`;
  await world.db.notification.update({ where: { id: notice?.id ?? "" }, data: { readAt: null } });
  for (const [client, address] of [
    [pao, path],
    [desk, path.replace("/ca-nhan", "/mot-cua")],
    [lan, "/ca-nhan/thong-bao/x"],
    [lan, `/ca-nhan/thong-bao/${crypto.randomUUID()}`],
  ] as const) {
    expect([address, (await client.get(address)).status]).toEqual([address, 404]);
    expect([address, (await client.post(`${address}/da-doc`)).status]).toEqual([address, 404]);
  }
  expect(await world.noticesOf(filed.dossierId, "submitted")).toMatchObject([{ readAt: null }]);
  const signedOut = await world.portal.client().get(path);
  expect(signedOut.path).toContain("/dang-nhap?tiep=");
});

test("every mail can be looked at in development, in both languages, and html-validate finds nothing", async () => {
  const list = await world.portal.client().get("/dev/thu");
  const links = [...list.html.matchAll(/href="(\/dev\/thu\/[^"]+)"/g)].map(([, path]) => path ?? "");
  expect(links).toHaveLength(NOTICE_KINDS.length * 4);
  for (const path of links) {
    const preview = await world.portal.client().get(path);
    expect([path, preview.status]).toEqual([path, 200]);
    if (!path.endsWith(".txt")) expect([path, await complaints(preview)]).toEqual([path, []]);
    expect(preview.html).not.toMatch(/\{\{|undefined|notifications\./);
  }
});
