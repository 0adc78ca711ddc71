import type { SameShape } from "#platform/i18n.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    tracking: typeof vi;
  }
}

export const vi = {
  title: "Tra cứu hồ sơ",
  lead: "Xem hồ sơ của bạn đang được giải quyết đến đâu.",
  label: "Mã hồ sơ hoặc số tiếp nhận trực tuyến",
  hint: "Mã hồ sơ in trên giấy tiếp nhận, ví dụ H40.12-261123-0001. Số tiếp nhận trực tuyến là số bạn nhận được khi nộp, ví dụ 7KQM-2XWT-9HRD-CP.",
  button: "Tra cứu",
  notFound: "Không tìm thấy hồ sơ nào có mã “{{typed}}”",
  notFoundText:
    "Hãy so lại từng ký tự với giấy tiếp nhận hoặc trang xác nhận nộp hồ sơ. Hồ sơ vừa nộp, chưa được tiếp nhận thì chưa có mã hồ sơ; hãy dùng số tiếp nhận trực tuyến.",
  unreadable: "“{{typed}}” không phải là mã hồ sơ hay số tiếp nhận",
  found: "Hồ sơ {{code}}",
  progress: "Mức độ hoàn thành",
  bands: {
    b1: "Đã nhận hồ sơ",
    b2: "Đang giải quyết",
    b3: "Đang hoàn tất",
    b4: "Đã giải quyết xong",
    b5: "Đã trả kết quả",
  },
  standing: {
    submitted: "Hồ sơ đã được gửi đến cơ quan tiếp nhận, chưa được tiếp nhận. Người nộp chưa phải làm gì.",
    intake_supplement: "Hồ sơ đang chờ người nộp bổ sung trước khi được tiếp nhận. Hãy đăng nhập để đọc yêu cầu.",
    declined: "Hồ sơ không được tiếp nhận. Người nộp hãy đăng nhập để đọc lý do, sửa rồi nộp lại.",
    inWork: "Cơ quan nhà nước đang giải quyết. Người nộp chưa phải làm gì; hẹn trả kết quả lúc {{time}} ngày {{date}}.",
    inWorkLate:
      "Cơ quan nhà nước đang giải quyết và đã quá hẹn trả kết quả ({{time}} ngày {{date}}). Hãy liên hệ nơi tiếp nhận để hỏi.",
    inWorkUndated: "Cơ quan nhà nước đang giải quyết. Người nộp chưa phải làm gì.",
    awaiting_supplement: "Hồ sơ đang chờ người nộp bổ sung giấy tờ. Hãy đăng nhập để đọc yêu cầu.",
    awaiting_obligation: "Hồ sơ đang chờ người nộp thực hiện nghĩa vụ tài chính.",
    withdrawn: "Hồ sơ đã được rút theo yêu cầu của người nộp.",
    stopped: "Hồ sơ đã dừng giải quyết. Hãy đăng nhập để đọc lý do.",
    refused: "Yêu cầu không được giải quyết. Hãy đăng nhập để đọc lý do.",
    completed: "Đã có kết quả, đang chờ trả cho người nộp.",
    delivered: "Kết quả đã được trả. Hồ sơ đã xong.",
    voided: "Hồ sơ này được ghi nhầm và đã hủy việc tiếp nhận. Hãy hỏi nơi tiếp nhận nếu bạn cầm giấy có mã này.",
  },
  status: "Trạng thái",
  code: "Mã hồ sơ",
  reference: "Số tiếp nhận trực tuyến",
  due: "Hẹn trả kết quả",
  noCode: "Có sau khi hồ sơ được tiếp nhận",
  noDue: "Có sau khi hồ sơ được tiếp nhận",
  paused: "Tạm dừng trong lúc chờ người nộp bổ sung hoặc nộp tiền",
  byCodeOnly:
    "Tra theo mã hồ sơ chỉ cho biết mức độ hoàn thành. Để xem trạng thái và ngày hẹn trả, hãy dùng số tiếp nhận trực tuyến, hoặc đăng nhập bằng tài khoản đã nộp hồ sơ.",
  signIn: "Đăng nhập để xem chi tiết",
} as const;

export const en: SameShape<typeof vi> = {
  title: "Track a dossier",
  lead: "See how far your dossier is.",
  label: "Dossier code or online reference",
  hint: "The dossier code stands on the receipt, for example H40.12-261123-0001. The online reference was given to you when you filed, for example 7KQM-2XWT-9HRD-CP.",
  button: "Look up",
  notFound: "There is no dossier with the code “{{typed}}”",
  notFoundText:
    "Compare each character with the receipt or the confirmation page. A dossier that has been filed but not yet accepted has no code; use the online reference.",
  unreadable: "“{{typed}}” is neither a dossier code nor a reference",
  found: "Dossier {{code}}",
  progress: "Degree of completion",
  bands: {
    b1: "Received",
    b2: "Being processed",
    b3: "Nearly finished",
    b4: "Settled",
    b5: "Result handed over",
  },
  standing: {
    submitted:
      "The dossier was sent to the receiving agency and has not been accepted yet. The applicant need not do anything.",
    intake_supplement: "The dossier is waiting for additions by the applicant. Sign in to read what is asked.",
    declined: "The dossier was not accepted. The applicant may sign in to read why, mend it and file it again.",
    inWork:
      "The authorities are processing the dossier. The applicant need not do anything; the result is due at {{time}} on {{date}}.",
    inWorkLate:
      "The authorities are processing the dossier, and its result is overdue (it was due at {{time}} on {{date}}). Ask where it was handed in.",
    inWorkUndated: "The authorities are processing the dossier. The applicant need not do anything.",
    awaiting_supplement:
      "The dossier is waiting for additional papers by the applicant. Sign in to read what is asked.",
    awaiting_obligation: "The dossier is waiting for a payment by the applicant.",
    withdrawn: "The dossier was withdrawn at the applicant's request.",
    stopped: "The dossier was stopped. Sign in to read why.",
    refused: "The request was not granted. Sign in to read why.",
    completed: "The result is ready and waits to be handed over.",
    delivered: "The result was handed over. The dossier is closed.",
    voided:
      "This dossier was entered by mistake and its acceptance was voided. If you hold a receipt with this code, ask where it was handed in.",
  },
  status: "Status",
  code: "Dossier code",
  reference: "Online reference",
  due: "Result due",
  noCode: "After the dossier is accepted",
  noDue: "After the dossier is accepted",
  paused: "Standing still while the applicant is waited for",
  byCodeOnly:
    "The dossier code only tells how far the dossier is. To see its status and due date, use the online reference, or sign in with the account that filed it.",
  signIn: "Sign in for details",
};
