import { beforeAll, expect, test } from "vitest";
import { NationalPayload, nationalPayload } from "#dossiers/index.ts";
import { nationalStatus, STATUSES } from "#dossiers/rules.ts";
import { findVersion } from "#procedures/index.ts";
import { makeWalk, type Walk } from "./walk.ts";

let walk: Walk;
beforeAll(async () => {
  walk = await makeWalk();
  return () => walk.end();
}, 60_000);

test("every procedure's dossier is rendered as the national portal asks, in every status, with nothing made up", async () => {
  const codes = (await walk.db.procedure.findMany({ select: { code: true } })).map(({ code }) => code);
  const offered = await walk.db.offering.findMany({
    where: { agencyId: await walk.agency("dongKinh"), filedAt: "own", channels: { has: "online" } },
    include: { procedure: true },
  });
  expect(codes.length).toBeGreaterThan(5);
  for (const { procedure } of offered) {
    const { dossierId } = await walk.submit(procedure.code);
    const dossier = await walk.db.dossier.findUniqueOrThrow({
      where: { id: dossierId },
      include: {
        receivingAgency: true,
        parties: true,
        attachments: true,
        papers: true,
        fees: true,
        notes: true,
        supplements: true,
        results: true,
        events: true,
        stepRuns: { include: { agency: true } },
      },
    });
    const { code, definition } = await findVersion(
      { ...walk.world, now: new Date() } as never,
      dossier.procedureVersionId,
    );
    const about = { code, name: definition.name.vi, sectorCode: null, sectorName: definition.sector };
    for (const status of STATUSES) {
      const payload = NationalPayload.parse(nationalPayload({ ...dossier, status }, about, () => null));
      expect(payload.TrangThaiHoSo).toBe(String(nationalStatus[status]));
      expect([payload.MaTTHC, payload.ChuHoSo, payload.MaHoSo]).toEqual([procedure.code, "Nguyễn Thị Lan", null]);
      expect([payload.Fax, payload.GhiChu, payload.TaiKhoanDuocXacThucVoiVNeID, payload.NgayTiepNhan]).toEqual([
        null,
        null,
        null,
        null,
      ]);
    }
  }
});
