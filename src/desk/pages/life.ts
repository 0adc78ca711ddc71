import {
  isLate,
  mayLeave,
  openProposal,
  owesForesight,
  proposedDate,
  type ReasonKind,
  workingDaysLeft,
} from "#dossiers/index.ts";
import { type Part, part } from "#platform/components.ts";
import { shown } from "#platform/form.ts";
import { formatDate, formatDateTime, formatPartialDate } from "#platform/format.ts";
import { paths } from "../paths.ts";
import { type Act, type ActInput, act, actIds, control, standing, versionOf } from "./act.ts";
import { resultParts } from "./record.ts";
import type { Words } from "./words.ts";

/** Where a reason is owed: ready-made ones to choose from, and room for what they do not say. */
export function reasonParts(id: string, label: string, kind: ReasonKind | null, input: ActInput, words: Words): Part[] {
  const presets = kind ? input.reasons(kind) : [];
  const { t } = words;
  return [
    ...(presets.length > 0
      ? [
          part("components/select", {
            ...control(id, "preset", input, words),
            label: t("desk.life.preset"),
            placeholder: t("desk.life.presetNone"),
            items: presets.map((text) => ({ value: text, text })),
          }),
        ]
      : []),
    part("components/textarea", { ...control(id, "reason", input, words), label, rows: 3, maxLength: 4000 }),
  ];
}

/** The three boxes of a date, with what was typed, else with a first proposal (yyyy-MM-dd). */
export function datePart(
  id: string,
  name: string,
  label: string,
  first: string | null,
  input: ActInput,
  words: Words,
): Part {
  const [year = "", month = "", day = ""] = (first ?? "").split("-");
  const typed = (key: string): string => shown(input.form, `${name}.${key}`);
  return part("components/date-input", {
    ...control(id, name, input, words),
    label,
    value:
      input.form.act === id ? { day: typed("day"), month: typed("month"), year: typed("year") } : { day, month, year },
  });
}

/** The word that is owed when the due date comes near: it stands first, and open, until it is given. */
function foresightAct(input: ActInput, words: Words): Act | null {
  const { dossier, settings } = input;
  const { t, now, calendar } = words;
  const { dueAt } = dossier;
  const { isDesk, isHolder, isLeader } = standing(input);
  if (!dueAt || !(isDesk || isHolder || isLeader) || !owesForesight(dossier, now, calendar, settings)) return null;
  const id = actIds.foresight;
  const mayPropose = !dossier.extension && workingDaysLeft(dueAt, now, calendar) > 0;
  return act(id, t("desk.life.foresight.open"), paths.foresight(dossier.id), {
    lead: t(mayPropose ? "desk.life.foresight.lead" : "desk.life.foresight.leadOnly", { due: formatDate(dueAt) }),
    hidden: [versionOf(dossier.version)],
    parts: mayPropose
      ? [
          datePart(id, "until", t("desk.life.foresight.until"), proposedDate(dueAt, calendar, settings), input, words),
          ...reasonParts(id, t("desk.life.foresight.reason"), "extension", input, words),
        ]
      : [],
    buttons: [
      {
        text: t("desk.life.foresight.confirm"),
        name: "word",
        value: "confirm",
        ...(mayPropose ? { kind: "secondary" as const } : {}),
      },
      ...(mayPropose ? [{ text: t("desk.life.foresight.propose"), name: "word", value: "propose" }] : []),
    ],
  });
}

/** What somebody proposed and nobody has decided yet: who, until when, why. */
export function proposalOf(
  { dossier, names }: ActInput,
  { t }: Words,
): { until: string; text: string; reason: string } | null {
  const proposal = dossier.extension ? null : openProposal(dossier);
  if (!proposal) return null;
  const note = dossier.notes.find(({ id }) => id === proposal.noteId);
  const who = (note?.authorId && names.get(note.authorId)) || "";
  const reason = note?.text ?? "";
  return {
    until: proposal.until,
    reason,
    text: t("desk.life.foresight.proposal", { who, until: formatPartialDate(proposal.until), reason }),
  };
}

