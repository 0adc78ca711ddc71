import {
  type Button,
  type DateInput,
  type ErrorSummary,
  errorSummary,
  errorText,
  type FileUpload,
  type Input,
  type PageHeading,
  type Radios,
  type Select,
  type Textarea,
} from "#platform/components.ts";
import { formatMoney, formatSize } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import {
  type Fee,
  type ProcedureDefinition,
  type Requirement,
  type ShownControl,
  stateCondition,
} from "#procedures/index.ts";
import { paths } from "../paths.ts";
import { isPaper, OWN, possibleFees, possiblePapers } from "../rules.ts";
import { insteadOf, whereAndWhen } from "./elsewhere.ts";
import { type CounterInput, type Filled, typed } from "./filled.ts";
import type { PersonHere } from "./person.ts";

export type PaperRow = {
  id: string;
  /** Asked for wherever it applies: what one key ticks. */
  isNeeded: boolean;
  /** On which answers of the form it applies, for scripts to follow; null: always. */
  showWhen: string | null;
  name: string;
  note: string | null;
  error: string | null;
  received: { name: string; label: string; checked: boolean };
  later: { name: string; label: string; checked: boolean } | null;
  originals: Input;
  copies: Input;
  file: FileUpload;
};

type CounterForm = Page & {
  errors: ErrorSummary | null;
  heading: PageHeading;
  about: { agency: string; case: { label: string; text: string; change: string; about: string; href: string } | null };
  action: string;
  hidden: readonly { name: string; value: string }[];
  kept: string | null;
  applicant: { title: string; controls: readonly ShownControl[] };
  form: { title: string; controls: readonly ShownControl[] };
  papers: {
    title: string;
    hint: string;
    notesTitle: string;
    notes: readonly string[];
    rows: readonly PaperRow[];
  } | null;
  fees: { title: string; lines: readonly string[]; none: string | null; quantities: readonly Input[] };
  methodTitle: string;
  method: Radios;
  channel: Radios | null;
  forAgency: Select | null;
  earlier: { open: boolean; title: string; lead: string; date: DateInput; inputs: readonly Input[] };
  instead: {
    open: boolean;
    title: string;
    lead: string;
    preset: Select | null;
    reason: Textarea;
    buttons: readonly Button[];
  };
  submit: Button;
  keys: string;
};

declare module "#platform/render.ts" {
  interface Views {
    "desk/register": CounterForm;
    "desk/_paper": PaperRow;
    "desk/_person": PersonHere;
  }
}

const isSent = ({ values }: Filled): boolean => values["formKey"] !== undefined;

function paperRow(
  paper: Requirement,
  filled: Filled,
  limit: { accept: string; maxBytes: number; megabytes: number },
  t: Translate,
): PaperRow {
  const name = `paper-${paper.id}`;
  const count = (key: "originals" | "copies"): Input => ({
    name: `${name}.${key}`,
    label: `${t(`desk.counter.${key}`)}`,
    value: typed(filled, `${name}.${key}`, String(paper[key])),
    width: 2,
    inputmode: "numeric",
    maxLength: 2,
    error: errorText(filled.errors, `${name}.${key}`, t),
  });
  const note =
    paper.required && !paper.when ? t("desk.counter.needed") : paper.when ? t("desk.counter.conditional") : null;
  return {
    id: name,
    isNeeded: paper.required,
    showWhen: paper.when ? stateCondition(paper.when) : null,
    name: paper.name.vi,
    note: [note, paper.hint?.vi].filter(Boolean).join(" · ") || null,
    error: errorText(filled.errors, `${name}.received`, t),
    received: {
      name: `${name}.received`,
      label: t("desk.counter.received"),
      checked: typed(filled, `${name}.received`) === "1",
    },
    later: paper.mayFollowLater
      ? { name: `${name}.later`, label: t("desk.counter.later"), checked: typed(filled, `${name}.later`) === "1" }
      : null,
    originals: count("originals"),
    copies: count("copies"),
    file: {
      name: `${name}.file`,
      label: t("desk.counter.fileOf", { paper: paper.name.vi }),
      hideLabel: true,
      limit: t("desk.counter.fileLimit", { megabytes: limit.megabytes }),
      accept: limit.accept,
      maxBytes: limit.maxBytes,
      tooLarge: t("desk.act.fileTooLarge", { megabytes: limit.megabytes }),
      multiple: true,
      error: errorText(filled.errors, `${name}.file`, t),
      files: filled.held
        .filter(({ requirementId }) => requirementId === paper.id)
        .map((file) => ({
          name: file.name,
          size: formatSize(file.size),
          href: null,
          remove: { name: "unhold", value: file.id },
        })),
    },
  };
}

const feeText = ({ name, amount, per }: Fee, t: Translate): string => {
  const cost = amount === null ? t("desk.counter.feeUnknown") : formatMoney(amount);
  return `${name.vi}: ${per && amount !== null ? t("desk.counter.feePer", { amount: cost, unit: per.vi }) : cost}`;
};

