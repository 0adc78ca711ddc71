import {
  type Button,
  type CardGrid,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type InsetText,
  type Link,
  type LinkButton,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { OwnFactor, OwnIdentity, OwnSession } from "../queries/security.ts";
import { deviceName, PROOFS, type ProvenAct } from "../rules/policy.ts";
import type { PasskeyButton } from "./second-step.ts";

/** A thing of the account with a button that takes it away. */
export type OwnedThing = { title: string; note: string; action: string | null; button: Button };
export type SecurityPage = Page & {
  lead: string;
  must: InsetText | null;
  passwordTitle: string;
  password: Link;
  stepTitle: string;
  stepText: string;
  factors: readonly OwnedThing[];
  add: readonly LinkButton[];
  codes: { text: string; action: string; button: Button } | null;
  sessionsTitle: string;
  sessions: readonly OwnedThing[];
  endOthers: { action: string; button: Button } | null;
  identity: {
    title: string;
    text: string;
    things: readonly OwnedThing[];
    link: { action: string; button: Button } | null;
  } | null;
};
export type NumbersPage = Page & {
  summary: ErrorSummary | null;
  steps: readonly string[];
  picture: string;
  pictureText: string;
  secretLabel: string;
  secret: string;
  action: string;
  label: Input;
  number: Input;
  submit: string;
};
export type PasskeyPage = Page & {
  summary: ErrorSummary | null;
  lead: string;
  needsScripts: string;
  action: string;
  label: Input;
  passkey: PasskeyButton;
};
export type NeedsStepPage = Page & {
  lead: string;
  texts: readonly string[];
  ways: CardGrid["items"];
  later: Link;
};
export type CodesPage = Page & { lead: string; codes: readonly string[]; warning: string; go: LinkButton };

declare module "#platform/render.ts" {
  interface Views {
    "accounts/security": SecurityPage;
    "accounts/numbers": NumbersPage;
    "accounts/passkey": PasskeyPage;
    "accounts/codes": CodesPage;
    "accounts/needs-step": NeedsStepPage;
    "accounts/_owned": OwnedThing;
  }
}

const factorThing = ({ id, kind, label, createdAt, usedAt }: OwnFactor, t: Translate): OwnedThing => ({
  title: `${t(`accounts.security.${kind}`)}: ${label}`,
  note: [
    t("accounts.security.since", { at: formatDateTime(createdAt) }),
    usedAt ? t("accounts.security.used", { at: formatDateTime(usedAt) }) : "",
  ]
    .filter(Boolean)
    .join(" "),
  action: paths.removeFactor(id),
  button: { text: t("accounts.security.remove"), kind: "secondary" },
});

const sessionThing = (session: OwnSession, t: Translate): OwnedThing => ({
  title: deviceName(session.device) || t("accounts.security.unknownDevice"),
  note: [
    session.isThis ? t("accounts.security.thisDevice") : "",
    session.startedAt ? t("accounts.security.signedInAt", { at: formatDateTime(session.startedAt) }) : "",
    session.address ? t("accounts.security.from", { address: session.address }) : "",
  ]
    .filter(Boolean)
    .join(" "),
  action: session.isThis ? null : paths.endSession(session.fingerprint),
  button: { text: t("accounts.security.end"), kind: "secondary" },
});

type Secured = {
  factors: readonly OwnFactor[];
  codesLeft: number;
  sessions: readonly OwnSession[];
  must: boolean;
  /** Null: no provider, or nobody's business. */
  identity: { identities: readonly OwnIdentity[] } | null;
};

export const securityPage = (
  { factors, codesLeft, sessions, must, identity }: Secured,
  t: Translate,
): SecurityPage => ({
  title: t("accounts.security.title"),
  lead: t("accounts.security.lead"),
  must: must ? { text: t("accounts.security.must"), tone: "warning" } : null,
  passwordTitle: t("accounts.profile.passwordKey"),
  password: { text: t("accounts.profile.changePassword"), href: paths.password },
  stepTitle: t("accounts.security.step"),
  stepText: t(factors.length > 0 ? "accounts.security.stepOn" : "accounts.security.stepOff"),
  factors: factors.map((factor) => factorThing(factor, t)),
  add: [
    { text: t("accounts.security.addNumbers"), href: paths.addNumbers, kind: "secondary" },
    { text: t("accounts.security.addPasskey"), href: paths.addPasskey, kind: "secondary" },
  ],
  codes:
    factors.length > 0
      ? {
          text: t("accounts.security.codesLeft", { count: codesLeft }),
          action: paths.recoveryCodes,
          button: { text: t("accounts.security.newCodes"), kind: "secondary" },
        }
      : null,
  sessionsTitle: t("accounts.security.sessions"),
  sessions: sessions.map((session) => sessionThing(session, t)),
  endOthers:
    sessions.length > 1
      ? { action: paths.endOthers, button: { text: t("accounts.security.endOthers"), kind: "warning" } }
      : null,
  identity: identity && {
    title: t("accounts.identity.title"),
    text: t(identity.identities.length > 0 ? "accounts.identity.linkedText" : "accounts.identity.text"),
    things: identity.identities.map(({ id, issuer, level, linkedAt }) => ({
      title: new URL(issuer).host,
      note: t("accounts.identity.since", { at: formatDateTime(linkedAt), level }),
      action: paths.unlinkIdentity(id),
      button: { text: t("accounts.identity.unlink"), kind: "secondary" },
    })),
    link:
      identity.identities.length > 0
        ? null
        : { action: paths.linkIdentity, button: { text: t("accounts.identity.link"), kind: "secondary" } },
  },
});

const labelInput = (form: Form, fallback: string, t: Translate): Input => ({
  name: "label",
  label: t("accounts.numbers.label"),
  hint: t("accounts.numbers.labelHint"),
  value: shown(form, "label") || fallback,
  maxLength: 60,
  width: 20,
  error: errorText(form.errors, "label", t),
});

export function numbersPage(form: Form, made: { secret: string; picture: string }, t: Translate): NumbersPage {
  const summary = errorSummary(form.errors, t);
  return {
    title: t("accounts.numbers.title"),
    summary,
    hasErrors: summary !== null,
    back: { href: paths.security },
    steps: [t("accounts.numbers.step1"), t("accounts.numbers.step2"), t("accounts.numbers.step3")],
    picture: made.picture,
    pictureText: t("accounts.numbers.picture"),
    secretLabel: t("accounts.numbers.secret"),
    secret: made.secret.replace(/(.{4})(?=.)/g, "$1 "),
    action: paths.addNumbers,
    label: labelInput(form, t("accounts.numbers.defaultLabel"), t),
    number: {
      name: "number",
      label: t("accounts.numbers.number"),
      inputmode: "numeric",
      autocomplete: "one-time-code",
      width: 10,
      verbatim: true,
      error: errorText(form.errors, "number", t),
    },
    submit: t("accounts.numbers.submit"),
  };
}

export function passkeyPage(form: Form, options: string, t: Translate): PasskeyPage {
  const summary = errorSummary(form.errors, t);
  return {
    title: t("accounts.passkey.title"),
    summary,
    hasErrors: summary !== null,
    back: { href: paths.security },
    lead: t("accounts.passkey.lead"),
    needsScripts: t("accounts.passkey.needsScripts"),
    action: paths.addPasskey,
    label: labelInput(form, t("accounts.passkey.defaultLabel"), t),
    passkey: {
      text: t("accounts.passkey.make"),
      options,
      kind: "create",
      failed: t("accounts.second.passkeyFailed"),
    },
  };
}

/** Acts that only who has a second step may do. */
type Guarded = { [A in ProvenAct]: (typeof PROOFS)[A] extends "twice" ? A : never }[ProvenAct];
export const GUARDED = (Object.keys(PROOFS) as ProvenAct[]).filter((act): act is Guarded => PROOFS[act] === "twice");

export const needsStepPage = (act: Guarded, t: Translate): NeedsStepPage => ({
  title: t("accounts.needsStep.title"),
  lead: t(`accounts.needsStep.why.${act}`),
  texts: [t("accounts.needsStep.how"), t("accounts.needsStep.back")],
  ways: [
    { title: t("accounts.security.addNumbers"), href: paths.addNumbers, text: t("accounts.needsStep.numbers") },
    { title: t("accounts.security.addPasskey"), href: paths.addPasskey, text: t("accounts.needsStep.passkey") },
  ],
  later: { text: t("accounts.needsStep.later"), href: paths.home.citizen },
});

/** @param after where somebody was going who had to set this up first */
export const codesPage = (codes: readonly string[], after: string | null, t: Translate): CodesPage => ({
  title: t("accounts.codes.title"),
  lead: t("accounts.codes.lead"),
  codes,
  warning: t("accounts.codes.warning"),
  go: { text: t(after ? "accounts.codes.goOn" : "accounts.codes.done"), href: after ?? paths.security },
});
