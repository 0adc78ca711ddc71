import type { Registration } from "#dossiers/index.ts";
import { type Mark, MOST_DAYS_BACK, markableParts, receptionFault } from "#dossiers/index.ts";
import type { KnownAgency } from "#organizations/index.ts";
import { type FieldErrors, readValues } from "#platform/form.ts";
import {
  type Answers,
  applicableRequirements,
  type FieldContext,
  feeQuantities,
  feesFor,
  type LoadedVersion,
  type ProcedureDefinition,
  readPage,
  type Submitted,
} from "#procedures/index.ts";
import { EarlierInput, ForInput } from "../inputs/counter.ts";
import { CounterInput, readCount } from "../inputs.ts";
import { countedFees } from "../pages/counter.ts";
import { applicantForm, applicantOf, counterForm, isPaper, OWN, ownerOf, paperFault } from "../rules.ts";

/** What is being registered, and where. */
export type Offer = {
  version: LoadedVersion;
  agency: KnownAgency;
  channels: ("counter" | "post")[];
  caseId: string | null;
  /** Agencies whose matter it may be, where this desk takes it in for any of them; the own agency alone elsewhere. */
  homes: readonly KnownAgency[];
};

type Read = Omit<Registration, "attachments" | "formKey">;
type ReadCounter = {
  errors: FieldErrors;
  registration: Read | null;
  /** The same with what could be read of it, and everything that it lacks: for a notice instead of a receipt. */
  lacking: { registration: Read; marks: Mark[] } | null;
};
type Errors = Record<string, FieldErrors[string]>;

const MOST_COPIES = 99;
const MOST_UNITS = 9999;

/** A form on one page is read twice: a field may depend on one that stands below it. */
function readOnePage(form: ReturnType<typeof counterForm>, values: Submitted, context: FieldContext) {
  const { answers } = readPage(form, form.page.id, values, {}, context);
  return readPage(form, form.page.id, values, answers, context);
}

function readPapers(
  definition: ProcedureDefinition,
  caseId: string | null,
  answers: Answers,
  values: Submitted,
  files: readonly { requirementId: string }[],
  errors: Errors,
): Registration["papers"] {
  return applicableRequirements(definition, { caseId, answers })
    .filter(isPaper)
    .flatMap((paper) => {
      const at = `paper-${paper.id}`;
      const params = { paper: paper.name.vi };
      const count = (key: "originals" | "copies"): number => {
        const read = readCount(values[`${at}.${key}`], MOST_COPIES);
        if (read === null) errors[`${at}.${key}`] = { key: "desk.counter.errors.count", params };
        return read ?? 1;
      };
      const received = values[`${at}.received`] === "1";
      const later = values[`${at}.later`] === "1" && paper.mayFollowLater && !received;
      const ticked = {
        received,
        later,
        originals: count("originals"),
        copies: count("copies"),
        files: files.filter(({ requirementId }) => requirementId === paper.id).length,
      };
      const fault = paperFault(paper, ticked);
      if (fault === "none") errors[`${at}.originals`] ??= { key: "desk.counter.errors.paperNone", params };
      if (fault === "missing")
        errors[`${at}.received`] = {
          key: paper.mayFollowLater ? "desk.counter.errors.paperLater" : "desk.counter.errors.paperMissing",
          params,
        };
      if (!received && !later) return [];
      return [
        {
          requirementId: paper.id,
          originals: received ? ticked.originals : 0,
          copies: received ? ticked.copies : 0,
          later,
        },
      ];
    });
}

function readQuantities(
  definition: ProcedureDefinition,
  { caseId, channel, answers }: { caseId: string | null; channel: "counter" | "post"; answers: Answers },
  values: Submitted,
  errors: Errors,
) {
  const due = feesFor(definition, { caseId, channel, answers });
  const quantities = feeQuantities(due, answers);
  for (const fee of countedFees(definition, caseId, channel)) {
    const typed = values[`fee-${fee.id}`];
    const count = typed === undefined ? 1 : readCount(typed, MOST_UNITS);
    if (count === null) errors[`fee-${fee.id}`] = { key: "desk.counter.errors.quantity", params: { fee: fee.name.vi } };
    else quantities[fee.id] = count;
  }
  return Object.fromEntries(due.map(({ id }) => [id, quantities[id] ?? 1]));
}