function latenessAct(input: ActInput, words: Words): Act | null {
  const { dossier, form } = input;
  const { t, now } = words;
  if (!standing(input).isLeader || !dossier.dueAt || !isLate(dossier, now)) return null;
  const id = actIds.lateness;
  const count = dossier.notes.filter(({ kind }) => kind === "lateness").length;
  const lead = [
    t("desk.life.late.lead", { due: formatDate(dossier.dueAt) }),
    count > 0 ? t("desk.life.late.again", { count }) : "",
  ];
  return act(id, t("desk.life.late.open"), paths.lateness(dossier.id), {
    folded: count > 0 && form.act !== id,
    lead: lead.filter(Boolean).join(" "),
    hidden: [versionOf(dossier.version)],
    parts: reasonParts(id, t("desk.life.late.reason"), "lateness", input, words),
    buttons: [{ text: t("desk.life.late.button") }],
  });
}

function obligeAct(input: ActInput, words: Words): Act {
  const { dossier, form } = input;
  const { t } = words;
  const id = actIds.oblige;
  return act(id, t("desk.life.oblige.open"), paths.oblige(dossier.id), {
    folded: form.act !== id,
    lead: t("desk.life.oblige.lead"),
    hidden: [versionOf(dossier.version)],
    parts: [
      part("components/textarea", {
        ...control(id, "what", input, words),
        label: t("desk.life.oblige.what"),
        rows: 3,
        maxLength: 4000,
      }),
      part("components/input", {
        ...control(id, "amount", input, words),
        label: t("desk.life.oblige.amount"),
        hint: t("desk.life.oblige.amountHint"),
        inputmode: "numeric",
        width: 10,
        suffix: "đ",
      }),
      datePart(id, "payBy", t("desk.life.oblige.payBy"), null, input, words),
    ],
    buttons: [{ text: t("desk.life.oblige.button"), kind: "secondary" }],
  });
}

function paidAct(input: ActInput, words: Words): Act | null {
  const { dossier } = input;
  const { t } = words;
  if (dossier.obligations.every(({ metAt }) => metAt !== null)) return null;
  const id = actIds.paid;
  return act(id, t("desk.life.paid.open"), paths.paid(dossier.id), {
    lead: t("desk.life.paid.lead"),
    hidden: [versionOf(dossier.version)],
    parts: [
      part("components/input", {
        ...control(id, "proof", input, words),
        label: t("desk.life.paid.proof"),
        width: 20,
        required: false,
      }),
    ],
    buttons: [{ text: t("desk.life.paid.button") }],
  });
}

function showDraftAct(input: ActInput, words: Words): Act | null {
  const { dossier, settings } = input;
  const { t } = words;
  const open = dossier.confirmations.find(({ answeredAt }) => answeredAt === null);
  const draft = dossier.results.find(({ state, storageKey }) => state === "draft" && storageKey !== null);
  const id = actIds.showDraft;
  if (open)
    return act(id, t("desk.life.draft.open"), paths.showDraft(dossier.id), {
      lead: t("desk.life.draft.waiting", { until: formatDateTime(open.answerUntil) }),
      buttons: [],
    });
  if (!draft || !dossier.applicantAccountId) return null;
  return act(id, t("desk.life.draft.open"), paths.showDraft(dossier.id), {
    folded: input.form.act !== id,
    lead: t("desk.life.draft.lead", { days: settings.draftAnswerDays }),
    hidden: [versionOf(dossier.version)],
    buttons: [{ text: t("desk.life.draft.button"), kind: "secondary" }],
  });
}

/** Where this officer may hand papers over to: where the dossier stands, or its result to the desk; null: nowhere. */
function destinationOf(input: ActInput): { agencyId: string; role: string } | null {
  const { dossier, officer } = input;
  const last = dossier.stepRuns.findLast(({ lead }) => lead);
  if (dossier.status === "completed") {
    const isGiver = officer.postings.some(
      ({ agencyId, role }) => agencyId === last?.agencyId && (role === last.role || role === "clerk"),
    );
    const desk = { agencyId: dossier.receivingAgencyId, role: "desk" };
    return isGiver && !(last?.agencyId === desk.agencyId && last.role === "desk") ? desk : null;
  }
  const { isDesk, isHolder } = standing(input);
  const hasWorked = dossier.stepRuns.some(({ closedById }) => closedById === officer.accountId);
  return last?.closedAt === null && !isHolder && (isDesk || hasWorked) ? last : null;
}

