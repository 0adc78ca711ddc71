import type { SameShape } from "#platform/i18n.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    calendar: typeof vi;
  }
}

export const vi = {
  refused: {
    changedMeanwhile:
      "Lịch làm việc vừa được người khác thay đổi, nên thay đổi của bạn chưa được áp dụng. Hãy xem lại lịch rồi làm tiếp.",
  },
  due: {
    received: "Tiếp nhận lúc {{time}} ngày {{date}}.",
    term: {
      minute: "Thời hạn giải quyết: {{amount}} phút làm việc.",
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
    pause: {
      supplement: "Chờ bổ sung hồ sơ từ ngày {{from}} đến ngày {{to}}.",
      obligation: "Chờ thực hiện nghĩa vụ tài chính từ ngày {{from}} đến ngày {{to}}.",
      other: "Tạm dừng tính thời hạn từ ngày {{from}} đến ngày {{to}}.",
    },
    pausedSince: {
      supplement: "Đang chờ bổ sung hồ sơ từ {{time}} ngày {{from}}; thời hạn tạm dừng.",
      obligation: "Đang chờ thực hiện nghĩa vụ tài chính từ {{time}} ngày {{from}}; thời hạn tạm dừng.",
      other: "Thời hạn tạm dừng từ {{time}} ngày {{from}}.",
    },
    waitingNotCounted: "Thời gian chờ không tính vào thời hạn; hết thời gian chờ thì tính tiếp phần thời hạn còn lại.",
    restarted: "Thời hạn được tính lại từ đầu, từ khi hồ sơ được tiếp tục giải quyết lúc {{time}} ngày {{date}}.",
    resumedAs: {
      after_cut_off: "Thời điểm đó sau {{cutOff}} nên được tính vào ngày làm việc tiếp theo, {{date}}.",
      day_off: "Ngày đó là ngày nghỉ nên được tính vào ngày làm việc tiếp theo, {{date}}.",
      after_office_hours: "Thời điểm đó sau giờ làm việc nên được tính vào ngày làm việc tiếp theo, {{date}}.",
    },
    countedAgainFrom: {
      first_day_not_counted:
        "Bắt đầu tính lại từ ngày {{date}}, không tính ngày tiếp tục giải quyết (Điều 147 Bộ luật Dân sự 2015).",
      from_the_hour: "Bắt đầu tính lại từ {{time}} ngày {{date}}, chỉ tính trong giờ làm việc.",
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
    extended: "Cơ quan đã xin lỗi và hẹn lại ngày trả kết quả một lần: từ ngày {{from}} sang ngày {{to}}.",
    left: {
      minute: "Thời hạn còn lại khi tạm dừng, tính bằng phút làm việc: {{amount}}.",
      working_day: "Thời hạn còn lại khi tạm dừng: {{amount}} ngày làm việc.",
      day: "Thời hạn còn lại khi tạm dừng: {{amount}} ngày.",
      lastDay:
        "Lúc tạm dừng là ngày cuối cùng của thời hạn, nên hạn trả kết quả sẽ là ngày hồ sơ được tiếp tục giải quyết.",
      whole: "Khi hồ sơ được tiếp tục giải quyết, thời hạn được tính lại từ đầu.",
    },
    noEnd: "Hạn trả kết quả sẽ được tính khi hết thời gian chờ.",
    end: "Hạn trả kết quả: {{time}} ngày {{date}}.",
  },
} as const;

export const en: SameShape<typeof vi> = {
  refused: {
    changedMeanwhile:
      "Somebody else has just changed the calendar, so your change was not made. Look at the calendar again, then go on.",
  },
  due: {
    received: "Received at {{time}} on {{date}}.",
    term: {
      minute: "Time limit in working minutes: {{amount}}.",
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
    pause: {
      supplement: "Waiting for additional papers from {{from}} to {{to}}.",
      obligation: "Waiting for a financial obligation to be met from {{from}} to {{to}}.",
      other: "The time limit was paused from {{from}} to {{to}}.",
    },
    pausedSince: {
      supplement: "Waiting for additional papers since {{time}} on {{from}}; the time limit is paused.",
      obligation: "Waiting for a financial obligation to be met since {{time}} on {{from}}; the time limit is paused.",
      other: "The time limit is paused since {{time}} on {{from}}.",
    },
    waitingNotCounted: "Waiting is not counted; afterwards the rest of the time limit runs on.",
    restarted: "The whole time limit was counted again from {{time}} on {{date}}, when processing went on.",
    resumedAs: {
      after_cut_off: "That was after {{cutOff}}, so it counts as the next working day, {{date}}.",
      day_off: "That was a day off, so it counts as the next working day, {{date}}.",
      after_office_hours: "That was after office hours, so it counts as the next working day, {{date}}.",
    },
    countedAgainFrom: {
      first_day_not_counted:
        "Counted again from {{date}}; the day on which processing went on is not counted (Article 147, Civil Code 2015).",
      from_the_hour: "Counted again from {{time}} on {{date}}, during office hours only.",
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
    extended: "The agency apologised and set a new date once: from {{from}} to {{to}}.",
    left: {
      minute: "Left when it was paused, in working minutes: {{amount}}.",
      working_day: "Left when it was paused, in working days: {{amount}}.",
      day: "Left when it was paused, in days: {{amount}}.",
      lastDay: "It was paused on the last day of the time limit, so the result is due on the day processing goes on.",
      whole: "When processing goes on, the whole time limit is counted again.",
    },
    noEnd: "The due date will be set when the waiting is over.",
    end: "Result due: {{time}} on {{date}}.",
  },
};
