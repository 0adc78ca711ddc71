import type { SameShape } from "./i18n.ts";

export const vi = {
  refused: {
    notFound:
      "Không tìm thấy trang hoặc hồ sơ này. Hãy kiểm tra lại địa chỉ; nếu là hồ sơ, hãy đăng nhập bằng tài khoản đã nộp hồ sơ đó.",
    forbidden:
      "Tài khoản của bạn không có quyền làm việc này. Nếu bạn có tài khoản khác, hãy đăng xuất rồi đăng nhập bằng tài khoản đó.",
    foreignOrigin: "Yêu cầu được gửi từ một trang khác nên không được thực hiện. Hãy mở trang này từ cổng và làm lại.",
    tooManyRequests: "Bạn đã thử quá nhiều lần. Hãy đợi {{minutes}} phút rồi thử lại.",
    bodyTooLarge: "Nội dung gửi lên quá lớn. Hãy rút ngắn nội dung rồi gửi lại.",
    fileTooLarge: "Tệp lớn hơn {{megabytes}} MB. Hãy chọn tệp nhỏ hơn hoặc chụp lại với độ phân giải thấp hơn.",
    uploadBroken: "Tệp chưa được gửi lên trọn vẹn. Hãy kiểm tra đường truyền rồi gửi lại.",
    tooManyFiles: "Bạn chọn quá nhiều tệp cùng lúc. Hãy gửi mỗi lần ít tệp hơn.",
    badRequest: "Máy chủ không đọc được yêu cầu này. Hãy quay lại trang trước và thử lại.",
  },
  upload: {
    limit:
      "Tệp PDF, ảnh (JPG, PNG, HEIC, WebP), tệp Word (DOCX) hoặc Excel (XLSX); mỗi tệp không quá {{megabytes}} MB.",
    tooLarge: "Tệp “{{name}}” lớn hơn {{megabytes}} MB. Hãy chọn tệp nhỏ hơn hoặc chụp lại với độ phân giải thấp hơn.",
    tooMany: "Mỗi lần chỉ gửi được {{max}} tệp. Hãy bỏ bớt tệp rồi gửi lại.",
    empty: "Tệp “{{name}}” không có nội dung. Hãy mở thử tệp trên máy của bạn rồi chọn lại.",
    wrongType:
      "Không nhận được tệp “{{name}}”. Hãy chọn tệp PDF, ảnh (JPG, PNG, HEIC, WebP), tệp Word (DOCX) hoặc Excel (XLSX).",
    broken: "Tệp “{{name}}” bị hỏng hoặc bị thiếu một phần. Hãy mở thử tệp trên máy của bạn rồi chọn hoặc chụp lại.",
    active:
      "Không nhận tệp “{{name}}” vì trong tệp có mã lệnh, tệp đính kèm hoặc lệnh tự mở. Hãy in tệp ra PDF (chọn In, rồi Lưu thành PDF) hoặc chụp lại giấy tờ, rồi gửi tệp mới.",
    locked:
      "Không nhận tệp “{{name}}” vì tệp đặt mật khẩu hoặc bị khóa. Hãy mở tệp trên máy của bạn, in ra PDF không có mật khẩu, rồi gửi tệp mới.",
    bomb: "Không nhận tệp “{{name}}” vì nội dung nén trong tệp quá lớn. Hãy in tệp ra PDF hoặc chụp lại giấy tờ, rồi gửi tệp mới.",
    mixed:
      "Không nhận tệp “{{name}}” vì trong tệp lẫn nội dung của loại tệp khác. Hãy in tệp ra PDF hoặc chụp lại giấy tờ, rồi gửi tệp mới.",
    tooManyPixels: "Ảnh “{{name}}” có kích thước quá lớn. Hãy chụp lại với độ phân giải thấp hơn rồi chọn lại.",
    busy: "Chưa xử lý được ảnh “{{name}}” vì đang có nhiều người cùng gửi ảnh. Hãy gửi lại sau một phút.",
  },
  scan: {
    label: {
      none: "chưa quét mã độc",
      pending: "đang chờ quét mã độc",
      infected: "có mã độc",
      failed: "chưa quét được mã độc",
    },
    advice: {
      infected:
        "Tệp này có mã độc nên không ai mở được. Hãy quét vi-rút máy của bạn, làm lại tệp (chụp hoặc quét lại giấy tờ), rồi thay tệp này.",
      failed:
        "Chưa kiểm tra được tệp này nên cơ quan chưa mở được. Nếu sau một ngày vẫn thấy dòng này, hãy chụp lại giấy tờ rồi thay tệp.",
    },
    refused: {
      pending: "Tệp đang được kiểm tra mã độc. Hãy đợi một phút rồi mở lại.",
      infected:
        "Tệp này có mã độc nên không ai mở được. Người nộp cần gửi lại tệp khác; cán bộ hãy yêu cầu bổ sung giấy tờ này.",
      failed:
        "Chưa kiểm tra được mã độc trong tệp này nên chưa mở được. Cổng sẽ tự kiểm tra lại; nếu cần ngay, hãy nhờ người nộp gửi tệp khác.",
    },
  },
  errors: {
    title: "Không thực hiện được",
    notFoundTitle: "Không tìm thấy",
    bugTitle: "Cổng đang gặp trục trặc",
    bugText:
      "Lỗi đã được ghi lại. Những gì bạn đã lưu vẫn còn. Hãy thử lại sau ít phút; nếu vẫn gặp lỗi, hãy gọi đường dây nóng và đọc mã này:",
    whatNow: "Bạn có thể",
    goHome: "Về trang chủ",
    goBack: "Quay lại trang trước",
    again: "Thử lại",
    contact: "Xem cách liên hệ hỗ trợ",
    summary: "Có chỗ cần sửa",
    prefix: "Lỗi:",
  },
  later: {
    title: "Cổng đang bận",
    crowded: "Nhiều người đang truy cập cùng lúc. Hãy thử lại sau {{seconds}} giây. Những gì bạn đã lưu vẫn còn.",
    away: "Một phần của hệ thống tạm thời gián đoạn và sẽ tự hoạt động trở lại. Hãy thử lại sau {{seconds}} giây. Những gì bạn đã lưu vẫn còn.",
    kept: "Những gì bạn vừa gửi chưa được lưu nhưng còn nguyên trên trang này. Hãy giữ trang này mở và bấm Gửi lại sau ít phút, không phải nhập lại.",
    resend: "Gửi lại",
  },
  idle: {
    title: "Trang này đã được che",
    text: "Không có ai dùng máy trong một lúc nên nội dung đã được che và phiên làm việc sắp hết hoặc đã hết. Hãy đăng nhập lại ở thẻ mới; trang này sẽ tự mở ra và những gì đang nhập dở vẫn còn nguyên.",
    signIn: "Đăng nhập lại",
  },
  layout: {
    portal: "Cổng dịch vụ công",
    desk: "Một cửa điện tử",
    skip: "Đến nội dung chính",
    mainNavigation: "Điều hướng chính",
    unread: "chưa đọc",
    account: "Tài khoản",
    backNavigation: "Trang trước",
    signIn: "Đăng nhập",
    signUp: "Đăng ký",
    signOut: "Đăng xuất",
    menu: "Menu",
    otherLanguage: "English",
    search: "Tìm hồ sơ",
    searchHint: "Mã hồ sơ hoặc tên người nộp",
    searchButton: "Tìm",
    help: "Hỗ trợ",
    hotline: "Tổng đài hỗ trợ",
    services: "Dịch vụ",
    procedures: "Thủ tục hành chính",
    track: "Tra cứu hồ sơ",
    myDossiers: "Hồ sơ của tôi",
    owner: "Cơ quan chủ quản",
    ownerText: "Ủy ban nhân dân {{province}}",
    free: "Tra cứu và nộp hồ sơ trên Cổng không mất phí sử dụng. Không cung cấp mật khẩu, mã xác thực cho bất kỳ ai.",
  },
  install: {
    shortName: "Dịch vụ công",
    offlineTitle: "Không có kết nối mạng",
    offlineText:
      "Máy của bạn chưa kết nối được với Cổng. Những gì bạn đã lưu vẫn còn. Nếu đang kê khai, hãy bấm nút quay lại của trình duyệt: phần đã lưu sẽ hiện lại khi có mạng.",
    offlineEnglish:
      "The line is down. What you saved is kept. If you were filling in a form, go back: what was saved appears again when the line is back.",
    again: "Thử lại",
  },
  autosave: {
    saved: "Đã lưu lúc {{time}}",
    conflict:
      "Chưa lưu: hồ sơ này vừa được sửa ở cửa sổ khác. Những gì bạn nhập vẫn còn trên trang này; hãy bấm nút lưu để xem lại trước khi thay thế.",
    failed: "Chưa lưu được. Những gì bạn nhập vẫn còn trên trang này; Cổng sẽ tự thử lại.",
    offline:
      "Mất kết nối mạng. Những gì bạn nhập vẫn còn trên trang này và sẽ được lưu khi có mạng trở lại; đừng đóng trang.",
    keptHere: "Mất kết nối mạng. Những gì bạn nhập được giữ trên máy này và sẽ được lưu khi có mạng trở lại.",
    ended: "Phiên đăng nhập đã hết. Hãy bấm nút lưu để đăng nhập lại; những gì bạn nhập không mất.",
    gone: "Không lưu được: trang này không còn nhận nội dung. Hãy tải lại trang để xem hồ sơ.",
    ownDevice: "Đây là máy của tôi: khi mất mạng, giữ phần chưa gửi trên máy này",
    found: "Có nội dung nhập lúc mất mạng, còn giữ trên máy này, khác với nội dung đã lưu ở nơi khác.",
    use: "Dùng nội dung trên máy này",
    drop: "Bỏ nội dung trên máy này",
    arrived: "Đã lưu những gì bạn nhập lúc mất mạng.",
  },
  look: {
    contrastOn: "Bật tương phản cao",
    contrastOff: "Tắt tương phản cao",
    largeOn: "Chữ lớn hơn",
    largeOff: "Chữ cỡ thường",
  },
  components: {
    optional: "(không bắt buộc)",
    error: "Lỗi:",
    back: "Quay lại",
    breadcrumbs: "Vị trí trong Cổng",
    day: "Ngày",
    month: "Tháng",
    year: "Năm",
    partialDate: "Nếu không nhớ ngày hoặc tháng, hãy để trống ô đó và chỉ nhập phần biết chắc.",
    charactersLimit: "Nhập tối đa {{count}} ký tự.",
    charactersLeft: "Còn {{count}} ký tự.",
    charactersOver: "Thừa {{count}} ký tự. Hãy rút ngắn.",
    handedIn: "Tệp đã gửi",
    remove: "Xóa",
    pages: "Các trang kết quả",
    newer: "Mới hơn",
    older: "Cũ hơn",
    page: "Trang {{number}}",
    success: "Đã xong",
    information: "Thông tin",
    warning: "Lưu ý",
    step: "Bước {{current}}/{{total}}",
    stepOpen: "Bước {{current}}",
    stepDone: "Đã xong:",
    notFilled: "Chưa điền",
  },
} as const;

