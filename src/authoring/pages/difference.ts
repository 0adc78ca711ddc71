import { canonicalJson } from "#platform/canonical.ts";
import { formatMoney } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Condition, Field, Text } from "#procedures/index.ts";
import { fieldPlaces, type Section, type Sketch } from "../rules.ts";
import { sayCondition } from "./conditions.ts";
import { agencyText, allowanceText, scopeText, termIn } from "./terms.ts";

export type DifferenceLine = { section: Section; text: string };

/** The same for the same content, whatever the order of its keys: the database keeps none. */
const written = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value ?? null)));

/** Collects what differs, in words, part by part. */
function collector(t: Translate) {
  const lines: DifferenceLine[] = [];
  const add = (section: Section, text: string) => void lines.push({ section, text });
  const value = (section: Section, label: string, before: string, after: string): void => {
    if (before === after) return;
    if (before === "") add(section, t("authoring.difference.set", { label, after }));
    else if (after === "") add(section, t("authoring.difference.cleared", { label, before }));
    else add(section, t("authoring.difference.changed", { label, before, after }));
  };
  const words = (section: Section, label: string, before: Text | undefined, after: Text | undefined): void => {
    value(section, label, before?.vi ?? "", after?.vi ?? "");
    if ((before?.vi ?? "") === (after?.vi ?? "") && (before?.en ?? "") !== (after?.en ?? ""))
      add(section, t("authoring.difference.english", { label }));
  };
  const list = (section: Section, label: string, before: readonly string[], after: readonly string[]): void => {
    for (const what of after)
      if (!before.includes(what)) add(section, t("authoring.difference.added", { label, what }));
    for (const what of before)
      if (!after.includes(what)) add(section, t("authoring.difference.removed", { label, what }));
    const kept = after.filter((one) => before.includes(one));
    if (kept.join("\n") !== before.filter((one) => after.includes(one)).join("\n"))
      add(section, t("authoring.difference.reordered", { label }));
  };
  const some = (section: Section, label: string, before: unknown, after: unknown): void => {
    if (written(before) !== written(after)) add(section, t("authoring.difference.some", { label }));
  };
  /** Members that keep their key are compared by `each`. */
  const members = <T>(
    section: Section,
    label: string,
    before: readonly T[],
    after: readonly T[],
    keyOf: (one: T) => string,
    nameOf: (one: T) => string,
    each: (was: T, is: T, name: string) => void,
  ): void => {
    const known = new Map(before.map((one) => [keyOf(one), one]));
    for (const one of after) {
      const was = known.get(keyOf(one));
      if (was) each(was, one, `${label} “${nameOf(one)}”`);
      else add(section, t("authoring.difference.added", { label, what: nameOf(one) }));
    }
    const keys = after.map(keyOf);
    const left = before.filter((one) => !keys.includes(keyOf(one)));
    for (const one of left) add(section, t("authoring.difference.removed", { label, what: nameOf(one) }));
    const kept = (all: readonly T[], others: readonly T[]) =>
      all.map(keyOf).filter((key) => others.some((other) => keyOf(other) === key));
    if (kept(before, after).join("\n") !== kept(after, before).join("\n"))
      add(section, t("authoring.difference.reordered", { label }));
  };
  return { lines, value, words, list, some, members };
}

