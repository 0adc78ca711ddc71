import { describe, expect, test } from "vitest";
import { hashCode, isWellFormedCode, randomCode, readCode, showCode } from "#platform/codes.ts";

describe("codes that nobody can guess and everybody can copy", () => {
  test("60 bits are fourteen characters, one of them the check", () => {
    expect(randomCode()).toMatch(/^[2-9A-HJKMNP-Z]{14}$/);
    expect(randomCode(40)).toHaveLength(10);
  });

  test("every code that is given is well formed, and none comes twice in 10.000", () => {
    const codes = Array.from({ length: 10_000 }, () => randomCode());
    expect(codes.every((code) => isWellFormedCode(code))).toBe(true);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("one wrong character, or two swapped neighbours, are noticed", () => {
    const code = randomCode();
    for (let i = 0; i < code.length; i++) {
      for (const other of "23456789ABCDEFGHJKMNPQRSTUVWXYZ") {
        if (other === code[i]) continue;
        expect(isWellFormedCode(code.slice(0, i) + other + code.slice(i + 1))).toBe(false);
      }
      const next = code[i + 1];
      if (next === undefined || next === code[i]) continue;
      expect(isWellFormedCode(code.slice(0, i) + next + code[i] + code.slice(i + 2))).toBe(false);
    }
  });

  test.each(["", "O0", "7KQM", "../../etc/passwd", "ABCDEFGHJKMNPQRSTUV"])("%j is not a code", (text) => {
    expect(isWellFormedCode(text)).toBe(false);
  });

  test("spaces, hyphens and small letters that people type do not matter", () => {
    const code = randomCode();
    expect(readCode(` ${showCode(code).toLowerCase().replace("-", " – ")} `)).toBe(code);
    expect(hashCode(showCode(code))).toBe(hashCode(code));
    expect(showCode("7KQM2XWT9HRDCP")).toBe("7KQM-2XWT-9HRD-CP");
  });
});
