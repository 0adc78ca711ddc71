import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { stagedPdf } from "#dev/sample-files.ts";
import {
  acceptDossier,
  advanceStep,
  assignStep,
  countWork,
  declineDossier,
  deliverResult,
  findOwnDossier,
  findWorkDossier,
  firstBrokenLink,
  linkDossier,
  listOwnDossiers,
  listWork,
  recordResult,
  registerDossier,
  submitDossier,
  trackByCode,
  trackByReference,
  verifyHistory,
} from "#dossiers/index.ts";
import { createDraft } from "#filing/index.ts";
import type { Citizen, Context, Officer, Surroundings } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { Refusal } from "#platform/refusal.ts";
import { findCurrentVersion, type LoadedVersion } from "#procedures/index.ts";
import { withClient } from "../../src/dev/database.mjs";
import { agencyIdOf, asCitizen, asOfficer, provinceDatabase } from "../support/province.ts";

let world: Surroundings;
let folder: string;
let ownerUrl: string;
// Monday 23 November 2026, 09:00 in Viet Nam; the 24th is a day off.
const monday = new Date("2026-11-23T02:00:00Z");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  const { db, ownerUrl: owner } = await provinceDatabase();
  ownerUrl = owner;
  world = { db, files: createDiskStore(folder), publicUrl: "https://dichvucong.example" };
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const version = async (code: string): Promise<LoadedVersion> => {
  const found = await findCurrentVersion({ db: world.db, now: monday }, code);
  if (!found) throw new Error(`no version of ${code}`);
  return found;
};

async function submit(
  ctx: Context<Citizen>,
  code: string,
  agency: Parameters<typeof agencyIdOf>[1],
): Promise<{ dossierId: string; reference: string; draftId: string }> {
  const v = await version(code);
  const agencyId = await agencyIdOf(world, agency);
  const caseId = v.definition.cases[0]?.id ?? null;
  const { draftId } = await createDraft(ctx, { version: v, agencyId, caseId });
  return { draftId, ...(await submitDossier(ctx, submission(draftId, v, agencyId, caseId))) };
}

const submission = (draftId: string, v: LoadedVersion, agencyId: string, caseId: string | null) => ({
  draftId,
  draftVersion: 0,
  procedureVersionId: v.id,
  agencyId,
  caseId,
  returnMethod: "online" as const,
  answers: sampleAnswers(v.definition, {
    today: "2026-11-23",
    provinceCode: "20",
    communeCode: "05977",
    communeName: "Phường Đông Kinh",
  }),
  applicant: { kind: "person" as const, fullName: "Nguyễn Thị Lan", personalId: "020190000001", phone: "0912000001" },
  owner: null,
});

