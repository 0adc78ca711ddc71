import type {
  Breadcrumbs,
  DataBlock,
  InsetText,
  Link,
  LinkButton,
  PageHeading,
  Part,
  PrintButton,
  SummaryList,
} from "#platform/components.ts";
import { part } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { blocksOf, type TextBlock } from "../rules/text.ts";

export type Section = { id: string; title: string; parts: readonly Part[] };
export type ShowPage = Page & {
  breadcrumbs: Breadcrumbs;
  heading: PageHeading;
  action: { button: LinkButton; note: string | null } | null;
  /** How long, how much, which papers, where: what most people come for. */
  facts: SummaryList | null;
  notices: readonly InsetText[];
  contents: { label: string; links: readonly Link[] };
  sections: readonly Section[];
  print: PrintButton;
  data: DataBlock;
};

/** `lang`: where the text is not in the language of the page. */
export type ListItem = {
  text: string;
  href?: string | undefined;
  note?: string | undefined;
  lang?: "vi" | undefined;
};

declare module "#platform/render.ts" {
  interface Views {
    "procedures/show": ShowPage;
    "procedures/text": { blocks: readonly TextBlock[] };
    "procedures/list-of": {
      items: readonly ListItem[];
      ordered: boolean;
    };
  }
}

/** A long text of the source, whole. */
export const textPart = (text: string): Part => part("procedures/text", { blocks: blocksOf(text) });
export const listPart = (items: readonly ListItem[], ordered = false): Part =>
  part("procedures/list-of", { items, ordered });

/** A section, unless it would say nothing. */
export const section = (id: string, title: string, parts: readonly Part[]): Section[] =>
  parts.length > 0 ? [{ id, title, parts }] : [];

/** What every procedure's page has, whatever it is made of. */
export function frame(
  {
    name,
    caption,
    tag,
    action,
    notices,
    sections,
    lead = null,
    facts = [],
    data,
  }: {
    data: DataBlock;
    name: string;
    caption: string;
    lead?: string | null;
    facts?: SummaryList["rows"];
    tag: PageHeading["tag"];
    action: ShowPage["action"];
    notices: readonly InsetText[];
    sections: readonly Section[];
  },
  t: Translate,
): ShowPage {
  return {
    title: name,
    breadcrumbs: {
      items: [
        { text: t("home.title"), href: "/" },
        { text: t("procedures.list.title"), href: paths.list() },
        { text: name },
      ],
    },
    heading: { title: name, caption, lead, ...(tag ? { tag } : {}) },
    action,
    facts: facts.length > 0 ? { rows: facts } : null,
    notices,
    contents: {
      label: t("procedures.show.contents"),
      links: sections.map(({ id, title }) => ({ text: title, href: `#${id}` })),
    },
    sections,
    print: { text: t("procedures.show.print") },
    data,
  };
}

/** Rows of a summary list, those without a value left out. */
export const rowsOf = (rows: readonly [key: string, value: string | readonly string[] | null | undefined][]) =>
  rows.flatMap(([key, value]) => (value === null || value === undefined || value.length === 0 ? [] : [{ key, value }]));
