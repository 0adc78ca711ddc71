import { paths as companyPaths } from "#companies/paths.ts";
import type {
  DateInput,
  Details,
  ErrorSummary,
  Input,
  InsetText,
  Link,
  LinkButton,
  Radios,
  SummaryList,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths as privacyPaths } from "#privacy/paths.ts";
import type { ShownControl } from "#procedures/index.ts";
import { provenTag } from "./pages/proven.ts";
import { type Strength, strengthOf } from "./pages/strength.ts";
import { paths } from "./paths.ts";
import type { Profile } from "./queries.ts";

type FormPage = Page & { summary: ErrorSummary | null; submit: string };
type Returning = { next: string | null };

export type SignInPage = FormPage &
  Returning & {
    username: Input;
    password: Input;
    lead: string | null;
    forgotten: Link;
    /** Null: no provider of electronic identities. */
    identity: LinkButton | null;
    signUpQuestion: string;
    signUp: Link;
  };
export type SignUpPage = FormPage &
  Returning & {
    lead: string;
    fullName: Input;
    phone: Input;
    password: Input;
    strength: Strength;
    passwordAgain: Input;
    email: Input;
    personalId: Input;
    birthDate: DateInput;
    law: Details;
    signInQuestion: string;
    signIn: Link;
  };
export type SignOutPage = Page & { question: string; advice: string; submit: string; stay: Link };
export type ActivatePage = FormPage & {
  lead: string;
  usernameKey: string;
  username: string;
  password: Input;
  strength: Strength;
  passwordAgain: Input;
};
export type PasswordPage = FormPage & {
  forced: InsetText | null;
  username: string;
  current: Input;
  password: Input;
  strength: Strength;
  passwordAgain: Input;
};
export type ProfilePage = Page & { details: SummaryList; declared: InsetText | null; security: SummaryList };
export type EditProfilePage = FormPage & {
  fullName: Input;
  phone: Input;
  personalId: Input;
  birthDate: DateInput;
  gender: Radios;
  address: ShownControl;
};

declare module "#platform/render.ts" {
  interface Views {
    "accounts/sign-in": SignInPage;
    "accounts/sign-up": SignUpPage;
    "accounts/sign-out": SignOutPage;
    "accounts/activate": ActivatePage;
    "accounts/password": PasswordPage;
    "accounts/profile": ProfilePage;
    "accounts/edit-profile": EditProfilePage;
  }
}

const top = (form: Form, title: string, submit: string, t: Translate) => {
  const summary = errorSummary(form.errors, t);
  return { title, submit, summary, hasErrors: summary !== null };
};

/** A control with what was typed and what is wrong with it; passwords are never sent back. */
const control = (form: Form, name: string, label: string, t: Translate): Input => ({
  name,
  label,
  value: shown(form, name),
  error: errorText(form.errors, name, t),
});

const secret = (
  form: Form,
  name: string,
  label: string,
  autocomplete: "current-password" | "new-password",
  t: Translate,
): Input => ({
  name,
  label,
  type: "password",
  autocomplete,
  error: errorText(form.errors, name, t),
});

const dateControl = (form: Form, t: Translate): DateInput => ({
  name: "birthDate",
  label: t("accounts.profile.birthDate"),
  hint: t("accounts.signUp.birthDateHint"),
  required: false,
  autocomplete: "bday",
  value: {
    day: shown(form, "birthDate.day"),
    month: shown(form, "birthDate.month"),
    year: shown(form, "birthDate.year"),
  },
  error: errorText(form.errors, "birthDate.day", t),
});

const personalIdControl = (form: Form, t: Translate): Input => ({
  ...control(form, "personalId", t("accounts.signUp.personalId"), t),
  hint: t("accounts.signUp.personalIdHint"),
  inputmode: "numeric",
  width: 20,
  verbatim: true,
  required: false,
});

const emailControl = (form: Form, t: Translate): Input => ({
  ...control(form, "email", t("accounts.signUp.email"), t),
  type: "email",
  autocomplete: "email",
  verbatim: true,
  required: false,
});

