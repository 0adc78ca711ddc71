import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => "tagName" in node;
const childrenOf = (node: Node): Node[] => ("childNodes" in node ? node.childNodes : []);
const squeeze = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;
const has = (element: Element, name: string): boolean => attribute(element, name) !== undefined;

function* elementsIn(node: Node): Generator<Element> {
  for (const child of childrenOf(node)) {
    if (isElement(child)) yield child;
    yield* elementsIn(child);
  }
}

const UNREAD = new Set(["script", "style", "template"]);
const BLOCKS = new Set([
  "p",
  "div",
  "li",
  "dt",
  "dd",
  "td",
  "th",
  "tr",
  "br",
  "h1",
  "h2",
  "h3",
  "h4",
  "section",
  "option",
  "legend",
  "label",
]);

function rawText(node: Node): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
  if (isElement(node) && (UNREAD.has(node.tagName) || has(node, "hidden"))) return "";
  const inner = childrenOf(node).map(rawText).join("");
  return isElement(node) && BLOCKS.has(node.tagName) ? ` ${inner} ` : inner;
}

/** The text of an element as it is read: what is hidden left out, white space as single spaces. */
export const textOf = (node: Node): string => squeeze(rawText(node));

const HEADINGS = /^h[1-6]$/;
const INPUT_ROLES: Record<string, string> = {
  checkbox: "checkbox",
  radio: "radio",
  submit: "button",
  button: "button",
  image: "button",
  reset: "button",
  number: "spinbutton",
  search: "searchbox",
};
const ROLES: Record<string, string> = {
  button: "button",
  nav: "navigation",
  main: "main",
  table: "table",
  tr: "row",
  td: "cell",
  th: "columnheader",
  ul: "list",
  ol: "list",
  li: "listitem",
  textarea: "textbox",
  fieldset: "group",
  form: "form",
  header: "banner",
  footer: "contentinfo",
  dialog: "dialog",
  summary: "button",
  select: "combobox",
  img: "img",
};

function roleOf(element: Element): string | undefined {
  const role = attribute(element, "role");
  if (role) return role;
  if (HEADINGS.test(element.tagName)) return "heading";
  if (element.tagName === "a") return has(element, "href") ? "link" : undefined;
  if (element.tagName === "input") return INPUT_ROLES[attribute(element, "type") ?? "text"] ?? "textbox";
  return ROLES[element.tagName];
}

export type Wanted = string | RegExp;
const fits = (text: string, wanted: Wanted): boolean =>
  typeof wanted === "string" ? text === squeeze(wanted) : wanted.test(text);

/** A document, or a part of one, as a person reads it: by role, label and text. A search that finds nothing, or two, fails. */
export class Reading {
  readonly node: Node;
  readonly document: Node;

  constructor(node: Node, document: Node = node) {
    this.node = node;
    this.document = document;
  }

  static of(html: string): Reading {
    return new Reading(parse(html));
  }

  get text(): string {
    return textOf(this.node);
  }

  get title(): string {
    const element = this.all("title")[0];
    return element ? textOf(element) : "";
  }

  /** The page's one main heading. */
  get heading(): string {
    return textOf(only(this.all("h1"), "h1"));
  }

  /** Elements by tag, for structure that has neither role nor name. */
  all(tag: string): Element[] {
    return [...elementsIn(this.node)].filter((element) => element.tagName === tag);
  }

  byId(id: string): Element | undefined {
    return [...elementsIn(this.document)].find((element) => attribute(element, "id") === id);
  }

  listByRole(role: string, name?: Wanted): Element[] {
    return [...elementsIn(this.node)].filter(
      (element) => roleOf(element) === role && (name === undefined || fits(this.nameOf(element), name)),
    );
  }

  byRole(role: string, name?: Wanted): Element {
    return only(
      this.listByRole(role, name),
      `${role} ${name ?? ""}`,
      this.listByRole(role).map((one) => this.nameOf(one)),
    );
  }

