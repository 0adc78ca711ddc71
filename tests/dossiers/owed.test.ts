import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  advanceStep,
  answerDraft,
  askObligation,
  confirmOnTime,
  correctResult,
  deliverResult,
  explainLateness,
  extendDossier,
  firstBrokenLink,
  handOverPapers,
  markableParts,
  meetObligation,
  proposeExtension,
  receivePapers,
  recordResult,
  reopenDossier,
  requestSupplement,
  showDraft,
  stopDossier,
  takeRoot,
  takeSilence,
  verifyHistory,
  verifyRoots,
} from "#dossiers/index.ts";
import { notificationJobs } from "#notifications/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import type { Answers } from "#procedures/index.ts";
import type { Step } from "#workflow/definition.ts";
import { withClient } from "../../src/dev/database.mjs";
import { testDatabase } from "../support/database.ts";
import { at, makeWalk, monday, refusal, type Walk } from "./walk.ts";

const CODE = "1.001193";
let walk: Walk;
beforeAll(async () => {
  walk = await makeWalk();
}, 60_000);
afterAll(() => walk.end());

const seen = async (dossierId: string) => ({ dossierId, version: (await walk.dossierOf(dossierId)).version });
const kinds = async (dossierId: string): Promise<string[]> =>
  (await walk.dossierOf(dossierId)).events.map(({ type }) => type);
const office = { mailer: null, renderer: () => Promise.reject(), texts: {} } as unknown as Parameters<
  typeof notificationJobs
>[1];
const jobs = (now: Date) => notificationJobs(walk.world, office, () => now);
/** What follows from everything that happened to a dossier, and whom it told of what. */
async function told(dossierId: string): Promise<string[]> {
  const { events } = await walk.dossierOf(dossierId);
  for (const { id } of events) await jobs(monday)["dossiers.react"]({ eventId: id });
  const rows = await walk.db.notification.findMany({ where: { dossierId }, include: { account: true } });
  return rows.map(({ kind, account }) => `${account.username}: ${kind}`).sort();
}
/** An accepted dossier that is due on a day. */
async function dueOn(day: string): Promise<{ dossierId: string; reference: string }> {
  const filed = await walk.accepted(CODE);
  const dueAt = at(day, "17:00");
  await walk.db.dossier.update({ where: { id: filed.dossierId }, data: { dueAt, originalDueAt: dueAt } });
  return filed;
}

describe("a dossier that is late already", () => {
  test("is not extended: a leader records why, the applicant is told, the date stays; again only with another reason", async () => {
    const { dossierId } = await dueOn("2026-11-03");
    const now = at("2026-11-05");
    const leader = await walk.officer("dongKinhLeader", now);
    const late = { ...(await seen(dossierId)), reason: "Chờ ý kiến của cơ quan phối hợp." };
    expect((await refusal(extendDossier(leader, { ...late, until: "2026-11-09" }))).reason).toBe(
      "dossiers.refused.tooLateToExtend",
    );
    const desk = await walk.officer("dongKinhDesk", now);
    expect((await refusal(explainLateness(desk, late))).status).toBe(403);
    const early = await walk.officer("dongKinhLeader", at("2026-11-03", "16:00"));
    expect((await refusal(explainLateness(early, late))).reason).toBe("dossiers.refused.notLate");
    expect((await refusal(explainLateness(await walk.officer("huuLungDesk", now), late))).status).toBe(404);
    await explainLateness(leader, late);
    const again = { ...(await seen(dossierId)), reason: "  chờ ý kiến của CƠ QUAN phối hợp." };
    expect((await refusal(explainLateness(leader, again))).reason).toBe("dossiers.refused.sameReason");
    await explainLateness(leader, { ...again, reason: "Sự cố hệ thống thông tin." });
    const dossier = await walk.dossierOf(dossierId);
    expect(dossier.dueAt).toEqual(at("2026-11-03", "17:00"));
    expect(dossier.notes.filter(({ kind }) => kind === "lateness").map((note) => note.public)).toEqual([true, true]);
    expect(await told(dossierId)).toContain("0912000001: lateness");
    expect((await refusal(confirmOnTime(desk, await seen(dossierId)))).reason).toBe("dossiers.refused.alreadyLate");
  });
});

