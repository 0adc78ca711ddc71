declare module "#platform/i18n.ts" {
  interface Messages {
    workflow: typeof vi;
  }
}

export const vi = {
  refused: {
    stepNotOpen: "Bước này đã được xử lý xong. Hãy tải lại hồ sơ để xem bước hiện tại.",
    unknownStep: "Quy trình của hồ sơ không có bước “{{step}}”. Hãy báo quản trị hệ thống.",
    unknownOutcome: "Bước “{{step}}” không có cách xử lý vừa chọn. Hãy chọn một cách xử lý có trên trang.",
    noAgency: "Chưa xác định được cơ quan thực hiện bước “{{step}}”. Hãy báo quản trị hệ thống.",
    notYourRole: "Bước “{{step}}” thuộc vai trò hoặc cơ quan khác, bạn không xử lý được.",
    assignedToAnother: "Bước “{{step}}” đang được giao cho người khác. Nếu cần làm thay, hãy đề nghị phân công lại.",
    sameOfficer: "Bạn đã xử lý một bước trước của hồ sơ này, nên bước “{{step}}” phải do người khác thực hiện.",
    noteMissing: "Nhập lý do hoặc ý kiến trước khi chọn “{{outcome}}”.",
    resultMissing: "Đính kèm kết quả giải quyết trước khi chọn “{{outcome}}”.",
    branchesOpen: "Chưa đủ ý kiến phối hợp: {{branches}}. Hãy chờ trả lời trước khi chọn “{{outcome}}”.",
  },
  roles: {
    desk: "Cán bộ một cửa",
    specialist: "Chuyên viên thụ lý",
    unit_head: "Lãnh đạo phòng",
    leader: "Lãnh đạo cơ quan",
    clerk: "Văn thư",
  },
  kinds: {
    forward: "Chuyển bước",
    return: "Trả lại bước trước",
    complete: "Hoàn thành",
    refuse: "Từ chối giải quyết",
    answer: "Trả lời ý kiến",
  },
} as const;
