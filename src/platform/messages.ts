import type { SameShape } from "./i18n.ts";

export const vi = {
  refused: {
    notFound: "Không tìm thấy trang hoặc hồ sơ này. Có thể địa chỉ bị gõ sai, hoặc tài khoản của bạn không được xem.",
    forbidden: "Tài khoản của bạn không có quyền làm việc này.",
    foreignOrigin: "Yêu cầu được gửi từ một trang khác nên không được thực hiện. Hãy mở trang này từ cổng và làm lại.",
    tooManyRequests: "Bạn đã thử quá nhiều lần. Hãy đợi {{seconds}} giây rồi thử lại.",
    bodyTooLarge: "Nội dung gửi lên quá lớn. Hãy rút ngắn nội dung rồi gửi lại.",
    fileTooLarge: "Tệp lớn hơn {{megabytes}} MB. Hãy chọn tệp nhỏ hơn hoặc chụp lại với độ phân giải thấp hơn.",
    uploadBroken: "Tệp chưa được gửi lên trọn vẹn. Hãy kiểm tra đường truyền rồi gửi lại.",
    tooManyFiles: "Bạn chọn quá nhiều tệp cùng lúc. Hãy gửi mỗi lần ít tệp hơn.",
    badRequest: "Máy chủ không đọc được yêu cầu này. Hãy quay lại trang trước và thử lại.",
  },
  errors: {
    title: "Không thực hiện được",
    notFoundTitle: "Không tìm thấy",
    bugTitle: "Cổng đang gặp trục trặc",
    bugText: "Lỗi đã được ghi lại. Những gì bạn đã lưu vẫn còn. Hãy thử lại sau ít phút; nếu vẫn gặp lỗi, hãy gọi đường dây nóng và đọc mã này:",
    whatNow: "Bạn có thể",
    goHome: "Về trang chủ",
    goBack: "Quay lại trang trước",
    summary: "Có chỗ cần sửa",
    prefix: "Lỗi:",
  },
} as const;

export const en: SameShape<typeof vi> = {
  refused: {
    notFound: "We cannot find this page or dossier. The address may be mistyped, or your account may not see it.",
    forbidden: "Your account may not do this.",
    foreignOrigin: "The request came from another site, so it was not carried out. Open this page from the portal and try again.",
    tooManyRequests: "Too many attempts. Wait {{seconds}} seconds, then try again.",
    bodyTooLarge: "What was sent is too large. Shorten it and send it again.",
    fileTooLarge: "The file is larger than {{megabytes}} MB. Choose a smaller one or take the picture at a lower resolution.",
    uploadBroken: "The file did not arrive whole. Check your connection and send it again.",
    tooManyFiles: "Too many files at once. Send fewer files each time.",
    badRequest: "The server could not read this request. Go back to the previous page and try again.",
  },
  errors: {
    title: "This could not be done",
    notFoundTitle: "Not found",
    bugTitle: "The portal has a problem",
    bugText: "The error has been recorded. What you saved is kept. Try again in a few minutes; if it persists, call the hotline and read this code:",
    whatNow: "You can",
    goHome: "Go to the home page",
    goBack: "Go back to the previous page",
    summary: "There is a problem",
    prefix: "Error:",
  },
};