describe("before the due date", () => {
  test("the holder is warned two days and one day ahead, asked for a word, and nobody is told twice", async () => {
    const { dossierId } = await dueOn("2026-11-06");
    const kindsAt = async (day: string, time = "09:00") => {
      await jobs(at(day, time))["notifications.deadlines"]({});
      const rows = await walk.db.notification.findMany({
        where: {
          dossierId,
          account: { username: "dongkinh.motcua" },
          kind: { in: ["due_soon", "foresight", "overdue"] },
        },
        orderBy: [{ at: "asc" }, { kind: "asc" }],
      });
      return rows.map(({ kind }) => kind);
    };
    expect(await kindsAt("2026-11-03")).toEqual([]);
    expect(await kindsAt("2026-11-04", "20:00")).toEqual([]);
    expect(await kindsAt("2026-11-04")).toEqual(["due_soon", "foresight"]);
    expect(await kindsAt("2026-11-04", "10:00")).toEqual(["due_soon", "foresight"]);
    expect(await kindsAt("2026-11-05")).toEqual(["due_soon", "foresight", "due_soon"]);
    expect(await kindsAt("2026-11-09")).toEqual(["due_soon", "foresight", "due_soon", "overdue"]);
    await jobs(at("2026-11-09", "11:00"))["notifications.deadlines"]({});
    const leader = await walk.db.notification.findMany({
      where: { dossierId, kind: "overdue", account: { username: "dongkinh.lanhdao" } },
    });
    expect(leader.length).toBe(1);
  });

  test("silence goes no further than the day before: the leader and the desk are told, once, and never of what was answered", async () => {
    const [silent, kept] = [await dueOn("2026-11-12"), await dueOn("2026-11-12")];
    const warn = (day: string) => jobs(at(day))["notifications.deadlines"]({});
    const unforeseen = async () =>
      (
        await walk.db.notification.findMany({
          where: { dossierId: { in: [silent.dossierId, kept.dossierId] }, kind: "unforeseen" },
          include: { account: true },
        })
      ).map(({ dossierId, account }) => [dossierId, account.username]);
    await warn("2026-11-10");
    expect(await unforeseen()).toEqual([]);
    await confirmOnTime(await walk.officer("dongKinhDesk", at("2026-11-10")), await seen(kept.dossierId));
    await warn("2026-11-11");
    await warn("2026-11-12");
    const people = await unforeseen();
    expect(people.map(([id]) => id)).not.toContain(kept.dossierId);
    expect(people.map(([, name]) => name).sort()).toEqual(["dongkinh.lanhdao", "dongkinh.motcua"]);
  });

  test("the word is an extension that is proposed, or that the date will be kept; then nobody is asked any more", async () => {
    const [kept, moved] = [await dueOn("2026-11-05"), await dueOn("2026-11-05")];
    const now = at("2026-11-04");
    const desk = await walk.officer("dongKinhDesk", now);
    await confirmOnTime(desk, await seen(kept.dossierId));
    await proposeExtension(desk, { ...(await seen(moved.dossierId)), until: "2026-11-10", reason: "Chờ xác minh." });
    await jobs(now)["notifications.deadlines"]({});
    expect(
      await walk.db.notification.count({
        where: { dossierId: { in: [kept.dossierId, moved.dossierId] }, kind: "foresight" },
      }),
    ).toBe(0);
    expect(await told(moved.dossierId)).toContain("dongkinh.lanhdao: extension_proposed");
    expect((await walk.dossierOf(moved.dossierId)).dueAt).toEqual(at("2026-11-05", "17:00"));
    const bad = { ...(await seen(moved.dossierId)), until: "2026-11-08", reason: "x" };
    expect((await refusal(proposeExtension(desk, bad))).reason).toBe("dossiers.refused.extensionDayOff");
  });

  test("a consulted agency that does not answer in time is reported to the desk and to who asked", async () => {
    const { dossierId } = await walk.accepted(CODE);
    const lead = await walk.leadOf(dossierId);
    await walk.db.stepRun.create({
      data: {
        dossierId,
        stepId: lead.stepId,
        lead: false,
        role: "specialist",
        agencyId: await walk.agency("huuLung"),
        openedAt: monday,
        dueAt: at("2026-11-04", "17:00"),
      },
    });
    await jobs(at("2026-11-05"))["notifications.deadlines"]({});
    const rows = await walk.db.notification.findMany({
      where: { dossierId, kind: "unanswered" },
      include: { account: true },
    });
    expect(rows.map(({ account }) => account.username)).toContain("dongkinh.motcua");
  });
});