/** What differs between two states of a procedure, in words, in the order of its parts. */
export function differenceOf(before: Sketch, after: Sketch, t: Translate): DifferenceLine[] {
  const { lines, value, words, list, some, members } = collector(t);
  const say = (key: keyof typeof import("../messages/publish.ts").difference.labels): string =>
    t(`authoring.difference.labels.${key}`);
  const yes = (one: boolean | undefined): string => t(one ? "fields.yes" : "fields.no");
  const [was, is] = [before, after];

  words("basics", say("name"), was.name, is.name);
  value("basics", say("sector"), was.sector, is.sector);
  const levels = (one: Sketch) => one.levels.map((level) => t(`procedures.level.${level}`));
  list("basics", say("level"), levels(was), levels(is));
  list("basics", say("subject"), was.subjects, is.subjects);
  words("basics", say("summary"), was.summary, is.summary);
  list("basics", say("keyword"), was.keywords, is.keywords);
  words("basics", say("executingAgency"), was.executingAgency, is.executingAgency);
  const texts = (all: readonly Text[]) => all.map(({ vi }) => vi);
  list("basics", say("step"), texts(was.steps), texts(is.steps));
  const laws = (one: Sketch) => one.legalBasis.map(({ number, title }) => `${number} ${title}`);
  list("basics", say("legalBasis"), laws(was), laws(is));
  list("basics", say("condition"), texts(was.conditions), texts(is.conditions));
  list("basics", say("related"), was.relatedCodes, is.relatedCodes);
  value("basics", say("decision"), was.decisionNumber ?? "", is.decisionNumber ?? "");
  value("basics", say("source"), was.sourceUrl ?? "", is.sourceUrl ?? "");

  const ways = (all: readonly ("online" | "counter" | "post")[]) => all.map((one) => t(`procedures.channel.${one}`));
  list("filing", say("channel"), ways(was.channels), ways(is.channels));
  list("filing", say("returnMethod"), ways(was.returnMethods), ways(is.returnMethods));
  const service = (one: Sketch) => t(`procedures.service.${one.serviceLevel}`);
  value("filing", say("serviceLevel"), service(was), service(is));
  words("filing", say("serviceLevelReason"), was.serviceLevelReason, is.serviceLevelReason);
  value("filing", say("eligible"), yes(was.eligibleFullyOnline), yes(is.eligibleFullyOnline));
  value("filing", say("anywhere"), yes(was.receivedAnywhere), yes(is.receivedAnywhere));
  some("filing", say("owner"), was.owner, is.owner);
  some("filing", say("filedFor"), was.filedFor, is.filedFor);
  const idOf = ({ id }: { id: string }) => id;
  members(
    "filing",
    say("case"),
    was.cases,
    is.cases,
    idOf,
    ({ name }) => name.vi,
    (a, b, name) => words("filing", name, a.name, b.name),
  );
  const asked = (one: Sketch) => one.screening ?? [];
  members(
    "filing",
    say("screening"),
    asked(was),
    asked(is),
    idOf,
    ({ question }) => question.vi,
    (a, b, name) => some("filing", name, a, b),
  );

  const limits = (one: Sketch) =>
    one.timeLimits.map(
      (limit) => `${termIn(limit.term, t)}${scopeText(limit, one, t)}${limit.note ? ` (${limit.note.vi})` : ""}`,
    );
  list("terms", say("limit"), limits(was), limits(is));
  some("terms", say("counting"), was.counting, is.counting);
  const money = (amount: number | null) => (amount === null ? t("procedures.fee.unknown") : formatMoney(amount));
  const condition = (when: Condition | undefined, { form }: Sketch) =>
    when
      ? sayCondition(
          when,
          form.pages.flatMap(({ fields }) => fields),
          t,
        )
      : "";
  const feeKey = ({ id, cases, channels }: Sketch["fees"][number]) => JSON.stringify([id, cases, channels]);
  const feeName = (one: Sketch) => (fee: Sketch["fees"][number]) => `${fee.name.vi}${scopeText(fee, one, t)}`;
  members("terms", say("fee"), was.fees, is.fees, feeKey, feeName(is), (a, b, name) => {
    value("terms", name, money(a.amount), money(b.amount));
    words("terms", `${name} – ${say("title")}`, a.name, b.name);
    words("terms", `${name} – ${say("per")}`, a.per, b.per);
    words("terms", `${name} – ${say("note")}`, a.note, b.note);
    value("terms", `${name} – ${say("when")}`, condition(a.when, was), condition(b.when, is));
    some("terms", `${name} – ${say("countedBy")}`, [a.countedBy, a.source], [b.countedBy, b.source]);
  });

  members(
    "requirements",
    say("paper"),
    was.requirements,
    is.requirements,
    idOf,
    ({ name }) => name.vi,
    (a, b, name) => {
      const at = (key: Parameters<typeof say>[0]) => `${name} – ${say(key)}`;
      words("requirements", at("title"), a.name, b.name);
      value("requirements", at("originals"), String(a.originals), String(b.originals));
      value("requirements", at("copies"), String(a.copies), String(b.copies));
      value("requirements", at("required"), yes(a.required), yes(b.required));
      value("requirements", at("mayFollow"), yes(a.mayFollowLater), yes(b.mayFollowLater));
      value("requirements", at("when"), condition(a.when, was), condition(b.when, is));
      words("requirements", at("hint"), a.hint, b.hint);
      value("requirements", at("cases"), scopeText(a, was, t), scopeText(b, is, t));
      value("requirements", at("replacedBy"), a.replacedByResult ?? "", b.replacedByResult ?? "");
      value("requirements", at("documentType"), a.documentType ?? "", b.documentType ?? "");
    },
  );

  members(
    "results",
    say("result"),
    was.results,
    is.results,
    idOf,
    ({ name }) => name.vi,
    (a, b, name) => {
      words("results", `${name} – ${say("title")}`, a.name, b.name);
      value("results", `${name} – ${say("code")}`, a.code ?? "", b.code ?? "");
      value("results", `${name} – ${say("documentType")}`, a.documentType ?? "", b.documentType ?? "");
    },
  );
  value("results", say("needsResult"), yes(was.needsDocumentResult), yes(is.needsDocumentResult));

  members(
    "form",
    say("page"),
    was.form.pages,
    is.form.pages,
    idOf,
    ({ title }) => title.vi,
    (a, b, name) => {
      words("form", `${name} – ${say("title")}`, a.title, b.title);
      words("form", `${name} – ${say("hint")}`, a.intro, b.intro);
      value("form", `${name} – ${say("when")}`, condition(a.showWhen, was), condition(b.showWhen, is));
    },
  );
  const fields = (one: Sketch) => fieldPlaces(one);
  members(
    "form",
    say("field"),
    fields(was),
    fields(is),
    ({ field }) => field.id,
    ({ field }) => field.label.vi,
    (a, b, name) => {
      const [old, now]: [Field, Field] = [a.field, b.field];
      words("form", `${name} – ${say("label")}`, old.label, now.label);
      words("form", `${name} – ${say("hint")}`, old.hint, now.hint);
      some("form", `${name} – ${say("type")}`, old.type, now.type);
      value("form", `${name} – ${say("required")}`, yes(old.required), yes(now.required));
      value("form", `${name} – ${say("when")}`, condition(old.showWhen, was), condition(now.showWhen, is));
      value("form", `${name} – ${say("page")}`, a.page.title.vi, b.page.title.vi);
      const own = ({ settings: { fields: _inner, ...settings }, prefill, prefillWhen }: Field) => [
        settings,
        prefill,
        prefillWhen,
      ];
      some("form", `${name} – ${say("settings")}`, own(old), own(now));
    },
  );

  value("workflow", say("start"), was.workflow.start, is.workflow.start);
  members(
    "workflow",
    say("workflowStep"),
    was.workflow.steps,
    is.workflow.steps,
    idOf,
    ({ name }) => name.vi,
    (a, b, name) => {
      words("workflow", `${name} – ${say("title")}`, a.name as Text, b.name as Text);
      value("workflow", `${name} – ${say("role")}`, t(`admin.roles.${a.role}`), t(`admin.roles.${b.role}`));
      value("workflow", `${name} – ${say("agency")}`, agencyText(a.agency, t), agencyText(b.agency, t));
      value("workflow", `${name} – ${say("allowance")}`, allowanceText(a.allowance, t), allowanceText(b.allowance, t));
      members(
        "workflow",
        `${name} – ${say("outcome")}`,
        a.outcomes,
        b.outcomes,
        idOf,
        ({ name: own }) => own.vi,
        (c, d, own) => some("workflow", own, c, d),
      );
      const rest = ({ status, notSameOfficerAs, needs, branch }: typeof a) => [status, notSameOfficerAs, needs, branch];
      some("workflow", `${name} – ${say("settings")}`, rest(a), rest(b));
    },
  );
  return lines;
}
