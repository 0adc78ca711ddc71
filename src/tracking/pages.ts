import type { Band, Tracked } from "#dossiers/index.ts";
import { showCode } from "#platform/codes.ts";
import type {
  EmptyState,
  InsetText,
  LinkButton,
  PageHeading,
  ProgressSteps,
  SearchBox,
  SummaryList,
} from "#platform/components.ts";
import { formatDate, formatDateTime, formatTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import { BANDS, type Typed } from "./rules.ts";

export type TrackPage = Page & {
  heading: PageHeading;
  search: SearchBox;
  missing: EmptyState | null;
  found: {
    title: string;
    /** Where it is, whose turn it is, by when. */
    standing: InsetText | null;
    progressTitle: string;
    progress: ProgressSteps;
    facts: SummaryList | null;
    note: InsetText | null;
    more: LinkButton | null;
  } | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "tracking/track": TrackPage;
  }
}

/** What the look-up found: by code only the band, by reference also status and due date. */
export type Found = { kind: "code"; code: string; band: Band } | { kind: "reference"; dossier: Tracked };

const progressOf = (band: Band, t: Translate): ProgressSteps => ({
  label: t("tracking.progress"),
  steps: BANDS.map((one) => ({
    text: t(`tracking.bands.b${one}`),
    state: one < band ? "done" : one === band ? "current" : "todo",
  })),
});

function standingText({ status, dueAt }: Tracked, now: Date, t: Translate): string {
  if (status !== "received" && status !== "processing") return t(`tracking.standing.${status}`);
  if (!dueAt) return t("tracking.standing.inWorkUndated");
  const when = { time: formatTime(dueAt), date: formatDate(dueAt) };
  return t(dueAt < now ? "tracking.standing.inWorkLate" : "tracking.standing.inWork", when);
}

const factsOf = ({ code, reference, status, dueAt, pausedAt }: Tracked, t: Translate): SummaryList => ({
  rows: [
    { key: t("tracking.code"), value: code ?? t("tracking.noCode") },
    { key: t("tracking.reference"), value: showCode(reference) },
    { key: t("tracking.status"), value: t(`dossiers.status.${status}`) },
    {
      key: t("tracking.due"),
      value: pausedAt ? t("tracking.paused") : dueAt ? formatDateTime(dueAt) : t("tracking.noDue"),
    },
  ],
});

function foundPart(found: Found, now: Date, t: Translate, signIn: string | null): TrackPage["found"] {
  const more = signIn ? { text: t("tracking.signIn"), href: signIn, kind: "secondary" as const } : null;
  const progressTitle = t("tracking.progress");
  if (found.kind === "code")
    return {
      title: t("tracking.found", { code: found.code }),
      standing: null,
      progressTitle,
      progress: progressOf(found.band, t),
      facts: null,
      note: { text: t("tracking.byCodeOnly"), tone: "info" },
      more,
    };
  const { dossier } = found;
  return {
    title: t("tracking.found", { code: dossier.code ?? showCode(dossier.reference) }),
    standing: { text: standingText(dossier, now, t), tone: "info" },
    progressTitle,
    progress: progressOf(dossier.band, t),
    facts: factsOf(dossier, t),
    note: null,
    more,
  };
}

const shownText = (typed: Typed, given: string): string => (typed.kind === "code" ? typed.code : given);

/** @param signIn where somebody who is not signed in goes for more; null for those who are */
export function trackPage(
  typed: Typed,
  given: string,
  found: Found | null,
  signIn: string | null,
  now: Date,
  t: Translate,
): TrackPage {
  const isMissing = typed.kind !== "nothing" && found === null;
  const missingTitle = typed.kind === "neither" ? "tracking.unreadable" : "tracking.notFound";
  return {
    title: t("tracking.title"),
    heading: { title: t("tracking.title"), lead: t("tracking.lead") },
    search: {
      action: paths.track,
      name: "ma",
      label: t("tracking.label"),
      hint: t("tracking.hint"),
      value: given,
      button: t("tracking.button"),
      size: "large",
      verbatim: true,
    },
    missing: isMissing
      ? { title: t(missingTitle, { typed: shownText(typed, given) }), text: t("tracking.notFoundText") }
      : null,
    found: found ? foundPart(found, now, t, signIn) : null,
  };
}
