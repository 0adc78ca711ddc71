/**
 * The shapes that the shared components under views/components/ take. A page's view model is made of these;
 * a template passes them on: `include("components/input", it.fullName)`. Every text arrives ready to be read.
 */
import type { FieldErrors } from "./form.ts";
import type { Translate } from "./i18n.ts";
import type { Views } from "./render.ts";

type Maybe<T> = T | null | undefined;

/** Another template with its data, for components that hold others: what a radio reveals, what a fieldset groups. */
export type Part = { [V in keyof Views]: { view: V; it: Views[V] } }[keyof Views];
export const part = <V extends keyof Views>(view: V, it: Views[V]): Part => ({ view, it }) as Part;

export type Link = { text: string; href: string };

/* Controls. `id` is `name` unless said otherwise, so that an error summary links to `#name`. */

export type Control = {
  name: string;
  id?: string;
  label: string;
  /** Larger labels for pages that ask one thing. */
  labelSize?: "s" | "m" | "l";
  /** The label is the page's only h1. */
  isHeading?: boolean;
  /** Read aloud, not seen: for controls whose place says what they are. */
  hideLabel?: boolean;
  hint?: Maybe<string>;
  error?: Maybe<string>;
  /** False adds "(không bắt buộc)" to the label; absent says nothing. */
  required?: boolean;
};

export type Input = Control & {
  value?: Maybe<string>;
  type?: "text" | "email" | "tel" | "password" | "search" | "number" | "date";
  inputmode?: "numeric" | "decimal" | "tel" | "email" | "search";
  autocomplete?: string;
  /** In characters; absent fills its column. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  maxLength?: number;
  prefix?: string;
  suffix?: string;
  /** Codes, e-mail addresses, numbers: no spelling marks, no capital letters by the phone. */
  verbatim?: boolean;
  /** Offered by the browser while somebody types. */
  suggestions?: readonly string[];
};

export type Textarea = Control & {
  value?: Maybe<string>;
  rows?: number;
  /** Says the limit at the control and counts down where scripts run. */
  maxLength?: number;
};

export type Option = { value: string; text: string };
export type Select = Control & {
  value?: Maybe<string>;
  /** Neighbours of one group stand under its name. */
  items: readonly (Option & { group?: string })[];
  /** First, empty choice, "Chọn xã, phường". */
  placeholder?: string;
};

export type Choice = Option & {
  hint?: Maybe<string>;
  /** Shown only while chosen where scripts run; always shown otherwise. */
  reveals?: readonly Part[];
};
export type Radios = Control & { value?: Maybe<string>; items: readonly Choice[]; inline?: boolean; small?: boolean };
export type Checkboxes = Control & { values?: readonly string[]; items: readonly Choice[]; small?: boolean };

/** Three boxes named `${name}.day`, `${name}.month`, `${name}.year`. */
export type DateInput = Control & {
  value?: Maybe<{ day: string; month: string; year: string }>;
  /** Which boxes are wrong; all three when absent and there is an error. */
  wrong?: readonly ("day" | "month" | "year")[];
  /** Birthday of the person: lets the browser fill it. */
  autocomplete?: "bday";
};

type Press = { name: string; value: string; action?: string };

export type FileUpload = Control & {
  /** "Tệp PDF, JPG hoặc PNG, mỗi tệp không quá 20 MB." */
  limit: string;
  /** Checked before sending where scripts run. */
  maxBytes: number;
  /** What is said when a chosen file is larger. */
  tooLarge: string;
  /** ".pdf,.jpg,.png" */
  accept?: string;
  multiple?: boolean;
  /** What choosing a file means here, when not one more; and the way out. */
  notice?: Maybe<{ text: string; link: { text: string; href: string } }>;
  /** A second control, which opens the camera of a device held in the hand. `about`: of what, said aloud only. */
  camera?: { name: string; label: string; about: string };
  /** What was handed in before; `remove` is a submit button of the same form. */
  files?: readonly {
    name: string;
    size: string;
    href: Maybe<string>;
    note?: Maybe<string>;
    replace?: { text: string; href: string };
    remove?: Press;
  }[];
  /** What broke off on its way; the same file, chosen again, goes on from there where scripts run. */
  unfinished?: readonly {
    name: string;
    note: string;
    remove: Press & { text: string };
    resume: { address: string; size: string; date: string };
  }[];
  /** Papers filed before that fit here, too. */
  reuse?: Maybe<{
    summary: string;
    items: readonly { name: string; href: string; about: string; use: Press & { text: string } }[];
  }>;
  /** Where scripts run, each chosen file is sent at once in pieces to this address. `texts`: JSON of what is said on the way. */
  sending?: { address: string; texts: string };
};