describe("money that is owed", () => {
  test("stops the clock and the step until it is paid; nobody goes on meanwhile", async () => {
    const { dossierId } = await walk.accepted(CODE);
    const desk = (day: string) => walk.officer("dongKinhDesk", at(day));
    await askObligation(await walk.officer("dongKinhDesk", at("2026-11-02", "10:00")), {
      ...(await seen(dossierId)),
      what: "Lệ phí theo thông báo số 12.",
      amount: 120_000n,
      payBy: "2026-11-10",
    });
    const waiting = await walk.dossierOf(dossierId);
    expect([waiting.status, waiting.pausedAt]).toEqual(["awaiting_obligation", at("2026-11-02", "10:00")]);
    const run = await walk.leadOf(dossierId);
    const go = advanceStep(await desk("2026-11-04"), {
      stepRunId: run.id,
      version: run.version,
      outcomeId: "hand_over",
      note: null,
    });
    expect((await refusal(go)).reason).toBe("dossiers.refused.obligationOpen");
    await meetObligation(await desk("2026-11-12"), { ...(await seen(dossierId)), proof: "BL 0001" });
    const after = await walk.dossierOf(dossierId);
    expect([after.status, after.pausedAt, after.obligations[0]?.proof]).toEqual(["received", null, "BL 0001"]);
    expect((after.dueAt?.getTime() ?? 0) > (waiting.dueAt?.getTime() ?? 0)).toBe(true);
    expect((await walk.leadOf(dossierId)).pausedAt).toBeNull();
    expect(await told(dossierId)).toEqual(
      expect.arrayContaining(["0912000001: obligation", "0912000001: obligation_met"]),
    );
    expect((await refusal(meetObligation(await desk("2026-11-12"), await seenPaid(dossierId)))).status).toBe(409);
  });
  const seenPaid = async (dossierId: string) => ({ ...(await seen(dossierId)), proof: null });
});

test("a dossier that is not eligible goes back within three working days, and its whole term begins anew", async () => {
  const version = await walk.version(CODE);
  const back = async (day: string) => {
    const { dossierId } = await walk.accepted(CODE);
    const dossier = await walk.dossierOf(dossierId);
    const [part] = markableParts(version.definition, {
      ...dossier,
      answers: (dossier.answers.at(-1)?.answers ?? {}) as Answers,
    });
    const marks = part ? [{ kind: part.kind, id: part.id, note: "Chưa đúng." }] : [];
    const sent = requestSupplement(await walk.officer("dongKinhDesk", at(day)), {
      ...(await seen(dossierId)),
      marks,
      reason: "Chưa đủ điều kiện.",
      answerBy: null,
      confirmed: false,
      asReturn: true,
    });
    return { dossierId, sent };
  };
  const late = await back("2026-11-06");
  expect((await refusal(late.sent)).reason).toBe("dossiers.refused.returnTooLate");
  const { dossierId, sent } = await back("2026-11-05");
  await sent;
  const dossier = await walk.dossierOf(dossierId);
  expect([dossier.status, dossier.pauses[0]?.policy, dossier.supplements[0]?.stage]).toEqual([
    "awaiting_supplement",
    "restart",
    "returned",
  ]);
  expect((await kinds(dossierId)).at(-1)).toBe("dossier.returned");
});

