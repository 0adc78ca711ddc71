import type { SameShape } from "#platform/i18n.ts";

/** Questions before filing begins. */
export const vi = {
  caption: "Trước khi nộp hồ sơ",
  continue: "Tiếp tục",
  choose: "Hãy chọn một câu trả lời.",
  kept: "Cổng không lưu câu trả lời của bạn ở bước này.",
  instead: "Thủ tục phù hợp với bạn",
  back: "Sửa câu trả lời trước",
  toProcedure: "Về trang thủ tục",
  drafts: "Bạn đang có hồ sơ soạn dở của thủ tục này.",
  draftsLink: "Làm tiếp hồ sơ đang soạn",
} as const;

export const en: SameShape<typeof vi> = {
  caption: "Before you file",
  continue: "Continue",
  choose: "Choose one answer.",
  kept: "The portal does not keep what you answer here.",
  instead: "The procedure that fits you",
  back: "Change the answer before",
  toProcedure: "Back to the procedure",
  drafts: "You have an unfinished dossier of this procedure.",
  draftsLink: "Continue the unfinished dossier",
};