const refusal = async (run: Promise<unknown>): Promise<Refusal> => {
  const error = await run.then(
    () => null,
    (e: unknown) => e,
  );
  if (!(error instanceof Refusal)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
};
const dossierOf = (id: string) =>
  world.db.dossier.findUniqueOrThrow({
    where: { id },
    include: { events: { orderBy: { seq: "asc" } }, stepRuns: true, parties: true, fees: true, notes: true },
  });

describe("submitting", () => {
  test("a draft becomes a dossier with parties, answers, fees, its first event and an unguessable reference", async () => {
    const lan = await asCitizen(world, "lan", monday);
    const { dossierId, reference, draftId } = await submit(lan, "2.000635", "dongKinh");
    const dossier = await dossierOf(dossierId);
    expect(dossier).toMatchObject({
      reference,
      status: "submitted",
      code: null,
      channel: "online",
      version: 0,
      submittedAt: monday,
      dueAt: null,
    });
    expect(reference).toMatch(/^[2-9A-HJKMNP-Z]{14}$/);
    expect(dossier.parties.map((p) => p.role).sort()).toEqual(["applicant", "owner"]);
    expect(dossier.parties[0]).toMatchObject({ searchName: "nguyen thi lan" });
    expect(dossier.events).toHaveLength(1);
    expect(JSON.stringify(dossier.events)).not.toContain("Lan");
    expect(dossier.fees.every((fee) => typeof fee.amount === "bigint")).toBe(true);
    expect(await world.db.draft.count({ where: { id: draftId } })).toBe(0);
  });

  test("twenty submits of one draft at once give one dossier and one reference in every answer", async () => {
    const lan = await asCitizen(world, "lan", monday);
    const v = await version("1.004873");
    const agencyId = await agencyIdOf(world, "dongKinh");
    const { draftId } = await createDraft(lan, { version: v, agencyId, caseId: v.definition.cases[0]?.id ?? null });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        submitDossier(lan, submission(draftId, v, agencyId, v.definition.cases[0]?.id ?? null)),
      ),
    );
    expect(new Set(answers.map((a) => a.reference)).size).toBe(1);
    expect(await world.db.dossier.count({ where: { draftId } })).toBe(1);
  });

  test("another citizen's draft does not exist, and one that was changed after it was checked is not filed", async () => {
    const [lan, pao] = [await asCitizen(world, "lan", monday), await asCitizen(world, "pao", monday)];
    const v = await version("1.004873");
    const agencyId = await agencyIdOf(world, "dongKinh");
    const { draftId } = await createDraft(lan, { version: v, agencyId, caseId: null });
    expect((await refusal(submitDossier(pao, submission(draftId, v, agencyId, null)))).status).toBe(404);
    expect(
      (await refusal(submitDossier(lan, { ...submission(draftId, v, agencyId, null), draftVersion: 7 }))).reason,
    ).toBe("dossiers.refused.draftChanged");
    const gone = { ...submission(draftId, v, agencyId, null), fileIds: [randomUUID()] };
    expect((await refusal(submitDossier(lan, gone))).reason).toBe("dossiers.refused.draftChanged");
    await world.db.attachment.create({
      data: {
        draftId,
        requirementId: "paper",
        kind: "paper",
        name: "Đơn.pdf",
        size: 1,
        mediaType: "application/pdf",
        sha256: "0".repeat(64),
        storageKey: randomUUID(),
        createdAt: monday,
      },
    });
    const unseen = { ...submission(draftId, v, agencyId, null), fileIds: [] };
    expect((await refusal(submitDossier(lan, unseen))).reason).toBe("dossiers.refused.draftChanged");
    expect(await world.db.draft.count({ where: { id: draftId } })).toBe(1);
  });

  test("an agency that does not offer the procedure takes nothing in", async () => {
    const lan = await asCitizen(world, "lan", monday);
    expect((await refusal(submit(lan, "3.000347", "dongKinh"))).reason).toBe("dossiers.refused.notOffered");
  });
});

describe("accepting", () => {
  test("gives code, due date with its explanation, first step and receipt, in one event", async () => {
    const { dossierId } = await submit(await asCitizen(world, "lan", monday), "1.004873", "dongKinh");
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    const { code, receiptId } = await acceptDossier(desk, { dossierId, version: 0 });
    const dossier = await dossierOf(dossierId);
    expect(code).toMatch(/^H37\.05977-261123-\d{4}$/);
    // Three working days after Monday 23/11, with Tuesday 24/11 off: Friday 27/11 at the end of office hours.
    expect(dossier.dueAt?.toISOString()).toBe("2026-11-27T10:00:00.000Z");
    expect(dossier).toMatchObject({ code, acceptedAt: monday, clockStartedAt: monday, originalDueAt: dossier.dueAt });
    expect(JSON.stringify(dossier.dueExplanation)).toContain("2026-11-24");
    expect(dossier.stepRuns.filter((run) => run.lead && !run.closedAt)).toHaveLength(1);
    expect(dossier.events.map((e) => e.type)).toEqual(["dossier.submitted", "dossier.accepted"]);
    expect(await world.db.issuedPaper.findUnique({ where: { id: receiptId } })).toMatchObject({
      dossierId,
      kind: "receipt_slip",
    });
  });

  test("of two officers who act at once one wins, and the other is told who did what", async () => {
    const { dossierId } = await submit(await asCitizen(world, "lan", monday), "1.004873", "dongKinh");
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    const tries = await Promise.allSettled([
      acceptDossier(desk, { dossierId, version: 0 }),
      declineDossier(desk, { dossierId, version: 0, reason: "Thiếu giấy tờ" }),
      acceptDossier(desk, { dossierId, version: 0 }),
    ]);
    expect(tries.filter((t) => t.status === "fulfilled")).toHaveLength(1);
    for (const lost of tries.filter((t) => t.status === "rejected")) {
      const { reason, params } = lost.reason as Refusal;
      expect(reason).toMatch(/^dossiers\.changed\.dossier_(accepted|declined)$/);
      expect(params).toMatchObject({ who: "Trần Thị Mai", at: "09:00" });
    }
    expect((await dossierOf(dossierId)).events).toHaveLength(2);
  });

  test("the desk of another agency, and another role of the same one, find no such dossier", async () => {
    const { dossierId } = await submit(await asCitizen(world, "lan", monday), "1.004873", "dongKinh");
    for (const who of [demoOfficers.huuLungDesk, demoOfficers.dongKinhJustice, demoOfficers.centerDesk])
      expect(
        (await refusal(acceptDossier(await asOfficer(world, who, monday), { dossierId, version: 0 }))).status,
      ).toBe(404);
    expect(await dossierOf(dossierId)).toMatchObject({ status: "submitted", version: 0 });
  });

  test("codes of a day run without a gap while acceptances come at once and some are rolled back", async () => {
    const day = new Date("2026-12-01T02:00:00Z");
    const lan = await asCitizen(world, "lan", day);
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, day);
    const ids = [];
    for (let i = 0; i < 30; i++) {
      if (i % 10 === 0) await world.db.draft.deleteMany({});
      ids.push((await submit(lan, "1.004873", "dongKinh")).dossierId);
    }
    const outcomes = await Promise.allSettled(
      ids.map((dossierId, i) =>
        i % 5 === 4
          ? // Fails after the code was given: the whole acceptance is undone.
            inTransaction(world, async (tx) => {
              const $transaction = (run: (inner: typeof tx) => Promise<unknown>) => run(tx);
              const db = new Proxy(world.db, {
                get: (of, name) => (name === "$transaction" ? $transaction : Reflect.get(of, name)),
              });
              const failing = { ...desk, db };
              await acceptDossier(failing, { dossierId, version: 0 });
              throw new Error("the power went out");
            })
          : acceptDossier(desk, { dossierId, version: 0 }),
      ),
    );
    expect(outcomes.filter((o) => o.status === "rejected")).toHaveLength(6);
    const codes = (
      await world.db.dossier.findMany({ where: { id: { in: ids }, code: { not: null } }, select: { code: true } })
    ).map((d) => d.code ?? "");
    expect(codes.map((code) => Number(code.slice(-4))).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 24 }, (_, i) => i + 1),
    );
  });
});

