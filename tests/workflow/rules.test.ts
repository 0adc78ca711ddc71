import { describe, expect, test } from "vitest";
import {
  type Actor,
  type ClosedRun,
  type Decision,
  decide,
  draftsResult,
  findStep,
  makesResult,
  mayAct,
  needsNote,
  needsResult,
  type Opening,
  type OpenRun,
  offeredOutcomes,
  openingSteps,
  REFUSALS,
  resolveAgency,
  type Step,
  shapes,
  standingStatus,
  Workflow,
} from "#workflow/index.ts";
import { vi } from "#workflow/messages.ts";

const shapeList = Object.entries(shapes);
const agencyOf = (step: Step): string =>
  typeof step.agency === "string" ? step.agency : `${step.agency.kind}-${step.agency.at}`;
const officerFor = (step: Step, officerId: string = `${agencyOf(step)}-${step.role}`): Actor => ({
  officerId,
  postings: [{ agencyId: agencyOf(step), role: step.role }],
});
const stepIn = (workflow: Workflow, id: string): Step => {
  const step = findStep(workflow, id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
};

/** A dossier as the database would hold it: open runs, history, status; acts with the officer whose turn it is. */
class Dossier {
  runs: OpenRun[] = [];
  history: ClosedRun[] = [];
  status: string | undefined;
  ends: string | undefined;
  #made = 0;
  readonly workflow: Workflow;
  constructor(workflow: Workflow) {
    this.workflow = workflow;
    const { opens, status } = openingSteps(workflow);
    this.#open(opens);
    this.status = status;
  }
  #open(opens: Opening[]): void {
    for (const { stepId, lead } of opens) {
      const agencyId = agencyOf(stepIn(this.workflow, stepId));
      this.runs.push({ id: `run${++this.#made}`, stepId, lead, agencyId, assigneeId: null });
    }
  }
  decide(
    stepId: string,
    outcomeId: string,
    facts: { hasNote?: boolean; hasResult?: boolean; actor?: Actor } = {},
  ): Decision {
    const run = this.runs.find((open) => open.stepId === stepId);
    const actor = facts.actor ?? officerFor(stepIn(this.workflow, stepId));
    return decide(this.workflow, this.runs, run?.id ?? "none", outcomeId, {
      actor,
      history: this.history,
      hasNote: facts.hasNote ?? true,
      hasResult: facts.hasResult ?? true,
    });
  }
  act(stepId: string, outcomeId: string): Decision {
    const decision = this.decide(stepId, outcomeId);
    if (!decision.ok) throw new Error(`${stepId}.${outcomeId} refused: ${decision.reason}`);
    for (const id of decision.closes) {
      const run = this.runs.find((open) => open.id === id);
      if (run)
        this.history.push({ stepId: run.stepId, officerId: officerFor(stepIn(this.workflow, stepId)).officerId });
    }
    this.runs = this.runs.filter(({ id }) => !decision.closes.includes(id));
    this.#open(decision.opens);
    this.status = decision.status ?? this.status;
    this.ends = decision.ends;
    return decision;
  }
  get open(): string[] {
    return this.runs.map(({ stepId, lead }) => (lead ? stepId : `+${stepId}`)).sort();
  }
}
const walk = (workflow: Workflow, path: string): Dossier => {
  const dossier = new Dossier(workflow);
  for (const move of path.split(" ")) dossier.act(...(move.split(".") as [string, string]));
  return dossier;
};

