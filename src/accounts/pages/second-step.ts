import {
  type Button,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type SummaryList,
} from "#platform/components.ts";
import type { Form } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import type { Typed } from "#platform/session.ts";
import { paths } from "../paths.ts";

/** The button by which a browser is asked for a passkey; hidden where scripts do not run. */
export type PasskeyButton = { text: string; options: string; kind: "get" | "create"; failed: string };
export type StepPage = Page & {
  summary: ErrorSummary | null;
  lead: string;
  action: string;
  number: Input;
  submit: string;
  passkey: PasskeyButton | null;
  lost: string;
};
export type AgainPage = Page & {
  summary: ErrorSummary | null;
  lead: string;
  action: string;
  next: string | null;
  control: Input;
  submit: string;
  passkey: PasskeyButton | null;
  /** For who came by an electronic identity. */
  identity: Button | null;
};
export type ResendPage = Page & {
  lead: string;
  action: string;
  fields: readonly { name: string; value: string }[];
  shown: SummaryList;
  submit: string;
  drop: { text: string; href: string };
};

declare module "#platform/render.ts" {
  interface Views {
    "accounts/second-step": StepPage;
    "accounts/prove-again": AgainPage;
    "accounts/resend": ResendPage;
    "accounts/_passkey": PasskeyButton;
  }
}

type Has = { hasNumbers: boolean; options: string | null };

const passkeyButton = (options: string | null, t: Translate): PasskeyButton | null =>
  options === null
    ? null
    : { text: t("accounts.second.usePasskey"), options, kind: "get", failed: t("accounts.second.passkeyFailed") };

const numberInput = (form: Form, t: Translate): Input => ({
  name: "number",
  label: t("accounts.second.number"),
  hint: t("accounts.second.numberHint"),
  autocomplete: "one-time-code",
  verbatim: true,
  width: 20,
  error: errorText(form.errors, "number", t),
});

export function stepPage(form: Form, { hasNumbers, options }: Has, t: Translate): StepPage {
  const summary = errorSummary(form.errors, t);
  return {
    title: t("accounts.second.title"),
    summary,
    hasErrors: summary !== null,
    lead: t(hasNumbers ? "accounts.second.lead" : "accounts.second.leadPasskey"),
    action: paths.secondStep,
    number: numberInput(form, t),
    submit: t("accounts.second.submit"),
    passkey: passkeyButton(options, t),
    lost: t("accounts.second.lost"),
  };
}

export function againPage(
  form: Form,
  { options, hasFactor, identity }: Has & { hasFactor: boolean; identity: boolean },
  next: string | null,
  t: Translate,
): AgainPage {
  const summary = errorSummary(form.errors, t);
  return {
    title: t("accounts.again.title"),
    summary,
    hasErrors: summary !== null,
    lead: t("accounts.again.lead"),
    action: paths.proveAgain,
    next,
    control: hasFactor
      ? numberInput(form, t)
      : {
          name: "password",
          label: t("accounts.signIn.password"),
          type: "password",
          autocomplete: "current-password",
          error: errorText(form.errors, "password", t),
        },
    submit: t("accounts.second.submit"),
    passkey: passkeyButton(options, t),
    identity: identity
      ? { text: t("accounts.again.identity"), kind: "secondary", action: paths.identityAgain, novalidate: true }
      : null,
  };
}

/** Names of fields that carry no words of a person. */
const SILENT = new Set(["version", "run", "id", "tiep", "by", "role"]);
/** Names of fields that people know by other words. */
const KNOWN = ["reason", "note", "text", "email", "phone", "to"] as const;
const nameOf = (name: string, t: Translate): string => {
  const known = KNOWN.find((one) => one === name);
  return known ? t(`accounts.resend.names.${known}`) : name;
};

/** What was typed before the session ended, or before a fresh proof was asked: shown, and sent by its owner. */
export function resendPage(typed: Typed, t: Translate): ResendPage {
  const fields = Object.entries(typed.values).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: String(one) })),
  );
  const words = fields.filter(({ name, value }) => value.trim() !== "" && !SILENT.has(name));
  return {
    title: t("accounts.resend.title"),
    lead: t("accounts.resend.lead"),
    action: typed.path,
    fields,
    shown: { rows: words.map(({ name, value }) => ({ key: nameOf(name, t), value: value.split("\n") })) },
    submit: t("accounts.resend.submit"),
    drop: { text: t("accounts.resend.drop"), href: typed.path.replace(/\/[^/]*$/, "") || "/" },
  };
}
