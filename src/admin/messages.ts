declare module "#platform/i18n.ts" {
  interface Messages {
    admin: typeof vi;
  }
}

export const vi = {
  home: {
    title: "Quản trị",
    agencies: "Cơ quan",
    people: "Cán bộ",
    procedures: "Thủ tục đã cấu hình",
    accounts: "Tài khoản người dân",
    calendar: "Lịch làm việc",
    readOnly:
      "Cơ quan và cán bộ ở đây chỉ để xem; chúng được nạp từ dữ liệu ban đầu và từ tệp nhập. Thủ tục và lịch làm việc sửa được ngay tại đây.",
    sections: "Các mục quản trị",
  },
  agencies: {
    title: "Cơ quan",
    caption: "Cơ quan theo tên",
    name: "Tên cơ quan",
    identifier: "Mã định danh",
    level: "Cấp",
    people: "Số cán bộ",
    search: "Tìm theo tên hoặc mã định danh",
    find: "Tìm",
    none: "Không có cơ quan nào phù hợp",
    noneAdvice: "Hãy thử tên ngắn hơn, hoặc xóa ô tìm để xem tất cả.",
    closed: "Đã kết thúc hoạt động",
  },
  agency: {
    details: "Thông tin cơ quan",
    parent: "Cơ quan cấp trên",
    children: "Cơ quan trực thuộc",
    address: "Địa chỉ",
    phone: "Điện thoại",
    units: "Bộ phận",
    people: "Cán bộ",
    noPeople: "Chưa có cán bộ nào được phân công tại cơ quan này.",
    procedures: "Thủ tục tiếp nhận",
    unknown: "Chưa có",
  },
  people: {
    title: "Cán bộ",
    caption: "Cán bộ và nơi làm việc",
    name: "Họ và tên",
    username: "Tên đăng nhập",
    postings: "Nơi làm việc và vai trò",
    state: "Tình trạng",
    active: "Đang hoạt động",
    disabled: "Đã khóa",
    waiting: "Chờ kích hoạt",
    search: "Tìm theo tên hoặc tên đăng nhập",
    none: "Không có cán bộ nào phù hợp",
    admin: "Quản trị viên",
    noPosting: "Chưa được phân công",
  },
  procedures: {
    title: "Thủ tục đã cấu hình",
    caption: "Thủ tục và các phiên bản",
    code: "Mã thủ tục",
    name: "Tên thủ tục",
    versions: "Phiên bản",
    version: "Phiên bản {{number}}, áp dụng từ {{date}}",
    offerings: "Số cơ quan tiếp nhận",
    none: "Chưa có thủ tục nào được cấu hình",
    add: "Thêm thủ tục",
  },
  levels: {
    ministry: "Bộ, ngành",
    province: "Tỉnh",
    district: "Huyện (trước 01/7/2025)",
    commune: "Xã, phường",
    other: "Khác",
  },
  roles: {
    desk: "Một cửa",
    specialist: "Chuyên môn",
    unit_head: "Lãnh đạo phòng",
    leader: "Lãnh đạo",
    clerk: "Văn thư",
  },
} as const;
