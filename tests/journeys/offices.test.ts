import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD, demoAdmin, demoOfficers } from "#dev/demo.ts";
import { createDemoCounter } from "#dev/demo-counter.ts";
import { createDemoDossiers } from "#dev/demo-dossiers.ts";
import { createDemoHall } from "#dev/demo-hall.ts";
import { listRoutes, startTestApp, type TestApp } from "../support/app.ts";
import { mustBeUsable, mustFit } from "../support/axe.ts";
import { browserTest, hasBrowser } from "../support/browser.ts";
import { line } from "../support/procedures.ts";
import { agencyIdOf, provinceDatabase } from "../support/province.ts";
import { BIRTH, DESK, open, PHONE, picture, signIn } from "./walking.ts";

/**
 * A page of those who work here. `of`: what stands for the parameters of its route; `press`: a button that is pressed, with
 * nothing filled in, so that the page says what is missing, or with `typed` (of lists a thing), so that what follows is shown; `phone`: it is used standing, with a phone in the hand.
 */
type Stop = {
  route: string;
  of?: Thing | readonly Thing[];
  query?: string;
  press?: string;
  typed?: Record<string, string>;
  phone?: true;
};
type Thing = (typeof THINGS)[number];
const THINGS = [
  "submitted",
  "open",
  "completed",
  "delivered",
  "declined",
  "scanned",
  "restrictable",
  "copies",
  "birth",
  "batch",
  "slip",
  "sheet",
  "receipt",
  "paper",
  "company",
  "hall",
  "agency",
  "other",
  "person",
  "manuscript",
  "page",
  "field",
  "step",
  "list",
  "mail",
  "wording",
  "form",
  "update",
  "code",
] as const;