/** Moves a dossier on until whoever holds it has what is looked for. */
async function until<T>(
  dossierId: string,
  found: (step: Step, holder: Context<Officer>) => Promise<T | null>,
): Promise<T> {
  const { definition } = await walk.version(CODE);
  for (;;) {
    const run = await walk.leadOf(dossierId);
    const holder = await walk.whoHolds(run);
    const step = definition.workflow.steps.find(({ id }) => id === run.stepId);
    if (!step) throw new Error("no step");
    const here = await found(step, holder);
    if (here !== null) return here;
    const outcomeId = step.outcomes[0]?.id ?? "";
    await advanceStep(holder, { stepRunId: run.id, version: run.version, outcomeId, note: null });
  }
}

/** A dossier at the step that makes the result, whose draft has a file. */
async function withDraft() {
  const filed = await walk.accepted(CODE);
  const holder = await until(filed.dossierId, async ({ needs }, officer) =>
    needs?.includes("result") ? officer : null,
  );
  await recordResult(holder, {
    dossierId: filed.dossierId,
    title: "Dự thảo",
    number: null,
    issuedOn: null,
    signerName: null,
    file: { staged: await walk.pdf(), name: "a.pdf", mediaType: "application/pdf" },
  });
  return { ...filed, holder };
}

describe("a draft result", () => {
  test("is the applicant's to judge until a told moment: an objection is read, silence is assent, and work waits", async () => {
    const { dossierId, reference, holder } = await withDraft();
    await showDraft(holder, await seen(dossierId));
    const open = (await walk.dossierOf(dossierId)).confirmations[0];
    expect(open?.answerUntil).toEqual(at("2026-11-05", "17:00"));
    const run = await walk.leadOf(dossierId);
    const step = (await walk.version(CODE)).definition.workflow.steps.find(({ id }) => id === run.stepId);
    const forward = step?.outcomes.find(({ kind }) => kind === "forward" || kind === "complete")?.id ?? "";
    const go = { stepRunId: run.id, version: run.version, outcomeId: forward, note: "Trình." };
    expect((await refusal(advanceStep(holder, go))).reason).toBe("dossiers.refused.waitingForDraft");
    const { version } = await walk.dossierOf(dossierId);
    expect(
      (await refusal(answerDraft(await walk.citizen("pao"), { reference, version, objection: null }))).status,
    ).toBe(404);
    await answerDraft(await walk.citizen("lan"), { reference, version, objection: "Sai ngày sinh." });
    expect((await walk.dossierOf(dossierId)).notes.at(-1)).toMatchObject({ kind: "draft", text: "Sai ngày sinh." });
    await showDraft(holder, await seen(dossierId));
    const system = (now: Date): Context => ({ ...holder, now });
    expect(await takeSilence(system(at("2026-11-05", "16:00")))).toBe(0);
    expect(await takeSilence(system(at("2026-11-05", "17:01")))).toBe(1);
    expect(await takeSilence(system(at("2026-11-05", "17:01")))).toBe(0);
    expect((await kinds(dossierId)).slice(-4)).toEqual([
      "draft.shown",
      "draft.objected",
      "draft.shown",
      "draft.silent",
    ]);
    await advanceStep(holder, go);
  });
});

