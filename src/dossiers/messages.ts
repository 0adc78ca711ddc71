import type { SameShape } from "#platform/i18n.ts";

export const vi = {
  status: {
    submitted: "Đã nộp, chờ tiếp nhận",
    intake_supplement: "Cần bổ sung trước khi tiếp nhận",
    declined: "Không được tiếp nhận",
    received: "Đã tiếp nhận",
    processing: "Đang giải quyết",
    awaiting_supplement: "Chờ bổ sung giấy tờ",
    awaiting_obligation: "Chờ thực hiện nghĩa vụ tài chính",
    withdrawn: "Đã rút theo yêu cầu",
    stopped: "Đã dừng giải quyết",
    refused: "Không đủ điều kiện giải quyết",
    completed: "Đã có kết quả, chờ trả",
    delivered: "Đã trả kết quả",
  },
  event: {
    dossier_submitted: "Nộp hồ sơ",
    dossier_accepted: "Tiếp nhận hồ sơ",
    dossier_declined: "Không tiếp nhận hồ sơ",
    dossier_linked: "Đưa hồ sơ vào tài khoản của người nộp",
    step_assigned: "Phân công xử lý",
    step_advanced: "Chuyển bước xử lý",
    step_answered: "Trả lời lấy ý kiến",
    result_recorded: "Ghi kết quả giải quyết",
    dossier_refused: "Thông báo không đủ điều kiện giải quyết",
    dossier_completed: "Có kết quả giải quyết",
    dossier_delivered: "Trả kết quả",
    dossier_supplement_requested: "Yêu cầu bổ sung hồ sơ",
    dossier_supplemented: "Nộp bổ sung hồ sơ",
    dossier_withdrawn: "Rút hồ sơ",
    dossier_stopped: "Dừng giải quyết hồ sơ",
    dossier_extended: "Xin lỗi và gia hạn thời gian giải quyết",
    dossier_due_moved: "Ngày hẹn trả thay đổi do lịch làm việc thay đổi",
    step_due_moved: "Hạn của bước thay đổi do lịch làm việc thay đổi",
  },
  dueMoved: "Từ {{from}} sang {{to}}.",
  channel: { online: "Trực tuyến", counter: "Trực tiếp tại quầy", post: "Bưu chính công ích" },
  returnMethod: {
    online: "Nhận trực tuyến trên cổng này",
    counter: "Nhận tại bộ phận một cửa",
    post: "Nhận qua bưu chính công ích",
  },
  authorization: "Văn bản ủy quyền",
  refused: {
    changedMeanwhile:
      "Hồ sơ vừa được người khác cập nhật, nên thao tác của bạn chưa được thực hiện. Hãy xem lại hồ sơ rồi làm tiếp.",
    draftChanged: "Bản khai đã được sửa ở một cửa sổ khác sau khi bạn kiểm tra. Hãy kiểm tra lại câu trả lời rồi nộp.",
    notOffered:
      "Cơ quan này không (hoặc không còn) tiếp nhận thủ tục qua kênh bạn chọn. Hãy xem lại nơi nộp ở trang thủ tục.",
    noAgency:
      "Không xác định được cơ quan của bước “{{step}}”. Hồ sơ chưa được chuyển; hãy báo quản trị kiểm tra cấu hình cơ quan.",
    mayNotAssign: "Bạn không được phân công bước này: việc đang do người khác giữ, hoặc thuộc vai trò khác.",
    assigneeElsewhere: "Người được chọn không giữ vai trò của bước này tại cơ quan. Hãy chọn người khác.",
    noResultHere: "Bước đang mở của bạn không lập kết quả, hoặc đang do người khác giữ.",
    noResultFile:
      "Chưa có tệp kết quả để trả trực tuyến. Hãy chọn cách trả khác, hoặc đề nghị cơ quan giải quyết đính kèm tệp.",
    formUsed:
      "Tờ khai này đã được tiếp nhận thành hồ sơ {{code}}. Nếu đây là hồ sơ của người khác, hãy mở tờ khai mới ở quầy.",
    noMarks: "Hãy chọn ít nhất một mục của tờ khai hoặc một giấy tờ cần bổ sung.",
    unknownMark: "Có mục được chọn không thuộc hồ sơ này. Hãy tải lại trang rồi chọn lại.",
    repeatedRequest:
      "Hồ sơ này đã từng được yêu cầu bổ sung. Yêu cầu thêm lần nữa khiến hồ sơ bị tính là quá hạn khi chấm điểm; hãy xác nhận nếu vẫn cần.",
    notYours: "Việc này do bộ phận một cửa, người đang giữ bước hoặc lãnh đạo cơ quan thực hiện.",
    waitingForApplicant: "Hồ sơ đang chờ người nộp bổ sung. Hãy đợi đến khi nhận đủ rồi xử lý tiếp.",
    nothingAsked: "Hồ sơ này hiện không chờ bổ sung. Hãy xem lại trang hồ sơ.",
    supplementLacks: "Bổ sung chưa đủ những mục được yêu cầu. Hãy xem lại từng mục rồi gửi.",
    extendedAlready: "Hồ sơ này đã gia hạn một lần, không gia hạn thêm được. Hãy giải quyết và báo cho người nộp.",
    tooLateToExtend:
      "Chỉ xin lỗi và gia hạn được chậm nhất một ngày trước ngày hẹn trả ({{due}}). Hạn của hồ sơ được giữ nguyên.",
    extensionTooEarly: "Ngày hẹn mới phải sau ngày hẹn cũ ({{due}}). Hãy chọn ngày khác.",
    extensionDayOff: "Ngày hẹn mới là ngày nghỉ. Hãy chọn một ngày làm việc.",
    noDueDate: "Hồ sơ này không có ngày hẹn trả nên không có gì để gia hạn.",
    clockStands: "Thời hạn đang tạm dừng vì chờ người nộp, nên chưa gia hạn được.",
    wrongLinkCode:
      "Mã hồ sơ hoặc mã liên kết không đúng, hoặc mã liên kết đã được dùng. Hãy đọc lại hai mã in trên giấy tiếp nhận.",
  },
  changed: {
    dossier_submitted: "Hồ sơ vừa được nộp lại lúc {{at}}. Hãy xem lại rồi làm tiếp.",
    dossier_accepted: "{{who}} đã tiếp nhận hồ sơ này lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_declined: "{{who}} đã từ chối tiếp nhận hồ sơ này lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_linked: "Người nộp vừa đưa hồ sơ vào tài khoản lúc {{at}}. Hãy xem lại rồi làm tiếp.",
    step_assigned: "{{who}} vừa phân công lại bước này lúc {{at}}. Hãy xem lại rồi làm tiếp.",
    step_advanced: "{{who}} đã chuyển bước hồ sơ này lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    step_answered: "{{who}} đã trả lời lấy ý kiến lúc {{at}}. Hãy xem lại rồi làm tiếp.",
    result_recorded: "{{who}} vừa ghi kết quả của hồ sơ lúc {{at}}. Hãy xem lại rồi làm tiếp.",
    dossier_refused:
      "{{who}} đã kết thúc hồ sơ (không đủ điều kiện) lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_completed: "{{who}} đã hoàn thành hồ sơ lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_delivered: "{{who}} đã trả kết quả hồ sơ này lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_supplement_requested:
      "{{who}} đã yêu cầu bổ sung hồ sơ này lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_supplemented: "Hồ sơ vừa được bổ sung lúc {{at}}. Hãy xem phần bổ sung rồi làm tiếp.",
    dossier_withdrawn: "Người nộp đã rút hồ sơ này lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_stopped: "{{who}} đã dừng giải quyết hồ sơ này lúc {{at}}, nên thao tác của bạn không được thực hiện.",
    dossier_extended: "{{who}} vừa gia hạn hồ sơ này lúc {{at}}. Hãy xem lại rồi làm tiếp.",
    dossier_due_moved:
      "Lịch làm việc thay đổi nên ngày hẹn trả của hồ sơ vừa được tính lại lúc {{at}}. Hãy xem lại rồi làm tiếp.",
    step_due_moved: "Lịch làm việc thay đổi nên hạn của bước vừa được tính lại lúc {{at}}. Hãy xem lại rồi làm tiếp.",
  },
} as const;

