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
  status: "Trạng thái",
  code: "Mã hồ sơ",
  reference: "Số tiếp nhận trực tuyến",
  due: "Hẹn trả kết quả",
  noCode: "Có sau khi hồ sơ được tiếp nhận",
  noDue: "Có sau khi hồ sơ được tiếp nhận",
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
  status: "Status",
  code: "Dossier code",
  reference: "Online reference",
  due: "Result due",
  noCode: "After the dossier is accepted",
  noDue: "After the dossier is accepted",
  byCodeOnly:
    "The dossier code only tells how far the dossier is. To see its status and due date, use the online reference, or sign in with the account that filed it.",
  signIn: "Sign in for details",
};
