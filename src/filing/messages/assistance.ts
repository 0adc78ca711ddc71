import type { SameShape } from "#platform/i18n.ts";

/** Who helped to fill in the dossier. */
export const vi = {
  title: "Người giúp kê khai",
  intro: "Nếu có người giúp bạn kê khai và nộp, hãy ghi lại để khi cần cơ quan biết hỏi ai. Hồ sơ vẫn là của bạn.",
  helped: "Có ai giúp bạn kê khai hồ sơ này không?",
  yes: "Có người giúp",
  no: "Không, tôi tự kê khai",
  name: "Họ và tên người giúp",
  role: "Người giúp là",
  organization: "Nơi công tác của người giúp",
  organizationHint: "Ví dụ: Tổ công nghệ số cộng đồng thôn Nà Pài, Bưu điện xã Hữu Lũng.",
  phone: "Số điện thoại của người giúp",
  nobody: "Không có",
  digital_team: "Thành viên Tổ công nghệ số cộng đồng",
  desk_officer: "Cán bộ, công chức bộ phận một cửa",
  village: "Cán bộ thôn, tổ dân phố, đoàn thể",
  post_office: "Nhân viên bưu chính",
  other: "Người khác",
} as const;

export const en: SameShape<typeof vi> = {
  title: "Who helped you",
  intro:
    "If somebody helped you to fill in and file, tell who, so that the authority knows whom to ask. The dossier stays yours.",
  helped: "Did anybody help you with this dossier?",
  yes: "Yes, somebody helped",
  no: "No, I filled it in myself",
  name: "Full name of the helper",
  role: "The helper is",
  organization: "Where the helper works",
  organizationHint: "Such as the community digital team of a village, or a post office.",
  phone: "Phone number of the helper",
  nobody: "Nobody",
  digital_team: "A member of a community digital team",
  desk_officer: "An officer of the one-stop desk",
  village: "An officer of the village, quarter or an association",
  post_office: "A post office employee",
  other: "Somebody else",
};
