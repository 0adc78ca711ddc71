import { paths as documentPaths } from "#documents/paths.ts";
import {
  engineActor,
  type FullDossier,
  handlingOf,
  holdsStep,
  isAtDesk,
  mayLeave,
  mayTakeOver,
} from "#dossiers/index.ts";
import { type Button, type Part, part } from "#platform/components.ts";
import { formatSize } from "#platform/format.ts";
import {
  draftsResult,
  findStep,
  mayAct,
  needsNote,
  type Outcome,
  offeredOutcomes,
  type Step,
} from "#workflow/index.ts";
import { paths } from "../paths.ts";
import { type Act, type ActInput, act, actIds, control, versionOf } from "./act.ts";
import { lifeActs, owedActs, reasonParts } from "./life.ts";
import { movesActs } from "./moves.ts";
import { recordAct } from "./record.ts";
import { dueWords, scanTag, type Words } from "./words.ts";

type Run = FullDossier["stepRuns"][number];

function deskActs(input: ActInput, words: Words): Act[] {
  const { dossier, officer, form } = input;
  const { t } = words;
  if (!isAtDesk(officer, dossier.receivingAgencyId)) return [];
  const acts: Act[] = [];
  if (mayLeave("accept", dossier.status))
    acts.push(
      act(actIds.accept, t("desk.act.accept"), paths.accept(dossier.id), {
        lead: t("desk.act.acceptLead"),
        hidden: [versionOf(dossier.version)],
        buttons: [{ text: t("desk.act.accept") }],
      }),
    );
  if (mayLeave("decline", dossier.status))
    acts.push(
      act(actIds.decline, t("desk.act.declineOpen"), paths.decline(dossier.id), {
        folded: form.act !== actIds.decline,
        hidden: [versionOf(dossier.version)],
        lead: t("desk.act.reasonHint"),
        parts: reasonParts(actIds.decline, t("desk.act.reason"), "decline", input, words),
        buttons: [{ text: t("desk.act.decline"), kind: "warning" }],
      }),
    );
  if (mayLeave("deliver", dossier.status)) {
    const method = control(actIds.deliver, "method", input, words);
    acts.push(
      act(actIds.deliver, t("desk.act.deliver"), paths.deliver(dossier.id), {
        hidden: [versionOf(dossier.version)],
        parts: [
          part("components/radios", {
            ...method,
            value: method.value || dossier.returnMethod,
            label: t("desk.act.method"),
            small: true,
            items: (["counter", "post", "online"] as const).map((value) => ({
              value,
              text: t(`dossiers.returnMethod.${value}`),
            })),
          }),
          part("components/input", {
            ...control(actIds.deliver, "receivedBy", input, words),
            label: t("desk.act.receivedBy"),
            hint: t("desk.act.receivedByHint"),
          }),
          part("components/input", {
            ...control(actIds.deliver, "receiverPaper", input, words),
            label: t("desk.life.deliver.paper"),
            required: false,
            verbatim: true,
            width: 20,
          }),
          part("components/input", {
            ...control(actIds.deliver, "receiverPhone", input, words),
            label: t("desk.life.deliver.phone"),
            required: false,
            type: "tel",
            width: 20,
          }),
          part("components/checkboxes", {
            ...control(actIds.deliver, "signed", input, words),
            label: t("desk.life.deliver.signedLabel"),
            hideLabel: true,
            small: true,
            values: form.act === actIds.deliver && form.values["signed"] === "yes" ? ["yes"] : [],
            items: [{ value: "yes", text: t("desk.life.deliver.signed") }],
          }),
          part("components/input", {
            ...control(actIds.deliver, "trackingNumber", input, words),
            label: t("desk.life.deliver.tracking"),
            hint: t("desk.life.deliver.trackingHint"),
            required: false,
            verbatim: true,
            width: 20,
          }),
        ],
        buttons: [{ text: t("desk.act.delivered") }],
      }),
    );
  }
  return acts;
}

