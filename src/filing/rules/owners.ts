import type { Authorizer, PartyInput } from "#dossiers/rules.ts";
import type { Answers, FormPage, ProcedureDefinition, Text } from "#procedures/index.ts";
import { RELATIONSHIPS, type Relationship } from "#procedures/index.ts";
import * as texts from "../messages/others.ts";

/** In whose name a dossier is filed. */
export const WAYS = ["self", "other", "organization"] as const;
export type Way = (typeof WAYS)[number];

type Rules = Pick<ProcedureDefinition, "subjects" | "filedFor">;

const isOrganization = (subject: string): boolean => /^(tổ chức|doanh nghiệp|hợp tác xã|htx)/iu.test(subject);

/** In whose name this procedure may be filed, as its subjects and its own rule say. Never none. */
export function waysOf({ subjects, filedFor }: Rules): Way[] {
  const people = subjects.some((subject) => !isOrganization(subject));
  const organizations = subjects.some(isOrganization);
  return WAYS.filter((way) =>
    way === "organization" ? organizations : people && (way === "self" || filedFor?.proxy !== false),
  );
}

/** In whose name this draft is filed: as answered, or the only way there is. */
export function wayOf(definition: Rules, applicant: Answers): Way {
  const ways = waysOf(definition);
  const chosen = ways.find((way) => way === applicant["actingFor"]);
  return chosen ?? (ways.length === 1 ? (ways[0] as Way) : "self");
}

/** Legal representatives need no mandate (BLDS 2015 Đ136). */
const WITHOUT_MANDATE: readonly Relationship[] = ["parent", "guardian"];

/** Whether whoever files must hand in the document that entrusts them with it. */
export function needsMandate(definition: Rules, applicant: Answers): boolean {
  const way = wayOf(definition, applicant);
  if (way === "organization") return applicant["organizationRole"] === "mandated";
  const free: readonly unknown[] = definition.filedFor?.withoutMandate ?? WITHOUT_MANDATE;
  return way === "other" && !free.includes(applicant["principalRelationship"]);
}

const { vi, en } = texts;
const ofPerson = (key: keyof typeof vi.person): Text => ({ vi: vi.person[key], en: en.person[key] });
const ofCompany = (key: keyof typeof vi.company): Text => ({ vi: vi.company[key], en: en.company[key] });

const personPage: FormPage = {
  id: "principal",
  title: ofPerson("title"),
  intro: ofPerson("intro"),
  fields: [
    {
      id: "principalRelationship",
      type: "radio",
      label: ofPerson("relationship"),
      required: true,
      settings: { options: RELATIONSHIPS.map((value) => ({ value, label: ofPerson(value) })) },
    },
    {
      id: "principalName",
      type: "text",
      label: ofPerson("name"),
      required: true,
      settings: { format: "personName" },
    },
    {
      id: "principalPersonalId",
      type: "personal_id",
      label: ofPerson("personalId"),
      required: true,
      settings: { birthDate: "principalBirthDate" },
    },
    {
      id: "principalBirthDate",
      type: "partial_date",
      label: ofPerson("birthDate"),
      required: true,
      settings: { past: true },
    },
    { id: "principalPhone", type: "phone", label: ofPerson("phone"), required: false, settings: {} },
    {
      id: "principalEmail",
      type: "email",
      label: ofPerson("email"),
      hint: ofPerson("emailHint"),
      required: false,
      settings: {},
    },
  ],
};

const isMandated = { op: "equals", field: "organizationRole", value: "mandated" } as const;
const companyPage: FormPage = {
  id: "organization",
  title: ofCompany("title"),
  intro: ofCompany("intro"),
  fields: [
    { id: "organizationName", type: "text", label: ofCompany("name"), required: true, settings: {} },
    {
      id: "organizationTaxCode",
      type: "tax_code",
      label: ofCompany("taxCode"),
      hint: ofCompany("taxCodeHint"),
      required: true,
      settings: {},
    },
    {
      id: "organizationRole",
      type: "radio",
      label: ofCompany("role"),
      required: true,
      settings: {
        options: [
          { value: "representative", label: ofCompany("representativeSelf") },
          { value: "mandated", label: ofCompany("mandated") },
        ],
      },
    },
    {
      id: "organizationRepresentative",
      type: "text",
      label: ofCompany("representative"),
      required: true,
      showWhen: isMandated,
      settings: { format: "personName" },
    },
    { id: "organizationPosition", type: "text", label: ofCompany("position"), required: true, settings: {} },
    { id: "organizationPhone", type: "phone", label: ofCompany("phone"), required: false, settings: {} },
    {
      id: "organizationEmail",
      type: "email",
      label: ofCompany("email"),
      hint: ofPerson("emailHint"),
      required: false,
      settings: {},
    },
  ],
};

