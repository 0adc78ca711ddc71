import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { computeDueDate, findCalendar } from "#calendar/index.ts";
import { demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { advanceStep, registerDossier } from "#dossiers/index.ts";
import type { Surroundings } from "#platform/context.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { agencyIdOf, asOfficer, provinceDatabase } from "../support/province.ts";

let world: Surroundings;
let folder: string;
const monday = new Date("2026-11-23T02:00:00Z");
const early = [{ opens: "06:30", closes: "10:00" }];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  const { db } = await provinceDatabase();
  world = { db, files: createDiskStore(folder), publicUrl: "https://dichvucong.example" };
  await db.agency.update({
    where: { id: await agencyIdOf(world, "dongKinhPolice") },
    data: { officeHours: early },
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test("a step is due in the office hours of the agency where it stands, not of the one that took the dossier in", async () => {
  const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
  const version = await findCurrentVersion(desk, "1.004222");
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
  const open = () => world.db.stepRun.findFirstOrThrow({ where: { dossierId, closedAt: null } });
  const first = await open();
  await advanceStep(desk, { stepRunId: first.id, version: first.version, outcomeId: "hand_over", note: null });
  const second = await open();
  expect(second.agencyId).toBe(await agencyIdOf(world, "dongKinhPolice"));
  const { allowance } = version.definition.workflow.steps.find(({ id }) => id === second.stepId) ?? {};
  if (!allowance) throw new Error("a step without allowance");
  const due = computeDueDate(monday, allowance, await findCalendar(desk, early)).dueAt;
  expect(second.dueAt).toEqual(due);
  expect(due).not.toEqual(computeDueDate(monday, allowance, await findCalendar(desk)).dueAt);
});
