import { Lexer, type Token, type Tokens } from "marked";
import { fold } from "#platform/format.ts";

/** What stands in a line. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong" | "emphasis"; parts: readonly Inline[] }
  | { kind: "link"; href: string; parts: readonly Inline[] }
  | { kind: "break" };
/** What stands on a page. Headings begin at the second level: the first is the title. */
export type Block =
  | { kind: "heading"; level: 2 | 3; id: string; text: string }
  | { kind: "paragraph"; parts: readonly Inline[] }
  | { kind: "list"; ordered: boolean; items: readonly (readonly Block[])[] };
/** Something that a text may not hold, with the words at which it stands. */
export type Fault = { what: "html" | "image" | "link" | "level" | "other"; at: string };
export type Prose = { blocks: readonly Block[]; faults: readonly Fault[] };

const MOST_QUOTED = 60;
const cut = (raw: string): string => {
  const line = raw.trim().split("\n")[0] ?? "";
  return line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED)}…` : line;
};

/** Within the portal, to another site, by mail or by phone: anything else could run or mislead. */
export const isLinkAllowed = (href: string): boolean => {
  if (/^\/(?![/\\])[^\\\s]*$/.test(href) || /^#[\w-]+$/.test(href)) return true;
  if (/^tel:\+?[\d ().-]+$/.test(href) || /^mailto:[^\s@<>"]+@[^\s@<>"]+$/.test(href)) return true;
  return /^https?:\/\//.test(href) && URL.canParse(href) && !new URL(href).username;
};

/**
 * Reads a text of a small part of Markdown: headings (## and ###), paragraphs, lists, **strong**, *emphasis*, links. What
 * else Markdown knows, HTML above all, is a fault and not shown. It makes a tree, never HTML: templates escape every text.
 */
export function readMarkdown(text: string): Prose {
  const faults: Fault[] = [];
  const ids = new Map<string, number>();
  const fault = (what: Fault["what"], { raw }: Token): never[] => {
    faults.push({ what, at: cut(raw) });
    return [];
  };

  const inline = (token: Token): Inline[] => {
    switch (token.type) {
      case "text":
      case "escape": {
        const { tokens, text } = token as Tokens.Text;
        return tokens ? tokens.flatMap(inline) : [{ kind: "text", text }];
      }
      case "strong":
        return [{ kind: "strong", parts: (token as Tokens.Strong).tokens.flatMap(inline) }];
      case "em":
        return [{ kind: "emphasis", parts: (token as Tokens.Em).tokens.flatMap(inline) }];
      case "br":
        return [{ kind: "break" }];
      case "link": {
        const { href, tokens } = token as Tokens.Link;
        const parts = tokens.flatMap(inline);
        if (isLinkAllowed(href)) return [{ kind: "link", href, parts }];
        fault("link", token);
        return parts;
      }
      case "html":
        return fault("html", token);
      case "image":
        return fault("image", token);
      default:
        return fault("other", token);
    }
  };

  const idOf = (heading: string): string => {
    const plain = fold(heading).replaceAll(" ", "-") || "muc";
    const before = ids.get(plain) ?? 0;
    ids.set(plain, before + 1);
    return before === 0 ? plain : `${plain}-${before + 1}`;
  };

  const block = (token: Token): Block[] => {
    switch (token.type) {
      case "space":
      case "def":
        return [];
      case "heading": {
        const { depth, tokens } = token as Tokens.Heading;
        if (depth !== 2 && depth !== 3) return fault("level", token);
        const words = plainText(tokens.flatMap(inline));
        return [{ kind: "heading", level: depth, id: idOf(words), text: words }];
      }
      case "paragraph":
      case "text":
        return [{ kind: "paragraph", parts: ((token as Tokens.Paragraph).tokens ?? []).flatMap(inline) }];
      case "list": {
        const { ordered, items } = token as Tokens.List;
        if (items.some(({ task }) => task)) return fault("other", token);
        return [{ kind: "list", ordered, items: items.map((item) => item.tokens.flatMap(block)) }];
      }
      case "html":
        return fault("html", token);
      default:
        return fault("other", token);
    }
  };

  return { blocks: new Lexer({ gfm: true }).lex(text).flatMap(block), faults };
}

const plainText = (parts: readonly Inline[]): string =>
  parts
    .map((part) => (part.kind === "text" ? part.text : part.kind === "break" ? " " : plainText(part.parts)))
    .join("");
