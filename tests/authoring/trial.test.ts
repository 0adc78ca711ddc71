import { describe, expect, test } from "vitest";
import { beginManuscript, changeManuscript, findManuscript, type Sketch } from "#authoring/index.ts";
import { beginDraft, fillDraft, typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { isoDay } from "#platform/format.ts";
import { sweepTrials } from "../../src/authoring/actions/trials.ts";
import { withClient } from "../../src/dev/database.mjs";
import { codes, pdf } from "../desk/world.ts";
import { startTestApp } from "../support/app.ts";
import type { Page } from "../support/client.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring("dongKinhDesk", "dongKinhJustice", "dongKinhHead", "dongKinhLeader", "dongKinhClerk");
const { admin } = world;
const browser = await world.signInAdmin();
const sample = {
  today: isoDay(new Date()),
  provinceCode: "20",
  communeCode: "05977",
  communeName: "phường Đông Kinh",
  number: 3,
};

const begin = async (code: string, change: (sketch: Sketch) => Sketch): Promise<string> => {
  const { id: versionId } = await world.publishedAs(code);
  const { id } = await beginManuscript(admin, { versionId });
  const { version } = await findManuscript(admin, id);
  await changeManuscript(admin, { id, seen: version }, { did: "begun" }, change);
  return id;
};
const id = await begin(codes.birth, (sketch) => ({
  ...sketch,
  name: { vi: "Đăng ký khai sinh theo cách mới" },
  workflow: {
    ...sketch.workflow,
    steps: sketch.workflow.steps.map((step) => ({ ...step, name: { vi: `${step.name.vi} (mới)` } })),
  },
}));
const trialPath = `/quan-tri/soan/${id}/thu-nghiem`;
const actAs = async (name: string | RegExp): Promise<Page> => (await browser.get(trialPath)).submit(name);

/** What the portal itself holds, table by table; the trial may leave its own row, its proof, and who was signed in. */
const OWN_TRACES = ["trials", "manuscript_proofs", "sessions", "_prisma_migrations"];
const wholeDatabase = (): Promise<Record<string, string>> =>
  withClient(world.ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE (schemaname = 'public' AND NOT tablename = ANY ($1)) OR (schemaname = 'graphile_worker' AND tablename = '_private_jobs')
       ORDER BY 1`,
      [OWN_TRACES],
    );
    expect(rows.length).toBeGreaterThan(60);
    const held: Record<string, string> = {};
    for (const { name } of rows) {
      const { rows: found } = await client.query(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS held FROM ${name} t`,
      );
      held[name] = found[0].held;
    }
    return held;
  });
const places = (): Promise<string[]> =>
  withClient(world.ownerUrl, async (client) =>
    (await client.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'thu\\_%'")).rows.map(
      ({ nspname }) => nspname,
    ),
  );

