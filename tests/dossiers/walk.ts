/** People and steps of the dossiers that tests carry through their lives. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { demoAgencies } from "#dev/demo.ts";
import { demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { acceptDossier, submitDossier } from "#dossiers/index.ts";
import { createDraft } from "#filing/index.ts";
import type { Citizen, Context, Officer, Surroundings } from "#platform/context.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { Refusal } from "#platform/refusal.ts";
import { findCurrentVersion, type LoadedVersion } from "#procedures/index.ts";
import { agencyIdOf, asCitizen, asOfficer, provinceDatabase } from "../support/province.ts";

/** Monday 2 November 2026, 09:00 in Viet Nam. */
export const monday = new Date("2026-11-02T02:00:00Z");
export const at = (day: string, time = "09:00"): Date => new Date(`${day}T${time}:00+07:00`);

/** @param portal where they live; without one, a province of their own that nobody looks at through pages */
export async function makeWalk(portal?: Surroundings) {
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  const world: Surroundings = portal ?? {
    db: (await provinceDatabase()).db,
    files: createDiskStore(folder),
    publicUrl: "https://dichvucong.example",
  };
  const { db } = world;

  const version = async (code: string): Promise<LoadedVersion> => {
    const found = await findCurrentVersion({ db, now: monday }, code);
    if (!found) throw new Error(`no version of ${code}`);
    return found;
  };
  const citizen = (who: "lan" | "pao", now = monday): Promise<Context<Citizen>> => asCitizen(world, who, now);
  const officer = (who: keyof typeof demoOfficers, now = monday): Promise<Context<Officer>> =>
    asOfficer(world, demoOfficers[who], now);

  const submit = async (code: string, agency: keyof typeof demoAgencies = "dongKinh", now = monday) => {
    const ctx = await citizen("lan", now);
    const { id, definition, procedureId } = await version(code);
    const agencyId = await agencyIdOf(world, agency);
    const caseId = definition.cases[0]?.id ?? null;
    const { draftId } = await createDraft(ctx, {
      version: { id, definition, procedureId } as LoadedVersion,
      agencyId,
      caseId,
    });
    return submitDossier(ctx, {
      draftId,
      draftVersion: 0,
      procedureVersionId: id,
      agencyId,
      caseId,
      returnMethod: "online",
      answers: sampleAnswers(definition, {
        today: "2026-11-02",
        provinceCode: "20",
        communeCode: "05977",
        communeName: "Phường Đông Kinh",
      }),
      applicant: { kind: "person", fullName: "Nguyễn Thị Lan", personalId: "020190000001", phone: "0912000001" },
      owner: null,
    });
  };
  const accepted = async (code: string, agency: keyof typeof demoAgencies = "dongKinh", now = monday) => {
    const filed = await submit(code, agency, now);
    const desk = await whoHolds({ agencyId: await agencyIdOf(world, agency), role: "desk" }, now);
    await acceptDossier(desk, { dossierId: filed.dossierId, version: 0 });
    return filed;
  };
  const dossierOf = (id: string) =>
    db.dossier.findUniqueOrThrow({
      where: { id },
      include: {
        events: { orderBy: { seq: "asc" } },
        stepRuns: { orderBy: { openedAt: "asc" } },
        notes: true,
        supplements: true,
        pauses: { orderBy: { from: "asc" } },
        extension: true,
        answers: { orderBy: { number: "asc" } },
        attachments: true,
        obligations: true,
        confirmations: true,
        results: true,
      },
    });
  const leadOf = (id: string) => db.stepRun.findFirstOrThrow({ where: { dossierId: id, lead: true, closedAt: null } });
  const whoHolds = async (
    run: { agencyId: string; role: string },
    now = monday,
    not: readonly (string | null)[] = [],
  ): Promise<Context<Officer>> => {
    const account = await db.account.findFirstOrThrow({
      where: {
        postings: { some: { agencyId: run.agencyId, role: run.role } },
        id: { notIn: not.filter((id) => id !== null) },
      },
      include: { postings: true },
    });
    const base = await officer("dongKinhDesk", now);
    return {
      ...base,
      actor: { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings },
    };
  };
  const pdf = async () => {
    const staged = await world.files.stage(Readable.from([Buffer.from("%PDF-1.4\n%%EOF\n")]), 1000);
    if (!staged) throw new Error("a small file was too large");
    return staged;
  };
  return {
    world,
    db,
    version,
    citizen,
    officer,
    submit,
    accepted,
    dossierOf,
    leadOf,
    whoHolds,
    pdf,
    agency: (key: keyof typeof demoAgencies) => agencyIdOf(world, key),
    end: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
export type Walk = Awaited<ReturnType<typeof makeWalk>>;

export const refusal = async (run: Promise<unknown>): Promise<Refusal> => {
  const error = await run.then(
    () => null,
    (e: unknown) => e,
  );
  if (!(error instanceof Refusal)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
};