describe("declining", () => {
  test("closes the dossier without a code, with a reason that the applicant reads", async () => {
    const lan = await asCitizen(world, "lan", monday);
    const { dossierId, reference } = await submit(lan, "1.004873", "dongKinh");
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    await declineDossier(desk, { dossierId, version: 0, reason: "Ảnh giấy tờ bị mờ." });
    const own = await findOwnDossier(lan, reference);
    expect(own).toMatchObject({ status: "declined", code: null, finishedAt: monday });
    expect(own.notes.map((note) => note.text)).toEqual(["Ảnh giấy tờ bị mờ."]);
    expect(JSON.stringify(own.events)).not.toContain("mờ");
    expect((await refusal(acceptDossier(desk, { dossierId, version: 1 }))).reason).toBe(
      "dossiers.changed.dossier_declined",
    );
  });
});

async function officerFor(
  run: { agencyId: string; role: string },
  not: readonly (string | null)[] = [],
): Promise<Context<Officer>> {
  const account = await world.db.account.findFirstOrThrow({
    where: {
      postings: { some: { agencyId: run.agencyId, role: run.role } },
      id: { notIn: not.filter((id) => id !== null) },
    },
    include: { postings: true },
  });
  const base = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
  return {
    ...base,
    actor: { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings },
  };
}

/** Takes the first way forward at every step until nothing is open. */
async function carry(dossierId: string, v: LoadedVersion): Promise<string[]> {
  const walked: string[] = [];
  for (let guard = 0; guard < 40; guard++) {
    const run = await world.db.stepRun.findFirst({ where: { dossierId, closedAt: null }, orderBy: { lead: "asc" } });
    if (!run) return walked;
    const step = v.definition.workflow.steps.find(({ id }) => id === run.stepId);
    const outcome =
      step?.outcomes.find((o) => o.kind === "complete") ??
      step?.outcomes.find((o) => o.kind === "forward" || o.kind === "answer");
    if (!step || !outcome) throw new Error(`no way on from ${run.stepId}`);
    const officer = await officerFor(run);
    const first = await advanceStep(officer, {
      stepRunId: run.id,
      version: run.version,
      outcomeId: outcome.id,
      note: "Đồng ý",
    }).then(
      () => null,
      (e: Refusal) => e,
    );
    if (first) {
      expect(first.reason).toBe("workflow.refused.resultMissing");
      await recordResult(officer, {
        dossierId,
        title: "Kết quả",
        number: "05/KQ",
        issuedOn: "2026-11-23",
        signerName: officer.actor.name,
        file: await stagedPdf(world.files, "Kết quả", "2026-11-23"),
      });
      await advanceStep(officer, { stepRunId: run.id, version: run.version, outcomeId: outcome.id, note: "Đồng ý" });
    }
    walked.push(step.id);
  }
  throw new Error("the workflow does not end");
}