const DOSSIER = "/mot-cua/ho-so/:id";
const PART = "/quan-tri/soan/:id";
const WALKS: Readonly<Record<"desk" | "specialist" | "leader" | "auditor" | "office" | "author", readonly Stop[]>> = {
  desk: [
    { route: "/mot-cua/", phone: true },
    { route: "/mot-cua/", query: "q=khong-co-ai", phone: true },
    { route: "/mot-cua/", query: "muc=chua-nhan&chon=tat" },
    { route: "/mot-cua/hang-loat/:id", of: "batch" },
    { route: DOSSIER, of: "submitted", phone: true },
    { route: DOSSIER, of: "completed", phone: true },
    { route: DOSSIER, of: "delivered" },
    { route: DOSSIER, of: "declined" },
    { route: "/mot-cua/ho-so/:id/yeu-cau-bo-sung", of: "submitted", press: "Gửi yêu cầu bổ sung", phone: true },
    { route: "/mot-cua/tiep-nhan", query: "q=chung+thuc" },
    { route: "/mot-cua/tiep-nhan/:code", of: "copies", press: "Tiếp nhận và cấp mã" },
    { route: "/mot-cua/tiep-nhan/xong/:id", of: "open" },
    { route: "/mot-cua/tra-ket-qua" },
    { route: "/mot-cua/tra-ket-qua/:id", of: "completed" },
    { route: "/mot-cua/thu-phi" },
    { route: "/mot-cua/thu-phi/:id", of: "open" },
    { route: "/mot-cua/bien-lai/:id", of: "receipt" },
    { route: "/mot-cua/ban-giao" },
    { route: "/mot-cua/ban-giao/:id", of: "slip" },
    { route: "/mot-cua/buu-chinh" },
    { route: "/mot-cua/buu-chinh/:id", of: "sheet" },
    { route: "/mot-cua/so-hoa" },
    { route: "/mot-cua/so-hoa/:id", of: "scanned" },
    { route: "/mot-cua/so-theo-doi" },
    { route: "/mot-cua/quay", phone: true },
    { route: "/mot-cua/sanh" },
    { route: "/mot-cua/sanh/thong-ke" },
    { route: "/mot-cua/lich-hen", phone: true },
    { route: "/mot-cua/lich-hen/khung" },
    { route: "/mot-cua/to-chuc" },
    { route: "/mot-cua/to-chuc/:id", of: "company" },
    { route: "/mot-cua/vang-mat" },
    { route: "/mot-cua/danh-sach" },
    { route: "/mot-cua/thong-bao", phone: true },
  ],
  specialist: [{ route: DOSSIER, of: "open", phone: true }],
  leader: [
    { route: DOSSIER, of: "completed", phone: true },
    { route: "/mot-cua/ho-so/:id/han-che", of: "restrictable", press: "Lưu những người được xem", phone: true },
    { route: "/mot-cua/phan-cong" },
    { route: "/mot-cua/ket-qua-xu-ly" },
    { route: "/mot-cua/tinh-hinh", phone: true },
    { route: "/mot-cua/danh-gia" },
    { route: "/mot-cua/thu-hoi-giay/:id", of: "paper" },
  ],
  auditor: [{ route: "/nhat-ky-an-toan" }],
  office: [
    { route: "/quan-tri/" },
    { route: "/quan-tri/co-quan" },
    { route: "/quan-tri/co-quan/:id", of: "agency" },
    { route: "/quan-tri/co-quan/:id/ket-thuc", of: "agency", press: "Xem trước" },
    {
      route: "/quan-tri/co-quan/:id/ket-thuc",
      of: "agency",
      press: "Xem trước",
      typed: { successorId: "other", reason: "Sắp xếp đơn vị hành chính" },
    },
    { route: "/quan-tri/nguoi-dung" },
    { route: "/quan-tri/nguoi-dung/:id", of: "person" },
    { route: "/quan-tri/nguoi-dung/nhap" },
    { route: "/quan-tri/co-quan/ke-hoach" },
    { route: "/quan-tri/noi-tiep-nhan/:code", of: "birth" },
    { route: "/quan-tri/quyen" },
    { route: "/quan-tri/lich" },
    { route: "/quan-tri/sanh/:id", of: "hall" },
    { route: "/quan-tri/noi-dung" },
    { route: "/quan-tri/du-lieu-ca-nhan" },
    { route: "/quan-tri/lich-su" },
  ],
  author: [
    { route: "/quan-tri/thu-tuc" },
    { route: "/quan-tri/thu-tuc/:code", of: "birth" },
    { route: PART, of: "manuscript" },
    { route: `${PART}/quy-trinh`, of: "manuscript" },
    { route: `${PART}/quy-trinh/buoc/:step`, of: ["manuscript", "step"] },
    { route: `${PART}/to-khai/trang/:page`, of: ["manuscript", "page"] },
    { route: `${PART}/to-khai/cau-hoi/:field`, of: ["manuscript", "field"] },
    { route: `${PART}/thoi-han-le-phi`, of: "manuscript" },
    { route: `${PART}/thong-tin/can-cu/them`, of: "manuscript", press: "Lưu" },
    { route: `${PART}/cong-bo`, of: "manuscript" },
    { route: "/quan-tri/danh-sach" },
    { route: "/quan-tri/danh-sach/:list", of: "list" },
    { route: "/quan-tri/mau-thu" },
    { route: "/quan-tri/mau-thu/:name", of: "mail" },
    { route: "/quan-tri/mau-giay/:name", of: "wording" },
    { route: "/quan-tri/bieu-mau/:id", of: "form" },
    { route: "/quan-tri/danh-muc-quoc-gia/:id", of: "update" },
    { route: "/quan-tri/danh-muc-quoc-gia/:id/:code", of: ["update", "code"] },
  ],
};