export type Fieldset = {
  id?: string;
  legend: string;
  legendSize?: "s" | "m" | "l";
  isHeading?: boolean;
  hint?: Maybe<string>;
  error?: Maybe<string>;
  parts: readonly Part[];
};

export type Label = {
  for: string;
  text: string;
  size?: "s" | "m" | "l";
  isHeading?: boolean;
  hidden?: boolean;
  optional?: boolean;
};
export type Hint = { id: string; text: string };
export type ControlError = { id: string; text: string };
export type ErrorSummary = { title?: string; errors: readonly Link[] };

export type Button = {
  text: string;
  kind?: "primary" | "secondary" | "warning";
  name?: string;
  value?: string;
  /** Sends the form elsewhere. */
  action?: string;
  /** What comes is looked at beside this page, which stays as it is. */
  newTab?: boolean;
  /** Sends without the browser's own checks: "save and leave". */
  novalidate?: boolean;
};
/** `key`: pressed by it where the page listens (behaviors/counter.ts). */
export type LinkButton = Link & { kind?: "primary" | "secondary" | "start"; download?: boolean; key?: string };
/** Hidden where scripts do not run, because then it could do nothing. */
export type PrintButton = { text: string };

/* What shows. */

/**
 * neutral: draft, closed · new: just arrived · progress: somebody works on it · waiting: the citizen must act ·
 * done: settled, delivered · refused: declined, refused, stopped · late: overdue
 */
export type Tone = "neutral" | "new" | "progress" | "waiting" | "done" | "refused" | "late";
export type Tag = { text: string; tone: Tone };

export type SummaryList = {
  /** With a title the list stands in a card. */
  title?: string;
  actions?: readonly RowAction[];
  rows: readonly SummaryRow[];
};
/** `about` is read aloud after the text: "Sửa" + "họ và tên". */
export type RowAction = Link & { about: string };
export type SummaryRow = {
  key: string;
  /** A list is shown a line each. */
  value: string | readonly string[];
  /** Where the value is not in the language of the page. */
  lang?: Maybe<"vi">;
  href?: Maybe<string>;
  tag?: Tag;
  parts?: readonly Part[];
  actions?: readonly RowAction[];
};

export type Table = {
  caption: string;
  hideCaption?: boolean;
  head: readonly {
    text: string;
    numeric?: boolean;
    sort?: { href: string; direction: "ascending" | "descending" | "none" };
  }[];
  rows: readonly { cells: readonly Cell[]; tone?: "late" }[];
};
/** The first cell is the row's header. */
export type Cell = {
  text: string;
  /** Where the text, or the note, is not in the language of the page. */
  lang?: Maybe<"vi">;
  noteLang?: Maybe<"vi">;
  href?: Maybe<string>;
  numeric?: boolean;
  tag?: Tag;
  note?: Maybe<string>;
  noteTone?: "late";
  parts?: readonly Part[];
};

export type NotificationBanner = { kind: "success" | "info" | "warning"; title?: string; text: string; link?: Link };
export type InsetText = { text: string | readonly string[]; tone?: "info" | "warning" };
export type WarningText = { text: string };
export type Details = { summary: string; text?: string | readonly string[]; parts?: readonly Part[]; open?: boolean };
export type Breadcrumbs = { items: readonly { text: string; href?: Maybe<string> }[] };
export type BackLink = { href: string; text?: Maybe<string> };

/** By keyset: newer/older. By number: pages. */
export type Pagination = {
  label?: string;
  newer?: Maybe<{ href: string; text?: string; note?: string }>;
  older?: Maybe<{ href: string; text?: string; note?: string }>;
  pages?: readonly (PageLink | "gap")[];
};
export type PageLink = { number: number; href: string; current: boolean };

export type Panel = { title: string; text?: Maybe<string>; code?: Maybe<string> };

export type Timeline = { headingLevel?: 2 | 3; items: readonly TimelineItem[] };
export type TimelineItem = {
  title: string;
  /** As people read it, and as machines do. */
  at: string;
  datetime: string;
  by?: Maybe<string>;
  text?: Maybe<string>;
  tag?: Tag;
  links?: readonly Link[];
};

export type TaskList = {
  label?: string;
  items: readonly { title: string; href?: Maybe<string>; hint?: Maybe<string>; status: Tag }[];
};
export type SubNavigation = {
  label: string;
  items: readonly { text: string; href: string; current: boolean; count?: Maybe<string> }[];
};

