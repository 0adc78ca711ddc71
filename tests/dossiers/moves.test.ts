import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dateOf } from "#calendar/rules.ts";
import {
  acceptDossier,
  advanceStep,
  answerSupplement,
  assignStep,
  declineDossier,
  extendDossier,
  findOwnDossier,
  firstBrokenLink,
  keepSupplementFiles,
  type Mark,
  removeSupplementFile,
  requestSupplement,
  saveSupplement,
  stopDossier,
  withdrawDossier,
} from "#dossiers/index.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { at, makeWalk, monday, refusal, type Walk } from "./walk.ts";

// Birth: settled on the day. Marriage status (1.004873): three working days.
const BIRTH = "1.001193";
const STATUS = "1.004873";

let walk: Walk;
beforeAll(async () => {
  walk = await makeWalk();
}, 90_000);
afterAll(() => walk.end());

const name: Mark = { kind: "field", id: "childName", note: "Viết đúng như giấy chứng sinh." };
const proof: Mark = { kind: "paper", id: "birthProof", note: "Ảnh mờ, chụp lại." };
const ask = (marks: readonly Mark[], version: number, dossierId: string, more: object = {}) => ({
  dossierId,
  version,
  marks,
  reason: "Giấy chứng sinh không đọc được.",
  answerBy: null,
  confirmed: false,
  ...more,
});
const request = async (id: string) =>
  walk.db.supplementRequest.findFirstOrThrow({ where: { dossierId: id, answeredAt: null } });
const versionOf = async (id: string) => (await walk.dossierOf(id)).version;
const upload = async (ctx: Context<Citizen> | Context<Officer>, requestId: string, requirementId = "birthProof") =>
  keepSupplementFiles(ctx, requestId, [
    { requirementId, kind: "paper", staged: await walk.pdf(), name: "chung-sinh.pdf", mediaType: "application/pdf" },
  ]);
const answer = async (ctx: Context<Citizen>, dossierId: string, answers: Record<string, unknown> = {}) => {
  const { id, typedVersion } = await request(dossierId);
  await answerSupplement(ctx, { dossierId, requestId: id, typedVersion, answers });
};

describe("a supplement before acceptance", () => {
  test("is asked by the desk with marks and a reason that the applicant reads; the clock has not begun", async () => {
    const { dossierId, reference } = await walk.submit(BIRTH);
    await requestSupplement(await walk.officer("dongKinhDesk"), ask([name, proof], 0, dossierId));
    const own = await findOwnDossier(await walk.citizen("lan"), reference);
    expect(own).toMatchObject({ status: "intake_supplement", waitingSince: monday, pausedAt: null, dueAt: null });
    expect(own.notes.map(({ text }) => text)).toEqual(["Giấy chứng sinh không đọc được."]);
    expect(own.supplements).toMatchObject([{ number: 1, stage: "intake", marks: [name, proof], repeated: false }]);
    // What was written can be erased: the history names it by id alone.
    expect(JSON.stringify(own.events)).not.toMatch(/mờ|chứng sinh/);
    expect(own.events.at(-1)?.payload).toMatchObject({
      marks: [{ kind: "field", id: "childName" }, { id: "birthProof" }],
    });
    expect(await walk.db.clockPause.count({ where: { dossierId } })).toBe(0);
  });

  test("brings the dossier back to the desk with a new revision; the first one and the old files stay", async () => {
    const { dossierId } = await walk.submit(BIRTH);
    const lan = await walk.citizen("lan", at("2026-11-04"));
    await walk.db.attachment.create({
      data: {
        dossierId,
        requirementId: "birthProof",
        kind: "paper",
        name: "cu.pdf",
        size: 1,
        mediaType: "application/pdf",
        sha256: "0",
        storageKey: `old-${dossierId}`,
        createdAt: monday,
      },
    });
    await requestSupplement(await walk.officer("dongKinhDesk"), ask([name, proof], 0, dossierId));
    await upload(lan, (await request(dossierId)).id);
    await answer(lan, dossierId, { childName: "Nguyễn Minh Ân" });
    const back = await walk.dossierOf(dossierId);
    expect(back).toMatchObject({ status: "submitted", waitingSince: null });
    expect(back.answers.map(({ number }) => number)).toEqual([1, 2]);
    const [before, after] = back.answers.map(({ answers }) => answers as Record<string, unknown>);
    expect(after).toEqual({ ...before, childName: "Nguyễn Minh Ân" });
    expect(back.attachments.map(({ name, supersededAt }) => [name, supersededAt !== null])).toEqual([
      ["cu.pdf", true],
      ["chung-sinh.pdf", false],
    ]);
    expect(back.events.map(({ type }) => type)).toEqual([
      "dossier.submitted",
      "dossier.supplement_requested",
      "dossier.supplemented",
    ]);
    await acceptDossier(await walk.officer("dongKinhDesk", at("2026-11-04")), { dossierId, version: back.version });
  });

  test("that never comes lets the desk decline and the applicant withdraw", async () => {
    const desk = await walk.officer("dongKinhDesk");
    const [one, other] = [await walk.submit(BIRTH), await walk.submit(BIRTH)];
    for (const { dossierId } of [one, other]) await requestSupplement(desk, ask([name], 0, dossierId));
    expect((await refusal(acceptDossier(desk, { dossierId: one.dossierId, version: 1 }))).status).toBe(409);
    await declineDossier(desk, { dossierId: one.dossierId, version: 1, reason: "Không bổ sung." });
    await withdrawDossier(await walk.citizen("lan"), {
      reference: other.reference,
      version: 1,
      reason: "Nộp lại sau.",
    });
    expect((await walk.dossierOf(one.dossierId)).status).toBe("declined");
    expect(await walk.dossierOf(other.dossierId)).toMatchObject({ status: "withdrawn", waitingSince: null });
  });
});

