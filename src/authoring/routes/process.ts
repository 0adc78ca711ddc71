import { type Request, type Response, Router } from "express";
import { findDirectory, findHeldRoles, listAgencies } from "#organizations/index.ts";
import { type Form, filledForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { type Renderer, redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { type Outcome, type Step, shapes } from "#workflow/index.ts";
import { changeManuscript, type Did } from "../actions.ts";
import { readOutcome, readShape, readStep } from "../inputs/process.ts";
import { processPage, processProblems } from "../pages/process.ts";
import type { Staffing } from "../pages/process-checks.ts";
import { newStepForm, stepForm, stepPage } from "../pages/process-forms.ts";
import { newOutcomeForm, outcomeForm, outcomePage } from "../pages/process-outcome.ts";
import { processPicture } from "../pages/process-picture.ts";
import { paths } from "../paths.ts";
import { findReceptions, listConfiguredCodes } from "../queries/staffing.ts";
import { type Change, findManuscript, type Manuscript } from "../queries.ts";
import {
  addOutcome,
  addStep,
  changeOutcome,
  changeStep,
  type Direction,
  moveOutcome,
  moveStep,
  type Process,
  removeOutcome,
  removeStep,
  staffingGaps,
  startWith,
} from "../rules.ts";
import { adminOf, openManuscript, param, type Sent, seenIn, sentBy, textIn, words } from "./asking.ts";

/** The workflow editor. */
export const routes = Router();

const MOST_STEPS = 60;
const EDITOR = "/soan/:id/quy-trinh";

type Asked = { form: Form; since?: readonly Change[] | null };

async function staffingOf(req: Request, { sketch }: Manuscript): Promise<Staffing> {
  const ctx = adminOf(req);
  const [{ receptions, isOffered }, isHeld, agencies, { agencyOf }] = await Promise.all([
    findReceptions(ctx, sketch),
    findHeldRoles(ctx),
    listAgencies(ctx),
    findDirectory(ctx),
  ]);
  return {
    isOffered,
    among: receptions.length,
    gaps: staffingGaps(sketch.workflow, receptions, agencies, isHeld),
    nameOf: (id) => agencyOf(id)?.name ?? "",
  };
}

async function showProcess(req: Request, res: Response, manuscript: Manuscript, asked: Partial<Asked>): Promise<void> {
  const [staffing, codes] = await Promise.all([staffingOf(req, manuscript), listConfiguredCodes(adminOf(req))]);
  render(res, "authoring/process", processPage(manuscript, { staffing, codes, ...asked }, words(res)));
}

type Shown = (manuscript: Manuscript, asked: Asked) => void | Promise<void>;

/**
 * Saves one step of writing and leads back to its place; when others changed the manuscript since the form was opened,
 * the form comes back with what was typed, what they did, and what stands now.
 */
async function save(
  req: Request,
  res: Response,
  change: { did: Did; edit: (process: Process) => Process; anchor: string; again: Shown },
): Promise<void> {
  const id = param(req, "id");
  const sent = sentBy(req);
  const changed = await changeManuscript(adminOf(req), { id, seen: seenIn(sent) }, change.did, (sketch) => ({
    ...sketch,
    workflow: change.edit(sketch.workflow),
  }));
  if (changed.ok) {
    leaveNotice(req, "success", words(res)("authoring.process.saved"));
    return redirect(res, `${paths.part(id, "workflow")}#${change.anchor}`);
  }
  res.status(409);
  await change.again(await findManuscript(adminOf(req), id), { form: filledForm({ ...sent }), since: changed.since });
}

const stepIn = ({ sketch }: Manuscript, id: string): Step | undefined =>
  sketch.workflow.steps.find((step) => step.id === id);
const outcomeIn = (step: Step | undefined, id: string): Outcome | undefined =>
  step?.outcomes.find((outcome) => outcome.id === id);

/** The step that the address names. @throws Refusal 404 */
function namedStep(req: Request, manuscript: Manuscript): Step {
  const step = stepIn(manuscript, param(req, "step"));
  if (!step) throw notFound();
  return step;
}
function namedOutcome(req: Request, step: Step): Outcome {
  const outcome = outcomeIn(step, param(req, "outcome"));
  if (!outcome) throw notFound();
  return outcome;
}

const showStep =
  (res: Response, stepId: string | null): ((manuscript: Manuscript, asked: Asked) => void) =>
  (manuscript, asked) => {
    const step = stepId === null ? null : (stepIn(manuscript, stepId) ?? null);
    render(res, "authoring/process-form", stepPage(manuscript, step, asked, words(res)));
  };

/** After a press of a button there is nothing typed to keep. */
const showWhole =
  (req: Request, res: Response): Shown =>
  (manuscript, { since }) =>
    showProcess(req, res, manuscript, since ? { since } : {});

/** The form of an outcome again; of a step that is gone meanwhile, the whole workflow. */
const showOutcome =
  (req: Request, res: Response, stepId: string, outcomeId: string | null): Shown =>
  (manuscript, asked) => {
    const step = stepIn(manuscript, stepId);
    const outcome = outcomeId === null ? null : (outcomeIn(step, outcomeId) ?? null);
    return step
      ? render(res, "authoring/process-form", outcomePage(manuscript, step, outcome, asked, words(res)))
      : showWhole(req, res)(manuscript, asked);
  };
const directionIn = (sent: Sent): Direction => (textIn(sent, "direction") === "down" ? "down" : "up");

routes.get(EDITOR, async (req, res) => showProcess(req, res, await openManuscript(req), {}));

routes.get("/soan/:id/quy-trinh.svg", async (req, res) => {
  const manuscript = await openManuscript(req);
  const { broken } = processProblems(manuscript);
  const picture = processPicture(manuscript.sketch.workflow, broken, { alone: true }, words(res));
  const renderer = req.app.get("renderer") as Renderer;
  res.type("image/svg+xml").send(renderer.part("authoring/process-picture", picture, words(res)));
});

routes.post(`${EDITOR}/mau`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const sent = sentBy(req);
  const read = readShape(sent);
  const { shape, likeCode } = read.ok ? read.data : { shape: null, likeCode: "" };
  const version = shape === "like" ? await findCurrentVersion(adminOf(req), likeCode) : null;
  const taken = shape === null || shape === "like" ? version?.definition.workflow : shapes[shape];
  if (!read.ok || !taken || shape === null) {
    const unknown = {
      values: { ...sent },
      errors: { likeCode: { key: "authoring.process.errors.likeCode" as const } },
    };
    res.status(422);
    await showProcess(req, res, manuscript, { form: read.ok ? unknown : read.form });
    return;
  }
  const name = shape === "like" ? (version?.definition.name.vi ?? "") : words(res)(`authoring.process.shape.${shape}`);
  await save(req, res, {
    did: { did: "processTaken", params: { name } },
    edit: () => structuredClone(taken),
    anchor: "cac-buoc",
    again: (now, { since }) => showProcess(req, res, now, { form: filledForm({ ...sent }), since: since ?? null }),
  });
});

routes.get(`${EDITOR}/them`, async (req, res) => {
  showStep(res, null)(await openManuscript(req), { form: newStepForm });
});

routes.post(`${EDITOR}/them`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const { workflow } = manuscript.sketch;
  const read = readStep(sentBy(req), workflow, null);
  const isFull = workflow.steps.length >= MOST_STEPS;
  if (!read.ok || isFull) {
    const full = {
      values: { ...sentBy(req) },
      errors: { nameVi: { key: "authoring.process.errors.tooMany" as const } },
    };
    return showStep(res.status(422), null)(manuscript, { form: read.ok ? full : read.form });
  }
  await save(req, res, {
    did: { did: "stepAdded", params: { name: read.data.name.vi } },
    edit: (process) => addStep(process, read.data).process,
    anchor: `buoc-${addStep(workflow, read.data).id}`,
    again: showStep(res, null),
  });
});

