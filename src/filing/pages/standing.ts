import { formatDate, formatDateTime, formatTime } from "#platform/format.ts";
import type { Seen } from "./dossier.ts";

/** The draft result that the applicant is asked to look at; null when there is none. */
export const openDraft = ({ confirmations }: Pick<Seen["dossier"], "confirmations">) =>
  confirmations.find(({ answeredAt }) => answeredAt === null) ?? null;

/** Where the dossier is, whose turn it is and by when, in a sentence or two: what everybody wants to know first. */
export function standingText({ dossier, now, t }: Seen): string {
  const { status, dueAt } = dossier;
  const receiver = dossier.receivingAgency.name;
  const lead = dossier.stepRuns.find((run) => run.lead && !run.closedAt);
  const agency = lead?.agency.name ?? receiver;
  if (status === "completed") return t(`filing.standing.completed.${dossier.returnMethod}`, { agency: receiver });
  if (status === "delivered")
    return t("filing.standing.delivered", { date: formatDate(dossier.deliveredAt ?? dossier.finishedAt ?? now) });
  if (status !== "received" && status !== "processing") return t(`filing.standing.${status}`, { agency: receiver });
  const shown = openDraft(dossier);
  if (shown) return t("filing.standing.draftShown", { agency, until: formatDateTime(shown.answerUntil) });
  if (!dueAt) return t("filing.standing.inWorkUndated", { agency });
  const when = { time: formatTime(dueAt), date: formatDate(dueAt) };
  return dueAt < now
    ? t("filing.standing.inWorkLate", { agency, receiver, ...when })
    : t("filing.standing.inWork", { agency, ...when });
}
