import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addWorkingDays, findCalendar } from "#calendar/index.ts";
import { loadFoundation } from "#ops/foundation.ts";
import {
  AgencyFile,
  findAgency,
  findDirectory,
  findUnitLists,
  importAgencies,
  importUnits,
  oneStopDeskOf,
  readFormerWards,
  resolveAgency,
  UnitFile,
} from "#organizations/index.ts";
import { inside } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import {
  findCompetentAgencyId,
  findCurrentVersion,
  findVersion,
  listOfferings,
  publishProcedure,
} from "#procedures/index.ts";
import { root } from "../../src/dev/project.mjs";
import { testDatabase } from "../support/database.ts";
import { systemAt } from "../support/procedures.ts";

const { db } = await testDatabase();
const ctx = systemAt(db);
const seed = (name: string): unknown => JSON.parse(readFileSync(join(root, "prisma/seed", name), "utf8"));

/** Everything that the reference data makes, as text that must not change. */
const snapshot = async (): Promise<string> => {
  const [agencies, units, versions, offerings, entries] = await Promise.all([
    db.agency.findMany({ orderBy: { id: "asc" } }),
    db.unit.findMany({ orderBy: { id: "asc" } }),
    db.procedureVersion.findMany({ orderBy: { id: "asc" }, select: { id: true, sha256: true, number: true } }),
    db.offering.findMany({ orderBy: { id: "asc" } }),
    db.catalogueEntry.findMany({ orderBy: { code: "asc" }, select: { code: true, searchName: true } }),
  ]);
  return JSON.stringify([agencies, units, versions, offerings, entries]);
};

describe("the reference data", () => {
  test("is loaded whole, and a second time nothing changes", async () => {
    const report = await loadFoundation(ctx, "20");
    expect(report).toMatchObject({ units: 34 + 3321, formerWards: 10_035, procedures: 12, published: 12 });
    const before = await snapshot();
    // As a database from before the index stands.
    const uses = await db.procedureUse.count();
    await db.procedureUse.deleteMany();
    expect(await loadFoundation(systemAt(db, "2026-12-01T08:00:00+07:00"), "20")).toMatchObject({
      holidays: 0,
      published: 0,
    });
    expect(await snapshot()).toBe(before);
    expect([await db.procedureUse.count(), uses > 0]).toEqual([uses, true]);
  });

  test("gives each of the 65 communes its committee with a one-stop desk, and its police", async () => {
    const { agencies } = await findDirectory(ctx);
    const ofKind = (kind: string) => agencies.filter((agency) => agency.kind === kind);
    expect(ofKind("commune_committee")).toHaveLength(65);
    expect(ofKind("commune_police")).toHaveLength(65);
    expect(ofKind("provincial_committee").map(({ name }) => name)).toEqual(["Ủy ban nhân dân tỉnh Lạng Sơn"]);
    for (const agency of ofKind("commune_committee"))
      expect(oneStopDeskOf(agency)?.name).toBe("Trung tâm Phục vụ hành chính công");
    expect(new Set(agencies.map(({ identifier }) => identifier)).size).toBe(agencies.length);
    expect(agencies.every(({ identifier }) => /^[0-9A-Z.]{1,35}$/.test(identifier))).toBe(true);
  });

  test("a changed unit is changed; what was entered by hand at an agency stays", async () => {
    const file = UnitFile.parse(seed("units.json"));
    const commune = file.provinces.find(({ code }) => code === "20")?.units[0];
    if (!commune) throw new Error("no commune");
    commune.full_name = `${commune.full_name} Mới`;
    const agency = await db.agency.findFirstOrThrow({ where: { unitCode: commune.code, kind: "commune_committee" } });
    await db.agency.update({ where: { id: agency.id }, data: { phone: "0205 000 000" } });
    expect(await importUnits(ctx, file)).toEqual({ read: 3355, changed: 1 });
    await importAgencies(ctx, AgencyFile.parse(seed("agencies.json")), "20");
    expect(await findAgency(ctx, agency.id)).toMatchObject({
      name: expect.stringMatching(/ Mới$/),
      phone: "0205 000 000",
      id: agency.id,
    });
    expect((await findUnitLists(ctx)).nameOf("unit", commune.code)).toMatch(/ Mới$/);
  });

  test("an unknown province is refused", async () => {
    await expect(importAgencies(ctx, AgencyFile.parse(seed("agencies.json")), "99")).rejects.toBeInstanceOf(Refusal);
  });

  test("the calendar is read from it, and an agency's own hours replace the installation's", async () => {
    const calendar = await findCalendar(ctx);
    expect(addWorkingDays("2026-12-31", 1, calendar)).toBe("2027-01-04");
    const own = [{ opens: "08:00", closes: "12:00" }];
    expect((await findCalendar(ctx, own)).officeHours).toEqual(own);
  });
});

