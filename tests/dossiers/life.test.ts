import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addWorkingDays, type Calendar, dateOf, dueAfterPauses, findCalendar } from "#calendar/index.ts";
import {
  acceptDossier,
  advanceStep,
  answerDraft,
  answerSupplement,
  askObligation,
  confirmOnTime,
  correctResult,
  declineDossier,
  deliverResult,
  explainLateness,
  extendDossier,
  fileMarks,
  firstBrokenLink,
  handOverPapers,
  keepSupplementFiles,
  markableParts,
  marksOf,
  meetObligation,
  proposeExtension,
  receivePapers,
  recordResult,
  reopenDossier,
  requestSupplement,
  showDraft,
  stopDossier,
  takeSilence,
  verifyHistory,
  withdrawDossier,
} from "#dossiers/index.ts";
import { isFinished, isWaiting, type MoveName, moves, nationalStatus, STATUSES, type Status } from "#dossiers/rules.ts";
import { Refusal } from "#platform/refusal.ts";
import { type Answers, type LoadedVersion, timeLimitFor } from "#procedures/index.ts";
import { STEP_STATUSES } from "#workflow/definition.ts";
import { findStep, shapes } from "#workflow/index.ts";
import { at, makeWalk, type Walk } from "./walk.ts";

describe("the table of moves", () => {
  const leaving = (status: Status): MoveName[] =>
    (Object.keys(moves) as MoveName[]).filter((name) =>
      (moves[name].from as readonly (Status | null)[]).includes(status),
    );
  /** What is done with the papers that lie at the desk changes nothing of the dossier, and outlasts its end. */
  const PAPERS: readonly MoveName[] = ["receivePapers", "digitise", "certifyCopies"];
  const changing = (status: Status): MoveName[] => leaving(status).filter((name) => !PAPERS.includes(name));
  const targets = (name: MoveName, status: Status): Status[] => {
    const { to } = moves[name];
    if (to === "step") return [...STEP_STATUSES];
    if (to === "back") return [...STEP_STATUSES, "awaiting_supplement"];
    return to === "same" ? [status] : [to];
  };

  test("reaches every status from filing, and each of them leads to an end", () => {
    const reached = new Set<Status>(["submitted"]);
    for (const status of reached)
      for (const name of leaving(status)) for (const to of targets(name, status)) reached.add(to);
    expect([...reached].sort()).toEqual([...STATUSES].sort());
    const ends = (from: Status): boolean => {
      const seen = new Set<Status>([from]);
      for (const status of seen)
        for (const name of leaving(status)) for (const to of targets(name, status)) seen.add(to);
      return [...seen].some(isFinished);
    };
    for (const status of STATUSES) expect(ends(status), status).toBe(true);
  });

  test("leaves nobody in an open status with only another's good will: applicant and authority can each end it", () => {
    for (const status of STATUSES.filter((one) => !isFinished(one))) {
      const by = new Set(leaving(status).map((name) => moves[name].by));
      expect(by.has("citizen"), status).toBe(true);
      expect(by.has("desk") || by.has("handler") || by.has("step"), status).toBe(true);
    }
    const after = (status: Status) => changing(status).filter((name) => moves[name].by !== "leader");
    expect(STATUSES.filter((one) => isFinished(one) && after(one).length > 0)).toEqual(["completed"]);
    // Only with authority does anything closed change again; what the applicant ended, and what was never taken in, never.
    expect(leaving("refused")).toEqual(["reopen"]);
    expect(leaving("stopped")).toEqual(["reopen"]);
    expect(changing("delivered")).toEqual(["correctResult"]);
    for (const name of PAPERS) expect(moves[name].to, name).toBe("same");
    for (const status of ["declined", "withdrawn"] as const) expect(leaving(status), status).toEqual([]);
  });

  test.each(Object.entries(shapes))(
    "and in %s each step stands in a status that its officer's moves may leave",
    (_name, shape) => {
      for (const step of shape.steps.filter(({ branch }) => !branch)) {
        expect(leaving(step.status), step.id).toContain("advance");
        for (const outcome of step.outcomes) {
          const move = outcome.kind === "complete" ? "complete" : outcome.kind === "refuse" ? "refuse" : "advance";
          expect(leaving(step.status), `${step.id}: ${outcome.id}`).toContain(move);
        }
        expect(leaving(step.status)).toContain("withdraw");
        expect(leaving(step.status)).toContain("stop");
      }
    },
  );
});

