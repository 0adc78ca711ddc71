import type { Language } from "#platform/i18n.ts";
import { isMailAddress } from "#platform/mail.ts";

/** Whom an event concerns. */
export type Audience =
  /** The account that the dossier belongs to. */
  | "applicant"
  /** The same account, where the paper that the event names is one that applicants are given. */
  | "bearer"
  /** In whose name somebody else filed: accounts of proven identity, and the address that the applicant named. */
  | "principal"
  /** Everybody at the one-stop desk of the receiving agency. */
  | "desk"
  /** Out of whose hands a step was taken. */
  | "loser"
  /** In whose hands a step was put. */
  | "assignee"
  /** In whose hands a step opened again, because they had it before. */
  | "former"
  /** Who asked the agency that has answered: in whose hands the lead step is, or who sent it there. */
  | "asker"
  /** Who may decide on what was proposed: the leaders where the dossier stands or was received, and the desk. */
  | "deciders"
  /** Everybody who may take up what was handed over: the step's officer, else all who hold its role there. */
  | "workers"
  /** Who handed it over. */
  | "giver"
  /** In whose hands the dossier is, or was until this event: the lead step's officer, else the desk. */
  | "holder";

type Rule = {
  for: "citizen" | "officer";
  /** Whether a mail goes out while the person chose nothing. The notice in the portal always does. */
  mail: boolean;
};

/** What people are told of. */
export const notices = {
  submitted: { for: "citizen", mail: true },
  filed_for_you: { for: "citizen", mail: true },
  accepted: { for: "citizen", mail: true },
  declined: { for: "citizen", mail: true },
  moved: { for: "citizen", mail: false },
  supplement: { for: "citizen", mail: true },
  extended: { for: "citizen", mail: true },
  due_moved: { for: "citizen", mail: true },
  refused: { for: "citizen", mail: true },
  stopped: { for: "citizen", mail: true },
  lateness: { for: "citizen", mail: true },
  sent_back: { for: "citizen", mail: true },
  obligation: { for: "citizen", mail: true },
  obligation_met: { for: "citizen", mail: true },
  draft_shown: { for: "citizen", mail: true },
  draft_silent: { for: "citizen", mail: true },
  reopened: { for: "citizen", mail: true },
  rerouted: { for: "citizen", mail: true },
  corrected: { for: "citizen", mail: true },
  paper_replaced: { for: "citizen", mail: true },
  paper_revoked: { for: "citizen", mail: true },
  voided: { for: "citizen", mail: true },
  collect: { for: "citizen", mail: true },
  completed: { for: "citizen", mail: true },
  delivered: { for: "citizen", mail: true },
  draft_waiting: { for: "citizen", mail: true },
  draft_ending: { for: "citizen", mail: true },
  draft_deleted: { for: "citizen", mail: true },
  appointment_soon: { for: "citizen", mail: true },
  appointment_cancelled: { for: "citizen", mail: true },
  record_ending: { for: "citizen", mail: true },
  file_infected: { for: "citizen", mail: true },
  to_accept: { for: "officer", mail: false },
  assigned: { for: "officer", mail: true },
  taken_over: { for: "officer", mail: true },
  returned: { for: "officer", mail: true },
  supplemented: { for: "officer", mail: true },
  withdrawn: { for: "officer", mail: true },
  answered: { for: "officer", mail: true },
  paid: { for: "officer", mail: true },
  draft_agreed: { for: "officer", mail: true },
  draft_objected: { for: "officer", mail: true },
  handed_over: { for: "officer", mail: false },
  papers_received: { for: "officer", mail: false },
  extension_proposed: { for: "officer", mail: true },
  due_soon: { for: "officer", mail: true },
  step_due_soon: { for: "officer", mail: true },
  foresight: { for: "officer", mail: true },
  unforeseen: { for: "officer", mail: true },
  overdue: { for: "officer", mail: true },
  step_overdue: { for: "officer", mail: true },
  unanswered: { for: "officer", mail: true },
  deputy: { for: "officer", mail: true },
} as const satisfies Record<string, Rule>;
export type NoticeKind = keyof typeof notices;

export const NOTICE_KINDS = Object.keys(notices) as NoticeKind[];
export const isNoticeKind = (text: string): text is NoticeKind => Object.hasOwn(notices, text);

/** The kinds that somebody of this sort can be told of, in the order in which they come. */
export const kindsFor = (who: "citizen" | "officer"): NoticeKind[] =>
  NOTICE_KINDS.filter((kind) => notices[kind].for === who);

/** One consequence of an event: who is told, as which kind of notice. */
export type Reaction = {
  tell: Audience;
  of: NoticeKind;
  /** Of online filings alone: what came over the counter, the desk itself did. */
  onlineOnly?: true;
};

