/** What stands on every paper, and in what several share. Part of the templates: a paper once issued reads the same for ever. */
export const frameWords = {
  motto: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
  number: "Số:",
  code: "Mã hồ sơ:",
  reference: "Mã tra cứu:",
  check: "Quét mã để kiểm tra",
  matterOf: "Hồ sơ của:",
  authorizer: "Nộp theo ủy quyền của:",
  owner: "Chủ hồ sơ:",
  address: "Địa chỉ:",
  phone: "Số điện thoại:",
  email: "Email:",
  personalId: "Số định danh cá nhân/CCCD/hộ chiếu:",
  taxCode: "Mã số thuế/mã số doanh nghiệp:",
  request: "Nội dung yêu cầu giải quyết:",
  procedureCode: "mã thủ tục",
  case: "trường hợp:",
  missing: "không khai",
  tracking: "Tra cứu hồ sơ tại:",
  contact: "Liên hệ:",
  phoneOf: "điện thoại",
  signHint: "(Ký và ghi rõ họ tên)",
  sealHint: "(Ký, ghi rõ họ tên và đóng dấu)",
  signApplicant: "NGƯỜI NỘP HỒ SƠ",
  signOfficer: "NGƯỜI TIẾP NHẬN HỒ SƠ",
  recipients: "Nơi nhận:",
  archive: "- Lưu: VT, hồ sơ.",
  verification: "Kiểm tra giấy này tại:",
  fingerprint: "Mã băm SHA-256 của nội dung:",
} as const;

/** What stands printed on form 01, template 1. Part of the template: a paper once issued reads the same for ever. */
export const receiptWords = {
  code: "Mã hồ sơ:",
  reference: "Mã tra cứu:",
  linkCode: "Mã liên kết với tài khoản (dùng một lần):",
  scan: "Quét mã để tra cứu hồ sơ",
  desk: "Bộ phận tiếp nhận:",
  applicant: "Tiếp nhận hồ sơ của:",
  channel: "Kênh nộp hồ sơ:",
  channels: { online: "Trực tuyến", counter: "Trực tiếp", post: "Dịch vụ bưu chính" },
  sameAddress: "như trên",
  ownerSame: "là người nộp hồ sơ",
  spokenFor: "Người đại diện:",
  papers: "1. Thành phần hồ sơ nộp gồm:",
  noPapers: "Không có giấy tờ kèm theo tờ khai.",
  columns: ["TT", "Tên giấy tờ", "Bản chính", "Bản sao chứng thực", "Bản chụp/ điện tử"],
  later: "(nộp bổ sung sau)",
  sets: "2. Số lượng hồ sơ:",
  setsUnit: "bộ",
  processingTime: "3. Thời gian giải quyết hồ sơ theo quy định:",
  noProcessingTime: "theo thông báo của cơ quan tiếp nhận",
  received: "4. Thời gian nhận hồ sơ:",
  due: "5. Thời gian trả kết quả giải quyết hồ sơ:",
  noDue: "theo thông báo của cơ quan tiếp nhận",
  returned: "6. Đăng ký nhận kết quả tại:",
  fees: "7. Phí, lệ phí:",
  noFees: "không thu",
  feesOpen: "theo thông báo của cơ quan tiếp nhận",
  feeTotal: "Tổng cộng:",
  collection: "Hình thức thu:",
  tracking: "Tra cứu hồ sơ tại:",
  hotline: "Đường dây nóng:",
  signApplicant: "NGƯỜI NỘP HỒ SƠ",
  signOfficer: "NGƯỜI TIẾP NHẬN HỒ SƠ",
  history: "Mã băm lịch sử hồ sơ",
  event: "sự kiện",
} as const;

/** Form 02, layout 1. */
export const supplementWords = {
  stage: {
    intake: "Hồ sơ đang ở bước tiếp nhận, chưa được cấp mã hồ sơ.",
    processing: "Hồ sơ đã được tiếp nhận và đang được giải quyết.",
  },
  again: "Đây là lần yêu cầu bổ sung thứ",
  lead: "Đề nghị bổ sung, hoàn thiện các nội dung sau:",
  columns: ["TT", "Tên giấy tờ, nội dung", "Bản chính", "Bản sao/ bản chụp", "Nội dung cần bổ sung, sửa đổi"],
  reason: "Lý do và căn cứ:",
  answerBy: "Đề nghị bổ sung trước hết ngày",
  how: "Bổ sung trực tuyến trong tài khoản đã nộp hồ sơ, hoặc nộp tại",
  sign: "NGƯỜI HƯỚNG DẪN",
} as const;

