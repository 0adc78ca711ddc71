import { describe, expect, test } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { DEMO_PASSWORD, demoCitizens, demoCompany } from "#dev/demo.ts";
import { createPool } from "#platform/db.ts";
import { openMailer } from "#platform/mail.ts";
import { createJobHandlers } from "../../src/jobs.ts";
import { PUBLIC_URL, SENDER, startMailServer } from "../notifications/world.ts";
import { startTestApp } from "../support/app.ts";
import type { Page } from "../support/client.ts";
import { atEnd } from "../support/ending.ts";
import { provinceDatabase } from "../support/province.ts";
import { addAuthenticator } from "../support/second-step.ts";

const smtp = await startMailServer();
const portal = await startTestApp({
  database: await provinceDatabase(),
  publicUrl: PUBLIC_URL,
  config: { mail: { url: smtp.url, from: SENDER } },
});
const owner = createPool(portal.ownerUrl, 1);
atEnd(() => owner.end());
const handlers = createJobHandlers(portal, openMailer({ url: smtp.url, from: SENDER }, PUBLIC_URL));

const company = await portal.db.company.findFirstOrThrow({ where: { taxCode: demoCompany.taxCode } });
const pao = await portal.signIn(demoCitizens.pao.phone, DEMO_PASSWORD);
await addAuthenticator(pao);
const invite = async (by: string, to: string): Promise<Page> =>
  (await pao.get(`/ca-nhan/to-chuc/${company.id}/moi`)).submit("Lập lời mời", { by, to, role: "filer" });
const codeOn = (page: Page): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]+/.exec(page.text)?.[0] ?? "";
const open = async (phone: string, known: { email?: string; personalId?: string }) => {
  const fullName = "Hoàng Thị Mời";
  await createCitizen(portal.system(), { fullName, phone, password: DEMO_PASSWORD, ...known });
  if (known.email)
    await portal.db.account.update({ where: { username: phone }, data: { emailProvenAt: portal.system().now } });
};

type Waiting = { to: string; about: "invited"; path: string; language: "vi"; until: number; id: string };
const waiting = async (): Promise<Waiting[]> => {
  const { rows } = await owner.query<{ payload: Waiting }>(
    `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = 'accounts.tell' AND j.payload->>'about' = 'invited' ORDER BY j.id`,
  );
  return rows.map(({ payload }) => payload);
};

describe("an invitation by mail", () => {
  const ADDRESS = "hoang.moi@example.com";

  test("tells the address that it waits, and neither whose it is nor its word; its link leads through the sign-in to it", async () => {
    await open("0912000201", { email: ADDRESS });
    const made = await invite("email", ADDRESS);
    expect(made.text).toContain("Cổng gửi thư báo có lời mời tới địa chỉ này");
    const [message] = await waiting();
    if (!message) throw new Error("nobody is told");
    await handlers["accounts.tell"](message);
    const [mail] = smtp.mails;
    expect([mail?.envelopeTo, mail?.subject]).toEqual([[ADDRESS], "Có lời mời bạn làm thành viên của một tổ chức"]);
    const link = `${PUBLIC_URL}/ca-nhan/to-chuc`;
    for (const body of [mail?.text, mail?.html]) {
      expect(body).toContain(link);
      for (const secret of [demoCompany.name, demoCompany.taxCode, demoCitizens.pao.fullName, codeOn(made)])
        expect(body).not.toContain(secret);
    }
    const asked = await portal.client().get(new URL(link).pathname);
    expect(asked.path).toMatch(/^\/dang-nhap/);
    const shown = await asked.submit("Đăng nhập", { username: "0912000201", password: DEMO_PASSWORD });
    expect([shown.path, shown.text.includes(`${demoCitizens.pao.fullName} mời bạn`)]).toEqual([
      "/ca-nhan/to-chuc",
      true,
    ]);
    expect((await shown.submit("Nhận lời")).path).toBe(`/ca-nhan/to-chuc/${company.id}`);
  });

  test("reaches one address three times a day at most; an invitation by number sends none", async () => {
    for (const sent of [true, true, true, false])
      expect((await invite("email", "khac@example.com")).text.includes("Cổng gửi thư báo")).toBe(sent);
    await invite("phone", "0912000299");
    expect((await waiting()).map(({ to }) => to)).toEqual([ADDRESS, ...Array(3).fill("khac@example.com")]);
  });
});

describe("one invitation taken up by two at the same moment", () => {
  test("makes one a member; the other is told that it is gone, and belongs to nothing", async () => {
    const personalId = "020190000777";
    const phones = ["0912000202", "0912000203"];
    for (const phone of phones) await open(phone, { personalId });
    const code = codeOn(await invite("personalId", personalId));
    const browsers = await Promise.all(phones.map((phone) => portal.signIn(phone, DEMO_PASSWORD)));
    // Both have found the invitation open, and wait for the company's row.
    const holder = await owner.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM companies WHERE id = $1 FOR UPDATE", [company.id]);
    const answers = browsers.map((browser) => browser.post("/ca-nhan/to-chuc/ma-moi", { code }));
    const stand = `SELECT count(*)::int AS count FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await holder.query(stand)).rows[0].count, { timeout: 20_000 }).toBe(2);
    await holder.query("COMMIT");
    holder.release();
    const pages = await Promise.all(answers);
    const won = pages.filter(({ path }) => path === `/ca-nhan/to-chuc/${company.id}`);
    const lost = pages.filter(({ status }) => status === 409);
    expect([won.length, lost.length]).toEqual([1, 1]);
    expect(lost[0]?.text).toContain("vừa được người khác nhận hoặc vừa bị hủy");
    const parts = await portal.db.companyMember.findMany({
      where: { companyId: company.id, account: { username: { in: phones } } },
    });
    expect(parts.length).toBe(1);
    const seen = await Promise.all(browsers.map((browser) => browser.get(`/ca-nhan/to-chuc/${company.id}`)));
    expect(seen.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});
