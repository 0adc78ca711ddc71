import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import {
  acceptDossier,
  advanceStep,
  assignStep,
  countWork,
  listColleagues,
  listWork,
  submitDossier,
} from "#dossiers/index.ts";
import { createDraft } from "#filing/index.ts";
import type { Surroundings } from "#platform/context.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { agencyIdOf, asCitizen, asOfficer, provinceDatabase } from "../support/province.ts";

let world: Surroundings;
let folder: string;
const monday = new Date("2026-11-23T02:00:00Z");
const at = (when: "yesterday" | "today" | "tomorrow") =>
  ({ yesterday: "2026-11-22", today: "2026-11-23", tomorrow: "2026-11-24" })[when];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  const { db } = await provinceDatabase();
  world = { db, files: createDiskStore(folder), publicUrl: "https://dichvucong.example" };
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const CODE = "1.004873";
async function submitted(): Promise<string> {
  const lan = await asCitizen(world, "lan", monday);
  const version = await findCurrentVersion(lan, CODE);
  if (!version) throw new Error(`no version of ${CODE}`);
  const agencyId = await agencyIdOf(world, "dongKinh");
  const caseId = version.definition.cases[0]?.id ?? null;
  const { draftId } = await createDraft(lan, { version, agencyId, caseId });
  const { dossierId } = await submitDossier(lan, {
    draftId,
    draftVersion: 0,
    procedureVersionId: version.id,
    agencyId,
    caseId,
    returnMethod: "online",
    answers: sampleAnswers(version.definition, {
      today: at("today"),
      provinceCode: "20",
      communeCode: "05977",
      communeName: "Phường Đông Kinh",
    }),
    applicant: { kind: "person", fullName: "Nguyễn Thị Lan", personalId: "020190000001", phone: "0912000001" },
    owner: null,
  });
  return dossierId;
}

const desk = () => asOfficer(world, demoOfficers.dongKinhDesk, monday);
const openRun = (dossierId: string) =>
  world.db.stepRun.findFirstOrThrow({ where: { dossierId, closedAt: null }, select: { id: true, version: true } });
const specialist = () =>
  world.db.account.findUniqueOrThrow({
    where: { username: demoOfficers.dongKinhJustice.username },
    include: { postings: true },
  });

/** A dossier at the specialist's step. */
async function atSpecialist(): Promise<string> {
  const dossierId = await submitted();
  await acceptDossier(await desk(), { dossierId, version: 0 });
  const run = await openRun(dossierId);
  await advanceStep(await desk(), { stepRunId: run.id, version: run.version, outcomeId: "hand_over", note: null });
  return dossierId;
}

describe("who holds a role, holds it from its first day to its last, with an open account", () => {
  beforeEach(async () => {
    const { id } = await specialist();
    await world.db.posting.updateMany({ where: { accountId: id }, data: { validFrom: null, validTo: null } });
    await world.db.account.update({ where: { id }, data: { disabledAt: null } });
  });

  test.each([
    ["whose last day is today", { validTo: at("today") }, {}, true],
    ["whose last day is known, and is tomorrow", { validTo: at("tomorrow") }, {}, true],
    ["whose last day was yesterday", { validTo: at("yesterday") }, {}, false],
    ["who begins tomorrow", { validFrom: at("tomorrow") }, {}, false],
    ["whose account is closed", {}, { disabledAt: monday }, false],
  ])("an officer %s", async (_who, posting, account, isHolder) => {
    const dossierId = await atSpecialist();
    const { id, postings } = await specialist();
    await world.db.posting.updateMany({ where: { accountId: id }, data: posting });
    await world.db.account.update({ where: { id }, data: account });
    const place = postings[0];
    if (!place) throw new Error("a specialist of no agency");

    const colleagues = await listColleagues(await desk(), place.agencyId, "specialist");
    expect(colleagues.some(({ accountId }) => accountId === id)).toBe(isHolder);
    const run = await openRun(dossierId);
    const leader = await asOfficer(world, demoOfficers.dongKinhLeader, monday);
    const given = assignStep(leader, { stepRunId: run.id, version: run.version, assigneeId: id });
    if (isHolder) await given;
    else await expect(given).rejects.toMatchObject({ reason: "dossiers.refused.assigneeElsewhere" });
  });

  test("a returned dossier does not go back into hands that have left", async () => {
    const dossierId = await atSpecialist();
    const { id } = await specialist();
    let run = await openRun(dossierId);
    const officer = await asOfficer(world, demoOfficers.dongKinhJustice, monday);
    await advanceStep(officer, { stepRunId: run.id, version: run.version, outcomeId: "submit", note: null });
    await world.db.account.update({ where: { id }, data: { disabledAt: monday } });
    run = await openRun(dossierId);
    const leader = await asOfficer(world, demoOfficers.dongKinhLeader, monday);
    await advanceStep(leader, { stepRunId: run.id, version: run.version, outcomeId: "return", note: "Làm lại" });
    const back = await world.db.stepRun.findFirstOrThrow({ where: { dossierId, closedAt: null } });
    expect(back.assigneeId).toBeNull();
  });

  test("an officer who moved elsewhere no longer sees the applicants of the work left behind", async () => {
    const dossierId = await atSpecialist();
    const run = await openRun(dossierId);
    const officer = await asOfficer(world, demoOfficers.dongKinhJustice, monday);
    await assignStep(officer, { stepRunId: run.id, version: run.version, assigneeId: officer.actor.accountId });
    const rowsOf = async (ctx: typeof officer) => (await listWork(ctx, { list: "mine" }, null)).rows;
    expect((await rowsOf(officer)).map((row) => row.dossierId)).toContain(dossierId);
    const agencyId = await agencyIdOf(world, "huuLung");
    const moved = {
      ...officer,
      actor: { ...officer.actor, postings: [{ agencyId, unitId: null, role: "specialist" }] },
    };
    expect(await rowsOf(moved)).toEqual([]);
    expect((await countWork(moved)).mine).toBe(0);
  });
});

describe("a procedure is taken in by what the offering of the day says", () => {
  const offeringOf = async () => {
    const agencyId = await agencyIdOf(world, "dongKinh");
    return world.db.offering.findFirstOrThrow({ where: { agencyId, procedure: { code: CODE } } });
  };

  test("one that ends later still stands, one that begins later does not yet decide", async () => {
    const offering = await offeringOf();
    await world.db.offering.update({ where: { id: offering.id }, data: { validTo: at("tomorrow") } });
    const { id: _id, ...copy } = offering;
    const elsewhere = await agencyIdOf(world, "huuLung");
    const next = await world.db.offering.create({
      data: { ...copy, validFrom: "2026-11-25", validTo: null, competentAgencyId: elsewhere },
    });
    const dossierId = await submitted();
    const dossier = await world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
    expect(dossier.competentAgencyId).not.toBe(elsewhere);
    await world.db.offering.update({ where: { id: offering.id }, data: { validTo: at("yesterday") } });
    await expect(submitted()).rejects.toMatchObject({ reason: "dossiers.refused.notOffered" });
    await world.db.offering.delete({ where: { id: next.id } });
    await world.db.offering.update({ where: { id: offering.id }, data: { validTo: null } });
  });
});
