import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { beginManuscript, changeManuscript, findManuscript, type Sketch } from "#authoring/index.ts";
import { answersFor, beginDraft, fillDraft, typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { isoDay } from "#platform/format.ts";
import { OfferingFile, offerProcedure, ProcedureDefinition, publishProcedure } from "#procedures/index.ts";
import { publishManuscript } from "../../src/authoring/actions.ts";
import { buttonOf, codes, pdf, register } from "../desk/world.ts";
import type { Client, Page } from "../support/client.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring("dongKinhDesk", "dongKinhJustice", "dongKinhHead", "dongKinhLeader", "dongKinhClerk");
const { admin, db } = world;
const EXTRACT = "2.000635";
const seed = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, "../../prisma/seed", name), "utf8"));
const first = ProcedureDefinition.parse(seed(`procedures/${EXTRACT}.json`));
await publishProcedure(world.system(), first, new Date("2026-01-01T00:00:00Z"));
const plan = OfferingFile.parse(seed("offerings.json")).offerings.find(({ code }) => code === EXTRACT);
if (plan) await offerProcedure(world.system(), plan, first.channels, "2026-01-01");

const sample = {
  today: isoDay(new Date()),
  provinceCode: "20",
  communeCode: "05977",
  communeName: "phường Đông Kinh",
  number: 7,
};
const known: Record<string, string | readonly string[]> = {
  ...typedAnswers(first, sample),
  ...typedApplicant(sample),
  registeredBook: "Quyển 3/1991",
  reason: "Bổ sung hồ sơ xin việc",
};

const publish = async (code: string, change: (sketch: Sketch) => Sketch): Promise<number> => {
  const { id: versionId } = await world.publishedAs(code);
  const { id } = await beginManuscript(admin, { versionId });
  const { version: seen } = await findManuscript(admin, id);
  await changeManuscript(admin, { id, seen }, { did: "begun" }, change);
  const today = isoDay(admin.now);
  const input = { effectiveDay: today, reason: "Quyết định mới", changes: [], checks: [] };
  return (await publishManuscript(admin, { id, seen: seen + 1 }, input)).number;
};

let citizens = 0;
const citizen = async (): Promise<Client> => {
  const phone = `09120009${String(++citizens).padStart(2, "0")}`;
  await createCitizen(world.system(), { fullName: "Hoàng Thị Nhàn", phone, password: "con trâu đi trước" });
  return world.signIn(phone, "con trâu đi trước");
};
/** Page after page until the page of this name is open. */
const fillUntil = async (browser: Client, slug: string): Promise<Page> => {
  let page = await beginDraft(await browser.get(`/thu-tuc/${EXTRACT}/nop-ho-so`), "Đông Kinh");
  for (let n = 0; n < 10 && !page.path.endsWith(`/${slug}`); n++)
    page = await page.submit("Lưu và tiếp tục", answersFor(page, known));
  expect(page.path).toMatch(new RegExp(`/${slug}$`));
  return page;
};
const withoutFields = (sketch: Sketch, ...ids: string[]): Sketch["form"] => ({
  pages: sketch.form.pages.map((page) => ({ ...page, fields: page.fields.filter(({ id }) => !ids.includes(id)) })),
});