routes.get(`${EDITOR}/buoc/:step`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const step = namedStep(req, manuscript);
  showStep(res, step.id)(manuscript, { form: stepForm(step) });
});

routes.post(`${EDITOR}/buoc/:step`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const step = namedStep(req, manuscript);
  const read = readStep(sentBy(req), manuscript.sketch.workflow, step.id);
  if (!read.ok) return showStep(res.status(422), step.id)(manuscript, { form: read.form });
  await save(req, res, {
    did: { did: "stepChanged", params: { name: read.data.name.vi } },
    edit: (process) => changeStep(process, step.id, read.data),
    anchor: `buoc-${step.id}`,
    again: showStep(res, step.id),
  });
});

/** What the buttons of a step do. */
const STEP_ACTS = {
  chuyen: {
    did: "stepMoved",
    edit: (process: Process, id: string, sent: Sent) => moveStep(process, id, directionIn(sent)),
  },
  "bat-dau": { did: "processStarts", edit: (process: Process, id: string) => startWith(process, id) },
  xoa: { did: "stepRemoved", edit: (process: Process, id: string) => removeStep(process, id) },
};
for (const [word, { did, edit }] of Object.entries(STEP_ACTS))
  routes.post(`${EDITOR}/buoc/:step/${word}`, async (req, res) => {
    const step = namedStep(req, await openManuscript(req));
    await save(req, res, {
      did: { did, params: { name: step.name.vi } },
      edit: (process) => edit(process, step.id, sentBy(req)),
      anchor: word === "xoa" ? "cac-buoc" : `buoc-${step.id}`,
      again: showWhole(req, res),
    });
  });