/** Pages of these territories that the walk leaves out, and why. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/\.(csv|xlsx|svg|json|jsonl)$|\/(csv|xlsx|pdf|xuat|in|phieu|xem)$/, "a file"],
  [/^\/mot-cua\/(ho-so\/:id\/tep|so-hoa\/:id\/ban-quet)\/|\/xong\/:id\/chu-ky$/, "a file"],
  [/^\/mot-cua\/(giay-to|chot-quy|so-theo-doi|tiep-nhan\/phieu-chung)\/:id$/, "a file"],
  [/^\/quan-tri\/tinh-hinh$/, "the leader's board at /mot-cua/tinh-hinh"],
  [/\/truc-tiep$/, "a stream of events"],
  [/^\/mot-cua\/thong-bao\/:id$/, "leads on to what a notice is about"],
  [/^\/mot-cua\/(phan-cong\/:id|thong-bao\/cai-dat)$/, "the same form as the page that leads there"],
  [/^\/mot-cua\/lap-ket-qua\/:id$/, "needs a step that makes a result on a form: one plain form"],
  [
    /^\/quan-tri\/(co-quan|nguoi-dung|thu-tuc)\/moi$|\/nguoi-dung\/quan-tri-vien$/,
    "the form of what is changed there, empty",
  ],
  [/^\/quan-tri\/co-quan\/(don-vi-hanh-chinh|:id\/to-chuc)$/, "lists and forms like those of agencies"],
  [/^\/quan-tri\/(nguoi-dung\/nhap\/:id|lich\/(ngay|nhap))$/, "what was read of a file, a table"],
  [
    /^\/quan-tri\/(noi-tiep-nhan|bieu-mau|mau-giay|sanh|thu-vien|danh-muc-quoc-gia)$/,
    "a list like those of procedures and mails",
  ],
  [/^\/quan-tri\/danh-sach\/:list\/:key$/, "the form of /quan-tri/mau-thu/:name"],
  [/^\/quan-tri\/(noi-dung\/(trang|thong-bao|phien-ban)|tu-dong-nghia)(\/|$)/, "one form, and its versions"],
  [/^\/quan-tri\/soan\/:id\/(lich-su|huy|mo-phong|thu-nghiem)$|\/so-sanh$/, "tables and questions of a manuscript"],
  [/^\/quan-tri\/soan\/:id\/to-khai(\/|$)/, "one page of the form builder stands for it; tests/authoring/form-browser"],
  [/^\/quan-tri\/soan\/:id\/quy-trinh\//, "one step stands for it"],
  [
    /^\/quan-tri\/soan\/:id\/(thong-tin|cach-nop|thoi-han-le-phi|thanh-phan|ket-qua)(\/|$)/,
    "one part and one line stand for it",
  ],
];

let portal: TestApp;
let things: Record<Thing, string>;

beforeAll(async () => {
  portal = await startTestApp({ database: await provinceDatabase() });
  if (!hasBrowser) return;
  const system = portal.system();
  await createDemoDossiers(system, "20");
  await createDemoHall(system);
  await createDemoCounter(system);
  things = await find();
}, 90_000);

async function find(): Promise<Record<Thing, string>> {
  const { db } = portal;
  const receivingAgencyId = await agencyIdOf(portal, "dongKinh");
  const dossier = async (where: object) =>
    (
      await db.dossier.findFirstOrThrow({
        where: { receivingAgencyId, restricted: false, ...where },
        orderBy: { submittedAt: "asc" },
      })
    ).id;
  const first = async (rows: { findFirstOrThrow: (of: object) => Promise<{ id: string }> }, where: object = {}) =>
    (await rows.findFirstOrThrow({ where })).id;
  const admin = await portal.signIn(demoAdmin.username, DEMO_PASSWORD);
  const begun = await (await admin.get(`/quan-tri/thu-tuc/${BIRTH}`)).submit("Soạn phiên bản mới");
  const content = `${JSON.stringify(line({ name: "Cấp giấy phép mới" }))}\n`;
  const file = { name: "thang-11.jsonl", type: "application/json", content };
  const update = await (await admin.get("/quan-tri/danh-muc-quoc-gia")).submit("Đọc và so sánh", { file });
  const desk = await portal.signIn(demoOfficers.dongKinhDesk.username, DEMO_PASSWORD);
  // At the second counter, with somebody called to it.
  const { id: counter } = await db.queueCounter.findFirstOrThrow({ where: { number: 2 } });
  const panel = await desk.post("/mot-cua/quay/mo", { counter });
  await panel.submit(/Gọi số tiếp theo/);
  const run = await db.stepRun.findFirstOrThrow({
    where: { agencyId: receivingAgencyId, role: "desk", closedAt: null, lead: true },
    include: { dossier: true },
  });
  const row = `${run.dossierId}:${run.dossier.version}:${run.id}:${run.version}`;
  const batch = await desk.post("/mot-cua/hang-loat", { formKey: crypto.randomUUID(), viec: "nhan", hs: row });
  const { definition } = await db.procedureVersion.findFirstOrThrow({ where: { procedure: { code: BIRTH } } });
  const { form, workflow } = definition as {
    form: { pages: { id: string; fields: { id: string }[] }[] };
    workflow: { steps: { id: string }[] };
  };
  const last = (path: string): string => path.split("?")[0]?.split("/").at(-1) ?? "";
  return {
    submitted: await dossier({ status: "submitted" }),
    open: await dossier({ status: { in: ["received", "processing"] }, channel: "counter" }),
    completed: await dossier({ status: "completed" }),
    delivered: await dossier({ status: "delivered" }),
    declined: await dossier({ status: "declined" }),
    scanned: (await db.digitisedPaper.findFirstOrThrow({ where: { dossier: { restricted: false } } })).dossierId,
    restrictable: await dossier({ status: { in: ["received", "processing"] } }),
    copies: "2.000815",
    birth: BIRTH,
    batch: last(batch.path),
    slip: await first(db.handOverBatch),
    sheet: await first(db.postalSheet),
    receipt: await first(db.feeReceipt, { dossier: { restricted: false } }),
    paper: await first(db.issuedPaper, {
      standing: "valid",
      agencyId: receivingAgencyId,
      dossier: { restricted: false },
    }),
    company: await first(db.company),
    hall: await first(db.queueHall),
    agency: receivingAgencyId,
    other: await agencyIdOf(portal, "huuLung"),
    person: await first(db.account, { username: demoOfficers.dongKinhDesk.username }),
    manuscript: last(begun.path),
    page: form.pages[0]?.id ?? "",
    field: form.pages[0]?.fields[0]?.id ?? "",
    step: workflow.steps[0]?.id ?? "",
    list: "reason.stop",
    mail: "accepted",
    wording: "receipt_slip",
    form: await first(db.paperTemplate),
    update: last(update.path),
    code: "1.900001",
  };
}

function addressOf({ route, of = [], query }: Stop): string {
  const ids = [of].flat().map((thing) => things[thing as Thing]);
  return route.replace(/:\w+/g, () => ids.shift() ?? "") + (query ? `?${query}` : "");
}

async function walk(page: Page, stops: readonly Stop[]): Promise<void> {
  for (const stop of stops) {
    const address = addressOf(stop);
    await page.setViewportSize(DESK);
    expect([address, (await page.goto(address))?.status()]).toEqual([address, 200]);
    if (stop.press) {
      for (const [name, value] of Object.entries(stop.typed ?? {})) {
        const choice = page.locator(`select[name="${name}"]`);
        if (await choice.count()) await choice.selectOption(things[value as Thing]);
        else await page.locator(`[name="${name}"]`).fill(value);
      }
      const button = page.getByRole("button", { name: stop.press, exact: true }).first();
      await Promise.all([page.waitForEvent("load"), button.click()]);
      const errors = await page.locator(".govuk-error-summary").count();
      expect([address, errors]).toEqual([address, stop.typed ? 0 : 1]);
    }
    const name = `${stop.route.replaceAll(/\W+/g, "_")}${stop.press ? (stop.typed ? "-shown" : "-errors") : ""}`;
    await mustBeUsable(page, `${address} ${stop.press ?? ""}`);
    await picture(page, `${name}-1280`);
    await page.setViewportSize(PHONE);
    await (stop.phone ? mustBeUsable : mustFit)(page, `${address} at 360`);
    await picture(page, `${name}-360`);
  }
}

describe("every page of those who work here is usable, at a desk and on a phone", () => {
  const { dongKinhDesk, dongKinhJustice, dongKinhLeader, auditor } = demoOfficers;
  const people = {
    desk: dongKinhDesk,
    specialist: dongKinhJustice,
    leader: dongKinhLeader,
    auditor,
    office: demoAdmin,
    author: demoAdmin,
  };
  for (const [who, { username }] of Object.entries(people) as [keyof typeof WALKS, { username: string }][])
    browserTest(who, { timeout: 180_000 }, async () => {
      const page = await open(portal, { viewport: DESK });
      await signIn(page, username);
      await walk(page, WALKS[who]);
      await page.close();
    });
});

test("no page of theirs is forgotten: each is walked, or it is said why it is not", () => {
  const mine = /^\/(mot-cua|quan-tri|nhat-ky-an-toan)(\/|$)/;
  const pages = listRoutes(portal.app).flatMap(({ method, path }) =>
    method === "GET" && mine.test(path) ? [path] : [],
  );
  const walked = new Set(Object.values(WALKS).flatMap((stops) => stops.map(({ route }) => route)));
  expect([...walked].filter((route) => !pages.includes(route))).toEqual([]);
  expect(ELSEWHERE.filter(([at]) => !pages.some((path) => at.test(path)))).toEqual([]);
  expect(pages.filter((path) => !walked.has(path) && !ELSEWHERE.some(([at]) => at.test(path)))).toEqual([]);
});
