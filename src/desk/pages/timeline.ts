import { dueMoved, type FullDossier, statusTag } from "#dossiers/index.ts";
import type { Timeline, TimelineItem } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import { findStep } from "#workflow/index.ts";
import type { DossierInput } from "./dossier.ts";
import type { Words } from "./words.ts";

type Event = FullDossier["events"][number];
type Payload = { stepId?: unknown; outcomeId?: unknown; assigneeId?: unknown; noteId?: unknown; opened?: unknown };
const payloadOf = ({ payload }: Event): Payload =>
  typeof payload === "object" && payload !== null ? (payload as Payload) : {};

type Opened = { stepId: string; agencyId: string };
const openedIn = ({ opened }: Payload): Opened[] =>
  Array.isArray(opened)
    ? opened.filter((one): one is Opened => typeof one?.stepId === "string" && typeof one?.agencyId === "string")
    : [];

const key = (type: string) => `dossiers.event.${type.replace(".", "_") as "dossier_submitted"}` as const;

function titleOf(event: Event, { version, names }: DossierInput, { t }: Words): string {
  const { stepId, outcomeId, assigneeId } = payloadOf(event);
  const step = typeof stepId === "string" ? findStep(version.definition.workflow, stepId) : undefined;
  if (event.type === "step.assigned" && step) {
    const who = typeof assigneeId === "string" ? (names.get(assigneeId) ?? "") : "";
    return who ? t("desk.show.assigned", { step: step.name.vi, who }) : t("desk.show.released", { step: step.name.vi });
  }
  const outcome = step?.outcomes.find(({ id }) => id === outcomeId);
  return step && outcome
    ? t("desk.show.advanced", { step: step.name.vi, outcome: outcome.name.vi })
    : t(key(event.type));
}

function textOf(event: Event, { dossier, version, agencyNames }: DossierInput, { t }: Words): string | null {
  const payload = payloadOf(event);
  const moved = dueMoved(event);
  if (moved) return t("dossiers.dueMoved", moved);
  const note = dossier.notes.find(({ id }) => id === payload.noteId)?.text;
  const to = openedIn(payload).map(({ stepId, agencyId }) =>
    [findStep(version.definition.workflow, stepId)?.name.vi ?? stepId, agencyNames(agencyId)]
      .filter(Boolean)
      .join(" – "),
  );
  return (
    [note, to.length > 0 ? t("desk.show.toStep", { steps: to.join("; ") }) : ""].filter(Boolean).join("\n") || null
  );
}

/** What happened to the dossier, the latest first: where, who, when, and to which step it went. */
export function timelineOf(input: DossierInput, words: Words): Timeline {
  const { t } = words;
  const items = input.dossier.events.map((event, i, all): TimelineItem => {
    const who =
      event.actorKind === "officer" || event.actorKind === "admin"
        ? event.actorId && input.names.get(event.actorId)
        : t(event.actorKind === "citizen" ? "desk.show.citizen" : "desk.show.system");
    const agency = event.actorKind === "citizen" ? null : event.agencyId && input.agencyNames(event.agencyId);
    const isNewStatus = event.status !== all[i - 1]?.status;
    return {
      title: titleOf(event, input, words),
      at: formatDateTime(event.at),
      datetime: event.at.toISOString(),
      by: [who, agency].filter(Boolean).join(" · ") || null,
      text: textOf(event, input, words),
      ...(isNewStatus ? { tag: statusTag(event.status, t) } : {}),
    };
  });
  return { headingLevel: 3, items: items.reverse() };
}