describe("processing", () => {
  test.each([
    ["1.001193", "dongKinh", 3],
    ["1.001612", "huuLung", 3],
    ["1.012753", "dongKinh", 5],
  ] as const)("%s goes from the desk through its steps to the handed-over result", async (code, agency, leastSteps) => {
    const lan = await asCitizen(world, "lan", monday);
    const v = await version(code);
    const { dossierId, reference } = await submit(lan, code, agency);
    const desk = await officerFor({ agencyId: await agencyIdOf(world, agency), role: "desk" });
    await acceptDossier(desk, { dossierId, version: 0 });
    const walked = await carry(dossierId, v);
    expect(walked.length).toBeGreaterThanOrEqual(leastSteps);
    const done = await dossierOf(dossierId);
    expect(done).toMatchObject({ status: "completed", finishedAt: monday });
    expect((await findOwnDossier(lan, reference)).results).toEqual([]);
    await deliverResult(desk, { dossierId, version: done.version, method: "online", receivedBy: null });
    const own = await findOwnDossier(lan, reference);
    expect(own.status).toBe("delivered");
    expect(own.results[0]).toMatchObject({ state: "issued", number: "05/KQ" });
    expect(firstBrokenLink(own.events)).toBeNull();
    expect(own.events.map((e) => e.seq)).toEqual(own.events.map((_, i) => i + 1));
    expect(
      (await refusal(deliverResult(desk, { dossierId, version: done.version + 1, method: "online", receivedBy: null })))
        .reason,
    ).toBe("dossiers.changed.dossier_delivered");
  });

  test("forged outcomes, closed runs, other people's steps and old versions change nothing", async () => {
    const { dossierId } = await submit(await asCitizen(world, "lan", monday), "1.001193", "dongKinh");
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    await acceptDossier(desk, { dossierId, version: 0 });
    const run = await world.db.stepRun.findFirstOrThrow({ where: { dossierId } });
    const move = { stepRunId: run.id, version: run.version, outcomeId: "hand_over", note: null };
    expect((await refusal(advanceStep(desk, { ...move, outcomeId: "approve_everything" }))).reason).toBe(
      "workflow.refused.unknownOutcome",
    );
    expect((await refusal(advanceStep(desk, { ...move, version: 9 }))).status).toBe(409);
    expect((await refusal(advanceStep(await asOfficer(world, demoOfficers.huuLungDesk, monday), move))).status).toBe(
      404,
    );
    expect((await refusal(advanceStep(await asOfficer(world, demoOfficers.dongKinhLeader, monday), move))).reason).toBe(
      "workflow.refused.notYourRole",
    );
    expect((await refusal(advanceStep(desk, { ...move, stepRunId: randomUUID() }))).status).toBe(404);
    expect((await dossierOf(dossierId)).events).toHaveLength(2);
  });

  test("a step is assigned to somebody who holds its role, and then is theirs alone", async () => {
    const { dossierId } = await submit(await asCitizen(world, "lan", monday), "1.001612", "dongKinh");
    await acceptDossier(await asOfficer(world, demoOfficers.dongKinhDesk, monday), { dossierId, version: 0 });
    const [first] = await world.db.stepRun.findMany({ where: { dossierId } });
    if (!first) throw new Error("no step");
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    await assignStep(desk, { stepRunId: first.id, version: 0, assigneeId: desk.actor.accountId });
    const leader = await asOfficer(world, demoOfficers.dongKinhLeader, monday);
    expect(
      (await refusal(assignStep(leader, { stepRunId: first.id, version: 1, assigneeId: leader.actor.accountId })))
        .reason,
    ).toBe("dossiers.refused.assigneeElsewhere");
    const outsider = await asOfficer(world, demoOfficers.dongKinhJustice, monday);
    expect((await refusal(assignStep(outsider, { stepRunId: first.id, version: 1, assigneeId: null }))).reason).toBe(
      "dossiers.refused.mayNotAssign",
    );
    expect((await listWork(desk, { list: "mine" }, null)).rows.map((row) => row.dossierId)).toContain(dossierId);
  });
});

