declare module "#platform/i18n.ts" {
  interface Messages {
    digitising: typeof vi;
  }
}

export const vi = {
  title: "Số hóa giấy tờ hồ sơ {{code}}",
  lead: "Tải bản quét lên, chọn giấy tờ cho từng trang, xoay và xếp lại nếu cần, rồi ghép. Tệp được đặt tên theo mã hồ sơ và mã giấy tờ.",
  upload: "Bản quét (PDF hoặc ảnh)",
  uploadButton: "Tải bản quét lên",
  limit: "PDF, JPG, PNG; mỗi tệp không quá {{megabytes}} MB và {{pages}} trang",
  tooLarge: "Tệp lớn hơn {{megabytes}} MB. Hãy quét thành nhiều tệp nhỏ hơn.",
  uploaded: "Đã nhận bản quét.",
  noFile: "Hãy chọn tệp bản quét.",
  pages: "Các trang chờ ghép",
  none: "Chưa có bản quét nào chờ ghép.",
  tray: "khay quét của quầy",
  keys: "Phím tắt trên một trang: số 1 đến 9 chọn giấy tờ, R xoay, Alt+↑ và Alt+↓ đổi chỗ. Có thể kéo thả để đổi chỗ.",
  page: "Trang {{page}} của {{name}}",
  look: "Xem trang",
  written: "Trang văn bản, không phải ảnh quét",
  paper: "Giấy tờ",
  noPaper: "Chưa chọn",
  turn: "Xoay",
  order: "Thứ tự",
  turned: "{{turn}}°",
  compose: "Ghép và gắn vào giấy tờ",
  composed: "Đã gắn {{count}} giấy tờ. Hãy đối chiếu với bản chính rồi xác nhận.",
  nothing: "Hãy chọn giấy tờ cho ít nhất một trang.",
  drop: "Bỏ bản quét này",
  dropped: "Đã bỏ bản quét.",
  done: "Giấy tờ đã số hóa",
  confirm: "Xác nhận bản số hóa đúng với bản chính",
  confirmed: "Bản số hóa đúng với bản chính: {{who}} xác nhận lúc {{at}}",
  confirmedNotice: "Đã ghi xác nhận bản số hóa đúng với bản chính.",
  pageCount: "{{count}} trang",
  dpi: "{{dpi}} dpi",
  colour: "màu",
  grey: "đen trắng",
  reused: "dùng lại kết quả đã số hóa",
  reuse: {
    title: "Dùng lại kết quả đã số hóa",
    lead: "Kết quả điện tử của chính người này đã có tại cơ quan: không phải quét lại.",
    for: "Dùng làm giấy tờ nào?",
    button: "Dùng kết quả này",
    done: "Đã dùng lại kết quả đã số hóa.",
  },
  faults: {
    version: "Tệp là PDF cũ hơn 1.4. Hãy quét lại bằng thiết lập PDF 1.4 trở lên.",
    dpi: "Có trang dưới {{least}} dpi. Hãy quét lại với độ phân giải từ {{least}} dpi.",
    grey: "Có trang quét đen trắng. Quy định là quét màu.",
  },
  errors: {
    damaged: "Không đọc được tệp “{{name}}”: tệp hỏng hoặc có mật khẩu. Hãy quét lại rồi tải lên.",
    tooMany: "Tệp “{{name}}” có {{pages}} trang, nhiều hơn {{most}} trang một lần. Hãy quét thành nhiều tệp.",
    kind: "Tệp “{{name}}” không phải bản quét. Chỉ nhận PDF, JPG, PNG.",
  },
} as const;
