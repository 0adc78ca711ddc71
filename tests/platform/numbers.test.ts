import { expect, test } from "vitest";
import { formatNumber } from "#platform/format.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1234567, "1.234.567"],
  [-1234, "-1.234"],
  [0.3, "0,3"],
  [1234.5, "1.234,5"],
  [-0.25, "-0,25"],
  [12345678901234567890n, "12.345.678.901.234.567.890"],
])("%s is written %s, as Vietnamese is: points between thousands, a comma before decimals", (number, written) => {
  expect(formatNumber(number)).toBe(written);
});
