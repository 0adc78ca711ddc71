import { z } from "zod";
import { instantAt, isLocalDate, isLocalTime } from "#calendar/rules.ts";
import { type Read, readValues } from "#platform/form.ts";
import {
  AGENCY_FUNCTIONS,
  AGENCY_KINDS,
  type AgencyRef,
  OFFICER_ROLES,
  OUTCOME_KINDS,
  STEP_STATUSES,
  type Step,
} from "#workflow/definition.ts";
import type { OutcomeFields, Process, StepFields } from "../rules.ts";

type Sent = Readonly<Record<string, unknown>>;
const key = <K extends string>(name: K) => `authoring.process.errors.${name}` as const;

const Name = z.string(key("name")).trim().normalize("NFC").min(1, key("name")).max(200, key("name"));
const NameEn = z.string(key("nameEn")).trim().max(200, key("nameEn")).default("");
const Ticked = z.preprocess((value) => value === "on" || (Array.isArray(value) && value.includes("on")), z.boolean());
/** Boxes of one name: none, one or several ticked. */
const Several = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()).filter((one) => typeof one === "string"),
  z.array(z.string()),
);
const orNone = <T extends readonly [string, ...string[]]>(values: T) => z.enum(values).optional().catch(undefined);
const named = (vi: string, en: string) => ({ vi, ...(en === "" ? {} : { en }) });

const AGENCIES = ["receiving", "competent", "commune", "province"] as const;

const StepInput = z
  .object({
    nameVi: Name,
    nameEn: NameEn,
    role: z.enum(OFFICER_ROLES, key("role")),
    agency: z.enum(AGENCIES, key("agency")),
    kind: orNone(AGENCY_KINDS),
    function: orNone(AGENCY_FUNCTIONS),
    amount: z
      .string(key("amount"))
      .trim()
      .transform((text) => (/^\d{1,4}([.,]\d{1,3})?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN))
      .pipe(z.number(key("amount")).positive(key("amount")).max(1000, key("amount"))),
    unit: z.enum(["working_hour", "working_day"], key("unit")),
    status: z.enum(STEP_STATUSES, key("status")),
    needsResult: Ticked,
    branch: Ticked,
    others: Several,
  })
  .superRefine(({ agency, kind, amount, unit }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if ((agency === "commune" || agency === "province") && !kind) wrong("kind", key("kind"));
    if (unit === "working_day" && !Number.isInteger(amount)) wrong("amount", key("amountDay"));
    if (unit === "working_hour" && !Number.isInteger(amount * 2)) wrong("amount", key("amountHour"));
  });

/** What a form says of a step; `others` that are no steps, or this one itself, are left out. */
export function readStep(sent: Sent, { steps }: Process, ownId: string | null): Read<StepFields> {
  const read = readValues(StepInput, { ...sent });
  if (!read.ok) return read;
  const { nameVi, nameEn, kind, agency, amount, unit, needsResult, branch, others, ...rest } = read.data;
  const ref: AgencyRef =
    (agency === "commune" || agency === "province") && kind
      ? { kind, at: agency, ...(rest.function ? { function: rest.function } : {}) }
      : agency === "receiving"
        ? "receiving"
        : "competent";
  const known = others.filter((id) => id !== ownId && steps.some((step) => step.id === id));
  const data: StepFields = {
    name: named(nameVi, nameEn),
    role: rest.role,
    agency: ref,
    // An opinion is given while the dossier is worked on elsewhere.
    status: branch ? "processing" : rest.status,
    allowance: { amount, unit },
    ...(known.length > 0 ? { notSameOfficerAs: known } : {}),
    ...(needsResult ? { needs: ["result" as const] } : {}),
    ...(branch ? { branch: true as const } : {}),
  };
  return { ok: true, data };
}

const OutcomeInput = z.object({
  nameVi: Name,
  nameEn: NameEn,
  kind: z.enum(OUTCOME_KINDS, key("outcomeKind")),
  to: z.string().catch(""),
  consult: Several,
  needsNote: Ticked,
  waits: Ticked,
  result: z.enum(["auto", "yes", "no"]).catch("auto"),
});