/** Form 03, layout 1. */
export const declineWords = {
  lead: "Sau khi xem xét, cơ quan tiếp nhận từ chối tiếp nhận, giải quyết hồ sơ này với lý do sau:",
  again: "Khi đã đủ điều kiện, ông/bà (quý tổ chức) có thể nộp lại hồ sơ.",
  /** A right is told whatever else is said. */
  complaint: "Nếu không đồng ý, ông/bà (quý tổ chức) có quyền khiếu nại theo quy định của pháp luật.",
} as const;

/** Form 04, layout 1. */
export const apologyWords = {
  subject: "V/v xin lỗi và gia hạn thời gian giải quyết hồ sơ mã",
  dear: "Kính gửi:",
  person: "Ông/Bà",
  received: "Ngày",
  tookIn: "đã tiếp nhận hồ sơ của ông/bà (quý tổ chức) đề nghị giải quyết:",
  code: "Mã hồ sơ:",
  oldDue: "Thời gian hẹn trả kết quả:",
  handler: "Đơn vị chủ trì giải quyết:",
  reason: "Đến nay hồ sơ chưa thể giải quyết xong đúng thời gian đã hẹn. Lý do:",
  sorry: "xin lỗi ông/bà (quý tổ chức) về sự chậm trễ này và hẹn lại thời gian trả kết quả:",
  thanks: "Mong ông/bà (quý tổ chức) thông cảm.",
  once: "Thời gian hẹn lại chỉ được thay đổi một lần.",
  asAbove: "- Như trên;",
} as const;

/** Form 05, layout 1. */
export const stopWords = {
  about: "Về việc dừng giải quyết hồ sơ",
  announces: "thông báo dừng giải quyết hồ sơ sau:",
  code: "Mã hồ sơ:",
  received: "Thời gian tiếp nhận:",
  stage: "Giai đoạn xử lý khi dừng:",
  reason: "Lý do và căn cứ dừng giải quyết:",
  fees: "Phí, lệ phí của hồ sơ:",
  feesRule: "Việc hoàn trả, nếu có, thực hiện theo quy định của pháp luật về phí và lệ phí.",
  noFees: "không phát sinh.",
  papers: "Giấy tờ bản chính trả lại cho người nộp:",
  noPapers: "không có.",
  original: "bản chính",
} as const;

/** Form 06, layout 1. */
export const controlWords = {
  attached: "Kèm theo hồ sơ của:",
  received: "Thời gian nhận hồ sơ:",
  due: "Thời gian hẹn trả kết quả:",
  noDue: "chưa xác định",
  handler: "Cơ quan giải quyết:",
  cooperating: "Cơ quan phối hợp:",
  none: "không có",
  columns: ["TÊN CƠ QUAN", "THỜI GIAN GIAO, NHẬN HỒ SƠ", "KẾT QUẢ GIẢI QUYẾT", "GHI CHÚ"],
  give: "1. Giao:",
  take: "2. Nhận:",
  giver: "Người giao:",
  receiver: "Người nhận:",
  sign: "NGƯỜI LẬP PHIẾU",
  timing: { early: "Trước hạn", on_time: "Đúng hạn", late: "Quá hạn" },
} as const;

/** Form 07, layout 1. */
export const registerWords = {
  sheet: "Sổ theo dõi hồ sơ",
  from: "Từ ngày",
  to: "đến ngày",
  columns: [
    "TT",
    "Mã hồ sơ",
    "Nội dung hồ sơ (thủ tục hành chính)",
    "Số lượng hồ sơ (bộ)",
    "Tên cá nhân, tổ chức",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Ngày nhận",
    "Ngày hẹn trả",
    "Ngày nhận kết quả",
    "Ngày trả",
    "Phương thức nhận kết quả, ký nhận",
    "Ghi chú",
  ],
  method: { online: "Trực tuyến", counter: "Trực tiếp", post: "Bưu chính" },
  state: {
    awaiting_supplement: "Chờ bổ sung",
    awaiting_obligation: "Chờ nghĩa vụ tài chính",
    withdrawn: "Đã rút",
    stopped: "Đã dừng",
    refused: "Từ chối giải quyết",
    voided: "Tiếp nhận nhầm, đã hủy; số không dùng lại",
  },
  late: "Quá hạn",
  total: "Tổng số hồ sơ:",
  made: "Lập lúc",
} as const;

/** Receipt of delivery, layout 1. */
export const deliveryWords = {
  deliveredAt: "Trả kết quả lúc:",
  results: "Kết quả đã trả:",
  number: "số",
  day: "ngày",
  returned: "Bản chính trả lại cho người nộp:",
  original: "bản chính",
  none: "không có.",
  receiver: "Người nhận:",
  shown: "Giấy tờ xuất trình số:",
  proxy: "Nhận thay theo:",
  said: "Người nhận đã kiểm tra và nhận đủ các giấy tờ ghi trên.",
  signReceiver: "NGƯỜI NHẬN KẾT QUẢ",
  signOfficer: "NGƯỜI TRẢ KẾT QUẢ",
} as const;
