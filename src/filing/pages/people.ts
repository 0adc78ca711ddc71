import type { FullDossier } from "#dossiers/index.ts";
import { AUTHORIZATION, type Authorizer, authorizerIn } from "#dossiers/rules.ts";
import type { SummaryList, SummaryRow } from "#platform/components.ts";
import { formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { pick, RELATIONSHIPS } from "#procedures/index.ts";
import type { Seen } from "./dossier.ts";

/** What there is to say of somebody: a party of the dossier, or who authorised the applicant. */
function personRows(
  person: Partial<FullDossier["parties"][number]> & Pick<Authorizer, "fullName">,
  t: Translate,
): SummaryRow[] {
  const relationship = RELATIONSHIPS.find((one) => one === person.relationship);
  const position = person.position ? t("filing.others.shown.positionOf", { position: person.position }) : "";
  const row = (key: string, value: string | readonly string[] | null | undefined): SummaryRow[] =>
    value ? [{ key, value }] : [];
  return [
    ...row(
      t(person.kind === "organization" ? "filing.others.company.name" : "filing.dossier.fullName"),
      person.fullName,
    ),
    ...row(t("filing.dossier.personalId"), person.personalId),
    ...row(t("filing.dossier.taxCode"), person.taxCode),
    ...row(t("filing.others.shown.representative"), person.representative && [person.representative, position]),
    ...row(t("filing.dossier.birthDate"), person.birthDate && formatPartialDate(person.birthDate)),
    ...row(t("filing.dossier.phone"), person.phone),
    ...row(t("filing.dossier.email"), person.email),
    ...row(t("filing.dossier.address"), person.address),
    ...row(t("filing.others.shown.relationship"), relationship && t(`filing.others.person.${relationship}`)),
  ];
}

export function party({ dossier, t }: Seen, role: "applicant" | "owner"): SummaryList[] {
  const found = dossier.parties.find((one) => one.role === role);
  if (!found) return [];
  const applicant = dossier.parties.find((one) => one.role === "applicant");
  const isSame =
    role === "owner" && applicant?.fullName === found.fullName && applicant.personalId === found.personalId;
  return isSame ? [] : [{ title: t(`filing.dossier.${role}`), rows: personRows(found, t) }];
}

/** In whose name the applicant files, where that is not the owner. */
export function authorizer({ dossier, t }: Seen): SummaryList[] {
  const found = authorizerIn(dossier.answers[0]?.answers);
  return found ? [{ title: t("filing.dossier.authorizer"), rows: personRows(found, t) }] : [];
}

/** Who helped to fill it in. */
export function helper({ dossier: { helper: found }, t }: Seen): SummaryList[] {
  if (!found) return [];
  const rows: SummaryRow[] = [
    { key: t("filing.dossier.fullName"), value: found.fullName },
    { key: t("filing.helper.role"), value: t(`filing.helper.${found.role}`) },
    { key: t("filing.helper.organization"), value: found.organization },
    { key: t("filing.dossier.phone"), value: found.phone },
  ];
  return [{ title: t("filing.helper.title"), rows }];
}

/** What a file was handed in as: a paper of the procedure, an upload of its form, or the written mandate. */
export function handedInAs({ loaded: { definition }, t, language }: Seen, id: string): string {
  const named =
    definition.requirements.find((paper) => paper.id === id)?.name ??
    definition.form.pages.flatMap(({ fields }) => fields).find((field) => field.id === id)?.label;
  if (named) return pick(named, language);
  return t(id === AUTHORIZATION ? "filing.papers.authorization" : "filing.dossier.otherPaper");
}
