import { dataBlock, iconNames, part } from "#platform/components.ts";
import type { Views } from "#platform/render.ts";

export type ComponentView = Extract<keyof Views, `components/${string}`>;

/** Something to show for every shared component; a component without samples does not compile. */
export const samples: { [V in ComponentView]: readonly Views[V][] } = {
  "components/page-heading": [
    {
      title: "Hồ sơ đăng ký khai sinh",
      caption: "Hồ sơ của tôi",
      lead: "Nộp ngày 23/11/2026 tại Ủy ban nhân dân xã.",
      tag: { text: "Đang xử lý", tone: "progress" },
    },
  ],
  "components/breadcrumbs": [
    { items: [{ text: "Trang chủ", href: "/" }, { text: "Thủ tục", href: "/thu-tuc" }, { text: "Đăng ký khai sinh" }] },
  ],
  "components/autosave": [{}],
  "components/back-link": [{ href: "/" }, { href: "/ca-nhan", text: "Về hồ sơ của tôi" }],
  "components/button": [
    { text: "Tiếp tục" },
    { text: "Lưu và làm tiếp sau", kind: "secondary", name: "viec", value: "luu", novalidate: true },
    { text: "Xóa bản nháp", kind: "warning", action: "/dev" },
  ],
  "components/link-button": [
    { text: "Nộp hồ sơ trực tuyến", href: "/dev", kind: "start" },
    { text: "Tải giấy tiếp nhận", href: "/dev", kind: "secondary", download: true },
    { text: "Xem thủ tục", href: "/dev" },
  ],
  "components/print-button": [{ text: "In trang này" }],
  "components/label": [{ for: "mau-nhan", text: "Nhãn lớn của một ô", size: "m" }],
  "components/hint": [{ id: "mau-goi-y", text: "Ghi như trong giấy khai sinh." }],
  "components/error": [{ id: "mau-loi", text: "Hãy nhập họ và tên." }],
  "components/input": [
    {
      name: "fullName",
      id: "mau-nhan",
      label: "Họ, chữ đệm và tên",
      hint: "Ghi như trong giấy tờ tùy thân.",
      value: "Nguyễn Thị Ánh Tuyết",
      autocomplete: "name",
    },
    {
      name: "personalId",
      label: "Số định danh cá nhân",
      error: "Số định danh cá nhân gồm đúng 12 chữ số.",
      value: "0790951234",
      inputmode: "numeric",
      width: 20,
      verbatim: true,
    },
    { name: "fee", label: "Lệ phí", suffix: "đồng", width: 10, inputmode: "numeric", required: false },
    {
      name: "hospital",
      label: "Cơ sở y tế",
      hint: "Gõ vài chữ rồi chọn trong danh sách.",
      suggestions: ["Bệnh viện Đa khoa tỉnh", "Trung tâm Y tế khu vực"],
    },
  ],
  "components/textarea": [
    {
      name: "reason",
      label: "Lý do yêu cầu bổ sung",
      hint: "Nêu rõ giấy tờ còn thiếu.",
      maxLength: 500,
      value: "Thiếu bản chụp giấy chứng sinh.",
    },
    { name: "note", label: "Ghi chú", required: false, rows: 3, error: "Ghi chú dài quá 200 ký tự. Hãy rút ngắn." },
  ],
  "components/select": [
    {
      name: "commune",
      label: "Xã, phường",
      placeholder: "Chọn xã, phường",
      items: [
        { value: "1", text: "Phường Hòa Cường" },
        { value: "2", text: "Xã Bà Nà" },
      ],
      value: "2",
    },
    {
      name: "trade",
      label: "Nghề",
      placeholder: "Chọn một mục",
      items: [
        { value: "Thợ nề", text: "Thợ nề", group: "Xây dựng" },
        { value: "Thợ điện", text: "Thợ điện", group: "Xây dựng" },
        { value: "Bán hàng", text: "Bán hàng", group: "Dịch vụ" },
      ],
    },
    {
      name: "province",
      label: "Tỉnh, thành phố",
      placeholder: "Chọn tỉnh, thành phố",
      items: [],
      error: "Hãy chọn tỉnh, thành phố.",
    },
  ],
  "components/radios": [
    {
      name: "returnMethod",
      label: "Bạn muốn nhận kết quả bằng cách nào?",
      labelSize: "m",
      value: "post",
      items: [
        { value: "online", text: "Bản điện tử trên Cổng", hint: "Có giá trị như bản giấy." },
        { value: "counter", text: "Tại bộ phận một cửa" },
        {
          value: "post",
          text: "Qua bưu chính",
          reveals: [part("components/input", { name: "address", label: "Địa chỉ nhận" })],
        },
      ],
    },
    {
      name: "gender",
      label: "Giới tính",
      inline: true,
      error: "Hãy chọn giới tính.",
      items: [
        { value: "male", text: "Nam" },
        { value: "female", text: "Nữ" },
      ],
    },
  ],
  "components/checkboxes": [
    {
      name: "declared",
      label: "Cam đoan",
      values: ["yes"],
      items: [
        {
          value: "yes",
          text: "Tôi cam đoan những nội dung khai trên đây là đúng sự thật",
          hint: "Khai sai phải chịu trách nhiệm trước pháp luật.",
        },
      ],
    },
    {
      name: "copies",
      label: "Bản sao cần cấp",
      hideLabel: true,
      small: true,
      items: [
        { value: "a", text: "Giấy khai sinh" },
        { value: "b", text: "Giấy chứng nhận kết hôn" },
      ],
    },
  ],
  "components/data-block": [dataBlock({ "@type": "GovernmentService", name: "Một </script> & hai" })],
  "components/date-input": [
    {
      name: "birthDate",
      label: "Ngày, tháng, năm sinh",
      hint: "Ví dụ: 7 3 1995",
      value: { day: "31", month: "2", year: "1995" },
      error: "Ngày này không có trong lịch. Hãy kiểm tra ngày và tháng.",
      wrong: ["day", "month"],
      autocomplete: "bday",
    },
    { name: "issuedOn", label: "Ngày cấp", required: false },
  ],
  "components/partial-date": [
    { name: "fatherBirth", label: "Ngày sinh của cha", value: { day: "", month: "", year: "1962" } },
  ],
  "components/file-upload": [
    {
      name: "birthPaper",
      label: "Giấy chứng sinh",
      hint: "Chụp rõ cả bốn góc.",
      limit: "Tệp PDF, JPG hoặc PNG, mỗi tệp không quá 20 MB.",
      maxBytes: 20 * 1024 * 1024,
      tooLarge: "tệp lớn hơn 20 MB. Hãy chọn tệp nhỏ hơn.",
      accept: ".pdf,.jpg,.jpeg,.png",
      multiple: true,
      files: [
        {
          name: "giay-chung-sinh-benh-vien-phu-san.pdf",
          size: "1,2 MB",
          href: "/dev",
          note: "Ảnh đã được chuyển thành JPEG.",
          replace: { text: "Thay", href: "/dev" },
          remove: { name: "xoa", value: "1" },
        },
      ],
      unfinished: [
        {
          name: "so-ho-khau-cu.pdf",
          note: "Chưa gửi xong (3,1 MB trên 8 MB). Chọn lại đúng tệp này để gửi tiếp.",
          remove: { name: "bo-do", value: "1", text: "Bỏ" },
          resume: { address: "/dev", size: "8388608", date: "" },
        },
      ],
      camera: { name: "chup.birthPaper", label: "Chụp ảnh", about: "“Giấy chứng sinh” (không bắt buộc)" },
      reuse: {
        summary: "Dùng lại giấy tờ đã nộp (1)",
        items: [
          {
            name: "giay-chung-sinh.pdf",
            href: "/dev",
            about: "Đã nộp ngày 12/11/2026, hồ sơ H37.05977-261112-0003",
            use: { name: "dung-lai", value: "1", text: "Dùng tệp này" },
          },
        ],
      },
    },
    {
      name: "mandate",
      label: "Văn bản ủy quyền",
      limit: "Một tệp PDF không quá 20 MB.",
      maxBytes: 20 * 1024 * 1024,
      tooLarge: "tệp lớn hơn 20 MB. Hãy chọn tệp nhỏ hơn.",
      notice: { text: "Tệp bạn chọn sẽ thay cho “uy-quyen.pdf”.", link: { text: "Không thay nữa", href: "/dev" } },
    },
    {
      name: "photo",
      label: "Ảnh chân dung",
      limit: "Ảnh JPG hoặc PNG, không quá 5 MB.",
      maxBytes: 5 * 1024 * 1024,
      tooLarge: "ảnh lớn hơn 5 MB. Hãy chọn ảnh nhỏ hơn.",
      error: "Hãy chọn ảnh chân dung.",
    },
  ],
  "components/file-list": [{ files: [{ name: "giay-chung-sinh.pdf", size: "1,2 MB", href: null }], unfinished: [] }],
  "components/fieldset": [
    {
      id: "mother",
      legend: "Thông tin về mẹ",
      hint: "Để trống nếu không xác định được.",
      parts: [
        part("components/input", { name: "motherName", label: "Họ, chữ đệm và tên của mẹ" }),
        part("components/input", { name: "motherId", label: "Số định danh của mẹ", width: 20 }),
      ],
    },
  ],
  "components/error-summary": [
    {
      errors: [
        { text: "Số định danh cá nhân gồm đúng 12 chữ số.", href: "#personalId" },
        { text: "Ngày này không có trong lịch.", href: "#birthDate" },
      ],
    },
  ],
  "components/tag": [
    { text: "Bản nháp", tone: "neutral" },
    { text: "Mới nộp", tone: "new" },
    { text: "Đang xử lý", tone: "progress" },
    { text: "Chờ bổ sung", tone: "waiting" },
    { text: "Đã trả kết quả", tone: "done" },
    { text: "Từ chối", tone: "refused" },
    { text: "Quá hạn", tone: "late" },
  ],
  "components/summary-list": [
    {
      title: "Người nộp hồ sơ",
      actions: [{ text: "Sửa", href: "/dev", about: "người nộp hồ sơ" }],
      rows: [
        {
          key: "Họ và tên",
          value: "Nguyễn Thị Ánh Tuyết",
          actions: [{ text: "Sửa", href: "/dev", about: "họ và tên" }],
        },
        {
          key: "Nơi cư trú",
          value: ["Số 12 đường Trần Phú", "Phường Hải Châu, thành phố Đà Nẵng"],
          actions: [
            { text: "Sửa", href: "/dev", about: "nơi cư trú" },
            { text: "Xóa", href: "/dev", about: "nơi cư trú" },
          ],
        },
        { key: "Thư điện tử", value: "" },
      ],
    },
    {
      rows: [
        { key: "Mã hồ sơ", value: "000.00.07.H17-261123-0042", href: "/dev" },
        { key: "Trạng thái", value: [], tag: { text: "Đang xử lý", tone: "progress" } },
      ],
    },
  ],
  "components/table": [
    {
      caption: "Hồ sơ chờ xử lý",
      head: [
        { text: "Mã hồ sơ" },
        { text: "Thủ tục" },
        { text: "Hẹn trả", sort: { href: "/dev", direction: "ascending" } },
        { text: "Lệ phí", numeric: true },
        { text: "Trạng thái" },
      ],
      rows: [
        {
          tone: "late",
          cells: [
            { text: "H17.7-261120-0007", href: "/dev", note: "Trần Văn Bình" },
            { text: "Cấp giấy xác nhận tình trạng hôn nhân" },
            { text: "23/11/2026", note: "Quá hạn 2 ngày", noteTone: "late" },
            { text: "15.000 đồng", numeric: true },
            { text: "", tag: { text: "Quá hạn", tone: "late" } },
          ],
        },
        {
          cells: [
            { text: "H17.7-261123-0042", href: "/dev", note: "Nguyễn Thị Ánh Tuyết" },
            { text: "Đăng ký khai sinh" },
            { text: "24/11/2026" },
            { text: "0 đồng", numeric: true },
            { text: "", tag: { text: "Mới nộp", tone: "new" } },
          ],
        },
      ],
    },
  ],
  "components/notification-banner": [
    { kind: "success", text: "Đã lưu bản nháp." },
    {
      kind: "info",
      text: "Thủ tục có phiên bản mới từ ngày 01/12/2026.",
      link: { text: "Xem thay đổi", href: "/dev" },
    },
    { kind: "warning", title: "Hồ sơ cần bổ sung", text: "Hãy gửi giấy tờ còn thiếu trước ngày 30/11/2026." },
  ],
  "components/inset-text": [
    { text: "Thủ tục này chỉ nhận hồ sơ trực tiếp." },
    {
      tone: "warning",
      text: ["Giấy tờ do nước ngoài cấp phải được hợp pháp hóa lãnh sự.", "Bản dịch phải được chứng thực."],
    },
  ],
  "components/warning-text": [{ text: "Khai sai sự thật có thể bị xử phạt vi phạm hành chính." }],
  "components/details": [
    {
      summary: "Vì sao phải cung cấp số định danh?",
      text: "Cán bộ dùng số này để đối chiếu, bạn không phải nộp bản sao giấy tờ.",
    },
  ],
  "components/pagination": [
    { label: "Trang hồ sơ", newer: { href: "/dev" }, older: { href: "/dev" } },
    {
      label: "Trang kết quả",
      newer: { href: "/dev", text: "Trước" },
      older: { href: "/dev", text: "Sau" },
      pages: [
        { number: 1, href: "/dev", current: false },
        "gap",
        { number: 6, href: "/dev", current: false },
        { number: 7, href: "/dev", current: true },
        { number: 8, href: "/dev", current: false },
      ],
    },
  ],
  "components/panel": [{ title: "Đã nộp hồ sơ", text: "Mã tra cứu của bạn", code: "K7M4-9QXD-2WTH-P" }],
  "components/timeline": [
    {
      headingLevel: 3,
      items: [
        {
          title: "Chuyển thẩm định",
          at: "09:12 24/11/2026",
          datetime: "2026-11-24T09:12:00+07:00",
          by: "Phòng Tư pháp",
          tag: { text: "Đang xử lý", tone: "progress" },
        },
        {
          title: "Tiếp nhận hồ sơ",
          at: "15:20 23/11/2026",
          datetime: "2026-11-23T15:20:00+07:00",
          by: "Bộ phận một cửa",
          text: "Hẹn trả kết quả: 17:00 ngày 26/11/2026.",
          links: [{ text: "Giấy tiếp nhận (PDF)", href: "/dev" }],
        },
        { title: "Nộp hồ sơ", at: "10:05 23/11/2026", datetime: "2026-11-23T10:05:00+07:00" },
      ],
    },
  ],
  "components/task-list": [
    {
      label: "Các phần của hồ sơ",
      items: [
        { title: "Tờ khai", href: "/dev", hint: "Khoảng 10 phút", status: { text: "Đã xong", tone: "done" } },
        { title: "Giấy tờ đính kèm", href: "/dev", status: { text: "Chưa đủ", tone: "waiting" } },
        { title: "Kiểm tra và nộp", status: { text: "Chưa mở", tone: "neutral" } },
      ],
    },
  ],
  "components/sub-navigation": [
    {
      label: "Nhóm hồ sơ",
      items: [
        { text: "Của tôi", href: "/dev", current: true, count: "12" },
        { text: "Chưa phân công", href: "/dev", current: false, count: "3" },
        { text: "Quá hạn", href: "/dev", current: false },
      ],
    },
  ],
  "components/search-box": [
    {
      action: "/thu-tuc",
      name: "q",
      label: "Tìm thủ tục",
      hint: "Có thể gõ không dấu.",
      value: "khai sinh",
      button: "Tìm",
      hidden: [{ name: "muc-do", value: "full" }],
      suggest: {
        href: "/thu-tuc/goi-y",
        label: "Thủ tục gợi ý",
        found: "Có {count} gợi ý.",
        none: "Không có gợi ý.",
      },
    },
    {
      action: "/tra-cuu",
      name: "ma",
      label: "Mã hồ sơ",
      button: "Tra cứu",
      size: "large",
      id: "mau-tra-cuu",
      verbatim: true,
    },
  ],
  "components/facets": [
    {
      label: "Lọc thủ tục",
      clear: { text: "Bỏ các bộ lọc", href: "/dev" },
      groups: [
        {
          title: "Mức độ",
          items: [
            { text: "Toàn trình", href: "/dev", count: "812", current: true },
            { text: "Một phần", href: "/dev", count: "1.204", current: false },
          ],
        },
        {
          title: "Lĩnh vực",
          items: [{ text: "Hộ tịch", href: "/dev", count: "32", current: false }],
          more: { text: "Tất cả lĩnh vực", href: "/dev" },
        },
      ],
    },
  ],
  "components/card-grid": [
    {
      headingLevel: 3,
      columns: 3,
      items: [
        { title: "Có con nhỏ", href: "/dev", text: "Khai sinh, bảo hiểm y tế và cư trú cho con", icon: "baby" },
        { title: "Đăng ký kết hôn", href: "/dev", note: "Hộ tịch" },
        { title: "Cấp phép xây dựng", href: "/dev", tag: { text: "Toàn trình", tone: "done" } },
      ],
    },
  ],
  "components/figures": [
    {
      items: [
        { value: "5.105", text: "thủ tục được công khai" },
        { value: "98,6%", text: "hồ sơ trả đúng hạn", href: "/dev" },
      ],
    },
  ],
  "components/progress-steps": [
    {
      label: "Tiến độ điền hồ sơ",
      steps: [
        { text: "Nơi nộp", state: "done", href: "/dev" },
        { text: "Tờ khai", state: "current" },
        { text: "Giấy tờ", state: "todo" },
        { text: "Nhận kết quả", state: "todo" },
        { text: "Kiểm tra", state: "todo" },
      ],
    },
    {
      label: "Tiến độ điền hồ sơ chưa biết có mấy bước",
      steps: [
        { text: "Tờ khai", state: "current" },
        { text: "Giấy tờ (nếu có)", state: "todo" },
        { text: "Kiểm tra", state: "todo" },
      ],
      isOpen: true,
    },
  ],
  "components/empty-state": [
    {
      title: "Chưa có hồ sơ nào",
      text: "Hồ sơ bạn nộp sẽ hiện ở đây.",
      link: { text: "Tìm thủ tục", href: "/thu-tuc" },
    },
  ],
  "components/icon": iconNames.map((name) => ({ name })),
};
