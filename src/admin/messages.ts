import { agencies } from "./messages/agencies.ts";
import { history } from "./messages/history.ts";
import { offerings } from "./messages/offerings.ts";
import { people } from "./messages/people.ts";

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
    offerings: "Nơi tiếp nhận",
    accounts: "Tài khoản người dân",
    calendar: "Lịch làm việc",
    reach: "Bạn quản trị {{agency}} và các cơ quan trực thuộc. Việc của toàn tỉnh do quản trị viên của tỉnh thực hiện.",
    sections: "Các mục quản trị",
  },
  ...agencies,
  ...people,
  ...offerings,
  ...history,
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
  kinds: {
    commune_committee: "Ủy ban nhân dân cấp xã",
    commune_police: "Công an cấp xã",
    one_stop_center: "Trung tâm phục vụ hành chính công",
    department: "Sở, ban, ngành",
    provincial_committee: "Ủy ban nhân dân cấp tỉnh",
    provincial_police: "Công an cấp tỉnh",
    other: "Cơ quan khác",
  },
  functions: {
    justice: "Tư pháp",
    construction: "Xây dựng",
    transport: "Giao thông",
    land: "Đất đai",
    environment: "Môi trường",
    agriculture: "Nông nghiệp",
    finance: "Tài chính",
    tax: "Thuế",
    home_affairs: "Nội vụ",
    health: "Y tế",
    education: "Giáo dục",
    industry_trade: "Công Thương",
    culture: "Văn hóa",
    science_technology: "Khoa học và Công nghệ",
  },
  unitKinds: {
    one_stop: "Bộ phận một cửa",
    leadership: "Lãnh đạo",
    office: "Văn phòng",
    division: "Phòng chuyên môn",
  },
  roles: {
    desk: "Một cửa",
    specialist: "Chuyên môn",
    unit_head: "Lãnh đạo phòng",
    leader: "Lãnh đạo",
    clerk: "Văn thư",
  },
  channels: { online: "Trực tuyến", counter: "Tại quầy", post: "Bưu chính" },
  errors: {
    long: "Nội dung quá dài. Hãy rút gọn",
    name: "Hãy nhập tên",
    shortName: "Hãy nhập tên gọi tắt",
    kind: "Hãy chọn loại cơ quan",
    level: "Hãy chọn cấp",
    unitCode: "Mã đơn vị hành chính gồm 2 chữ số (tỉnh) hoặc 5 chữ số (xã), hoặc để trống",
    identifier: "Mã định danh gồm chữ hoa không dấu và số, các phần cách nhau bằng dấu chấm, ví dụ H37.05977",
    identifierTaken:
      "Mã định danh này đang, đã hoặc theo kế hoạch sẽ thuộc một cơ quan khác. Mã của cơ quan đã kết thúc không dùng lại",
    effectiveOn: "Hãy nhập ngày hiệu lực",
    reason: "Hãy ghi lý do, ví dụ số và ngày của quyết định",
    agency: "Hãy chọn cơ quan trong danh sách",
    unit: "Hãy chọn bộ phận trong danh sách",
    unitKind: "Hãy chọn loại bộ phận",
    successor: "Hãy chọn cơ quan kế thừa",
    closingKind: "Hãy chọn sáp nhập hoặc giải thể",
    username:
      "Tên đăng nhập gồm 3 đến 60 ký tự: chữ thường không dấu, số, dấu chấm, gạch nối hoặc gạch dưới, ví dụ dongkinh.motcua",
    usernameTaken: "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác",
    displayName: "Hãy nhập họ và tên, không quá 100 ký tự",
    email: "Hãy nhập địa chỉ thư điện tử đúng dạng ten@coquan.gov.vn, hoặc để trống",
    role: "Hãy chọn vai trò",
    day: "Hãy chọn ngày",
    past: "Ngày này đã qua. Hãy chọn từ hôm nay trở đi",
    backwards: "Ngày kết thúc phải từ ngày bắt đầu trở đi",
    deputy: "Hãy chọn người xử lý thay",
    channels: "Hãy chọn ít nhất một kênh tiếp nhận",
    noAgencies: "Hãy chọn ít nhất một cơ quan",
    file: "Hãy chọn tệp",
    fileTooLarge: "Tệp quá lớn. Tệp danh sách cán bộ không quá 5 MB",
  },
  refused: {
    provinceOnly: "Việc này của toàn tỉnh. Hãy đề nghị quản trị viên của tỉnh thực hiện.",
    identifierTaken:
      "Mã định danh {{code}} đang hoặc đã thuộc một cơ quan khác; mã của cơ quan đã kết thúc không dùng lại. Hãy kiểm tra lại mã được cấp.",
    foundingPlanned: "Đã có kế hoạch lập cơ quan mang mã {{code}}. Hãy hủy kế hoạch đó trước.",
    parentClosed:
      "{{name}} đã kết thúc hoạt động nên không nhận cơ quan trực thuộc mới. Hãy chọn cơ quan cấp trên khác.",
    planned: "Cơ quan này đã có một kế hoạch chưa thực hiện. Hãy hủy kế hoạch đó trước.",
    agencyClosed: "Cơ quan này đã kết thúc hoạt động nên không thay đổi được nữa. Hãy làm việc này ở cơ quan kế thừa.",
    belowItself:
      "Một cơ quan không thể trực thuộc chính nó hoặc cơ quan cấp dưới của nó. Hãy chọn cơ quan cấp trên khác.",
    successorClosed: "{{name}} đã kết thúc hoạt động hoặc là chính cơ quan này. Hãy chọn cơ quan kế thừa khác.",
    successorMissing:
      "Cơ quan này còn hồ sơ, bước xử lý hoặc cơ quan trực thuộc. Hãy chọn cơ quan kế thừa để chuyển sang.",
    changedMeanwhile: "{{who}} vừa thay đổi nội dung này lúc {{at}}. Hãy mở lại trang để xem rồi làm tiếp.",
    partTaken: "Cơ quan này đã có bộ phận mang tên đó. Hãy đặt tên khác.",
    partInUse:
      "{{name}} còn {{people}} cán bộ và {{steps}} việc đang xử lý. Hãy chuyển hết sang bộ phận khác rồi mới đóng.",
    usernameTaken: "Tên đăng nhập {{username}} hoặc địa chỉ thư vừa có người dùng. Hãy chọn tên khác.",
    emailTaken: "Địa chỉ thư điện tử này đã thuộc tài khoản khác. Hãy dùng địa chỉ khác.",
    worksElsewhere:
      "Người này còn làm việc ở cơ quan ngoài phạm vi của bạn. Hãy đề nghị quản trị viên của tỉnh thực hiện.",
    notYourself: "Bạn không thể khóa tài khoản của chính mình. Hãy nhờ quản trị viên khác.",
    notOfficer: "Chỉ cán bộ mới được phân công vai trò ở cơ quan.",
    hasPosting: "Người này đang giữ vai trò đó ở cơ quan này. Hãy kết thúc vị trí cũ trước nếu muốn thay đổi.",
    noPlace: "Người này không có vị trí nào để chuyển.",
    notNewest: "Chỉ hoàn tác được lần thay đổi nơi tiếp nhận mới nhất. Hãy sửa trực tiếp.",
    changedSince: "Nội dung này đã được thay đổi thêm sau đó nên không hoàn tác được. Hãy sửa trực tiếp.",
    noUndo: {
      merged:
        "Không hoàn tác được: hồ sơ, cán bộ và thủ tục đã chuyển sang cơ quan kế thừa và có thể đã được xử lý tiếp. Hãy lập cơ quan mới rồi chuyển lại nếu cần.",
      created: "Không hoàn tác được: cái đã lập có thể đã được dùng. Hãy kết thúc hoặc khóa thay vì xóa.",
      otherwise: "Không hoàn tác được bằng cách khôi phục. Hãy dùng thao tác ngược lại trên trang.",
      undone: "Thay đổi này đã được hoàn tác.",
      isUndo: "Đây là một lần hoàn tác. Hãy sửa trực tiếp nếu cần.",
    },
    sheetApplied: "Danh sách này đã được áp dụng rồi.",
    sheetNotApplied: "Danh sách này chưa được áp dụng.",
    sheetWrong: "Có {{count}} dòng không còn đúng. Hãy xem lại báo cáo, sửa tệp rồi tải lên lại; chưa có gì thay đổi.",
  },
} as const;