const kinds: Readonly<Record<Outcome["kind"], NonNullable<Button["kind"]>>> = {
  forward: "primary",
  complete: "primary",
  answer: "primary",
  return: "secondary",
  refuse: "warning",
};

/** The draft result where it is decided on: whoever signs sees it before the buttons, on a phone, too. */
const draftParts = ({ id, results }: FullDossier, { t }: Words): Part[] =>
  results
    .filter(({ state }) => state === "draft")
    .map(({ title, number, id: fileId, fileName, storageKey, size, scanState }) =>
      part("components/summary-list", {
        rows: [
          {
            key: t("desk.life.draftResult", { title }),
            value: fileName && storageKey ? "" : (number ?? t("desk.show.noFile")),
            ...(fileName && storageKey
              ? {
                  parts: [
                    part("desk/_file", {
                      name: fileName,
                      size: formatSize(size ?? 0),
                      scan: scanTag(scanState, t),
                      href: paths.file(id, fileId),
                      save: paths.saveFile(id, fileId),
                    }),
                  ],
                }
              : {}),
          },
        ],
      }),
    );

/** The outcomes of one open step: one note and a button for each, so that the usual way is a single click. */
function stepAct(run: Run, step: Step, outcomes: readonly Outcome[], input: ActInput, words: Words): Act {
  const { t } = words;
  const id = actIds.advance(run.id);
  const noted = outcomes.filter(needsNote).map(({ name }) => `“${name.vi}”`);
  const refusing = outcomes.some(({ kind }) => kind === "refuse");
  const hint = [
    noted.length > 0 ? t("desk.act.noteHint", { outcomes: noted.join(", ") }) : "",
    refusing ? t("desk.act.notePublic") : "",
  ]
    .filter(Boolean)
    .join(" ");
  const due = run.dueAt ? dueWords(run.dueAt, words) : null;
  return act(id, t("desk.act.step", { step: step.name.vi }), paths.advance(run.dossierId), {
    note: due,
    hidden: [{ name: "run", value: run.id }, versionOf(run.version)],
    parts: [
      ...draftParts(input.dossier, words),
      part("components/textarea", {
        ...control(id, "note", input, words),
        label: t("desk.act.note"),
        hint: hint || null,
        rows: 3,
        maxLength: 4000,
      }),
      ...(refusing
        ? [
            part("components/textarea", {
              ...control(id, "ground", input, words),
              label: t("desk.life.ground"),
              hint: t("desk.life.groundHint"),
              rows: 2,
              maxLength: 4000,
            }),
          ]
        : []),
    ],
    buttons: outcomes.map((outcome) => ({
      text: outcome.name.vi,
      kind: kinds[outcome.kind],
      name: "outcome",
      value: outcome.id,
    })),
  });
}

function assignAct(run: Run, step: Step, isMine: boolean, input: ActInput, words: Words): Act {
  const { t } = words;
  const id = actIds.assign(run.id);
  const isFree = run.assigneeId === null;
  const assignee = control(id, "assignee", input, words);
  return act(id, t("desk.act.assignOpen"), paths.assign(run.dossierId), {
    folded: input.form.act !== id,
    lead: t("desk.act.held", { who: run.assignee?.displayName ?? t("desk.work.nobody") }),
    hidden: [{ name: "run", value: run.id }, versionOf(run.version)],
    parts: [
      part("components/select", {
        ...assignee,
        value: assignee.value || run.assigneeId,
        label: `${t("desk.act.assignee")}: ${step.name.vi}`,
        placeholder: t("desk.act.assigneePlaceholder"),
        items: (input.colleagues.get(run.id) ?? []).map(({ accountId, name, title }) => ({
          value: accountId,
          text: title ? `${name} (${title})` : name,
        })),
      }),
    ],
    buttons: [
      { text: t("desk.act.assign"), kind: "secondary" },
      ...(isFree && isMine ? [{ text: t("desk.act.take"), kind: "secondary" as const, name: "take", value: "1" }] : []),
    ],
  });
}

