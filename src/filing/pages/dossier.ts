import { paths as auditPaths } from "#audit/paths.ts";
import { describeDueDate, isDueExplanation } from "#calendar/index.ts";
import { paths as companyPaths } from "#companies/paths.ts";
import { paths as documentPaths } from "#documents/paths.ts";
import { paperName, standingTag } from "#documents/rules.ts";
import type { OwnDossier } from "#dossiers/index.ts";
import { authorizerIn, statusTag } from "#dossiers/rules.ts";
import { showCode } from "#platform/codes.ts";
import type {
  Button,
  Details,
  ErrorSummary,
  InsetText,
  Link,
  LinkButton,
  PageHeading,
  Panel,
  PrintButton,
  SummaryList,
  SummaryRow,
  Timeline,
} from "#platform/components.ts";
import { errorSummary, part } from "#platform/components.ts";
import { emptyForm, type Form } from "#platform/form.ts";
import { formatDate, formatDateTime, formatMoney, formatPartialDate, formatSize } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { scanAdvice } from "#platform/scanning.ts";
import { displayAnswers, type FieldContext, type LoadedVersion, pick } from "#procedures/index.ts";
import { changeableUntil, isRatable, mayRate, QUESTIONS } from "#ratings/index.ts";
import { paths as ratingPaths } from "#ratings/paths.ts";
import { findStep } from "#workflow/index.ts";
import { paths } from "../paths.ts";
import { answerRows } from "./check.ts";
import { handlerText, type SeenWhole } from "./handlers.ts";
import { type DossierMoves, dueLines, movesOf, withdrawLink } from "./moves.ts";
import { authorizer, handedInAs, helper, party } from "./people.ts";
import { openDraft, standingText } from "./standing.ts";
import { timelineOf } from "./timeline.ts";

export type DossierPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  now: InsetText;
  nowTitle: string;
  /** Said to who may only look after a company's dossiers. */
  viewing: InsetText | null;
  reason: InsetText | null;
  /** After declining: the same answers and papers, to be mended and filed again. */
  again: { text: string; action: string; button: Button } | null;
  moves: DossierMoves;
  withdraw: Link | null;
  results: SummaryList | null;
  rating: { title: string; text: string; given: SummaryList | null; link: LinkButton | null } | null;
  /** A new dossier with the same answers. */
  similar: { title: string; text: string; action: string; button: Button } | null;
  whole: { title: string; text: string; button: LinkButton };
  copy: Link;
  looks: Link;
  /** The receipt slip: what is taken along to fetch the result. */
  issued: readonly SummaryList[];
  facts: SummaryList;
  dueWhy: Details | null;
  timelineTitle: string;
  timeline: Timeline;
  sections: readonly SummaryList[];
  /** All that was filled in: long, and known to who filled it in. */
  answers: Details;
};
export type FiledPage = Page & {
  panel: Panel;
  notAccepted: string;
  nextTitle: string;
  next: readonly string[];
  keep: string;
  follow: LinkButton;
  all: { text: string; href: string };
  copy: LinkButton;
  print: PrintButton;
  /** Said where somebody else is told by mail. */
  principal: string | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/dossier": DossierPage;
    "filing/filed": FiledPage;
  }
}

/** A dossier, its version, and who reads it. */
export type Seen = {
  dossier: OwnDossier;
  loaded: LoadedVersion;
  context: FieldContext;
  t: Translate;
  language: Language;
  now: Date;
};

