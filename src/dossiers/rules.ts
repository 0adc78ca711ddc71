import type { Tag, Tone } from "#platform/components.ts";
import { isoDay } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";

export * from "./rules/parties.ts";
export * from "./rules/restricted.ts";
export * from "./rules/tallies.ts";

/** Legal statuses; a step of a workflow stands in one of them and invents none (D5). */
export const STATUSES = [
  "submitted",
  "intake_supplement",
  "declined",
  "received",
  "processing",
  "awaiting_supplement",
  "awaiting_obligation",
  "withdrawn",
  "stopped",
  "refused",
  "completed",
  "delivered",
  "voided",
] as const;
export type Status = (typeof STATUSES)[number];

/** The status code that the national portal knows (domain.md 3.4). A supplement before intake counts as new. */
export const nationalStatus: Readonly<Record<Status, number>> = {
  submitted: 1,
  intake_supplement: 1,
  declined: 3,
  received: 2,
  processing: 4,
  awaiting_supplement: 5,
  awaiting_obligation: 6,
  withdrawn: 7,
  stopped: 8,
  refused: 8,
  completed: 9,
  delivered: 10,
  /** What was never a dossier: not taken in, after all. */
  voided: 3,
};

/** Counted as taken in by the authority. */
export const isReceived = (status: Status): boolean => ![1, 3].includes(nationalStatus[status]);

/** Nothing more is owed but, for `completed`, handing the result over. */
export const isFinished = (status: Status): boolean =>
  ["declined", "withdrawn", "stopped", "refused", "completed", "delivered", "voided"].includes(status);

type Move = {
  from: readonly (Status | null)[];
  /**
   * `step`: the status that the lead step stands in; `same`: the status stays; `back`: where it stood before it was
   * closed, at its step or waiting for the applicant.
   */
  to: Status | "step" | "same" | "back";
  /**
   * `handler`: the desk, whoever holds the open lead step, or a leader of its agency, as each move says; `leader`: with
   * authority alone; `time`: nobody, a told moment has passed; `merger`: nobody asks for it, an agency is no more.
   */
  by: "citizen" | "desk" | "step" | "handler" | "leader" | "time" | "merger";
  event: DossierEventType;
};

/** What happened to a dossier: the type of each row of its history. */
export const EVENT_TYPES = [
  "dossier.submitted",
  "dossier.accepted",
  "dossier.declined",
  "dossier.linked",
  "step.assigned",
  "step.advanced",
  "step.answered",
  "result.recorded",
  "dossier.refused",
  "dossier.completed",
  "dossier.delivered",
  "dossier.supplement_requested",
  "dossier.supplemented",
  "dossier.withdrawn",
  "dossier.stopped",
  "dossier.extended",
  "dossier.due_moved",
  "step.due_moved",
  "dossier.on_time_confirmed",
  "dossier.extension_proposed",
  "dossier.lateness_explained",
  "dossier.returned",
  "dossier.obligation_asked",
  "dossier.obligation_met",
  "dossier.obligation_unmet",
  "dossier.reopened",
  "dossier.rerouted",
  "dossier.voided",
  "receipt.signed",
  "result.reminded",
  "result.corrected",
  "draft.shown",
  "draft.agreed",
  "draft.objected",
  "draft.silent",
  "papers.handed_over",
  "papers.received",
  "papers.digitised",
  "papers.certified",
  "paper.issued",
  "paper.replaced",
  "paper.revoked",
  "dossier.restricted",
  "dossier.unrestricted",
] as const;
export type DossierEventType = (typeof EVENT_TYPES)[number];

/**
 * Done beside a dossier's handling: it stands in the history like the rest, and changes nothing that anybody decides on, so
 * that a page which is open meanwhile stays as good as it was.
 */
export const BESIDE = [
  "receipt.signed",
  "result.reminded",
  "papers.digitised",
  "papers.certified",
  "paper.issued",
] as const satisfies readonly DossierEventType[];
const beside: ReadonlySet<string> = new Set(BESIDE);
export const isBeside = (type: DossierEventType): boolean => beside.has(type);