describe("the counter", () => {
  const registration = async (formKey: string) => {
    const v = await version("2.000815");
    return {
      procedureVersionId: v.id,
      agencyId: await agencyIdOf(world, "dongKinh"),
      caseId: v.definition.cases[0]?.id ?? null,
      channel: "counter" as const,
      returnMethod: "counter" as const,
      answers: sampleAnswers(v.definition, {
        today: "2026-11-23",
        provinceCode: "20",
        communeCode: "05977",
        communeName: "Phường Đông Kinh",
      }),
      applicant: { kind: "person" as const, fullName: "Bế Văn Khôi", personalId: "020085000002" },
      owner: null,
      papers: v.definition.requirements
        .slice(0, 1)
        .map((r) => ({ requirementId: r.id, originals: 1, copies: 2, later: false })),
      attachments: [],
      formKey,
    };
  };

  test("registers and accepts at once, once per form however often it is sent", async () => {
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    const key = randomUUID();
    const made = await Promise.all(
      Array.from({ length: 5 }, async () => registerDossier(desk, await registration(key))),
    );
    expect(new Set(made.map((m) => m.code)).size).toBe(1);
    expect((await dossierOf(made[0]?.dossierId ?? "")).events.map((e) => e.type)).toEqual([
      "dossier.submitted",
      "dossier.accepted",
    ]);
  });

  test("of a fee by the piece of which there is none, no line is written", async () => {
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    const form = { ...(await registration(randomUUID())), feeQuantities: { fee: 0 } };
    const { dossierId } = await registerDossier(desk, form);
    expect((await dossierOf(dossierId)).fees).toEqual([]);
  });

  test("counts the scans of each paper, also of one that nobody ticked, and the receipt lists them", async () => {
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    const form = await registration(randomUUID());
    const ticked = form.papers[0]?.requirementId ?? "";
    const scan = async (requirementId: string) => {
      const staged = await world.files.stage(Readable.from(["%PDF-1.4"]), 100);
      if (!staged) throw new Error("too long");
      return { requirementId, staged, name: "quét.pdf", mediaType: "application/pdf" };
    };
    const attachments = [await scan(ticked), await scan(ticked), await scan("proxyPaper")];
    const { dossierId, receiptId } = await registerDossier(desk, { ...form, attachments });
    const rows = await world.db.receivedPaper.findMany({ where: { dossierId }, orderBy: { electronic: "asc" } });
    expect(rows).toMatchObject([
      { requirementId: "proxyPaper", originals: 0, copies: 0, electronic: 1 },
      { requirementId: ticked, originals: 1, copies: 2, electronic: 2 },
    ]);
    const { snapshot } = await world.db.issuedPaper.findUniqueOrThrow({ where: { id: receiptId } });
    expect(snapshot).toMatchObject({ papers: [{ originals: 1, copies: 2, electronic: 2 }, { electronic: 1 }] });
  });

  test("is linked to an account by the code printed on the receipt, once, and never by a declared personal id", async () => {
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    const { code, reference, receiptId } = await registerDossier(desk, await registration(randomUUID()));
    const paper = await world.db.issuedPaper.findUniqueOrThrow({ where: { id: receiptId } });
    const linkCode = (paper.snapshot as { linkCode: string }).linkCode;
    // Páo declares the same personal id as the person at the counter.
    const pao = await asCitizen(world, "pao", monday);
    expect((await listOwnDossiers(pao, null)).rows.map((row) => row.reference)).not.toContain(reference);
    expect((await refusal(findOwnDossier(pao, reference))).status).toBe(404);
    expect((await refusal(linkDossier(pao, { code, linkCode: "WRONG234" }))).status).toBe(404);
    await linkDossier(pao, { code, linkCode });
    expect((await findOwnDossier(pao, reference)).code).toBe(code);
    expect((await refusal(linkDossier(await asCitizen(world, "lan", monday), { code, linkCode }))).status).toBe(404);
  });
});