describe("the three shapes", () => {
  test.each(shapeList)("%s is a sound definition and survives storage as JSON", (_name, shape) => {
    expect(Workflow.parse(JSON.parse(JSON.stringify(shape)))).toEqual(shape);
  });

  test.each([
    ["communeSameDay", "hand_over.hand_over appraise.submit sign.approve issue.issue"],
    [
      "departmentAppraisal",
      "hand_over.hand_over appraise.consult opinion.answer appraise.submit review.submit approve.approve issue.issue",
    ],
    [
      "interAgency",
      "hand_over.hand_over verify.submit transfer.transfer appraise.consult tax_opinion.answer appraise.submit approve.approve issue.send result_ready.ready",
    ],
  ] as const)("%s goes from acceptance to the result", (name, path) => {
    const dossier = walk(shapes[name], path);
    expect(dossier.open).toEqual([]);
    expect([dossier.status, dossier.ends]).toEqual(["completed", "completed"]);
  });

  test("the dossier is received until it is handed over, then in processing", () => {
    const dossier = new Dossier(shapes.communeSameDay);
    expect(dossier.status).toBe("received");
    expect(dossier.act("hand_over", "hand_over")).toMatchObject({ status: "processing" });
    expect(standingStatus(shapes.communeSameDay, dossier.runs)).toBe("processing");
  });

  test("a leader's refusal closes everything, consulted branches too, and the dossier is refused", () => {
    const dossier = walk(shapes.communeSameDay, "hand_over.hand_over appraise.submit");
    expect(dossier.act("sign", "refuse")).toMatchObject({ opens: [], status: "refused", ends: "refused" });
    expect(dossier.open).toEqual([]);
  });

  test("a returned dossier goes back to the hands that sent it, and comes forward again", () => {
    const dossier = walk(shapes.departmentAppraisal, "hand_over.hand_over appraise.submit");
    expect(dossier.act("review", "return")).toMatchObject({
      opens: [{ stepId: "appraise", lead: true, formerOfficerId: "competent-specialist" }],
    });
    dossier.act("appraise", "submit");
    expect(dossier.open).toEqual(["review"]);
  });

  test("the inter-agency dossier may be sent from the province back to the commune", () => {
    const dossier = walk(shapes.interAgency, "hand_over.hand_over verify.submit transfer.transfer appraise.return");
    expect(dossier.runs).toMatchObject([{ stepId: "verify", agencyId: "commune_committee-commune", lead: true }]);
  });
});

describe("consultation", () => {
  const consulting = (): Dossier => walk(shapes.departmentAppraisal, "hand_over.hand_over appraise.consult");

  test("opens the branch beside the lead, which keeps the status", () => {
    const dossier = consulting();
    expect(dossier.open).toEqual(["+opinion", "appraise"]);
    expect(dossier.status).toBe("processing");
  });

  test("must be answered before an outcome that waits for it", () => {
    const dossier = consulting();
    expect(dossier.decide("appraise", "submit")).toMatchObject({
      ok: false,
      reason: "workflow.refused.branchesOpen",
      params: { branches: "Cho ý kiến phối hợp" },
    });
    expect(dossier.act("opinion", "answer")).toEqual({ ok: true, closes: ["run4"], opens: [] });
    expect(dossier.decide("appraise", "submit").ok).toBe(true);
  });

  test("asked twice while still open gives one branch, not two", () => {
    const dossier = consulting();
    dossier.act("appraise", "consult");
    expect(dossier.open).toEqual(["+opinion", "appraise"]);
  });

  test("asked again after the answer opens the branch anew", () => {
    const dossier = consulting();
    dossier.act("opinion", "answer");
    dossier.act("appraise", "consult");
    expect(dossier.open).toEqual(["+opinion", "appraise"]);
  });

  test("stays open beside the step that the lead returned to", () => {
    const dossier = consulting();
    dossier.act("appraise", "return");
    expect(dossier.open).toEqual(["+opinion", "hand_over"]);
    expect(dossier.status).toBe("received");
  });

  test("unanswered, closes with a dossier that ends without waiting", () => {
    const workflow = structuredClone(shapes.departmentAppraisal) as Workflow;
    delete workflow.steps[1]?.outcomes[0]?.waitsForBranches;
    const dossier = walk(workflow, "hand_over.hand_over appraise.consult appraise.submit review.submit");
    expect(dossier.open).toEqual(["+opinion", "approve"]);
    dossier.act("approve", "refuse");
    expect(dossier.open).toEqual([]);
  });
});