/** A clerk's screen holds more: small radios and boxes, short choices beside each other. */
function dense(shown: ShownControl): ShownControl {
  const { control } = shown;
  switch (control.kind) {
    case "choice": {
      const letters = control.radios.items.reduce((sum, { text }) => sum + text.length, 0);
      return { ...shown, control: { ...control, radios: { ...control.radios, small: true, inline: letters <= 24 } } };
    }
    case "checkboxes":
      return { ...shown, control: { ...control, checkboxes: { ...control.checkboxes, small: true } } };
    case "group":
      return {
        ...shown,
        control: { ...control, rows: control.rows.map((row) => ({ ...row, controls: row.controls.map(dense) })) },
      };
    default:
      return shown;
  }
}

/** Fees whose number of units nobody but the clerk knows. */
export const countedFees = (
  definition: ProcedureDefinition,
  caseId: string | null,
  channel: "counter" | "post",
): Fee[] => {
  const fees = possibleFees(definition, caseId, channel).filter(
    ({ per, countedBy, amount }) => per && !countedBy && amount !== null,
  );
  return fees.filter(({ id }, i) => fees.findIndex((fee) => fee.id === id) === i);
};

/** Everything that the counter asks, on one dense page. */
export function registerPage(input: CounterInput, t: Translate): CounterForm {
  const { definition, agency, caseId, formKey, channels, filled, limit } = input;
  const papers = possiblePapers(definition, caseId);
  const errors = errorSummary(filled.errors, t);
  const chosen = definition.cases.find(({ id }) => id === caseId);
  const channel = channels.includes("counter") ? "counter" : "post";
  const fees = possibleFees(definition, caseId, channel);
  const methods = definition.returnMethods;
  const first = methods.includes("counter") ? "counter" : methods[0];
  return {
    title: `${t("desk.counter.title")}: ${definition.name.vi}`,
    hasErrors: errors !== null,
    width: "wide",
    back: { href: paths.counter, text: t("desk.counter.back") },
    errors,
    heading: { title: definition.name.vi, caption: `${t("desk.counter.title")} · ${definition.code}` },
    about: {
      agency: agency.name,
      case: chosen
        ? {
            label: t("desk.counter.case"),
            text: chosen.name.vi,
            change: t("desk.counter.change"),
            about: t("desk.counter.changeCase"),
            href: paths.register(definition.code, { "co-quan": agency.id }),
          }
        : null,
    },
    action: paths.register(definition.code, { "co-quan": agency.id, "truong-hop": caseId }),
    hidden: [{ name: "formKey", value: formKey }],
    kept: errors && filled.held.length > 0 ? t("desk.counter.kept", { count: filled.held.length }) : null,
    applicant: { title: t("desk.applicant.title"), controls: input.applicant.map(dense) },
    form: { title: t("desk.counter.form"), controls: input.form.map(dense) },
    papers:
      papers.length > 0
        ? {
            title: t("desk.counter.papers"),
            hint: t("desk.counter.papersHint"),
            notesTitle: t("desk.counter.notes"),
            notes: papers.filter((paper) => !isPaper(paper)).map(({ name }) => name.vi),
            rows: papers.filter(isPaper).map((paper) => paperRow(paper, filled, limit, t)),
          }
        : null,
    fees: {
      title: t("desk.counter.fees"),
      lines: fees.map((fee) => feeText(fee, t)),
      none: fees.length === 0 ? t("desk.counter.noFees") : null,
      quantities: countedFees(definition, caseId, channel).map((fee) => ({
        name: `fee-${fee.id}`,
        label: t("desk.counter.feeQuantity", { fee: fee.name.vi, unit: fee.per?.vi ?? "" }),
        value: typed(filled, `fee-${fee.id}`, "1"),
        width: 4,
        inputmode: "numeric",
        maxLength: 4,
        error: errorText(filled.errors, `fee-${fee.id}`, t),
      })),
    },
    methodTitle: t("desk.counter.method"),
    method: {
      name: "returnMethod",
      label: t("desk.counter.methodLabel"),
      small: true,
      inline: true,
      value: typed(filled, "returnMethod", isSent(filled) ? "" : first),
      items: methods.map((value) => ({ value, text: t(`dossiers.returnMethod.${value}`) })),
      error: errorText(filled.errors, "returnMethod", t),
    },
    channel:
      channels.length > 1
        ? {
            name: OWN.channel,
            label: t("desk.counter.channel"),
            small: true,
            inline: true,
            value: typed(filled, OWN.channel, isSent(filled) ? "" : "counter"),
            items: channels.map((value) => ({ value, text: t(`dossiers.channel.${value}`) })),
            error: errorText(filled.errors, OWN.channel, t),
          }
        : null,
    ...whereAndWhen(input, t),
    instead: insteadOf(input, t),
    submit: { text: t("desk.counter.submit"), name: OWN.act, value: "accept" },
    keys: t("desk.intake.keys"),
  };
}
