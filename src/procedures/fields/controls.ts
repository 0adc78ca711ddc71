import type {
  Button,
  Checkboxes,
  DateInput,
  Fieldset,
  FileUpload,
  Input,
  Radios,
  Select,
  Textarea,
} from "#platform/components.ts";
import type { Condition } from "../conditions.ts";

/** A control as its template views/fields/<kind>.ejs shows it. */
export type Control =
  | { kind: "text"; name: string; input: Input }
  | { kind: "long_text"; name: string; textarea: Textarea }
  | { kind: "date"; name: string; date: DateInput; partial: boolean }
  | { kind: "choice"; name: string; radios: Radios }
  | { kind: "checkboxes"; name: string; checkboxes: Checkboxes }
  | { kind: "select"; name: string; select: Select }
  | { kind: "compound"; name: string; fieldset: Fieldset }
  | { kind: "linked"; name: string; fieldset: Fieldset }
  | { kind: "computed"; name: string; label: string; hint: string; error: string | null; value: string }
  | { kind: "address"; name: string; fieldset: Fieldset; communesAt: string }
  | GroupControl
  | { kind: "file"; name: string; file: FileUpload }
  | { kind: "explanation"; name: string; paragraphs: readonly string[] }
  | { kind: "heading"; name: string; text: string };

/** Rows that a person adds and removes; the hidden list of row ids travels with the form. */
export type GroupControl = {
  kind: "group";
  name: string;
  label: string;
  hint: string | null;
  error: string | null;
  rows: readonly { id: string; title: string; controls: readonly ShownControl[]; remove: Button | null }[];
  rowsName: string;
  rowsValue: string;
  add: Button | null;
};

/** A control in its page; with `showWhen`, the condition on other controls of the page for scripts to follow, as JSON. */
export type ShownControl = { control: Control; showWhen: string | null };

/** What `data-show-when` says: `prefix` stands before the names of the fields that the condition asks (rows of a group). */
export const stateCondition = (condition: Condition | undefined, prefix = ""): string =>
  JSON.stringify({ prefix, condition });

type OfKind<K extends Control["kind"]> = Extract<Control, { kind: K }>;

declare module "#platform/render.ts" {
  interface Views {
    "fields/any": ShownControl;
    "fields/text": OfKind<"text">;
    "fields/long_text": OfKind<"long_text">;
    "fields/date": OfKind<"date">;
    "fields/choice": OfKind<"choice">;
    "fields/checkboxes": OfKind<"checkboxes">;
    "fields/select": OfKind<"select">;
    "fields/compound": OfKind<"compound">;
    "fields/linked": OfKind<"linked">;
    "fields/computed": OfKind<"computed">;
    "fields/address": OfKind<"address">;
    "fields/group": GroupControl;
    "fields/file": OfKind<"file">;
    "fields/explanation": OfKind<"explanation">;
    "fields/heading": OfKind<"heading">;
  }
}
