import type { Tx } from "#platform/db.ts";
import { formatDateTime } from "#platform/format.ts";
import { ControlSnapshot, composed } from "../snapshot.ts";
import { type Facts, headOf, matterOf, receivedAt } from "./matter.ts";

type Run = {
  stepId: string;
  agencyId: string;
  lead: boolean;
  openedAt: Date;
  dueAt: Date | null;
  closedAt: Date | null;
  assignee: { displayName: string } | null;
};

/** Before the day it was due, on it, or after it; null where nothing was due or it is not given on yet. */
export function timingOf({ dueAt, closedAt }: Pick<Run, "dueAt" | "closedAt">): "early" | "on_time" | "late" | null {
  if (!dueAt || !closedAt) return null;
  if (closedAt > dueAt) return "late";
  return closedAt.getTime() === dueAt.getTime() ? "on_time" : "early";
}

/** Fills in form 06: each lead step takes the dossier over from the one before it, the first from the desk. */
export async function fillControl(facts: Facts, tx: Tx): Promise<ControlSnapshot> {
  const { dossier, definition, agencyName } = facts;
  const runs = await tx.stepRun.findMany({
    where: { dossierId: dossier.id },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    select: {
      stepId: true,
      agencyId: true,
      lead: true,
      openedAt: true,
      dueAt: true,
      closedAt: true,
      closedById: true,
      assignee: { select: { displayName: true } },
    },
  });
  const closers = new Map(
    (
      await tx.account.findMany({
        where: { id: { in: runs.flatMap(({ closedById }) => closedById ?? []) } },
        select: { id: true, displayName: true },
      })
    ).map(({ id, displayName }) => [id, displayName]),
  );
  const stepName = (stepId: string): string => definition.workflow.steps.find(({ id }) => id === stepId)?.name.vi ?? "";
  const lead = runs.filter((run) => run.lead);
  const place = ({ agencyId, stepId }: Run): string => `${agencyName(agencyId)} (${stepName(stepId).toLowerCase()})`;
  const due = (run: Run): string => (run.dueAt ? `Hạn bước này: ${formatDateTime(run.dueAt)}` : "");
  const head = headOf(facts, "desk");
  return ControlSnapshot.parse(
    composed({
      ...head,
      ...matterOf(facts),
      kind: "control_slip",
      receivedAt: receivedAt(dossier),
      dueAt: dossier.dueAt?.toISOString() ?? null,
      handler: agencyName(dossier.competentAgencyId),
      cooperating: [...new Set(runs.map(({ agencyId }) => agencyId))]
        .filter((id) => ![dossier.competentAgencyId, dossier.receivingAgencyId].includes(id))
        .map(agencyName),
      handOvers: lead.map((run, i) => {
        const before = lead[i - 1];
        return {
          from: before ? place(before) : head.agency.issuer,
          to: place(run),
          at: run.openedAt.toISOString(),
          giver: before?.closedById ? (closers.get(before.closedById) ?? null) : null,
          receiver: run.assignee?.displayName ?? (run.closedById ? (closers.get(run.closedById) ?? null) : null),
          timing: before ? timingOf(before) : null,
          note: due(run),
        };
      }),
      officer: facts.officer,
    }),
  );
}
