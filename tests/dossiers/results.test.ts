import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { stagedPdf } from "#dev/sample-files.ts";
import { recordResult, registerDossier } from "#dossiers/index.ts";
import type { Surroundings } from "#platform/context.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { agencyIdOf, asOfficer, provinceDatabase } from "../support/province.ts";

let world: Surroundings;
let folder: string;
const monday = new Date("2026-11-23T02:00:00Z");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  const { db } = await provinceDatabase();
  world = { db, files: createDiskStore(folder), publicUrl: "https://dichvucong.example" };
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test("a desk that takes the province's result in to hand it over cannot put another in its place", async () => {
  const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
  const version = await findCurrentVersion(desk, "1.012753");
  if (!version) throw new Error("no version");
  const { dossierId } = await registerDossier(desk, {
    procedureVersionId: version.id,
    agencyId: await agencyIdOf(world, "dongKinh"),
    caseId: version.definition.cases[0]?.id ?? null,
    channel: "counter",
    returnMethod: "counter",
    answers: sampleAnswers(version.definition, {
      today: "2026-11-23",
      provinceCode: "20",
      communeCode: "05977",
      communeName: "Phường Đông Kinh",
    }),
    applicant: { kind: "person", fullName: "Bế Văn Khôi", personalId: "020085000002" },
    owner: null,
    papers: [],
    attachments: [],
    formKey: crypto.randomUUID(),
  });
  await world.db.stepRun.updateMany({ where: { dossierId, closedAt: null }, data: { stepId: "result_ready" } });
  const province = await agencyIdOf(world, "dongKinh");
  await world.db.result.create({
    data: { dossierId, title: "Giấy chứng nhận", issuerAgencyId: province, createdAt: monday },
  });
  const file = await stagedPdf(world.files, "Kết quả khác", "2026-11-23");
  const result = { dossierId, title: "Khác", number: null, issuedOn: null, signerName: null, file };
  await expect(recordResult(desk, result)).rejects.toMatchObject({ reason: "dossiers.refused.noResultHere" });
  expect((await world.db.result.findMany({ where: { dossierId } })).map(({ title }) => title)).toEqual([
    "Giấy chứng nhận",
  ]);
});
