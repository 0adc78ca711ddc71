import type { FieldErrors } from "#platform/form.ts";
import type { ProcedureDefinition, ShownControl } from "#procedures/index.ts";

/** What was typed into the counter's form, what is wrong with it, and which files are held. */
export type Filled = {
  values: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
  held: readonly { id: string; requirementId: string; name: string; size: number }[];
};

/** What stands in a control: as it was typed, else what it begins with. */
export const typed = (filled: Filled, name: string, first = ""): string => {
  const value = filled.values[name];
  return typeof value === "string" ? value : first;
};

/** Everything that the counter's form is made of. */
export type CounterInput = {
  definition: ProcedureDefinition;
  agency: { id: string; name: string };
  caseId: string | null;
  formKey: string;
  channels: readonly ("counter" | "post")[];
  applicant: readonly ShownControl[];
  form: readonly ShownControl[];
  filled: Filled;
  limit: { accept: string; maxBytes: number; megabytes: number };
  /** Whose matter it may be; the desk's own agency first. */
  homes: readonly { id: string; name: string }[];
  /** Ready-made reasons for a notice. */
  reasons: readonly string[];
};
