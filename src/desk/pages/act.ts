import {
  type Colleague,
  type DeadlineSettings,
  type FullDossier,
  handlingOf,
  type ReasonKind,
} from "#dossiers/index.ts";
import { type Button, errorText, type Part } from "#platform/components.ts";
import type { Officer } from "#platform/context.ts";
import { emptyForm, type Form, shown } from "#platform/form.ts";
import type { MessageKey, MessageParams } from "#platform/i18n.ts";
import type { LoadedVersion } from "#procedures/index.ts";
import type { Words } from "./words.ts";

/** One thing an officer may do now: a plain form. */
export type Act = {
  id: string;
  title: string;
  lead: string | null;
  note: { text: string; isLate: boolean } | null;
  action: string;
  multipart: boolean;
  /** Folded away until opened: what is seldom done. */
  folded: boolean;
  hidden: readonly { name: string; value: string }[];
  parts: readonly Part[];
  buttons: readonly Button[];
};

/** A form that came back, with the act that it belongs to. */
export type ActForm = Form & { act: string };
export const noForm: ActForm = { ...emptyForm, act: "" };

export type ActInput = {
  dossier: FullDossier;
  version: LoadedVersion;
  officer: Officer;
  /** Who could be given each open step of the officer's agencies, by step run. */
  colleagues: ReadonlyMap<string, readonly Colleague[]>;
  /** Names of everybody who acted, by account id. */
  names: ReadonlyMap<string, string>;
  agencyNames: (id: string) => string;
  /** Who has an agency's work today. */
  heirOf: (id: string) => string;
  settings: DeadlineSettings;
  /** Its result can be made from a template. */
  hasTemplate: boolean;
  /** Reasons offered ready-made. */
  reasons: (kind: ReasonKind) => readonly string[];
  form: ActForm;
  /** Why what was asked for was not done. */
  problem: { reason: MessageKey; params: MessageParams; href?: string } | null;
};

export const actIds = {
  accept: "accept",
  decline: "decline",
  advance: (runId: string): string => `step-${runId}`,
  assign: (runId: string): string => `assign-${runId}`,
  takeOver: (runId: string): string => `take-${runId}`,
  record: "result",
  deliver: "deliver",
  ask: "ask",
  receive: "receive",
  extend: "extend",
  stop: "stop",
  void: "void",
  foresight: "foresight",
  lateness: "lateness",
  oblige: "oblige",
  paid: "paid",
  showDraft: "draft",
  hand: "hand",
  take: "take",
  correct: "correct",
  reopen: "reopen",
};

/** What the officer is to the dossier as it stands. */
export const standing = ({ dossier, officer }: Pick<ActInput, "dossier" | "officer">) =>
  handlingOf(
    officer,
    dossier.receivingAgencyId,
    dossier.stepRuns.find((run) => run.lead && run.closedAt === null),
  );

/** What a control of an act takes: its name in the form, its id unique in the page, and what came back. */
export const control = (act: string, name: string, { form }: ActInput, { t }: Words) => ({
  name,
  id: `${act}-${name}`,
  value: form.act === act ? shown(form, name) : "",
  error: form.act === act ? errorText(form.errors, name, t) : null,
});

export const act = (id: string, title: string, action: string, rest: Partial<Act> & Pick<Act, "buttons">): Act => ({
  id,
  title,
  action,
  lead: null,
  note: null,
  multipart: false,
  folded: false,
  hidden: [],
  parts: [],
  ...rest,
});
export const versionOf = (version: number) => ({ name: "version", value: String(version) });