describe("a refused move says why", () => {
  const dossier = walk(shapes.departmentAppraisal, "hand_over.hand_over appraise.submit");
  const review = stepIn(shapes.departmentAppraisal, "review");
  const reason = (decision: Decision): string =>
    decision.ok ? "allowed" : decision.reason.replace("workflow.refused.", "");

  test.each([
    ["a step that is not open", () => dossier.decide("issue", "issue"), "stepNotOpen"],
    ["an outcome that the step does not have", () => dossier.decide("review", "issue"), "unknownOutcome"],
    [
      "an outcome named like a property of every object",
      () => dossier.decide("review", "constructor"),
      "unknownOutcome",
    ],
    ["a missing note on a return", () => dossier.decide("review", "return", { hasNote: false }), "noteMissing"],
    [
      "another role at the same agency",
      () =>
        dossier.decide("review", "submit", {
          actor: { officerId: "x", postings: [{ agencyId: "competent", role: "leader" }] },
        }),
      "notYourRole",
    ],
    [
      "the same role at another agency",
      () =>
        dossier.decide("review", "submit", {
          actor: { officerId: "x", postings: [{ agencyId: "other", role: "unit_head" }] },
        }),
      "notYourRole",
    ],
    [
      "an officer without postings",
      () => dossier.decide("review", "submit", { actor: { officerId: "x", postings: [] } }),
      "notYourRole",
    ],
    [
      "the officer who appraised, where four eyes are asked",
      () => dossier.decide("review", "submit", { actor: officerFor(review, "competent-specialist") }),
      "sameOfficer",
    ],
    ["the right officer is allowed", () => dossier.decide("review", "submit"), "allowed"],
  ])("%s", (_name, decision, expected) => {
    expect(reason(decision())).toBe(expected);
  });

  test("a step assigned to another, and an agency that could not be found", () => {
    const actor = officerFor(review);
    expect(reason(mayAct(review, actor, "competent", "somebody", []) as Decision)).toBe("assignedToAnother");
    expect(reason(mayAct(review, actor, null, null, []) as Decision)).toBe("noAgency");
    expect(mayAct(review, actor, "competent", actor.officerId, []).ok).toBe(true);
  });

  test("one officer with two roles may hold several steps where the workflow does not forbid it", () => {
    const both: Actor = {
      officerId: "a",
      postings: [
        { agencyId: "competent", role: "specialist" },
        { agencyId: "competent", role: "leader" },
      ],
    };
    const sign = stepIn(shapes.communeSameDay, "sign");
    expect(mayAct(sign, both, "competent", null, [{ stepId: "appraise", officerId: "a" }]).ok).toBe(true);
  });

  test("a missing result stops issuing, not sending back", () => {
    const issuing = walk(shapes.communeSameDay, "hand_over.hand_over appraise.submit sign.approve");
    expect(reason(issuing.decide("issue", "issue", { hasResult: false }))).toBe("resultMissing");
    expect(reason(issuing.decide("issue", "return", { hasResult: false }))).toBe("allowed");
  });

  test("a step that the definition lost", () => {
    const open: OpenRun[] = [{ id: "r", stepId: "gone", lead: true, agencyId: "competent", assigneeId: null }];
    const facts = { actor: officerFor(review), history: [], hasNote: true, hasResult: true };
    expect(reason(decide(shapes.departmentAppraisal, open, "r", "submit", facts))).toBe("unknownStep");
  });

  test("every reason has a Vietnamese text", () => {
    expect(Object.keys(vi.refused).sort()).toEqual([...REFUSALS].sort());
  });

  test("open runs with two leads or none are a fault of the caller and not decided on", () => {
    const run = (id: string, lead: boolean): OpenRun => ({
      id,
      stepId: "review",
      lead,
      agencyId: "competent",
      assigneeId: null,
    });
    const facts = { actor: officerFor(review), history: [], hasNote: true, hasResult: true };
    for (const runs of [[run("a", true), run("b", true)], [run("a", false)]])
      expect(() => decide(shapes.departmentAppraisal, runs, "a", "submit", facts)).toThrow(/lead/);
  });
});

describe("what an outcome asks for", () => {
  const step = stepIn(shapes.communeSameDay, "issue");
  const outcome = { id: "x", name: { vi: "x" } };
  test("a return and a refusal need a note even if the definition forgets it", () => {
    expect(
      (["forward", "return", "complete", "refuse", "answer"] as const).filter((kind) =>
        needsNote({ ...outcome, kind }),
      ),
    ).toEqual(["return", "refuse"]);
    expect(needsNote({ ...outcome, kind: "forward", needsNote: true })).toBe(true);
  });
  test("a step that makes the result lets nothing go on without it unless the outcome says so", () => {
    expect(needsResult(step, { ...outcome, kind: "forward" })).toBe(true);
    expect(needsResult(step, { ...outcome, kind: "forward", needsResult: false })).toBe(false);
    expect(needsResult(step, { ...outcome, kind: "return" })).toBe(false);
  });
  test("outcomes are offered to the officer whose turn it is and to nobody else", () => {
    const run: OpenRun = { id: "r", stepId: "issue", lead: true, agencyId: "competent", assigneeId: null };
    expect(offeredOutcomes(shapes.communeSameDay, run, officerFor(step), []).map(({ id }) => id)).toEqual([
      "issue",
      "return",
    ]);
    expect(offeredOutcomes(shapes.communeSameDay, run, { officerId: "x", postings: [] }, [])).toEqual([]);
  });
});