describe("a request", () => {
  test("names parts of the dossier, at least one and none twice", async () => {
    const { dossierId } = await walk.submit(BIRTH);
    const desk = await walk.officer("dongKinhDesk");
    const cases = [
      [[], "dossiers.refused.noMarks"],
      [[{ ...name, id: "passwordOfOthers" }], "dossiers.refused.unknownMark"],
      [[{ ...proof, kind: "field" }], "dossiers.refused.unknownMark"],
      [[name, name], "dossiers.refused.unknownMark"],
    ] as const;
    for (const [marks, reason] of cases)
      expect((await refusal(requestSupplement(desk, ask([...marks] as Mark[], 0, dossierId)))).reason).toBe(reason);
    expect((await walk.dossierOf(dossierId)).events).toHaveLength(1);
  });

  test("comes from the desk or who holds the step; others of the agency may not, others elsewhere find nothing", async () => {
    const { dossierId } = await walk.accepted(STATUS);
    const part = async () => ask([(await firstMark(STATUS)) as Mark], await versionOf(dossierId), dossierId);
    for (const who of ["huuLungDesk", "landLeader"] as const)
      expect((await refusal(requestSupplement(await walk.officer(who), await part()))).status, who).toBe(404);
    for (const who of ["dongKinhJustice", "dongKinhClerk", "dongKinhLeader"] as const)
      expect((await refusal(requestSupplement(await walk.officer(who), await part()))).reason, who).toBe(
        "dossiers.refused.notYours",
      );
    const desk = await walk.officer("dongKinhDesk");
    const run = await walk.leadOf(dossierId);
    await advanceStep(desk, { stepRunId: run.id, version: run.version, outcomeId: "hand_over", note: null });
    const next = await walk.leadOf(dossierId);
    const justice = await walk.officer("dongKinhJustice");
    await assignStep(justice, { stepRunId: next.id, version: 0, assigneeId: justice.actor.accountId });
    expect((await refusal(requestSupplement(await walk.officer("dongKinhLand"), await part()))).reason).toBe(
      "dossiers.refused.notYours",
    );
    await requestSupplement(justice, await part());
    expect((await walk.dossierOf(dossierId)).status).toBe("awaiting_supplement");
  });

  test("that is not the first must be confirmed, and is marked", async () => {
    const { dossierId } = await walk.submit(BIRTH);
    const desk = await walk.officer("dongKinhDesk");
    await requestSupplement(desk, ask([name], 0, dossierId));
    await answer(await walk.citizen("lan"), dossierId, { childName: "Nguyễn Ân" });
    const again = ask([name], await versionOf(dossierId), dossierId);
    expect((await refusal(requestSupplement(desk, again))).reason).toBe("dossiers.refused.repeatedRequest");
    await requestSupplement(desk, { ...again, confirmed: true });
    expect((await walk.dossierOf(dossierId)).supplements).toMatchObject([{ repeated: false }, { repeated: true }]);
  });
});

async function firstMark(code: string): Promise<Mark> {
  const { definition } = await walk.version(code);
  const field = definition.form.pages.flatMap(({ fields }) => fields).find(({ type }) => type === "text");
  return { kind: "field", id: field?.id ?? "", note: "Viết rõ." };
}

