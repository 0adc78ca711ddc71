export const vi = {
  notice: {
    submitted: {
      title: "Cổng đã nhận được hồ sơ bạn nộp",
      text: "Mã tra cứu của hồ sơ: {{reference}}. Cơ quan sẽ xem hồ sơ rồi báo cho bạn biết hồ sơ có được tiếp nhận hay không. Lúc này bạn chưa cần làm gì thêm.",
    },
    filed_for_you: {
      title: "Có hồ sơ vừa được nộp thay bạn",
      text: "Một người đã nộp hồ sơ trên Cổng và khai rằng nộp thay bạn hoặc tổ chức của bạn. Nơi nhận: {{agency}}. Nếu bạn không nhờ việc này, hãy liên hệ ngay nơi nhận để hồ sơ được dừng lại.",
    },
    accepted: {
      title: "Hồ sơ {{code}} đã được tiếp nhận",
      text: "Hẹn trả kết quả: {{due}}. Giấy tiếp nhận hồ sơ và hẹn trả kết quả có trong trang hồ sơ.",
    },
    accepted_undated: {
      title: "Hồ sơ {{code}} đã được tiếp nhận",
      text: "Giấy tiếp nhận hồ sơ có trong trang hồ sơ.",
    },
    declined: {
      title: "Hồ sơ {{code}} không được tiếp nhận",
      text: "Lý do được ghi trong trang hồ sơ. Hãy đọc lý do, chuẩn bị lại rồi nộp hồ sơ mới.",
    },
    moved: {
      title: "Hồ sơ {{code}} đã chuyển sang bước tiếp theo",
      text: "Bước đang thực hiện: {{step}}. Bạn chưa cần làm gì thêm.",
    },
    supplement: {
      title: "Hồ sơ {{code}} cần bổ sung",
      text: "Hãy mở trang hồ sơ để xem những gì cần bổ sung, rồi nộp bổ sung trước hết ngày {{answerBy}}.",
    },
    supplement_undated: {
      title: "Hồ sơ {{code}} cần bổ sung",
      text: "Hãy mở trang hồ sơ để xem những gì cần bổ sung, rồi nộp bổ sung sớm.",
    },
    extended: {
      title: "Hồ sơ {{code}} được hẹn lại ngày trả kết quả",
      text: "Cơ quan xin lỗi vì chưa giải quyết xong đúng hẹn. Ngày hẹn mới: {{due}}. Lý do được ghi trong trang hồ sơ.",
    },
    due_moved: {
      title: "Ngày hẹn trả của hồ sơ {{code}} thay đổi",
      text: "Lịch làm việc của cơ quan thay đổi nên ngày hẹn trả kết quả được tính lại: {{due}}. Cách tính có trong trang hồ sơ.",
    },
    stopped: {
      title: "Hồ sơ {{code}} đã dừng giải quyết",
      text: "Lý do được ghi trong trang hồ sơ. Nếu chưa rõ, hãy liên hệ cơ quan giải quyết theo số điện thoại trong trang đó.",
    },
    refused: {
      title: "Hồ sơ {{code}} không đủ điều kiện giải quyết",
      text: "Lý do được ghi trong trang hồ sơ. Nếu chưa rõ, hãy liên hệ cơ quan giải quyết theo số điện thoại trong trang đó.",
    },
    lateness: {
      title: "Lý do hồ sơ {{code}} trễ hẹn",
      text: "Cơ quan xin lỗi vì đã quá ngày hẹn trả kết quả ({{due}}). Lý do được ghi trong trang hồ sơ. Ngày hẹn giữ nguyên.",
    },
    sent_back: {
      title: "Hồ sơ {{code}} được trả lại để hoàn thiện",
      text: "Hồ sơ chưa đủ điều kiện giải quyết. Hãy mở trang hồ sơ để xem lý do, rồi nộp lại cho đủ trước hết ngày {{answerBy}}. Thời hạn được tính lại từ đầu khi cơ quan nhận đủ.",
    },
    sent_back_undated: {
      title: "Hồ sơ {{code}} được trả lại để hoàn thiện",
      text: "Hồ sơ chưa đủ điều kiện giải quyết. Hãy mở trang hồ sơ để xem lý do, rồi nộp lại cho đủ. Thời hạn được tính lại từ đầu khi cơ quan nhận đủ.",
    },
    obligation: {
      title: "Hồ sơ {{code}} chờ bạn thực hiện nghĩa vụ tài chính",
      text: "Hãy mở trang hồ sơ để xem khoản phải nộp và cách nộp. Đề nghị nộp trước hết ngày {{answerBy}} và giữ lại chứng từ.",
    },
    obligation_undated: {
      title: "Hồ sơ {{code}} chờ bạn thực hiện nghĩa vụ tài chính",
      text: "Hãy mở trang hồ sơ để xem khoản phải nộp và cách nộp. Nộp xong, hãy giữ lại chứng từ.",
    },
    obligation_met: {
      title: "Đã ghi nhận nghĩa vụ tài chính của hồ sơ {{code}}",
      text: "Cơ quan giải quyết tiếp hồ sơ. Hẹn trả kết quả: {{due}}.",
    },
    draft_shown: {
      title: "Hồ sơ {{code}}: mời bạn xem dự thảo kết quả",
      text: "Hãy mở trang hồ sơ để xem dự thảo và trả lời trước {{due}}. Quá thời điểm đó mà bạn không trả lời, cơ quan coi như bạn đồng ý.",
    },
    draft_silent: {
      title: "Hồ sơ {{code}}: hết thời gian xem dự thảo kết quả",
      text: "Cơ quan không nhận được ý kiến của bạn trước thời điểm đã báo, nên coi như bạn đồng ý với dự thảo và giải quyết tiếp.",
    },
    reopened: {
      title: "Hồ sơ {{code}} được giải quyết lại",
      text: "Lãnh đạo cơ quan cho mở lại hồ sơ. Lý do được ghi trong trang hồ sơ. Bạn chưa cần làm gì thêm.",
    },
    rerouted: {
      title: "Hồ sơ của bạn chuyển sang cơ quan kế thừa",
      text: "Cơ quan đang giữ hồ sơ được sắp xếp lại, cơ quan kế thừa giải quyết tiếp. Mã hồ sơ và ngày hẹn trả giữ nguyên. Bạn không phải nộp lại gì.",
    },
    voided: {
      title: "Hồ sơ {{code}} được ghi nhầm và đã hủy việc tiếp nhận",
      text: "Lý do được ghi trong trang hồ sơ. Giấy tiếp nhận mang mã này không còn hiệu lực. Nếu bạn vẫn cần giải quyết, hãy nộp hồ sơ mới.",
    },
    collect: {
      title: "Kết quả hồ sơ {{code}} đang chờ bạn đến nhận",
      text: "Hãy mang giấy tiếp nhận và giấy tờ tùy thân đến bộ phận một cửa nơi đã nộp. Người khác nhận thay cần có văn bản ủy quyền.",
    },
    corrected: {
      title: "Kết quả hồ sơ {{code}} được đính chính",
      text: "Bản đã đính chính thay cho bản trước. Lý do và bản mới có trong trang hồ sơ. Bạn không phải trả thêm khoản nào cho việc này.",
    },
    paper_replaced: {
      title: "Một giấy của hồ sơ {{code}} được thay bằng giấy mới",
      text: "Giấy cũ không còn hiệu lực. Giấy mới có trong trang hồ sơ, hãy tải về và dùng giấy mới.",
    },
    paper_revoked: {
      title: "Một giấy của hồ sơ {{code}} đã bị thu hồi",
      text: "Giấy này không còn hiệu lực và được đánh dấu trong trang hồ sơ. Nếu bạn đã đưa giấy cho nơi khác, hãy báo cho nơi đó. Muốn biết lý do, hãy liên hệ cơ quan giải quyết theo số điện thoại trong trang hồ sơ.",
    },
    completed_online: {
      title: "Hồ sơ {{code}} đã có kết quả",
      text: "Kết quả sẽ được trả ngay trên Cổng. Khi tải về được, bạn sẽ nhận thêm một thông báo.",
    },
    completed_counter: {
      title: "Hồ sơ {{code}} đã có kết quả",
      text: "Mời bạn đến bộ phận một cửa nơi nộp hồ sơ để nhận. Hãy mang theo giấy tờ tùy thân và giấy tiếp nhận hồ sơ.",
    },
    completed_post: {
      title: "Hồ sơ {{code}} đã có kết quả",
      text: "Kết quả sẽ được gửi đến bạn qua bưu chính công ích.",
    },
    delivered_online: {
      title: "Kết quả hồ sơ {{code}} đã được trả trên Cổng",
      text: "Mở trang hồ sơ để xem và tải kết quả về. Mời bạn đánh giá việc phục vụ ở trang hồ sơ.",
    },
    delivered_counter: {
      title: "Kết quả hồ sơ {{code}} đã được trao tại quầy",
      text: "Nếu bạn hoặc người được bạn nhờ chưa nhận, hãy báo ngay cho bộ phận một cửa nơi nộp hồ sơ. Mời bạn đánh giá việc phục vụ ở trang hồ sơ.",
    },
    delivered_post: {
      title: "Kết quả hồ sơ {{code}} đã được gửi qua bưu chính",
      text: "Nếu sau ít ngày vẫn chưa nhận được, hãy liên hệ bộ phận một cửa nơi nộp hồ sơ. Mời bạn đánh giá việc phục vụ ở trang hồ sơ.",
    },
    draft_waiting: {
      title: "Bản khai của bạn chưa được nộp",
      text: "Bạn đã bắt đầu kê khai nhưng chưa nộp, nên cơ quan chưa nhận được gì. Cổng giữ bản khai đến hết ngày {{day}}; hãy mở ra để làm tiếp.",
    },
    draft_ending: {
      title: "Bản khai chưa nộp sắp bị xóa",
      text: "Sau ngày {{day}}, bản khai này sẽ bị xóa. Nếu bạn còn cần, hãy mở ra rồi lưu lại hoặc nộp.",
    },
    appointment_soon: {
      title: "Bạn có lịch hẹn lúc {{due}}",
      text: "Nơi tiếp: {{agency}}. Mang theo giấy tờ; khi đến, đưa mã QR của lịch hẹn vào máy lấy số. Không đến được, hãy đổi giờ hoặc hủy để nhường chỗ cho người khác.",
    },
    appointment_cancelled: {
      title: "Lịch hẹn lúc {{due}} đã bị hủy",
      text: "{{agency}} không tiếp được vào giờ đó. Rất xin lỗi; mời bạn đặt giờ khác.",
    },
    draft_deleted: {
      title: "Bản khai chưa nộp đã bị xóa",
      text: "Bản khai không được sửa trong {{days}} ngày nên đã bị xóa. Bạn có thể bắt đầu lại bất cứ lúc nào.",
    },
    record_ending: {
      title: "Dữ liệu cá nhân trong hồ sơ {{code}} sắp hết thời hạn lưu",
      text: "Sau ngày {{day}}, dữ liệu cá nhân và các tệp bạn đã nộp trong hồ sơ này sẽ được xóa hoặc ẩn danh. Nếu còn cần, hãy mở trang hồ sơ và tải về trước ngày đó.",
    },
    file_infected: {
      title: "Có tệp mang mã độc trong giấy tờ bạn gửi",
      text: "Không ai mở được tệp này. Hãy quét vi-rút máy của bạn, chụp hoặc quét lại giấy tờ, rồi thay tệp. Nếu hồ sơ đã nộp, cơ quan sẽ yêu cầu bổ sung; bạn cũng có thể mang giấy tờ đến bộ phận một cửa.",
    },
    to_accept: {
      title: "Có hồ sơ mới chờ tiếp nhận",
      text: "Hồ sơ nộp trực tuyến, mã tra cứu {{reference}}.",
    },
    assigned: {
      title: "Bạn được phân công hồ sơ {{code}}",
      text: "Bước: {{step}}.",
    },
    taken_over: {
      title: "Hồ sơ {{code}} đã chuyển sang người khác",
      text: "Bước: {{step}}. Bạn không còn giữ việc này; xem lý do ở trang hồ sơ.",
    },
    returned: {
      title: "Hồ sơ {{code}} trở lại việc của bạn",
      text: "Bước: {{step}}. Bạn đã làm bước này trước đây.",
    },
    supplemented: {
      title: "Hồ sơ {{code}} đã được bổ sung",
      text: "Người nộp đã gửi phần bổ sung. Mời bạn xem và xử lý tiếp.",
    },
    withdrawn: {
      title: "Hồ sơ {{code}} đã được rút",
      text: "Người nộp đã rút hồ sơ. Bạn không cần xử lý tiếp.",
    },
    answered: {
      title: "Hồ sơ {{code}} có ý kiến trả lời",
      text: "Cơ quan được lấy ý kiến đã trả lời ở bước “{{step}}”. Mời bạn xem trong trang hồ sơ.",
    },
    paid: {
      title: "Hồ sơ {{code}} đã thực hiện nghĩa vụ tài chính",
      text: "Hồ sơ không còn chờ người nộp. Mời bạn xử lý tiếp.",
    },
    draft_agreed: {
      title: "Người nộp đồng ý với dự thảo của hồ sơ {{code}}",
      text: "Người nộp đã đồng ý, hoặc không trả lời trong thời gian đã báo. Mời bạn xử lý tiếp.",
    },
    draft_objected: {
      title: "Người nộp chưa đồng ý với dự thảo của hồ sơ {{code}}",
      text: "Ý kiến của người nộp có trong trang hồ sơ. Mời bạn xem và sửa dự thảo nếu cần.",
    },
    handed_over: {
      title: "Có giấy tờ của hồ sơ {{code}} bàn giao cho bạn",
      text: "Bước: {{step}}. Mời bạn kiểm đếm rồi xác nhận đã nhận trong trang hồ sơ.",
    },
    papers_received: {
      title: "Bên nhận đã xác nhận giấy tờ của hồ sơ {{code}}",
      text: "Xem phiếu bàn giao trong trang hồ sơ.",
    },
    extension_proposed: {
      title: "Đề nghị gia hạn hồ sơ {{code}}",
      text: "Người giữ hồ sơ đề nghị xin lỗi và hẹn lại ngày {{answerBy}}. Mời bạn xem lý do và quyết định trước ngày hẹn trả ({{day}}).",
    },
    due_soon: {
      title: "Hồ sơ {{code}} sắp đến hẹn trả",
      text: "Hẹn trả kết quả: {{due}}. Số ngày làm việc còn lại: {{days}}.",
    },
    step_due_soon: {
      title: "Bước “{{step}}” của hồ sơ {{code}} sắp hết hạn",
      text: "Hạn của bước: {{due}}. Số ngày làm việc còn lại: {{days}}.",
    },
    foresight: {
      title: "Hồ sơ {{code}}: hãy đề nghị gia hạn hoặc xác nhận kịp hạn",
      text: "Hẹn trả kết quả: {{due}}. Nếu không kịp, việc xin lỗi và hẹn lại phải làm chậm nhất một ngày trước ngày hẹn. Hãy mở trang hồ sơ để chọn một trong hai.",
    },
    unforeseen: {
      title: "Hồ sơ {{code}} sát hẹn mà chưa có ai báo kịp hạn hay đề nghị gia hạn",
      text: "Hẹn trả kết quả: {{due}}. Người giữ hồ sơ đã được nhắc nhưng chưa trả lời. Chỉ có thể xin lỗi và hẹn lại trước ngày hẹn trả: mời bạn mở trang hồ sơ và quyết định ngay hôm nay.",
    },
    overdue: {
      title: "Hồ sơ {{code}} đã quá hẹn trả",
      text: "Đã hẹn trả kết quả: {{due}}. Hãy giải quyết ngay; lãnh đạo ghi lý do trễ để báo cho người nộp.",
    },
    step_overdue: {
      title: "Bước “{{step}}” của hồ sơ {{code}} đã quá hạn",
      text: "Hạn của bước: {{due}}.",
    },
    deputy: {
      title: "Bạn được giao xử lý thay từ {{from}} đến {{to}}",
      text: "Trong thời gian này, danh sách công việc của bạn có cả hồ sơ của đồng nghiệp vắng mặt. Mở trang vắng mặt để xem bạn xử lý thay ai.",
    },
    unanswered: {
      title: "Hồ sơ {{code}}: quá hạn mà chưa có ý kiến trả lời",
      text: "Bước lấy ý kiến “{{step}}” đã hết hạn lúc {{due}} mà chưa trả lời. Hãy liên hệ cơ quan được lấy ý kiến.",
    },
  },
  list: {
    title: "Thông báo",
    unread: "Mới",
    read: "Đánh dấu đã đọc",
    readAll: "Đánh dấu tất cả đã đọc",
    allRead: "Đã đánh dấu mọi thông báo là đã đọc.",
    preferences: "Chọn thông báo nhận qua thư điện tử",
    none: "Chưa có thông báo nào",
    noneText: "Khi hồ sơ của bạn có thay đổi, thông báo sẽ hiện ở đây.",
    noneTextOfficer: "Khi có hồ sơ mới hoặc việc được giao cho bạn, thông báo sẽ hiện ở đây.",
    newest: "Mới nhất",
    older: "Cũ hơn",
    mailFailed: "Thư điện tử về việc này không gửi được. Hãy kiểm tra địa chỉ thư của bạn.",
  },
  preferences: {
    title: "Thông báo qua thư điện tử",
    lead: "Mọi thông báo luôn có trong Cổng. Ở đây bạn chọn thông báo nào được gửi thêm qua thư điện tử.",
    to: "Thư được gửi đến {{email}}.",
    unproven: "Thư điện tử {{email}} chưa được xác nhận, nên chưa có thư nào được gửi tới đó.",
    noAddress: "Tài khoản chưa có địa chỉ thư điện tử, nên chưa có thư nào được gửi.",
    noAddressOfficer:
      "Tài khoản chưa có địa chỉ thư điện tử, nên chưa có thư nào được gửi. Hãy đề nghị quản trị thêm địa chỉ.",
    proveAddress: "Xác nhận thư điện tử",
    addAddress: "Thêm địa chỉ thư điện tử",
    changeAddress: "Đổi địa chỉ",
    kinds: "Gửi thư cho tôi khi",
    save: "Lưu",
    saved: "Đã lưu lựa chọn của bạn.",
  },
  choice: {
    submitted: "Cổng nhận được hồ sơ tôi nộp",
    filed_for_you: "Có người nộp hồ sơ thay tôi",
    accepted: "Hồ sơ được tiếp nhận",
    declined: "Hồ sơ không được tiếp nhận",
    moved: "Hồ sơ chuyển sang bước tiếp theo",
    supplement: "Hồ sơ cần bổ sung",
    extended: "Cơ quan xin lỗi và hẹn lại ngày trả kết quả",
    due_moved: "Ngày hẹn trả thay đổi vì lịch làm việc",
    refused: "Hồ sơ không đủ điều kiện giải quyết",
    stopped: "Hồ sơ dừng giải quyết",
    lateness: "Cơ quan báo lý do trễ hẹn",
    sent_back: "Hồ sơ được trả lại để hoàn thiện",
    obligation: "Hồ sơ chờ tôi thực hiện nghĩa vụ tài chính",
    obligation_met: "Nghĩa vụ tài chính được ghi nhận",
    draft_shown: "Cơ quan mời tôi xem dự thảo kết quả",
    draft_silent: "Hết thời gian xem dự thảo kết quả",
    reopened: "Hồ sơ được giải quyết lại",
    rerouted: "Hồ sơ chuyển sang cơ quan kế thừa",
    voided: "Hồ sơ được ghi nhầm và bị hủy",
    collect: "Kết quả chờ tôi đến nhận",
    corrected: "Kết quả được đính chính",
    paper_replaced: "Giấy tờ được thay bằng giấy mới",
    paper_revoked: "Giấy tờ bị thu hồi",
    completed: "Hồ sơ có kết quả",
    delivered: "Kết quả được trả",
    draft_waiting: "Bản khai còn chưa nộp sau ba ngày",
    draft_ending: "Bản khai sắp bị xóa",
    draft_deleted: "Bản khai đã bị xóa",
    appointment_soon: "Nhắc lịch hẹn trước một ngày",
    appointment_cancelled: "Cơ quan hủy lịch hẹn của tôi",
    record_ending: "Dữ liệu trong hồ sơ cũ sắp được xóa",
    file_infected: "Có tệp mang mã độc trong giấy tờ tôi gửi",
    to_accept: "Có hồ sơ mới chờ tiếp nhận",
    assigned: "Tôi được phân công xử lý",
    taken_over: "Việc của tôi chuyển sang người khác",
    returned: "Hồ sơ trở lại việc của tôi",
    supplemented: "Người nộp gửi phần bổ sung",
    withdrawn: "Người nộp rút hồ sơ",
    answered: "Có ý kiến trả lời của cơ quan được hỏi",
    paid: "Người nộp thực hiện xong nghĩa vụ tài chính",
    draft_agreed: "Người nộp đồng ý với dự thảo kết quả",
    draft_objected: "Người nộp chưa đồng ý với dự thảo kết quả",
    handed_over: "Có giấy tờ bàn giao cho tôi",
    papers_received: "Bên nhận xác nhận giấy tờ tôi bàn giao",
    extension_proposed: "Có đề nghị gia hạn chờ quyết định",
    due_soon: "Hồ sơ tôi giữ sắp đến hẹn trả",
    step_due_soon: "Bước tôi giữ sắp hết hạn",
    foresight: "Cần đề nghị gia hạn hoặc xác nhận kịp hạn",
    unforeseen: "Sát hẹn trả mà chưa có ai báo kịp hạn hay đề nghị gia hạn",
    overdue: "Hồ sơ quá hẹn trả",
    step_overdue: "Bước xử lý quá hạn",
    unanswered: "Quá hạn mà chưa có ý kiến trả lời",
    deputy: "Tôi được giao xử lý thay đồng nghiệp",
  },
  mail: {
    letterWhy:
      "Thư này được gửi một lần, vì người nộp hồ sơ đã ghi địa chỉ thư này là của người được nộp thay. Thư không kèm nội dung hồ sơ. Vui lòng không trả lời thư.",
    letterOpen: "Xem thủ tục này là gì",
    letterNote: "Trang này nói về thủ tục; không hiện hồ sơ nào.",
    letterDay: "Ngày nộp",
    greeting: "Xin chào,",
    procedure: "Thủ tục",
    code: "Mã hồ sơ",
    reference: "Mã tra cứu",
    due: "Hẹn trả kết quả",
    open: "Xem trên Cổng",
    signIn: "Bạn cần đăng nhập để xem.",
    why: "Thư này được gửi tự động vì tài khoản của bạn trên Cổng dịch vụ công có chọn nhận loại thông báo này. Vui lòng không trả lời thư.",
    safety: "Cổng không bao giờ hỏi mật khẩu hoặc mã xác thực qua thư điện tử hay điện thoại.",
    preferences: "Chọn thông báo nhận qua thư",
  },
} as const;
