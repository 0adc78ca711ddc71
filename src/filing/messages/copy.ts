import type { SameShape } from "#platform/i18n.ts";

/** The applicant's printed copy of what they filed. */
export const vi = {
  title: "Bản sao hồ sơ đã nộp trực tuyến",
  button: "Tải bản sao hồ sơ (PDF)",
  code: "Mã hồ sơ",
  reference: "Số tiếp nhận trực tuyến",
  at: "Nộp lúc",
  agency: "Nơi nhận hồ sơ",
  case: "Trường hợp",
  returnMethod: "Nhận kết quả",
  asked: "Nội dung",
  answered: "Đã khai",
  papers: "Giấy tờ đã nộp kèm",
  noPapers: "Không có tệp nào được nộp kèm.",
  paper: "Giấy tờ",
  file: "Tên tệp",
  size: "Cỡ tệp",
  sha: "SHA-256 (16 ký tự đầu)",
  remark:
    "Bản này ghi lại đúng nội dung tại thời điểm nộp, để người nộp lưu giữ. Bản này không thay cho giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
  follow: "Tra cứu hồ sơ tại {{url}}",
} as const;

export const en: SameShape<typeof vi> = {
  title: "Copy of a dossier filed online",
  button: "Download a copy of the dossier (PDF)",
  code: "Dossier code",
  reference: "Online filing number",
  at: "Filed at",
  agency: "Receiving agency",
  case: "Case",
  returnMethod: "Getting the result",
  asked: "Question",
  answered: "Answer",
  papers: "Papers handed in",
  noPapers: "No files were handed in.",
  paper: "Paper",
  file: "File name",
  size: "Size",
  sha: "SHA-256 (first 16 characters)",
  remark:
    "This copy says what was filed, as it stood at that moment, for the applicant to keep. It does not take the place of the receipt slip.",
  follow: "Follow the dossier at {{url}}",
};