describe("the clock", () => {
  // domain.md 5.3: received Mon 2/11, asked 5/11, supplied 12/11; here three working days.
  test.each([
    ["restart", "2026-11-17"],
    ["stop", "2026-11-12"],
    ["none", "2026-11-05"],
  ] as const)(
    "%s: three working days from 2/11, asked on the 5th, supplied on the 12th, end on %s",
    async (policy, due) => {
      const { dossierId } = await walk.accepted(STATUS);
      const loaded = await walk.version(STATUS);
      const before = loaded.definition.counting;
      // A version is remembered by the process: its own law is said here.
      loaded.definition.counting = { ...before, pauses: { supplement: policy } };
      try {
        const desk = await walk.officer("dongKinhDesk", at("2026-11-05"));
        const mark = await firstMark(STATUS);
        await requestSupplement(desk, ask([mark], await versionOf(dossierId), dossierId));
        const waiting = await walk.dossierOf(dossierId);
        expect(dateOf(waiting.dueAt ?? monday)).toBe("2026-11-05");
        expect(waiting.pausedAt).toEqual(policy === "none" ? null : at("2026-11-05"));
        expect(waiting.stepRuns.filter(({ pausedAt }) => pausedAt)).toHaveLength(1);
        await answer(await walk.citizen("lan", at("2026-11-12")), dossierId, { [mark.id]: "Nguyễn Văn Bổ" });
        const after = await walk.dossierOf(dossierId);
        expect(after).toMatchObject({ status: "received", pausedAt: null, waitingSince: null });
        expect(dateOf(after.dueAt ?? monday)).toBe(due);
        expect(dateOf(after.originalDueAt ?? monday)).toBe("2026-11-05");
        expect(after.pauses).toMatchObject([{ policy, reason: "supplement", to: at("2026-11-12") }]);
        expect(after.events.at(-1)?.payload).toMatchObject({ dueAt: after.dueAt?.toISOString() });
        expect(after.stepRuns.some(({ pausedAt }) => pausedAt)).toBe(false);
      } finally {
        loaded.definition.counting = before;
      }
    },
  );

  test("begins the whole term again where a procedure's law says nothing, as NĐ 61/2018 Đ19.4 does", async () => {
    const { dossierId } = await walk.accepted(STATUS);
    const mark = await firstMark(STATUS);
    await requestSupplement(await walk.officer("dongKinhDesk", at("2026-11-04")), ask([mark], 1, dossierId));
    await answer(await walk.citizen("lan", at("2026-11-06")), dossierId, { [mark.id]: "Nguyễn Văn Bổ" });
    expect(dateOf((await walk.dossierOf(dossierId)).dueAt ?? monday)).toBe("2026-11-11");
  });

  test("that ran out before the request stays late", async () => {
    const { dossierId } = await walk.accepted(STATUS);
    const mark = await firstMark(STATUS);
    await requestSupplement(await walk.officer("dongKinhDesk", at("2026-11-10")), ask([mark], 1, dossierId));
    expect((await walk.dossierOf(dossierId)).pausedAt).toBeNull();
    await answer(await walk.citizen("lan", at("2026-11-12")), dossierId, { [mark.id]: "Nguyễn Văn Bổ" });
    expect(dateOf((await walk.dossierOf(dossierId)).dueAt ?? monday)).toBe("2026-11-05");
  });

  test("nobody carries the leading step on while the applicant is waited for", async () => {
    const { dossierId } = await walk.accepted(STATUS);
    const desk = await walk.officer("dongKinhDesk");
    await requestSupplement(desk, ask([await firstMark(STATUS)], 1, dossierId));
    const run = await walk.leadOf(dossierId);
    const tried = advanceStep(desk, { stepRunId: run.id, version: run.version, outcomeId: "hand_over", note: null });
    expect((await refusal(tried)).reason).toBe("dossiers.refused.waitingForApplicant");
  });
});