test.each(shapeList)(
  "in %s a draft may be laid by who works it out on the way to where the result is made",
  (_name, shape) => {
    const drafting = shape.steps.filter((step) => draftsResult(shape, step));
    const making = shape.steps.filter((step) => makesResult(shape, step));
    expect(drafting).toEqual(expect.arrayContaining(making));
    const ahead = drafting.filter((step) => !making.includes(step));
    for (const { role, branch, agency } of ahead) {
      expect(["specialist", "unit_head"]).toContain(role);
      expect([branch, making.map((one) => one.agency)]).toEqual([undefined, expect.arrayContaining([agency])]);
    }
  },
);

describe("whatever officers choose", () => {
  const random = (seed: number) => (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return (seed >>> 0) / 4294967296;
  };

  test.each(shapeList)("in %s an open dossier has exactly one lead, a closed one has nothing open", (_name, shape) => {
    const next = random(42);
    const endings = new Set<string>();
    for (let round = 0; round < 400; round++) {
      const dossier = new Dossier(shape);
      for (let moves = 0; moves < 80 && dossier.ends === undefined; moves++) {
        const run = dossier.runs[Math.floor(next() * dossier.runs.length)];
        const outcomes = run ? stepIn(shape, run.stepId).outcomes : [];
        const outcome = outcomes[Math.floor(next() * outcomes.length)];
        if (!run || !outcome) throw new Error("an open dossier offers nothing");
        if (dossier.decide(run.stepId, outcome.id).ok) dossier.act(run.stepId, outcome.id);
        expect(dossier.runs.filter(({ lead }) => lead)).toHaveLength(dossier.ends === undefined ? 1 : 0);
        expect(new Set(dossier.runs.map(({ stepId }) => stepId)).size).toBe(dossier.runs.length);
        if (dossier.ends === undefined) expect(dossier.status).toBe(standingStatus(shape, dossier.runs));
        else expect(dossier.runs).toEqual([]);
      }
      if (dossier.ends) endings.add(dossier.ends);
    }
    expect([...endings].sort()).toEqual(["completed", "refused"]);
  });
});

describe("a relative agency", () => {
  const place = (id: string, kind: string, level: string, unitCode: string | null, functions: string[] = []) => ({
    id,
    kind,
    level,
    unitCode,
    functions,
  });
  const committee = place("ub1", "commune_committee", "commune", "00001");
  const centre = place("tt", "one_stop_center", "province", "P1");
  const agencies = [
    committee,
    place("ub2", "commune_committee", "commune", "00002"),
    place("ca1", "commune_police", "commune", "00001"),
    place("soxd", "department", "province", "P1", ["construction", "transport"]),
    place("sott", "department", "province", "P1", ["land"]),
    place("thue", "other", "other", null, ["tax"]),
    centre,
  ];
  const dossier = { receiving: committee, competent: agencies[2] ?? committee };
  test.each([
    ["receiving", "ub1"],
    ["competent", "ca1"],
    [{ kind: "commune_committee", at: "commune" }, "ub1"],
    [{ kind: "commune_police", at: "commune" }, "ca1"],
    [{ kind: "department", at: "province", function: "transport" }, "soxd"],
    [{ kind: "department", at: "province", function: "health" }, undefined],
    [{ kind: "department", at: "province" }, undefined],
    [{ kind: "other", at: "province", function: "tax" }, "thue"],
    [{ kind: "commune_committee", at: "province" }, undefined],
  ] as const)("%o is %s", (ref, expected) => {
    expect(resolveAgency(ref, dossier, agencies)).toBe(expected);
  });
  test("a provincial centre has no commune of its own", () => {
    expect(
      resolveAgency({ kind: "commune_committee", at: "commune" }, { ...dossier, receiving: centre }, agencies),
    ).toBeUndefined();
  });
});
