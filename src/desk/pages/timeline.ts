import { dueMoved, type FeeChange, type FullDossier, statusTag } from "#dossiers/index.ts";
import type { Timeline, TimelineItem } from "#platform/components.ts";
import { formatDateTime, formatMoney } from "#platform/format.ts";
import { findStep } from "#workflow/index.ts";
import type { DossierInput } from "./dossier.ts";
import type { Words } from "./words.ts";

type Event = FullDossier["events"][number];
type Payload = {
  stepId?: unknown;
  outcomeId?: unknown;
  assigneeId?: unknown;
  noteId?: unknown;
  groundId?: unknown;
  opened?: unknown;
  onBehalfOf?: unknown;
  fees?: unknown;
};
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

/** What a supplement changed of the fees. */
function feeChanges(changes: unknown, { fees }: DossierInput["version"]["definition"], t: Words["t"]): string | null {
  if (!Array.isArray(changes) || changes.length === 0) return null;
  const money = (amount: string | null) => (amount === null ? t("desk.life.noFee") : formatMoney(BigInt(amount)));
  const lines = (changes as FeeChange[]).map(({ feeId, from, to }) =>
    t("desk.life.fee", {
      name: fees.find(({ id }) => id === feeId)?.name.vi ?? feeId,
      from: money(from),
      to: money(to),
    }),
  );
  return t("desk.life.fees", { changes: lines.join("; ") });
}

function detailOf(event: Event, { dossier, version, agencyNames }: DossierInput, { t }: Words): string | null {
  const payload = payloadOf(event);
  const moved = dueMoved(event);
  if (moved) return t("dossiers.dueMoved", moved);
  const textOf = (noteId: unknown) => dossier.notes.find(({ id }) => id === noteId)?.text;
  const fees = feeChanges(payload.fees, version.definition, t);
  const to = openedIn(payload).map(({ stepId, agencyId }) =>
    [findStep(version.definition.workflow, stepId)?.name.vi ?? stepId, agencyNames(agencyId)]
      .filter(Boolean)
      .join(" – "),
  );
  return (
    [
      textOf(payload.noteId),
      textOf(payload.groundId),
      fees,
      to.length > 0 ? t("desk.show.toStep", { steps: to.join("; ") }) : "",
    ]
      .filter(Boolean)
      .join("\n") || null
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
    const { onBehalfOf } = payloadOf(event);
    const absent = typeof onBehalfOf === "string" ? input.names.get(onBehalfOf) : undefined;
    const isNewStatus = event.status !== all[i - 1]?.status;
    return {
      title: titleOf(event, input, words),
      at: formatDateTime(event.at),
      datetime: event.at.toISOString(),
      by: [who && absent ? t("desk.leave.actsFor", { who, absent }) : who, agency].filter(Boolean).join(" · ") || null,
      text: detailOf(event, input, words),
      ...(isNewStatus ? { tag: statusTag(event.status, t) } : {}),
    };
  });
  return { headingLevel: 3, items: items.reverse() };
}
