import {
  type Button,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type Link,
  type LinkButton,
  type PageHeading,
  type Part,
  part,
  type Select,
  type SubNavigation,
  type Table,
  type Tag,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatPartialDate } from "#platform/format.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import type { DeedRow } from "../queries/history.ts";
import { changedBetween } from "../rules.ts";

export type AdminPage = Page & {
  errors: ErrorSummary | null;
  heading: PageHeading;
  sections: SubNavigation;
  parts: readonly Part[];
  /** Beside the facts: what may be done. */
  acts?: readonly Part[];
  facts?: readonly Part[];
};
export type FormPart = {
  id?: string;
  /** The form stands folded under these words. */
  folded?: string;
  open?: boolean;
  action: string;
  method?: "get";
  /** In one line: a filter. */
  inline?: boolean;
  /** In columns. */
  grid?: boolean;
  hasFiles?: boolean;
  lead?: string;
  hidden?: readonly { name: string; value: string }[];
  parts?: readonly Part[];
  below?: readonly Part[];
  buttons: readonly (Button & { about?: string })[];
};
export type OneButton = {
  action: string;
  text: string;
  about: string;
  hidden?: readonly { name: string; value: string }[];
};
export type HistoryPart = {
  items: readonly {
    title: string;
    at: string;
    datetime: string;
    by: string;
    lines: readonly string[];
    tag: Tag | null;
    undo: OneButton | null;
    why: string | null;
  }[];
};
declare module "#platform/render.ts" {
  interface Views {
    "admin/page": AdminPage;
    "admin/_form": FormPart;
    "admin/_button": OneButton;
    "admin/_section": { id?: string; title: string; parts: readonly Part[]; links?: readonly LinkButton[] };
    "admin/_history": HistoryPart;
    "admin/_links": { links: readonly Link[] };
  }
}

export const formPart = (form: FormPart): Part => part("admin/_form", form);
export const buttonPart = (button: OneButton): Part => part("admin/_button", button);
export const section = (
  title: string,
  parts: readonly Part[],
  more: { id?: string; links?: readonly LinkButton[] } = {},
): Part => part("admin/_section", { title, parts, ...more });
export const text = (said: string | readonly string[], tone?: "info" | "warning"): Part =>
  part("components/inset-text", { text: said, ...(tone ? { tone } : {}) });

/** A table, or that there is nothing. */
export const tablePart = (table: Table, none: string, advice: string | null = null): Part[] =>
  table.rows.length > 0
    ? [part("components/table", { hideCaption: true, ...table })]
    : [part("components/empty-state", { title: none, text: advice })];

/** Pages by number, the filters kept. @param name what the number is called in the address */
export function pagesPart(
  path: string,
  kept: Readonly<Record<string, string | null>>,
  { total, page }: { total: number; page: number },
  size: number,
  t: Translate,
  name = "trang",
): Part[] {
  const last = Math.ceil(total / size);
  if (last <= 1) return [];
  const given = Object.fromEntries(Object.entries(kept).flatMap(([key, value]) => (value ? [[key, value]] : [])));
  const href = (number: number) => `${path}?${new URLSearchParams({ ...given, [name]: String(number) })}`;
  const shownPages = [...new Set([1, page - 1, page, page + 1, last])].filter((n) => n >= 1 && n <= last);
  return [
    part("components/pagination", {
      newer: page > 1 ? { href: href(page - 1), text: t("admin.people.previous") } : null,
      older: page < last ? { href: href(page + 1), text: t("admin.people.next") } : null,
      pages: shownPages.flatMap((number, i) => {
        const link = { number, href: href(number), current: number === page };
        return i > 0 && number - (shownPages[i - 1] ?? 0) > 1 ? (["gap", link] as const) : [link];
      }),
    }),
  ];
}

/** A day (yyyy-MM-dd) as people read it. */
export const dayText = (day: string): string => formatPartialDate(day);

/**
 * Controls of one form: each with what was typed and what is wrong with it.
 * @param prefix tells its controls from those of the page's other forms; the one with mistakes goes without, since the
 * summary of mistakes leads to names
 */
export function controls(form: Form, t: Translate, prefix = "") {
  const apart = prefix !== "" && Object.keys(form.errors).length === 0;
  const base = (name: string, label: MessageKey) => ({
    name,
    ...(apart ? { id: `${prefix}-${name}` } : {}),
    label: t(label),
    value: shown(form, name),
    error: errorText(form.errors, name, t),
  });
  return {
    input: (name: string, label: MessageKey, more: Partial<Input> = {}): Part =>
      part("components/input", { ...base(name, label), ...more }),
    day: (name: string, label: MessageKey, more: Partial<Input> = {}): Part =>
      part("components/input", { ...base(name, label), type: "date", ...more }),
    reason: (name: string, label: MessageKey, hint: string | null = null): Part =>
      part("components/textarea", { ...base(name, label), rows: 2, hint }),
    select: (name: string, label: MessageKey, items: Select["items"], more: Partial<Select> = {}): Part =>
      part("components/select", { ...base(name, label), items, ...more }),
  };
}

type PageParts = {
  title: string;
  caption?: string | null;
  lead?: string | null;
  tag?: Tag | null;
  back?: { href: string; text: string };
  form?: Form;
  sections: SubNavigation;
  parts: readonly Part[];
  acts?: readonly Part[];
  facts?: readonly Part[];
};
/** A page of administration: its frame, and the parts below. */
export function adminPage({ form, caption, lead, tag, title, back, ...rest }: PageParts, t: Translate): AdminPage {
  const errors = form ? errorSummary(form.errors, t) : null;
  return {
    title: caption ? `${title} – ${caption}` : title,
    width: "wide",
    hasErrors: errors !== null,
    ...(back ? { back } : {}),
    errors,
    heading: { title, caption: caption ?? null, lead: lead ?? null, ...(tag ? { tag } : {}) },
    ...rest,
  };
}