/** What a notice's text fills in, as it stood when it happened. */
export type Facts = {
  reference?: string | null;
  code?: string | null;
  /** ISO instant */
  dueAt?: string | null;
  stepId?: string | null;
  /** yyyy-MM-dd, the last day for an answer */
  answerBy?: string | null;
  /** How the result comes, or came. */
  method?: string | null;
  days?: number | null;
  /** yyyy-MM-dd, of what lasts from one day to another. */
  from?: string | null;
  to?: string | null;
  /** Where the dossier was handed in. */
  agency?: string | null;
  /** The code of the appointment that it tells of. */
  appointment?: string | null;
};

type Told = {
  type: string;
  payload: unknown;
  dossier: { reference: string; code: string | null; returnMethod: string };
};

/** A text of an event's payload. */
export const textIn = (payload: unknown, name: string): string | null => {
  const value = (payload as Record<string, unknown> | null)?.[name];
  return typeof value === "string" ? value : null;
};

/** The steps that an event opened, as its payload names them. */
export const openedIn = (payload: unknown): { stepId: string; lead: boolean; assigneeId?: string | null }[] => {
  const { opened } = (payload ?? {}) as { opened?: unknown };
  return Array.isArray(opened) ? opened : [];
};

/** The step runs that an event closed, as its payload names them. */
export const closedIn = (payload: unknown): string[] => {
  const { closed } = (payload ?? {}) as { closed?: unknown };
  return Array.isArray(closed) ? closed : [];
};

/** Events that tell of the step that they name, not of one that they opened. */
const STEP_TOLD = new Set(["step.assigned", "step.answered", "papers.handed_over"]);

/** What there is to say of an event, before anybody's language. A dossier has a code only from its acceptance on. */
export function factsOf({ type, payload, dossier }: Told): Facts {
  if (type === "dossier.submitted") return { reference: dossier.reference };
  const opened = openedIn(payload);
  return {
    code: dossier.code,
    reference: dossier.code ? null : dossier.reference,
    dueAt: textIn(payload, "dueAt") ?? textIn(payload, "lookUntil"),
    stepId: STEP_TOLD.has(type) ? textIn(payload, "stepId") : (opened.find(({ lead }) => lead)?.stepId ?? null),
    answerBy: textIn(payload, "answerBy") ?? textIn(payload, "until"),
    method: textIn(payload, "method") ?? dossier.returnMethod,
  };
}

export type Wording =
  | Exclude<NoticeKind, "completed" | "delivered">
  | "accepted_undated"
  | "supplement_undated"
  | "sent_back_undated"
  | "obligation_undated"
  | "completed_online"
  | "completed_counter"
  | "completed_post"
  | "delivered_online"
  | "delivered_counter"
  | "delivered_post";

/** Which text says it: what is to be done next depends on how the result comes. */
export function wordingOf(kind: NoticeKind, facts: Facts): Wording {
  if (kind === "accepted" && !facts.dueAt) return "accepted_undated";
  if (kind === "supplement" || kind === "sent_back" || kind === "obligation")
    return facts.answerBy ? kind : `${kind}_undated`;
  if (kind !== "completed" && kind !== "delivered") return kind;
  const method = facts.method === "online" || facts.method === "post" ? facts.method : "counter";
  return `${kind}_${method}`;
}

const DAY_MS = 86_400_000;
const NEWS_DAYS = 7;

/** Whether a mail would still be news: after a week it would only confuse, and what the seed acts out is long past. */
export const isNews = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < NEWS_DAYS * DAY_MS;

export type Mail = "waiting" | "no_address" | "unwanted" | "too_late";

type Reached = { kind: string; email: string | null; emailProvenAt: Date | null };

/** Whether mails may go to an account's address: what a citizen typed and nobody proved may be somebody else's. */
export const mayWriteTo = ({ kind, email, emailProvenAt }: Reached): boolean =>
  email !== null && isMailAddress(email) && (kind !== "citizen" || emailProvenAt !== null);

/** What becomes of the mail of a new notice. */
export function mailFor(notice: { hasAddress: boolean; isWanted: boolean; at: Date; now: Date }): Mail {
  if (!notice.hasAddress) return "no_address";
  if (!notice.isWanted) return "unwanted";
  return isNews(notice.at, notice.now) ? "waiting" : "too_late";
}

/** As often as the queue tries; the pauses between grow to hours, a day and a half in all. */
export const MOST_ATTEMPTS = 12;

export const languageOf = (text: string): Language => (text === "en" ? "en" : "vi");
