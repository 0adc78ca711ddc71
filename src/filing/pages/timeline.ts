import { dueMoved } from "#dossiers/index.ts";
import type { Timeline, TimelineItem } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import { pick } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { handlerText, type SeenWhole } from "./handlers.ts";

type Event = SeenWhole["dossier"]["events"][number];
type Run = SeenWhole["dossier"]["stepRuns"][number];

/** What goes on inside an agency is not told: who was given the work, and drafts of a result. */
const TOLD = new Set([
  "dossier.submitted",
  "dossier.accepted",
  "dossier.declined",
  "dossier.linked",
  "step.advanced",
  "step.answered",
  "dossier.refused",
  "dossier.completed",
  "dossier.delivered",
  "dossier.supplement_requested",
  "dossier.supplemented",
  "dossier.withdrawn",
  "dossier.stopped",
  "dossier.extended",
  "dossier.due_moved",
  "dossier.lateness_explained",
  "dossier.returned",
  "dossier.obligation_asked",
  "dossier.obligation_met",
  "dossier.obligation_unmet",
  "dossier.reopened",
  "dossier.rerouted",
  "dossier.voided",
  "result.corrected",
  "draft.shown",
  "draft.agreed",
  "draft.objected",
  "draft.silent",
]);

const agencyName = ({ dossier }: SeenWhole, id: string | null): string | null => {
  if (id === null) return null;
  if (id === dossier.receivingAgency.id) return dossier.receivingAgency.name;
  return dossier.stepRuns.find((run) => run.agencyId === id)?.agency.name ?? null;
};

const stepName = ({ loaded, language }: SeenWhole, run: Run | undefined): string | null => {
  const step = run ? findStep(loaded.definition.workflow, run.stepId) : undefined;
  return step ? pick(step.name as { vi: string; en?: string }, language) : null;
};

const place = (...names: (string | null | undefined)[]): string | null => names.filter(Boolean).join(", ") || null;

const wordsOf = (type: string): string => type.replace(".", "_");

function textOf(seen: SeenWhole, event: Event): string | null {
  const { dossier, t } = seen;
  const payload = event.payload as {
    noteId?: string | null;
    groundId?: string | null;
    opened?: unknown;
    fees?: unknown;
  };
  const note = dossier.notes.find(({ id }) => id === payload.noteId)?.text ?? null;
  const moved = dueMoved(event);
  if (moved) return t("dossiers.dueMoved", moved);
  if (event.type === "dossier.accepted") {
    const due = dossier.originalDueAt ?? dossier.dueAt;
    return [
      dossier.code ? t("filing.dossier.acceptedAs", { code: dossier.code }) : "",
      due ? t("filing.dossier.acceptedDue", { due: formatDateTime(due) }) : "",
    ]
      .filter(Boolean)
      .join(" ");
  }
  if (event.type === "step.advanced") {
    const opened = dossier.stepRuns.find((run) => run.lead && run.openedAt.getTime() === event.at.getTime());
    const step = stepName(seen, opened);
    const moved =
      opened && step
        ? t("filing.dossier.movedTo", { step, agency: place(opened.agency.name, opened.unit?.name) ?? "" })
        : "";
    return [moved, note ?? ""].filter(Boolean).join(" ") || null;
  }
  if (event.type === "dossier.supplemented" && payload.fees) return t("filing.moves.feesChanged");
  const ground = dossier.notes.find(({ id }) => id === payload.groundId)?.text;
  return [note, ground].filter(Boolean).join(" ") || null;
}

function itemOf(seen: SeenWhole, event: Event): TimelineItem {
  const { dossier, t } = seen;
  const run = dossier.stepRuns.find(({ id }) => id === event.stepRunId);
  const step = stepName(seen, run);
  const isStep = event.type === "step.advanced" || event.type === "step.answered";
  return {
    title:
      isStep && step
        ? t("filing.dossier.finishedStep", { step })
        : t(`dossiers.event.${wordsOf(event.type) as "dossier_submitted"}`),
    at: formatDateTime(event.at),
    datetime: event.at.toISOString(),
    by: place(
      agencyName(seen, event.agencyId),
      run?.unit?.name,
      event.actorKind === "officer" ? handlerText(seen, event.actorId, event.agencyId) : null,
    ),
    text: textOf(seen, event),
  };
}

/** What is going on now: the open leading step, where, and when it should be done. */
function standing(seen: SeenWhole): TimelineItem[] {
  const { dossier, t } = seen;
  const run = dossier.stepRuns.find((one) => one.lead && !one.closedAt);
  const step = stepName(seen, run);
  // While the applicant is waited for, what was asked of them stands on top.
  if (!run || !step || run.pausedAt) return [];
  return [
    {
      title: t("filing.dossier.standingAt", { step }),
      at: formatDateTime(run.openedAt),
      datetime: run.openedAt.toISOString(),
      by: place(run.agency.name, run.unit?.name, handlerText(seen, run.assigneeId, run.agencyId)),
      text: run.dueAt ? t("filing.dossier.standingDue", { due: formatDateTime(run.dueAt) }) : null,
      tag: { text: t(`dossiers.status.${dossier.status}`), tone: "progress" },
    },
  ];
}

/** The way of a dossier, the latest first: which agency and unit, when, and what comes next. */
export const timelineOf = (seen: SeenWhole): Timeline => ({
  headingLevel: 3,
  items: [
    ...standing(seen),
    ...seen.dossier.events
      .filter(({ type }) => TOLD.has(type))
      .map((event) => itemOf(seen, event))
      .reverse(),
  ],
});
