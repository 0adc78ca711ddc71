import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDraft, tidyDrafts } from "#filing/index.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { agencyIdOf, asCitizen } from "../support/province.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
const begun = new Date("2026-08-01T02:00:00Z");
const day = (n: number) => new Date(begun.getTime() + n * 86_400_000);

beforeAll(async () => {
  world = await startWorld();
}, 60_000);
beforeEach(async () => {
  await world.db.draft.deleteMany();
  await world.db.notification.deleteMany();
});

async function begin(key: "lan" | "pao", at = begun): Promise<string> {
  const ctx = await asCitizen(world.portal, key, at);
  const version = await findCurrentVersion({ db: world.db, now: begun }, "2.000635");
  if (!version) throw new Error("no version");
  const { draftId } = await createDraft(ctx, {
    version,
    agencyId: await agencyIdOf(world.portal, "dongKinh"),
    caseId: null,
  });
  await world.db.attachment.create({
    data: {
      draftId,
      requirementId: "x",
      kind: "paper",
      name: "a.pdf",
      size: 1,
      mediaType: "application/pdf",
      sha256: "0",
      storageKey: draftId,
      createdAt: at,
    },
  });
  return draftId;
}
const tidy = (n: number) => tidyDrafts(world.portal.system(day(n)));
const told = async (): Promise<string[]> =>
  (await world.db.notification.findMany({ orderBy: { at: "asc" } })).map(({ kind, facts }) =>
    `${kind} ${(facts as { dueAt?: string }).dueAt?.slice(0, 10) ?? ""}`.trim(),
  );
const drafts = () => world.db.draft.count();

describe("a draft that nobody files", () => {
  test("is reminded of after three days, once; announced a week ahead, once; and deleted after ninety", async () => {
    await begin("lan");
    await tidy(2.9);
    expect(await told()).toEqual([]);
    for (const n of [3, 3, 4, 40, 82.9]) await tidy(n);
    expect(await told()).toEqual(["draft_waiting 2026-10-30"]);
    for (const n of [83, 84, 89.9]) await tidy(n);
    expect([await told(), await drafts()]).toEqual([["draft_waiting 2026-10-30", "draft_ending 2026-10-30"], 1]);
    await tidy(90.1);
    expect([await told(), await drafts(), await world.db.attachment.count()]).toEqual([
      ["draft_waiting 2026-10-30", "draft_ending 2026-10-30", "draft_deleted"],
      0,
      0,
    ]);
  });

  test("that was forgotten while nothing ran is still announced a week ahead", async () => {
    await begin("lan");
    await tidy(200);
    expect([await told(), await drafts()]).toEqual([["draft_ending 2027-02-24"], 1]);
    await tidy(206.9);
    expect(await drafts()).toBe(1);
    await tidy(207.1);
    expect(await drafts()).toBe(0);
  });

  test("that is changed after its announcement begins anew, and is announced again", async () => {
    const id = await begin("lan");
    await tidy(84);
    await world.db.draft.update({ where: { id }, data: { updatedAt: day(85) } });
    for (const n of [91, 120, 167]) await tidy(n);
    expect(await drafts()).toBe(1);
    await tidy(168.5);
    expect((await told()).filter((one) => one.startsWith("draft_ending"))).toHaveLength(2);
  });

  test("two tidying at once tell once", async () => {
    await begin("lan");
    await begin("pao");
    await Promise.all([tidy(3), tidy(3), tidy(3)]);
    expect(await told()).toEqual(["draft_waiting 2026-10-30", "draft_waiting 2026-10-30"]);
  });
});

test("the reminder leads to the draft, the notice of its end to the procedure", async () => {
  const now = Date.now();
  const client = await world.citizen("lan");
  const id = await begin("lan", new Date(now - 4 * 86_400_000));
  await tidyDrafts(world.portal.system(new Date(now)));
  const page = await client.get("/ca-nhan/thong-bao");
  expect(page.text).toContain("Bản khai của bạn chưa được nộp");
  expect((await page.follow("Bản khai của bạn chưa được nộp")).path).toContain(`/ca-nhan/ban-nhap/${id}`);
  await tidyDrafts(world.portal.system(new Date(now + 84 * 86_400_000)));
  await tidyDrafts(world.portal.system(new Date(now + 92 * 86_400_000)));
  const later = await client.get("/ca-nhan/thong-bao");
  expect((await later.follow("Bản khai chưa nộp đã bị xóa")).path).toBe("/thu-tuc/2.000635");
});
