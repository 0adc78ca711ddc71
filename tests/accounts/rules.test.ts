import { describe, expect, test } from "vitest";
import { safeReturn } from "#platform/guards.ts";
import { paths } from "../../src/accounts/paths.ts";
import {
  destinationAfterSignIn,
  isPersonalId,
  lackOf,
  normalizePhone,
  normalizeUsername,
  PROOFS,
  passwordFault,
} from "../../src/accounts/rules.ts";

test.each([
  ["0912 345 678", "0912345678"],
  ["0912.345.678", "0912345678"],
  ["+84 912 345 678", "0912345678"],
  ["84912345678", "0912345678"],
  ["0084912345678", "0912345678"],
  ["(091) 234-5678", "0912345678"],
  ["0212345678", null],
  ["091234567", null],
  ["09123456789", null],
  ["số của tôi", null],
  ["", null],
])("the phone number %s is kept as %s", (typed, kept) => {
  expect(normalizePhone(typed)).toBe(kept);
});

test.each([
  ["+84 912 345 678", "0912345678"],
  [" Lan@Example.com ", "lan@example.com"],
  ["DongKinh.MotCua", "dongkinh.motcua"],
])("who types %s signs in as %s", (typed, username) => {
  expect(normalizeUsername(typed)).toBe(username);
});

test.each([
  ["bảy ký", "tooShort"],
  ["a".repeat(129), "tooLong"],
  [`${"con trâu ".repeat(14)}xy`, null],
  ["0912345678", "sameAsAccount"],
  ["NguyenThiLan1", "sameAsAccount"],
  ["nguyễn thị lan", "sameAsAccount"],
  ["matkhau2024", "common"],
  ["MẬT KHẨU 123", "common"],
  ["abcdefghij", "common"],
  ["87654321", "common"],
  ["aaaaaaaabb", "common"],
  ["qwertyuiop", "common"],
  ["con trâu đi trước", null],
  ["Lan đi chợ Đồng Xuân", null],
  ["dung-thu-2026", null],
  ["🐃🐃🌾🏞️ đồng quê", null],
])("the password %s: %s", (password, fault) => {
  expect(passwordFault(password, ["0912345678", "Nguyễn Thị Lan", "lan@example.com"])).toBe(fault);
});

test.each([
  ["020190000001", true],
  ["02019000000", false],
  ["0201900000011", false],
  ["02019000000a", false],
  ["000000000000", false],
  ["٠٢٠١٩٠٠٠٠٠٠١", false],
])("%s is a personal id: %s", (text, is) => {
  expect(isPersonalId(text)).toBe(is);
});

test.each([
  ["/ca-nhan/ho-so?trang=2", "/ca-nhan/ho-so?trang=2"],
  ["/thu-tuc/x/nop-ho-so", "/thu-tuc/x/nop-ho-so"],
  ["/a/../b", "/b"],
  ["//evil.example", null],
  ["/\\evil.example", null],
  ["/.//evil.example", null],
  ["/a\n/b", null],
  ["https://evil.example", null],
  ["javascript:alert(1)", null],
  ["", null],
  [["/a"], null],
  [undefined, null],
])("the return path %s leads to %s", (given, path) => {
  expect(safeReturn(given)).toBe(path);
});

test.each([
  ["citizen", null, "/ca-nhan"],
  ["citizen", "/ca-nhan/ho-so", "/ca-nhan/ho-so"],
  ["citizen", "/ca-nhanh", "/ca-nhanh"],
  ["citizen", "/mot-cua", "/ca-nhan"],
  ["officer", "/ca-nhan/ho-so", "/mot-cua"],
  ["officer", "/thu-tuc", "/thu-tuc"],
  ["admin", "/dang-xuat", "/quan-tri"],
] as const)("a %s who was going to %s arrives at %s", (kind, next, path) => {
  expect(destinationAfterSignIn(kind, next, paths.home)).toBe(path);
});

describe("how surely somebody must have proven themself", () => {
  test.each([
    ["fresh", { hasFactor: false, isFresh: true, isTwice: false }, null],
    ["fresh", { hasFactor: true, isFresh: false, isTwice: true }, "again"],
    ["fresh", { hasFactor: false, isFresh: false, isTwice: false }, "again"],
    ["twice", { hasFactor: false, isFresh: true, isTwice: false }, "step"],
    ["twice", { hasFactor: true, isFresh: true, isTwice: false }, "again"],
    ["twice", { hasFactor: true, isFresh: false, isTwice: true }, "again"],
    ["twice", { hasFactor: true, isFresh: true, isTwice: true }, null],
    // An electronic identity of the second level is two steps of its own.
    ["twice", { hasFactor: false, isFresh: true, isTwice: true }, null],
  ] as const)("%s, of %o: %s", (proof, has, lack) => {
    expect(lackOf(proof, has)).toBe(lack);
  });

  test("acting for others needs a second step; nobody is kept from their own data for want of one", () => {
    expect(PROOFS.administerCompany).toBe("twice");
    for (const act of ["downloadData", "withdrawDossier", "changeContact"] as const) expect(PROOFS[act]).toBe("fresh");
  });
});
