import { type DueExplanation, describeDueDate } from "#calendar/rules.ts";
import type {
  Button,
  DateInput,
  Details,
  Input,
  LinkButton,
  NotificationBanner,
  Radios,
  Select,
  Timeline,
  TimelineItem,
  WarningText,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { Manuscript } from "../queries.ts";
import type { Play, Visit } from "../rules.ts";
import { type Framed, framedPage } from "./frame.ts";
import { stepName } from "./process-words.ts";

export type ProcessPlayPage = Framed & {
  broken: { banner: NotificationBanner; link: LinkButton } | null;
  asking: {
    action: string;
    case: Select | null;
    agency: Select;
    channel: Radios;
    day: DateInput;
    hour: Input;
    ways: { title: string; hint: string; items: readonly Select[] } | null;
    button: Button;
  } | null;
  result: {
    title: string;
    due: string;
    why: Details | null;
    ending: string | null;
    fine: string | null;
    warnings: readonly WarningText[];
    timeline: Timeline;
  } | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/process-play": ProcessPlayPage;
  }
}

export type Played = {
  play: Play;
  due: { dueAt: Date; explanation: DueExplanation } | null;
  startedAt: Date;
  agencyName: (id: string) => string;
  namesOf: (agencyId: string, role: string) => readonly string[];
};
export type PlayInput = {
  form: Form;
  receptions: readonly { id: string; name: string }[];
  isBroken: boolean;
  played: Played | null;
};

const MOST_NAMES = 4;

const isLate = ({ due }: Played, { actedAt, dueAt }: Visit): boolean => {
  const end = actedAt ?? dueAt;
  return due !== null && end !== null && end > due.dueAt;
};

function whoLine(played: Played, { agencyId }: Visit, role: string, t: Translate): string {
  const names = agencyId ? played.namesOf(agencyId, role) : [];
  if (names.length === 0) return t("authoring.process.play.nobody");
  const first = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES
    ? t("authoring.process.play.whoMore", { names: first, count: names.length - MOST_NAMES })
    : t("authoring.process.play.who", { names: first });
}

function visitItem({ sketch }: Manuscript, played: Played, visit: Visit, t: Translate): TimelineItem {
  const { workflow } = sketch;
  const step = workflow.steps.find(({ id }) => id === visit.stepId);
  const outcome = step?.outcomes.find(({ id }) => id === visit.outcomeId);
  const { dueAt, actedAt, openedAt, agencyId } = visit;
  const role = t(`workflow.roles.${step?.role ?? "desk"}`);
  const waited = dueAt && actedAt && outcome && actedAt > dueAt;
  const lines = [
    agencyId ? t("authoring.process.play.place", { role, agency: played.agencyName(agencyId) }) : role,
    whoLine(played, visit, step?.role ?? "", t),
    waited ? t("authoring.process.play.waited", { at: formatDateTime(actedAt) }) : null,
    outcome ? t("authoring.process.play.chosen", { outcome: outcome.name.vi }) : null,
    actedAt && !outcome ? t("authoring.process.play.closed") : null,
  ];
  const name = stepName(workflow, visit.stepId, t);
  return {
    title:
      visit.number === null
        ? `${t("authoring.process.play.beside")}: ${name}`
        : t("authoring.process.play.way", { number: visit.number, step: name }),
    at: dueAt
      ? t("authoring.process.play.opened", { opened: formatDateTime(openedAt), due: formatDateTime(dueAt) })
      : formatDateTime(openedAt),
    datetime: openedAt.toISOString(),
    text: lines.filter(Boolean).join(". "),
    ...(isLate(played, visit)
      ? { tag: { text: t("authoring.process.play.lateTag"), tone: "late" as const } }
      : visit.number === null
        ? { tag: { text: t("authoring.process.card.branch"), tone: "neutral" as const } }
        : {}),
  };
}

