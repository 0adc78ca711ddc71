import { addressAnswer } from "#accounts/rules.ts";
import type { Address, Answers, FieldContext, FormPage, ProcedureDefinition, Text } from "#procedures/index.ts";
import { en, vi } from "../messages.ts";

type Key = Exclude<keyof typeof vi.form, "makeTitle" | "makeLead">;
const words = (key: Key): Text => ({ vi: vi.form[key], en: en.form[key] });
const field = (id: Key, type: string, more: Partial<FormPage["fields"][number]> = {}): FormPage["fields"][number] => ({
  id,
  type,
  label: words(id),
  required: true,
  settings: {},
  ...more,
});

const page: FormPage = {
  id: "company",
  title: { vi: vi.form.makeTitle, en: en.form.makeTitle },
  fields: [
    field("name", "text", { hint: words("nameHint") }),
    field("taxCode", "tax_code", { hint: words("taxCodeHint") }),
    field("address", "address"),
    field("position", "text", { hint: words("positionHint") }),
    field("phone", "phone", { required: false }),
    field("email", "email", { required: false }),
  ],
};
type Describing = Pick<ProcedureDefinition, "form"> & { page: FormPage };
const formOf = (of: FormPage): Describing => ({ form: { pages: [of] }, page: of });
const made = formOf(page);
const changed = formOf({ ...page, fields: page.fields.filter(({ id }) => id !== "taxCode") });

/** What is asked of a company, by the field types that procedures ask by. The tax code of one that is there stays. */
export const describing = (isThere: boolean): Describing => (isThere ? changed : made);

const text = (answer: unknown): string | null => (typeof answer === "string" && answer !== "" ? answer : null);

/** Right answers as a company is kept. */
export function describedIn(answers: Answers) {
  const { communeCode, line, text: whole } = (answers["address"] ?? {}) as Partial<Address>;
  return {
    name: text(answers["name"]) ?? "",
    taxCode: text(answers["taxCode"]) ?? "",
    position: text(answers["position"]) ?? "",
    phone: text(answers["phone"]),
    email: text(answers["email"]),
    communeCode: communeCode || null,
    addressLine: line || null,
    address: whole || null,
  };
}

type Kept = {
  name: string;
  phone: string | null;
  email: string | null;
  communeCode: string | null;
  addressLine: string | null;
  members: readonly { accountId: string | null; position: string | null }[];
};

/** What is kept of a company, as answers of its form. @param accountId the member who asks */
export const answersOf = (company: Kept, accountId: string, context: FieldContext): Answers => ({
  name: company.name,
  address: addressAnswer(company, context) ?? undefined,
  position: company.members.find((member) => member.accountId === accountId)?.position ?? undefined,
  phone: company.phone ?? undefined,
  email: company.email ?? undefined,
});