declare module "#platform/i18n.ts" {
  interface Messages {
    dossiers: typeof vi;
  }
}

export const en: SameShape<typeof vi> = {
  status: {
    submitted: "Filed, waiting to be accepted",
    intake_supplement: "Needs additions before acceptance",
    declined: "Not accepted",
    received: "Accepted",
    processing: "Being processed",
    awaiting_supplement: "Waiting for additional papers",
    awaiting_obligation: "Waiting for payment of financial obligations",
    withdrawn: "Withdrawn on request",
    stopped: "Stopped",
    refused: "Not eligible",
    completed: "Result ready",
    delivered: "Result handed over",
  },
  event: {
    dossier_submitted: "Filed",
    dossier_accepted: "Accepted",
    dossier_declined: "Not accepted",
    dossier_linked: "Linked to the applicant's account",
    step_assigned: "Assigned",
    step_advanced: "Moved to the next step",
    step_answered: "Consultation answered",
    result_recorded: "Result recorded",
    dossier_refused: "Notice of ineligibility",
    dossier_completed: "Result ready",
    dossier_delivered: "Result handed over",
    dossier_supplement_requested: "Additions requested",
    dossier_supplemented: "Additions filed",
    dossier_withdrawn: "Withdrawn",
    dossier_stopped: "Stopped",
    dossier_extended: "Apology and extension",
    dossier_due_moved: "Due date moved because the calendar changed",
    step_due_moved: "Due date of a step moved because the calendar changed",
  },
  dueMoved: "From {{from}} to {{to}}.",
  channel: { online: "Online", counter: "At the counter", post: "By post" },
  returnMethod: { online: "Online, on this portal", counter: "At the one-stop desk", post: "By post" },
  authorization: "Authorisation",
  refused: {
    changedMeanwhile:
      "Somebody else has just changed this dossier, so your action was not carried out. Look at it again, then go on.",
    draftChanged: "The answers were changed in another window after you checked them. Check them again, then file.",
    notOffered:
      "This agency does not (or no longer) take this procedure in through the channel you chose. See the procedure's page for where to file.",
    noAgency:
      "The agency of step “{{step}}” could not be determined. The dossier was not moved; ask an administrator to check.",
    mayNotAssign: "You may not assign this step: somebody else holds it, or it belongs to another role.",
    assigneeElsewhere: "That person does not hold this step's role at the agency. Choose somebody else.",
    noResultHere: "Your open step makes no result, or somebody else holds it.",
    noResultFile:
      "There is no result file to hand over online. Choose another way, or ask the agency to attach the file.",
    formUsed: "This form has already become dossier {{code}}. For another person's dossier, open a new form.",
    noMarks: "Choose at least one answer of the form or one paper that must be completed.",
    unknownMark: "Something chosen is not part of this dossier. Reload the page and choose again.",
    repeatedRequest:
      "Additions were requested for this dossier before. Asking again makes it count as overdue; confirm if it is still needed.",
    notYours: "This is done by the one-stop desk, the officer who holds the step, or a leader of the agency.",
    waitingForApplicant: "The dossier waits for additions from the applicant. Wait until they are complete.",
    nothingAsked: "This dossier does not wait for additions now. Look at the dossier's page again.",
    supplementLacks: "Not everything that was asked for is there. Look through each part, then send it.",
    extendedAlready: "This dossier was extended once and cannot be extended again.",
    tooLateToExtend:
      "An apology with a new date is possible until the day before the due date ({{due}}). The due date stays.",
    extensionTooEarly: "The new date must be after the old one ({{due}}). Choose another date.",
    extensionDayOff: "The new date is a day off. Choose a working day.",
    noDueDate: "This dossier has no due date, so there is nothing to extend.",
    clockStands: "The time limit stands still while the applicant is waited for, so it cannot be extended now.",
    wrongLinkCode:
      "The dossier code or the link code is wrong, or the link code was used before. Read both on the receipt again.",
  },
  changed: {
    dossier_submitted: "The dossier was filed anew at {{at}}. Look at it again, then go on.",
    dossier_accepted: "{{who}} accepted this dossier at {{at}}, so your action was not carried out.",
    dossier_declined: "{{who}} declined this dossier at {{at}}, so your action was not carried out.",
    dossier_linked: "The applicant linked the dossier to an account at {{at}}. Look at it again, then go on.",
    step_assigned: "{{who}} reassigned this step at {{at}}. Look at it again, then go on.",
    step_advanced: "{{who}} moved this dossier on at {{at}}, so your action was not carried out.",
    step_answered: "{{who}} answered the consultation at {{at}}. Look at it again, then go on.",
    result_recorded: "{{who}} recorded the result at {{at}}. Look at it again, then go on.",
    dossier_refused: "{{who}} closed the dossier (not eligible) at {{at}}, so your action was not carried out.",
    dossier_completed: "{{who}} completed the dossier at {{at}}, so your action was not carried out.",
    dossier_delivered: "{{who}} handed the result over at {{at}}, so your action was not carried out.",
    dossier_supplement_requested: "{{who}} requested additions at {{at}}, so your action was not carried out.",
    dossier_supplemented: "Additions were filed at {{at}}. Look at them, then go on.",
    dossier_withdrawn: "The applicant withdrew this dossier at {{at}}, so your action was not carried out.",
    dossier_stopped: "{{who}} stopped this dossier at {{at}}, so your action was not carried out.",
    dossier_extended: "{{who}} extended the due date at {{at}}. Look at it again, then go on.",
    dossier_due_moved:
      "The calendar changed, so the due date was counted anew at {{at}}. Look at it again, then go on.",
    step_due_moved:
      "The calendar changed, so the step's due date was counted anew at {{at}}. Look at it again, then go on.",
  },
};
