import { expect, test } from "vitest";
import { putBetween } from "../../src/dev/figures.mjs";

test("measured figures replace what stood in their place of the README, and nothing else", () => {
  const readme = "a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n<!-- growth -->\n<!-- /growth -->\n";
  expect(putBetween(readme, "bench", "\n| new $& |\n\n")).toBe(readme.replace("old", () => "| new $& |"));
  expect(putBetween(readme, "growth", "x")).toContain("<!-- growth -->\nx\n<!-- /growth -->");
  expect(putBetween("no place", "bench", "x")).toBeNull();
});