describe("which agency a workflow means", () => {
  const committee = async () =>
    db.agency.findFirstOrThrow({ where: { kind: "commune_committee" }, orderBy: { identifier: "asc" } });

  test("the commune's police are those of the receiving commune; the province's land department is one", async () => {
    const receiving = await committee();
    const police = await resolveAgency(ctx, { kind: "commune_police", at: "commune" }, receiving.id);
    expect(police).toMatchObject({ kind: "commune_police", unitCode: receiving.unitCode });
    expect(
      (await resolveAgency(ctx, { kind: "department", at: "province", function: "land" }, receiving.id))?.name,
    ).toBe("Sở Nông nghiệp và Môi trường tỉnh Lạng Sơn");
    expect((await resolveAgency(ctx, { kind: "other", at: "province", function: "tax" }, receiving.id))?.name).toBe(
      "Thuế tỉnh Lạng Sơn",
    );
    expect(await resolveAgency(ctx, { kind: "department", at: "province" }, receiving.id)).toBeUndefined();
  });

  test("every step of every seeded procedure has exactly one agency, wherever the procedure is taken in", async () => {
    for (const { code } of await db.procedure.findMany()) {
      const version = await findCurrentVersion(ctx, code);
      const offerings = await listOfferings(ctx, code);
      expect(offerings.length, code).toBeGreaterThan(0);
      for (const { agencyId, competentAgencyId } of offerings)
        for (const step of version?.definition.workflow.steps ?? [])
          expect(
            await resolveAgency(ctx, step.agency, agencyId, competentAgencyId),
            `${code} ${step.id}`,
          ).toBeDefined();
    }
  });

  test("residence is decided by the commune's police, though the commune takes it in", async () => {
    const receiving = await committee();
    const deciding = await findAgency(ctx, await findCompetentAgencyId(ctx, "1.004222", receiving.id));
    expect(deciding).toMatchObject({ kind: "commune_police", unitCode: receiving.unitCode });
    expect(await findCompetentAgencyId(ctx, "1.001193", receiving.id)).toBe(receiving.id);
  });
});

describe("versions", () => {
  test("a changed definition is a new version from its day on; the old one stays as it was", async () => {
    const first = await findCurrentVersion(ctx, "1.001193");
    if (!first) throw new Error("not configured");
    const later = new Date("2027-03-01T00:00:00+07:00");
    const published = await publishProcedure(ctx, { ...first.definition, keywords: ["từ mới"] }, later);
    expect(published).toMatchObject({ number: first.number + 1, isNew: true });
    expect((await findCurrentVersion(ctx, "1.001193"))?.id).toBe(first.id);
    expect((await findCurrentVersion({ ...ctx, now: later }, "1.001193"))?.id).toBe(published.versionId);
    expect((await findVersion(ctx, first.id)).definition).toEqual(first.definition);
    await expect(db.procedureVersion.update({ where: { id: first.id }, data: { sha256: "x" } })).rejects.toThrow();
  });

  test("is asked for by a wrong id: not found; inside a transaction: remembered, too", async () => {
    for (const id of ["", "x", "00000000-0000-7000-8000-000000000000"])
      await expect(findVersion(ctx, id)).rejects.toBeInstanceOf(Refusal);
    const first = await findCurrentVersion(ctx, "1.001193");
    const again = await inTransaction(ctx, (tx) => findVersion(inside(ctx, tx), first?.id ?? ""));
    expect(again).toBe(first);
  });
});

test("former wards with commas and quotes are read; lines that do not fit are named", () => {
  const { rows, faults } = readFormerWards(
    'old_ward_code,old_ward_name,old_district_name,old_province_name,new_ward_code\n00001,"Xã A, ""B""",Huyện C,Tỉnh D,00002\n1,Xã,H,T,00002\n',
  );
  expect(rows).toEqual([
    { code: "00001", name: 'Xã A, "B"', districtName: "Huyện C", provinceName: "Tỉnh D", currentCode: "00002" },
  ]);
  expect(faults).toEqual(["line 3: a ward's code of 5 digits, its name and the code of its unit now are expected"]);
  expect(readFormerWards("a,b\n1,2").faults).toHaveLength(1);
});
