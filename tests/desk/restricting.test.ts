import { beforeAll, expect, test } from "vitest";
import { createAdmin } from "#accounts/index.ts";
import { DEMO_PASSWORD, demoAdmin, demoOfficers } from "#dev/demo.ts";
import { keepReaders } from "#dossiers/index.ts";
import { leaveNotices } from "#notifications/index.ts";
import { inTransaction } from "#platform/db.ts";
import { findClosing } from "../../src/cash/queries.ts";
import { listRoutes } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import { buttonOf, codes, makeWorld, register, type Who, type World } from "./world.ts";

const OTHERS = ["dongKinhDesk", "dongKinhLand", "dongKinhHead", "dongKinhClerk"] as const satisfies Who[];
const NAME = "Hoàng Thị Nhàn";
const SEARCHES = ["hoang thi nhan", "020190000077", "0912345678"];

let world: World;
let dossier: { dossierId: string; code: string };
let open: { dossierId: string; code: string };
let reference: string;
let paper: string;

const page = async (who: Who, path: string) => (await world.as(who)).get(path);
const dossierPath = (rest = "") => `/mot-cua/ho-so/${dossier.dossierId}${rest}`;
/** The leader ticks these people and no others. */
const restrict = async (...readers: Who[]) => {
  const form = await page("dongKinhLeader", dossierPath("/han-che"));
  const boxes = [...world.accounts.keys()]
    .map((who) => [demoOfficers[who].displayName, readers.includes(who)] as const)
    .filter(([name]) => form.has("checkbox", name));
  return form.submit("Lưu những người được xem", { "Lý do": "Nạn nhân được bảo vệ", ...Object.fromEntries(boxes) });
};

beforeAll(async () => {
  world = await makeWorld("dongKinhLeader", "dongKinhJustice", "auditor", "huuLungDesk", ...OTHERS);
  await createAdmin(world.system(), { ...demoAdmin, password: DEMO_PASSWORD });
  dossier = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  open = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  await world.db.dossierParty.updateMany({
    where: { dossierId: open.dossierId },
    data: { fullName: "Vi Thị Khác", searchName: "vi thi khac", personalId: null, phone: null },
  });
  const desk = await page("dongKinhDesk", dossierPath());
  await desk.submit(await buttonOf(world, codes.birth, "hand_over", "hand_over"));
  // Money that the desk took before stays in its drawer.
  await world.db.feeLine.deleteMany({ where: { dossierId: dossier.dossierId } });
  await world.db.feeLine.create({
    data: { dossierId: dossier.dossierId, feeId: "le-phi", name: "Lệ phí", amount: 8000n },
  });
  const agency = await world.agencyId("dongKinh");
  const officer = await world.as("dongKinhDesk");
  await officer.post("/mot-cua/thu-phi/so-bien-lai", { agency, form: "EBL01", symbol: "26taa", first: "1" });
  const taking = { formKey: crypto.randomUUID(), payerName: NAME, method: "cash", fee: "le-phi" };
  expect((await officer.post(`/mot-cua/thu-phi/${dossier.dossierId}`, taking)).status).toBe(200);
  ({ reference } = await world.db.dossier.findUniqueOrThrow({ where: { id: dossier.dossierId } }));
  ({ id: paper } = await world.db.issuedPaper.findFirstOrThrow({ where: { dossierId: dossier.dossierId } }));
}, 60_000);

test("only a leader of the agency restricts a dossier, with a reason, and not so that nobody could go on with it", async () => {
  expect((await page("dongKinhDesk", dossierPath())).has("link", "Hạn chế người xem")).toBe(false);
  expect((await page("dongKinhDesk", dossierPath("/han-che"))).status).toBe(403);
  expect((await page("huuLungDesk", dossierPath("/han-che"))).status).toBe(404);
  const form = await page("dongKinhLeader", dossierPath("/han-che"));
  const silent = await form.submit("Lưu những người được xem", { [demoOfficers.dongKinhJustice.displayName]: true });
  expect([silent.status, silent.errors()[0]?.text]).toEqual([422, "Hãy ghi lý do"]);
  const useless = await restrict("dongKinhDesk", "dongKinhClerk");
  expect(useless.status).toBe(422);
  expect(useless.text).toContain("sẽ không ai giải quyết được");
  expect(useless.html).toContain("Nạn nhân được bảo vệ");
  expect((await page("dongKinhDesk", dossierPath())).status).toBe(200);
});

