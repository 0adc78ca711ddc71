import { describe, expect, test } from "vitest";
import { type Figures, LEAST_TOLD, mayRate, satisfiedShare, sumFigures } from "#ratings/rules.ts";

const at = (text: string): Date => new Date(text);
const GIVEN = at("2026-11-01T08:00:00Z");

test.each([
  ["delivered", null, "2026-11-20T08:00:00Z", true],
  ["refused", null, "2026-11-20T08:00:00Z", true],
  ["processing", null, "2026-11-20T08:00:00Z", false],
  ["completed", null, "2026-11-20T08:00:00Z", false],
  ["withdrawn", null, "2026-11-20T08:00:00Z", false],
  ["delivered", GIVEN, "2026-11-08T07:59:59Z", true],
  ["delivered", GIVEN, "2026-11-08T08:00:00Z", false],
])("a dossier that is %s and was first rated at %s may be rated at %s: %s", (status, firstAt, now, may) => {
  expect(mayRate(status, firstAt, at(now))).toBe(may);
});

describe("figures", () => {
  const none = { very: 0, satisfied: 0, not: 0 };
  const of = (very: number, satisfied: number, not: number): Figures => ({
    count: very + satisfied + not,
    overall: { very, satisfied, not },
    convenience: none,
    timeliness: none,
    attitude: none,
  });

  test("of fewer than five ratings nothing is told", () => {
    expect(LEAST_TOLD).toBe(5);
    expect(sumFigures([of(2, 1, 1)])).toBeNull();
    expect(sumFigures([])).toBeNull();
    expect(sumFigures([of(2, 1, 1), of(0, 0, 1)])?.overall).toEqual({ very: 2, satisfied: 1, not: 2 });
  });

  test("who is satisfied is counted with who is very satisfied; without answers there is no share", () => {
    expect(satisfiedShare({ very: 2, satisfied: 1, not: 1 })).toBe(0.75);
    expect(satisfiedShare(none)).toBeNull();
  });
});