/** @param hasIdentity people may come by an electronic identity */
export const signInPage = (form: Form, next: string | null, hasIdentity: boolean, t: Translate): SignInPage => ({
  ...top(form, t("accounts.signIn.title"), t("accounts.signIn.submit"), t),
  next,
  lead: next ? t("accounts.signIn.needed") : null,
  username: {
    ...control(form, "username", t("accounts.signIn.username"), t),
    hint: t("accounts.signIn.usernameHint"),
    autocomplete: "username",
    verbatim: true,
  },
  password: secret(form, "password", t("accounts.signIn.password"), "current-password", t),
  forgotten: { text: t("accounts.forgotten.link"), href: paths.forgotten },
  identity: hasIdentity
    ? {
        text: t("accounts.identity.signIn"),
        href: next ? paths.identityFor(next) : paths.identity,
        kind: "secondary",
      }
    : null,
  signUpQuestion: t("accounts.signIn.noAccount"),
  signUp: { text: t("accounts.signIn.signUp"), href: next ? paths.signUpFor(next) : paths.signUp },
});

export const signUpPage = (form: Form, next: string | null, t: Translate): SignUpPage => ({
  ...top(form, t("accounts.signUp.title"), t("accounts.signUp.submit"), t),
  next,
  lead: t("accounts.signUp.lead"),
  fullName: {
    ...control(form, "fullName", t("accounts.signUp.fullName"), t),
    hint: t("accounts.signUp.fullNameHint"),
    autocomplete: "name",
  },
  phone: {
    ...control(form, "phone", t("accounts.signUp.phone"), t),
    hint: t("accounts.signUp.phoneHint"),
    type: "tel",
    inputmode: "tel",
    autocomplete: "tel",
    width: 20,
  },
  password: {
    ...secret(form, "password", t("accounts.signUp.password"), "new-password", t),
    hint: t("accounts.signUp.passwordHint"),
  },
  strength: strengthOf("password", t),
  passwordAgain: secret(form, "passwordAgain", t("accounts.signUp.passwordAgain"), "new-password", t),
  email: emailControl(form, t),
  personalId: personalIdControl(form, t),
  birthDate: dateControl(form, t),
  law: {
    summary: t("accounts.signUp.lawTitle"),
    text: [t("accounts.signUp.declared"), t("accounts.signUp.law"), t("accounts.signUp.rights")],
    open: true,
  },
  signInQuestion: t("accounts.signUp.haveAccount"),
  signIn: { text: t("accounts.signUp.signIn"), href: next ? paths.signInFor(next) : paths.signIn },
});

export const signOutPage = (back: string, t: Translate): SignOutPage => ({
  title: t("accounts.signOut.title"),
  question: t("accounts.signOut.question"),
  advice: t("accounts.signOut.advice"),
  submit: t("accounts.signOut.submit"),
  stay: { text: t("accounts.signOut.stay"), href: back },
});

export const activatePage = (
  account: { displayName: string; username: string },
  form: Form,
  t: Translate,
): ActivatePage => ({
  ...top(form, t("accounts.activate.title"), t("accounts.activate.submit"), t),
  lead: t("accounts.activate.lead", { name: account.displayName }),
  usernameKey: t("accounts.activate.username"),
  username: account.username,
  password: {
    ...secret(form, "password", t("accounts.password.next"), "new-password", t),
    hint: t("accounts.signUp.passwordHint"),
  },
  strength: strengthOf("password", t),
  passwordAgain: secret(form, "passwordAgain", t("accounts.password.again"), "new-password", t),
});

export const passwordPage = (
  account: { username: string; mustChangePassword: boolean },
  form: Form,
  t: Translate,
): PasswordPage => ({
  ...top(form, t("accounts.password.title"), t("accounts.password.submit"), t),
  username: account.username,
  forced: account.mustChangePassword ? { text: t("accounts.password.forced"), tone: "info" } : null,
  current: secret(form, "current", t("accounts.password.current"), "current-password", t),
  password: {
    ...secret(form, "password", t("accounts.password.next"), "new-password", t),
    hint: t("accounts.signUp.passwordHint"),
  },
  strength: strengthOf("password", t),
  passwordAgain: secret(form, "passwordAgain", t("accounts.password.again"), "new-password", t),
});

const genders = ["male", "female", "other"] as const;