describe("the answer", () => {
  test("changes marked parts alone, whatever else is sent", async () => {
    const { dossierId } = await walk.submit(BIRTH);
    await requestSupplement(await walk.officer("dongKinhDesk"), ask([name], 0, dossierId));
    await answer(await walk.citizen("lan"), dossierId, {
      childName: "Nguyễn Minh Ân",
      motherName: "Kẻ Giả Mạo",
      childGender: "male",
      isAdmin: true,
    });
    const [first, second] = (await walk.dossierOf(dossierId)).answers.map(({ answers }) => answers as object);
    expect(second).toEqual({ ...first, childName: "Nguyễn Minh Ân" });
  });

  test("needs a file for each marked paper, unless the desk took it over the counter", async () => {
    const { dossierId } = await walk.submit(BIRTH);
    const desk = await walk.officer("dongKinhDesk");
    await requestSupplement(desk, ask([proof], 0, dossierId));
    const lan = await walk.citizen("lan");
    const { id, typedVersion } = await request(dossierId);
    const sent = { dossierId, requestId: id, typedVersion, answers: {}, onPaper: ["birthProof"] };
    expect((await refusal(answerSupplement(lan, sent))).reason).toBe("dossiers.refused.supplementLacks");
    await answerSupplement(desk, sent);
    expect(await walk.db.receivedPaper.findFirst({ where: { dossierId } })).toMatchObject({
      requirementId: "birthProof",
      originals: 1,
    });
  });

  test("is the applicant's: another citizen finds no dossier, no request and no file of it", async () => {
    const { dossierId, reference } = await walk.submit(BIRTH);
    await requestSupplement(await walk.officer("dongKinhDesk"), ask([proof], 0, dossierId));
    const [lan, pao] = [await walk.citizen("lan"), await walk.citizen("pao")];
    const { id } = await request(dossierId);
    await upload(lan, id);
    const file = await walk.db.attachment.findFirstOrThrow({ where: { supplementId: id } });
    expect(await saveSupplement(pao, id, 0, { childName: "x" })).toBe(false);
    expect((await refusal(upload(pao, id))).reason).toBe("dossiers.refused.nothingAsked");
    await removeSupplementFile(pao, id, file.id);
    const sent = { dossierId, requestId: id, typedVersion: 0, answers: {} };
    expect((await refusal(answerSupplement(pao, sent))).status).toBe(404);
    expect((await refusal(answerSupplement(await walk.officer("huuLungDesk"), sent))).status).toBe(404);
    expect((await refusal(withdrawDossier(pao, { reference, version: 1, reason: "x" }))).status).toBe(404);
    expect(await walk.db.attachment.count({ where: { supplementId: id } })).toBe(1);
  });

  test("of two at once one is taken; a withdrawal and an answer at once leave one of the two", async () => {
    const { dossierId, reference } = await walk.submit(BIRTH);
    await requestSupplement(await walk.officer("dongKinhDesk"), ask([name], 0, dossierId));
    const lan = await walk.citizen("lan");
    const sent = { dossierId, requestId: (await request(dossierId)).id, typedVersion: 0, answers: { childName: "Ân" } };
    const tries = await Promise.allSettled([
      answerSupplement(lan, sent),
      answerSupplement(lan, sent),
      withdrawDossier(lan, { reference, version: 1, reason: "Thôi." }),
    ]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const lost of tries.filter((one) => one.status === "rejected"))
      expect(["dossiers.refused.nothingAsked", "dossiers.refused.changedMeanwhile"]).toContain(lost.reason.reason);
    const { events } = await walk.dossierOf(dossierId);
    expect(events).toHaveLength(3);
    expect(firstBrokenLink(events)).toBeNull();
  });
});

describe("withdrawing and stopping", () => {
  test("end all work, keep the reason where it can be erased, and let the clock go", async () => {
    const desk = await walk.officer("dongKinhDesk");
    const [mine, theirs] = [await walk.accepted(STATUS), await walk.accepted(STATUS)];
    const mark = await firstMark(STATUS);
    for (const { dossierId } of [mine, theirs]) await requestSupplement(desk, ask([mark], 1, dossierId));
    await withdrawDossier(await walk.citizen("lan"), {
      reference: mine.reference,
      version: 2,
      reason: "Không cần nữa.",
    });
    await stopDossier(await walk.officer("dongKinhLeader"), {
      dossierId: theirs.dossierId,
      version: 2,
      reason: "Quá hạn bổ sung.",
    });
    for (const [{ dossierId }, status] of [
      [mine, "withdrawn"],
      [theirs, "stopped"],
    ] as const) {
      const ended = await walk.dossierOf(dossierId);
      expect(ended).toMatchObject({ status, finishedAt: monday, pausedAt: null, waitingSince: null });
      expect(ended.stepRuns.every(({ closedAt, pausedAt }) => closedAt && !pausedAt)).toBe(true);
      expect(ended.pauses.every(({ to }) => to)).toBe(true);
      expect(ended.notes.every((note) => note.public)).toBe(true);
      expect(JSON.stringify(ended.events)).not.toMatch(/cần nữa|Quá hạn/);
    }
  });

  test("stopping is the desk's and the leader's; a dossier that is not accepted is not stopped but declined", async () => {
    const { dossierId } = await walk.accepted(STATUS);
    const input = { dossierId, version: 1, reason: "Không đủ căn cứ." };
    expect((await refusal(stopDossier(await walk.officer("dongKinhJustice"), input))).reason).toBe(
      "dossiers.refused.notYours",
    );
    expect((await refusal(stopDossier(await walk.officer("huuLungDesk"), input))).status).toBe(404);
    const filed = await walk.submit(STATUS);
    const tried = stopDossier(await walk.officer("dongKinhDesk"), { ...input, dossierId: filed.dossierId, version: 0 });
    expect((await refusal(tried)).status).toBe(409);
  });

  test("a closed dossier is neither withdrawn nor stopped nor extended", async () => {
    const { dossierId, reference } = await walk.accepted(STATUS);
    const [desk, lan] = [await walk.officer("dongKinhDesk"), await walk.citizen("lan")];
    await stopDossier(desk, { dossierId, version: 1, reason: "Dừng." });
    const late = { dossierId, version: 2, reason: "x" };
    expect((await refusal(withdrawDossier(lan, { reference, version: 2, reason: "x" }))).status).toBe(409);
    expect((await refusal(stopDossier(desk, late))).reason).toBe("dossiers.changed.dossier_stopped");
    expect((await refusal(extendDossier(desk, { ...late, until: "2026-11-09" }))).status).toBe(409);
  });
});

