import { createTranslators } from "#platform/i18n.ts";
import * as platformTexts from "#platform/messages.ts";
import type { Field, FieldContext } from "#procedures/fields/index.ts";
import * as fieldTexts from "#procedures/fields/messages.ts";

// Only the rooms whose texts these rules speak.
const translators = createTranslators({ fields: fieldTexts, platform: platformTexts } as unknown as Parameters<
  typeof createTranslators
>[0]);

const communes: Record<string, { value: string; text: string }[]> = {
  "20": [
    { value: "05977", text: "Phường Tam Thanh" },
    { value: "05983", text: "Phường Lương Văn Tri" },
  ],
  "01": [{ value: "00004", text: "Phường Ba Đình" }],
};

export const contextIn = (language: "vi" | "en"): FieldContext => ({
  t: translators[language],
  language,
  today: "2026-11-23",
  homeProvince: "20",
  lists: {
    provinces: [
      { value: "20", text: "Tỉnh Lạng Sơn" },
      { value: "01", text: "Thành phố Hà Nội" },
    ],
    communesOf: (province) => communes[province] ?? [],
    nameOf: () => null,
    agencies: () => [
      { value: "a1", text: "Sở Tư pháp", kind: "department" },
      { value: "a2", text: "Ủy ban nhân dân phường Tam Thanh", kind: "commune_committee" },
    ],
  },
});
export const context = contextIn("vi");

export const field = (type: string, settings: Record<string, unknown> = {}, more: Partial<Field> = {}): Field => ({
  id: "x",
  type,
  label: { vi: "Mục hỏi" },
  required: true,
  settings,
  ...more,
});
