import type { InsetText, Link, LinkButton, Tag } from "#platform/components.ts";
import type { Form } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Step } from "#workflow/definition.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import { type Problem, problemsOf } from "../rules.ts";
import { type Framed, framedPage } from "./frame.ts";
import { checksOf, type ProcessChecks, type Staffing } from "./process-checks.ts";
import { type ProcessPicture, processPicture } from "./process-picture.ts";
import { type ProcessShapes, shapeForm } from "./process-shapes.ts";
import { allowanceText, outcomeText, stepName, whoText } from "./process-words.ts";

type Act = { text: string; action: string; name?: string; value?: string; about: string };
type Card = {
  id: string;
  title: string;
  tags: readonly Tag[];
  lines: readonly string[];
  isBroken: boolean;
  problems: readonly string[];
  outcomesTitle: string;
  outcomes: readonly {
    name: string;
    does: string;
    edit: Link;
    acts: readonly Act[];
    problems: readonly string[];
    about: string;
  }[];
  links: readonly (Link & { about: string })[];
  acts: readonly Act[];
};
export type ProcessPage = Framed & {
  none: InsetText | null;
  problems: { title: string; items: readonly Link[] } | null;
  cards: { title: string; items: readonly Card[] } | null;
  buttons: readonly LinkButton[];
  picture: {
    title: string;
    label: string;
    drawn: ProcessPicture;
    alone: Link;
    legend: readonly { kind: string; text: string }[];
  } | null;
  checks: ProcessChecks | null;
  shapes: { title: string; folded: boolean; form: ProcessShapes };
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/process": ProcessPage;
  }
}

/** The problems of a manuscript's workflow, and the steps that they stand at. */
export function processProblems({ sketch }: Manuscript): { problems: Problem[]; broken: Set<string> } {
  const problems = problemsOf(sketch).filter(({ section }) => section === "workflow");
  const at = problems.flatMap(({ path }) => {
    const step = path[1] === "steps" ? sketch.workflow.steps[Number(path[2])] : undefined;
    return step ? [step.id] : [];
  });
  return { problems, broken: new Set(at) };
}

function cardOf(manuscript: Manuscript, step: Step, at: number, problems: readonly Problem[], t: Translate): Card {
  const { id, sketch } = manuscript;
  const { workflow } = sketch;
  const said = (outcome: number | null): string[] =>
    problems
      .filter(({ path }) => path[1] === "steps" && path[2] === at)
      .filter(({ path }) => (path[3] === "outcomes" && typeof path[4] === "number" ? path[4] : null) === outcome)
      .map(({ message }) => message);
  const about = t("authoring.process.card.editAbout", { step: step.name.vi });
  const word = (key: "up" | "down" | "remove" | "makeStart"): string => t(`authoring.process.card.${key}`);
  const movesOf = (action: string, place: number, count: number, of: string): Act[] => [
    ...(place > 0 ? [{ text: word("up"), action, name: "direction", value: "up", about: of }] : []),
    ...(place < count - 1 ? [{ text: word("down"), action, name: "direction", value: "down", about: of }] : []),
  ];
  const isStart = workflow.start === step.id;
  const tags: Tag[] = [
    ...(isStart ? [{ text: t("authoring.process.card.start"), tone: "progress" as const }] : []),
    ...(step.branch ? [{ text: t("authoring.process.card.branch"), tone: "neutral" as const }] : []),
    ...(step.needs?.includes("result") ? [{ text: t("authoring.process.card.result"), tone: "done" as const }] : []),
  ];
  return {
    id: `buoc-${step.id}`,
    title: `${at + 1}. ${step.name.vi}`,
    tags,
    lines: [
      whoText(step, t),
      `${allowanceText(step.allowance, t)} · ${t(`authoring.process.statuses.${step.status}`)}`,
      ...(step.notSameOfficerAs
        ? [
            t("authoring.process.card.differs", {
              steps: step.notSameOfficerAs.map((one) => stepName(workflow, one, t)).join(", "),
            }),
          ]
        : []),
    ],
    isBroken: problems.some(({ path }) => path[1] === "steps" && path[2] === at),
    problems: said(null),
    outcomesTitle: t("authoring.process.card.outcomes"),
    outcomes: step.outcomes.map((outcome, place) => {
      const of = t("authoring.process.card.outcomeAbout", { name: outcome.name.vi, step: step.name.vi });
      return {
        name: outcome.name.vi,
        does: outcomeText(workflow, step, outcome, t),
        edit: { text: t("authoring.process.card.edit"), href: paths.outcome(id, step.id, outcome.id) },
        about: of,
        problems: said(place),
        acts: [
          ...movesOf(paths.outcomeMove(id, step.id, outcome.id), place, step.outcomes.length, of),
          { text: word("remove"), action: paths.outcomeRemove(id, step.id, outcome.id), about: of },
        ],
      };
    }),
    links: [
      { text: t("authoring.process.card.edit"), href: paths.step(id, step.id), about },
      { text: t("authoring.process.card.addOutcome"), href: paths.outcomeAdd(id, step.id), about },
    ],
    acts: [
      ...movesOf(paths.stepMove(id, step.id), at, workflow.steps.length, about),
      ...(isStart || step.branch ? [] : [{ text: word("makeStart"), action: paths.stepStart(id, step.id), about }]),
      { text: word("remove"), action: paths.stepRemove(id, step.id), about },
    ],
  };
}

