import { expect, test } from "vitest";
import {
  beginManuscript,
  changeManuscript,
  discardManuscript,
  findManuscript,
  findSketchAt,
  listChanges,
  problemsOf,
  type Sketch,
} from "#authoring/index.ts";
import { makeAuthoring } from "./world.ts";

const BIRTH = "1.001193";
const { admin, colleague, publishedAs } = await makeAuthoring();
const renamed =
  (vi: string) =>
  (sketch: Sketch): Sketch => ({ ...sketch, name: { vi } });

test("a copy of a published version has no problems; an empty page says what each part lacks", async () => {
  const { id: versionId, definition } = await publishedAs(BIRTH);
  const copy = await beginManuscript(admin, { versionId });
  const manuscript = await findManuscript(admin, copy.id);
  expect(manuscript).toMatchObject({ code: BIRTH, version: 0, state: "open", basedOnId: versionId });
  expect(problemsOf(manuscript.sketch)).toEqual([]);
  expect(manuscript.sketch.form.pages).toEqual(JSON.parse(JSON.stringify(definition.form.pages)));

  const empty = await beginManuscript(admin, { code: "1.940001", name: "Cấp thẻ thư viện" });
  const sections = new Set(problemsOf((await findManuscript(admin, empty.id)).sketch).map(({ section }) => section));
  expect([...sections].sort()).toEqual(["basics", "filing", "form", "results", "workflow"]);
});

test("a step of writing is kept with who did what, and any earlier whole can be read again", async () => {
  const { id } = await beginManuscript(admin, { code: "1.940002", name: "Cấp thẻ" });
  const did = { did: "begun", params: { name: "Cấp thẻ đọc" } };
  expect(await changeManuscript(colleague, { id, seen: 0 }, did, renamed("Cấp thẻ đọc"))).toEqual({
    ok: true,
    version: 1,
  });
  expect((await findManuscript(admin, id)).sketch.name.vi).toBe("Cấp thẻ đọc");
  expect((await findSketchAt(admin, id, 0)).name.vi).toBe("Cấp thẻ");
  expect(await listChanges(admin, id)).toMatchObject([
    { number: 1, byName: "Vi Hồng Nhung", params: { name: "Cấp thẻ đọc" } },
    { number: 0, byName: "Nông Quốc Chấn", did: "begun" },
  ]);
});

test("of two who change the same state one wins, and the other is shown the whole and what was done to it", async () => {
  const { id } = await beginManuscript(admin, { code: "1.940003", name: "Cấp thẻ" });
  const both = await Promise.all([
    changeManuscript(admin, { id, seen: 0 }, { did: "begun" }, renamed("Của người thứ nhất")),
    changeManuscript(colleague, { id, seen: 0 }, { did: "begun" }, renamed("Của người thứ hai")),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const [lost] = both.filter((one) => !one.ok);
  const standing = (await findManuscript(admin, id)).sketch.name.vi;
  expect(lost).toMatchObject({ version: 1, sketch: { name: { vi: standing } }, since: [{ number: 1 }] });
});

test("of a procedure one manuscript is open at a time, however many begin at once; discarded, it changes no more", async () => {
  const begun = await Promise.all(
    [admin, colleague, admin].map((ctx) => beginManuscript(ctx, { code: "1.940004", name: "Cấp thẻ" })),
  );
  expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
  expect(begun.filter(({ isNew }) => isNew)).toHaveLength(1);
  const id = begun[0]?.id ?? "";
  await discardManuscript(admin, id);
  await expect(discardManuscript(admin, id)).rejects.toMatchObject({ reason: "authoring.refused.closed" });
  const change = changeManuscript(admin, { id, seen: 0 }, { did: "begun" }, renamed("Muộn"));
  await expect(change).rejects.toMatchObject({ reason: "authoring.refused.closed" });
  expect((await beginManuscript(admin, { code: "1.940004", name: "Cấp thẻ" })).isNew).toBe(true);
});

test("the code of a manuscript stays what it began with", async () => {
  const { id } = await beginManuscript(admin, { code: "1.940005", name: "Cấp thẻ" });
  await changeManuscript(admin, { id, seen: 0 }, { did: "begun" }, (sketch) => ({ ...sketch, code: "1.001193" }));
  expect((await findManuscript(admin, id)).sketch.code).toBe("1.940005");
});