describe("the extension with an apology (form 04)", () => {
  const extend = (ctx: Context<Officer>, dossierId: string, until: string, version = 1) =>
    extendDossier(ctx, { dossierId, version, until, reason: "Cần xác minh thêm." });

  // Due Thursday 5/11/2026.
  test.each([
    ["2026-11-04", "2026-11-10", null],
    ["2026-11-05", "2026-11-10", "dossiers.refused.tooLateToExtend"],
    ["2026-11-06", "2026-11-10", "dossiers.refused.tooLateToExtend"],
    ["2026-11-04", "2026-11-05", "dossiers.refused.extensionTooEarly"],
    ["2026-11-04", "2026-11-07", "dossiers.refused.extensionDayOff"],
    ["2026-11-04", "2026-11-24", "dossiers.refused.extensionDayOff"],
  ])("of a dossier due on 5/11, asked on %s until %s: %s", async (day, until, reason) => {
    const { dossierId } = await walk.accepted(STATUS);
    const desk = await walk.officer("dongKinhDesk", at(day, "16:59"));
    if (reason) {
      expect((await refusal(extend(desk, dossierId, until))).reason).toBe(reason);
      expect(dateOf((await walk.dossierOf(dossierId)).dueAt ?? monday)).toBe("2026-11-05");
      return;
    }
    await extend(desk, dossierId, until);
    const extended = await walk.dossierOf(dossierId);
    expect(extended).toMatchObject({ status: "received", version: 2, dueAt: at(until, "17:00") });
    expect(extended.originalDueAt).toEqual(at("2026-11-05", "17:00"));
    expect(extended.extension).toMatchObject({ oldDueAt: at("2026-11-05", "17:00"), newDueAt: at(until, "17:00") });
    expect(extended.notes).toMatchObject([{ kind: "extension", public: true, text: "Cần xác minh thêm." }]);
    expect(JSON.stringify(extended.events)).not.toContain("xác minh");
  });

  test("is given once, by the desk or a leader, and not while the clock stands", async () => {
    const { dossierId } = await walk.accepted(STATUS);
    for (const [who, status] of [
      ["dongKinhJustice", 403],
      ["huuLungLeader", 404],
    ] as const)
      expect((await refusal(extend(await walk.officer(who), dossierId, "2026-11-10"))).status).toBe(status);
    const leader = await walk.officer("dongKinhLeader");
    await extend(leader, dossierId, "2026-11-10");
    expect((await refusal(extend(leader, dossierId, "2026-11-12", 2))).reason).toBe("dossiers.refused.extendedAlready");

    const other = await walk.accepted(STATUS);
    const desk = await walk.officer("dongKinhDesk");
    await requestSupplement(desk, ask([await firstMark(STATUS)], 1, other.dossierId));
    expect((await refusal(extend(desk, other.dossierId, "2026-11-10", 2))).reason).toBe("dossiers.refused.clockStands");
  });

  test("of two at once one is given", async () => {
    const { dossierId } = await walk.accepted(STATUS);
    const desk = await walk.officer("dongKinhDesk");
    const tries = await Promise.allSettled([
      extend(desk, dossierId, "2026-11-10"),
      extend(desk, dossierId, "2026-11-11"),
      extend(await walk.officer("dongKinhLeader"), dossierId, "2026-11-12"),
    ]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const lost of tries.filter((one) => one.status === "rejected"))
      expect(lost.reason.reason).toBe("dossiers.changed.dossier_extended");
  });
});
