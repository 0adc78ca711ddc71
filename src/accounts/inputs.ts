import { z } from "zod";
import type { MessageKey } from "#platform/i18n.ts";
import { isPersonalId, normalizeName, normalizePassword, normalizePhone, normalizeUsername, passwordFault } from "./rules.ts";

const say = (key: MessageKey): MessageKey => key;

/** One typed line; a field that is absent or sent twice is as if it were empty. */
const line = z.preprocess((value) => (typeof value === "string" ? value : ""), z.string());

const fullName = line
  .transform(normalizeName)
  .pipe(
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
    refuse.addIssue({ code: "custom", message: say(given ? "accounts.errors.phoneWrong" : "accounts.errors.phoneMissing") });
    return z.NEVER;
  });

const requiredPhone = phone(true).pipe(z.string());

const email = line
  .transform((text) => text.trim().toLowerCase() || null)
  .pipe(z.email(say("accounts.errors.emailWrong")).max(200, say("accounts.errors.emailWrong")).nullable());

const personalId = line
  .transform((text) => text.replace(/\s/g, "") || null)
  .refine((text) => text === null || isPersonalId(text), say("accounts.errors.personalIdWrong"));

const password = line.transform(normalizePassword).pipe(z.string().min(1, say("accounts.errors.passwordMissing")));

type Sent = Record<string, unknown>;

/** Three boxes as yyyy-MM-dd; null when all are empty. */
const birthDateOf = (sent: Sent, refuse: z.RefinementCtx, today: string): string | null => {
  const boxes = ["day", "month", "year"].map((part) => String(sent[`birthDate.${part}`] ?? "").trim());
  const [day = "", month = "", year = ""] = boxes;
  if (boxes.every((box) => box === "")) return null;
  const text = `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const isReal =
    boxes.every((box) => /^\d{1,4}$/.test(box)) && Number(year) >= 1900 && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
  if (isReal && text < today) return text;
  refuse.addIssue({ code: "custom", path: ["birthDate.day"], message: say(isReal ? "accounts.errors.birthDateFuture" : "accounts.errors.birthDateWrong") });
  return null;
};

const dateBoxes = { "birthDate.day": z.unknown(), "birthDate.month": z.unknown(), "birthDate.year": z.unknown() };

const refusePassword = (refuse: z.RefinementCtx, name: string, text: string, known: readonly string[]): void => {
  const fault = passwordFault(text, known);
  if (fault) refuse.addIssue({ code: "custom", path: [name], message: say(`accounts.errors.${fault}`) });
};

const refuseDifferent = (refuse: z.RefinementCtx, first: string, again: string): void => {
  if (first !== again) refuse.addIssue({ code: "custom", path: ["passwordAgain"], message: say("accounts.errors.passwordsDiffer") });
};

export const SignInInput = z.object({
  username: line.transform(normalizeUsername).pipe(z.string().min(1, say("accounts.signIn.usernameMissing")).max(200, say("accounts.signIn.wrong"))),
  password: line.transform(normalizePassword).pipe(z.string().min(1, say("accounts.signIn.passwordMissing")).max(1000, say("accounts.signIn.wrong"))),
});

/** @param today yyyy-MM-dd in Viet Nam */
export const signUpInput = (today: string) =>
  z
    .object({ fullName, phone: requiredPhone, password, passwordAgain: line.transform(normalizePassword), email, personalId, ...dateBoxes })
    .transform((sent, refuse) => {
      refusePassword(refuse, "password", sent.password, [sent.phone, sent.fullName, sent.email ?? ""]);
      refuseDifferent(refuse, sent.password, sent.passwordAgain);
      const birthDate = birthDateOf(sent, refuse, today);
      return { fullName: sent.fullName, phone: sent.phone, password: sent.password, email: sent.email, personalId: sent.personalId, birthDate };
    });

/** @param today yyyy-MM-dd in Viet Nam */
export const profileInput = (today: string) =>
  z
    .object({
      fullName,
      phone: phone(false),
      email,
      personalId,
      gender: line.transform((text) => text || null).pipe(z.enum(["male", "female", "other"], say("accounts.errors.genderWrong")).nullable()),
      addressLine: line.transform((text) => normalizeName(text) || null).pipe(z.string().max(300, say("accounts.errors.addressTooLong")).nullable()),
      ...dateBoxes,
    })
    .transform((sent, refuse) => {
      const birthDate = birthDateOf(sent, refuse, today);
      return {
        fullName: sent.fullName,
        phone: sent.phone,
        email: sent.email,
        personalId: sent.personalId,
        gender: sent.gender,
        addressLine: sent.addressLine,
        birthDate,
      };
    });

/** @param known what the account is known by */
export const newPasswordInput = (known: readonly string[]) =>
  z.object({ password, passwordAgain: line.transform(normalizePassword) }).transform((sent, refuse) => {
    refusePassword(refuse, "password", sent.password, known);
    refuseDifferent(refuse, sent.password, sent.passwordAgain);
    return { password: sent.password };
  });

/** @param known what the account is known by */
export const changePasswordInput = (known: readonly string[]) =>
  z
    .object({
      current: line.transform(normalizePassword).pipe(z.string().min(1, say("accounts.errors.currentMissing"))),
      password,
      passwordAgain: line.transform(normalizePassword),
    })
    .transform((sent, refuse) => {
      refusePassword(refuse, "password", sent.password, known);
      refuseDifferent(refuse, sent.password, sent.passwordAgain);
      return { current: sent.current, password: sent.password };
    });