export type SearchBox = {
  action: string;
  name: string;
  label: string;
  hideLabel?: boolean;
  value?: Maybe<string>;
  hint?: Maybe<string>;
  placeholder?: string;
  button: string;
  size?: "large";
  verbatim?: boolean;
  /** Kept while searching: the filters chosen. */
  hidden?: readonly { name: string; value: string }[];
  /** Unique in the page; `name` when absent. */
  id?: string;
  /** Suggestions while somebody types, where scripts run: where they are asked for, and how they are spoken of. */
  suggest?: { href: string; label: string; found: string; none: string };
};

export type Facets = {
  label: string;
  clear?: Maybe<Link>;
  groups: readonly {
    title: string;
    items: readonly { text: string; lang?: Maybe<"vi">; href: string; count?: Maybe<string>; current: boolean }[];
    more?: Maybe<Link>;
  }[];
};

export type CardGrid = { headingLevel?: 2 | 3; columns?: 2 | 3 | 4; items: readonly Card[] };
/** `titleLang`, `noteLang`: where the words are not in the language of the page. */
export type Card = {
  title: string;
  titleLang?: Maybe<"vi">;
  noteLang?: Maybe<"vi">;
  href: string;
  text?: Maybe<string>;
  note?: Maybe<string>;
  icon?: Icon["name"];
  tag?: Tag;
};

export type Figures = { items: readonly { value: string; text: string; href?: Maybe<string> }[] };
/** "Bước 2/5: Tờ khai". */
export type ProgressSteps = {
  label: string;
  steps: readonly { text: string; state: "done" | "current" | "todo"; href?: Maybe<string> }[];
  /** A later step may turn out to be none: how many there are is not said yet. */
  isOpen?: boolean;
};
/** Facts for machines that read the page; no browser runs them. Made by `dataBlock`. */
export type DataBlock = { json: string };
/** As JSON in which nothing can end the block that it stands in. */
export const dataBlock = (value: object): DataBlock => ({
  json: JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
});

export type EmptyState = { title: string; text?: Maybe<string>; link?: Maybe<Link> };
export type PageHeading = { title: string; caption?: Maybe<string>; lead?: Maybe<string>; tag?: Tag };

/** Beside the buttons of a form that saves itself: whether it did, in words. */
export type Autosave = Record<string, never>;

export const iconNames = [
  "baby",
  "book",
  "briefcase",
  "id-card",
  "rings",
  "home",
  "health",
  "car",
  "rest",
  "flower",
  "scales",
  "search",
  "menu",
  "file",
  "send",
  "check",
  "inbox",
  "phone",
  "clock",
  "printer",
  "user",
  "download",
  "desk",
  "camera",
] as const;
/** Decoration beside a text; never alone. */
export type Icon = { name: (typeof iconNames)[number] };

declare module "#platform/render.ts" {
  interface Views {
    "components/autosave": Autosave;
    "components/back-link": BackLink;
    "components/breadcrumbs": Breadcrumbs;
    "components/button": Button;
    "components/card-grid": CardGrid;
    "components/checkboxes": Checkboxes;
    "components/data-block": DataBlock;
    "components/date-input": DateInput;
    "components/details": Details;
    "components/empty-state": EmptyState;
    "components/error": ControlError;
    "components/error-summary": ErrorSummary;
    "components/facets": Facets;
    "components/fieldset": Fieldset;
    "components/figures": Figures;
    "components/file-list": Pick<FileUpload, "files" | "unfinished">;
    "components/file-upload": FileUpload;
    "components/hint": Hint;
    "components/icon": Icon;
    "components/input": Input;
    "components/inset-text": InsetText;
    "components/label": Label;
    "components/link-button": LinkButton;
    "components/notification-banner": NotificationBanner;
    "components/page-heading": PageHeading;
    "components/pagination": Pagination;
    "components/panel": Panel;
    "components/partial-date": DateInput;
    "components/print-button": PrintButton;
    "components/progress-steps": ProgressSteps;
    "components/radios": Radios;
    "components/search-box": SearchBox;
    "components/select": Select;
    "components/sub-navigation": SubNavigation;
    "components/summary-list": SummaryList;
    "components/table": Table;
    "components/tag": Tag;
    "components/task-list": TaskList;
    "components/textarea": Textarea;
    "components/timeline": Timeline;
    "components/warning-text": WarningText;
  }
}

/** The text of what is wrong with one control; null when nothing is. */
export const errorText = (errors: FieldErrors, name: string, t: Translate): string | null => {
  const error = errors[name];
  return error ? t(error.key, error.params) : null;
};

/** The summary above a form that came back; null when nothing is wrong. Each line links to the control of that name. */
export const errorSummary = (errors: FieldErrors, t: Translate): ErrorSummary | null => {
  const lines = Object.entries(errors).map(([name, { key, params }]) => ({ text: t(key, params), href: `#${name}` }));
  return lines.length > 0 ? { errors: lines } : null;
};