test("who is in the middle of filing when the next version is published is told what changed, loses nothing, and files on the new one", async () => {
  const [typing, saving, early] = [await citizen(), await citizen(), await citizen()];
  const open = await fillUntil(typing, "so-goc");
  const later = await fillUntil(saving, "so-luong");
  const begun = await fillUntil(early, "yeu-cau");
  const draftId = /ban-nhap\/([^/]+)/.exec(open.path)?.[1] ?? "";
  // Beside these three, a thousand who stopped somewhere.
  await db.$executeRaw`
    INSERT INTO accounts (id, kind, username, "displayName") SELECT gen_random_uuid(), 'citizen', 'many-' || n, 'Người thứ ' || n FROM generate_series(1, 1000) n`;
  await db.$executeRaw`
    INSERT INTO drafts (id, "accountId", "procedureId", "procedureVersionId", "agencyId", answers, "updatedAt")
    SELECT gen_random_uuid(), a.id, d."procedureId", d."procedureVersionId", d."agencyId", d.answers, d."updatedAt"
    FROM drafts d, accounts a WHERE d.id = ${draftId}::uuid AND a.username LIKE 'many-%'`;
  const drafts = () =>
    db.$queryRaw<{ held: string }[]>`SELECT md5(string_agg(d::text, '|' ORDER BY d.id)) AS held FROM drafts d`;
  const before = await drafts();

  const number = await publish(EXTRACT, (sketch) => ({
    ...sketch,
    form: {
      pages: [
        ...withoutFields(sketch, "registeredBook", "reason").pages,
        {
          id: "muc-dich",
          title: { vi: "Mục đích" },
          fields: [
            { id: "purpose", type: "text", required: true, label: { vi: "Mục đích sử dụng bản sao" }, settings: {} },
          ],
        },
      ],
    },
    requirements: [
      ...sketch.requirements,
      { id: "new", name: { vi: "Bản chụp căn cước" }, originals: 0, copies: 1, required: false, mayFollowLater: false },
    ],
    fees: sketch.fees.map((fee) => ({ ...fee, amount: 11_000 })),
  }));
  expect(number).toBe(2);
  expect(await drafts()).toEqual(before);

  // The page was open and typed into: it comes back as it was typed, with what changed.
  const back = await open.submit("Lưu và tiếp tục", answersFor(open, known));
  expect(back.status).toBe(409);
  for (const words of [
    "Thủ tục đã có phiên bản mới",
    "Câu hỏi mới: Mục đích sử dụng bản sao.",
    "(bạn đã khai: Quyển 3/1991)",
    "Giấy tờ cần thêm: Bản chụp căn cước.",
    "Mức phí, lệ phí đã thay đổi.",
    "còn nguyên ở dưới nhưng chưa được lưu",
  ])
    expect(back.text).toContain(words);
  expect(back.html).toContain(`value="${known["registeredAt"]}"`);
  const next = await back.submit("Lưu và tiếp tục", answersFor(back, known));
  expect(next.status).toBe(200);
  const tasks = await typing.get(`/ca-nhan/ban-nhap/${draftId}/cac-phan`);
  expect(tasks.text).toContain("(bạn đã khai: Quyển 3/1991)");

  // A form that saves itself is told, not judged; what it had saved before is kept.
  const quiet = await saving.post(new URL(later.path, world.base).pathname, {
    viec: "tu-luu",
    version: "4",
    reason: "Bổ sung hồ sơ xin việc",
  });
  expect(quiet.status).toBe(409);
  const shown = await saving.get(later.path);
  expect(shown.text).toContain("(bạn đã khai: Quyển 3/1991)");
  expect(shown.text).toContain("(bạn đã khai: Bổ sung hồ sơ xin việc)");

  // All of them can go on to the end, on the new version.
  const answers = { ...known, purpose: "Đi học" };
  // Each page is looked through again: the draft itself leads to the first that was not.
  const draft = begun.path.replace(/\/[^/]+$/, "");
  const once = await fillDraft(await early.get(draft), answers);
  const rest = once.has("button", "Nộp hồ sơ") ? once : await fillDraft(await early.get(draft), answers);
  const filed = await rest.submit("Nộp hồ sơ");
  expect(filed.heading).toBe("Đã nộp hồ sơ");
  const reference = /ho-so\/([^/?]+)/.exec(filed.path)?.[1] ?? "";
  const dossier = await db.dossier.findUniqueOrThrow({
    where: { reference },
    select: { procedureVersion: { select: { number: true } }, answers: { select: { answers: true } } },
  });
  expect(dossier.procedureVersion.number).toBe(2);
  expect(dossier.answers[0]?.answers).toMatchObject({ registeredName: known["registeredName"], purpose: "Đi học" });
});

test("what was typed on a page that the next version no longer has is shown with the rest, and kept", async () => {
  const browser = await citizen();
  const open = await fillUntil(browser, "so-goc");
  await publish(EXTRACT, (sketch) => ({
    ...sketch,
    form: { pages: sketch.form.pages.filter(({ id }) => id !== "so-goc") },
  }));
  const told = await open.submit("Lưu và tiếp tục", { ...answersFor(open, known), registeredNumber: "Số 45/1991" });
  expect(told.path).toMatch(/\/cac-phan$/);
  expect(told.text).toContain("(bạn đã khai: Số 45/1991)");
});

test("a dossier accepted under version 1 goes its steps and ends on version 1 after version 2 was published", async () => {
  const { dossierId } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  const version = await world.version(codes.birth);
  const names = version.definition.workflow.steps.map(({ name }) => name.vi);
  await publish(codes.birth, (sketch) => ({
    ...sketch,
    workflow: {
      start: "appraise",
      steps: sketch.workflow.steps
        .filter(({ id }) => id !== "hand_over")
        .map((step) => ({
          ...step,
          name: { vi: `${step.name.vi} kiểu mới` },
          outcomes: step.outcomes.filter(({ to }) => to !== "hand_over"),
        })),
    },
  }));
  const legs = [
    ["dongKinhDesk", "hand_over", "hand_over"],
    ["dongKinhJustice", "appraise", "submit"],
    ["dongKinhLeader", "sign", "approve"],
    ["dongKinhClerk", "issue", "issue"],
  ] as const;
  for (const [at, [who, , outcome]] of legs.entries()) {
    let page = await (await world.as(who)).get(`/mot-cua/ho-so/${dossierId}`);
    expect(page.text).toContain(names[at]);
    expect(page.text).not.toContain("kiểu mới");
    if (page.has("button", "Lưu kết quả"))
      page = await page.submit("Lưu kết quả", {
        number: "1/2026",
        "issuedOn.day": "20",
        "issuedOn.month": "11",
        "issuedOn.year": "2026",
        file: pdf,
      });
    const step = version.definition.workflow.steps[at];
    const button = step?.outcomes.find(({ id }) => id === outcome)?.name.vi ?? "";
    expect((await page.submit(button)).text).toContain("Đã xử lý");
  }
  const ended = await db.dossier.findUniqueOrThrow({
    where: { id: dossierId },
    select: { status: true, procedureVersion: { select: { number: true } } },
  });
  expect(ended).toEqual({ status: "completed", procedureVersion: { number: 1 } });
  expect(await buttonOf(world, codes.birth, "hand_over", "hand_over")).toBe("");
});
