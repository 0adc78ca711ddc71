import type { SameShape } from "#platform/i18n.ts";

/** What is told of personal data, what is asked, and the page on which it is taken back. */
export const vi = {
  title: "Dữ liệu cá nhân",
  told: "Cổng và cơ quan giải quyết xử lý thông tin trong hồ sơ này để giải quyết thủ tục. Việc đó do pháp luật quy định nên không cần bạn đồng ý riêng.",
  label: "Bạn có đồng ý thêm những việc sau không?",
  hint: "Không bắt buộc. Hồ sơ được giải quyết như nhau dù bạn chọn hay không. Bạn có thể rút lại bất cứ lúc nào ở mục “Hồ sơ của tôi”.",
  unknown: "Có một mục đồng ý mà cổng không hỏi. Hãy chọn lại trong các mục dưới đây.",
  page: {
    title: "Sự đồng ý về dữ liệu cá nhân",
    lead: "Những việc bạn đã đồng ý cho cổng và cơ quan nhà nước làm thêm với dữ liệu của bạn. Rút lại không ảnh hưởng đến việc giải quyết hồ sơ.",
    none: "Bạn chưa đồng ý việc nào",
    noneText: "Khi nộp hồ sơ, cổng hỏi bạn ở trang “Kiểm tra và nộp hồ sơ”. Bạn luôn có thể không chọn.",
    text: "Bạn đã đồng ý",
    dossier: "Hồ sơ",
    givenAt: "Đồng ý lúc",
    revokedAt: "Rút lại lúc",
    valid: "Đang có hiệu lực",
    revoked: "Đã rút lại",
    revoke: "Rút lại sự đồng ý",
    revokeAbout: "Rút lại sự đồng ý: {{purpose}}",
    done: "Đã rút lại sự đồng ý. Từ nay cổng không làm việc này nữa.",
    link: "Xem và rút lại sự đồng ý về dữ liệu cá nhân",
  },
} as const;

export const en: SameShape<typeof vi> = {
  title: "Personal data",
  told: "The portal and the deciding authority process what stands in this dossier to settle it. The law prescribes that, so your consent is not asked for it.",
  label: "Do you also agree to the following?",
  hint: "Not required. The dossier is handled in the same way whether you choose something or not. You can take it back at any time under “My dossiers”.",
  unknown: "Something was agreed to that the portal does not ask. Please choose again below.",
  page: {
    title: "Your consents about personal data",
    lead: "What you allowed the portal and the authorities to do beyond settling your dossiers. Taking a consent back does not affect any dossier.",
    none: "You have not agreed to anything",
    noneText: "The portal asks on the page “Check and file”. You can always leave everything unticked.",
    text: "You agreed",
    dossier: "Dossier",
    givenAt: "Given at",
    revokedAt: "Taken back at",
    valid: "In force",
    revoked: "Taken back",
    revoke: "Take this consent back",
    revokeAbout: "Take this consent back: {{purpose}}",
    done: "The consent was taken back. From now on it allows nothing.",
    link: "See and take back your consents about personal data",
  },
};
