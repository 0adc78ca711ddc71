import { changes } from "./messages/changes.ts";
import { conditions } from "./messages/conditions.ts";
import { form, did as formDid } from "./messages/form.ts";
import { library, did as libraryDid } from "./messages/library.ts";
import { national } from "./messages/national.ts";
import { process, did as processDid } from "./messages/process.ts";
import {
  difference,
  places,
  publication,
  publish,
  did as publishDid,
  refused as publishRefused,
} from "./messages/publish.ts";
import { record, did as recordDid } from "./messages/record.ts";
import { trial, refused as trialRefused } from "./messages/trial.ts";
import { wordings } from "./messages/wordings.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    authoring: typeof vi;
  }
}

export const vi = {
  /** What a step of the history did; its places are filled from the step. */
  did: {
    begun: "Mở bản soạn thảo",
    ...formDid,
    ...libraryDid,
    ...processDid,
    ...publishDid,
    ...recordDid,
  },
  refused: {
    ...publishRefused,
    ...trialRefused,
    closed: "Bản soạn thảo này đã được công bố hoặc đã hủy nên không sửa được nữa. Hãy mở một bản soạn thảo mới.",
  },
  sections: {
    basics: "Thông tin chung",
    filing: "Cách nộp",
    terms: "Thời hạn, phí, lệ phí",
    requirements: "Thành phần hồ sơ",
    results: "Kết quả",
    form: "Tờ khai",
    workflow: "Quy trình",
  },
  frame: {
    back: "Về bản soạn thảo",
    parts: "Các phần của thủ tục",
    unnamed: "Chưa đặt tên",
    somebody: "Một quản trị viên",
    conflictTitle: "Người khác vừa sửa bản soạn thảo này",
    conflictLine: "{{name}}, {{at}}: {{did}}.",
    conflictText: "Nội dung bạn vừa gửi chưa được lưu và vẫn còn nguyên dưới đây. Hãy xem lại rồi lưu một lần nữa.",
  },
  changes,
  conditions,
  difference,
  form,
  library,
  wordings,
  national,
  process,
  places,
  publication,
  publish,
  record,
  trial,
};