/** @param address where the citizen lives, as text; null: not said */
export const profilePage = (
  account: { username: string; email: string | null; emailProvenAt: Date | null },
  profile: Profile,
  address: string | null,
  t: Translate,
): ProfilePage => {
  const none = t("accounts.profile.none");
  const gender = genders.find((one) => one === profile.gender);
  return {
    title: t("accounts.profile.title"),
    details: {
      title: t("accounts.profile.details"),
      actions: [{ text: t("accounts.profile.change"), href: paths.editProfile, about: t("accounts.profile.details") }],
      rows: [
        { key: t("accounts.profile.fullName"), value: profile.fullName },
        { key: t("accounts.profile.personalId"), value: profile.personalId ?? none },
        {
          key: t("accounts.profile.level"),
          value: "",
          tag:
            profile.identityLevel === "verified"
              ? { text: t("accounts.profile.verified"), tone: "done" }
              : { text: t("accounts.profile.declared"), tone: "neutral" },
        },
        {
          key: t("accounts.profile.birthDate"),
          value: profile.birthDate ? formatPartialDate(profile.birthDate) : none,
        },
        { key: t("accounts.profile.gender"), value: gender ? t(`accounts.profile.${gender}`) : none },
        { key: t("accounts.profile.phone"), value: profile.phone ?? none },
        {
          key: t("accounts.profile.email"),
          value: profile.email ?? none,
          ...(account.email ? { tag: provenTag(account.emailProvenAt, t) } : {}),
          actions: [{ text: t("accounts.contact.change"), href: paths.contact, about: t("accounts.profile.email") }],
        },
        { key: t("accounts.profile.address"), value: address ?? none },
      ],
    },
    declared:
      profile.identityLevel === "verified"
        ? null
        : { text: [t("accounts.profile.declaredText"), t("accounts.profile.declaredLimits")], tone: "info" },
    security: {
      title: t("accounts.profile.security"),
      rows: [
        { key: t("accounts.profile.username"), value: account.username },
        {
          key: t("accounts.profile.passwordKey"),
          value: t("accounts.profile.passwordValue"),
          actions: [
            { text: t("accounts.profile.change"), href: paths.password, about: t("accounts.profile.passwordKey") },
          ],
        },
        {
          key: t("accounts.security.link"),
          value: t("accounts.security.linkValue"),
          actions: [{ text: t("accounts.profile.change"), href: paths.security, about: t("accounts.security.link") }],
        },
        {
          key: t("companies.nav"),
          value: t("companies.navValue"),
          actions: [{ text: t("privacy.own.open"), href: companyPaths.mine, about: t("companies.nav") }],
        },
        {
          key: t("privacy.own.title"),
          value: t("privacy.own.value"),
          actions: [{ text: t("privacy.own.open"), href: privacyPaths.own, about: t("privacy.own.title") }],
        },
      ],
    },
  };
};

/** A profile as the values of its form. */
export const profileValues = (profile: Profile): Record<string, string> => {
  const [year = "", month = "", day = ""] = (profile.birthDate ?? "").split("-");
  return {
    fullName: profile.fullName,
    phone: profile.phone ?? "",
    personalId: profile.personalId ?? "",
    gender: profile.gender ?? "",
    "birthDate.day": day,
    "birthDate.month": month,
    "birthDate.year": year,
  };
};

/** @param address the control of the address field, which shows its own values and errors */
export const editProfilePage = (form: Form, address: ShownControl, t: Translate): EditProfilePage => ({
  ...top(form, t("accounts.profile.editTitle"), t("accounts.profile.save"), t),
  back: { href: paths.profile },
  fullName: {
    ...control(form, "fullName", t("accounts.profile.fullName"), t),
    hint: t("accounts.signUp.fullNameHint"),
    autocomplete: "name",
  },
  phone: {
    ...control(form, "phone", t("accounts.profile.phone"), t),
    type: "tel",
    inputmode: "tel",
    autocomplete: "tel",
    width: 20,
    required: false,
  },
  personalId: personalIdControl(form, t),
  birthDate: dateControl(form, t),
  gender: {
    name: "gender",
    label: t("accounts.profile.gender"),
    inline: true,
    required: false,
    value: shown(form, "gender"),
    items: genders.map((value) => ({ value, text: t(`accounts.profile.${value}`) })),
    error: errorText(form.errors, "gender", t),
  },
  address,
});