describe("reading", () => {
  test("by a code only how far it is; by the reference also status and due date", async () => {
    const lan = await asCitizen(world, "lan", monday);
    const { dossierId, reference } = await submit(lan, "1.004873", "dongKinh");
    const { code } = await acceptDossier(await asOfficer(world, demoOfficers.dongKinhDesk, monday), {
      dossierId,
      version: 0,
    });
    expect(await trackByCode(lan, code.toLowerCase())).toEqual({ code, band: 1 });
    expect(await trackByReference(lan, reference.toLowerCase().replace(/(.{4})/g, "$1-"))).toMatchObject({
      code,
      status: "received",
      band: 1,
    });
    expect(await trackByCode(lan, "H37-261123-9999")).toBeNull();
    expect(await trackByReference(lan, "23456789ABCDEF")).toBeNull();
  });

  test("an officer sees dossiers of the own agency and of steps there; of other agencies nothing", async () => {
    const { dossierId } = await submit(await asCitizen(world, "lan", monday), "1.004873", "dongKinh");
    expect((await findWorkDossier(await asOfficer(world, demoOfficers.dongKinhLeader, monday), dossierId)).id).toBe(
      dossierId,
    );
    for (const who of [demoOfficers.huuLungDesk, demoOfficers.landLeader, demoOfficers.policeDesk])
      expect((await refusal(findWorkDossier(await asOfficer(world, who, monday), dossierId))).status).toBe(404);
  });

  test("worklists page by key without losing or repeating a row, and count what they list", async () => {
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    const seen: string[] = [];
    let cursor = null;
    do {
      const page: Awaited<ReturnType<typeof listWork>> = await listWork(desk, { list: "open" }, cursor);
      seen.push(...page.rows.map((row) => row.runId ?? ""));
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await countWork(desk)).open).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(25);
  });

  test("work is found by code, by a name without diacritics, by personal id and by phone", async () => {
    const desk = await asOfficer(world, demoOfficers.dongKinhDesk, monday);
    for (const q of ["be van khoi", "BẾ VĂN", "020085000002"]) {
      const { rows } = await listWork(desk, { list: "open", filter: { q } }, null);
      expect(rows.length, q).toBeGreaterThan(0);
      expect(new Set(rows.map((row) => row.applicantName)), q).toEqual(new Set(["Bế Văn Khôi"]));
    }
    expect((await listWork(desk, { list: "open", filter: { q: "%' OR 1=1 --" } }, null)).rows).toEqual([]);
  });
});

describe("history", () => {
  test("cannot be altered or deleted, and an altered copy is noticed", async () => {
    const { dossierId } = await submit(await asCitizen(world, "lan", monday), "1.004873", "dongKinh");
    await acceptDossier(await asOfficer(world, demoOfficers.dongKinhDesk, monday), { dossierId, version: 0 });
    await expect(world.db.dossierEvent.updateMany({ where: { dossierId }, data: { type: "x" } })).rejects.toThrow();
    await expect(world.db.dossierEvent.deleteMany({ where: { dossierId } })).rejects.toThrow();
    const { events } = await dossierOf(dossierId);
    expect(firstBrokenLink(events)).toBeNull();
    const forged = events.map((event, i) => (i === 1 ? { ...event, at: new Date(event.at.getTime() + 1) } : event));
    expect(firstBrokenLink(forged)).toBe(2);
    expect(firstBrokenLink(events.slice(1))).toBe(1);
  });

  test("is verified whole, and a row altered or cut off by hand is named", async () => {
    const { dossierId, reference } = await submit(await asCitizen(world, "lan", monday), "1.004873", "dongKinh");
    await acceptDossier(await asOfficer(world, demoOfficers.dongKinhDesk, monday), { dossierId, version: 0 });
    const before = await verifyHistory(world);
    expect(before.breaks).toEqual([]);
    expect(before.events).toBe(await world.db.dossierEvent.count());
    const byHand = (sql: string) =>
      withClient(ownerUrl, async (client) => {
        // Only the owner of the table can set the guard aside, and the chain still tells.
        await client.query("BEGIN; ALTER TABLE dossier_events DISABLE TRIGGER USER");
        await client.query(sql, [dossierId]);
        await client.query("ALTER TABLE dossier_events ENABLE TRIGGER USER; COMMIT");
      });
    await byHand(
      `UPDATE dossier_events SET payload = payload || '{"code":"H37-000000-0001"}' WHERE "dossierId" = $1 AND seq = 2`,
    );
    expect((await verifyHistory(world)).breaks).toEqual([{ dossierId, reference, seq: 2, why: "altered" }]);
    await byHand(`DELETE FROM dossier_events WHERE "dossierId" = $1 AND seq = 2`);
    expect((await verifyHistory(world)).breaks).toEqual([{ dossierId, reference, seq: 2, why: "missing" }]);
  });
});
