import { execFileSync } from "node:child_process";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { answersFor, type Typed, typedAnswers } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import { registerDossier } from "#dossiers/index.ts";
import { isoDay } from "#platform/format.ts";
import { findCurrentVersion, type LoadedVersion } from "#procedures/index.ts";
import { takeTicket } from "#queue/index.ts";
import { createJobHandlers } from "../../src/jobs.ts";
import type { TestApp } from "../support/app.ts";
import { browserTest, openBrowser } from "../support/browser.ts";
import type { Client } from "../support/client.ts";
import { agencyIdOf, asOfficer } from "../support/province.ts";
import { follow } from "../support/stream.ts";
import { anotherClerk, type Hall, makeHall, openPortal } from "./hall.ts";

const COPIES = "2.000815";
const BIRTH = "1.001193";
const MARITAL = "1.004873";

let app: TestApp;
let hall: Hall;
let mornings = 0;
async function begin(): Promise<void> {
  app = await openPortal();
  hall = await makeHall(app, "dong-kinh", 3, 1);
  await Promise.all([2, 3].map((number) => anotherClerk(app, number)));
}
beforeAll(begin, 60_000);

/** A screen of its own, with no cookies of others; scripts that ring or print do nothing here. */
async function screen(width: number, height: number): Promise<{ page: Page; context: BrowserContext }> {
  const context = await (await openBrowser()).newContext({ viewport: { width, height }, locale: "vi-VN" });
  return { page: await context.newPage(), context };
}

/** Somebody who sits at a counter of the hall, with the form of what a person came for. */
type Clerk = { client: Client; counter: number };

const say = (version: LoadedVersion): Typed =>
  typedAnswers(version.definition, {
    today: isoDay(app.system().now),
    provinceCode: "20",
    communeCode: "05977",
    communeName: "phường Đông Kinh",
    number: 4,
  });

/** The counter's form of a procedure for whoever shows this card or says this name, filled in. */
async function intake({ client }: Clerk, shown: string, code: string, more: Typed = {}) {
  const version = await findCurrentVersion(app.system(), code);
  if (!version) throw new Error(`no version of ${code}`);
  const form = await client.post("/mot-cua/tiep-nhan", { nguoi: shown, "thu-tuc": code });
  const papers = version.definition.requirements
    .filter(({ required, when }) => required && !when)
    .map(({ id }) => [`paper-${id}.received`, "1"]);
  const values = answersFor(form, { ...say(version), ...Object.fromEntries(papers), ...more }, false);
  return { form, values };
}

const textOf = (pdf: Buffer): string =>
  execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" }).normalize("NFC");

/** A result that waits in the cupboard: what the steps between would have left of a dossier of last week. */
async function readyResult(): Promise<{ dossierId: string; reference: string }> {
  const officer = await asOfficer(app, demoOfficers.dongKinhDesk);
  const agencyId = await agencyIdOf(app, "dongKinh");
  const version = await findCurrentVersion(app.system(), COPIES);
  if (!version) throw new Error(`no version of ${COPIES}`);
  const { dossierId } = await registerDossier(officer, {
    procedureVersionId: version.id,
    agencyId,
    caseId: null,
    channel: "counter",
    returnMethod: "counter",
    answers: {},
    applicant: { kind: "person", fullName: "Bế Văn Chủ", phone: "0912345670", address: "Khối 3" },
    owner: null,
    papers: [{ requirementId: "original", originals: 1, copies: 0, later: false }],
    attachments: [],
    formKey: crypto.randomUUID(),
  });
  const at = new Date();
  await app.db.stepRun.updateMany({ where: { dossierId }, data: { closedAt: at } });
  const { reference } = await app.db.dossier.update({
    where: { id: dossierId },
    data: { status: "completed", finishedAt: at },
  });
  await app.db.result.create({
    data: { dossierId, title: "Bản sao", issuerAgencyId: agencyId, state: "issued", createdAt: at },
  });
  return { dossierId, reference };
}