describe("a closed dossier", () => {
  test("is opened again by a leader alone, at the step where it was closed, and the date does not move", async () => {
    const { dossierId } = await walk.accepted(CODE);
    const desk = await walk.officer("dongKinhDesk");
    await stopDossier(desk, { ...(await seen(dossierId)), reason: "Nhầm." });
    const before = await walk.dossierOf(dossierId);
    expect((await refusal(reopenDossier(desk, { ...(await seen(dossierId)), reason: "x" }))).status).toBe(403);
    const leader = await walk.officer("dongKinhLeader", at("2026-11-03"));
    await reopenDossier(leader, { ...(await seen(dossierId)), reason: "Theo kết luận giải quyết khiếu nại." });
    const after = await walk.dossierOf(dossierId);
    expect([after.status, after.dueAt, after.finishedAt]).toEqual(["received", before.dueAt, null]);
    expect((await walk.leadOf(dossierId)).stepId).toBe(before.stepRuns[0]?.stepId);
    expect(await told(dossierId)).toContain("0912000001: reopened");
  });

  test("a refusal without its legal ground is none", async () => {
    const { dossierId } = await walk.accepted(CODE);
    const { holder, refuse } = await until(dossierId, async ({ outcomes }, officer) => {
      const outcome = outcomes.find(({ kind }) => kind === "refuse");
      return outcome ? { holder: officer, refuse: outcome.id } : null;
    });
    const run = await walk.leadOf(dossierId);
    const input = { stepRunId: run.id, version: run.version, outcomeId: refuse, note: "Không đủ điều kiện." };
    expect((await refusal(advanceStep(holder, input))).reason).toBe("dossiers.refused.groundMissing");
    await advanceStep(holder, { ...input, ground: "Điều 18 Luật Hộ tịch." });
    const notes = (await walk.dossierOf(dossierId)).notes.filter((note) => note.public);
    expect(notes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["ground", "refusal"]));
  });

  test("an issued result is corrected by a leader of who issued it; the former one stays, marked", async () => {
    const { dossierId } = await walk.accepted(CODE);
    const issuer = await walk.agency("dongKinh");
    const first = await walk.db.result.create({
      data: {
        dossierId,
        title: "Giấy khai sinh",
        number: "12/KS",
        issuerAgencyId: issuer,
        state: "issued",
        createdAt: monday,
      },
    });
    await walk.db.stepRun.updateMany({ where: { dossierId }, data: { closedAt: monday } });
    await walk.db.dossier.update({ where: { id: dossierId }, data: { status: "completed", finishedAt: monday } });
    const correct = async (officer: Context<Officer>) =>
      correctResult(officer, {
        ...(await seen(dossierId)),
        resultId: first.id,
        title: "Giấy khai sinh",
        number: "13/KS",
        issuedOn: "2026-11-03",
        signerName: null,
        file: null,
        reason: "Sai ngày sinh do nhập liệu.",
      });
    expect((await refusal(correct(await walk.officer("dongKinhDesk")))).status).toBe(403);
    await correct(await walk.officer("dongKinhLeader"));
    const results = await walk.db.result.findMany({ where: { dossierId }, orderBy: { createdAt: "asc" } });
    expect(results.map(({ state }) => state).sort()).toEqual(["issued", "replaced"]);
    expect(results.find(({ state }) => state === "issued")?.replacesId).toBe(first.id);
    expect((await refusal(correct(await walk.officer("dongKinhLeader")))).reason).toBe(
      "dossiers.refused.noResultToCorrect",
    );
    await deliverResult(await walk.officer("dongKinhDesk"), {
      ...(await seen(dossierId)),
      method: "counter",
      receivedBy: "Nguyễn Thị Lan",
      receiverPaper: "020190000001",
      signed: true,
    });
    expect(await walk.db.resultDelivery.findUnique({ where: { dossierId } })).toMatchObject({ signed: true });
  });
});