describe("a trial", () => {
  let before: Record<string, string>;

  test("is begun at one agency, with a citizen and an officer for each role", async () => {
    before = await wholeDatabase();
    const page = await browser.get(trialPath);
    const begun = await page.submit("Bắt đầu thử nghiệm", {
      "co-quan": await world.agencyId("dongKinh"),
    });
    expect(begun.text).toContain("Đã chuẩn bị chỗ thử");
    const people = begun.listByRole("button").map((button) => begun.nameOf(button));
    for (const who of [
      /^Người dân \(thử\)$/,
      /^Cán bộ một cửa, .*BẢN THỬ/,
      /^Chuyên viên thụ lý, /,
      /^Lãnh đạo cơ quan, /,
      /^Văn thư, /,
    ])
      expect(people).toEqual(expect.arrayContaining([expect.stringMatching(who)]));
  });

  test("is filed by the citizen's own pages and carried to its result by the officers' own pages, each marked", async () => {
    const procedure = await actAs("Người dân (thử)");
    expect(procedure.heading).toContain("Đăng ký khai sinh theo cách mới");
    expect(procedure.title).toContain("BẢN THỬ");
    expect(procedure.text).toContain("Bạn đang vào vai Người dân (thử). Không có gì ở đây là thật.");
    const { sketch } = await findManuscript(admin, id);
    const first = await beginDraft(await browser.get(`/thu-tuc/${codes.birth}/nop-ho-so`), "Đông Kinh");
    const check = await fillDraft(first, { ...typedAnswers(sketch, sample), ...typedApplicant(sample) });
    const filed = await check.submit("Nộp hồ sơ");
    expect(filed.heading).toBe("Đã nộp hồ sơ");
    const reference = /ho-so\/([^/?]+)/.exec(filed.path)?.[1] ?? "";

    const list = await actAs(/^Cán bộ một cửa/);
    expect(list.text).toContain("BẢN THỬ");
    const found = await browser.get(`/mot-cua?q=${reference}`);
    const href = /\/mot-cua\/ho-so\/[0-9a-f-]{36}/.exec(found.html)?.[0] ?? "";
    const accepted = await (await browser.get(href)).submit("Tiếp nhận hồ sơ");
    expect(accepted.text).toContain("Đã tiếp nhận. Mã hồ sơ: ");
    const receipt = await browser.get(accepted.link("In giấy tiếp nhận"));
    expect(receipt.body.subarray(0, 4).toString()).toBe("%PDF");

    const legs = [
      [/^Cán bộ một cửa/, "Chuyển hồ sơ"],
      [/^Chuyên viên/, "Trình ký"],
      [/^Lãnh đạo/, "Ký duyệt"],
      [/^Văn thư/, "Phát hành kết quả"],
    ] as const;
    for (const [who, button] of legs) {
      await actAs(who);
      let page = await browser.get(href);
      if (page.has("button", "Lưu kết quả"))
        page = await page.submit("Lưu kết quả", {
          number: "12/2026",
          "issuedOn.day": "20",
          "issuedOn.month": "11",
          "issuedOn.year": "2026",
          file: pdf,
        });
      const done = await page.submit(button);
      expect(done.text).toContain("Đã xử lý");
    }
    const state = await browser.get(trialPath);
    expect(state.text).toContain("Đã có hồ sơ thử đi đến kết quả");
  }, 60_000);

  test("leaves no trace in the portal: not a row of any table differs, no job waits, nobody real sees it", async () => {
    expect(await wholeDatabase()).toEqual(before);
    const desk = await (await world.as("dongKinhDesk")).get("/mot-cua");
    expect(desk.text).not.toContain("BẢN THỬ");
    expect((await world.client().get(`/thu-tuc/${codes.birth}`)).text).not.toContain("theo cách mới");
    expect(world.logged.filter(({ level, msg }) => level === 50 || msg === "sandbox")).toEqual([]);
  });

  test("holds every table, constraint, index and trigger of the portal", async () => {
    const [place = ""] = await places();
    const shapeOf = (schema: string) =>
      withClient(world.ownerUrl, async (client) => {
        await client.query(`SET search_path = "${schema}"`);
        const { rows } = await client.query(
          `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT IN ('_prisma_migrations', 'trial_jobs')
           ORDER BY 1, 2`,
          [schema],
        );
        const { rows: held } = await client.query(
          `SELECT c.relname, i.relname AS name, 'index' AS kind FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
             WHERE c.relnamespace = $1::regnamespace AND c.relname NOT IN ('_prisma_migrations', 'trial_jobs')
           UNION ALL SELECT c.relname, o.conname, 'constraint' FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
             WHERE c.relnamespace = $1::regnamespace AND o.contype IN ('p', 'u', 'c', 'f') AND c.relname NOT IN ('_prisma_migrations', 'trial_jobs')
           UNION ALL SELECT c.relname, g.tgname, 'trigger' FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
             WHERE c.relnamespace = $1::regnamespace AND NOT g.tgisinternal ORDER BY 1, 2, 3`,
          [schema],
        );
        return { rows, held };
      });
    const [portal, trial] = [await shapeOf("public"), await shapeOf(place)];
    expect(portal.held.length).toBeGreaterThan(200);
    expect(trial).toEqual(portal);
  });

  test("is nothing that anybody but an administrator enters", async () => {
    const stranger = world.client();
    expect((await stranger.get(trialPath)).path).toMatch(/^\/dang-nhap/);
    expect((await (await world.as("dongKinhDesk")).get(trialPath)).status).toBe(403);
  });

  test("finished, it is a proof for publishing this very content, and for no other", async () => {
    const list = await browser.get(`/quan-tri/soan/${id}/cong-bo`);
    expect(list.text).toContain("Đã thử nghiệm một hồ sơ đến kết quả, đúng nội dung này");
    const { version } = await findManuscript(admin, id);
    await changeManuscript(admin, { id, seen: version }, { did: "begun" }, (sketch) => ({
      ...sketch,
      workflow: {
        ...sketch.workflow,
        steps: sketch.workflow.steps.map((step) => ({ ...step, name: { vi: `${step.name.vi}!` } })),
      },
    }));
    const changed = await browser.get(`/quan-tri/soan/${id}/cong-bo`);
    expect(changed.text).toContain("Chưa chạy mô phỏng quy trình, cũng chưa thử nghiệm");
    expect(changed.has("button", "Công bố")).toBe(false);
    expect((await browser.get(trialPath)).text).toContain("lần thử này không còn tính");
  });

  test("goes on after a restart: a process that never opened it serves the same people, dossiers and pages", async () => {
    const restarted = await startTestApp({ database: world });
    const again = await restarted.signIn("quantri", "con trâu đi trước");
    const citizen = await (await again.get(trialPath)).submit("Người dân (thử)");
    expect(citizen.heading).toContain("Đăng ký khai sinh theo cách mới");
    expect((await again.get("/ca-nhan")).text).toContain("Đăng ký khai sinh theo cách mới");
    const desk = await (await again.get(trialPath)).submit(/^Cán bộ một cửa/);
    expect(desk.title).toContain("BẢN THỬ");
    expect(restarted.logged.filter(({ level, msg }) => level === 50 || msg === "sandbox")).toEqual([]);
  });

  test("is thrown away whole by one button, and leads whoever still acts in it back", async () => {
    await actAs("Người dân (thử)");
    expect((await places()).length).toBe(1);
    const done = await (await browser.get(trialPath)).submit("Hủy chỗ thử");
    expect(done.text).toContain("Đã xóa chỗ thử");
    expect(await places()).toEqual([]);
    const home = await browser.get("/");
    expect(home.text).not.toContain("BẢN THỬ");
    const again = await (await browser.get(trialPath)).submit("Bắt đầu thử nghiệm");
    expect(again.text).toContain("Đã chuẩn bị chỗ thử");
    await actAs("Người dân (thử)");
    const tomorrow = { ...world.system(), now: new Date(Date.now() + 86_400_000) };
    expect(await sweepTrials(tomorrow, { forget: async () => {} })).toBe(1);
    expect(await places()).toEqual([]);
    expect((await browser.get("/ca-nhan")).path).toBe("/quan-tri");
  });
});