test("from then on it is its readers' alone: a list of their own, found by search, with what they may do", async () => {
  expect((await restrict("dongKinhJustice")).status).toBe(200);
  for (const who of ["dongKinhLeader", "dongKinhJustice"] as const) {
    const own = await page(who, "/mot-cua?muc=han-che");
    expect(own.has("link", dossier.code)).toBe(true);
    expect(own.has("link", "Hạn chế người xem 1")).toBe(true);
    expect((await page(who, `/mot-cua?q=${dossier.code}`)).has("link", dossier.code)).toBe(true);
    expect((await page(who, dossierPath())).text).toContain("Hồ sơ hạn chế: chỉ những cán bộ được nêu tên xem được");
  }
  const shown = await page("dongKinhJustice", dossierPath());
  expect(shown.has("button", "Nhận việc")).toBe(true);
});

test("to everybody else no officer's, administrator's or auditor's address tells that it is there", async () => {
  const routes = listRoutes(world.app);
  const admin = await world.signIn(demoAdmin.username, DEMO_PASSWORD);
  const browsers: [string, Client, RegExp][] = [
    ["admin", admin, /^\/quan-tri/],
    ["auditor", await world.as("auditor"), /^\/(nhat-ky-an-toan|mot-cua)/],
  ];
  for (const who of ["dongKinhDesk", "dongKinhHead"] as const) browsers.push([who, await world.as(who), /^\/mot-cua/]);
  const leaks: unknown[] = [];
  let tried = 0;
  for (const [who, browser, territory] of browsers)
    for (const { method, path } of routes) {
      if (method !== "GET" || !territory.test(path)) continue;
      const id = path.includes("giay-to") ? paper : dossier.dossierId;
      const address = path.replace(/:\w+/g, id);
      const asked =
        path === "/mot-cua/"
          ? ["muc=cho-tiep-nhan", "muc=co-quan", "muc=chua-nhan", "muc=don-vi", "muc=sap-den-han", "muc=qua-han"]
              .concat(["muc=da-xong", "muc=tat-ca", "muc=han-che", `q=${dossier.code}`, `q=${reference}`])
              .concat(SEARCHES.map((q) => `q=${q}`))
          : [`q=${SEARCHES[0]}&ho-so=${dossier.code}&loai=&nguoi=`];
      for (const query of asked) {
        const answer = await browser.get(`${address}?${query}`);
        tried++;
        const isDossiers = /^\/mot-cua\/(ho-so|giay-to|thu-phi|so-hoa|tra-ket-qua|tiep-nhan\/xong)\/:/.test(path);
        if (isDossiers && answer.status !== 404) leaks.push([who, path, answer.status]);
        // What somebody typed stands on the page again, and in the log of searches.
        const words = [NAME, dossier.code, reference, ...(path.includes(":") ? [] : [dossier.dossierId])];
        const told = who === "auditor" ? [NAME] : words.filter((word) => !query.includes(word));
        if (told.some((word) => answer.html.includes(word))) leaks.push([who, path, query]);
      }
    }
  expect(leaks).toEqual([]);
  expect(tried).toBeGreaterThan(150);
}, 60_000);

test("nobody else changes it, and the counts of their lists do not know of it", async () => {
  const before = await world.db.dossier.findUniqueOrThrow({ where: { id: dossier.dossierId } });
  const run = await world.db.stepRun.findFirstOrThrow({ where: { dossierId: dossier.dossierId, lead: true } });
  const answers: unknown[] = [];
  for (const { method, path } of listRoutes(world.app)) {
    if (method !== "POST" || !/^\/mot-cua\/(ho-so|thu-phi|so-hoa|tra-ket-qua)\/:/.test(path)) continue;
    for (const who of OTHERS) {
      const browser = await world.as(who);
      const fields = { version: String(before.version), run: run.id, reason: "x", outcome: "x", note: "x" };
      const { status } = await browser.post(path.replace(/:\w+/g, dossier.dossierId), fields);
      if (status !== 404) answers.push([who, path, status]);
    }
  }
  expect(answers).toEqual([]);
  expect(await world.db.dossier.findUniqueOrThrow({ where: { id: dossier.dossierId } })).toEqual(before);
  for (const who of ["dongKinhLand", "dongKinhJustice"] as const)
    expect((await page(who, "/mot-cua?muc=co-quan")).has("link", "Việc của cơ quan 0")).toBe(true);
});

