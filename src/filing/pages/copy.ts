import type { FilingCopy } from "#documents/index.ts";
import { showCode } from "#platform/codes.ts";
import type { SummaryList } from "#platform/components.ts";
import { formatDateTime, formatSize } from "#platform/format.ts";
import { pick } from "#procedures/index.ts";
import { answers, type Seen } from "./dossier.ts";
import { authorizer, handedInAs, helper, party } from "./people.ts";

/** Enough of a digest to compare a file by eye. */
const SHORT = 16;

const sectionOf = ({ title, rows }: SummaryList): FilingCopy["sections"][number] => ({
  title: title ?? "",
  rows: rows.map(({ key, value }) => ({ key, lines: [value].flat() })),
});

/** What was filed, as it stood at that moment, whatever was supplemented since. */
export function filingCopy(seen: Seen, publicUrl: string): FilingCopy {
  const { dossier, loaded, t, language } = seen;
  const filed: Seen = {
    ...seen,
    dossier: { ...dossier, answers: dossier.answers.filter(({ number }) => number === 1) },
  };
  const chosen = loaded.definition.cases.find(({ id }) => id === dossier.caseId);
  const fact = (name: string, value: string | null | undefined) => (value ? [{ name, value }] : []);
  const files = dossier.attachments.filter(({ supplementId }) => supplementId === null);
  return {
    language,
    portal: t("platform.layout.portal"),
    title: t("filing.copy.title"),
    procedure: `${pick(loaded.definition.name, language)} (${loaded.code})`,
    facts: [
      ...fact(t("filing.copy.reference"), showCode(dossier.reference)),
      ...fact(t("filing.copy.code"), dossier.code),
      ...fact(t("filing.copy.at"), formatDateTime(dossier.submittedAt)),
      ...fact(t("filing.copy.agency"), dossier.receivingAgency.name),
      ...fact(t("filing.copy.case"), chosen && pick(chosen.name, language)),
      ...fact(t("filing.copy.returnMethod"), t(`filing.result.${dossier.returnMethod}`)),
    ],
    sections: [
      ...party(filed, "applicant"),
      ...authorizer(filed),
      ...party(filed, "owner"),
      ...helper(filed),
      ...answers(filed),
    ].map(sectionOf),
    columns: [t("filing.copy.asked"), t("filing.copy.answered")],
    papers: {
      title: t("filing.copy.papers"),
      none: t("filing.copy.noPapers"),
      columns: [t("filing.copy.paper"), t("filing.copy.file"), t("filing.copy.size"), t("filing.copy.sha")],
      rows: files.map(({ requirementId, name, size, sha256 }) => [
        handedInAs(seen, requirementId),
        name,
        formatSize(size),
        sha256.slice(0, SHORT),
      ]),
    },
    remarks: [
      t("filing.copy.remark"),
      t("filing.copy.follow", { url: `${publicUrl}/tra-cuu?ma=${dossier.reference}` }),
    ],
    at: dossier.submittedAt,
  };
}
