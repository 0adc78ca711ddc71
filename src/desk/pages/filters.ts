import type { Checkboxes, Details, Input, Link, Option, Part, Select } from "#platform/components.ts";
import { part } from "#platform/components.ts";
import { formatDate } from "#platform/format.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { NARROWING, type Narrowing } from "../inputs/work.ts";
import { paths } from "../paths.ts";
import type { Choices } from "../queries/choices.ts";
import {
  type ChannelWord,
  channelWords,
  columnWords,
  type OrderWord,
  orderWords,
  type StatusWord,
  statusWords,
} from "../rules.ts";
import type { Words } from "./words.ts";

/** What narrows, sorts and shows a list, as its address says it. */
export type Shown = Narrowing & { muc: string; xep?: string | undefined; cot?: string | undefined };

export type Filters = {
  action: string;
  hidden: readonly { name: string; value: string }[];
  panel: Details;
  /** Each filter in force, with the address that leaves it out. */
  keep: {
    action: string;
    address: string;
    canShare: boolean;
    columns: { action: string; value: string } | null;
    all: Link;
  };
  active: { label: string; links: readonly (Link & { about: string })[]; clear: Link } | null;
};

export type FilterInput = {
  shown: Shown;
  choices: Choices;
  agencies: readonly { id: string; name: string }[];
  /** Steps of the chosen procedure. */
  steps: readonly { id: string; name: string }[];
  isArchive: boolean;
  isOpen: boolean;
  columns: readonly string[];
  canShare: boolean;
};

const unique = (options: readonly Option[]): Option[] => [
  ...new Map(options.map((option) => [option.value, option])).values(),
];

/** What each control may be set to. */
function optionsOf(
  { choices, agencies, steps }: FilterInput,
  { t }: Words,
): Partial<Record<keyof Narrowing, Option[]>> {
  const inUnit = choices.people.flatMap(({ unitId, unitName }) =>
    unitId === null ? [] : [{ value: unitId, text: unitName ?? "" }],
  );
  const words = (among: readonly string[], key: (word: string) => MessageKey) =>
    among.map((value) => ({ value, text: t(key(value)) }));
  return {
    "thu-tuc": choices.procedures.map(({ code, name }) => ({ value: code, text: `${name} (${code})` })),
    "linh-vuc": unique(
      choices.procedures.flatMap(({ sector }) => (sector === null ? [] : [{ value: sector, text: sector }])),
    ).sort((a, b) => a.text.localeCompare(b.text, "vi")),
    "trang-thai": words(Object.keys(statusWords), (word) => `dossiers.status.${statusWords[word as StatusWord]}`),
    ...(steps.length > 0 ? { buoc: steps.map(({ id, name }) => ({ value: id, text: name })) } : {}),
    "co-quan": agencies.map(({ id, name }) => ({ value: id, text: name })),
    ...(inUnit.length > 0 ? { "don-vi": unique(inUnit).sort((a, b) => a.text.localeCompare(b.text, "vi")) } : {}),
    nguoi: [
      { value: "chua-co", text: t("desk.work.nobody") },
      ...unique(choices.people.map(({ accountId, name }) => ({ value: accountId, text: name }))),
    ],
    kenh: words(Object.keys(channelWords), (word) => `desk.work.channels.${channelWords[word as ChannelWord]}`),
  };
}

const label = (name: keyof Narrowing, { t }: Words): string => t(`desk.filter.${name}`);

const select = (name: keyof Narrowing, items: readonly Option[], shown: Shown, words: Words): Part => {
  const control: Select = {
    name,
    label: label(name, words),
    value: shown[name] ?? "",
    placeholder: words.t("desk.filter.any"),
    items,
  };
  return part("components/select", control);
};

function dateOf(name: keyof Narrowing, shown: Shown, words: Words): Part {
  const control: Input = { name, label: label(name, words), type: "date", value: shown[name] ?? "", verbatim: true };
  return part("components/input", control);
}

function controlsOf(input: FilterInput, words: Words): Part[] {
  const { shown, isArchive, columns } = input;
  const { t } = words;
  const options = optionsOf(input, words);
  const chosen = (["thu-tuc", "linh-vuc", "trang-thai", "buoc", "co-quan", "don-vi", "nguoi", "kenh"] as const).flatMap(
    (name) => (options[name] ? [select(name, options[name], shown, words)] : []),
  );
  const orders = (Object.keys(orderWords) as OrderWord[]).filter((word) => !isArchive || word !== "han");
  const columnsControl: Checkboxes = {
    name: "cot",
    label: t("desk.filter.columns"),
    small: true,
    values: columns,
    items: Object.entries(columnWords).map(([value, column]) => ({ value, text: t(`desk.filter.column.${column}`) })),
  };
  return [
    part("components/input", {
      name: "q",
      label: label("q", words),
      value: shown.q ?? "",
      type: "search",
      verbatim: true,
    }),
    ...chosen,
    ...(["nop-tu", "nop-den", "han-tu", "han-den"] as const).map((name) => dateOf(name, shown, words)),
    part("components/select", {
      name: "xep",
      label: t("desk.filter.order"),
      value: shown.xep ?? "",
      placeholder: t("desk.filter.usual"),
      items: orders.map((word) => ({ value: word, text: t(`desk.filter.orders.${word}`) })),
    }),
    part("components/checkboxes", columnsControl),
  ];
}

/** A filter's value as people read it. */
function readable(name: keyof Narrowing, value: string, options: ReturnType<typeof optionsOf>): string {
  if (/-(tu|den)$/.test(name)) return formatDate(new Date(`${value}T05:00:00Z`));
  return options[name]?.find((option) => option.value === value)?.text ?? value;
}

function activeOf(input: FilterInput, words: Words): Filters["active"] {
  const { t } = words;
  const { shown } = input;
  const options = optionsOf(input, words);
  const links = NARROWING.flatMap((name) => {
    const value = shown[name];
    if (!value) return [];
    const text = `${label(name, words)}: ${readable(name, value, options)}`;
    // A step is one of its procedure.
    const rest = { ...shown, [name]: undefined, ...(name === "thu-tuc" ? { buoc: undefined } : {}) };
    return [{ text, href: paths.work(rest), about: t("desk.filter.leaveOut") }];
  });
  const { muc, cot } = shown;
  return links.length > 0
    ? { label: t("desk.filter.active"), links, clear: { text: t("desk.filter.clear"), href: paths.work({ muc, cot }) } }
    : null;
}

const addressIn = (shown: Shown): string => paths.work(shown).split("?")[1] ?? "";

/** The panel that narrows a list, and what it is narrowed to: plain links and a form that asks by GET. */
export const filtersOf = (input: FilterInput, words: Words): Filters => ({
  action: paths.worklist,
  hidden: [{ name: "muc", value: input.shown.muc }],
  keep: {
    action: paths.views,
    address: addressIn(input.shown),
    canShare: input.canShare,
    columns: input.shown.cot ? { action: paths.columns, value: input.shown.cot } : null,
    all: { text: words.t("desk.views.link"), href: paths.views },
  },
  panel: { summary: words.t("desk.filter.title"), open: input.isOpen, parts: controlsOf(input, words) },
  active: activeOf(input, words),
});
