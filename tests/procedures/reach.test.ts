import { describe, expect, test } from "vitest";
import { startTestApp } from "../support/app.ts";
import type { Page } from "../support/client.ts";
import { attribute } from "../support/html.ts";
import { provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });
const visitor = portal.client();

const linksOf = (page: Page, at: RegExp): string[] =>
  page.all("a").flatMap((link) => {
    const href = attribute(link, "href") ?? "";
    return at.test(href) ? [href] : [];
  });

/** Codes of the procedures that are three clicks away from the home page, by the sectors. */
async function reached(): Promise<Set<string>> {
  const sectors = await (await visitor.get("/")).follow("Thủ tục theo lĩnh vực");
  const codes = new Set<string>();
  for (const href of linksOf(sectors, /^\/thu-tuc\/linh-vuc\/./)) {
    const sector = await visitor.get(href);
    for (const link of linksOf(sector, /^\/thu-tuc\/\d/)) codes.add(decodeURIComponent(link.slice("/thu-tuc/".length)));
  }
  return codes;
}

describe("every procedure is at most three clicks from home", () => {
  test("by the sectors", async () => {
    const all = (await portal.db.catalogueEntry.findMany({ select: { code: true } })).map(({ code }) => code);
    const codes = await reached();
    expect(all.length).toBeGreaterThanOrEqual(12);
    expect(all.filter((code) => !codes.has(code))).toEqual([]);
    expect((await visitor.get(`/thu-tuc/${all[0]}`)).status).toBe(200);
  });

  test("each facet counts what choosing it shows", async () => {
    const page = await visitor.get("/thu-tuc?q=dang+ky");
    const facets = page
      .all("a")
      .filter((link) => attribute(link, "class")?.includes("facets"))
      .map((link) => ({ href: attribute(link, "href") ?? "", text: page.within(link).text }));
    expect(facets.length).toBeGreaterThan(5);
    for (const { href, text } of facets.slice(0, 8)) {
      const count = /(\d[\d.]*)\s*$/.exec(text)?.[1];
      expect((await visitor.get(href)).text, href).toContain(`${count} thủ tục`);
    }
  });

  test("a sector that does not exist is not found", async () => {
    for (const slug of ["khong-co", "%E1%BB%87", "..%2f"])
      expect((await visitor.get(`/thu-tuc/linh-vuc/${slug}`)).status).toBe(404);
  });
});