  has(role: string, name: Wanted): boolean {
    return this.listByRole(role, name).length > 0;
  }

  /** The control that carries this label (a radio or checkbox by its own label). */
  byLabel(label: Wanted): Element {
    const found = this.controls().filter((control) => fits(this.nameOf(control), label));
    return only(
      found,
      `label ${label}`,
      this.controls().map((one) => this.nameOf(one)),
    );
  }

  /** Where the link of this name leads. */
  link(name: Wanted): string {
    const targets = this.listByRole("link", name).map((element) => attribute(element, "href") ?? "");
    const links = this.listByRole("link").map((one) => this.nameOf(one));
    return only([...new Set(targets)], `link ${name}`, links);
  }

  within(element: Element): Reading {
    return new Reading(element, this.document);
  }

  /** Rows of the only table (or of the one given) as texts, header first. */
  rows(table: Element = only(this.all("table"), "table")): string[][] {
    return this.within(table)
      .all("tr")
      .map((row) => row.childNodes.filter(isElement).map(textOf));
  }

  /** A summary list, or any dl, as key -> value. */
  summary(): Record<string, string> {
    const entries: [string, string][] = [];
    for (const element of elementsIn(this.node)) {
      if (element.tagName === "dt") entries.push([textOf(element), ""]);
      const last = entries.at(-1);
      if (element.tagName === "dd" && last && !last[1]) last[1] = textOf(element);
    }
    return Object.fromEntries(entries);
  }

  /** What the error summary says, and to which field each line leads. */
  errors(): { text: string; field: string }[] {
    const summary = [...elementsIn(this.node)].find((one) => /error-summary/.test(attribute(one, "class") ?? ""));
    if (!summary) return [];
    return this.within(summary)
      .all("a")
      .map((link) => ({ text: textOf(link), field: (attribute(link, "href") ?? "").replace(/^#/, "") }));
  }

  controls(): Element[] {
    return [...elementsIn(this.node)].filter(
      (one) =>
        ["textarea", "select"].includes(one.tagName) ||
        (one.tagName === "input" && !/^(hidden|submit|button|image|reset)$/.test(attribute(one, "type") ?? "text")),
    );
  }

  /** The accessible name, as far as our pages make one. */
  nameOf(element: Element): string {
    const labelledBy = attribute(element, "aria-labelledby");
    if (labelledBy)
      return squeeze(
        labelledBy
          .split(/\s+/)
          .map((id) => this.textById(id))
          .join(" "),
      );
    const aria = attribute(element, "aria-label");
    if (aria) return squeeze(aria);
    if (["input", "textarea", "select"].includes(element.tagName)) {
      if (/^(submit|button|reset)$/.test(attribute(element, "type") ?? ""))
        return squeeze(attribute(element, "value") ?? "");
      return this.labelOf(element);
    }
    if (element.tagName === "img") return squeeze(attribute(element, "alt") ?? "");
    if (element.tagName === "fieldset") return this.firstText(element, "legend");
    if (element.tagName === "table") return this.firstText(element, "caption");
    return textOf(element);
  }

  private firstText(element: Element, tag: string): string {
    const found = this.within(element).all(tag)[0];
    return found ? textOf(found) : "";
  }

  private textById(id: string): string {
    const element = this.byId(id);
    return element ? textOf(element) : "";
  }

  private labelOf(control: Element): string {
    const id = attribute(control, "id");
    const labels = [...elementsIn(this.document)].filter((one) => one.tagName === "label");
    const label =
      labels.find((one) => id !== undefined && attribute(one, "for") === id) ??
      labels.find((one) => [...elementsIn(one)].includes(control));
    return label ? textOf(label) : "";
  }
}

function only<T>(found: readonly T[], what: string, there: readonly string[] = []): T {
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const known = there.length > 0 ? `; there are: ${there.map((name) => JSON.stringify(name)).join(", ")}` : "";
  throw new Error(
    found.length === 0 ? `nothing found for ${what}${known}` : `${found.length} found for ${what}, one expected`,
  );
}
