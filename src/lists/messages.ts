declare module "#platform/i18n.ts" {
  interface Messages {
    lists: typeof vi;
  }
}

export const vi = {
  title: "Danh sách dùng chung",
  lead: "Những mục mà tờ khai, cán bộ và trang tra cứu dùng để chọn. Mục bị bỏ không còn hiện ra để chọn; hồ sơ đã dùng vẫn đọc được.",
  names: {
    ethnicGroup: "Dân tộc",
    sector: "Lĩnh vực",
    documentType: "Loại giấy tờ",
    "reason.supplement": "Lý do yêu cầu bổ sung",
    "reason.decline": "Lý do từ chối tiếp nhận",
    "reason.lateness": "Lý do trễ hẹn",
    "reason.extension": "Lý do gia hạn",
    "reason.stop": "Lý do dừng giải quyết",
  },
  count: "{{count}} mục",
  back: "Về các danh sách",
  add: "Thêm mục",
  text: "Nội dung",
  textMissing: "Nhập nội dung, không quá 500 ký tự.",
  entries: "Các mục",
  entry: "Mục",
  state: "Tình trạng",
  code: "Mã: {{key}}",
  standing: "Đang dùng",
  removed: "Đã bỏ",
  edit: "Sửa mục",
  save: "Lưu",
  remove: "Bỏ mục này",
  restore: "Dùng lại mục này",
  saved: "Đã lưu “{{text}}”.",
  history: "Lịch sử",
  became: "“{{before}}” → “{{after}}”",
  wasAdded: "Thêm “{{after}}”",
  wasRemoved: "Bỏ “{{after}}”",
  wasRestored: "Dùng lại “{{after}}”",
  undo: "Đặt lại như trước",
  undoAbout: "thay đổi lúc {{at}}",
  wordings: {
    changedMeanwhile: "Lời văn này vừa được người khác sửa nên chưa lưu. Hãy mở lại và xem bản mới.",
  },
  refused: {
    there: "Danh sách đã có mục này, có thể viết khác hoa thường hoặc dấu. Hãy tìm và sửa mục đó.",
    changedMeanwhile: "Mục này vừa được người khác sửa nên chưa lưu. Hãy mở lại danh sách và xem.",
  },
};
