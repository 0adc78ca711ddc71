import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ConfigData, HtmlValidate } from "html-validate";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoOfficers } from "#dev/demo.ts";
import { declineDossier } from "#dossiers/index.ts";
import { openMailer } from "#platform/mail.ts";
import { startProgram } from "../support/programs.ts";
import { asOfficer } from "../support/province.ts";
import { type MailServer, PUBLIC_URL, SENDER, startMailServer, startWorld, type World } from "./world.ts";

const root = join(import.meta.dirname, "../..");
let world: World;
let server: MailServer;

beforeAll(async () => {
  [world, server] = [await startWorld(), await startMailServer()];
  await world.settle("lan", { email: "lan@example.com", language: "vi" });
  await world.settle("pao", { email: "pao@example.com", language: "en" });
}, 60_000);

beforeEach(async () => {
  await world.work(null);
  server.mails.length = 0;
  server.manners = {};
});

const validator = new HtmlValidate(
  JSON.parse(readFileSync(join(root, ".config/htmlvalidate.json"), "utf8")) as ConfigData,
);
const complaints = async (html: string): Promise<string[]> =>
  (await validator.validateString(html)).results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
  );

describe("one mail an event and person", () => {
  test("to the applicant in their own language, in UTF-8, with a plain-text twin and nothing of their person", async () => {
    const [lan, pao] = [await world.file("lan"), await world.file("pao")];
    await world.work(server.url);
    expect(server.mails.map(({ envelopeTo, subject }) => [envelopeTo, subject])).toEqual(
      expect.arrayContaining([
        [["lan@example.com"], "Cổng đã nhận được hồ sơ bạn nộp"],
        [["pao@example.com"], "The portal has received your dossier"],
      ]),
    );
    expect(server.mails).toHaveLength(2);
    for (const [mail, { reference }, language] of [
      [server.mails.find(({ envelopeTo }) => envelopeTo[0] === "lan@example.com"), lan, "vi"],
      [server.mails.find(({ envelopeTo }) => envelopeTo[0] === "pao@example.com"), pao, "en"],
    ] as const) {
      if (!mail) throw new Error("no mail");
      const shown = reference.match(/.{1,4}/g)?.join("-") ?? "";
      expect(mail.from).toMatchObject(SENDER);
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain(shown);
        expect(part).not.toMatch(/Nguyễn Thị Lan|020190000001|Lý Văn Páo|\{\{|notifications\./);
      }
      expect(await complaints(mail.html ?? "")).toEqual([]);
      expect(mail.html).toContain(`<html lang="${language}">`);
      const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
      expect(header("list-unsubscribe")).toContain(`${PUBLIC_URL}/ca-nhan/thong-bao/cai-dat`);
      expect(header("auto-submitted")).toBe("auto-generated");
      expect(header("content-language")).toBe(language);
    }
  });

  test("its Message-ID names the notice, and what became of it is kept", async () => {
    const { dossierId } = await world.file("lan");
    await world.work(server.url);
    const [notice] = await world.noticesOf(dossierId, "submitted");
    expect(server.mails.map(({ messageId }) => messageId)).toEqual([`<${notice?.id}@dichvucong.example.vn>`]);
    expect(notice).toMatchObject({ mail: "sent", mailAttempts: 1, mailFault: null, mailSettledAt: expect.any(Date) });
  });

  test("an event that is told of twice leaves one notice and one mail", async () => {
    const { dossierId } = await world.file("lan");
    await world.work(server.url);
    const event = await world.db.dossierEvent.findFirstOrThrow({ where: { dossierId } });
    await world.db
      .$queryRaw`SELECT enqueue_job('dossiers.react', ${JSON.stringify({ eventId: event.id })}::json, NULL)::text`;
    await world.work(server.url);
    expect(await world.noticesOf(dossierId, "submitted")).toHaveLength(1);
    expect(server.mails).toHaveLength(1);
  });

  test("an event whose transaction was rolled back is told to nobody", async () => {
    const { dossierId } = await world.file("lan");
    await world.work(null);
    await expect(world.accept(dossierId).then(() => world.accept(dossierId))).rejects.toThrow();
    await world.work(server.url);
    expect((await world.noticesOf(dossierId)).map(({ kind }) => kind).sort()).toEqual([
      "accepted",
      "submitted",
      "to_accept",
    ]);
  });

  test("the desk is told of what was filed online, in the portal alone; nobody of what they did themselves", async () => {
    const { dossierId } = await world.file("lan");
    await declineDossier(await asOfficer(world.portal, demoOfficers.dongKinhDesk), {
      dossierId,
      version: 0,
      reason: "Giấy tờ mờ.",
    });
    await world.work(server.url);
    const told = await world.db.notification.findMany({
      where: { dossierId },
      include: { account: { select: { username: true } } },
    });
    expect(told.map(({ kind, account }) => `${kind} ${account.username}`).sort()).toEqual([
      "declined 0912000001",
      "submitted 0912000001",
      `to_accept ${demoOfficers.dongKinhDesk.username}`,
    ]);
    expect(server.mails.map(({ subject }) => subject).sort()).toEqual([
      "Cổng đã nhận được hồ sơ bạn nộp",
      expect.stringMatching(/^Hồ sơ .+ không được tiếp nhận$/),
    ]);
    expect(server.mails.map(({ html }) => html).join("")).not.toContain("mờ");
  });
});

describe("what does not go out", () => {
  test.each([
    ["no address", { email: null }, "no_address"],
    ["an address that would be two", { email: "a@example.com, b@example.com" }, "no_address"],
    ["an address that would begin a header", { email: "a@example.com\r\nBcc: b@example.com" }, "no_address"],
  ] as const)("%s: the notice stands in the portal", async (_name, change, mail) => {
    await world.settle("mui", change);
    const { dossierId } = await world.file("mui");
    await world.work(server.url);
    expect(await world.noticesOf(dossierId, "submitted")).toMatchObject([{ mail, readAt: null }]);
    expect(server.mails).toEqual([]);
  });

  test("without a mail server nothing fails, and the notice says so", async () => {
    world.faults.length = 0;
    const { dossierId } = await world.file("lan");
    await world.work(null);
    expect(await world.noticesOf(dossierId, "submitted")).toMatchObject([{ mail: "no_server", mailAttempts: 0 }]);
    expect(world.faults).toEqual([]);
  });

  test("what a person switched off", async () => {
    const { id: accountId } = await world.settle("mui", { email: "mui@example.com" });
    await world.db.mailChoice.create({ data: { accountId, kind: "submitted", wanted: false } });
    const { dossierId } = await world.file("mui");
    await world.accept(dossierId);
    await world.work(server.url);
    expect(await world.noticesOf(dossierId, "submitted")).toMatchObject([{ mail: "unwanted" }]);
    expect(server.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining("đã được tiếp nhận")]);
  });
});

