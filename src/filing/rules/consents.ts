import type { ConsentInput } from "#dossiers/rules.ts";
import type { Text } from "#procedures/index.ts";

/**
 * What is done beyond settling the dossier, and therefore only with consent (Luật 91/2025/QH15 Đ9). What the procedure
 * itself needs is done by law and asked of nobody.
 */
export const PURPOSES = ["prefill", "survey"] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * The wordings of each purpose, oldest first; the last is asked today. A wording that was agreed to is never changed: a
 * better one is a new line.
 */
const WORDINGS: Readonly<Record<Purpose, readonly [Text, ...Text[]]>> = {
  prefill: [
    {
      vi: "Dùng lại nội dung tôi khai trong hồ sơ này để điền sẵn khi tôi nộp hồ sơ sau. Chỉ tôi thấy nội dung điền sẵn.",
      en: "Use what I entered in this dossier to fill in later dossiers of mine. Only I see what is filled in.",
    },
  ],
  survey: [
    {
      vi: "Cho phép cơ quan giải quyết gọi điện hoặc gửi thư hỏi ý kiến của tôi về việc phục vụ, trong một năm kể từ ngày nộp.",
      en: "Let the authority call or write to ask how I was served, within one year of filing.",
    },
  ],
};

/** The wording that is asked today. */
export const currentWording = (purpose: Purpose): Text => WORDINGS[purpose].at(-1) as Text;

/** What was agreed to, by the number of its wording; null for a purpose or wording that nobody was ever asked. */
export function wordingOf(purpose: string, version: number): Text | null {
  const known = PURPOSES.find((one) => one === purpose);
  return known ? (WORDINGS[known][version - 1] ?? null) : null;
}

/** Consents as they are kept. */
export const consentsTo = (purposes: readonly Purpose[], language: string): ConsentInput[] =>
  purposes.map((purpose) => ({ purpose, textVersion: WORDINGS[purpose].length, language }));