test("a manuscript with faults is not tried", async () => {
  const broken = await begin(codes.household, (sketch) => ({ ...sketch, results: [] }));
  const page = await browser.get(`/quan-tri/soan/${broken}/thu-nghiem`);
  expect(page.text).toContain("chưa thử được");
  expect((await browser.post(`/quan-tri/soan/${broken}/thu-nghiem`, {})).status).toBe(409);
});

test("a page of the form counts as tried when it was really tried as it is; the process when a play of it reached an end", async () => {
  const land = await begin(codes.house, (sketch) => ({
    ...sketch,
    form: {
      pages: sketch.form.pages.map((page, at) => (at === 0 ? { ...page, title: { vi: "Chủ đầu tư là ai" } } : page)),
    },
    workflow: {
      ...sketch.workflow,
      steps: sketch.workflow.steps.map((step) => ({ ...step, name: { vi: `${step.name.vi}!` } })),
    },
  }));
  const list = () => browser.get(`/quan-tri/soan/${land}/cong-bo`);
  const untried = await list();
  expect(untried.text).toContain("Chưa thử các trang tờ khai: Chủ đầu tư là ai");
  expect(untried.text).toContain("Chưa chạy mô phỏng quy trình");
  const { sketch } = await findManuscript(admin, land);
  const editing = await browser.get(`/quan-tri/soan/${land}/to-khai/trang/${sketch.form.pages[0]?.id}`);
  await editing.submit("Kiểm tra câu trả lời");
  const playing = await browser.get(`/quan-tri/soan/${land}/mo-phong`);
  expect((await list()).text).toContain("Chưa chạy mô phỏng quy trình");
  await playing.submit("Chạy mô phỏng");
  const tried = await list();
  expect(tried.text).toContain("Tờ khai đã được thử như người dân thấy");
  expect(tried.text).toContain("Đã chạy mô phỏng quy trình đến kết quả");
});