/** The workflow of a manuscript: its steps, its picture, what is wrong with it, and where it may be copied from. */
export function processPage(
  manuscript: Manuscript,
  more: { staffing: Staffing; codes: readonly string[]; form?: Form; since?: readonly Change[] | null },
  t: Translate,
): ProcessPage {
  const { id, sketch } = manuscript;
  const { steps } = sketch.workflow;
  const { problems, broken } = processProblems(manuscript);
  const isEmpty = steps.length === 0;
  const legend = (["forward", "return", "consult"] as const).map((kind) => ({
    kind,
    text: t(`authoring.process.picture.${kind}`),
  }));
  const href = ({ path }: Problem): string => {
    const step = path[1] === "steps" ? steps[Number(path[2])] : undefined;
    return step ? `#buoc-${step.id}` : "#cac-buoc";
  };
  const form = shapeForm(manuscript, more.codes, more.form ?? null, t);
  return {
    ...framedPage(
      manuscript,
      "workflow",
      {
        title: t("authoring.process.title"),
        lead: t("authoring.process.lead"),
        problems: form.problems,
        since: more.since ?? null,
      },
      t,
    ),
    none: isEmpty ? { text: t("authoring.process.none") } : null,
    problems:
      isEmpty || problems.length === 0
        ? null
        : {
            title: t("authoring.process.problemsTitle"),
            items: problems.map((problem) => ({ text: problem.message, href: href(problem) })),
          },
    cards: isEmpty
      ? null
      : {
          title: t("authoring.process.steps"),
          items: steps.map((step, at) => cardOf(manuscript, step, at, problems, t)),
        },
    buttons: [
      { text: t("authoring.process.addStep"), href: paths.stepAdd(id), kind: isEmpty ? "secondary" : "primary" },
      ...(isEmpty
        ? []
        : [{ text: t("authoring.process.simulate"), href: paths.processPlay(id), kind: "secondary" as const }]),
    ],
    picture: isEmpty
      ? null
      : {
          title: t("authoring.process.picture.title"),
          label: t("authoring.process.picture.scroll"),
          drawn: processPicture(sketch.workflow, broken, { alone: false }, t),
          alone: { text: t("authoring.process.picture.alone"), href: paths.processPicture(id) },
          legend,
        },
    checks: isEmpty ? null : checksOf(manuscript, more.staffing, t),
    shapes: {
      title: t(isEmpty ? "authoring.process.shape.title" : "authoring.process.shape.replace"),
      folded: !isEmpty && form.problems.length === 0,
      form: form.view,
    },
  };
}