type Key<T> = T extends `${infer A}.${infer B}` ? `${A}_${B}` : never;
/** The event's type as texts are keyed by it: "dossier_accepted". */
export const eventKey = (type: string): Key<DossierEventType> => type.replace(".", "_") as Key<DossierEventType>;
/** The same of what may have come before somebody's act. */
export const changeKey = (type: string) =>
  eventKey(type) as Exclude<Key<DossierEventType>, Key<(typeof BESIDE)[number]>>;

/** Taken in, and not closed yet. */
const OPEN = ["received", "processing", "awaiting_supplement", "awaiting_obligation"] as const;

/** Its papers lie at the desk, or did. */
const AT_HAND = ["submitted", "intake_supplement", ...OPEN, "completed", "delivered"] as const;

/** The legal life of a dossier: the only place that says which change of status is lawful, and whose it is. */
export const moves = {
  submit: { from: [null], to: "submitted", by: "citizen", event: "dossier.submitted" },
  accept: { from: ["submitted"], to: "step", by: "desk", event: "dossier.accepted" },
  decline: { from: ["submitted", "intake_supplement"], to: "declined", by: "desk", event: "dossier.declined" },
  requestAtIntake: {
    from: ["submitted"],
    to: "intake_supplement",
    by: "desk",
    event: "dossier.supplement_requested",
  },
  supplementAtIntake: { from: ["intake_supplement"], to: "submitted", by: "citizen", event: "dossier.supplemented" },
  requestSupplement: {
    from: ["received", "processing"],
    to: "awaiting_supplement",
    by: "handler",
    event: "dossier.supplement_requested",
  },
  supplement: { from: ["awaiting_supplement"], to: "step", by: "citizen", event: "dossier.supplemented" },
  /** Not eligible after appraisal, within three working days of its reception (NĐ 61/2018 Đ19.4). */
  returnIneligible: {
    from: ["received", "processing"],
    to: "awaiting_supplement",
    by: "handler",
    event: "dossier.returned",
  },
  askObligation: {
    from: ["received", "processing"],
    to: "awaiting_obligation",
    by: "handler",
    event: "dossier.obligation_asked",
  },
  meetObligation: { from: ["awaiting_obligation"], to: "step", by: "handler", event: "dossier.obligation_met" },
  /** The receipt that it was met with is void. */
  unmeetObligation: {
    from: ["received", "processing"],
    to: "awaiting_obligation",
    by: "desk",
    event: "dossier.obligation_unmet",
  },
  confirmOnTime: { from: OPEN, to: "same", by: "handler", event: "dossier.on_time_confirmed" },
  proposeExtension: { from: OPEN, to: "same", by: "handler", event: "dossier.extension_proposed" },
  explainLateness: { from: OPEN, to: "same", by: "leader", event: "dossier.lateness_explained" },
  extend: {
    from: OPEN,
    to: "same",
    by: "handler",
    event: "dossier.extended",
  },
  stop: {
    from: OPEN,
    to: "stopped",
    by: "handler",
    event: "dossier.stopped",
  },
  withdraw: {
    from: ["submitted", "intake_supplement", ...OPEN],
    to: "withdrawn",
    by: "citizen",
    event: "dossier.withdrawn",
  },
  advance: { from: ["received", "processing", "awaiting_obligation"], to: "step", by: "step", event: "step.advanced" },
  refuse: {
    from: ["received", "processing", "awaiting_obligation"],
    to: "refused",
    by: "step",
    event: "dossier.refused",
  },
  complete: {
    from: ["received", "processing", "awaiting_obligation"],
    to: "completed",
    by: "step",
    event: "dossier.completed",
  },
  showDraft: { from: ["received", "processing"], to: "same", by: "step", event: "draft.shown" },
  agreeToDraft: { from: ["received", "processing"], to: "same", by: "citizen", event: "draft.agreed" },
  objectToDraft: { from: ["received", "processing"], to: "same", by: "citizen", event: "draft.objected" },
  takeSilence: { from: ["received", "processing"], to: "same", by: "time", event: "draft.silent" },
  /** Also its result, to the desk where it is waited for. */
  handOver: { from: [...OPEN, "completed"], to: "same", by: "handler", event: "papers.handed_over" },
  receivePapers: { from: [...OPEN, "completed", "delivered"], to: "same", by: "step", event: "papers.received" },
  digitise: { from: AT_HAND, to: "same", by: "desk", event: "papers.digitised" },
  certifyCopies: { from: AT_HAND, to: "same", by: "desk", event: "papers.certified" },
  /** The agency that has it was merged or abolished: another goes on, under the same version and due date. */
  reroute: {
    from: ["submitted", "intake_supplement", ...OPEN, "completed"],
    to: "same",
    by: "merger",
    event: "dossier.rerouted",
  },
  deliver: { from: ["completed"], to: "delivered", by: "desk", event: "dossier.delivered" },
  correctResult: { from: ["completed", "delivered"], to: "same", by: "leader", event: "result.corrected" },
  /** Taken in by mistake, and nobody worked on it: the code stays its own, marked, and is never given again. */
  voidAcceptance: { from: ["received", "processing"], to: "voided", by: "handler", event: "dossier.voided" },
  signReceipt: { from: OPEN, to: "same", by: "desk", event: "receipt.signed" },
  remindToCollect: { from: ["completed"], to: "same", by: "time", event: "result.reminded" },
  reopen: { from: ["completed", "refused", "stopped"], to: "back", by: "leader", event: "dossier.reopened" },
} as const satisfies Record<string, Move>;
export type MoveName = keyof typeof moves;

