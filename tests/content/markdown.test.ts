import { describe, expect, test } from "vitest";
import { isLinkAllowed, readMarkdown } from "#content/rules.ts";

const faultsOf = (text: string) => readMarkdown(text).faults.map(({ what }) => what);

describe("a text is read into headings, paragraphs and lists", () => {
  test("with strong and emphasised words and links, nested as written", () => {
    expect(readMarkdown("## Tìm *việc*\n\nGọi **[số này](tel:19001234)**.\n\n1. Một\n2. Hai").blocks).toEqual([
      { kind: "heading", level: 2, id: "tim-viec", text: "Tìm việc" },
      {
        kind: "paragraph",
        parts: [
          { kind: "text", text: "Gọi " },
          {
            kind: "strong",
            parts: [{ kind: "link", href: "tel:19001234", parts: [{ kind: "text", text: "số này" }] }],
          },
          { kind: "text", text: "." },
        ],
      },
      {
        kind: "list",
        ordered: true,
        items: ["Một", "Hai"].map((text) => [{ kind: "paragraph", parts: [{ kind: "text", text }] }]),
      },
    ]);
  });

  test("two headings of the same words are told apart", () => {
    const ids = readMarkdown("## Hồ sơ\n\n## Hồ sơ").blocks.map((block) => block.kind === "heading" && block.id);
    expect(ids).toEqual(["ho-so", "ho-so-2"]);
  });
});

test.each([
  ["a script", "<script>alert(1)</script>", "html"],
  ["a tag within a line", "Xin <b>chào</b>", "html"],
  ["a comment", "<!-- x -->", "html"],
  ["a picture", "![x](https://a.vn/x.png)", "image"],
  ["a link that runs", "[x](javascript:alert(1))", "link"],
  ["a link that runs, disguised", "[x](JaVaScRiPt&#58;alert(1))", "link"],
  ["a link of data", "[x](data:text/html,hi)", "link"],
  ["a link by reference that runs", "[x][y]\n\n[y]: vbscript:x", "link"],
  ["the title's level", "# Tiêu đề", "level"],
  ["a table", "| a | b |\n|---|---|\n| 1 | 2 |", "other"],
  ["code", "```\nx\n```", "other"],
  ["a box to tick", "- [ ] x", "other"],
])("%s is a fault and not shown", (_what, text, fault) => {
  const { blocks, faults } = readMarkdown(text);
  expect(faults.map(({ what }) => what)).toContain(fault);
  expect(JSON.stringify(blocks)).not.toMatch(/script|data:|<b>|<!--/i);
});

test("plain words with signs of their own are no faults", () => {
  expect(faultsOf("Phí < 50.000 đồng & lệ phí > 0; 2 * 3 = 6; a_b_c")).toEqual([]);
});

test.each([
  ["/thu-tuc?q=a#b", true],
  ["#tim", true],
  ["https://dichvucong.gov.vn/p", true],
  ["mailto:a@b.vn", true],
  ["tel:+84 24 123", true],
  ["//evil.vn", false],
  ["/\\evil.vn", false],
  ["https://user@evil.vn", false],
  ["ftp://a.vn", false],
  ["thu-tuc", false],
])("a link to %s: allowed %s", (href, allowed) => {
  expect(isLinkAllowed(href)).toBe(allowed);
});