function facts(seen: SeenWhole): SummaryList {
  const { dossier, loaded, t, language } = seen;
  const lead = dossier.stepRuns.find((run) => run.lead && !run.closedAt);
  const step = lead ? findStep(loaded.definition.workflow, lead.stepId) : undefined;
  const chosen = loaded.definition.cases.find(({ id }) => id === dossier.caseId);
  const row = (key: string, value: string | readonly string[]): SummaryRow => ({ key, value });
  return {
    title: t("filing.dossier.facts"),
    rows: [
      row(t("filing.dossier.code"), dossier.code ?? t("filing.dossier.notAccepted")),
      row(t("filing.dossier.reference"), [showCode(dossier.reference), t("filing.dossier.referenceHint")]),
      ...(chosen ? [row(t("filing.dossier.case"), pick(chosen.name, language))] : []),
      row(t("filing.dossier.agency"), [
        dossier.receivingAgency.name,
        dossier.receivingAgency.address ?? "",
        dossier.receivingAgency.phone ?? "",
      ]),
      ...(dossier.competentAgencyId === dossier.receivingAgencyId
        ? []
        : [row(t("filing.dossier.competent"), dossier.competentAgency.name)]),
      row(
        t("filing.dossier.submitted"),
        `${formatDateTime(dossier.submittedAt)}, ${t(`dossiers.channel.${dossier.channel}`).toLowerCase()}`,
      ),
      ...(dossier.acceptedAt ? [row(t("filing.dossier.accepted"), formatDateTime(dossier.acceptedAt))] : []),
      ...(step && lead
        ? [
            row(t("filing.dossier.currentStep"), [
              pick(step.name as { vi: string; en?: string }, language),
              lead.agency.name,
              lead.unit?.name ?? "",
              handlerText(seen, lead.assigneeId, lead.agencyId) ?? t("filing.mine.unassigned"),
              phoneText(seen, lead.agencyId),
            ]),
          ]
        : []),
      row(t("filing.dossier.due"), dueLines(seen)),
      ...(dossier.company
        ? [{ ...row(t("companies.dossier.row"), dossier.company.name), href: companyPaths.company(dossier.company.id) }]
        : []),
      row(t("filing.dossier.returnMethod"), t(`filing.result.${dossier.returnMethod}`)),
    ],
  };
}

function phoneText({ phoneOf, t }: SeenWhole, agencyId: string): string {
  const phone = phoneOf(agencyId);
  return phone ? t("filing.mine.phone", { phone }) : "";
}

/** After the result: how was it? */
function rating({ dossier, rating: given, now, t }: SeenWhole): DossierPage["rating"] {
  const { reference, status, mayAct } = dossier;
  if (!isRatable(status) || !mayAct) return null;
  const isOpen = mayRate(status, given?.firstAt ?? null, now);
  if (!given)
    return {
      title: t("ratings.ask.title"),
      text: t("ratings.ask.text"),
      given: null,
      link: { text: t("ratings.ask.button"), href: ratingPaths.rate(reference) },
    };
  const until = formatDateTime(changeableUntil(given.firstAt));
  return {
    title: t("ratings.form.given"),
    text: "",
    given: {
      rows: [
        ...QUESTIONS.map((question) => {
          const level = given.levels[question];
          return {
            key: t(`ratings.questions.${question}`),
            value: level ? t(`ratings.levels.l${level}`) : t("ratings.form.none"),
          };
        }),
        ...(given.comment ? [{ key: t("ratings.form.comment"), value: given.comment.split("\n") }] : []),
      ],
    },
    link: isOpen
      ? { text: t("ratings.ask.changeUntil", { until }), href: ratingPaths.rate(reference), kind: "secondary" }
      : null,
  };
}

function dueWhy({ dossier, t }: Seen): Details | null {
  if (!isDueExplanation(dossier.dueExplanation)) return null;
  return {
    summary: t("filing.dossier.dueWhy"),
    text: describeDueDate(dossier.dueExplanation).map(({ key, params }) => t(key, params)),
  };
}

