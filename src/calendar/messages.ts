import type { SameShape } from "#platform/i18n.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    calendar: typeof vi;
  }
}

export const vi = {
  due: {
    received: "Tiếp nhận lúc {{time}} ngày {{date}}.",
    term: {
      working_hour: "Thời hạn giải quyết: {{amount}} giờ làm việc.",
      working_day: "Thời hạn giải quyết: {{amount}} ngày làm việc.",
      day: "Thời hạn giải quyết: {{amount}} ngày.",
      month: "Thời hạn giải quyết: {{amount}} tháng.",
      same_day: "Thời hạn giải quyết: ngay trong ngày làm việc.",
    },
    takenAs: {
      after_cut_off: "Hồ sơ đến sau {{cutOff}} nên được tính như tiếp nhận vào ngày làm việc tiếp theo, {{date}}.",
      day_off: "Hồ sơ đến vào ngày nghỉ nên được tính như tiếp nhận vào ngày làm việc tiếp theo, {{date}}.",
      after_office_hours:
        "Hồ sơ đến sau giờ làm việc nên được tính như tiếp nhận vào ngày làm việc tiếp theo, {{date}}.",
    },
    countedFrom: {
      first_day_not_counted: "Bắt đầu tính từ ngày {{date}}, không tính ngày tiếp nhận (Điều 147 Bộ luật Dân sự 2015).",
      from_the_hour: "Bắt đầu tính từ {{time}} ngày {{date}}, chỉ tính trong giờ làm việc.",
      same_day: "Giải quyết trong ngày {{date}}.",
    },
    daysOff: "Không tính ngày nghỉ: {{days}}.",
    makeUpNotCounted: "Không tính ngày làm bù: {{days}}.",
    weekends: "Không tính {{number}} ngày thứ Bảy, Chủ nhật.",
    makeUpCounted: "Có tính ngày làm bù: {{days}}.",
    moved:
      "Ngày cuối cùng của thời hạn là ngày nghỉ, {{from}}, nên thời hạn kết thúc vào ngày làm việc tiếp theo, {{to}} (Điều 148 Bộ luật Dân sự 2015).",
    estimated: "Ngày nghỉ dự kiến, chưa có thông báo chính thức: {{days}}.",
    missingYears: "Chưa có lịch nghỉ lễ năm {{years}} nên mới chỉ trừ thứ Bảy và Chủ nhật.",
    end: "Hạn trả kết quả: {{time}} ngày {{date}}.",
  },
} as const;

export const en: SameShape<typeof vi> = {
  due: {
    received: "Received at {{time}} on {{date}}.",
    term: {
      working_hour: "Time limit in working hours: {{amount}}.",
      working_day: "Time limit in working days: {{amount}}.",
      day: "Time limit in days: {{amount}}.",
      month: "Time limit in months: {{amount}}.",
      same_day: "Time limit: within the same working day.",
    },
    takenAs: {
      after_cut_off: "It arrived after {{cutOff}}, so it counts as received on the next working day, {{date}}.",
      day_off: "It arrived on a day off, so it counts as received on the next working day, {{date}}.",
      after_office_hours: "It arrived after office hours, so it counts as received on the next working day, {{date}}.",
    },
    countedFrom: {
      first_day_not_counted: "Counted from {{date}}; the day of receipt is not counted (Article 147, Civil Code 2015).",
      from_the_hour: "Counted from {{time}} on {{date}}, during office hours only.",
      same_day: "To be settled on {{date}}.",
    },
    daysOff: "Days off, not counted: {{days}}.",
    makeUpNotCounted: "Make-up working days, not counted: {{days}}.",
    weekends: "Saturdays and Sundays, not counted: {{number}}.",
    makeUpCounted: "Make-up working days, counted: {{days}}.",
    moved:
      "The last day of the time limit is a day off, {{from}}, so it ends on the next working day, {{to}} (Article 148, Civil Code 2015).",
    estimated: "Expected days off, not officially announced yet: {{days}}.",
    missingYears: "The public holidays of {{years}} are not known yet, so only Saturdays and Sundays are left out.",
    end: "Result due: {{time}} on {{date}}.",
  },
};
