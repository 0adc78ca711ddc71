import type { Tx } from "#platform/db.ts";
import { formatDateTime } from "#platform/format.ts";
import { ControlSnapshot, composed } from "../snapshot.ts";
import { type Facts, headOf, matterOf, receivedAt } from "./matter.ts";

type Run = {
  id: string;
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

type Slip = { number: number; givenAt: Date; receivedAt: Date | null };

/** What a slip with which papers went says of them: when they were given and taken. */
const slipNote = ({ number, givenAt, receivedAt }: Slip): string =>
  `Phiếu bàn giao giấy tờ số ${number}: giao ${formatDateTime(givenAt)}, ${
    receivedAt ? `nhận ${formatDateTime(receivedAt)}` : "chưa ký nhận"
  }`;

/** Fills in form 06: each lead step takes the dossier over from the one before it, the first from the desk; with the slips of its papers. */
export async function fillControl(facts: Facts, tx: Tx): Promise<ControlSnapshot> {
  const { dossier, definition, agencyName } = facts;
  const runs = await tx.stepRun.findMany({
    where: { dossierId: dossier.id },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
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
  const slips = await tx.handOver.findMany({
    where: { dossierId: dossier.id },
    orderBy: { number: "asc" },
    select: { number: true, stepRunId: true, givenById: true, givenAt: true, receivedById: true, receivedAt: true },
  });
  const named = [
    ...runs.map(({ closedById }) => closedById),
    ...slips.flatMap(({ givenById, receivedById }) => [givenById, receivedById]),
  ];
  const people = new Map(
    (
      await tx.account.findMany({
        where: { id: { in: named.filter((id) => id !== null) } },
        select: { id: true, displayName: true },
      })
    ).map(({ id, displayName }) => [id, displayName]),
  );
  const stepName = (stepId: string): string => definition.workflow.steps.find(({ id }) => id === stepId)?.name.vi ?? "";
  const lead = runs.filter((run) => run.lead);
  const place = ({ agencyId, stepId }: Run): string => `${agencyName(agencyId)} (${stepName(stepId).toLowerCase()})`;
  const nameOf = (id: string | null | undefined): string | null => (id && people.get(id)) || null;
  const due = (run: Run): string => (run.dueAt ? `Hạn bước này: ${formatDateTime(run.dueAt)}` : "");
  const slipsTo = (run: Run) => slips.filter(({ stepRunId }) => stepRunId === run.id);
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
        const papers = slipsTo(run);
        // Who signed for the papers stands before who pressed the button.
        const signed = papers.findLast(({ receivedAt }) => receivedAt !== null);
        return {
          from: before ? place(before) : head.agency.issuer,
          to: place(run),
          at: run.openedAt.toISOString(),
          giver: nameOf(signed?.givenById) ?? nameOf(before?.closedById),
          receiver: nameOf(signed?.receivedById) ?? run.assignee?.displayName ?? nameOf(run.closedById),
          timing: before ? timingOf(before) : null,
          note: [due(run), ...papers.map(slipNote)].filter(Boolean).join("\n"),
        };
      }),
      officer: facts.officer,
    }),
  );
}