describe("a mail server that does not work", () => {
  test("down: the move stands, the notice is there once, and the mail goes out once the server is back", async () => {
    const gone = await startMailServer();
    await gone.stop();
    const { dossierId } = await world.file("lan");
    const { code } = await world.accept(dossierId);
    await world.work(gone.url);
    const before = await world.noticesOf(dossierId, "accepted");
    expect(before).toMatchObject([
      { mail: "waiting", mailAttempts: 1, mailFault: expect.stringContaining("ECONNREFUSED") },
    ]);
    expect(await world.db.dossier.findUnique({ where: { id: dossierId } })).toMatchObject({ code });

    const back = await startMailServer(gone.port);
    await world.letTimePass();
    await world.work(gone.url);
    expect(back.mails.filter(({ subject }) => subject?.includes(code)).map(({ messageId }) => messageId)).toEqual([
      `<${before[0]?.id}@dichvucong.example.vn>`,
    ]);
    expect(await world.noticesOf(dossierId, "accepted")).toMatchObject([
      { mail: "sent", mailAttempts: 2, mailFault: null },
    ]);
    await back.stop();
  });

  test("busy: it is tried again; a recipient that it does not know is given up at once", async () => {
    server.manners = { answer: { code: 451, text: "try later" } };
    const { dossierId } = await world.file("lan");
    await world.work(server.url);
    expect(await world.noticesOf(dossierId, "submitted")).toMatchObject([{ mail: "waiting", mailAttempts: 1 }]);
    server.manners = { answer: { code: 550, text: "no such user" } };
    await world.letTimePass();
    await world.work(server.url);
    expect(await world.noticesOf(dossierId, "submitted")).toMatchObject([
      { mail: "failed", mailAttempts: 2, mailFault: expect.stringContaining("no such user") },
    ]);
    server.manners = {};
    await world.letTimePass();
    await world.work(server.url);
    expect(server.mails).toEqual([]);
  });

  test("after twelve attempts it is given up, and the applicant reads that", async () => {
    server.manners = { answer: { code: 451, text: "try later" } };
    const { dossierId } = await world.file("lan");
    await world.work(server.url);
    await world.db.notification.updateMany({ where: { dossierId }, data: { mailAttempts: 11 } });
    await world.letTimePass();
    await world.work(server.url);
    expect(await world.noticesOf(dossierId, "submitted")).toMatchObject([{ mail: "failed", mailAttempts: 12 }]);
    const page = await (await world.citizen("lan")).get("/ca-nhan/thong-bao");
    expect(page.text).toContain("Thư điện tử về việc này không gửi được");
  });

  test("a worker killed between sending and noting it sends at most once more, under the same Message-ID", async () => {
    const { dossierId } = await world.file("lan");
    const worker = startProgram("worker", {
      PATH: process.env["PATH"],
      DATABASE_URL: world.portal.url,
      DATABASE_OWNER_URL: world.portal.ownerUrl,
      PUBLIC_URL,
      SMTP_URL: server.url,
      MAIL_FROM: `${SENDER.name} <${SENDER.address}>`,
    });
    const killed = once(worker, "exit");
    // The whole mail has come, and the server has not yet said so.
    server.manners = { onMail: () => void worker.kill("SIGKILL") };
    expect((await killed)[1]).toBe("SIGKILL");
    expect(await world.noticesOf(dossierId, "submitted")).toMatchObject([{ mail: "waiting", mailAttempts: 1 }]);

    // The next worker finds no other alive, and takes over what was left.
    server.manners = {};
    await world.work(server.url);
    const [notice] = await world.noticesOf(dossierId, "submitted");
    expect(notice).toMatchObject({ mail: "sent", mailAttempts: 2 });
    const id = `<${notice?.id}@dichvucong.example.vn>`;
    expect(server.mails.map(({ messageId }) => messageId)).toEqual([id, id]);
  }, 30_000);
});

test("nothing that stands in a letter can add a header or a recipient", async () => {
  const mailer = openMailer({ url: server.url, from: SENDER }, PUBLIC_URL);
  const letter = {
    id: "01",
    subject: "Hồ sơ\r\nBcc: thief@example.com\r\n\r\nđã có kết quả",
    html: "<p>x</p>",
    text: "x\r\n.\r\nRCPT TO:<thief@example.com>",
    language: "vi",
    preferences: `${PUBLIC_URL}/ca-nhan/thong-bao/cai-dat`,
  };
  expect(await mailer?.send({ ...letter, to: "lan@example.com" })).toEqual({ ok: true });
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toMatchObject({ envelopeTo: ["lan@example.com"] });
  expect(server.mails[0]?.headers.map(({ key }) => key)).not.toContain("bcc");
  for (const to of ["lan@example.com>,<thief@example.com", "lan@example.com\nthief@example.com", "a b@example.com"])
    expect(await mailer?.send({ ...letter, to })).toMatchObject({ ok: false, final: true });
  expect(server.mails).toHaveLength(1);
});