const many = (name: string, times: number): string[] => Array.from({ length: times }, () => name);

/** Numbers that are the same in each run, so that a walk that fails can be walked again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("hundreds of dossiers walked at random through every move", () => {
  let walk: Walk;
  let calendar: Calendar;
  beforeAll(async () => {
    walk = await makeWalk();
    calendar = await findCalendar(walk.world);
  }, 90_000);
  afterAll(() => walk.end());

  const CODES = [
    ["1.001193", "dongKinh"],
    ["1.004873", "dongKinh"],
    ["1.001612", "huuLung"],
    ["1.012753", "dongKinh"],
  ] as const;
  /** `WALKS=10000 npm test -- tests/dossiers/life.test.ts` walks that many; `FIRST_WALK=5001` goes on from there. */
  const WALKS = Number(process.env["WALKS"] ?? 100);
  const FIRST_WALK = Number(process.env["FIRST_WALK"] ?? 1);
  const STEPS = 18;

  const leaderOf = (dossier: Dossier, now: Date) => {
    const run = dossier.stepRuns.findLast(({ lead }) => lead);
    return walk.whoHolds({ agencyId: run?.agencyId ?? dossier.receivingAgencyId, role: "leader" }, now);
  };
  /** Who holds the open lead step. */
  const holderOf = (dossier: Dossier, now: Date) => {
    const run = dossier.stepRuns.find(({ lead, closedAt }) => lead && closedAt === null);
    return walk.whoHolds(run ?? { agencyId: dossier.receivingAgencyId, role: "desk" }, now);
  };
  type Dossier = Awaited<ReturnType<Walk["dossierOf"]>>;
  type Random = (below: number) => number;

  /** One thing that might be done now, lawful or not: what is refused must change nothing. */
  const tries: Record<
    string,
    (dossier: Dossier, version: LoadedVersion, now: Date, random: Random) => Promise<unknown>
  > = {
    accept: async ({ id, version, receivingAgencyId }, _v, now) =>
      acceptDossier(await walk.whoHolds({ agencyId: receivingAgencyId, role: "desk" }, now), {
        dossierId: id,
        version,
      }),
    decline: async ({ id, version, receivingAgencyId }, _v, now) =>
      declineDossier(await walk.whoHolds({ agencyId: receivingAgencyId, role: "desk" }, now), {
        dossierId: id,
        version,
        reason: "Không đúng thẩm quyền.",
      }),
    ask: async (dossier, { definition }, now, random) => {
      const answers = (dossier.answers.at(-1)?.answers ?? {}) as Answers;
      const parts = markableParts(definition, { ...dossier, answers });
      const marks = parts.filter(() => random(4) === 0).map(({ kind, id }) => ({ kind, id, note: "Hãy xem lại." }));
      const desk = await walk.whoHolds({ agencyId: dossier.receivingAgencyId, role: "desk" }, now);
      return requestSupplement(desk, {
        dossierId: dossier.id,
        version: dossier.version,
        marks,
        reason: "Chưa đủ.",
        answerBy: null,
        confirmed: true,
      });
    },
    answer: async (dossier, { definition }, now, random) => {
      const request = dossier.supplements.find(({ answeredAt }) => answeredAt === null);
      if (!request) throw new Refusal("dossiers.refused.nothingAsked");
      const lan = await walk.citizen("lan", now);
      const files = fileMarks(definition, marksOf(request.marks));
      const staged = await Promise.all(files.map(() => walk.pdf()));
      const isWhole = random(5) > 0;
      await keepSupplementFiles(
        lan,
        request.id,
        files.slice(isWhole ? 0 : 1).flatMap((requirementId, i) =>
          staged[i]
            ? [
                {
                  requirementId,
                  kind: "paper" as const,
                  staged: staged[i],
                  name: "a.pdf",
                  mediaType: "application/pdf",
                },
              ]
            : [],
        ),
      );
      const answers = (dossier.answers.at(-1)?.answers ?? {}) as Answers;
      return answerSupplement(lan, { dossierId: dossier.id, requestId: request.id, typedVersion: 0, answers });
    },
    withdraw: async ({ reference, version }, _v, now, random) =>
      random(4) === 0
        ? withdrawDossier(await walk.citizen("lan", now), { reference, version, reason: "Thôi." })
        : undefined,
    stop: async ({ id, version, receivingAgencyId }, _v, now, random) =>
      random(4) === 0
        ? stopDossier(await walk.whoHolds({ agencyId: receivingAgencyId, role: "desk" }, now), {
            dossierId: id,
            version,
            reason: "Dừng.",
          })
        : undefined,
    extend: async ({ id, version, receivingAgencyId, dueAt }, { definition }, now, random) => {
      const desk = await walk.whoHolds({ agencyId: receivingAgencyId, role: "desk" }, now);
      const calendar = await findCalendar(desk);
      const until = addWorkingDays(dateOf(dueAt ?? now), 1 + random(5), calendar, definition.counting);
      return extendDossier(desk, { dossierId: id, version, until, reason: "Chờ xác minh." });
    },
    advance: async (dossier, { definition }, now, random) => {
      const open = dossier.stepRuns.filter(({ closedAt }) => closedAt === null);
      const run = open[random(open.length)];
      if (!run) throw new Refusal("workflow.refused.stepNotOpen");
      const step = findStep(definition.workflow, run.stepId);
      const done = dossier.stepRuns.filter((one) => step?.notSameOfficerAs?.includes(one.stepId));
      const officer = await walk.whoHolds(
        run,
        now,
        done.map(({ closedById }) => closedById),
      );
      if (step?.needs?.includes("result") && random(4) > 0)
        await recordResult(officer, {
          dossierId: dossier.id,
          title: "Kết quả",
          number: "05/KQ",
          issuedOn: dateOf(now),
          signerName: null,
          file: null,
        });
      const outcomes = step?.outcomes ?? [];
      // Mostly onward, so that some arrive.
      const outcome = random(4) > 0 ? outcomes[0] : outcomes[random(outcomes.length)];
      return advanceStep(officer, {
        stepRunId: run.id,
        version: run.version,
        outcomeId: outcome?.id ?? "",
        note: random(5) > 0 ? "Ý kiến." : null,
        ground: random(5) > 0 ? "Điều 5 của quy định." : null,
      });
    },
    sendBack: async (dossier, { definition }, now) => {
      const answers = (dossier.answers.at(-1)?.answers ?? {}) as Answers;
      const marks = markableParts(definition, { ...dossier, answers })
        .slice(0, 1)
        .map(({ kind, id }) => ({ kind, id, note: "Chưa đủ điều kiện." }));
      return requestSupplement(await holderOf(dossier, now), {
        dossierId: dossier.id,
        version: dossier.version,
        marks,
        reason: "Chưa đủ điều kiện.",
        answerBy: null,
        confirmed: true,
        asReturn: true,
      });
    },
    oblige: async (dossier, _v, now) =>
      askObligation(await holderOf(dossier, now), {
        dossierId: dossier.id,
        version: dossier.version,
        what: "Lệ phí trước bạ theo thông báo.",
        amount: 120_000n,
        payBy: null,
      }),
    pay: async (dossier, _v, now) =>
      meetObligation(await holderOf(dossier, now), { dossierId: dossier.id, version: dossier.version, proof: "BL 12" }),
    promise: async (dossier, _v, now) =>
      confirmOnTime(await holderOf(dossier, now), { dossierId: dossier.id, version: dossier.version }),
    propose: async (dossier, { definition }, now) =>
      proposeExtension(await holderOf(dossier, now), {
        dossierId: dossier.id,
        version: dossier.version,
        until: addWorkingDays(dateOf(dossier.dueAt ?? now), 3, calendar, definition.counting),
        reason: "Chờ xác minh.",
      }),
    explain: async (dossier, _v, now) =>
      explainLateness(await leaderOf(dossier, now), {
        dossierId: dossier.id,
        version: dossier.version,
        reason: `Chờ cơ quan phối hợp (${now.toISOString()}).`,
      }),
    show: async (dossier, _v, now) => {
      const officer = await holderOf(dossier, now);
      await recordResult(officer, {
        dossierId: dossier.id,
        title: "Dự thảo",
        number: null,
        issuedOn: null,
        signerName: null,
        file: { staged: await walk.pdf(), name: "du-thao.pdf", mediaType: "application/pdf" },
      });
      const { version } = await walk.dossierOf(dossier.id);
      return showDraft(officer, { dossierId: dossier.id, version });
    },
    judge: async ({ reference, version }, _v, now, random) =>
      answerDraft(await walk.citizen("lan", now), { reference, version, objection: random(2) ? "Sai tên." : null }),
    silence: async (_d, _v, now) => {
      if ((await takeSilence({ ...walk.world, ...(await walk.citizen("lan", now)) })) === 0)
        throw new Refusal("dossiers.refused.nothingShown");
    },
    hand: async (dossier, _v, now) =>
      handOverPapers(await walk.whoHolds({ agencyId: dossier.receivingAgencyId, role: "desk" }, now), {
        dossierId: dossier.id,
        version: dossier.version,
        papers: "01 bộ hồ sơ giấy",
      }),
    take: async (dossier, _v, now) =>
      receivePapers(await holderOf(dossier, now), { dossierId: dossier.id, version: dossier.version, remark: null }),
    correct: async (dossier, _v, now) => {
      const issued = await walk.db.result.findFirst({ where: { dossierId: dossier.id, state: "issued" } });
      if (!issued) throw new Refusal("dossiers.refused.noResultToCorrect");
      return correctResult(await walk.whoHolds({ agencyId: issued.issuerAgencyId, role: "leader" }, now), {
        dossierId: dossier.id,
        version: dossier.version,
        resultId: issued.id,
        title: "Kết quả",
        number: "06/KQ",
        issuedOn: dateOf(now),
        signerName: null,
        file: null,
        reason: "Sai ngày sinh.",
      });
    },
    reopen: async (dossier, _v, now, random) =>
      random(2) === 0
        ? reopenDossier(await leaderOf(dossier, now), {
            dossierId: dossier.id,
            version: dossier.version,
            reason: "Theo kết luận giải quyết khiếu nại.",
          })
        : undefined,
    deliver: async ({ id, version, receivingAgencyId }, _v, now) =>
      deliverResult(await walk.whoHolds({ agencyId: receivingAgencyId, role: "desk" }, now), {
        dossierId: id,
        version,
        method: "counter",
        receivedBy: "Nguyễn Thị Lan",
      }),
  };

  /** What holds of a dossier wherever it stands. */
  function check(dossier: Dossier, { definition }: LoadedVersion, trail: string): void {
    const { status, events, stepRuns, pauses } = dossier;
    const leads = stepRuns.filter((run) => run.lead && run.closedAt === null);
    const isAccepted = dossier.acceptedAt !== null;
    expect(leads.length, `${trail}: open leads`).toBe(isAccepted && !isFinished(status) ? 1 : 0);
    if (isFinished(status))
      expect(
        stepRuns.filter((run) => !run.closedAt && run.lead),
        trail,
      ).toEqual([]);
    expect(nationalStatus[status], trail).toBeGreaterThan(0);
    expect(firstBrokenLink(events), trail).toBeNull();
    const last = events.at(-1);
    expect([last?.status, last?.seq, last?.hash, events.length], trail).toEqual([
      status,
      dossier.lastEventSeq,
      dossier.lastEventHash,
      events.length,
    ]);
    const open = pauses.filter(({ to }) => to === null);
    expect(open.length, `${trail}: open pauses`).toBe(/^awaiting_/.test(status) ? 1 : 0);
    expect(dossier.waitingSince !== null, `${trail}: waiting`).toBe(isWaiting(status));
    if (dossier.pausedAt) expect(open[0]?.from, trail).toEqual(dossier.pausedAt);
    expect((dossier.code === null) === !isAccepted, `${trail}: code`).toBe(true);
    expect(leads.filter(({ pausedAt }) => pausedAt).length, `${trail}: paused step`).toBe(
      status === "awaiting_supplement" ||
        dossier.obligations.some(({ metAt }) => !metAt && status === "awaiting_obligation")
        ? 1
        : 0,
    );
    const shown = dossier.confirmations.filter(({ answeredAt }) => answeredAt === null);
    expect(shown.length, `${trail}: drafts looked at`).toBeLessThanOrEqual(isFinished(status) ? 0 : 1);
    expect(dossier.results.filter(({ state }) => state === "issued").length, `${trail}: results`).toBeLessThanOrEqual(
      1,
    );
    expect(dossier.finishedAt !== null, `${trail}: finished`).toBe(isFinished(status));
    const limit = timeLimitFor(definition, dossier);
    if (limit && dossier.clockStartedAt && !dossier.pausedAt && !isFinished(status)) {
      const { extension } = dossier;
      const { dueAt } = dueAfterPauses(
        dossier.clockStartedAt,
        limit.term,
        calendar,
        definition.counting,
        pauses.map(({ from, to, policy }) => ({ from, to, policy, reason: "other" })),
        extension && { decidedAt: extension.at, until: dateOf(extension.newDueAt) },
      );
      expect(dossier.dueAt, `${trail}: counted`).toEqual(dueAt);
    }
    const dues = events.flatMap(({ payload }) => (payload as { dueAt?: string | null }).dueAt ?? []);
    if (dossier.dueAt) expect(dossier.dueAt.toISOString(), `${trail}: due`).toBe(dues.at(-1));
  }

  test("keep one lead or none, agree with their history, and never count paused time", {
    timeout: 240_000 + WALKS * 1000,
  }, async () => {
    const ended = new Map<string, number>();
    const done = new Map<string, number>();
    const walkOne = async (i: number): Promise<void> => {
      const random = numbers(FIRST_WALK + i);
      const [code, agency] = CODES[i % CODES.length] ?? CODES[0];
      const version = await walk.version(code);
      let now = at("2026-11-02", "08:00");
      const { dossierId } = await walk.submit(code, agency, now);
      let dossier = await walk.dossierOf(dossierId);
      const trail: string[] = [`walk ${FIRST_WALK + i} of ${code}`];
      // Mostly what is likely, now and then anything.
      const names = Object.keys(tries);
      const likely: Partial<Record<Status, string[]>> = {
        submitted: ["accept", "accept", "accept", "accept", "ask", "decline"],
        intake_supplement: ["answer"],
        awaiting_supplement: ["answer"],
        awaiting_obligation: ["pay", "pay", "advance"],
        completed: ["deliver", "deliver", "correct", "reopen"],
        delivered: ["correct", "correct"],
        refused: ["reopen"],
        stopped: ["reopen"],
      };
      const inWork = [
        ...many("advance", 14),
        ...["ask", "extend", "sendBack", "oblige", "promise", "propose"],
        ...["explain", "show", "judge", "judge", "hand", "take", "take"],
      ];
      for (let step = 0; step < STEPS; step++) {
        const isShown = dossier.confirmations.some(({ answeredAt }) => answeredAt === null);
        // Silence is assent only after days.
        now = new Date(now.getTime() + random(isShown ? 120 : 30) * 3_600_000);
        const lead = dossier.stepRuns.find((run) => run.lead && run.closedAt === null);
        const isMaking = lead && findStep(version.definition.workflow, lead.stepId)?.needs?.includes("result");
        const inHand = isMaking ? [...inWork, ...many("show", 5)] : inWork;
        const fitting = isShown ? ["judge", ...many("silence", 3)] : (likely[dossier.status] ?? inHand);
        const pool = random(5) > 0 ? fitting : names;
        const name = pool[random(pool.length)] ?? "advance";
        const before = dossier;
        const refused: unknown = await (tries[name] as (typeof tries)[string])(before, version, now, random).then(
          () => null,
          (error: unknown) => error,
        );
        if (refused !== null && !(refused instanceof Refusal)) throw refused;
        dossier = await walk.dossierOf(dossierId);
        trail.push(refused instanceof Refusal ? `(${name}: ${refused.reason})` : name);
        if (!refused) done.set(name, (done.get(name) ?? 0) + 1);
        check(dossier, version, trail.join(" → "));
      }
      ended.set(dossier.status, (ended.get(dossier.status) ?? 0) + 1);
    };
    // Side by side, as in an office: they share desks, counters and officers.
    const queue = Array.from({ length: WALKS }, (_, i) => i);
    const lane = async (): Promise<void> => {
      for (let i = queue.pop(); i !== undefined; i = queue.pop()) await walkOne(i);
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    // A walk that meets nothing proves nothing.
    const rare = Object.keys(tries).filter((name) => !done.has(name));
    expect(rare, `how often: ${JSON.stringify(Object.fromEntries(done))}`).toEqual([]);
    expect(ended.size).toBeGreaterThan(4);
    expect((await verifyHistory(walk.world)).breaks).toEqual([]);
  });
});
