import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { stagedPdf } from "#dev/sample-files.ts";
import {
  acceptDossier,
  advanceStep,
  askObligation,
  assignStep,
  confirmOnTime,
  declineDossier,
  meetObligation,
  registerDossier,
  stopDossier,
  submitDossier,
  verifyHistory,
} from "#dossiers/index.ts";
import { createDraft } from "#filing/index.ts";
import type { Context, Surroundings } from "#platform/context.ts";
import { createDb, createPool } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { Refusal } from "#platform/refusal.ts";
import { findCurrentVersion, type LoadedVersion } from "#procedures/index.ts";
import { deleteDraft, keepDraftFiles, removeDraftFile, saveDraft } from "../../src/filing/actions.ts";
import { emptyContent } from "../../src/filing/rules.ts";
import { agencyIdOf, asCitizen, asOfficer, provinceDatabase } from "../support/province.ts";

let world: Surroundings;
/** The same database as another process has it: with connections of its own. */
let twin: Surroundings;
let version: LoadedVersion;
let agencyId: string;
const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
const monday = new Date("2026-11-23T02:00:00Z");

beforeAll(async () => {
  const { db, url } = await provinceDatabase();
  const pool = createPool(url);
  world = { db, files: createDiskStore(folder), publicUrl: "https://dichvucong.example" };
  twin = { ...world, db: createDb(pool) };
  closeTwin = async () => {
    await twin.db.$disconnect();
    await pool.end();
  };
  const found = await findCurrentVersion({ db, now: monday }, "1.004873");
  if (!found) throw new Error("no version");
  version = found;
  agencyId = await agencyIdOf(world, "dongKinh");
}, 60_000);
let closeTwin = async (): Promise<void> => {};
afterAll(async () => {
  await closeTwin();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const through = <C extends Context>(ctx: C, surroundings: Surroundings): C => ({ ...ctx, ...surroundings });
const answers = () =>
  sampleAnswers(version.definition, {
    today: "2026-11-23",
    provinceCode: "20",
    communeCode: "05977",
    communeName: "Phường Đông Kinh",
  });
const applicant = { kind: "person" as const, fullName: "Nguyễn Thị Lan", personalId: "020190000001" };
const filed = (draftId: string, draftVersion = 0) => ({
  draftId,
  draftVersion,
  procedureVersionId: version.id,
  agencyId,
  caseId: null,
  returnMethod: "online" as const,
  answers: answers(),
  applicant,
  owner: null,
});

/** Runs all at once, in an order that differs from round to round; whatever fails must have been refused, not broken. */
async function atOnce(round: number, acts: readonly (() => Promise<unknown>)[]): Promise<number> {
  const order = acts.map((act, i) => ({ act, place: (i * 7 + round * 5) % 11 })).sort((a, b) => a.place - b.place);
  const ended = await Promise.allSettled(order.map(({ act }) => act()));
  const broken = ended.filter((one) => one.status === "rejected" && !(one.reason instanceof Refusal));
  expect(broken).toEqual([]);
  return ended.filter((one) => one.status === "fulfilled").length;
}

test("a draft that is saved, filed, deleted and given files all at once ends whole: filed with its files, or gone with them", async () => {
  const lan = await asCitizen(world, "lan", monday);
  const other = through(lan, twin);
  for (let round = 0; round < 12; round++) {
    const { draftId } = await createDraft(lan, { version, agencyId, caseId: null });
    const file = async () => {
      const staged = await stagedPdf(world.files, "Giấy tờ", "2026-11-23");
      return [{ requirementId: "paper", kind: "paper" as const, convertedFrom: null, ...staged }];
    };
    await keepDraftFiles(lan, draftId, await file());
    const first = await world.db.attachment.findFirstOrThrow({ where: { draftId } });
    const [more, another] = [await file(), await file()];
    await atOnce(round, [
      () => submitDossier(lan, filed(draftId)),
      () => submitDossier(other, filed(draftId)),
      () => keepDraftFiles(other, draftId, more),
      () => keepDraftFiles(lan, draftId, another),
      () => removeDraftFile(other, draftId, first.id),
      () => saveDraft(other, { id: draftId }, 0, { content: emptyContent, returnMethod: null }),
      ...(round % 2 ? [() => deleteDraft(lan, draftId)] : []),
    ]);
    const dossiers = await world.db.dossier.count({ where: { draftId } });
    const drafts = await world.db.draft.count({ where: { id: draftId } });
    expect(dossiers + drafts).toBeLessThanOrEqual(1);
    expect(await world.db.attachment.count({ where: { draftId: null, dossierId: null } })).toBe(0);
    if (drafts === 0) expect(await world.db.attachment.count({ where: { draftId } })).toBe(0);
  }
}, 60_000);

test("officers of two processes who act on the same dossiers at once leave each with one history, and codes without a gap", async () => {
  const lan = await asCitizen(world, "lan", monday);
  const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
  const leader = through(await asOfficer(world, demoOfficers.dongKinhLeader, monday), twin);
  const other = through(desk, twin);
  const register = (ctx: typeof desk, formKey: string) =>
    registerDossier(ctx, {
      ...filed(formKey),
      channel: "counter",
      papers: [],
      attachments: [],
      formKey,
    });
  for (let round = 0; round < 6; round++) {
    const { draftId } = await createDraft(lan, { version, agencyId, caseId: null });
    const { dossierId } = await submitDossier(lan, filed(draftId));
    const [key, key2] = [crypto.randomUUID(), crypto.randomUUID()];
    await atOnce(round, [
      () => acceptDossier(desk, { dossierId, version: 0 }),
      () => acceptDossier(other, { dossierId, version: 0 }),
      () => declineDossier(other, { dossierId, version: 0, reason: "Thiếu giấy tờ" }),
      () => register(desk, key),
      () => register(other, key),
      () => register(other, key2),
    ]);
    const made = await world.db.dossier.findUniqueOrThrow({ where: { draftId: key }, include: { stepRuns: true } });
    const run = made.stepRuns[0];
    if (!run) throw new Error("a registered dossier without a step");
    const move = { stepRunId: run.id, version: run.version };
    const done = await atOnce(round, [
      () => advanceStep(desk, { ...move, outcomeId: "hand_over", note: null }),
      () => advanceStep(other, { ...move, outcomeId: "hand_over", note: null }),
      () => assignStep(leader, { ...move, assigneeId: desk.actor.accountId }),
      () => assignStep(desk, { ...move, assigneeId: null }),
    ]);
    expect(done).toBe(1);
  }
  const codes = (await world.db.dossier.findMany({ where: { code: { not: null } }, select: { code: true } }))
    .map(({ code }) => Number(code?.slice(-4)))
    .sort((a, b) => a - b);
  expect(codes).toEqual(codes.map((_, i) => i + 1));
  const slips = (
    await world.db.issuedPaper.findMany({ where: { kind: "receipt_slip" }, select: { number: true } })
  ).map(({ number }) => number);
  expect(slips.sort((a, b) => a - b)).toEqual(codes);
  expect((await verifyHistory(desk)).breaks).toEqual([]);
}, 60_000);

/** Numbers that are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
/** So many at a time, as connections allow. */
async function inLanes(lanes: number, count: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await work(i);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

test("500 acceptances at once in one agency on one day give 500 different consecutive codes", async () => {
  const desk = await asOfficer(world, demoOfficers.dongKinhDesk, new Date("2026-11-25T02:00:00Z"));
  const other = through(desk, twin);
  const codes: number[] = [];
  await inLanes(20, 500, async (i) => {
    const { code } = await registerDossier(i % 2 ? desk : other, {
      ...filed(crypto.randomUUID()),
      channel: "counter",
      papers: [],
      attachments: [],
      formKey: crypto.randomUUID(),
    });
    codes.push(Number(code.slice(-4)));
  });
  expect(codes.sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
}, 90_000);

test("200 officers who act at random on 50 dossiers lose nothing and never apply a move twice", async () => {
  const desk = await asOfficer(world, demoOfficers.dongKinhDesk, new Date("2026-11-25T03:00:00Z"));
  const leader = await asOfficer(world, demoOfficers.dongKinhLeader, new Date("2026-11-25T03:00:00Z"));
  const ids = (
    await world.db.dossier.findMany({
      where: { status: "received" },
      orderBy: { code: "desc" },
      take: 50,
      select: { id: true },
    })
  ).map(({ id }) => id);
  expect(ids.length).toBe(50);
  const random = numbers(7);
  const before = await world.db.dossierEvent.count({ where: { dossierId: { in: ids } } });
  let done = 0;
  await inLanes(25, 200, async (i) => {
    const dossierId = ids[random(ids.length)] ?? "";
    const actor = i % 2 ? through(desk, twin) : desk;
    const { version } = await world.db.dossier.findUniqueOrThrow({
      where: { id: dossierId },
      select: { version: true },
    });
    const run = await world.db.stepRun.findFirst({ where: { dossierId, lead: true, closedAt: null } });
    const move = { stepRunId: run?.id ?? crypto.randomUUID(), version: run?.version ?? 0 };
    const acts = [
      () => confirmOnTime(actor, { dossierId, version }),
      () => askObligation(actor, { dossierId, version, what: "Lệ phí.", amount: 1000n, payBy: null }),
      () => meetObligation(actor, { dossierId, version, proof: null }),
      () => advanceStep(actor, { ...move, outcomeId: "hand_over", note: null }),
      () => assignStep(through(leader, twin), { ...move, assigneeId: desk.actor.accountId }),
      () => stopDossier(actor, { dossierId, version, reason: "Dừng." }),
    ];
    await acts[random(acts.length)]?.().then(
      () => void done++,
      (error: unknown) => expect(error).toBeInstanceOf(Refusal),
    );
  });
  expect(done).toBeGreaterThan(50);
  expect((await world.db.dossierEvent.count({ where: { dossierId: { in: ids } } })) - before).toBe(done);
  const after = await world.db.dossier.findMany({
    where: { id: { in: ids } },
    select: {
      version: true,
      lastEventSeq: true,
      stepRuns: { where: { lead: true, closedAt: null } },
      finishedAt: true,
    },
  });
  for (const { version, lastEventSeq, stepRuns, finishedAt } of after)
    expect([lastEventSeq, stepRuns.length]).toEqual([version + 1, finishedAt ? 0 : 1]);
  expect((await verifyHistory(desk)).breaks).toEqual([]);
}, 60_000);