function results({ dossier, t }: Seen): SummaryList | null {
  const handed = dossier.results.filter(({ state }) => state !== "draft");
  if (handed.length === 0) return null;
  return {
    title: t("filing.dossier.results"),
    rows: handed.map((result): SummaryRow => {
      const about = [
        result.number ? t("filing.dossier.resultNumber", { number: result.number }) : "",
        result.issuedOn ? t("filing.dossier.resultIssued", { date: formatPartialDate(result.issuedOn) }) : "",
      ].filter(Boolean);
      const lines = [
        about.join(", "),
        result.replacedAt ? t("filing.moves.replaced", { date: formatDate(result.replacedAt) }) : "",
        dossier.notes.find(({ id }) => id === result.correctionNoteId)?.text ?? "",
        result.issuerAgency.name,
        result.storageKey ? "" : t("filing.dossier.resultPaper"),
      ].filter(Boolean);
      const download = {
        text: t("filing.dossier.download"),
        href: paths.dossierFile(dossier.reference, result.id),
        about: result.title,
      };
      return { key: result.title, value: lines, ...(result.storageKey ? { actions: [download] } : {}) };
    }),
  };
}

function papers(seen: Seen): SummaryList[] {
  const { dossier, t } = seen;
  const rows = dossier.attachments.map(
    (file): SummaryRow => ({
      key: handedInAs(seen, file.requirementId),
      value: [
        file.name,
        formatSize(file.size),
        file.supersededAt ? t("filing.moves.superseded") : (scanAdvice(file.scanState, t) ?? ""),
      ].filter(Boolean),
      actions: [
        { text: t("filing.dossier.download"), href: paths.dossierFile(dossier.reference, file.id), about: file.name },
      ],
    }),
  );
  return rows.length > 0 ? [{ title: t("filing.dossier.papers"), rows }] : [];
}

function issued({ dossier, t }: Seen): SummaryList[] {
  const rows = dossier.issuedPapers
    // Officers hand slips to each other, and a result is shown where results are.
    .filter(({ kind }) => kind !== "control_slip" && kind !== "result")
    .map((paper): SummaryRow => {
      const name = paperName(paper.kind, t);
      return {
        key: name,
        value: [formatDateTime(paper.createdAt), paper.state === "pending" ? t("documents.pending") : ""].filter(
          Boolean,
        ),
        ...(paper.standing === "valid" ? {} : { tag: standingTag(paper.standing, t) }),
        actions: [
          { text: t("filing.dossier.download"), href: documentPaths.ownPaper(paper.id), about: name.toLowerCase() },
        ],
      };
    });
  return rows.length > 0 ? [{ title: t("filing.dossier.issued"), rows }] : [];
}

export function fees({ dossier, t }: Seen): SummaryList[] {
  if (dossier.fees.length === 0) return [];
  const rows = dossier.fees.map(
    ({ name, amount, quantity }): SummaryRow => ({ key: name, value: formatMoney(amount * BigInt(quantity)) }),
  );
  return [{ title: t("filing.dossier.fees"), rows }];
}

export function answers({ dossier, loaded, context, t }: Seen): SummaryList[] {
  const given = (dossier.answers[0]?.answers ?? {}) as Record<string, unknown>;
  return displayAnswers(loaded.definition, given, context).map(({ title, rows }) => ({
    title,
    rows: answerRows(rows, loaded.definition, given, t).map(({ key, value }) => ({ key, value })),
  }));
}

/** Nothing goes on before the citizen acts, or they are asked for their word. */
const isYourTurn = (dossier: Seen["dossier"]): boolean =>
  ["intake_supplement", "declined", "awaiting_supplement", "awaiting_obligation"].includes(dossier.status) ||
  openDraft(dossier) !== null;

/** A reason that the citizen is owed: of declining, stopping or refusing. */
function reason({ dossier, t }: Seen): InsetText | null {
  if (!["declined", "stopped", "refused"].includes(dossier.status)) return null;
  const note = dossier.notes.findLast(({ kind }) => ["decline", "refusal", "stop"].includes(kind));
  if (!note) return null;
  const ground = dossier.status === "refused" && dossier.notes.findLast(({ kind }) => kind === "ground");
  return {
    text: [
      `${t("filing.dossier.reason")}:`,
      ...note.text.split("\n"),
      ...(ground ? [t("filing.moves.ground", { ground: ground.text })] : []),
    ],
    tone: "warning",
  };
}