/** Form 06, to go with the papers from hand to hand. */
function controlAct({ dossier, officer }: ActInput, { t }: Words): Act[] {
  const lead = dossier.stepRuns.find((run) => run.lead && run.closedAt === null);
  const { isDesk, isHolder, isLeader } = handlingOf(officer, dossier.receivingAgencyId, lead);
  if (!dossier.code || !lead || !(isDesk || isHolder || isLeader)) return [];
  return [
    act("control", t("documents.make.control"), documentPaths.makeControlSlip(dossier.id), {
      folded: true,
      buttons: [{ text: t("documents.make.controlButton"), kind: "secondary" }],
    }),
  ];
}

/** Out of a colleague's hands: seldom, and with a reason. */
function takeOverAct(run: Run, step: Step, input: ActInput, words: Words): Act {
  const { t } = words;
  const id = actIds.takeOver(run.id);
  const who = run.assignee?.displayName ?? "";
  return act(id, t("desk.presence.takeOver", { step: step.name.vi }), paths.takeOver(run.dossierId), {
    folded: input.form.act !== id,
    lead: t("desk.presence.takeOverLead", { who }),
    hidden: [{ name: "run", value: run.id }, versionOf(run.version)],
    parts: [
      part("components/textarea", {
        ...control(id, "reason", input, words),
        label: t("desk.presence.reason"),
        rows: 2,
        maxLength: 4000,
      }),
    ],
    buttons: [{ text: t("desk.presence.take"), kind: "secondary" }],
  });
}

/** Everything this officer may do with the dossier now, and where a step is theirs but not to be done by them, why. */
export function actsOf(input: ActInput, words: Words): { acts: Act[]; nothing: string | null } {
  const { dossier, version, officer } = input;
  const acts = deskActs(input, words);
  let nothing: string | null = null;
  const actor = engineActor(officer);
  const history = dossier.stepRuns
    .filter((run) => run.closedAt !== null)
    .sort((a, b) => (a.closedAt?.getTime() ?? 0) - (b.closedAt?.getTime() ?? 0))
    .map(({ stepId, closedById }) => ({ stepId, officerId: closedById }));
  for (const run of dossier.stepRuns) {
    const step = findStep(version.definition.workflow, run.stepId);
    const roles = officer.postings.filter(({ agencyId }) => agencyId === run.agencyId).map(({ role }) => role);
    if (run.closedAt !== null || !step || roles.length === 0) continue;
    // Nothing goes on while the applicant is waited for, but who has it may change.
    const isPaused = run.pausedAt !== null;
    const outcomes = isPaused ? [] : offeredOutcomes(version.definition.workflow, run, actor, history);
    if (outcomes.length > 0 && draftsResult(version.definition.workflow, step))
      acts.push(recordAct(input, step, words));
    if (outcomes.length > 0) acts.push(stepAct(run, step, outcomes, input, words));
    else if (isPaused)
      nothing = words.t(dossier.status === "awaiting_obligation" ? "desk.life.waiting" : "desk.moves.waitingNow");
    else if (roles.includes(run.role)) {
      const permission = mayAct(step, actor, run.agencyId, run.assigneeId, history);
      if (!permission.ok) nothing = words.t(permission.reason, permission.params);
    }
    const isHead = roles.includes("unit_head") || roles.includes("leader");
    const isMine = holdsStep(officer, run);
    if (mayTakeOver(officer, run)) acts.push(takeOverAct(run, step, input, words));
    if (isHead || isMine) acts.push(assignAct(run, step, roles.includes(run.role), input, words));
  }
  return {
    acts: [
      ...owedActs(input, words),
      ...acts,
      ...lifeActs(input, words),
      ...movesActs(input, words),
      ...controlAct(input, words),
    ],
    nothing,
  };
}