/** Every row that hangs on the dossier, by table; what was tried is noted of who tried, and is no change of the dossier. */
async function rowsOf(dossierId: string): Promise<Record<string, string | null>> {
  const tables = await world.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'dossierId' AND table_name NOT IN ('security_events', 'work_batch_items') ORDER BY 1`;
  const found: Record<string, string | null> = {};
  for (const { name, key } of [
    { name: "dossiers", key: "id" },
    ...tables.map((one) => ({ ...one, key: "dossierId" })),
  ]) {
    const [row] = await world.db.$queryRawUnsafe<{ sum: string | null }[]>(
      `SELECT string_agg(t::text, ' ' ORDER BY t::text) AS sum FROM ${name} t WHERE t."${key}" = $1::uuid`,
      dossierId,
    );
    found[name] = row?.sum ?? null;
  }
  return found;
}

test("nor does any act that carries it in its body, alone or among many: nothing changes and nothing is told", async () => {
  const { id: receipt } = await world.db.feeReceipt.findFirstOrThrow({ where: { dossierId: dossier.dossierId } });
  const { version } = await world.db.dossier.findUniqueOrThrow({ where: { id: dossier.dossierId } });
  const run = await world.db.stepRun.findFirstOrThrow({ where: { dossierId: dossier.dossierId, lead: true } });
  const agency = await world.agencyId("dongKinh");
  const row = `${dossier.dossierId}:${version}:${run.id}:${run.version}`;
  const fields = {
    ...{ version: String(version), run: run.id, runVersion: String(run.version), agency, from: agency, to: agency },
    ...{ dossier: dossier.dossierId, paper, hs: row, result: paper, scan: paper, receipt, ticket: dossier.dossierId },
    ...{
      role: run.role,
      reason: "x",
      note: "x",
      outcome: "x",
      ketQua: "x",
      giayTo: "x",
      nguoiNhan: "x",
      cach: "counter",
    },
    ...{ seen: dossier.dossierId, [`remark-${dossier.dossierId}`]: "x", meetingUrl: "https://hop.example.vn/1" },
  };
  const posts = listRoutes(world.app).filter(({ method, path }) => method === "POST" && path.startsWith("/mot-cua/"));
  const tries = posts.flatMap(({ path }) => {
    const id = /giay-to|thu-hoi-giay/.test(path) ? paper : path.includes("bien-lai") ? receipt : dossier.dossierId;
    const address = path.replace(/:\w+/g, id);
    return path === "/mot-cua/hang-loat"
      ? ["nhan", "giao", "de-chung", "chuyen", "ban-giao", "tra"].map((viec) => ({ address, more: { viec } }))
      : [{ address, more: {} }];
  });
  const before = await rowsOf(dossier.dossierId);
  const told: unknown[] = [];
  for (const who of ["dongKinhDesk", "dongKinhHead"] as const) {
    const browser = await world.as(who);
    for (const { address, more } of tries) {
      const formKey = crypto.randomUUID();
      const nguoi = world.accounts.get(who) as string;
      const answer = await browser.post(address, { ...fields, ...more, formKey, nguoi });
      const words = [NAME, dossier.code, reference];
      if (
        words.some((word) => answer.html.includes(word)) ||
        /pdf|sheet|csv/.test(answer.headers.get("content-type") ?? "")
      )
        told.push([who, address, more, answer.status]);
    }
  }
  expect(told).toEqual([]);
  expect(await rowsOf(dossier.dossierId)).toEqual(before);
  // Each is told what somebody is told who made an id up.
  const items = await world.db.workBatchItem.findMany({ where: { dossierId: dossier.dossierId } });
  expect(new Set(items.map(({ done, reason }) => `${done} ${reason}`))).toEqual(
    new Set(["false platform.refused.notFound"]),
  );
  expect(tries.length).toBeGreaterThan(60);
}, 60_000);

test("money that was taken for it stays counted and numbered, and tells nothing else", async () => {
  const drawer = await page("dongKinhDesk", "/mot-cua/thu-phi");
  expect(drawer.text).toMatch(/0000001\s+Hồ sơ hạn chế người xem/);
  expect(drawer.text).toContain("8.000");
  const officer = await world.as("dongKinhDesk");
  const agency = await world.agencyId("dongKinh");
  await officer.post("/mot-cua/thu-phi/chot", { agency, counted: "8.000", remark: "" });
  const closing = await world.db.cashClosing.findFirstOrThrow({ include: { receipts: true } });
  expect([closing.cash, closing.receipts.length]).toEqual([8000n, 1]);
  const sheet = await findClosing(await world.officer("dongKinhDesk"), closing.id);
  expect(JSON.stringify(sheet.receipts.map(({ dossier, payerName }) => [dossier, payerName]))).toBe("[[null,null]]");
});

test("notices of it are taken back, and new ones reach its readers only", async () => {
  await inTransaction(world.system(), (tx) =>
    leaveNotices(
      world.system(),
      tx,
      [...world.accounts.values()].map((accountId) => ({
        accountId,
        causeId: dossier.dossierId,
        kind: "assigned",
        dossierId: dossier.dossierId,
        procedureVersionId: null,
        facts: {},
        at: world.system().now,
      })),
    ),
  );
  const officers = await world.db.notification.findMany({
    where: { dossierId: dossier.dossierId, account: { kind: "officer" } },
    select: { accountId: true },
  });
  const readers = [world.accounts.get("dongKinhLeader"), world.accounts.get("dongKinhJustice")];
  expect(new Set(officers.map(({ accountId }) => accountId))).toEqual(new Set(readers));
});

test("by its code a stranger learns no more than that it is being worked on; each reading and naming is noted", async () => {
  await world.db.dossier.update({ where: { id: dossier.dossierId }, data: { status: "completed" } });
  const found = await world.client().get(`/tra-cuu?ma=${dossier.code}`);
  expect(found.text).toMatch(/Đang giải quyết/);
  expect(found.all("li").filter((one) => /current/.test(JSON.stringify(one.attrs)))).toHaveLength(1);
  await world.db.dossier.update({ where: { id: dossier.dossierId }, data: { status: "processing" } });
  const noted = await world.db.securityEvent.findMany({
    where: { dossierId: dossier.dossierId },
    select: { kind: true, accountId: true },
  });
  for (const [kind, who] of [
    ["dossier.restricted", "dongKinhLeader"],
    ["read.dossier", "dongKinhJustice"],
  ] as const)
    expect(noted).toContainEqual({ kind, accountId: world.accounts.get(who) });
  const log = await page("auditor", "/nhat-ky-an-toan");
  expect(log.text).toContain("Đổi những người được xem hồ sơ hạn chế");
});

test("a step is given to readers only; when the restriction is lifted everybody sees the dossier again", async () => {
  const shown = await page("dongKinhJustice", dossierPath());
  expect(shown.html).not.toContain(demoOfficers.dongKinhLand.displayName);
  const form = await page("dongKinhLeader", dossierPath("/han-che"));
  const empty = await form.submit("Bỏ hạn chế người xem");
  expect([empty.status, empty.errors()[0]?.text]).toEqual([422, "Hãy ghi lý do"]);
  const lifted = await (await world.as("dongKinhLeader")).post(dossierPath("/bo-han-che"), {
    version: String((await world.db.dossier.findUniqueOrThrow({ where: { id: dossier.dossierId } })).version),
    reason: "Không còn cần thiết",
  });
  expect(lifted.text).toContain("Đã bỏ hạn chế người xem hồ sơ.");
  expect((await page("dongKinhDesk", dossierPath())).status).toBe(200);
  expect((await page("dongKinhDesk", `/mot-cua?q=${dossier.code}`)).has("link", dossier.code)).toBe(true);
});

test("when no leader among the readers is left, who leads there now is named, once, and may lift it", async () => {
  expect((await restrict("dongKinhJustice")).status).toBe(200);
  expect(await keepReaders(world.system())).toBe(0);
  const agencyId = await world.agencyId("dongKinh");
  const leaderId = world.accounts.get("dongKinhLeader") as string;
  await world.db.posting.updateMany({ where: { accountId: leaderId }, data: { validTo: "2026-01-31" } });
  // Nobody leads there: it waits for whoever comes.
  expect(await keepReaders(world.system())).toBe(0);
  const accountId = world.accounts.get("dongKinhLand") as string;
  await world.db.posting.create({ data: { accountId, agencyId, role: "leader" } });
  expect(await keepReaders(world.system())).toBe(1);
  expect(await keepReaders(world.system())).toBe(0);
  const event = await world.db.dossierEvent.findFirstOrThrow({
    where: { dossierId: dossier.dossierId },
    orderBy: { seq: "desc" },
  });
  expect([event.type, event.actorKind]).toEqual(["dossier.restricted", "system"]);
  const browser = await world.signIn(demoOfficers.dongKinhLand.username, DEMO_PASSWORD);
  expect((await browser.get(dossierPath())).text).toContain("Hồ sơ hạn chế: chỉ những cán bộ được nêu tên xem được");
  const { version } = await world.db.dossier.findUniqueOrThrow({ where: { id: dossier.dossierId } });
  const lifted = await browser.post(dossierPath("/bo-han-che"), { version: String(version), reason: "Hết lý do" });
  expect(lifted.text).toContain("Đã bỏ hạn chế người xem hồ sơ.");
});
