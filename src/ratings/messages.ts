import type { SameShape } from "#platform/i18n.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    ratings: typeof vi;
  }
}

export const vi = {
  questions: {
    overall: "Nhìn chung, bạn hài lòng đến đâu?",
    convenience: "Làm thủ tục có thuận tiện không?",
    timeliness: "Thời gian giải quyết thế nào?",
    attitude: "Thái độ phục vụ thế nào?",
  },
  levels: { l3: "Rất hài lòng", l2: "Hài lòng", l1: "Chưa hài lòng" },
  form: {
    title: "Đánh giá việc phục vụ",
    lead: "Mất khoảng một phút. Cán bộ chỉ thấy số liệu chung của nhiều người, không thấy ai đã đánh giá và đánh giá hồ sơ nào.",
    optional: "Không bắt buộc",
    comment: "Bạn muốn nói thêm điều gì?",
    commentHint:
      "Lãnh đạo cơ quan đọc được phần này, không kèm tên. Đừng ghi tên, số điện thoại hoặc mã hồ sơ nếu không muốn bị nhận ra.",
    send: "Gửi đánh giá",
    change: "Lưu đánh giá mới",
    thanks: "Cảm ơn bạn đã đánh giá. Bạn có thể sửa đến {{until}}.",
    early: "Bạn đánh giá được sau khi đã nhận kết quả. Hãy quay lại trang hồ sơ để xem hồ sơ đang ở đâu.",
    final: "Đánh giá của bạn đã gửi quá bảy ngày nên không sửa được nữa.",
    given: "Đánh giá bạn đã gửi",
    none: "Chưa có đánh giá",
  },
  ask: {
    title: "Bạn thấy việc phục vụ thế nào?",
    text: "Hồ sơ đã có kết quả. Đánh giá của bạn giúp cơ quan phục vụ tốt hơn.",
    button: "Đánh giá việc phục vụ",
    changeUntil: "Sửa đánh giá (được đến {{until}})",
  },
  errors: {
    overall: "Hãy chọn mức hài lòng chung.",
    long: "Ý kiến dài quá 2.000 ký tự. Hãy rút ngắn.",
  },
  refused: {
    early: "Hồ sơ chưa có kết quả nên chưa đánh giá được. Hãy quay lại khi đã nhận kết quả.",
    final: "Đánh giá này đã quá bảy ngày nên không sửa được nữa.",
  },
  figures: {
    nav: "Đánh giá",
    title: "Người dân đánh giá việc phục vụ",
    lead: "Từ ngày {{since}}, của cơ quan bạn đang làm việc. Số liệu chỉ hiện khi có từ {{least}} lượt đánh giá, để không ai bị nhận ra.",
    none: "Chưa có đánh giá",
    noneText: "Chưa đủ {{least}} lượt đánh giá để hiện số liệu.",
    count: "Lượt đánh giá",
    question: "Câu hỏi",
    satisfied: "Hài lòng trở lên",
    byQuestion: "Theo câu hỏi",
    byProcedure: "Theo thủ tục",
    procedure: "Thủ tục",
    share: "{{percent}} % ({{count}} người)",
    comments: "Ý kiến của người dân",
    commentsText: "Không kèm tên và mã hồ sơ. Chỉ lãnh đạo cơ quan đọc được.",
    noComments: "Chưa có ý kiến nào.",
    month: "Tháng {{month}}",
    older: "Ý kiến cũ hơn",
    newest: "Ý kiến mới nhất",
  },
} as const;

export const en: SameShape<Omit<typeof vi, "figures">> = {
  questions: {
    overall: "All in all, how satisfied are you?",
    convenience: "How convenient was it?",
    timeliness: "How about the time it took?",
    attitude: "How were you treated?",
  },
  levels: { l3: "Very satisfied", l2: "Satisfied", l1: "Not satisfied" },
  form: {
    title: "Rate the service",
    lead: "It takes about a minute. Officers see figures of many people only, never who rated or which dossier.",
    optional: "Optional",
    comment: "Is there anything else you would like to say?",
    commentHint:
      "The head of the agency can read this, without your name. Leave out names, phone numbers and dossier codes if you do not want to be recognised.",
    send: "Send the rating",
    change: "Save the new rating",
    thanks: "Thank you for rating. You can change it until {{until}}.",
    early: "You can rate once you have the result. Go back to the dossier to see where it is.",
    final: "You sent your rating more than seven days ago, so that it cannot be changed any more.",
    given: "The rating you gave",
    none: "Not rated yet",
  },
  ask: {
    title: "How was the service?",
    text: "Your dossier has its result. Your rating helps the agency to serve better.",
    button: "Rate the service",
    changeUntil: "Change the rating (until {{until}})",
  },
  errors: {
    overall: "Choose how satisfied you are all in all.",
    long: "Your comment is longer than 2,000 characters. Make it shorter.",
  },
  refused: {
    early: "The dossier has no result yet, so that it cannot be rated. Come back when you have it.",
    final: "This rating is more than seven days old and cannot be changed any more.",
  },
};
