import { dateOf } from "#calendar/rules.ts";
import { paths as cashPaths } from "#cash/paths.ts";
import { paths as digitisingPaths } from "#digitising/paths.ts";
import { fileMarks, marksOf } from "#dossiers/index.ts";
import { mayLeave } from "#dossiers/rules.ts";
import { type LinkButton, part } from "#platform/components.ts";
import { formatDate } from "#platform/format.ts";
import { paths } from "../paths.ts";
import { type Act, type ActInput, act, actIds, control, standing, versionOf } from "./act.ts";
import { datePart, proposalOf, reasonParts } from "./life.ts";
import { nameOfPart } from "./supplement.ts";
import type { Words } from "./words.ts";

/** Whether the officer may ask the applicant to complete the dossier now. */
export function mayAsk(input: Pick<ActInput, "dossier" | "officer">): boolean {
  const { isDesk, isHolder } = standing(input);
  const { status } = input.dossier;
  return mayLeave("requestAtIntake", status) ? isDesk : mayLeave("requestSupplement", status) && (isDesk || isHolder);
}

/** Ways to moves that have a page of their own; at the desk also to what the counter does beside them. */
export function movesLinks(input: ActInput, { t }: Words): LinkButton[] {
  const { id, status } = input.dossier;
  const { isDesk } = standing(input);
  const link = (isOffered: boolean, text: string, href: string): LinkButton[] =>
    isOffered ? [{ text, href, kind: "secondary" }] : [];
  return [
    ...link(mayAsk(input), t("desk.moves.ask.link"), paths.ask(id)),
    ...link(isDesk && mayLeave("deliver", status), t("desk.returning.title"), paths.returnResult(id)),
    ...link(isDesk && mayLeave("digitise", status), t("desk.intake.done.fees"), cashPaths.take(id)),
    ...link(isDesk && mayLeave("digitise", status), t("desk.intake.done.digitise"), digitisingPaths.dossier(id)),
    ...link(isDesk && mayLeave("handOver", status), t("desk.handing.nav"), paths.handing),
  ];
}

/** The apology with a new date: offered while it may still be given; on the due day the reason why not stands there. */
function extendAct(input: ActInput, words: Words): Act | null {
  const { dossier, form } = input;
  const { t, now } = words;
  if (!dossier.dueAt || dossier.pausedAt || dossier.extension) return null;
  const due = { due: formatDate(dossier.dueAt) };
  const isTooLate = dateOf(now) >= dateOf(dossier.dueAt);
  const id = actIds.extend;
  const proposal = proposalOf(input, words);
  return act(id, t("desk.moves.extend.open"), paths.extend(dossier.id), {
    folded: form.act !== id && (isTooLate || proposal === null),
    note: proposal && !isTooLate ? { text: proposal.text, isLate: false } : null,
    lead: t(isTooLate ? "desk.moves.extend.tooLate" : "desk.moves.extend.lead", due),
    hidden: [versionOf(dossier.version)],
    parts: isTooLate
      ? []
      : [
          datePart(id, "until", t("desk.moves.extend.until"), proposal?.until ?? null, input, words),
          ...reasonParts(id, t("desk.moves.extend.reason"), "extension", input, words),
        ],
    buttons: isTooLate ? [] : [{ text: t("desk.moves.extend.button") }],
  });
}

function stopAct(input: ActInput, words: Words): Act {
  const { dossier, form } = input;
  const { t } = words;
  const id = actIds.stop;
  return act(id, t("desk.moves.stop.open"), paths.stop(dossier.id), {
    folded: form.act !== id,
    lead: t("desk.moves.stop.lead"),
    hidden: [versionOf(dossier.version)],
    parts: reasonParts(id, t("desk.moves.stop.reason"), "stop", input, words),
    buttons: [{ text: t("desk.moves.stop.button"), kind: "warning" }],
  });
}

/** Somebody without an account brings to the counter what was asked for. */
function receiveAct(input: ActInput, words: Words): Act | null {
  const { dossier, version, form } = input;
  const { t } = words;
  const request = dossier.supplements.find(({ answeredAt }) => answeredAt === null);
  if (!request) return null;
  const marks = marksOf(request.marks);
  const papers = fileMarks(version.definition, marks);
  const fields = marks.filter(({ id }) => !papers.includes(id)).map(({ id }) => nameOfPart(version.definition, id, t));
  const id = actIds.receive;
  const typed = form.act === id ? form.values["paper"] : [];
  return act(id, t("desk.moves.receive.open"), paths.receive(dossier.id), {
    folded: form.act !== id,
    lead: [
      t("desk.moves.receive.lead"),
      fields.length > 0 ? t("desk.moves.receive.fields", { parts: fields.join(", ") }) : "",
    ]
      .filter(Boolean)
      .join(" "),
    hidden: [
      { name: "request", value: request.id },
      { name: "typed", value: String(request.typedVersion) },
    ],
    parts:
      papers.length > 0
        ? [
            part("components/checkboxes", {
              ...control(id, "paper", input, words),
              label: t("desk.moves.receive.papers"),
              small: true,
              values: [typed].flat().filter((one): one is string => typeof one === "string"),
              items: papers.map((paper) => ({ value: paper, text: nameOfPart(version.definition, paper, t) })),
            }),
          ]
        : [],
    buttons: [{ text: t("desk.moves.receive.button"), kind: "secondary" }],
  });
}

/** A mistaken acceptance, while nobody has worked on it. */
const voidAct = (input: ActInput, words: Words): Act =>
  act(actIds.void, words.t("desk.intake.void.open"), paths.void(input.dossier.id), {
    folded: input.form.act !== actIds.void,
    lead: words.t("desk.intake.void.lead"),
    hidden: [versionOf(input.dossier.version)],
    parts: reasonParts(actIds.void, words.t("desk.intake.void.reason"), null, input, words),
    buttons: [{ text: words.t("desk.intake.void.button"), kind: "warning" }],
  });

/** What else the law lets this officer do: receive additions, apologise and extend, stop. */
export function movesActs(input: ActInput, words: Words): Act[] {
  const { isDesk, isLeader } = standing(input);
  const { status } = input.dossier;
  const acts: (Act | null)[] = [];
  if (isDesk && (mayLeave("supplement", status) || mayLeave("supplementAtIntake", status)))
    acts.push(receiveAct(input, words));
  if ((isDesk || isLeader) && mayLeave("extend", status)) acts.push(extendAct(input, words));
  if ((isDesk || isLeader) && mayLeave("stop", status)) acts.push(stopAct(input, words));
  const isUntouched = input.dossier.stepRuns.every(({ closedAt }) => closedAt === null);
  if ((isDesk || isLeader) && isUntouched && mayLeave("voidAcceptance", status)) acts.push(voidAct(input, words));
  return acts.filter((one) => one !== null);
}
