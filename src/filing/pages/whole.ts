import { statusTag } from "#dossiers/rules.ts";
import { showCode } from "#platform/codes.ts";
import type { SummaryList, Timeline } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Language } from "#platform/i18n.ts";
import { pick } from "#procedures/index.ts";
import { answers, fees } from "./dossier.ts";
import type { SeenWhole } from "./handlers.ts";
import { authorizer, party } from "./people.ts";
import { timelineOf } from "./timeline.ts";

/** A dossier as one page to be kept: it stands alone, without the portal. */
export type DossierCopy = {
  language: Language;
  title: string;
  made: string;
  about: readonly string[];
  lists: readonly SummaryList[];
  filesTitle: string;
  files: readonly { text: string; href: string }[];
  historyTitle: string;
  history: Timeline["items"];
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/whole": DossierCopy;
  }
}

/** @param files where each file stands beside the page */
export function dossierCopy(seen: SeenWhole, files: readonly string[]): DossierCopy {
  const { dossier, loaded, language, now, t } = seen;
  return {
    language,
    title: pick(loaded.definition.name, language),
    made: t("filing.mine.whole.made", { at: formatDateTime(now) }),
    about: [
      ...(dossier.code ? [`${t("filing.dossier.code")}: ${dossier.code}`] : []),
      `${t("filing.dossier.reference")}: ${showCode(dossier.reference)}`,
      `${t("filing.dossier.agency")}: ${dossier.receivingAgency.name}`,
      `${t("filing.dossier.submitted")}: ${formatDateTime(dossier.submittedAt)}`,
      statusTag(dossier.status, t).text,
    ],
    lists: [...party(seen, "applicant"), ...authorizer(seen), ...party(seen, "owner"), ...answers(seen), ...fees(seen)],
    filesTitle: t("filing.mine.whole.files"),
    files: files.map((path) => ({ text: path, href: path.split("/").map(encodeURIComponent).join("/") })),
    historyTitle: t("filing.mine.whole.history"),
    history: timelineOf(seen).items,
  };
}

/** The same for machines: ids and values as they are stored, times in ISO 8601. */
export const dossierRecord = ({ dossier, loaded }: SeenWhole, files: readonly string[]) => ({
  reference: dossier.reference,
  code: dossier.code,
  procedure: { code: loaded.definition.code, name: loaded.definition.name.vi, version: loaded.number },
  agency: dossier.receivingAgency.name,
  status: dossier.status,
  channel: dossier.channel,
  returnMethod: dossier.returnMethod,
  submittedAt: dossier.submittedAt,
  acceptedAt: dossier.acceptedAt,
  dueAt: dossier.dueAt,
  finishedAt: dossier.finishedAt,
  deliveredAt: dossier.deliveredAt,
  parties: dossier.parties.map(({ id: _id, dossierId: _dossierId, searchName: _searchName, ...party }) => party),
  answers: dossier.answers.map(({ number, at, answers: given }) => ({ number, at, answers: given })),
  fees: dossier.fees.map(({ feeId, name, amount, quantity }) => ({ feeId, name, amount: Number(amount), quantity })),
  history: dossier.events.map(({ seq, type, at, status }) => ({ seq, type, at, status })),
  files,
});
