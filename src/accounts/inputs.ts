import { z } from "zod";
import type { MessageKey } from "#platform/i18n.ts";
import {
  isPersonalId,
  normalizeName,
  normalizePassword,
  normalizePhone,
  normalizeUsername,
  passwordFault,
} from "./rules.ts";

const say = (key: MessageKey): MessageKey => key;

export type Sent = Readonly<Record<string, unknown>>;

const textOf = (sent: Sent, name: string): string => (typeof sent[name] === "string" ? sent[name] : "");

/** A form of typed lines; a field that is absent or sent twice is as if it were empty. */
const form = <S extends z.ZodRawShape>(shape: S) =>
  z.preprocess(
    (sent) => Object.fromEntries(Object.keys(shape).map((name) => [name, textOf((sent ?? {}) as Sent, name)])),
    z.object(shape),
  );

const line = z.string();

const fullName = line.transform(normalizeName).pipe(
  z
    .string()
    .min(1, say("accounts.errors.fullNameMissing"))
    .regex(/^[\p{L}\p{M}'’. -]{1,100}$/u, say("accounts.errors.fullNameWrong")),
);

const phone = (missing: boolean) =>
  line.transform((text, refuse) => {
    const given = text.trim();
    if (given === "" && !missing) return null;
    const number = normalizePhone(given);
    if (number) return number;
    refuse.addIssue({
      code: "custom",
      message: say(given ? "accounts.errors.phoneWrong" : "accounts.errors.phoneMissing"),
    });
    return z.NEVER;
  });

const requiredPhone = phone(true).pipe(z.string());

const email = line
  .transform((text) => text.trim().toLowerCase() || null)
  .pipe(z.email(say("accounts.errors.emailWrong")).max(200, say("accounts.errors.emailWrong")).nullable());

const personalId = line
  .transform((text) => text.replace(/\s/g, "") || null)
  .refine((text) => text === null || isPersonalId(text), say("accounts.errors.personalIdWrong"));

/** A new password and its repetition, judged together with what else was typed. @param current what it takes the place of */
const newPassword = (sent: Sent, known: readonly string[], current?: string) => ({
  password: line
    .transform(normalizePassword)
    .pipe(z.string().min(1, say("accounts.errors.passwordMissing")))
    .superRefine((text, refuse) => {
      const fault = text && (text === current ? "unchanged" : passwordFault(text, known));
      if (fault) refuse.addIssue({ code: "custom", message: say(`accounts.errors.${fault}`) });
    }),
  passwordAgain: line.refine(
    (again) => normalizePassword(again) === normalizePassword(textOf(sent, "password")),
    say("accounts.errors.passwordsDiffer"),
  ),
});

const isRealDay = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** Three boxes as yyyy-MM-dd, read at the first of them; null when all are empty. @param today yyyy-MM-dd in Viet Nam */
const birthDate = (sent: Sent, today: string) => ({
  "birthDate.day": line.transform((_, refuse) => {
    const boxes = ["day", "month", "year"].map((part) => textOf(sent, `birthDate.${part}`).trim());
    const [day = "", month = "", year = ""] = boxes;
    if (boxes.every((box) => box === "")) return null;
    const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const isReal = /^(19|20)\d{2}-\d{2}-\d{2}$/.test(text) && isRealDay(text);
    if (isReal && text < today) return text;
    refuse.addIssue({
      code: "custom",
      message: say(isReal ? "accounts.errors.birthDateFuture" : "accounts.errors.birthDateWrong"),
    });
    return z.NEVER;
  }),
});

export const SignInInput = form({
  username: line
    .transform(normalizeUsername)
    .pipe(z.string().min(1, say("accounts.signIn.usernameMissing")).max(200, say("accounts.signIn.wrong"))),
  password: line
    .transform(normalizePassword)
    .pipe(z.string().min(1, say("accounts.signIn.passwordMissing")).max(1000, say("accounts.signIn.wrong"))),
});

export const signUpInput = (sent: Sent, today: string) =>
  form({
    fullName,
    phone: requiredPhone,
    ...newPassword(
      sent,
      ["phone", "fullName", "email"].map((name) => textOf(sent, name)),
    ),
    email,
    personalId,
    ...birthDate(sent, today),
  }).transform(({ passwordAgain: _, "birthDate.day": born, ...typed }) => ({ ...typed, birthDate: born }));

export const profileInput = (sent: Sent, today: string) =>
  form({
    fullName,
    phone: phone(false),
    personalId,
    gender: line
      .transform((text) => text || null)
      .pipe(z.enum(["male", "female", "other"], say("accounts.errors.genderWrong")).nullable()),
    ...birthDate(sent, today),
  }).transform(({ "birthDate.day": born, ...typed }) => ({ ...typed, birthDate: born }));

/** @param known what the account is known by */
export const newPasswordInput = (sent: Sent, known: readonly string[]) => form(newPassword(sent, known));

/** @param known what the account is known by */
export const changePasswordInput = (sent: Sent, known: readonly string[]) =>
  form({
    current: line.transform(normalizePassword).pipe(z.string().min(1, say("accounts.errors.currentMissing"))),
    ...newPassword(sent, known, normalizePassword(textOf(sent, "current"))),
  });
