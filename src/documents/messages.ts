import type { SameShape } from "#platform/i18n.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    documents: typeof vi;
  }
}

export const vi = {
  verify: {
    title: "Xác minh giấy tờ",
    valid: "Hợp lệ",
    lead: "Giấy này do cổng dịch vụ công cấp. Hãy so các nội dung dưới đây với tờ giấy bạn đang cầm; nếu có chỗ khác nhau, tờ giấy đó không đúng với bản gốc.",
    kind: "Loại giấy",
    number: "Số",
    issuedOn: "Ngày cấp",
    agency: "Cơ quan cấp",
    code: "Mã hồ sơ",
    fingerprint: "Mã băm SHA-256",
    fingerprintHint: "Dãy chữ và số này in ở cuối tờ giấy.",
    unknown:
      "Không có giấy nào mang mã xác minh này. Hãy quét lại mã hoặc gõ lại đúng địa chỉ in ở cuối tờ giấy; nếu vẫn không thấy, hãy hỏi cơ quan ghi trên giấy.",
  },
} as const;

export const en: SameShape<typeof vi> = {
  verify: {
    title: "Check a paper",
    valid: "Valid",
    lead: "This paper was issued by the public service portal. Compare what follows with the paper in your hand; where they differ, that paper is not a true copy.",
    kind: "Kind of paper",
    number: "Number",
    issuedOn: "Issued on",
    agency: "Issuing agency",
    code: "Dossier code",
    fingerprint: "SHA-256 fingerprint",
    fingerprintHint: "These letters and digits stand at the foot of the paper.",
    unknown:
      "No paper has this verification code. Scan it again or type the address at the foot of the paper exactly; if it is still not found, ask the agency named on the paper.",
  },
};