routes.get(`${EDITOR}/buoc/:step/them`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const step = namedStep(req, manuscript);
  await showOutcome(req, res, step.id, null)(manuscript, { form: newOutcomeForm(step) });
});

routes.post(`${EDITOR}/buoc/:step/them`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const step = namedStep(req, manuscript);
  const read = readOutcome(sentBy(req), manuscript.sketch.workflow, step);
  const again = showOutcome(req, res, step.id, null);
  if (!read.ok) {
    res.status(422);
    return again(manuscript, { form: read.form });
  }
  await save(req, res, {
    did: { did: "outcomeAdded", params: { name: read.data.name.vi, step: step.name.vi } },
    edit: (process) => addOutcome(process, step.id, read.data),
    anchor: `buoc-${step.id}`,
    again,
  });
});

routes.get(`${EDITOR}/buoc/:step/cach/:outcome`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const step = namedStep(req, manuscript);
  const outcome = namedOutcome(req, step);
  await showOutcome(req, res, step.id, outcome.id)(manuscript, { form: outcomeForm(outcome) });
});

routes.post(`${EDITOR}/buoc/:step/cach/:outcome`, async (req, res) => {
  const manuscript = await openManuscript(req);
  const step = namedStep(req, manuscript);
  const outcome = namedOutcome(req, step);
  const read = readOutcome(sentBy(req), manuscript.sketch.workflow, step);
  const again = showOutcome(req, res, step.id, outcome.id);
  if (!read.ok) {
    res.status(422);
    return again(manuscript, { form: read.form });
  }
  await save(req, res, {
    did: { did: "outcomeChanged", params: { name: read.data.name.vi, step: step.name.vi } },
    edit: (process) => changeOutcome(process, step.id, outcome.id, read.data),
    anchor: `buoc-${step.id}`,
    again,
  });
});

/** What the buttons of an outcome do. */
const OUTCOME_ACTS = {
  chuyen: {
    did: "outcomeMoved",
    edit: (process: Process, step: string, id: string, sent: Sent) => moveOutcome(process, step, id, directionIn(sent)),
  },
  xoa: {
    did: "outcomeRemoved",
    edit: (process: Process, step: string, id: string) => removeOutcome(process, step, id),
  },
};
for (const [word, { did, edit }] of Object.entries(OUTCOME_ACTS))
  routes.post(`${EDITOR}/buoc/:step/cach/:outcome/${word}`, async (req, res) => {
    const step = namedStep(req, await openManuscript(req));
    const outcome = namedOutcome(req, step);
    await save(req, res, {
      did: { did, params: { name: outcome.name.vi, step: step.name.vi } },
      edit: (process) => edit(process, step.id, outcome.id, sentBy(req)),
      anchor: `buoc-${step.id}`,
      again: showWhole(req, res),
    });
  });
