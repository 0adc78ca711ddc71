import { expect, test } from "vitest";
import { fold } from "#platform/format.ts";
import { testDatabase } from "../support/database.ts";

const { db } = await testDatabase();

test.each([
  "Nguyễn Thị Ánh Tuyết",
  "ĐẶNG VĂN ĐỨC",
  "Vừ A Pó",
  "Ksor H’Bla",
  "José  Muñoz-Ünal",
  "Lê Thi\u0323 Hồng",
  "  Hoàng.Minh_01 ",
  "quỳnh ỷ ẵm ỡ ữ",
])("the database folds %j as the portal does", async (name) => {
  const [row] = await db.$queryRaw<{ folded: string }[]>`SELECT fold(${name}) AS folded`;
  expect(row?.folded).toBe(fold(name));
});
