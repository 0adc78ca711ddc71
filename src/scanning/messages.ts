declare module "#platform/i18n.ts" {
  interface Messages {
    scanning: typeof vi;
  }
}

export const vi = {
  off: "Cổng đang chạy không có bộ quét mã độc: tệp người dân gửi được mở ngay, mang nhãn “chưa quét mã độc”. Muốn quét, cài ClamAV rồi đặt biến CLAMAV.",
  late: "Bộ quét mã độc không trả lời: {{waiting}} tệp đang chờ, tệp lâu nhất từ {{since}}. Việc nộp hồ sơ vẫn bình thường nhưng chưa ai mở được các tệp này. Hãy kiểm tra ClamAV (npm run doctor).",
  failed:
    "Có {{failed}} tệp chưa quét được mã độc nên chưa mở được. Thường do tệp lớn hơn StreamMaxLength của ClamAV. Cổng thử lại mỗi ngày một lần.",
} as const;
