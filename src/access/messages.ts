declare module "#platform/i18n.ts" {
  interface Messages {
    access: typeof vi;
  }
}

export const vi = {
  title: "Quyền của từng vai trò",
  lead: "Ai được làm việc gì và vì sao. Bảng này lấy từ chính các quy tắc mà cổng dùng để cho phép hoặc từ chối.",
  person: "Xem quyền của một cán bộ, theo tên đăng nhập",
  show: "Xem quyền",
  of: "{{name}} ({{username}})",
  disabled: "Tài khoản này đang bị khóa nên hiện không làm được việc nào.",
  nothing: "Tài khoản này chưa được giao vai trò nào.",
  nobody: "Không có cán bộ nào với tên đăng nhập này",
  clearText:
    "Cán bộ mất thiết bị và hết mã dự phòng thì không đăng nhập được. Chỉ bỏ xác thực hai bước khi đã gặp trực tiếp và biết chắc là đúng người.",
  clear: "Bỏ xác thực hai bước của người này",
  cleared: "Đã bỏ xác thực hai bước. Người này phải đăng nhập lại và lập cách xác thực mới.",
  end: "Đăng xuất người này khỏi mọi thiết bị",
  ended: "Đã đăng xuất người này khỏi mọi thiết bị.",
  matrix: "Vai trò và việc được làm",
  verb: "Việc",
  because: "Vì đang giữ vai trò",
  limits: "Giới hạn",
  yes: "Được",
  separation:
    "Người đã xử lý một bước không được xử lý bước mà quy trình quy định phải do người khác thực hiện, ví dụ người thẩm định không phê duyệt. Hồ sơ của cơ quan khác không hiện ra với cán bộ. Quản trị viên không xử lý hồ sơ và không đọc nhật ký an toàn, trừ khi được giao nhiệm vụ kiểm tra.",
  roles: { citizen: "Người dân", auditor: "Kiểm tra an toàn", admin: "Quản trị" },
  by: {
    citizen: "Chỉ hồ sơ của chính mình",
    desk: "Chỉ tại cơ quan đang giữ hồ sơ",
    step: "Chỉ người giữ bước đang mở, theo vai trò mà quy trình quy định",
    handler: "Bộ phận một cửa, người giữ bước đang mở hoặc lãnh đạo của cơ quan đó",
    leader: "Chỉ lãnh đạo có thẩm quyền của cơ quan",
    merger: "Chỉ khi sáp nhập, giải thể cơ quan",
    time: "Không ai: hết thời hạn thì tự xảy ra",
    duty: "Trong phạm vi được giao",
  },
  doings: {
    readDossier: "Xem hồ sơ của cơ quan mình",
    readOwn: "Xem hồ sơ của mình và ai đã xem",
    assign: "Phân công người xử lý",
    readOverview: "Xem tình hình tiếp nhận, giải quyết của các cơ quan trong phạm vi",
    restrict: "Hạn chế người xem hồ sơ, nêu tên người được xem",
    confirmCompany: "Xác nhận tổ chức mà người dân nộp thay",
    manageAgencies: "Quản lý cơ quan, đơn vị",
    managePeople: "Mở, khóa tài khoản, giao vai trò",
    publish: "Ban hành thủ tục, quy trình, biểu mẫu",
    readAudit: "Đọc nhật ký an toàn",
    exportAudit: "Tải nhật ký an toàn",
  },
};