/** The question in whose name somebody files, where there is a choice; and a page about whoever that is. */
export function ownerQuestions(definition: Rules & Pick<ProcedureDefinition, "owner">): {
  actingFor: FormPage["fields"];
  pages: FormPage[];
} {
  const ways = waysOf(definition);
  const labels: Readonly<Record<Way, Text>> = {
    self: definition.owner === "applicant" ? { vi: vi.self, en: en.self } : { vi: vi.selfNamed, en: en.selfNamed },
    other: { vi: vi.other, en: en.other },
    organization: { vi: vi.organization, en: en.organization },
  };
  const options = ways.map((value) => ({
    value,
    label: labels[value],
    ...(value === "other" ? { hint: { vi: vi.otherHint, en: en.otherHint } } : {}),
  }));
  const page = (way: Way, about: FormPage): FormPage[] =>
    !ways.includes(way)
      ? []
      : [ways.length === 1 ? about : { ...about, showWhen: { op: "equals", field: "actingFor", value: way } }];
  return {
    actingFor:
      ways.length === 1
        ? []
        : [
            {
              id: "actingFor",
              type: "radio",
              label: { vi: vi.actingFor, en: en.actingFor },
              required: true,
              settings: { options },
            },
          ],
    pages: [...page("other", personPage), ...page("organization", companyPage)],
  };
}

const text = (answer: unknown): string | null => (typeof answer === "string" && answer !== "" ? answer : null);

/** Whoever the applicant says they file for, as the dossier keeps them; null: for themselves. */
function principalOf(definition: Rules, applicant: Answers): PartyInput | null {
  const at = (name: string): string | null => text(applicant[name]);
  switch (wayOf(definition, applicant)) {
    case "self":
      return null;
    case "other":
      return {
        kind: "person",
        fullName: at("principalName") ?? "",
        personalId: at("principalPersonalId"),
        birthDate: at("principalBirthDate"),
        phone: at("principalPhone"),
        email: at("principalEmail"),
        relationship: at("principalRelationship"),
      };
    case "organization":
      return {
        kind: "organization",
        fullName: at("organizationName") ?? "",
        taxCode: at("organizationTaxCode"),
        phone: at("organizationPhone"),
        email: at("organizationEmail"),
        representative: at(at("organizationRole") === "mandated" ? "organizationRepresentative" : "fullName"),
        position: at("organizationPosition"),
      };
  }
}

type Owned = Rules & Pick<ProcedureDefinition, "owner">;

/** Whom the procedure's own form names as the owner. */
function namedIn({ owner }: Owned, form: Answers): PartyInput | null {
  if (owner === "applicant") return null;
  const at = (id: string | undefined): string | null => (id === undefined ? null : text(form[id]));
  const fullName = at(owner.fullName);
  if (fullName === null) return null;
  return {
    kind: owner.kind ?? "person",
    fullName,
    personalId: at(owner.personalId),
    birthDate: at(owner.birthDate),
    gender: at(owner.gender),
    ...(owner.taxCode ? { taxCode: at(owner.taxCode) } : {}),
  };
}

/** An organization that its own form describes is the one that the applicant speaks for. */
const isTheSame = (named: PartyInput | null, principal: PartyInput | null): boolean =>
  named?.kind === "organization" && principal?.kind === "organization";

/** Whose dossier it is, when not the applicant's: the person the form describes, or in whose name they file. */
export function ownerOf(definition: Owned, applicant: Answers, form: Answers): PartyInput | null {
  const named = namedIn(definition, form);
  const principal = principalOf(definition, applicant);
  return isTheSame(named, principal)
    ? ({ ...principal, ...named, kind: "organization" } as PartyInput)
    : (named ?? principal);
}

/** Who authorised the applicant, when the dossier's owner is somebody else whom the form describes: kept with the answers. */
export function authorizedBy(
  definition: Owned,
  applicant: Answers,
  form: Answers,
): { authorizedBy?: Partial<Authorizer> } {
  const principal = principalOf(definition, applicant);
  const named = namedIn(definition, form);
  if (!principal || !named || isTheSame(named, principal)) return {};
  const given = Object.entries(principal).filter(([, value]) => value !== null);
  return { authorizedBy: Object.fromEntries(given) as Partial<Authorizer> };
}