export const en: SameShape<typeof vi> = {
  refused: {
    notFound:
      "We cannot find this page or dossier. Check the address; if it is a dossier, sign in with the account that filed it.",
    forbidden: "Your account may not do this. If you have another account, sign out and sign in with that one.",
    foreignOrigin:
      "The request came from another site, so it was not carried out. Open this page from the portal and try again.",
    tooManyRequests: "Too many attempts. Wait {{minutes}} min, then try again.",
    bodyTooLarge: "What was sent is too large. Shorten it and send it again.",
    fileTooLarge:
      "The file is larger than {{megabytes}} MB. Choose a smaller one or take the picture at a lower resolution.",
    uploadBroken: "The file did not arrive whole. Check your connection and send it again.",
    tooManyFiles: "Too many files at once. Send fewer files each time.",
    badRequest: "The server could not read this request. Go back to the previous page and try again.",
  },
  upload: {
    limit:
      "A PDF, a picture (JPG, PNG, HEIC, WebP), a Word (DOCX) or Excel (XLSX) file; at most {{megabytes}} MB each.",
    tooLarge:
      "“{{name}}” is larger than {{megabytes}} MB. Choose a smaller file or take the picture at a lower resolution.",
    tooMany: "At most {{max}} files can be sent at once. Leave some out and send again.",
    empty: "“{{name}}” is empty. Open it on your own machine to check it, then choose it again.",
    wrongType:
      "“{{name}}” cannot be accepted. Choose a PDF, a picture (JPG, PNG, HEIC, WebP), a Word (DOCX) or an Excel (XLSX) file.",
    broken:
      "“{{name}}” is damaged or incomplete. Open it on your own machine to check it, then choose or take it again.",
    active:
      "“{{name}}” was not taken: it holds program code, attached files or orders to open something. Print it to PDF, or photograph the paper, and send the new file.",
    locked:
      "“{{name}}” was not taken: it has a password or is locked. Open it on your device, print it to a PDF without a password, and send the new file.",
    bomb: "“{{name}}” was not taken: unpacked it is far too large. Print it to PDF, or photograph the paper, and send the new file.",
    mixed:
      "“{{name}}” was not taken: it holds a file of another kind. Print it to PDF, or photograph the paper, and send the new file.",
    tooManyPixels: "The picture “{{name}}” is too large. Take it again at a lower resolution, then choose it again.",
    busy: "“{{name}}” could not be processed because many people are sending pictures. Send it again in a minute.",
  },
  scan: {
    label: {
      none: "not checked for malware",
      pending: "waits to be checked for malware",
      infected: "contains malware",
      failed: "could not be checked for malware",
    },
    advice: {
      infected:
        "This file contains malware, so nobody can open it. Check your device for viruses, make the file anew (photograph or scan the paper again), then replace it.",
      failed:
        "This file could not be checked yet, so the agency cannot open it. If you still read this after a day, photograph the paper again and replace the file.",
    },
    refused: {
      pending: "The file is being checked for malware. Wait a minute, then open it again.",
      infected:
        "This file contains malware, so nobody can open it. The applicant must send another one; officers ask for this paper as a supplement.",
      failed:
        "This file could not be checked for malware, so it cannot be opened yet. The portal will try again; if it is urgent, ask the applicant for another file.",
    },
  },
  errors: {
    title: "This could not be done",
    notFoundTitle: "Not found",
    bugTitle: "The portal has a problem",
    bugText:
      "The error has been recorded. What you saved is kept. Try again in a few minutes; if it persists, call the hotline and read this code:",
    whatNow: "You can",
    goHome: "Go to the home page",
    goBack: "Go back to the previous page",
    again: "Try again",
    contact: "See how to reach us",
    summary: "There is a problem",
    prefix: "Error:",
  },
  later: {
    title: "The portal is busy",
    crowded: "Many people are here at once. Try again in {{seconds}} seconds. What you saved is kept.",
    away: "A part of the system is interrupted and comes back by itself. Try again in {{seconds}} seconds. What you saved is kept.",
    kept: "What you just sent is not saved yet, but it is all on this page. Keep this page open and press Send again in a few minutes; nothing has to be typed again.",
    resend: "Send again",
  },
  idle: {
    title: "This page is covered",
    text: "Nobody used this machine for a while, so the page was covered and the session is over or about to be. Sign in again in a new tab; this page then opens by itself, with what was being typed.",
    signIn: "Sign in again",
  },
  layout: {
    portal: "Public Service Portal",
    desk: "One-stop desk",
    skip: "Skip to main content",
    mainNavigation: "Main",
    unread: "unread",
    account: "Account",
    backNavigation: "Previous page",
    signIn: "Sign in",
    signUp: "Sign up",
    signOut: "Sign out",
    menu: "Menu",
    otherLanguage: "Tiếng Việt",
    search: "Find a dossier",
    searchHint: "Dossier code or applicant's name",
    searchButton: "Search",
    help: "Help",
    hotline: "Hotline",
    services: "Services",
    procedures: "Administrative procedures",
    track: "Track a dossier",
    myDossiers: "My dossiers",
    owner: "Responsible authority",
    ownerText: "People's Committee, {{province}}",
    free: "Searching and filing on the portal is free of charge. Never give your password or one-time code to anyone.",
  },
  install: {
    shortName: "Public services",
    offlineTitle: "No connection",
    offlineText:
      "Your device could not reach the portal. What you saved is kept. If you were filling in a form, go back: what was saved appears again when the line is back.",
    offlineEnglish: "Try again when the line is back.",
    again: "Try again",
  },
  autosave: {
    saved: "Saved at {{time}}",
    conflict:
      "Not saved: this dossier was just changed in another window. What you typed is still on this page; press the save button to look it through before it replaces anything.",
    failed: "Not saved yet. What you typed is still on this page; the portal will try again by itself.",
    offline:
      "The line is down. What you typed is still on this page and will be saved when the line is back; do not close the page.",
    keptHere: "The line is down. What you typed is kept on this device and will be saved when the line is back.",
    ended: "Your session has ended. Press the save button to sign in again; what you typed is not lost.",
    gone: "Not saved: this page takes nothing any more. Load it again to see the dossier.",
    ownDevice: "This is my own device: keep on it what could not be sent while the line is down",
    found: "Something typed while the line was down is still on this device; it differs from what was saved elsewhere.",
    use: "Use what is on this device",
    drop: "Discard what is on this device",
    arrived: "What you typed while the line was down is saved.",
  },
  look: {
    contrastOn: "Turn on high contrast",
    contrastOff: "Turn off high contrast",
    largeOn: "Larger text",
    largeOff: "Usual text size",
  },
  components: {
    optional: "(optional)",
    error: "Error:",
    back: "Back",
    breadcrumbs: "Where you are",
    day: "Day",
    month: "Month",
    year: "Year",
    partialDate:
      "If you do not remember the day or the month, leave that box empty and fill in only what you are sure of.",
    charactersLimit: "At most {{count}} characters.",
    charactersLeft: "{{count}} characters left.",
    charactersOver: "{{count}} characters too many. Please shorten the text.",
    handedIn: "Files handed in",
    remove: "Remove",
    pages: "Pages of results",
    newer: "Newer",
    older: "Older",
    page: "Page {{number}}",
    success: "Done",
    information: "Information",
    warning: "Please note",
    step: "Step {{current}} of {{total}}",
    stepOpen: "Step {{current}}",
    stepDone: "Done:",
    notFilled: "Not filled in",
  },
};