browserTest(
  "a morning in the hall: six people of different kinds, three counters; two taken in, one asked for papers, one for another agency, one result by proxy, one gone unserved; board, phones, register, slips and statistics agree",
  { timeout: 120_000 },
  async () => {
    // A second try has a hall of its own, in which nobody waits and nobody sits.
    if (mornings++ > 0) await begin();
    const results = { hallId: hall.id, prefix: "T", name: "Nhận kết quả", sectors: [], forResults: true, minutes: 4 };
    await app.db.queue.create({ data: results });
    const ready = await readyResult();
    const before = await app.db.issuedPaper.count();

    // The first clerk presses keys at a screen; what they type into is beside it.
    const [machine, board, phone, panel] = await Promise.all([
      screen(1080, 1920),
      screen(1920, 1080),
      screen(360, 740),
      screen(1280, 900),
    ]);
    await panel.page.goto(`${app.base}/dang-nhap?tiep=/mot-cua/quay`);
    await panel.page.fill("#username", demoOfficers.dongKinhDesk.username);
    await panel.page.fill("#password", DEMO_PASSWORD);
    await panel.page.keyboard.press("Enter");
    await panel.page.locator(`button[value="${hall.counters[0]}"]`).click();
    await panel.page.getByText("Quầy đang trống").waitFor();
    const first = { client: await app.signIn(demoOfficers.dongKinhDesk.username, DEMO_PASSWORD), counter: 1 };
    const [second, third] = await Promise.all(
      [2, 3].map(async (counter): Promise<Clerk> => {
        const client = await app.signIn(`quay.${counter}`, DEMO_PASSWORD);
        await client.post("/mot-cua/quay/mo", { counter: hall.counters[counter - 1] ?? "" });
        return { client, counter };
      }),
    );
    if (!second || !third) throw new Error("three counters are open");
    /** The first clerk's key, once the panel listens to it. */
    const key = async (name: string): Promise<void> => {
      await panel.page.locator(".panel[data-keys]").waitFor();
      await panel.page.keyboard.press(name);
    };
    const press = async ({ client }: Clerk, button: RegExp) => (await client.get("/mot-cua/quay")).submit(button);
    await board.page.goto(`${app.base}/xep-hang/${hall.slug}/bang`);
    await board.page.getByText("Chưa gọi số nào hôm nay").waitFor();

    // Six numbers, by touch, by the dossier's QR code, and with their priority.
    const takes = async (queue: RegExp, priority?: string): Promise<string> => {
      await machine.page.goto(`${app.base}/xep-hang/${hall.slug}/lay-so`);
      if (priority) await machine.page.getByLabel(priority).check();
      await machine.page.getByRole("button", { name: queue }).click();
      await machine.page.locator(".slip__number").waitFor();
      return machine.page.url().replace("/phieu", "");
    };
    const young = await takes(/Hộ tịch/);
    await takes(/Chứng thực/, "Người cao tuổi");
    await takes(/Hộ tịch/, "Phụ nữ mang thai");
    await takes(/Hộ tịch/);
    const scanned = await app
      .client()
      .post(`/xep-hang/${hall.slug}/quet`, { ma: `${app.base}/tra-cuu?ma=${ready.reference}` });
    expect(scanned.text).toContain("T001");
    const impatient = await takes(/Chứng thực/);
    await phone.page.goto(impatient);
    await phone.page.getByText("Trước bạn còn 1 người").waitFor();
    const follower = follow<{ html: string }>(app.client(), `${new URL(young).pathname}/truc-tiep`);
    await follower.until(({ html }) => html.includes("Trước bạn còn 1 người"));

    // The elderly and the pregnant first, then in turn; each call moves the board and the phones.
    await key("n");
    await board.page.locator(".board__number", { hasText: "B001" }).waitFor();
    await press(second, /Gọi số tiếp theo/);
    await board.page.locator(".board__number", { hasText: "A002" }).waitFor();
    await follower.until(({ html }) => html.includes("Bạn là người tiếp theo"));
    await press(third, /Gọi số tiếp theo/);
    await board.page.locator(".board__number", { hasText: "A001" }).waitFor();
    await follower.until(({ html }) => html.includes("Mời đến quầy 3"));
    // Cell by cell: a row that was exchanged in this very moment is laid out no more, and its text has no gaps then.
    const lines = () =>
      board.page
        .locator(".board__table tbody tr")
        .evaluateAll((rows) =>
          rows.map((row) =>
            Array.from<{ textContent: string }, string>(row.children, (cell) => cell.textContent.trim()).join(" "),
          ),
        );
    expect(await lines()).toEqual(["A001 3", "A002 2", "B001 1"]);

    // Counter 1 takes in copies; counter 2 lacks the notice of birth; counter 3 takes in a certificate of its own.
    const copies = await intake(first, "Hoàng Thị Cao", COPIES);
    expect((await copies.form.submit("Tiếp nhận và cấp mã", copies.values)).heading).toBe("Đã tiếp nhận hồ sơ");
    const birth = await intake(second, "Nông Thị Mang", BIRTH, {
      "desk-reason": "Thiếu giấy chứng sinh.",
      "paper-birthProof.received": [],
    });
    const asked = await birth.form.submit("Lập phiếu yêu cầu bổ sung", birth.values);
    expect(asked.heading).toBe("Đã lập phiếu yêu cầu bổ sung");
    const own = await intake(third, "Lý Văn Dũng", MARITAL, { issuedBefore: "no" });
    expect((await own.form.submit("Tiếp nhận và cấp mã", own.values)).heading).toBe("Đã tiếp nhận hồ sơ");

    // Who does not want to wait any longer gives the number back on the phone, and is not called.
    await phone.page.getByRole("button", { name: /trả lại số/ }).click();
    await phone.page.getByText("Bạn đã trả lại số").waitFor();

    // Next: a foreigner for another agency at counter 1, a result for somebody else at counter 2, nobody at counter 3.
    await panel.page.reload();
    await key("n");
    await board.page.locator(".board__number", { hasText: "A003" }).waitFor();
    await press(second, /Gọi số tiếp theo/);
    await board.page.locator(".board__number", { hasText: "T001" }).waitFor();
    expect((await press(third, /Gọi số tiếp theo/)).text).toContain("Không có ai chờ");
    const foreign = await intake(first, "P7654321", MARITAL, {
      applicant_fullName: "John Smith",
      issuedBefore: "yes",
      "paper-formerCertificate.received": "1",
      forAgency: await agencyIdOf(app, "huuLung"),
    });
    const elsewhere = await foreign.form.submit("Tiếp nhận và cấp mã", foreign.values);
    expect(elsewhere.heading).toBe("Đã tiếp nhận hồ sơ");
    await (await elsewhere.follow("Mở hồ sơ")).submit("Chuyển hồ sơ");
    const waiting = await first.client.get("/mot-cua/ban-giao");
    const made = (name: string) =>
      app.db.dossier.findFirstOrThrow({
        where: { parties: { some: { fullName: name, role: "applicant" } } },
        orderBy: { id: "desc" },
      });
    const away = await made("John Smith");
    const handed = await waiting.submit(/Lập phiếu bàn giao/, { dossier: away.id });
    const found = await second.client.get("/mot-cua/tra-ket-qua?q=T001");
    expect(found.path).toBe(`/mot-cua/tra-ket-qua/${ready.dossierId}`);
    const version = {
      version: String((await app.db.dossier.findUniqueOrThrow({ where: { id: ready.dossierId } })).version),
    };
    const received = await second.client.post(found.path, {
      ...version,
      receivedBy: "Vi Văn Nhận",
      receiverPaper: "020085004321",
      proxyPaper: "Giấy ủy quyền 15/2026",
      "returned-original": "1",
      signed: "yes",
    });
    await panel.page.reload();
    await key("x");
    await panel.page.getByText("Quầy đang trống").waitFor();
    await press(second, /Kết thúc lượt/);
    await follower.until(({ html }) => html.includes("Đã phục vụ xong"));

    // The board tells the last five calls; the tickets, their dossiers and their ends are what happened.
    await board.page.locator(".board__table tbody tr").nth(4).waitFor();
    expect(await lines()).toEqual(["T001 2", "A003 1", "A001 3", "A002 2", "B001 1"]);
    const [copy, mother, self] = await Promise.all(["Hoàng Thị Cao", "Nông Thị Mang", "Lý Văn Dũng"].map(made));
    const tickets = await app.db.queueTicket.findMany({
      where: { hallId: hall.id },
      orderBy: { number: "asc" },
      include: { dossiers: true, counter: true },
    });
    expect(
      tickets.map((one) => [
        one.number,
        one.state,
        one.counter?.number ?? null,
        one.dossiers.map(({ dossierId }) => dossierId),
      ]),
    ).toEqual([
      ["A001", "served", 3, [self?.id]],
      ["A002", "served", 2, [mother?.id]],
      ["A003", "served", 1, [away.id]],
      ["B001", "served", 1, [copy?.id]],
      ["B002", "left", null, []],
      ["T001", "served", 2, [ready.dossierId]],
    ]);

    // Slips: three receipts, one request, one hand-over, one receipt of delivery, each with its own number.
    const papers = await app.db.issuedPaper.findMany({ skip: before, orderBy: { createdAt: "asc" } });
    expect(papers.map(({ kind, dossierId }) => [kind, dossierId])).toEqual([
      ["receipt_slip", copy?.id],
      ["supplement_request", mother?.id],
      ["receipt_slip", self?.id],
      ["receipt_slip", away.id],
      ["delivery_receipt", ready.dossierId],
    ]);
    expect(textOf(received.body)).toMatch(/Bế Văn Chủ[\s\S]*Vi Văn Nhận[\s\S]*Giấy ủy quyền 15\/2026/);
    expect(textOf((await handed.follow("In phiếu bàn giao")).body)).toContain(away.code);
    expect(textOf((await asked.follow("In phiếu yêu cầu bổ sung")).body)).toContain("Thiếu giấy chứng sinh");

    // The register holds whom a code was given to, and nobody else.
    const day = isoDay(new Date());
    const [year, month, date] = day.split("-");
    const period = Object.fromEntries(
      ["from", "to"].flatMap((end) => [
        [`${end}.year`, year],
        [`${end}.month`, month],
        [`${end}.day`, date],
      ]),
    );
    await first.client.post("/mot-cua/so-theo-doi", {
      agency: await agencyIdOf(app, "dongKinh"),
      format: "pdf",
      ...period,
    });
    const { id: fileId } = await app.db.registerFile.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    await createJobHandlers(app, null)["documents.register"]({ fileId });
    const register = textOf((await first.client.get(`/mot-cua/so-theo-doi/${fileId}`)).body);
    expect(register).toMatch(/Hoàng Thị Cao[\s\S]*Lý Văn Dũng[\s\S]*John Smith/);
    expect(register).not.toContain("Nông Thị Mang");

    const asking = `sanh=${hall.id}&tu=${day}&den=${day}`;
    const figures = async (by: string): Promise<string[]> =>
      (await first.client.get(`/mot-cua/sanh/thong-ke.csv?${asking}&theo=${by}`)).body
        .toString("utf8")
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(",").slice(1, 7).join(" "));
    expect(await figures("quay")).toEqual([
      "Quầy 1 2 2 0 0 0",
      "Quầy 2 2 2 0 0 0",
      "Quầy 3 1 1 0 0 0",
      "Chưa đến quầy nào 1 0 0 1 0",
    ]);
    expect(await figures("hang")).toEqual([
      "A · Hộ tịch 3 3 0 0 0",
      "B · Chứng thực 2 1 0 1 0",
      "T · Nhận kết quả 1 1 0 0 0",
    ]);
    // The server goes away and comes back: the board says so, tries again by itself, and the first try shows everything.
    const tried: number[] = [];
    const again = await app.kill();
    await board.page.locator("[data-is-lost]").waitFor();
    board.page.on("response", (answer) => void (answer.url().includes("/truc-tiep") && tried.push(answer.status())));
    await takeTicket(app.system(), { hallId: hall.id, queueId: hall.queues["B"] ?? "", priority: null });
    await again();
    await board.page.locator(".board__queues li", { hasText: /Chứng thực\s*1/ }).waitFor();
    expect(tried).toEqual([200]);
    await Promise.all([machine, board, phone, panel].map(({ context }) => context.close()));
  },
);

