import {
  type Button,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type Link,
  type SummaryList,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { provenTag } from "./proven.ts";
import { type Strength, strengthOf } from "./strength.ts";

type FormPage = Page & { summary: ErrorSummary | null; lead: string; action: string; submit: string };
export type ForgottenPage = FormPage & { username: Input };
export type ResetPage = FormPage & {
  username: string;
  code: Input;
  password: Input;
  strength: Strength;
  passwordAgain: Input;
};
/** A code to what the account says already. */
type Proving = { action: string; button: Button };
export type ContactPage = FormPage & {
  current: SummaryList;
  proving: Proving | null;
  newTitle: string;
  email: Input;
  phone: Input | null;
};
export type ConfirmPage = FormPage & {
  target: string;
  next: string | null;
  code: Input;
  again: Proving;
  later: Link | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "accounts/forgotten": ForgottenPage;
    "accounts/reset": ResetPage;
    "accounts/contact": ContactPage;
    "accounts/confirm": ConfirmPage;
    "accounts/mail": { language: string; subject: string; text: string; link: string | null };
  }
}

function top(form: Form, title: string, lead: string, action: string, submit: string, t: Translate): FormPage {
  const summary = errorSummary(form.errors, t);
  return { title, lead, action, submit, summary, hasErrors: summary !== null };
}

const codeInput = (form: Form, t: Translate): Input => ({
  name: "code",
  label: t("accounts.forgotten.code"),
  inputmode: "numeric",
  autocomplete: "one-time-code",
  width: 10,
  verbatim: true,
  error: errorText(form.errors, "code", t),
});

export const forgottenPage = (form: Form, t: Translate): ForgottenPage => ({
  ...top(
    form,
    t("accounts.forgotten.title"),
    t("accounts.forgotten.lead"),
    paths.forgotten,
    t("accounts.forgotten.submit"),
    t,
  ),
  back: { href: paths.signIn },
  username: {
    name: "username",
    label: t("accounts.signIn.username"),
    value: shown(form, "username"),
    autocomplete: "username",
    verbatim: true,
    error: errorText(form.errors, "username", t),
  },
});

export const resetPage = (form: Form, t: Translate): ResetPage => ({
  ...top(
    form,
    t("accounts.forgotten.resetTitle"),
    t("accounts.forgotten.resetLead"),
    paths.resetPassword,
    t("accounts.forgotten.resetSubmit"),
    t,
  ),
  back: { href: paths.forgotten },
  username: shown(form, "username"),
  code: codeInput(form, t),
  password: {
    name: "password",
    label: t("accounts.password.next"),
    type: "password",
    autocomplete: "new-password",
    hint: t("accounts.signUp.passwordHint"),
    error: errorText(form.errors, "password", t),
  },
  strength: strengthOf("password", t),
  passwordAgain: {
    name: "passwordAgain",
    label: t("accounts.password.again"),
    type: "password",
    autocomplete: "new-password",
    error: errorText(form.errors, "passwordAgain", t),
  },
});

type Reached = {
  username: string;
  email: string | null;
  emailProvenAt: Date | null;
  phoneProvenAt: Date | null;
  /** To which of both a code can be sent. */
  unproven: string | null;
};

export const contactPage = (account: Reached, form: Form, maySms: boolean, t: Translate): ContactPage => {
  return {
    ...top(
      form,
      t("accounts.contact.title"),
      t("accounts.contact.lead"),
      paths.contact,
      t("accounts.contact.submit"),
      t,
    ),
    back: { href: paths.profile },
    current: {
      title: t("accounts.contact.current"),
      rows: [
        {
          key: t("accounts.profile.email"),
          value: account.email ?? t("accounts.profile.none"),
          ...(account.email ? { tag: provenTag(account.emailProvenAt, t) } : {}),
        },
        { key: t("accounts.profile.username"), value: account.username, tag: provenTag(account.phoneProvenAt, t) },
      ],
    },
    proving:
      account.unproven === null
        ? null
        : {
            action: paths.sendContactCode,
            button: { text: t("accounts.contact.prove", { target: account.unproven }), kind: "secondary" },
          },
    newTitle: t("accounts.contact.newTitle"),
    email: {
      name: "email",
      label: t("accounts.contact.email"),
      type: "email",
      autocomplete: "email",
      verbatim: true,
      value: shown(form, "email"),
      error: errorText(form.errors, "email", t),
    },
    phone: maySms
      ? {
          name: "phone",
          label: t("accounts.contact.phone"),
          type: "tel",
          inputmode: "tel",
          autocomplete: "tel",
          width: 20,
          value: shown(form, "phone"),
          error: errorText(form.errors, "phone", t),
        }
      : null,
  };
};

/** @param next where somebody goes on to, who may also leave it for later; null: they came to change the address */
export const confirmPage = (
  form: Form,
  { target, next }: { target: string; next: string | null },
  t: Translate,
): ConfirmPage => ({
  ...top(
    form,
    t("accounts.contact.confirmTitle"),
    t("accounts.contact.confirmLead", { target }),
    paths.confirmContact,
    t("accounts.contact.confirmSubmit"),
    t,
  ),
  ...(next ? {} : { back: { href: paths.contact } }),
  target,
  next,
  code: codeInput(form, t),
  again: { action: paths.sendContactCode, button: { text: t("accounts.contact.again"), kind: "secondary" } },
  later: next ? { text: t("accounts.contact.later"), href: next } : null,
});