function handActs(input: ActInput, words: Words): (Act | null)[] {
  const { dossier, officer, form } = input;
  const { t } = words;
  const open = dossier.handOvers.find(({ receivedAt }) => receivedAt === null);
  const holds = (agencyId: string, role: string) =>
    officer.postings.some((posting) => posting.agencyId === agencyId && posting.role === role);
  if (open) {
    if (!holds(open.toAgencyId, open.toRole) || open.givenById === officer.accountId) return [];
    const id = actIds.take;
    return [
      act(id, t("desk.life.take.open"), paths.take(dossier.id), {
        lead: t("desk.life.take.lead", {
          agency: input.agencyNames(open.fromAgencyId),
          at: formatDateTime(open.givenAt),
          papers: open.papers.split("\n").join("; "),
        }),
        hidden: [versionOf(dossier.version)],
        parts: [
          part("components/textarea", {
            ...control(id, "remark", input, words),
            label: t("desk.life.take.remark"),
            rows: 2,
            required: false,
          }),
        ],
        buttons: [{ text: t("desk.life.take.button"), kind: "secondary" }],
      }),
    ];
  }
  const to = destinationOf(input);
  if (!to) return [];
  const id = actIds.hand;
  return [
    act(id, t("desk.life.hand.open"), paths.hand(dossier.id), {
      folded: form.act !== id,
      lead: t("desk.life.hand.lead", {
        agency: input.agencyNames(to.agencyId),
        role: t(`workflow.roles.${to.role as "desk"}`).toLowerCase(),
      }),
      hidden: [versionOf(dossier.version)],
      parts: [
        part("components/textarea", {
          ...control(id, "papers", input, words),
          label: t("desk.life.hand.papers"),
          hint: t("desk.life.hand.papersHint"),
          rows: 4,
          maxLength: 4000,
        }),
      ],
      buttons: [{ text: t("desk.life.hand.button"), kind: "secondary" }],
    }),
  ];
}

function closedActs(input: ActInput, words: Words): (Act | null)[] {
  const { dossier, officer, form } = input;
  const { t } = words;
  // What an agency closed that was merged since is its successor's.
  const leads = (agencyId: string | undefined) =>
    agencyId !== undefined &&
    officer.postings.some((one) => one.agencyId === input.heirOf(agencyId) && one.role === "leader");
  const issued = dossier.results.find(({ state }) => state === "issued");
  const last = dossier.stepRuns.findLast(({ lead }) => lead);
  const [correct, reopen] = [actIds.correct, actIds.reopen];
  return [
    mayLeave("correctResult", dossier.status) && issued && leads(issued.issuerAgencyId)
      ? act(correct, t("desk.life.correct.open"), paths.correct(dossier.id), {
          folded: form.act !== correct,
          lead: t("desk.life.correct.lead"),
          multipart: true,
          hidden: [versionOf(dossier.version), { name: "result", value: issued.id }],
          parts: [
            ...resultParts(correct, { ...issued, fileName: null, storageKey: null }, input, words),
            part("components/textarea", {
              ...control(correct, "reason", input, words),
              label: t("desk.life.correct.reason"),
              rows: 3,
              maxLength: 4000,
            }),
          ],
          buttons: [{ text: t("desk.life.correct.button") }],
        })
      : null,
    mayLeave("reopen", dossier.status) && (leads(dossier.receivingAgencyId) || leads(last?.agencyId))
      ? act(reopen, t("desk.life.reopen.open"), paths.reopen(dossier.id), {
          folded: form.act !== reopen,
          lead: t("desk.life.reopen.lead"),
          hidden: [versionOf(dossier.version)],
          parts: [
            part("components/textarea", {
              ...control(reopen, "reason", input, words),
              label: t("desk.life.reopen.reason"),
              rows: 3,
              maxLength: 4000,
            }),
          ],
          buttons: [{ text: t("desk.life.reopen.button"), kind: "warning" }],
        })
      : null,
  ];
}

const there = (acts: readonly (Act | null)[]): Act[] => acts.filter((one) => one !== null);

/** What is owed now and stands before all else: a word on the due date, or why it was not kept. */
export const owedActs = (input: ActInput, words: Words): Act[] =>
  there([foresightAct(input, words), latenessAct(input, words)]);

/** What the law allows besides the steps: payments, drafts, slips, corrections, opening again. */
export function lifeActs(input: ActInput, words: Words): Act[] {
  const { isDesk, isHolder } = standing(input);
  const { status } = input.dossier;
  const acts: (Act | null)[] = [];
  if ((isDesk || isHolder) && mayLeave("meetObligation", status)) acts.push(paidAct(input, words));
  if (mayLeave("receivePapers", status)) acts.push(...handActs(input, words));
  if (isHolder && mayLeave("showDraft", status)) acts.push(showDraftAct(input, words));
  if ((isDesk || isHolder) && mayLeave("askObligation", status)) acts.push(obligeAct(input, words));
  return there([...acts, ...closedActs(input, words)]);
}