test("a board that lost its line is told to try again after a second", async () => {
  const over = new AbortController();
  const answer = await fetch(`${app.base}/xep-hang/${hall.slug}/bang/truc-tiep`, { signal: over.signal });
  const first = await answer.body?.pipeThrough(new TextDecoderStream()).getReader().read();
  expect(first?.value).toMatch(/^retry: 1000\n/);
  over.abort();
});

browserTest(
  "at a shared machine, who does nothing is warned and then forgotten; a touch keeps them",
  {
    timeout: 60_000,
  },
  async () => {
    const { page, context } = await screen(1080, 1920);
    await context.addCookies([{ name: "may-chung", value: hall.slug, url: app.base }]);
    await page.clock.install();
    await page.goto(`${app.base}/dang-nhap?tiep=/ca-nhan`);
    await page.fill("#username", "0912000001");
    await page.fill("#password", DEMO_PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByText("Máy dùng chung").waitFor();
    // The bar has woken up when the forms below say that they keep nothing.
    await page.waitForFunction("document.forms[0].autocomplete === 'off'");
    const warning = page.getByRole("alertdialog");
    await page.clock.runFor(41_000);
    await warning.waitFor();
    await page.getByRole("button", { name: "Tôi vẫn đang dùng" }).click();
    await warning.waitFor({ state: "hidden" });
    await page.clock.runFor(61_000);
    await page.getByText("Đã xóa thông tin của người dùng trước").waitFor();
    await page.goto(`${app.base}/ca-nhan`);
    await page.locator("#username").waitFor();
    expect(await page.evaluate("[localStorage.length, sessionStorage.length]")).toEqual([0, 0]);
    await context.close();
  },
);
