import { beforeAll, describe, expect, test } from "vitest";
import { createDemoCounter } from "#dev/demo-counter.ts";
import { createDemoDossiers } from "#dev/demo-dossiers.ts";
import {
  answerSupplement,
  dossierParts,
  type FullDossier,
  type NationalPayload,
  nationalPayload,
  renderNational,
  requestSupplement,
} from "#dossiers/index.ts";
import { nationalStatus, STATUSES } from "#dossiers/rules.ts";
import { now } from "#platform/clock.ts";
import { systemContext } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { findVersion } from "#procedures/index.ts";
import { at, makeWalk, type Walk } from "./walk.ts";

const BIRTH = "1.001193";
let walk: Walk;
beforeAll(async () => {
  walk = await makeWalk();
  await createDemoDossiers(systemContext(walk.world, now(), "test"), "20");
  return () => walk.end();
}, 90_000);

const read = (id: string): Promise<FullDossier> =>
  walk.db.dossier.findUniqueOrThrow({ where: { id }, include: dossierParts });
const ctx = () => systemContext(walk.world, now(), "test");
const stamp = (date: Date): string =>
  isoDay(date).replaceAll("-", "") +
  new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(11, 19).replaceAll(":", "");

/** Everything that stands in a value, however deep, as text; instants as the national systems write them. */
function textsIn(value: unknown): string[] {
  if (value instanceof Date) return [stamp(value)];
  if (typeof value === "string") return /^\d{4}-\d\d-\d\dT/.test(value) ? [stamp(new Date(value))] : [value];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  return value === null || value === undefined ? [] : [String(value)];
}

describe("what the national portal would be told", () => {
  test("of every seeded dossier holds only what is stored, and an enumeration's code where the law has one", async () => {
    const all = await walk.db.dossier.findMany({ select: { id: true } });
    expect(all.length).toBeGreaterThan(10);
    const accounts = textsIn(await walk.db.account.findMany({ select: { displayName: true } }));
    const seen = new Set<string>();
    for (const { id } of all) {
      const dossier = await read(id);
      const payload = await renderNational(ctx(), dossier);
      const { definition } = await findVersion(ctx(), dossier.procedureVersionId);
      const stored = new Set([...textsIn(dossier), ...textsIn(definition), ...accounts]);
      const fees = dossier.fees.map(({ amount, quantity }) => (amount * BigInt(quantity)).toString());
      const made = textsIn(payload).filter(
        (text) => !stored.has(text) && !/^(\d|10|true|false)$/.test(text) && !fees.includes(text),
      );
      expect([dossier.reference, made]).toEqual([dossier.reference, []]);
      expect(payload.TrangThaiHoSo).toBe(String(nationalStatus[dossier.status]));
      seen.add(payload.TrangThaiHoSo);
    }
    expect([...seen].sort()).toEqual(["1", "10", "2", "3", "4", "8", "9"]);
  });

  test("has each status, and unknown is null", async () => {
    const { dossierId } = await walk.submit(BIRTH);
    const dossier = await read(dossierId);
    const procedure = { code: BIRTH, name: "x", sectorCode: null, sectorName: null, papers: new Map<string, string>() };
    for (const status of STATUSES) {
      const payload = nationalPayload({ ...dossier, status }, procedure, () => null);
      expect([payload.TrangThaiHoSo, payload.ChuHoSo, payload.MaHoSo]).toEqual([
        String(nationalStatus[status]),
        "Nguyễn Thị Lan",
        null,
      ]);
      const unknown: (keyof NationalPayload)[] = ["Fax", "GhiChu", "TaiKhoanDuocXacThucVoiVNeID", "NgayTiepNhan"];
      expect(unknown.map((name) => payload[name])).toEqual([null, null, null, null]);
    }
  });

  test("of a supplement says who asked, when, and which date stood before and after", async () => {
    const { dossierId } = await walk.accepted("1.004873");
    const { dueAt } = await walk.dossierOf(dossierId);
    await requestSupplement(await walk.officer("dongKinhDesk", at("2026-11-03")), {
      dossierId,
      version: 1,
      marks: [{ kind: "field", id: "maritalStatus", note: "Ghi rõ." }],
      reason: "Chưa rõ.",
      answerBy: null,
      confirmed: false,
    });
    const [request] = await walk.db.supplementRequest.findMany({ where: { dossierId } });
    const { answers } = await walk.dossierOf(dossierId);
    await answerSupplement(await walk.citizen("lan", at("2026-11-04")), {
      dossierId,
      requestId: request?.id ?? "",
      typedVersion: 0,
      answers: (answers[0]?.answers ?? {}) as Record<string, never>,
    });
    const after = await walk.dossierOf(dossierId);
    const { DanhSachHoSoBoSung: said } = await renderNational(ctx(), await read(dossierId));
    expect(said).toMatchObject([
      {
        NguoiYeuCauBoSung: "Trần Thị Mai",
        NoiDungBoSung: "Chưa rõ.",
        TrangThaiBoSung: "1",
        NgayHenTraTruoc: stamp(dueAt ?? now()),
        NgayHenTraMoi: stamp(after.dueAt ?? now()),
      },
    ]);
    expect(said[0]?.NgayHenTraMoi).not.toBe(said[0]?.NgayHenTraTruoc);
  });
});

test("the counter of the demo has something on each of its pages, and is made once", async () => {
  expect([await createDemoCounter(ctx()), await createDemoCounter(ctx())]).toEqual([true, false]);
  const { db } = walk;
  const made = [
    await db.feeReceipt.count({ where: { closingId: { not: null } } }),
    await db.feeReceipt.count({ where: { closingId: null } }),
    await db.cashClosing.count(),
    await db.handOverBatch.count({ where: { receivedAt: null } }),
    await db.postalOrder.count(),
    await db.digitisedPaper.count({ where: { confirmedAt: { not: null } } }),
    await db.scan.count(),
  ];
  expect(made.map((count) => count > 0)).toEqual(made.map(() => true));
});