/** A page that is one form. */
export const formPage = (page: Omit<PageParts, "parts"> & { form: Form }, form: FormPart, t: Translate): AdminPage =>
  adminPage({ ...page, parts: [formPart(form)] }, t);

/** What narrows a list, in one line. */
export const filterPart = (action: string, parts: readonly Part[], t: Translate): Part =>
  formPart({
    action,
    method: "get",
    inline: true,
    parts,
    buttons: [{ text: t("admin.agencies.find"), kind: "secondary" }],
  });

/** A table of what belongs to an agency or a person, and below it, folded, the form that adds to it. */
export const listSection = (
  table: Table & { caption: string },
  { none, adding, id }: { none: string; adding: FormPart | null; id?: string },
): Part => section(table.caption, [...tablePart(table, none), ...(adding ? [formPart(adding)] : [])], id ? { id } : {});

/** Names of the things that a history speaks of by their ids. */
export type Names = { agency: (id: string) => string | null; unit: (id: string) => string | null };

const COLUMNS = [
  "name", "shortName", "identifier", "kind", "level", "functions", "parentId", "unitCode", "address", "phone",
  "validTo", "validFrom", "successorId", "fromId", "dossiers", "steps", "people", "procedures", "closedOn", "username",
  "displayName", "email", "role", "roles", "agencyId", "unitId", "title", "disabledAt", "deputy", "from", "to",
  "created", "changed", "postings", "fileName",
] as const; // biome-ignore format: a list of words
type Column = (typeof COLUMNS)[number];
const isColumn = (key: string): key is Column => (COLUMNS as readonly string[]).includes(key);

/** One value of a history in words. */
function valueText(key: Column, value: unknown, names: Names, t: Translate): string {
  if (value === null || value === undefined || value === "") return t("admin.history.empty");
  if (Array.isArray(value))
    return (
      value.map((one) => valueText(key === "roles" ? "role" : key, one, names, t)).join(", ") ||
      t("admin.history.empty")
    );
  const said = String(value);
  if (["parentId", "successorId", "fromId", "agencyId"].includes(key)) return names.agency(said) ?? said;
  if (key === "unitId") return names.unit(said) ?? said;
  if (key === "role")
    return ["desk", "specialist", "unit_head", "leader", "clerk"].includes(said)
      ? t(`admin.roles.${said as "desk"}`)
      : t("admin.people.admins");
  if (key === "kind") return said in KIND_WORDS ? t(KIND_WORDS[said as keyof typeof KIND_WORDS]) : said;
  if (key === "level") return t(`admin.levels.${said as "province"}`);
  if (key === "functions") return t(`admin.functions.${said as "justice"}`);
  if (["validTo", "validFrom", "closedOn", "from", "to"].includes(key)) return dayText(said);
  if (key === "disabledAt") return formatDateTime(new Date(said));
  return said;
}
const KIND_WORDS = {
  commune_committee: "admin.kinds.commune_committee",
  commune_police: "admin.kinds.commune_police",
  one_stop_center: "admin.kinds.one_stop_center",
  department: "admin.kinds.department",
  provincial_committee: "admin.kinds.provincial_committee",
  provincial_police: "admin.kinds.provincial_police",
  other: "admin.kinds.other",
  one_stop: "admin.unitKinds.one_stop",
  leadership: "admin.unitKinds.leadership",
  office: "admin.unitKinds.office",
  division: "admin.unitKinds.division",
} as const satisfies Record<string, MessageKey>;

/** What was done, newest first: who, when, why, from what to what, and whether it can be taken back. */
export function historySection(deeds: readonly DeedRow[], undoAction: string, names: Names, t: Translate): Part {
  if (deeds.length === 0) return section(t("admin.history.title"), [text(t("admin.history.none"))], { id: "lich-su" });
  const items = deeds.map((deed): HistoryPart["items"][number] => {
    const { before, after } = deed;
    const title = t(`admin.history.did.${deed.did}`, { person: deed.personName ?? "" });
    const isNew = Object.keys(before).length === 0;
    const lines = changedBetween(before, after).flatMap((key) => {
      if (!isColumn(key)) return [];
      const what = t(`admin.history.columns.${key}`);
      const now = valueText(key, after[key], names, t);
      if (isNew) return after[key] === null ? [] : [`${what}: ${now}`];
      return [t("admin.history.change", { what, before: valueText(key, before[key], names, t), after: now })];
    });
    return {
      title,
      at: formatDateTime(deed.at),
      datetime: deed.at.toISOString(),
      by: deed.byName ?? t("admin.history.portal"),
      lines: [
        ...(isNew || after["name"] !== undefined || typeof after["role"] !== "string"
          ? []
          : [valueText("role", after["role"], names, t)]),
        ...lines,
        ...(deed.effectiveOn ? [t("admin.history.effective", { day: dayText(deed.effectiveOn) })] : []),
        ...(deed.reason ? [t("admin.history.reason", { reason: deed.reason })] : []),
      ],
      tag:
        deed.whyNot === "undone"
          ? { text: t("admin.history.wasUndone"), tone: "neutral" }
          : deed.whyNot === "isUndo"
            ? { text: t("admin.history.isUndo"), tone: "progress" }
            : null,
      undo:
        deed.whyNot === null
          ? {
              action: undoAction,
              text: t("admin.history.undo"),
              about: title,
              hidden: [{ name: "deed", value: deed.id }],
            }
          : null,
      why: deed.whyNot === "merged" ? t("admin.refused.noUndo.merged") : null,
    };
  });
  return section(t("admin.history.title"), [part("admin/_history", { items })], { id: "lich-su" });
}