function resultOf(manuscript: Manuscript, played: Played, t: Translate): NonNullable<ProcessPlayPage["result"]> {
  const { play, due, startedAt } = played;
  const { workflow } = manuscript.sketch;
  const ending =
    play.ends && play.endedAt
      ? t(play.ends === "completed" ? "authoring.process.play.endedCompleted" : "authoring.process.play.endedRefused", {
          at: formatDateTime(play.endedAt),
        })
      : null;
  const late = play.visits.find((visit) => isLate(played, visit));
  const stops = { endless: "stoppedEndless", "workflow.refused.noAgency": "stoppedAgency" } as const;
  const warnings = [
    ...(play.stopped
      ? [
          t(
            `authoring.process.play.${
              play.stopped.reason === "endless" || play.stopped.reason === "workflow.refused.noAgency"
                ? stops[play.stopped.reason]
                : "stoppedOther"
            }`,
            { step: stepName(workflow, play.stopped.stepId, t) },
          ),
        ]
      : []),
    ...(late
      ? [
          t("authoring.process.play.late", {
            step: stepName(workflow, late.stepId, t),
            at: formatDateTime(late.actedAt ?? late.dueAt ?? startedAt),
          }),
        ]
      : []),
  ];
  const last: TimelineItem[] =
    ending && play.endedAt
      ? [
          {
            title: t("authoring.process.play.last"),
            at: formatDateTime(play.endedAt),
            datetime: play.endedAt.toISOString(),
          },
        ]
      : [];
  return {
    title: t("authoring.process.play.result"),
    due: due ? t("authoring.process.play.due", { at: formatDateTime(due.dueAt) }) : t("authoring.process.play.noDue"),
    why: due
      ? {
          summary: t("authoring.process.play.why"),
          text: describeDueDate(due.explanation).map(({ key, params }) => t(key, params)),
        }
      : null,
    ending,
    fine: due && ending && !late ? t("authoring.process.play.inTime") : null,
    warnings: warnings.map((text) => ({ text })),
    timeline: {
      headingLevel: 3,
      items: [
        {
          title: t("authoring.process.play.first"),
          at: formatDateTime(startedAt),
          datetime: startedAt.toISOString(),
        },
        ...play.visits.map((visit) => visitItem(manuscript, played, visit, t)),
        ...last,
      ],
    },
  };
}

/** For each leading step of the play, which outcome to choose there. */
function waysOf({ sketch }: Manuscript, { play }: Played, t: Translate): Select[] {
  return play.visits.flatMap(({ number, stepId, outcomeId }) => {
    const step = sketch.workflow.steps.find(({ id }) => id === stepId);
    if (number === null || !step) return [];
    return [
      {
        name: `o${number}`,
        label: t("authoring.process.play.way", { number, step: step.name.vi }),
        value: outcomeId ?? "",
        items: step.outcomes.map(({ id, name }) => ({ value: id, text: name.vi })),
      },
    ];
  });
}

/** A made-up dossier on its way through a manuscript's workflow: what is asked, and how it goes. */
export function processPlayPage(
  manuscript: Manuscript,
  { form, receptions, isBroken, played }: PlayInput,
  t: Translate,
): ProcessPlayPage {
  const { id, sketch } = manuscript;
  const at = (name: string) => ({ name, value: shown(form, name), error: errorText(form.errors, name, t) });
  const frame = framedPage(
    manuscript,
    "workflow",
    {
      title: t("authoring.process.play.title"),
      lead: t("authoring.process.play.lead"),
      problems: errorSummary(form.errors, t)?.errors ?? [],
      back: { href: paths.part(id, "workflow"), text: t("authoring.process.title") },
    },
    t,
  );
  const stop = isBroken ? "brokenText" : receptions.length === 0 ? "noAgencies" : null;
  if (stop)
    return {
      ...frame,
      broken: {
        banner: {
          kind: "warning",
          title: t("authoring.process.play.broken"),
          text: t(`authoring.process.play.${stop}`),
        },
        link: { text: t("authoring.process.play.toProcess"), href: paths.part(id, "workflow"), kind: "secondary" },
      },
      asking: null,
      result: null,
    };
  const day = { day: shown(form, "ngay.day"), month: shown(form, "ngay.month"), year: shown(form, "ngay.year") };
  const ways = played ? waysOf(manuscript, played, t) : [];
  return {
    ...frame,
    broken: null,
    asking: {
      action: paths.processPlay(id),
      case:
        sketch.cases.length === 0
          ? null
          : {
              ...at("truong-hop"),
              label: t("authoring.process.play.case"),
              items: sketch.cases.map((one) => ({ value: one.id, text: one.name.vi })),
            },
      agency: {
        ...at("co-quan"),
        label: t("authoring.process.play.agency"),
        items: receptions.map((one) => ({ value: one.id, text: one.name })),
      },
      channel: {
        ...at("kenh"),
        label: t("authoring.process.play.channel"),
        inline: true,
        items: (sketch.channels.length > 0 ? sketch.channels : (["counter"] as const)).map((value) => ({
          value,
          text: t(`authoring.process.play.channels.${value}`),
        })),
      },
      day: { ...at("ngay"), label: t("authoring.process.play.day"), value: day },
      hour: {
        ...at("gio"),
        label: t("authoring.process.play.hour"),
        hint: t("authoring.process.play.hourHint"),
        width: 5,
      },
      ways:
        ways.length === 0
          ? null
          : { title: t("authoring.process.play.ways"), hint: t("authoring.process.play.waysHint"), items: ways },
      button: { text: t("authoring.process.play.run") },
    },
    result: played ? resultOf(manuscript, played, t) : null,
  };
}