/** Acts for which reasons are offered ready-made. */
export const REASON_KINDS = ["supplement", "decline", "lateness", "extension", "stop"] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** What people write about a dossier, by what it is for. */
export const NOTE_KINDS = [
  "decline",
  "refusal",
  "ground",
  "opinion",
  "supplement",
  "withdrawal",
  "stop",
  "extension",
  "proposal",
  "lateness",
  "obligation",
  "correction",
  "reopening",
  "draft",
  "takeover",
  "voiding",
  "late_entry",
  "restriction",
] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** Whether the move may leave this status. */
export const mayLeave = (move: MoveName, status: Status): boolean =>
  (moves[move].from as readonly (Status | null)[]).includes(status);

/** The applicant is waited for: for papers, or for a payment. */
export const isWaiting = (status: Status): boolean =>
  status === "intake_supplement" || status === "awaiting_supplement" || status === "awaiting_obligation";

/** {agency}-{yyMMdd}-{NNNN}; beyond 9999 five digits (TT 01/2018 Đ19, practice since QĐ 20/2020). */
export const dossierCode = (agencyIdentifier: string, acceptedAt: Date, serial: number): string =>
  `${agencyIdentifier}-${isoDay(acceptedAt).slice(2).replaceAll("-", "")}-${String(serial).padStart(4, "0")}`;

/** All codes ever seen, old patterns included (domain.md 3.1). */
export const DOSSIER_CODE = /^[0-9A-Z]+(?:\.[0-9A-Z]+)*-\d{6}(?:\d{2})?-\d{4,7}$/;

/** How far a dossier is, for somebody who only knows its code: 1 taken in … 5 returned (domain.md 1.3). */
export type Band = 1 | 2 | 3 | 4 | 5;

/**
 * The degree of completion shown without sign-in; says nothing of what is asked or decided.
 * @param progress share of the workflow's steps that are behind, 0 to 1
 */
export function completionBand(status: Status, progress: number): Band {
  if (status === "delivered") return 5;
  if (isFinished(status)) return 4;
  if (status === "received" || status === "submitted" || status === "intake_supplement") return 1;
  return progress < 0.5 ? 2 : 3;
}

/** How each status looks wherever it is shown, to citizens and officers alike. */
const TONES: Readonly<Record<Status, Tone>> = {
  submitted: "new",
  intake_supplement: "waiting",
  declined: "refused",
  received: "progress",
  processing: "progress",
  awaiting_supplement: "waiting",
  awaiting_obligation: "waiting",
  withdrawn: "neutral",
  stopped: "refused",
  refused: "refused",
  completed: "done",
  delivered: "done",
  voided: "neutral",
};

/** A status as it reads everywhere. */
export const statusTag = (status: Status, t: Translate): Tag => ({
  text: t(`dossiers.status.${status}`),
  tone: TONES[status],
});
