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
  kinds: {
    receipt_slip: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    supplement_request: "Phiếu yêu cầu bổ sung hồ sơ",
    decline_slip: "Phiếu từ chối tiếp nhận hồ sơ",
    apology_letter: "Văn bản xin lỗi và gia hạn",
    stop_notice: "Thông báo dừng giải quyết hồ sơ",
    control_slip: "Phiếu kiểm soát quá trình",
    result: "Kết quả do cổng lập",
    register: "Sổ theo dõi hồ sơ",
  },
  standing: { valid: "Còn hiệu lực", replaced: "Đã được thay thế", revoked: "Đã thu hồi" },
  pending: "Đang lập tệp PDF, mở được sau ít phút",
  open: "Mở giấy",
  refused: {
    registerClosed: "Sổ đăng ký văn bản năm {{year}} đã khóa. Hãy thực hiện lại: giấy sẽ lấy số và ngày của năm nay.",
    beingMade: "Giấy đã được cấp số và đang được lập thành tệp PDF. Hãy mở lại sau ít phút.",
    formInPast: "Ngày áp dụng phải từ hôm nay trở đi: giấy đã cấp giữ nguyên tên mẫu lúc cấp.",
    formTaken: "Mẫu này đã có tên áp dụng từ ngày đó hoặc sau đó. Hãy chọn ngày muộn hơn.",
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
  kinds: {
    receipt_slip: "Receipt and appointment slip",
    supplement_request: "Request for missing papers",
    decline_slip: "Notice that the dossier was not accepted",
    apology_letter: "Apology with a new date",
    stop_notice: "Notice that the dossier was stopped",
    control_slip: "Control slip",
    result: "Result made by the portal",
    register: "Register of dossiers",
  },
  standing: { valid: "Valid", replaced: "Replaced", revoked: "Revoked" },
  pending: "The PDF is being made; it can be opened in a few minutes",
  open: "Open the paper",
  refused: {
    registerClosed:
      "The register of papers for {{year}} is closed. Please do it again: the paper will get a number and date of this year.",
    beingMade: "The paper has its number and its PDF is being made. Please open it again in a few minutes.",
    formInPast: "The day must be today or later: papers already issued keep the title they were issued under.",
    formTaken: "This form already has a title from that day or later. Choose a later day.",
  },
};