/** The citizen's own dossier: where it stands, what to do, and everything that was filed and happened. */
export function dossierPage(seen: SeenWhole, form: Form = emptyForm): DossierPage {
  const { dossier, loaded, t, language } = seen;
  const name = pick(loaded.definition.name, language);
  return {
    title: `${dossier.code ?? showCode(dossier.reference)} – ${name}`,
    back: { href: paths.dossiers, text: t("filing.dossiers.title") },
    heading: {
      title: name,
      caption: dossier.code
        ? `${t("filing.dossier.code")} ${dossier.code}`
        : `${t("filing.dossier.reference")} ${showCode(dossier.reference)}`,
      tag: statusTag(dossier.status, t),
    },
    nowTitle: t("filing.standing.title"),
    now: { text: standingText(seen), tone: isYourTurn(dossier) ? "warning" : "info" },
    reason: reason(seen),
    viewing:
      dossier.company && !dossier.mayAct
        ? { text: t("companies.dossier.viewing", { name: dossier.company.name }), tone: "info" }
        : null,
    again:
      dossier.status === "declined" && dossier.mayAct
        ? {
            text: t("filing.dossier.again.text"),
            action: paths.fileAgain(dossier.reference),
            button: { text: t("filing.dossier.again.button") },
          }
        : null,
    hasErrors: Object.keys(form.errors).length > 0,
    errors: errorSummary(form.errors, t),
    moves: movesOf(seen, form),
    withdraw: withdrawLink(seen),
    results: results(seen),
    rating: rating(seen),
    similar: dossier.mayAct
      ? {
          title: t("filing.mine.again.title"),
          text: t("filing.mine.again.text"),
          action: paths.similar(dossier.reference),
          button: { text: t("filing.mine.again.button"), kind: "secondary" },
        }
      : null,
    copy: { text: t("filing.copy.button"), href: paths.copy(dossier.reference) },
    looks: { text: t("audit.looks.link"), href: auditPaths.looks(dossier.reference) },
    whole: {
      title: t("filing.mine.whole.title"),
      text: t("filing.mine.whole.text"),
      button: {
        text: t("filing.mine.whole.button"),
        href: paths.whole(dossier.reference),
        kind: "secondary",
        download: true,
      },
    },
    facts: facts(seen),
    dueWhy: dueWhy(seen),
    timelineTitle: t("filing.dossier.timeline"),
    timeline: timelineOf(seen),
    issued: issued(seen),
    sections: [
      ...party(seen, "applicant"),
      ...authorizer(seen),
      ...party(seen, "owner"),
      ...helper(seen),
      ...fees(seen),
      ...papers(seen),
    ],
    answers: {
      summary: t("filing.dossier.answers"),
      parts: answers(seen).map((list) => part("components/summary-list", list)),
    },
  };
}

/** Right after filing: the reference, and that nothing has been accepted yet. */
export function filedPage({ dossier, t }: Seen): FiledPage {
  const agency = dossier.receivingAgency.name;
  const owner = dossier.parties.find(
    ({ role, kind, relationship }) => role === "owner" && (kind === "organization" || relationship),
  );
  const mailed = (authorizerIn(dossier.answers[0]?.answers) ?? owner)?.email;
  return {
    title: t("filing.confirmation.title"),
    panel: {
      title: t("filing.confirmation.title"),
      text: t("filing.confirmation.reference"),
      code: showCode(dossier.reference),
    },
    notAccepted: t("filing.confirmation.notAccepted", { agency }),
    nextTitle: t("filing.confirmation.next"),
    next: [t("filing.confirmation.step1", { agency }), t("filing.confirmation.step2"), t("filing.confirmation.step3")],
    keep: t("filing.confirmation.keep"),
    follow: { text: t("filing.confirmation.follow"), href: paths.dossier(dossier.reference) },
    all: { text: t("filing.confirmation.all"), href: paths.dossiers },
    copy: { text: t("filing.copy.button"), href: paths.copy(dossier.reference), kind: "secondary", download: true },
    print: { text: t("filing.confirmation.print") },
    principal: mailed ? t("filing.confirmation.principal", { email: mailed }) : null,
  };
}