/** When and how it really came, where not just now over the counter. */
function readEarlier(
  values: Submitted,
  channel: "counter" | "post" | null,
  now: Date,
  errors: Errors,
): Pick<Registration, "arrival" | "late"> {
  const read = readValues(EarlierInput, values);
  if (!read.ok) {
    for (const [name, error] of Object.entries(read.form.errors)) errors[`earlier.${name}`] = error;
    return {};
  }
  const { at, record, carrier, tracking, reason } = read.data;
  if (!at) return {};
  const how = channel === "post" ? "post" : "late";
  const fault = receptionFault(how, at, now);
  if (fault)
    errors["earlier.date"] = { key: `desk.intake.earlier.errors.${fault}`, params: { days: MOST_DAYS_BACK[how] } };
  if (how === "late") {
    if (!reason) errors["earlier.reason"] = { key: "desk.intake.earlier.errors.reason" };
    return { late: { receivedAt: at, reason } };
  }
  if (!record) errors["earlier.record"] = { key: "desk.intake.earlier.errors.record" };
  return { arrival: { record, carrier: carrier || null, trackingNumber: tracking || null, signedAt: at } };
}

/** Everything that a notice asks for: each needed paper that is not there, each question without a right answer. */
function marksOf(
  { version: { definition }, caseId }: Offer,
  registration: Read,
  errors: FieldErrors,
  t: FieldContext["t"],
): Mark[] {
  const parts = markableParts(definition, { caseId, answers: registration.answers, attachments: [] });
  const wrong = (id: string, kind: "field" | "paper") =>
    Object.entries(errors).find(([at]) =>
      kind === "paper" ? at === `paper-${id}.received` : at === id || at.startsWith(`${id}.`),
    )?.[1];
  return parts.flatMap(({ kind, id }) => {
    const error = wrong(id, kind);
    if (!error) return [];
    return [{ kind, id, note: kind === "paper" ? t("desk.intake.instead.missing") : t(error.key, error.params) }];
  });
}

/** Reads the counter's page as a whole: everything that is wrong at once, at its control, in the page's order. */
export function readCounter(
  offer: Offer,
  values: Submitted,
  files: readonly { requirementId: string }[],
  context: FieldContext,
  now: Date,
): ReadCounter {
  const {
    version: { id, definition },
    agency,
    channels,
    caseId,
  } = offer;
  const errors: Errors = {};
  const applicant = readOnePage(applicantForm(definition), values, context);
  const form = readOnePage(counterForm(definition), values, context);
  Object.assign(errors, applicant.errors, form.errors);
  const papers = readPapers(definition, caseId, form.answers, values, files, errors);
  const rest = readValues(CounterInput, { ...values, channel: values[OWN.channel] ?? channels[0] });
  const channel = rest.ok && channels.includes(rest.data.channel) ? rest.data.channel : null;
  const feeQuantities = readQuantities(
    definition,
    { caseId, channel: channel ?? "counter", answers: form.answers },
    values,
    errors,
  );
  if (!rest.ok) {
    const { channel: unknown, ...others } = rest.form.errors;
    Object.assign(errors, others, unknown ? { [OWN.channel]: unknown } : {});
  } else if (channel === null) errors[OWN.channel] = { key: "desk.counter.errors.channel" };
  else if (!definition.returnMethods.includes(rest.data.returnMethod))
    errors["returnMethod"] = { key: "desk.counter.errors.method" };
  const earlier = readEarlier(values, channel, now, errors);
  const chosen = readValues(ForInput, values);
  const home = chosen.ok ? offer.homes.find((one) => one.id === chosen.data.forAgency) : undefined;
  const registration: Read = {
    procedureVersionId: id,
    agencyId: agency.id,
    forAgencyId: home && home.id !== agency.id ? home.id : null,
    caseId,
    channel: channel ?? channels[0] ?? "counter",
    returnMethod: (rest.ok ? rest.data.returnMethod : definition.returnMethods[0]) ?? "counter",
    answers: { ...form.answers },
    applicant: applicantOf(applicant.answers),
    owner: ownerOf(definition, applicant.answers, form.answers),
    papers,
    feeQuantities,
    ...earlier,
  };
  return {
    errors,
    registration: Object.keys(errors).length > 0 ? null : registration,
    lacking: registration.applicant.fullName
      ? { registration, marks: marksOf(offer, registration, errors, context.t) }
      : null,
  };
}