/** What a form says of an outcome of the step; what its kind has no use for is left out. */
export function readOutcome(sent: Sent, { steps }: Process, step: Step): Read<OutcomeFields> {
  const isLead = (id: string): boolean => steps.some((one) => one.id === id && !one.branch);
  const isBranch = (id: string): boolean => steps.some((one) => one.id === id && one.branch === true);
  const Fitting = OutcomeInput.superRefine(({ kind, to, consult }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (step.branch && kind !== "answer") wrong("kind", key("branchAnswers"));
    if (!step.branch && kind === "answer") wrong("kind", key("leadAnswers"));
    if ((kind === "forward" || kind === "return") && !isLead(to)) wrong("to", key("to"));
    if (kind !== "forward" && consult.length > 0) wrong("consult", key("consult"));
  });
  const read = readValues(Fitting, { ...sent });
  if (!read.ok) return read;
  const { nameVi, nameEn, kind, to, consult, needsNote, waits, result } = read.data;
  const asked = [...new Set(consult)].filter(isBranch);
  const data: OutcomeFields = {
    name: named(nameVi, nameEn),
    kind,
    ...(kind === "forward" || kind === "return" ? { to } : {}),
    ...(asked.length > 0 ? { consult: asked } : {}),
    ...(needsNote ? { needsNote } : {}),
    ...(result === "auto" ? {} : { needsResult: result === "yes" }),
    ...(waits ? { waitsForBranches: true } : {}),
  };
  return { ok: true, data };
}

const ShapeInput = z
  .object({
    shape: z.enum(["communeSameDay", "departmentAppraisal", "interAgency", "like"], key("shape")),
    likeCode: z.string().trim().max(40).catch(""),
  })
  .superRefine(({ shape, likeCode }, context) => {
    if (shape === "like" && likeCode === "")
      context.addIssue({ code: "custom", path: ["likeCode"], message: key("likeCode") });
  });
export const readShape = (sent: Sent) => readValues(ShapeInput, { ...sent });

export type PlayQuery = {
  caseId: string | null;
  agencyId: string | null;
  channel: "online" | "counter" | "post" | null;
  startedAt: Date;
  choices: ReadonlyMap<number, string>;
};

const PlayInput = z
  .object({
    "truong-hop": z.string().catch(""),
    "co-quan": z.string().catch(""),
    kenh: z.enum(["online", "counter", "post"]).nullable().catch(null),
    "ngay.day": z.string().trim().catch(""),
    "ngay.month": z.string().trim().catch(""),
    "ngay.year": z.string().trim().catch(""),
    gio: z.string().trim().catch(""),
  })
  .transform((sent) => {
    const parts = [sent["ngay.year"], sent["ngay.month"].padStart(2, "0"), sent["ngay.day"].padStart(2, "0")];
    return { ...sent, date: parts.join("-"), gio: sent.gio.padStart(5, "0") };
  })
  .superRefine(({ date, gio }, context) => {
    if (!isLocalDate(date) || date < "2020-01-01" || date > "2099-12-31")
      context.addIssue({ code: "custom", path: ["ngay"], message: key("day") });
    if (!isLocalTime(gio)) context.addIssue({ code: "custom", path: ["gio"], message: key("hour") });
  });

/** What the simulation is asked for; `o3` is the outcome chosen at the third leading step. */
export function readPlay(query: Sent): Read<PlayQuery> {
  const read = readValues(PlayInput, { ...query });
  if (!read.ok) return read;
  const { date, gio, kenh, ...ids } = read.data;
  const choices = Object.entries(query).flatMap(([name, value]): [number, string][] =>
    /^o\d{1,2}$/.test(name) && typeof value === "string" && value !== "" ? [[Number(name.slice(1)), value]] : [],
  );
  const data = {
    caseId: ids["truong-hop"] || null,
    agencyId: ids["co-quan"] || null,
    channel: kenh,
    startedAt: instantAt(date, gio),
    choices: new Map(choices),
  };
  return { ok: true, data };
}