test("papers go with a slip that the other side confirms, who is told and who tells", async () => {
  const { dossierId } = await walk.accepted(CODE);
  const desk = await walk.officer("dongKinhDesk");
  const own = handOverPapers(desk, { ...(await seen(dossierId)), papers: "x" });
  expect((await refusal(own)).reason).toBe("dossiers.refused.handOverToSelf");
  const run = await walk.leadOf(dossierId);
  await advanceStep(desk, { stepRunId: run.id, version: run.version, outcomeId: "hand_over", note: null });
  await handOverPapers(desk, { ...(await seen(dossierId)), papers: "Giấy chứng sinh, 01 bản chính" });
  expect((await refusal(handOverPapers(desk, { ...(await seen(dossierId)), papers: "x" }))).reason).toBe(
    "dossiers.refused.handOverOpen",
  );
  expect((await refusal(receivePapers(desk, { ...(await seen(dossierId)), remark: null }))).status).toBe(403);
  const holder = await walk.whoHolds(await walk.leadOf(dossierId));
  await receivePapers(holder, { ...(await seen(dossierId)), remark: "Thiếu 01 bản sao" });
  const { name } = holder.actor;
  const people = await told(dossierId);
  expect(people).toContain("dongkinh.motcua: papers_received");
  expect(people.filter((one) => one.endsWith("handed_over")).length, name).toBeGreaterThan(0);
});

describe("the nightly root", () => {
  test("answers for every history, once a day, chained to the one before; a root kept elsewhere tells what was altered here", async () => {
    const ctx = await walk.citizen("lan", at("2026-11-20", "00:10"));
    const first = await takeRoot(ctx);
    expect(first).toMatchObject({ number: 1, prevRoot: "", dossiers: await walk.db.dossier.count() });
    expect(await takeRoot(ctx)).toBeNull();
    await walk.accepted(CODE);
    const second = await takeRoot({ ...ctx, now: at("2026-11-21", "00:10") });
    expect(second).toMatchObject({ number: 2, prevRoot: first?.root, changed: 1 });
    expect(await verifyRoots(ctx)).toEqual({ roots: 2, breaks: [] });
    expect((await verifyRoots(ctx, new Map([[1, "0".repeat(64)]]))).breaks).toMatchObject([{ number: 1, why: "root" }]);
  });

  test("erasing what people are called and wrote leaves every chain and root as it was", async () => {
    await walk.db.dossierParty.updateMany({
      data: { fullName: "Đã xóa", searchName: "da xoa", personalId: null, phone: null },
    });
    await walk.db.dossierNote.updateMany({ data: { text: "Đã xóa" } });
    await walk.db.resultDelivery.updateMany({ data: { receiverName: null, receiverPaper: null } });
    expect((await verifyHistory(walk.world)).breaks).toEqual([]);
    expect((await verifyRoots(walk.world)).breaks).toEqual([]);
    const { events } = await walk.dossierOf((await walk.db.dossier.findFirstOrThrow()).id);
    expect(firstBrokenLink(events)).toBeNull();
  });
});

test("whoever alters a row with the database's own rights, and mends the chain behind it, is found by the root", async () => {
  const { db, url, ownerUrl } = await testDatabase();
  await withClient(ownerUrl, async (client) => {
    await client.query(
      `INSERT INTO history_roots (number, day, at, dossiers, changed, "prevRoot", root) VALUES (1, '2026-11-20', now(), 1, 1, '', 'x')`,
    );
    await client.query(
      `INSERT INTO history_heads ("dossierId", seq, hash, "rootNumber") VALUES (gen_random_uuid(), 1, 'as it was', 1)`,
    );
  });
  expect(url).not.toBe(ownerUrl);
  expect((await verifyRoots({ db })).breaks.map(({ why }) => why)).toEqual(["root", "event"]);
});

test("neither roots nor what they were made from can be altered or emptied by anybody", async () => {
  const { url, ownerUrl } = await testDatabase();
  for (const statement of ["UPDATE history_roots SET root = 'x'", "DELETE FROM history_heads"])
    await expect(withClient(url, (client) => client.query(statement))).rejects.toThrow(/permission denied/);
  await expect(withClient(ownerUrl, (client) => client.query("TRUNCATE history_heads"))).rejects.toThrow(/append-only/);
});
