/** Dossiers that only named officers see, in Vietnamese. */
export const restricting = {
  link: "Hạn chế người xem",
  linkAgain: "Đổi hoặc bỏ hạn chế người xem",
  shown: "Hồ sơ hạn chế: chỉ những cán bộ được nêu tên xem được. Mỗi lần mở hồ sơ đều được ghi lại.",
  title: "Hạn chế người xem hồ sơ",
  lead: "Từ lúc lưu, chỉ bạn và những người được chọn dưới đây còn thấy hồ sơ này ở mọi danh sách, kết quả tìm kiếm, sổ theo dõi và tệp tải về. Người nộp vẫn xem được hồ sơ của mình.",
  stateSecret:
    "Tài liệu thuộc bí mật nhà nước không được đưa lên cổng này dưới bất kỳ hình thức nào; hãy xử lý theo pháp luật về bảo vệ bí mật nhà nước.",
  back: "Quay lại hồ sơ",
  readers: "Những người được xem",
  readersHint: "Bạn luôn được xem. Phải có ít nhất một người giữ vai trò của bước đang mở.",
  nobody: "Không còn ai khác làm việc tại các cơ quan của hồ sơ này.",
  reason: "Lý do",
  reasonHint: "Chỉ những người được xem hồ sơ đọc được lý do này.",
  reasonMissing: "Hãy ghi lý do",
  save: "Lưu những người được xem",
  done: "Đã hạn chế người xem hồ sơ.",
  liftTitle: "Bỏ hạn chế",
  liftLead: "Hồ sơ hiện ra như thường với mọi cán bộ của các cơ quan giải quyết hồ sơ.",
  lift: "Bỏ hạn chế người xem",
  lifted: "Đã bỏ hạn chế người xem hồ sơ.",
};
