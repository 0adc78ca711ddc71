import type { SameShape } from "#platform/i18n.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    home: typeof vi;
  }
}

export const vi = {
  title: "Trang chủ",
  question: "Bạn cần làm thủ tục gì?",
  lead: "Tìm thủ tục, xem giấy tờ cần có, nộp hồ sơ và theo dõi kết quả trên một cổng duy nhất.",
  search: {
    label: "Tìm thủ tục hành chính",
    placeholder: "Ví dụ: đăng ký khai sinh",
    button: "Tìm kiếm",
    often: "Thường tìm:",
  },
  track: {
    label: "Tra cứu hồ sơ",
    hint: "Nhập mã hồ sơ ghi trên giấy tiếp nhận, hoặc mã tra cứu nhận được khi nộp trực tuyến.",
    button: "Tra cứu",
  },
  events: {
    heading: "Chọn theo việc bạn đang cần",
    all: "Tất cả thủ tục",
    bySector: "Thủ tục theo lĩnh vực",
    business: { title: "Kinh doanh", text: "Thành lập, thay đổi, giấy phép con của doanh nghiệp, hộ kinh doanh" },
    co_con_nho: { title: "Có con nhỏ", text: "Khai sinh, thẻ bảo hiểm y tế và cư trú cho con" },
    hoc_tap: { title: "Học tập", text: "Nhập học, chuyển trường, học bổng, văn bằng" },
    viec_lam: { title: "Việc làm", text: "Tìm việc, thất nghiệp, giấy phép lao động" },
    cu_tru_giay_to: { title: "Cư trú và giấy tờ tùy thân", text: "Thường trú, tạm trú, căn cước, hộ chiếu" },
    hon_nhan_gia_dinh: { title: "Hôn nhân và gia đình", text: "Kết hôn, nhận cha mẹ con, giám hộ, con nuôi" },
    dien_luc_nha_o_dat_dai: { title: "Điện, nhà ở, đất đai", text: "Cấp điện, xây nhà, quyền sử dụng đất" },
    suc_khoe_y_te: { title: "Sức khỏe và y tế", text: "Khám, chữa bệnh và bảo hiểm y tế" },
    phuong_tien_nguoi_lai: { title: "Phương tiện và người lái", text: "Giấy phép lái xe, đăng ký xe" },
    huu_tri: { title: "Hưu trí", text: "Lương hưu và chế độ khi nghỉ hưu" },
    nguoi_than_qua_doi: { title: "Người thân qua đời", text: "Khai tử, mai táng phí, tuất" },
    giai_quyet_khieu_kien: { title: "Khiếu nại, khởi kiện", text: "Khiếu nại, tố cáo và việc tại tòa án" },
  },
  known: { heading: "Thủ tục được dùng nhiều" },
  figures: {
    heading: "Thủ tục trên Cổng",
    total: "thủ tục được công khai",
    full: "nộp trực tuyến toàn trình",
    partial: "nộp trực tuyến một phần",
    information: "cung cấp thông tin trực tuyến",
  },
  year: {
    heading: "Giải quyết hồ sơ của tỉnh",
    period: "Từ 01/01/{{year}} đến {{time}} ngày {{date}}.",
    none: "Chưa có số liệu từ đầu năm {{year}}.",
    received: "hồ sơ đã tiếp nhận",
    resolved: "hồ sơ đã giải quyết",
    onTime: "giải quyết đúng hạn",
    percent: "{{share}}%",
    noShare: "Chưa có số liệu",
  },
  notices: { heading: "Thông báo", all: "Tất cả thông báo" },
  how: {
    heading: "Nộp hồ sơ qua bốn bước",
    find: { title: "Tìm thủ tục", text: "Xem giấy tờ cần có, phí, lệ phí và thời hạn trước khi làm." },
    file: { title: "Điền và nộp", text: "Đăng nhập, điền tờ khai, gửi bản chụp giấy tờ. Có thể lưu lại để làm tiếp." },
    follow: { title: "Theo dõi", text: "Xem hồ sơ đang ở đâu, ai xử lý và ngày hẹn trả kết quả." },
    receive: { title: "Nhận kết quả", text: "Tải kết quả về máy, nhận tại bộ phận một cửa hoặc qua bưu chính." },
  },
  call: {
    heading: "Cần người hướng dẫn?",
    text: "Gọi tổng đài trong giờ làm việc, hoặc đến bộ phận một cửa gần nhất để được giúp nộp hồ sơ.",
  },
};

export const en: SameShape<typeof vi> = {
  title: "Home",
  question: "What do you need to do?",
  lead: "Find a procedure, see which papers it asks for, file it and follow it to the result, all in one place.",
  search: {
    label: "Search administrative procedures",
    placeholder: "For example: birth registration",
    button: "Search",
    often: "Often searched:",
  },
  track: {
    label: "Track a dossier",
    hint: "Enter the dossier code on your receipt, or the reference given when you filed online.",
    button: "Track",
  },
  events: {
    heading: "Choose by what is happening in your life",
    all: "All procedures",
    bySector: "Procedures by sector",
    business: { title: "Doing business", text: "Setting up and changing a business, licences of firms and households" },
    co_con_nho: { title: "Having a child", text: "Birth registration, health insurance and residence of a child" },
    hoc_tap: { title: "Education", text: "Enrolment, change of school, scholarships, diplomas" },
    viec_lam: { title: "Work", text: "Finding work, unemployment, work permits" },
    cu_tru_giay_to: {
      title: "Residence and identity papers",
      text: "Permanent and temporary residence, ID card, passport",
    },
    hon_nhan_gia_dinh: { title: "Marriage and family", text: "Marriage, parentage, guardianship, adoption" },
    dien_luc_nha_o_dat_dai: {
      title: "Electricity, housing, land",
      text: "Power supply, building a house, land use rights",
    },
    suc_khoe_y_te: { title: "Health", text: "Medical care and health insurance" },
    phuong_tien_nguoi_lai: { title: "Vehicles and drivers", text: "Driving licences, vehicle registration" },
    huu_tri: { title: "Retirement", text: "Pensions and benefits on retirement" },
    nguoi_than_qua_doi: { title: "A death in the family", text: "Death registration, funeral and survivors' benefits" },
    giai_quyet_khieu_kien: { title: "Complaints and lawsuits", text: "Complaints, denunciations and matters in court" },
  },
  known: { heading: "Widely used procedures" },
  figures: {
    heading: "Procedures on the portal",
    total: "procedures published",
    full: "fully online",
    partial: "partly online",
    information: "information online",
  },
  year: {
    heading: "How the province handles dossiers",
    period: "From 01/01/{{year}} to {{time}} on {{date}}.",
    none: "No figures of {{year}} yet.",
    received: "dossiers received",
    resolved: "dossiers resolved",
    onTime: "resolved on time",
    percent: "{{share}}%",
    noShare: "No figures yet",
  },
  notices: { heading: "Notices", all: "All notices" },
  how: {
    heading: "Four steps to your result",
    find: { title: "Find the procedure", text: "See the papers, fees and time limits before you begin." },
    file: {
      title: "Fill in and file",
      text: "Sign in, fill in the form, send pictures of your papers. You can save and go on later.",
    },
    follow: { title: "Follow it", text: "See where your dossier is, who handles it and when the result is due." },
    receive: { title: "Get the result", text: "Download it, collect it at the one-stop desk, or have it posted." },
  },
  call: {
    heading: "Need someone to guide you?",
    text: "Call the hotline during office hours, or come to the nearest one-stop desk for help with filing.",
  },
};
