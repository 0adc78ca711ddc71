import { statusTag } from "#dossiers/rules.ts";
import type { Table } from "#platform/components.ts";
import { formatDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Answers } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { EarlierHere } from "../queries/person.ts";

/** What is known of who stands at the counter. */
export type Met = { applicant: Answers; cardAddress: string | null };

export type PersonHere = {
  label: string;
  name: string;
  notes: readonly string[];
  earlier: Table | null;
  next: { action: string; text: string };
};

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Who stands there, and what they handed in here before. */
export function personHere({ applicant, cardAddress }: Met, earlier: readonly EarlierHere[], t: Translate): PersonHere {
  const id = text(applicant["applicant_personalId"]) ?? text(applicant["applicant_passport"]);
  const phone = text(applicant["applicant_phone"]);
  return {
    label: t("desk.intake.person.now"),
    name: text(applicant["applicant_fullName"]) ?? t("desk.intake.person.unnamed"),
    notes: [
      ...(id ? [t("desk.intake.person.paper", { number: id })] : []),
      ...(phone ? [phone] : []),
      ...(cardAddress ? [t("desk.intake.person.address", { address: cardAddress })] : []),
      ...(earlier.length === 0 ? [t("desk.intake.person.unknown")] : []),
      ...(id ? [] : [t("desk.intake.person.noId")]),
    ],
    earlier:
      earlier.length > 0
        ? {
            caption: t("desk.intake.person.earlier"),
            head: [t("desk.intake.list.dossier"), t("desk.show.submittedAt"), t("desk.show.status")].map((one) => ({
              text: one,
            })),
            rows: earlier.map(({ id: dossierId, code, reference, procedure, status, at }) => ({
              cells: [
                { text: code ?? reference, href: paths.dossier(dossierId), note: procedure },
                { text: formatDate(at) },
                { text: "", tag: statusTag(status, t) },
              ],
            })),
          }
        : null,
    next: { action: paths.counter, text: t("desk.intake.person.next") },
  };
}
